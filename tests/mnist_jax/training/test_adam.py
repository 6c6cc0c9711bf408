"""Adam with its divisions gathered, against Optax's."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from mnist_jax.training.adam import EPSILON, adam


@pytest.mark.parametrize("rate", [1e-3, optax.linear_schedule(1e-2, 0.0, 50)])
def test_it_steps_as_optax_does(rate: optax.ScalarOrSchedule) -> None:
    """Over fifty steps of large, small and no gradients, at a fixed rate and a falling one."""
    ours, reference = adam(rate), optax.adam(rate, eps=EPSILON)
    start = {"kernel": jnp.linspace(-1, 1, 60).reshape(6, 10), "bias": jnp.zeros(10)}
    sizes = 10.0 ** jnp.arange(-8.0, 2.0)
    results = []
    for optimizer in (ours, reference):
        params, state = start, optimizer.init(start)
        for number in range(50):
            key = jax.random.key(number)
            gradients = jax.tree.map(
                lambda p, key=key: jax.random.normal(key, p.shape) * sizes, params
            )
            updates, state = optimizer.update(gradients, state, params)
            params = optax.apply_updates(params, updates)
        results.append(params)
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=2e-6), *results)
    assert not np.allclose(results[0]["kernel"], start["kernel"], atol=1e-2)

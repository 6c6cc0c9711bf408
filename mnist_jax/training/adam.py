"""Adam as Optax gives it, with fewer divisions."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

MEAN_DECAY = 0.9
SQUARE_DECAY = 0.999
EPSILON = 1e-7
"""Keras' value."""


def adam(learning_rate: optax.ScalarOrSchedule) -> optax.GradientTransformation:
    """`optax.adam` to rounding, and faster: see `fit` for how much.

    The corrections of both means are one factor of the step and one of epsilon, and not a division
    for each weight and mean: the order of computation at the end of section 2 of Kingma and Ba
    2015, with epsilon scaled so that nothing else changes.
    """

    def init(params: optax.Params) -> optax.ScaleByAdamState:
        zeros = jax.tree.map(lambda array: np.zeros(array.shape, array.dtype), params)
        return optax.ScaleByAdamState(*jax.device_put((np.zeros((), np.int32), zeros, zeros)))

    def update(
        gradients: optax.Updates, state: optax.OptState, params: optax.Params | None = None
    ) -> tuple[optax.Updates, optax.ScaleByAdamState]:
        del params
        count = state.count + 1
        mean = jax.tree.map(lambda m, g: MEAN_DECAY * m + (1 - MEAN_DECAY) * g, state.mu, gradients)
        square = jax.tree.map(
            lambda v, g: SQUARE_DECAY * v + (1 - SQUARE_DECAY) * g * g, state.nu, gradients
        )
        correction = jnp.sqrt(1 - SQUARE_DECAY**count)
        rate = learning_rate(state.count) if callable(learning_rate) else learning_rate
        factor = rate * correction / (1 - MEAN_DECAY**count)
        epsilon = EPSILON * correction

        updates = jax.tree.map(lambda m, v: -factor * m / (jnp.sqrt(v) + epsilon), mean, square)
        return updates, optax.ScaleByAdamState(count, mean, square)

    return optax.GradientTransformation(init, update)

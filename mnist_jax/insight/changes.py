"""The nearest image that is read as another digit."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Num

from mnist_jax.classes import DIGITS
from mnist_jax.model import MLP

STEPS = 50
"""Number of steps towards each digit."""

MARGIN = 0.2
"""By how much the logit of the digit must exceed those of the others."""


def nearest_change(
    mlp: MLP, image: Num[np.ndarray, "28 28"], target: int | None = None
) -> tuple[Float[np.ndarray, "28 28"], int] | None:
    """Return the nearest image found that is read as `target`, or as any digit but the guess."""
    guess = int(mlp(jnp.asarray(image)[None])[0, :DIGITS].argmax())
    targets = [digit for digit in range(DIGITS) if digit != guess] if target is None else [target]
    changed = np.asarray(_towards(mlp, jnp.asarray(image, jnp.float32), jnp.array(targets)))
    read = np.asarray(mlp(jnp.asarray(changed)))[:, :DIGITS].argmax(1)
    distances = np.where(read == targets, np.square(changed - image).sum((1, 2)), np.inf)
    best = int(distances.argmin())
    return (changed[best], targets[best]) if np.isfinite(distances[best]) else None


@jax.jit
def _towards(
    mlp: MLP, image: Float[Array, "28 28"], targets: Int[Array, " targets"]
) -> Float[Array, "targets 28 28"]:
    """Return images that are read as the targets, if enough steps were taken."""

    def lead(changed: Float[Array, "28 28"], target: Int[Array, ""]) -> Float[Array, ""]:
        logits = mlp(changed[None])[0, :DIGITS]
        return logits[target] - jnp.where(jnp.arange(DIGITS) == target, -jnp.inf, logits).max()

    def changed_to(target: Int[Array, ""]) -> Float[Array, "28 28"]:
        def step(_: Int[Array, ""], changed: Float[Array, "28 28"]) -> Float[Array, "28 28"]:
            value, gradient = jax.value_and_grad(lead)(changed, target)
            size = jnp.maximum(MARGIN - value, 0) / (jnp.square(gradient).sum() + 1e-12)
            return jnp.clip(changed + size * gradient, 0, 255)

        return jnp.round(jax.lax.fori_loop(0, STEPS, step, image))

    return jax.vmap(changed_to)(targets)

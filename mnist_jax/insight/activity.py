"""Activations of all layers for an image, and what each pixel contributes to a digit."""

from typing import NamedTuple

import jax
from jaxtyping import Array, Float, Int, Num

from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.model import MLP, forward, scaled


class Activity(NamedTuple):
    """What an image does to a network."""

    hidden: tuple[Float[Array, " units"], ...]
    """Activations of each hidden layer, after ReLU."""

    logits: Float[Array, " classes"]
    """Logits of the ten digits and, in most networks, of "not a digit"."""

    contributions: Float[Array, "28 28"]
    """What each pixel contributes to the logit of the digit; negative where it speaks against."""


@jax.jit
def activity(mlp: MLP, image: Num[Array, "28 28"], digit: int | Int[Array, ""]) -> Activity:
    """Return the activations for an image, and the contributions of its pixels to a digit.

    The contributions are the gradient of the digit's logit times the pixels (Shrikumar et al. 2016,
    arXiv 1605.01713). A ReLU network is linear as long as the same units are active. Therefore they
    sum to the logit less that of an empty image, computed with the units that are active for this
    image.
    """

    def logit(
        inputs: Float[Array, "784"],
    ) -> tuple[Float[Array, ""], list[Float[Array, " units"]]]:
        outputs = forward(mlp.layers, inputs)
        return outputs[-1][digit], outputs

    inputs = scaled(image)
    gradient, outputs = jax.grad(logit, has_aux=True)(inputs)
    contributions = (gradient * inputs).reshape(FRAME_PIXELS, FRAME_PIXELS)
    return Activity(tuple(outputs[1:-1]), outputs[-1], contributions)

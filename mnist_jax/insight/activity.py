"""What an image does to a network: to all its layers and its answer, and to one unit."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, Num

from mnist_jax.classes import DIGITS
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.model import MLP, Network, forward, scaled


class Activity(NamedTuple):
    """What an image does to a network."""

    hidden: tuple[Float[Array, " units"], ...]
    """Activations of each hidden layer, after ReLU; empty for networks other than `MLP`."""

    logits: Float[Array, " classes"]
    """Logits of the ten digits and, in most networks, of "not a digit"."""

    contributions: Float[Array, "28 28"]
    """What each pixel contributes to the logit of the digit; negative where it speaks against."""


@jax.jit
def activity(network: Network, image: Num[Array, "28 28"], digit: int | Int[Array, ""]) -> Activity:
    """Return the activations for an image, and the contributions of its pixels to a digit.

    The contributions are the gradient of the digit's logit times the pixels (Shrikumar et al. 2016,
    arXiv 1605.01713). A ReLU network is linear as long as the same units are active. Therefore they
    sum to the logit less that of an empty image, computed with the units that are active for this
    image.
    """

    def logit(inputs: Float[Array, "784"]) -> tuple[Array, list[Array]]:
        outputs = _outputs(network, inputs)
        return outputs[-1][digit], outputs

    inputs = scaled(image)
    gradient, outputs = jax.grad(logit, has_aux=True)(inputs)
    contributions = (gradient * inputs).reshape(FRAME_PIXELS, FRAME_PIXELS)
    return Activity(tuple(outputs[1:-1]), outputs[-1], contributions)


class Unit(NamedTuple):
    """What one unit does for an image."""

    weights: Float[Array, "28 28"]
    """Weights of the pixels in the unit's sum.

    In the first hidden layer, these are the unit's own weights. Deeper down, they lead through the
    units that are active for the image, which shows strokes; through all units, it shows clouds.
    """

    activation: Float[Array, ""]
    """Activation of the unit, for an output its logit."""

    effects: Float[Array, " classes"]
    """What each 1 of activation adds to each logit through the active units above, centred.

    The mean of the ten digits is subtracted: what raises all of them alike changes no probability.
    An inactive unit has effects, too: those that it would have.
    """

    inputs: Float[Array, " inputs"]
    """What each unit of the layer below, or each pixel, adds: its activation times the weight."""


@partial(jax.jit, static_argnames="layer")
def unit(
    network: Network, image: Num[Array, "28 28"], layer: int, index: int | Int[Array, ""]
) -> Unit:
    """Return what a unit of a hidden layer, or an output, does for an image.

    Layers are counted from 0; `len(mlp.hidden)` stands for the outputs. Networks other than `MLP`
    have outputs alone, and what is said of them is true to first order.
    """
    layers = network.layers if isinstance(network, MLP) else ()
    place = layer if layers else 0

    def total(inputs: Float[Array, "784"]) -> Float[Array, ""]:
        outputs = forward(layers[: layer + 1], inputs) if layers else _outputs(network, inputs)
        return outputs[-1][index]

    pixels = scaled(image)
    outputs = _outputs(network, pixels)
    weights = jax.grad(total)(pixels)
    activations = outputs[place + 1]
    alone = jnp.zeros_like(activations).at[index].set(1.0)
    _, added = jax.jvp(
        lambda activations: forward(layers[layer + 1 :], activations)[-1],
        (activations,),
        (alone,),
    )
    return Unit(
        weights.reshape(FRAME_PIXELS, FRAME_PIXELS),
        activations[index],
        added - added[:DIGITS].mean(),
        outputs[place] * (layers[layer].kernel[:, index] if layers else weights),
    )


def _outputs(network: Network, inputs: Float[Array, "784"]) -> list[Float[Array, " units"]]:
    """Return the inputs, 0 to 1, and the outputs of all layers, or of other networks the logits."""
    if isinstance(network, MLP):
        return forward(network.layers, inputs)
    return [inputs, network(255 * inputs.reshape(1, FRAME_PIXELS, FRAME_PIXELS))[0]]

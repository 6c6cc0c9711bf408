"""Activations of a network for one image, contributions of the pixels, and effects of one unit."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, Num

from mnist_jax.classes import DIGITS
from mnist_jax.ink.frame import FRAME_PIXELS
from mnist_jax.model import MLP, Network, forward, scaled


class Activity(NamedTuple):
    """Activations and logits of a network for an image, and contributions of the pixels."""

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
    """Weights, inputs, activation and effects of one unit for an image."""

    weights: Float[Array, "28 28"]
    """Weights of the pixels in the unit's sum.

    In the first hidden layer, these are the unit's own weights. In deeper layers, they are summed
    over the paths through units that are active for the image, and look like strokes. Summed over
    all paths, they would look like clouds.
    """

    activation: Float[Array, ""]
    """Activation of the unit; for an output, its logit."""

    effects: Float[Array, " classes"]
    """Change of each logit per 1 of activation, through the active units of later layers, centred.

    The mean over the ten digits is subtracted, because what raises all of them equally changes no
    probability. The effects of an inactive unit are those that it would have if it were active.
    """

    inputs: Float[Array, " inputs"]
    """What each unit of the previous layer, or each pixel, adds: its value times the weight."""


@partial(jax.jit, static_argnames="layer")
def unit(
    network: Network, image: Num[Array, "28 28"], layer: int, index: int | Int[Array, ""]
) -> Unit:
    """Return the weights, inputs, activation and effects of a hidden unit, or of an output.

    Layers are counted from 0; `len(mlp.hidden)` stands for the outputs. For networks other than
    `MLP`, `layer` is ignored: they only have outputs, whose weights are their gradients.
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
    one_hot = jnp.zeros_like(activations).at[index].set(1.0)
    _, added = jax.jvp(
        lambda activations: forward(layers[layer + 1 :], activations)[-1],
        (activations,),
        (one_hot,),
    )
    return Unit(
        weights.reshape(FRAME_PIXELS, FRAME_PIXELS),
        activations[index],
        added - added[:DIGITS].mean(),
        outputs[place] * (layers[layer].kernel[:, index] if layers else weights),
    )


def _outputs(network: Network, inputs: Float[Array, "784"]) -> list[Float[Array, " units"]]:
    """Return the inputs, 0 to 1, and the outputs of all layers; of other networks, the logits."""
    if isinstance(network, MLP):
        return forward(network.layers, inputs)
    return [inputs, network(255 * inputs.reshape(1, FRAME_PIXELS, FRAME_PIXELS))[0]]

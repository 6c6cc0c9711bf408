"""Training recipes: named, immutable settings of a run. Importing them does not import JAX."""

import math
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

from mnist_jax.classes import DIGITS, NOT_A_DIGIT
from mnist_jax.data.distortion import Distortion
from mnist_jax.ink.frame import PIXELS
from mnist_jax.support.command_line import option
from mnist_jax.support.errors import InputError, check_least
from mnist_jax.support.languages import translatable

MAX_WIDTH = 65_536
"""Widest layer that can be built or loaded."""

MAX_WEIGHTS = 200_000_000
"""Most weights of a network; with Adam's moments they take 3 GB."""

MAX_STEPS = 2**31 - 1
"""Most steps that Optax can count."""

SMALL_STEP_OPERATIONS = 1e8
"""Floating-point operations of a step below which one CPU thread is faster than several."""

MNIST_IMAGES = 60_000
"""Training images of MNIST, known before it is loaded."""


@dataclass(frozen=True)
class Recipe:
    """All settings of a training run except its seed and data."""

    summary: str
    """Purpose, cost on two cores and result."""

    hidden: tuple[int, ...]
    """Widths of the hidden layers."""

    epochs: int
    """Passes over MNIST's training images."""

    batch_size: int
    """MNIST images per step."""

    learning_rate: float
    """Initial learning rate of Adam."""

    decays: bool
    """Whether the learning rate falls linearly to zero over all steps before `finishing`."""

    held_out: int
    """Number of MNIST's last training images held out for validation."""

    distortion: Distortion | None = None
    """How strongly MNIST's images are distorted; None leaves them unchanged."""

    settling: int = 0
    """Number of epochs before `finishing` that have half the distortion, as `finishing` has, to end
    near MNIST as it is."""

    drawings: int = 0
    """Synthetic drawings of digits added to each step."""

    stroke_drawings: int = 0
    """Drawings of the strokes of MNIST's own images added to each step."""

    non_digits: int = 0
    """Synthetic drawings of non-digits added to each step, as a class of their own."""

    finishing: int = 0
    """Number of epochs at the very end with half the drawings and half the initial learning rate.
    The mean of the weights after each of their steps is the network (Izmailov et al. 2018)."""

    def __post_init__(self) -> None:
        """Check the settings.

        Raises:
            InputError: a width, a number or a rate is out of range.
        """
        widths = all(0 < width <= MAX_WIDTH for width in self.hidden)
        if not (widths and self.weights <= MAX_WEIGHTS):
            raise InputError(
                "--hidden: {found} was given, it must be widths from 1 to {most}, "
                "of at most {weights} weights together",
                found=" ".join(map(str, self.hidden)),
                most=MAX_WIDTH,
                weights=MAX_WEIGHTS,
            )
        check_least("--epochs", self.epochs, 1)
        check_least("--batch-size", self.batch_size, 1)
        check_least("--held-out", self.held_out, 0)
        if not 0 < self.learning_rate < math.inf:
            raise InputError(
                "--learning-rate: {found} was given, it must be above 0 and finite",
                found=self.learning_rate,
            )

    def check_images(self, images: int) -> None:
        """Check that the recipe can be trained on so many images.

        Raises:
            InputError: too many are held out, a batch is larger than the rest, or there are more
                steps than Optax can count.
        """
        shown = images - self.held_out
        for name, found, most in (
            ("--held-out", self.held_out, images - 1),
            ("--batch-size", self.batch_size, shown),
        ):
            if found > most:
                raise InputError(
                    "{name}: {found} was given, it must be at most {most}",
                    name=name,
                    found=found,
                    most=most,
                )
        if self.epochs * self.steps(shown) > MAX_STEPS:
            raise InputError(
                "--epochs: {found} was given, that is over {most} steps",
                found=self.epochs,
                most=MAX_STEPS,
            )

    def steps(self, images: int) -> int:
        """Return the number of steps of an epoch of so many images."""
        return -(-images // self.batch_size)

    def at(self, epoch: int) -> "Recipe":
        """Return the recipe for an epoch, counted from 1."""
        recipe, main = self, self.epochs - self.finishing
        if self.distortion and epoch > main - self.settling:
            recipe = replace(recipe, distortion=self.distortion.scaled(0.5))
        if epoch > main:
            names = ("drawings", "stroke_drawings", "non_digits")
            recipe = replace(recipe, **{name: getattr(self, name) // 2 for name in names})
        return recipe

    def main_steps(self, images: int) -> int:
        """Return the number of steps before `finishing`."""
        return max(self.epochs - self.finishing, 0) * self.steps(images)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Sizes of the layers, from the pixels to the classes."""
        return (PIXELS, *self.hidden, self.classes)

    @property
    def weights(self) -> int:
        """Number of weights, without biases."""
        return sum(a * b for a, b in pairwise(self.sizes))

    @property
    def drawn(self) -> int:
        """Number of drawings added to each step."""
        return self.drawings + self.stroke_drawings + self.non_digits

    @property
    def step_operations(self) -> int:
        """Operations of one step: a multiplication and an addition for each weight and image."""
        into_image = self.sizes[0] * self.sizes[1]  # its gradient is not needed
        return 2 * (3 * self.weights - into_image) * (self.batch_size + self.drawn)

    @property
    def has_small_steps(self) -> bool:
        """Whether a step is so short that waking more CPU threads takes longer than they save."""
        plain = not (self.distortion or self.drawn)
        return plain and self.step_operations < SMALL_STEP_OPERATIONS

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return self.weights + sum(self.hidden) + self.classes

    @property
    def widths(self) -> str:
        """Widths of the hidden layers as text, in English, for `translated`."""
        return "-".join(map(str, self.hidden)) or translatable("none")

    @property
    def classes(self) -> int:
        """Number of classes: ten, or eleven with "not a digit"."""
        return NOT_A_DIGIT + 1 if self.non_digits else DIGITS


RECIPES = {
    "seed": Recipe(
        summary=translatable(
            "the reference, three layers of 128 on plain MNIST: 40 s, 97.5 to 98.3 %"
        ),
        hidden=(128, 128, 128),
        epochs=50,
        batch_size=32,
        learning_rate=1e-3,
        decays=False,
        held_out=0,
    ),
    "sprint": Recipe(
        summary=translatable(
            "the shortest time to 98 %, two layers of 256 and 128: 6 s, 98.2 to 98.4 %"
        ),
        hidden=(256, 128),
        epochs=4,
        batch_size=125,
        learning_rate=5e-3,
        decays=True,
        held_out=0,
    ),
    "quick": Recipe(
        summary=translatable(
            "two layers of 512, distorted MNIST and synthetic drawings: 2 min, 98.9 %"
        ),
        hidden=(512, 512),
        epochs=10,
        batch_size=200,
        learning_rate=2e-3,
        decays=True,
        held_out=5_000,
        distortion=Distortion(),
        drawings=160,
        non_digits=64,
    ),
    "best": Recipe(
        summary=translatable("the weights that ship, two layers of 2048 and 1024: 70 min, 99.5 %"),
        hidden=(2048, 1024),
        epochs=160,
        batch_size=250,
        learning_rate=2e-3,
        decays=True,
        held_out=5_000,
        distortion=Distortion(),
        settling=30,
        drawings=144,
        stroke_drawings=136,
        non_digits=96,
        finishing=10,
    ),
}


@dataclass(frozen=True)
class RecipeOptions:
    """The options of the commands that train by a recipe: its name, and changes of its fields."""

    recipe: str = option(None, "what to train; see the list below", "quick", choices=RECIPES)
    hidden: tuple[int, ...] | None = option(
        "WIDTH", "widths of the hidden layers (default: the recipe's)", nargs="*"
    )
    epochs: int | None = option("N", "passes over MNIST's training images (default: the recipe's)")
    batch_size: int | None = option("N", "MNIST images per step (default: the recipe's)")
    learning_rate: float | None = option(
        "RATE", "initial learning rate of Adam (default: the recipe's)"
    )
    held_out: int | None = option(
        "N", "training images held out for validation (default: the recipe's)"
    )

    def chosen(self, **changes: Any) -> Recipe:
        """Return the named recipe with the changes that the options make, and others.

        Raises:
            InputError: the changed recipe cannot be trained.
        """
        values = {field.name: getattr(self, field.name, None) for field in fields(Recipe)} | changes
        given = {name: value for name, value in values.items() if value is not None}
        return replace(RECIPES[self.recipe], **given)

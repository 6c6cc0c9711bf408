"""The options of the commands that train by a recipe."""

from dataclasses import dataclass, fields, replace

from mnist_jax.support.command_line import option
from mnist_jax.training.recipes import RECIPES, Recipe


@dataclass(frozen=True)
class RecipeOptions:
    """A recipe, and changes of its fields."""

    recipe: str = option(None, "what to train; see the list above", "quick", choices=RECIPES)
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

    def chosen(self) -> Recipe:
        """Return the named recipe with the changes that are given.

        Raises:
            InputError: the changed recipe cannot be trained.

        """
        values = {field.name: getattr(self, field.name, None) for field in fields(Recipe)}
        changes = {name: value for name, value in values.items() if value is not None}
        return replace(RECIPES[self.recipe], **changes)

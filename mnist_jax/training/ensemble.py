"""Train networks of one recipe from several seeds, to tell real differences from chance."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mnist_jax.data.mnist import Mnist
from mnist_jax.support.errors import InputError
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import Recipe
from mnist_jax.training.step import evaluated


@dataclass(frozen=True)
class SeedResults:
    """The results of networks of one recipe, trained from different seeds."""

    recipe: Recipe
    accuracies: Sequence[float]
    """Test accuracy of each network, 0 to 1."""
    seconds: float
    """Training time of all networks together."""

    @property
    def mean(self) -> float:
        """Mean accuracy."""
        return statistics.fmean(self.accuracies)

    @property
    def deviation(self) -> float | None:
        """Standard deviation of the accuracies; None for a single seed."""
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else None


def fit_seeds(
    recipe: Recipe, mnist: Mnist, seeds: range, advance: Callable[[], None]
) -> SeedResults:
    """Train and test a network from each seed; call `advance` after each epoch.

    Raises:
        InputError: as `fit`; the message names the network.

    """
    start, accuracies = time.monotonic(), []
    for seed in seeds:
        try:
            for training, _ in fit(recipe, mnist.train, seed):
                mlp = training.mlp
                advance()
        except InputError as error:
            raise InputError(f"seed {seed}, hidden layers {recipe.widths}: {error}") from error
        accuracies.append(evaluated(mlp, mnist.test).accuracy)
    return SeedResults(recipe, accuracies, time.monotonic() - start)

"""Measure speed on this machine, all in one run.

    python -m mnist_jax.benchmark [--json]

Takes about two minutes on two cores. Times are medians, except those of a first start. Machines are
noisy: close other programs, and compare ratios rather than absolute times.
"""

from dataclasses import dataclass

from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, positive


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    json: bool = flag("print one JSON object and nothing else")
    epochs: int = option("N", "epochs of the seed recipe to time", 10, type=positive)


@command_line.command(Options)
def main(options: Options) -> None:
    """Measure everything and print the figures."""
    from mnist_jax.evaluation.speed import (
        data_rates,
        reading_times,
        seed_training,
        sprint_training,
        start_times,
    )
    from mnist_jax.evaluation.timing import print_figures

    figures = [
        *seed_training(options.epochs),
        *sprint_training(),
        *start_times(),
        *data_rates(),
        *reading_times(),
    ]
    print_figures(figures, as_json=options.json)


if __name__ == "__main__":
    main()

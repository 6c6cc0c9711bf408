"""Measure speed on this machine, all in one run.

    python -m mnist_jax.benchmark [--json]

Takes about two minutes on two cores. Times are medians, except those of a first start. Machines are
noisy: close other programs, and compare ratios rather than absolute times.
"""

import json
from dataclasses import dataclass

from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, positive


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    json: bool = flag("print one JSON object and nothing else")
    epochs: int = option("N", "epochs of the seed recipe to time", 10, type=positive)


def main() -> None:
    """Run the command."""
    description = "Measure speed on this machine."
    command_line.run("benchmark", Options, _benchmark, description)


def _benchmark(options: Options) -> None:
    from rich.console import Console
    from rich.table import Table

    from mnist_jax.evaluation import startup, throughput

    figures = [
        *startup.training(options.epochs),
        *startup.sprint(),
        *startup.starts(),
        *throughput.making(),
        *throughput.reading(),
    ]
    if options.json:
        print(json.dumps({figure.key: figure.value for figure in figures}))
        return
    table = Table("Measure", "Figure", "Unit")
    table.columns[1].justify = "right"
    for figure in figures:
        table.add_row(figure.name, _rounded(figure.value), figure.unit)
    Console().print(table)


def _rounded(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()

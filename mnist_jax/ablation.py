"""Measure what each idea contributes, from the usual app to this project.

    python -m mnist_jax.ablation --drawings FILE [--epochs 10] [--seeds 3] [--json]

Trains the quick recipe with and without each of its parts, three times each, and reads the
drawings. Takes about 15 minutes on two cores.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from mnist_jax.support import command_line
from mnist_jax.support.command_line import data_dir_option, flag, option, positive, print_table


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option("FILE", "drawings of digits, .ndjson, UNIPEN or InkML", required=True)
    data_dir: Path | None = data_dir_option()
    epochs: int = option("N", "epochs of each training run", 10, type=positive)
    seeds: int = option(
        "N", "number of training runs that each figure is the mean of", 3, type=positive
    )
    json: bool = flag("print one JSON object and nothing else")


def main() -> None:
    """Run the command."""
    command_line.run("ablation", Options, _ablate, "Measure what each idea contributes.")


def _ablate(options: Options) -> None:
    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.evaluation.ablation_study import measured
    from mnist_jax.ink.drawing_files import list_drawings

    drawings = list_drawings(options.drawings)
    mnist = load_mnist(options.data_dir)
    rows = dict(measured(drawings, mnist, options.epochs, options.seeds))
    if options.json:
        print(json.dumps(rows))
    else:
        shares = [[f"{100 * share:.2f} %" for share in row.values()] for row in rows.values()]
        table = [(name, *row) for name, row in zip(rows, shares, strict=True)]
        print_table(("Idea", "MNIST test", "Drawings"), table)


if __name__ == "__main__":
    main()

"""Measure a network on all of MNIST's test images, and on drawings.

python -m mnist_jax.evaluate [--params FILE] [--drawings FILE.ndjson.gz] [--json]
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from tyro.conf import arg

from mnist_jax import command
from mnist_jax.drawing import read_drawings
from mnist_jax.errors import InputError
from mnist_jax.mnist import load_mnist
from mnist_jax.params import load_params, shipped_params
from mnist_jax.report import Report, drawings_report, test_report


@dataclass(frozen=True)
class Options:
    """The command line."""

    params: Annotated[Path | None, arg(metavar="FILE", help_behavior_hint="(default: shipped)")] = (
        None
    )
    """Weights to measure."""

    data_dir: Annotated[
        Path | None,
        arg(metavar="DIR", help_behavior_hint="(default: $TFDS_DATA_DIR, ~/tensorflow_datasets)"),
    ] = None
    """Folder of TensorFlow Datasets with MNIST."""

    drawings: Annotated[Path | None, arg(metavar="FILE", help_behavior_hint="(optional)")] = None
    """Drawings to read too, .ndjson or .ndjson.gz."""

    json: bool = False
    """Print one JSON object and nothing else."""


def main() -> None:
    """Run the command."""
    command.run("evaluate", Options, _evaluate, "Measure how well a network reads digits.")


def _evaluate(options: Options) -> None:
    mlp = load_params(options.params)
    report: dict[str, Report] = {}
    if options.drawings:
        drawings = list(read_drawings(options.drawings))
        if not drawings:
            raise InputError(f"{options.drawings}: holds no drawing, at least one is wanted")
        report["drawings"] = drawings_report(mlp, drawings)
    report = {"test": test_report(mlp, load_mnist(options.data_dir).test)} | report
    print(json.dumps(report) if options.json else _text(options, report))


def _text(options: Options, report: dict[str, Report]) -> str:
    test = report["test"]
    lines = [
        f"params    {options.params or shipped_params()}",
        f"test      {_percent(test['accuracy'])} of {test['count']}, loss {test['loss']:.4f}",
    ]
    if drawings := report.get("drawings"):
        lines.append(f"drawings  {_percent(drawings['accuracy'])} of {drawings['count']}")
        lines.extend(
            f"       {digit}  {_percent(accuracy)}"
            for digit, accuracy in enumerate(drawings["per_digit"])
        )
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "   none" if share is None else f"{100 * share:6.2f} %"


if __name__ == "__main__":
    main()

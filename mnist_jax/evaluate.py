"""Measure a network on all of MNIST's test images, and on drawings.

python -m mnist_jax.evaluate [--params FILE] [--drawings FILE.ndjson.gz]
        [--not-digits FILE.ndjson.gz] [--plot FILE.png] [--json]
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from tyro.conf import arg

from mnist_jax.data.mnist import load_mnist
from mnist_jax.evaluation.metrics import (
    Read,
    Report,
    drawings_report,
    images_report,
    not_digits_report,
    read_all,
    read_images,
)
from mnist_jax.ink.ndjson import read_drawings
from mnist_jax.model import MLP
from mnist_jax.params import load_params
from mnist_jax.support import command_line
from mnist_jax.support.command_line import DataDir
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_output


@dataclass(frozen=True)
class Options:
    """The command line."""

    params: Annotated[Path | None, arg(metavar="FILE", help_behavior_hint="(default: shipped)")] = (
        None
    )
    """Weights to measure."""

    data_dir: DataDir = None

    drawings: Annotated[Path | None, arg(metavar="FILE", help_behavior_hint="(optional)")] = None
    """Drawings to read too, .ndjson or .ndjson.gz."""

    not_digits: Annotated[Path | None, arg(metavar="FILE", help_behavior_hint="(optional)")] = None
    """Drawings of anything but digits, to see how many are refused."""

    plot: Annotated[Path | None, arg(metavar="FILE.png", help_behavior_hint="(optional)")] = None
    """Where to draw how reliable the probabilities are, and what is taken for what."""

    json: bool = False
    """Print one JSON object and nothing else."""


def main() -> None:
    """Run the command."""
    command_line.run("evaluate", Options, _evaluate, "Measure how well a network reads digits.")


def _evaluate(options: Options) -> None:
    plotted = checked_output(options.plot, ".png") if options.plot else None
    mlp = load_params(options.params)
    drawn = _read_file(mlp, options.drawings, digits_only=True)
    other = _read_file(mlp, options.not_digits, digits_only=False)
    if other and (other.labels >= 0).any():
        number = int((other.labels >= 0).argmax()) + 1
        raise InputError(
            f"{options.not_digits}: drawing {number} is labelled as a digit; "
            "give a file of drawings that are none"
        )
    tested = read_images(mlp, load_mnist(options.data_dir).test)
    report = {"test": images_report(tested)}
    if drawn:
        report["drawings"] = drawings_report(drawn)
    if other:
        report["not_digits"] = not_digits_report(other, drawn or tested)
    print(json.dumps(report) if options.json else as_text(report))
    if plotted:
        from mnist_jax.evaluation.plots import write_reliability

        write_reliability(plotted, {"test images": tested} | ({"drawings": drawn} if drawn else {}))


def _read_file(mlp: MLP, path: Path | None, *, digits_only: bool) -> Read | None:
    if path is None:
        return None
    drawings = list(read_drawings(path, digits_only=digits_only))
    if not drawings:
        raise InputError(f"{path}: holds no drawing, at least one is wanted")
    return read_all(mlp, drawings)


def as_text(report: dict[str, Report]) -> str:
    """The report for people: a line a measure, and the confusions as a table."""
    test = report["test"]
    lines = [f"test        {_counted(test)}, loss {test['loss']:.4f}"]
    if drawings := report.get("drawings"):
        lines.append(f"drawings    {_counted(drawings)}, {drawings['refused']} refused")
    if other := report.get("not_digits"):
        refused = f"{other['refused']} of {other['count']} refused"
        lines.append(f"not digits  {refused}, AUROC {other['auroc']:.4f}")
    for name in ("test", "drawings"):
        if name in report:
            lines += ["", f"{name}: drawn (rows) read as (columns)", *_table(report[name])]
    return "\n".join(lines)


def _counted(measures: Report) -> str:
    accuracy, error = 100 * measures["accuracy"], 100 * measures["calibration_error"]
    return f"{accuracy:.2f} % of {measures['count']}, calibration error {error:.2f} %"


def _table(measures: Report) -> list[str]:
    header = "    " + "".join(f"{digit:6}" for digit in range(10)) + "    right"
    rows = [header]
    for digit, counts in enumerate(measures["confusion"]):
        share = f"{100 * counts[digit] / sum(counts):7.2f} %" if sum(counts) else "     none"
        rows.append(f"   {digit}" + "".join(f"{count or '.':>6}" for count in counts) + share)
    return rows


if __name__ == "__main__":
    main()

"""Evaluate a network on MNIST's 10,000 test images, and on files of drawings.

python -m mnist_jax.evaluate [--params FILE] [--drawings FILE] [--numbers FILE]
        [--not-digits FILE] [--not-numbers FILE] [--plot FILE.png] [--json]
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnist_jax.support import command_line
from mnist_jax.support.command_line import (
    data_dir_option,
    flag,
    option,
    output_option,
    params_option,
)


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    params: Path | None = params_option()
    data_dir: Path | None = data_dir_option()
    drawings: Path | None = option("FILE", "drawings of digits, .ndjson, UNIPEN or InkML")
    numbers: Path | None = option(
        "FILE", "drawings of whole numbers, labelled as written (4072, -3,5), in the same formats"
    )
    not_digits: Path | None = option(
        "FILE",
        "drawings of anything but digits, in the same formats, which the network should refuse",
    )
    not_numbers: Path | None = option(
        "FILE", "the same for whole numbers: drawings that should be refused as numbers"
    )
    plot: Path | None = output_option(".png", "plot of the calibration and the confusion matrices")
    json: bool = flag("print one JSON object and nothing else")


def main() -> None:
    """Run the command."""
    description = "Measure how well a network reads digits."
    command_line.run("evaluate", Options, _evaluate, description)


def _evaluate(options: Options) -> None:
    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.evaluation import metrics
    from mnist_jax.ink.drawing_files import list_drawings
    from mnist_jax.ink.strokes import NO_DIGITS, NO_NUMBERS, NUMBERS
    from mnist_jax.params import load_params

    mlp = load_params(options.params)
    digits = list_drawings(options.drawings) if options.drawings else []
    numbers = list_drawings(options.numbers, NUMBERS) if options.numbers else []
    not_digits = list_drawings(options.not_digits, NO_DIGITS) if options.not_digits else []
    not_numbers = list_drawings(options.not_numbers, NO_NUMBERS) if options.not_numbers else []
    tested = metrics.read_images(mlp, load_mnist(options.data_dir).test)
    report = {"test": metrics.images_report(tested)}
    drawn = metrics.read_all(mlp, digits) if digits else None
    if drawn:
        report["drawings"] = metrics.drawings_report(drawn)
    if numbers:
        report["numbers"] = metrics.numbers_report(mlp, numbers)
    if not_digits:
        others = metrics.read_all(mlp, not_digits)
        report["not_digits"] = metrics.not_digits_report(others, drawn or tested)
    if not_numbers:
        report["not_numbers"] = metrics.not_numbers_report(mlp, not_numbers)
    print(json.dumps(report) if options.json else as_text(report))
    if options.plot:
        from mnist_jax.evaluation.plots import write_reliability

        sets = {"test images": tested} | ({"drawings": drawn} if drawn else {})
        write_reliability(options.plot, sets)


def as_text(report: dict[str, dict[str, Any]]) -> str:
    """Return the report as text: a line per set, and the confusion matrices."""
    test = report["test"]
    lines = [f"test        {_counted(test)}, loss {test['loss']:.4f}"]
    if drawings := report.get("drawings"):
        lines.append(f"drawings    {_counted(drawings)}, {drawings['refused']} refused")
    if numbers := report.get("numbers"):
        lengths, digits = 100 * numbers["length_accuracy"], 100 * numbers["digit_accuracy"]
        lines.append(
            f"numbers     {_counted(numbers)}, lengths {lengths:.2f} %, digits {digits:.2f} %, "
            f"{numbers['refused']} refused"
        )
    if other := report.get("not_digits"):
        refused = f"{other['refused']} of {other['count']} refused"
        lines.append(f"not digits  {refused}, AUROC {other['auroc']:.4f}")
    if other := report.get("not_numbers"):
        lines.append(f"no numbers  {other['refused']} of {other['count']} refused")
    for name in ("test", "drawings"):
        if name in report:
            lines += ["", f"{name}: drawn (rows) read as (columns)", *_table(report[name])]
    return "\n".join(lines)


def _counted(measures: dict[str, Any]) -> str:
    accuracy, error = 100 * measures["accuracy"], 100 * measures["calibration_error"]
    return f"{accuracy:.2f} % of {measures['count']}, calibration error {error:.2f} %"


def _table(measures: dict[str, Any]) -> list[str]:
    rows = ["    " + "".join(f"{digit:6}" for digit in range(10)) + "    right"]
    for digit, counts in enumerate(measures["confusion"]):
        share = f"{100 * counts[digit] / sum(counts):7.2f} %" if sum(counts) else "     none"
        rows.append(f"   {digit}" + "".join(f"{count or '.':>6}" for count in counts) + share)
    return rows


if __name__ == "__main__":
    main()

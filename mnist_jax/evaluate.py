"""Evaluate a network on MNIST's 10,000 test images, on files of drawings and on photos of pages.

python -m mnist_jax.evaluate [--params FILE] [--drawings FILE] [--numbers FILE]
        [--not-digits FILE] [--not-numbers FILE] [--pages FOLDER] [--plot FILE.png] [--json]
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
from mnist_jax.support.languages import translatable, translated, written


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
    pages: Path | None = option(
        "FOLDER", "photos of pages, NAME.jpg or NAME.png, each beside NAME.json with its rows"
    )
    plot: Path | None = output_option(".png", "plot of the calibration and the confusion matrices")
    json: bool = flag("print one JSON object and nothing else")


@command_line.command(Options)
def main(options: Options) -> None:
    """Print how well the network reads, and plot it."""
    from rich.console import Console
    from rich.progress import track

    from mnist_jax.data.mnist import load_mnist
    from mnist_jax.evaluation import metrics, page_metrics
    from mnist_jax.ink.drawing_files import list_drawings
    from mnist_jax.ink.strokes import NO_DIGITS, NO_NUMBERS, NUMBERS
    from mnist_jax.params import load_params

    mlp = load_params(options.params)
    digits = list_drawings(options.drawings) if options.drawings else []
    numbers = list_drawings(options.numbers, NUMBERS) if options.numbers else []
    not_digits = list_drawings(options.not_digits, NO_DIGITS) if options.not_digits else []
    not_numbers = list_drawings(options.not_numbers, NO_NUMBERS) if options.not_numbers else []
    pages = page_metrics.labelled_pages(options.pages) if options.pages else []
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
    if pages:
        console = Console(stderr=True)
        hidden = not console.is_terminal
        text = translated("Reading")
        each = track(pages, text, console=console, disable=hidden, transient=True)
        report["pages"] = page_metrics.pages_report(mlp, each)
    print(json.dumps(report) if options.json else as_text(report))
    if options.plot:
        from mnist_jax.evaluation.plots import write_reliability

        sets = {"test images": tested} | ({"drawings": drawn} if drawn else {})
        write_reliability(options.plot, sets)


LINE_TEXTS = {
    "test": translatable(
        "test        {accuracy:.2f} % of {count}, "
        "calibration error {calibration_error:.2f} %, loss {loss:.4f}"
    ),
    "drawings": translatable(
        "drawings    {accuracy:.2f} % of {count}, "
        "calibration error {calibration_error:.2f} %, {refused} refused"
    ),
    "numbers": translatable(
        "numbers     {accuracy:.2f} % of {count}, calibration error {calibration_error:.2f} %, "
        "lengths {length_accuracy:.2f} %, digits {digit_accuracy:.2f} %, {refused} refused"
    ),
    "not_digits": translatable("not digits  {refused} of {count} refused, AUROC {auroc:.4f}"),
    "not_numbers": translatable("no numbers  {refused} of {count} refused"),
    "pages": translatable(
        "pages       {shape_accuracy:.2f} % of {count} in the right shape, "
        "{accuracy:.2f} % of {cells} texts"
    ),
}
"""The texts for the parts of the report."""

CONFUSION_HEADINGS = {
    "test": translatable("test: drawn (rows) read as (columns)"),
    "drawings": translatable("drawings: drawn (rows) read as (columns)"),
}
"""The headings of the confusion matrices."""

KIND_TEXT = translatable(
    "  {name} {shape_accuracy:.2f} % of {count} in the right shape, "
    "{accuracy:.2f} % of {cells} texts"
)
"""The text for one kind of page."""

PERCENT = {"accuracy", "calibration_error", "length_accuracy", "digit_accuracy", "shape_accuracy"}
"""Measures that are shown in percent."""


def as_text(report: dict[str, dict[str, Any]]) -> str:
    """Return the report as text: a line per set, and the confusion matrices."""
    lines = []
    for name, measures in report.items():
        lines.append(_line(LINE_TEXTS[name], measures))
        lines += [
            _line(KIND_TEXT, {"name": f"{kind:<11}", **part})
            for kind, part in measures.get("kinds", {}).items()
        ]
    for name, heading in CONFUSION_HEADINGS.items():
        if name in report:
            lines += ["", translated(heading), *_table(report[name])]
    return "\n".join(lines)


def _line(text: str, measures: dict[str, Any]) -> str:
    shown = {key: 100 * measures[key] for key in measures.keys() & PERCENT}
    return translated(text, **measures | shown)


def _table(measures: dict[str, Any]) -> list[str]:
    rows = ["    " + "".join(f"{digit:6}" for digit in range(10)) + f"{translated('right'):>9}"]
    for digit, counts in enumerate(measures["confusion"]):
        total = sum(counts)
        share = f"{written(100 * counts[digit] / total, '7.2f')} %" if total else f"{'-':>9}"
        rows.append(f"   {digit}" + "".join(f"{count or '.':>6}" for count in counts) + share)
    return rows


if __name__ == "__main__":
    main()

"""Measure how teaching a network one person's hand changes what it reads.

    python -m mnist_jax.evaluation.teaching_study --drawings FILE [--params FILE] [--json]

Teaches five drawings of each digit of each `writer` of the file, and reads that writer's other
drawings and everybody else's. Repeats this with a tenth of the labels wrong, and with all of them
wrong. Takes about seven minutes on two cores for 30 writers.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, params_option, print_table
from mnist_jax.support.errors import InputError
from mnist_jax.support.languages import translatable, translated

if TYPE_CHECKING:
    from mnist_jax.evaluation.metrics import Readings
    from mnist_jax.model import MLP

WRONG_SHARES = {
    translatable("right labels"): 0.0,
    translatable("a tenth wrong"): 0.1,
    translatable("all wrong"): 1.0,
}
"""Shares of wrong labels to teach with, by their names in the table."""

Result = dict[str, Any]
"""Errors before and after teaching one writer's hand, by their names in `--json`."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option(
        "FILE", "drawings of digits by several writers, .ndjson, UNIPEN or InkML", required=True
    )
    params: Path | None = params_option()
    json: bool = flag("print one JSON object and nothing else")


@command_line.command(Options)
def main(options: Options) -> None:
    """Print what teaching changes."""
    from mnist_jax.evaluation.metrics import read_all
    from mnist_jax.params import load_params

    drawings = list(read_drawings(options.drawings))
    writers = sorted({drawing.writer for drawing in drawings}, key=lambda name: (len(name), name))
    if len(writers) < 2:
        raise InputError(
            '{path}: drawings by two or more "writer"s are wanted', path=options.drawings
        )
    mlp = load_params(options.params)
    before = read_all(mlp, drawings)
    results = {
        name: [measured(mlp, drawings, before, writer, wrong) for writer in writers]
        for name, wrong in WRONG_SHARES.items()
    }
    if options.json:
        print(json.dumps(results))
    else:
        headings = (
            translated("Labels"),
            translated("Adopted"),
            translated("Errors"),
            translated("Worst"),
            translated("Refused"),
            translated("Others' errors"),
            translated("Worst"),
        )
        print_table(headings, [_row(name, result) for name, result in results.items()])


def measured(
    mlp: "MLP",
    drawings: Sequence[LabelledDrawing],
    before: "Readings",
    writer: str,
    wrong: float,
) -> Result:
    """Teach the network five drawings of each digit of a writer, a share of them wrongly labelled.

    `before` is how the network reads all drawings. The result counts errors and refusals among the
    writer's drawings that were not taught, and has the share of errors in everybody else's.
    """
    from mnist_jax.evaluation.metrics import read_all
    from mnist_jax.training.teaching import lesson

    own = np.array([drawing.writer == writer for drawing in drawings])
    each = [np.flatnonzero(own & (before.labels == digit))[:5] for digit in range(10)]
    taught = np.concatenate(each)
    rest = own.copy()
    rest[taught] = False
    result = lesson(mlp, mislabelled([drawings[index] for index in taught], wrong))
    after = before if result.network is mlp else read_all(result.network, drawings)
    return {
        "writer": writer,
        "adopted": not result.obstacle,
        "drawings": int(rest.sum()),
        "errors_before": int((~before.right)[rest].sum()),
        "errors_after": int((~after.right)[rest].sum()),
        "refused_before": int((~before.accepted)[rest].sum()),
        "refused_after": int((~after.accepted)[rest].sum()),
        "others_before": float((~before.right)[~own].mean()),
        "others_after": float((~after.right)[~own].mean()),
    }


def mislabelled(drawings: Sequence[LabelledDrawing], share: float) -> list[LabelledDrawing]:
    """Return the drawings, a random share of them labelled as other digits."""
    rng = np.random.default_rng(0)
    chosen = rng.choice(len(drawings), round(share * len(drawings)), replace=False)
    changed = list(drawings)
    for index in chosen:
        word = str((drawings[index].label + rng.integers(1, 10)) % 10)
        changed[index] = replace(drawings[index], word=word)
    return changed


def _row(name: str, results: Sequence[Result]) -> tuple[str, ...]:
    """Return the sums over all writers, and the changes for the worst one, as texts."""
    columns = {key: np.array([result[key] for result in results]) for key in results[0]}
    errors = columns["errors_after"] - columns["errors_before"]
    others = 100 * (columns["others_after"] - columns["others_before"])
    return (
        translated(name),
        translated("{count} of {all}", count=columns["adopted"].sum(), all=len(results)),
        _change(columns["errors_before"], columns["errors_after"]),
        f"{errors.max():+}",
        _change(columns["refused_before"], columns["refused_after"]),
        translated("{change:+.3f} points", change=others.mean()),
        translated("{change:+.3f} points", change=others.max()),
    )


def _change(before: np.ndarray, after: np.ndarray) -> str:
    return translated("{before} to {after}", before=before.sum(), after=after.sum())


if __name__ == "__main__":
    main()

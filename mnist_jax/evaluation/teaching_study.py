"""Measure what it brings to teach a network one person's hand.

    python -m mnist_jax.evaluation.teaching_study --drawings FILE [--params FILE] [--json]

Teaches five drawings a digit of each `writer` of the file, and reads that writer's other drawings
and everybody else's. Does it again with a tenth of the labels wrong, and with all of them wrong.
Takes about seven minutes on two cores for 30 writers.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Int

from mnist_jax.ink.drawing_files import read_drawings
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, params_option
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax.evaluation.metrics import Readings
    from mnist_jax.model import MLP

PER_DIGIT = 5
"""Drawings of each digit that are taught."""

LABELS = {"right labels": 0.0, "a tenth wrong": 0.1, "all wrong": 1.0}
"""Share of the taught labels that are wrong."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option(
        "FILE", "drawings of digits by several writers, .ndjson, UNIPEN or InkML", required=True
    )
    params: Path | None = params_option()
    json: bool = flag("print one JSON object and nothing else")


@dataclass(frozen=True)
class WriterResult:
    """What teaching one writer's hand changed; counts are about their drawings not taught."""

    writer: str
    adopted: bool
    drawings: int
    errors_before: int
    errors_after: int
    refused_before: int
    refused_after: int
    others_before: float
    """Share of everybody else's drawings that are read wrongly."""
    others_after: float


def main() -> None:
    """Run the command."""
    description = "Measure what it brings to teach a network one person's hand."
    command_line.run("evaluation.teaching_study", Options, _study, description)


def _study(options: Options) -> None:
    from mnist_jax.evaluation.metrics import read_all
    from mnist_jax.params import load_params

    drawings = list(read_drawings(options.drawings))
    writers = sorted({drawing.writer for drawing in drawings}, key=lambda name: (len(name), name))
    if len(writers) < 2:
        raise InputError(f'{options.drawings}: drawings by two or more "writer"s are wanted')
    mlp = load_params(options.params)
    before = read_all(mlp, drawings)
    report = {}
    for name, share in LABELS.items():
        results = [measured(mlp, drawings, before, writer, share) for writer in writers]
        report[name] = [asdict(result) for result in results]
        if not options.json:
            print(_summary(name, results), flush=True)
    if options.json:
        print(json.dumps(report))


def measured(
    mlp: "MLP",
    drawings: Sequence[LabelledDrawing],
    before: "Readings",
    writer: str,
    wrong: float,
) -> WriterResult:
    """Teach the network five drawings a digit of a writer, a share of them with wrong labels.

    `before` is how the network reads all drawings.
    """
    from mnist_jax.evaluation.metrics import read_all
    from mnist_jax.training.teaching import lesson

    own = np.array([drawing.writer == writer for drawing in drawings])
    shown = _first_of_each_digit(drawings, own)
    rest = own.copy()
    rest[shown] = False
    result = lesson(mlp, mislabelled([drawings[index] for index in shown], wrong))
    after = before if result.mlp is mlp else read_all(result.mlp, drawings)
    return WriterResult(
        writer,
        adopted=not result.obstacle,
        drawings=int(rest.sum()),
        errors_before=int((~before.right)[rest].sum()),
        errors_after=int((~after.right)[rest].sum()),
        refused_before=int((~before.accepted)[rest].sum()),
        refused_after=int((~after.accepted)[rest].sum()),
        others_before=float((~before.right)[~own].mean()),
        others_after=float((~after.right)[~own].mean()),
    )


def _first_of_each_digit(
    drawings: Sequence[LabelledDrawing], own: Bool[np.ndarray, " n"]
) -> Int[np.ndarray, " shown"]:
    labels = np.array([drawing.label for drawing in drawings])
    each = [np.flatnonzero(own & (labels == digit))[:PER_DIGIT] for digit in range(10)]
    return np.concatenate(each)


def mislabelled(drawings: Sequence[LabelledDrawing], share: float) -> list[LabelledDrawing]:
    """Return the drawings, a random share of them labelled as other digits."""
    rng = np.random.default_rng(0)
    chosen = rng.choice(len(drawings), round(share * len(drawings)), replace=False)
    changed = list(drawings)
    for index in chosen:
        word = str((drawings[index].label + rng.integers(1, 10)) % 10)
        changed[index] = replace(drawings[index], word=word)
    return changed


def _summary(name: str, results: Sequence[WriterResult]) -> str:
    adopted = sum(result.adopted for result in results)
    errors = sum(r.errors_before for r in results), sum(r.errors_after for r in results)
    refused = sum(r.refused_before for r in results), sum(r.refused_after for r in results)
    worst = max(r.errors_after - r.errors_before for r in results)
    others = [100 * (r.others_after - r.others_before) for r in results]
    return (
        f"{name}: {adopted} of {len(results)} adopted\n"
        f"  that writer's other drawings: errors {errors[0]} to {errors[1]}, "
        f"{worst:+} for the worst writer; refused {refused[0]} to {refused[1]}\n"
        f"  everybody else's: errors {np.mean(others):+.3f} points in the mean, "
        f"{max(others):+.3f} for the worst writer"
    )


if __name__ == "__main__":
    main()

"""Make numbers for testing: digits of one writer, laid side by side.

python -m mnist_jax.evaluation.side_by_side --drawings FILE --output numbers.ndjson
        [--count 1000] [--seed 0]

`python -m mnist_jax.evaluate --numbers numbers.ndjson` then measures how well they are read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mnist_jax.ink.drawing_files import list_drawings
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.support import command_line
from mnist_jax.support.command_line import option, output_option, positive
from mnist_jax.support.files import write_whole
from mnist_jax.support.languages import translated

LENGTHS = (2, 3, 4, 5)
"""Digits in a number; each length is as frequent as the others."""

GAPS = (-0.02, 1.2)
"""Least and greatest gap between two digits, in heights of a digit."""

SIZE_DEVIATION, BASE_DEVIATION = 0.1, 0.06
"""Standard deviations of a digit's height and of its base line, in heights of a digit."""

STEEPEST = 0.12
"""Greatest slope of the base line, up or down."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option(
        "FILE",
        "drawings of single digits; those of one writer stay together if the file names writers",
        required=True,
    )
    output: Path = output_option(".ndjson", "file to write, a number a line", required=True)
    count: int = option("N", "how many numbers to make", 1000, type=positive)
    seed: int = option("N", "the same seed makes the same numbers", 0, type=command_line.seed)


def main() -> None:
    """Run the command."""
    command_line.run(
        "evaluation.side_by_side", Options, _write, "Make numbers from drawings of single digits."
    )


def _write(options: Options) -> None:
    drawings = list_drawings(options.drawings)
    numbers = sample(drawings, options.count, np.random.default_rng(options.seed))
    lines = [as_line(number.word, number.drawing) + "\n" for number in numbers]
    write_whole(options.output, "".join(lines).encode())
    print(translated("wrote {path}", path=options.output))


def sample(
    drawings: Sequence[LabelledDrawing], count: int, rng: np.random.Generator
) -> Iterator[LabelledDrawing]:
    """Yield numbers of random digits, each by one writer."""
    by_writer: dict[str, list[LabelledDrawing]] = {}
    for drawing in drawings:
        by_writer.setdefault(drawing.writer, []).append(drawing)
    writers = list(by_writer.values())
    for _ in range(count):
        digits = writers[rng.integers(len(writers))]
        chosen = rng.integers(len(digits), size=rng.choice(LENGTHS))
        yield number_of([digits[index] for index in chosen], rng)


def number_of(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> LabelledDrawing:
    """Return one drawing of the digits side by side, scaled so that a digit is about 1 high."""
    slope = rng.uniform(-STEEPEST, STEEPEST)
    strokes: list[np.ndarray] = []
    second: list[int] = []  # strokes that may be drawn late
    x = 0.0
    for digit in digits:
        second += range(len(strokes) + 1, len(strokes) + len(digit.drawing))
        placed = _placed(digit.drawing, rng, x, slope * x)
        strokes += placed
        x = max(stroke[:, 0].max() for stroke in placed) + rng.uniform(*GAPS)
    if second and rng.random() < 1 / 12:  # such as the bar of a 7
        strokes.append(strokes.pop(rng.choice(second)))
    return LabelledDrawing(
        "".join(digit.word for digit in digits), tuple(strokes), digits[0].writer
    )


def _placed(
    drawing: Sequence[np.ndarray], rng: np.random.Generator, left: float, base: float
) -> list[np.ndarray]:
    """Return a digit from `left` on and above `base`, with some variation."""
    points = np.concatenate(drawing)
    low, (width, height) = points.min(0), np.ptp(points, axis=0)
    scale = np.exp(rng.normal(0, SIZE_DEVIATION)) / (max(height, width / 2) or 1.0)
    top = base + rng.normal(0, BASE_DEVIATION) - scale * height
    return [(stroke - low) * scale + (left, top) for stroke in drawing]


if __name__ == "__main__":
    main()

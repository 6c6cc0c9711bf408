"""Make numbers for testing: digits of one writer, laid side by side.

    python -m mnist_jax.evaluation.side_by_side --drawings FILE --output numbers.ndjson
        [--count 1000] [--seed 0] [--signs | --joined]

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
from mnist_jax.support.command_line import flag, option, output_option, positive
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import write_whole
from mnist_jax.support.languages import translated

LENGTHS = (2, 3, 4, 5)
"""Digits in a number; each length is as frequent as the others."""

GAPS = (-0.02, 1.2)
"""Least and greatest gap between two digits, in heights of a digit."""

JOINED_GAPS = (0.05, 0.4)
"""The same for digits that are joined without lifting the pen."""

SIZE_DEVIATION, BASELINE_DEVIATION = 0.1, 0.06
"""Standard deviations of a digit's height and of its baseline, in heights of a digit."""

MAX_SLOPE = 0.12
"""Greatest slope of the baseline, up or down."""

DECIMAL_MARKS = (".", ",")
SIGNS = ("-", *DECIMAL_MARKS)

SIGN_GAPS = (0.03, 0.4)
"""Least and greatest gap between a sign and a digit beside it, in heights of a digit."""

POINT_SIDE, COMMA_HEIGHTS, MINUS_WIDTHS, MINUS_LEVELS = 0.1, (0.17, 0.4), (0.25, 0.65), (0.35, 0.65)
"""Sizes of signs, and how high a minus is above the baseline, in heights of a digit."""

LATE_SHARE = 0.1
"""Share of the signs that are written after all digits."""

Symbol = LabelledDrawing | str
"""The drawing of a digit, or a sign."""


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
    signs: bool = flag("write a minus before each number, a decimal point or comma in it, or both")
    joined: bool = flag("write the digits of each number without lifting the pen between them")
    seed: int = option("N", "the same seed makes the same numbers", 0, type=command_line.seed)


@command_line.command(Options)
def main(options: Options) -> None:
    """Write the numbers."""
    if options.signs and options.joined:
        raise InputError("--signs and --joined exclude each other; make two files")
    drawings = list_drawings(options.drawings)
    rng = np.random.default_rng(options.seed)
    kind = {"signs": options.signs, "joined": options.joined}
    numbers = sample(drawings, options.count, rng, **kind)
    lines = [as_line(number.word, number.drawing) + "\n" for number in numbers]
    write_whole(options.output, "".join(lines).encode())
    print(translated("wrote {path}", path=options.output))


def sample(
    drawings: Sequence[LabelledDrawing],
    count: int,
    rng: np.random.Generator,
    *,
    signs: bool = False,
    joined: bool = False,
) -> Iterator[LabelledDrawing]:
    """Yield `count` numbers of random digits, each by one writer; see `Options` for the kinds."""
    by_writer: dict[str, list[LabelledDrawing]] = {}
    for drawing in drawings:
        by_writer.setdefault(drawing.writer, []).append(drawing)
    writers = list(by_writer.values())
    for _ in range(count):
        digits = writers[rng.integers(len(writers))]
        chosen = rng.integers(len(digits), size=rng.choice(LENGTHS))
        symbols = [digits[index] for index in chosen]
        yield number_of(_with_signs(symbols, rng) if signs else symbols, rng, joined=joined)


def _with_signs(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> list[Symbol]:
    """Return the digits with a minus before them, a decimal mark between two of them, or both."""
    minus, mark = [
        (True, ""),
        (False, rng.choice(DECIMAL_MARKS)),
        (True, rng.choice(DECIMAL_MARKS)),
    ][rng.integers(3)]
    place = int(rng.integers(1, len(digits)))
    whole = ["-", *digits[:place]] if minus else [*digits[:place]]
    return [*whole, *([str(mark)] if mark else []), *digits[place:]]


def number_of(
    symbols: Sequence[Symbol], rng: np.random.Generator, *, joined: bool = False
) -> LabelledDrawing:
    """Return one drawing of the digits side by side, scaled so that a digit is about 1 high.

    A symbol is the drawing of a digit, or "-", "." or ",". If `joined`, a straight line joins the
    last stroke of each digit to the first of the next.
    """
    slope = rng.uniform(-MAX_SLOPE, MAX_SLOPE)
    strokes: list[np.ndarray] = []
    later_strokes: list[int] = []  # indices of those that are not the first of their digit
    late: list[np.ndarray] = []
    x = 0.0
    for symbol, following in zip(symbols, [*symbols[1:], ""], strict=True):
        if isinstance(symbol, str):
            placed = [_sign(symbol, rng) + np.array([x, slope * x])]
            (late if rng.random() < LATE_SHARE else strokes).extend(placed)
        else:
            placed = _placed(symbol.drawing, rng, x, slope * x)
            if joined and strokes:
                strokes[-1] = np.concatenate([strokes[-1], placed[0]])
                strokes += placed[1:]
            else:
                later_strokes += range(len(strokes) + 1, len(strokes) + len(placed))
                strokes += placed
        beside_sign = isinstance(symbol, str) or following in SIGNS
        gap = rng.uniform(*(SIGN_GAPS if beside_sign else JOINED_GAPS if joined else GAPS))
        x = max(stroke[:, 0].max() for stroke in placed) + gap
    if later_strokes and not joined and rng.random() < 1 / 12:  # as a bar of a 7 added at the end
        strokes.append(strokes.pop(rng.choice(later_strokes)))
    word = "".join(symbol if isinstance(symbol, str) else symbol.word for symbol in symbols)
    writer = next(symbol.writer for symbol in symbols if not isinstance(symbol, str))
    return LabelledDrawing(word, (*strokes, *late), writer)


def _sign(sign: str, rng: np.random.Generator) -> np.ndarray:
    """Return a sign from x = 0 on, as written beside a digit that is 1 high and stands on y = 0."""
    if sign == "-":
        y, width = -rng.uniform(*MINUS_LEVELS), rng.uniform(*MINUS_WIDTHS)
        return np.array([(0, y), (width, y + width * rng.normal(0, 0.1))])
    if sign == ".":
        width, height = rng.uniform(0, POINT_SIDE, 2)
        y = rng.normal(0, 0.04)
        return np.array([(0, y - height), (width, y)])
    height = rng.uniform(*COMMA_HEIGHTS)
    lean = height * rng.uniform(0.1, 0.6)
    bend = rng.uniform(0, 0.3) * height
    top = -rng.uniform(0, 0.4) * height
    points = np.array([(lean, top), (lean + bend / 2, top + height / 2), (0, top + height)])
    return np.asarray(points - (points[:, 0].min(), 0))


def _placed(
    drawing: Sequence[np.ndarray], rng: np.random.Generator, left: float, base: float
) -> list[np.ndarray]:
    """Return the strokes of a digit from x = `left` on, about 1 high, about on y = `base`."""
    points = np.concatenate(drawing)
    low, (width, height) = points.min(0), np.ptp(points, axis=0)
    scale = np.exp(rng.normal(0, SIZE_DEVIATION)) / (max(height, width / 2) or 1.0)
    top = base + rng.normal(0, BASELINE_DEVIATION) - scale * height
    return [(stroke - low) * scale + (left, top) for stroke in drawing]


if __name__ == "__main__":
    main()

"""Find the printed lines of a level page, and which of its ink is on them.

A line is a long run of ink that is nearly level, or plumb. Its parts are put together where a
stroke interrupts them. A stroke that crosses a line is not on it, because there the ink is higher
than the line is thick.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from mnist_jax.ink.pictures.contrast import Mask

WOBBLE = 3
"""How many pixels the parts of a line may be above or below one another."""

STEEPEST = 0.08
"""Greatest slope of a line."""

BOXES = 3
"""Short plumb lines part boxes if there are at least so many between the same two level lines."""


class Line(NamedTuple):
    """A nearly level line. A plumb line is one of the transposed page."""

    first: int
    """Its first column."""
    heights: Float[np.ndarray, " columns"]
    """Where its middle is in each column."""
    thick: float

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.first + len(self.heights)

    @property
    def height(self) -> float:
        """Its middle row."""
        return float(np.median(self.heights))

    @property
    def slope(self) -> float:
        """How many pixels it goes down in each column."""
        return float(np.polyfit(np.arange(len(self.heights)), self.heights, 1)[0])

    def at(self, column: float) -> float:
        """Return its row in a column, straight on beyond its ends."""
        within = min(max(column, self.first), self.end - 1)
        return float(self.heights[round(within) - self.first])


def level_lines(mask: Mask, run: int, shortest: float) -> list[Line]:
    """Return the nearly level lines of at least `shortest` pixels, from top to bottom.

    They are made of runs of at least `run` pixels.
    """
    from scipy.ndimage import find_objects, label, maximum_filter1d

    thicker = maximum_filter1d(mask, WOBBLE, axis=0)
    long = thicker & (run_lengths(thicker.T) >= run).T
    labels, _ = label(long, np.ones((3, 3)))
    parts = []
    for number, (rows, columns) in enumerate(find_objects(labels), start=1):
        ink = (labels[rows, columns] == number) & mask[rows, columns]
        counts = ink.sum(axis=0)
        if not counts.any() or np.median(counts[counts > 0]) > run / 4:
            continue
        ys = np.arange(rows.start, rows.stop)
        inked = np.flatnonzero(counts)
        middles = (ys @ ink)[inked] / counts[inked]
        heights = np.interp(np.arange(len(counts)), inked, middles)
        parts.append(Line(columns.start, heights, float(np.median(counts[inked]))))
    lines = _put_together([part for part in parts if abs(part.slope) < STEEPEST], run)
    chosen = [line for line in lines if len(line.heights) >= shortest]
    return sorted((_smoothed(line) for line in chosen), key=lambda line: line.height)


def separators(mask: Mask, level: Sequence[Line], run: int, longest: float) -> list[Line]:
    """Return the short plumb lines that part a row of boxes: several between two level lines."""
    ends: dict[tuple[int, int], list[Line]] = {}
    for line in level_lines(mask.T, run, float(run)) if level else []:
        touched = [
            [index for index, each in enumerate(level) if _touches(each, line, y)]
            for y in (line.first, line.end)
        ]
        if len(line.heights) < longest and all(touched) and touched[0][0] != touched[1][0]:
            ends.setdefault((touched[0][0], touched[1][0]), []).append(line)
    return [line for lines in ends.values() if len(lines) >= BOXES for line in lines]


def _touches(level: Line, plumb: Line, y: int) -> bool:
    within = level.first - WOBBLE <= plumb.height <= level.end + WOBBLE
    return within and abs(level.at(plumb.height) - y) <= level.thick + 2 * WOBBLE


def _put_together(parts: Sequence[Line], run: int) -> list[Line]:
    """Return the lines that the parts make, where one goes on as another ends."""
    lines: list[Line] = []
    for part in sorted(parts, key=lambda each: each.first):
        for index, line in enumerate(lines):
            gap = part.first - line.end
            away = abs(np.median(line.heights[-4 * run :]) - np.median(part.heights[: 4 * run]))
            both_long = min(len(line.heights), len(part.heights)) >= 2 * run
            widest = run * (3 if both_long else 1)
            if -run < gap < widest and away <= WOBBLE + STEEPEST / 2 * (gap + 2 * run):
                lines[index] = _joined(line, part)
                break
        else:
            lines.append(part)
    return lines


def _joined(line: Line, part: Line) -> Line:
    """Return both in one; where they overlap, the line's own heights hold."""
    rest = part.heights[max(0, line.end - part.first) :]
    known = np.r_[line.first : line.end, part.end - len(rest) : part.end]
    columns = np.arange(line.first, max(line.end, part.end))
    heights = np.interp(columns, known, np.concatenate([line.heights, rest]))
    sizes = [len(line.heights), len(part.heights)]
    return Line(line.first, heights, float(np.average([line.thick, part.thick], weights=sizes)))


def _smoothed(line: Line) -> Line:
    """Return the line without the bends where strokes touch it."""
    from scipy.ndimage import median_filter

    size = min(101, len(line.heights) // 2 * 2 - 1)
    return line._replace(heights=median_filter(line.heights, size, mode="nearest"))


def run_lengths(mask: Mask) -> Int[np.ndarray, "height width"]:
    """Return for each pixel of a mask how long the column of ink is that it belongs to; else 0."""
    height = len(mask)
    rows = np.arange(height, dtype=np.int32)[:, None]
    above = np.maximum.accumulate(np.where(mask, -1, rows), axis=0)
    below = np.minimum.accumulate(np.where(mask, height, rows)[::-1], axis=0)[::-1]
    return np.asarray(np.where(mask, below - above - 1, 0))


def on_lines(mask: Mask, level: Sequence[Line], plumb: Sequence[Line]) -> Mask:
    """Return the ink of the lines; where two cross, it is found when the rest of both is gone."""
    left = mask.copy()
    for _ in range(2):
        left &= ~(_on(left, level) | _on(left.T, plumb).T)
    return np.asarray(mask & ~left)


def _on(mask: Mask, lines: Sequence[Line]) -> Bool[np.ndarray, "height width"]:
    """Return the ink on level lines that is not much higher than they are thick."""
    found = np.zeros_like(mask)
    for line in lines:
        away = line.thick / 2 + 2
        top = max(0, int(line.heights.min() - 3 * away))
        part = slice(top, int(line.heights.max() + 3 * away) + 1), slice(line.first, line.end)
        ink = mask[part]
        near = np.abs(np.arange(top, top + len(ink))[:, None] - line.heights) <= away
        found[part] |= ink & near & (run_lengths(ink) <= 1.6 * line.thick + 2)
    return found

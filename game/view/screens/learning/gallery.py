"""What a network looks for and what it reads: images side by side, as many as there is room for."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from game.core.values.progress import Drawing
from game.core.values.readings import FRAME_SIDE as SIDE
from game.view.layout import REST, grid, stack
from game.view.scene import Rect
from game.view.screens.board import Board


def add_patterns(board: Board, words: str, patterns: Sequence[bytes], place: Rect) -> None:
    """Add what the first units have learnt to look for, below a heading."""
    rest = _heading(board, words, place)
    across, down, side = _shape(len(patterns), rest, 0, 0, board.line * 7 // 3)
    sheet = Rect(rest.x, rest.y, across * side, down * side)
    board.fill(sheet, board.theme.desk)
    board.signed(sheet, mosaic(patterns, across, down), across * SIDE)


def mosaic(patterns: Sequence[bytes], across: int, down: int) -> bytes:
    """Return the first patterns as one signed image, row by row; what is left over is zero."""
    count, blank = across * down, bytes([128]) * SIDE**2
    tiles = np.frombuffer(b"".join([*patterns, *[blank] * count][:count]), np.uint8)
    return tiles.reshape(down, across, SIDE, SIDE).swapaxes(1, 2).tobytes()


def add_drawings(
    board: Board, words: str, drawings: Sequence[Drawing], read: Sequence[int], place: Rect
) -> None:
    """Add the drawings below a heading, each over what is read in it; the misread are marked."""
    line, theme = board.line, board.theme
    if place.width >= 14 * line:  # room for what the marks mean
        words = f"{words} (× marks the misread ones)"
    rest, foot, gap = _heading(board, words, place), round(1.15 * line), max(2, line // 4)
    across, down, side = _shape(len(drawings), rest, foot, gap, line * 7 // 3)
    size = across * (side + gap) - gap, down * (side + foot + gap) - gap
    cells = grid(Rect(rest.x, rest.y, *size), across, down, gap)
    for drawing, digit, cell in zip(drawings, read, cells, strict=False):
        image, below = stack(cell, cell.width, cell.height - cell.width)
        right = digit == drawing.digit
        board.picture(image, drawing.image)
        board.outline(image, theme.night if right else theme.bad, lines=1 / 6)
        colour = theme.muted if right else theme.bad
        board.text(below, str(digit) if right else f"×{digit}", 1, colour, align=0.5)


def _heading(board: Board, words: str, place: Rect) -> Rect:
    """Add the heading of a part; return the place below it."""
    head, rest = stack(place, 1.3 * board.line, REST, gap=board.line // 4)
    board.text(head, words, 1, board.theme.muted)
    return rest


@lru_cache(maxsize=64)
def _shape(count: int, place: Rect, foot: int, gap: int, least: int) -> tuple[int, int, int]:
    """Return columns, rows and the side of the squares for the most cells that are large enough.

    The smallest side that is large enough is `least`, and `foot` is the height below each square.
    Of the shapes that show as many cells, the one with the largest squares is taken.
    """
    shapes: list[tuple[int, int, int]] = []
    for across in range(1, count + 1):
        for down in range(1, -(-count // across) + 1):
            room = (place.width + gap) // across - gap, (place.height + gap) // down - gap - foot
            shapes.append((across, down, max(1, min(room))))
    least = min(least, max(side for _, _, side in shapes))
    large = [shape for shape in shapes if shape[2] >= least]
    return max(large, key=lambda shape: (min(count, shape[0] * shape[1]), shape[2]))

"""The card of one network: how well it reads, what it looks for, and what it reads."""

import math
from collections.abc import Sequence
from functools import lru_cache

from game.core.events import Choose
from game.core.rules.learning.progress import Drawing, NetworkProgress, Setup, Verdict
from game.core.rules.learning.screen import Learning
from game.core.wording import percent
from game.view.layout import grid, split, stack
from game.view.scene import Rect
from game.view.screens.board import FRAME_SIDE as SIDE
from game.view.screens.board import Board

SAID = {
    Verdict.FRESH: "Knows nothing yet",
    Verdict.GUESSING: "Still guessing",
    Verdict.SLOW: "Learns very slowly: its steps are small",
    Verdict.LEARNING: "Learning",
    Verdict.GOOD: "Has learnt to read",
    Verdict.STUMBLING: "Stumbles: its steps are too large",
    Verdict.FALLEN: "Fell apart: its steps were too large",
}

NONE_KEPT = "Label a drawing of yours on the sketchpad (keys 0 to 9), and it is read here too"

BROAD = 1.0
"""Ratio of width to height from which patterns and drawings lie side by side."""

NARROW = 14
"""Width in lines below which a card says less, and says it in more lines."""

HEAD, NARROW_HEAD = 7.5, 8.9
"""Height of the head of a card, in lines."""

LEAST_LOSS = 2.5
"""Width of the place of the loss from which it is shown, in lines."""

FIGURES = 4.5
"""Height below the name from which the settings are repeated, in lines."""

FIGURE = 2.6
"""Height of the share of drawings that are read right, in lines."""

LEAST_PART = 6
"""Height of a part from which it is shown, in lines."""

OWN = 5.2
"""Height of the row of the player's own drawings, in lines."""


def card(board: Board, screen: Learning, number: int, place: Rect) -> None:
    """Add the card of a network."""
    unit, setup = board.unit, screen.setups[number]
    chosen = number == screen.selected and len(screen.setups) > 1
    if chosen:
        board.fill(place.inset(-max(3, unit // 4)), board.theme.accent, unit)
    board.panel(place)
    inner = place.inset(unit // 2)
    high = NARROW_HEAD if _is_narrow(board, inner) else HEAD
    room = inner.height / unit - high
    head, rest = (
        stack(inner, high * unit, 0.999, gap=unit // 2) if room > LEAST_PART else (inner, None)
    )
    network = screen.progress.networks[number] if screen.progress else None
    _head(board, setup, network, number, head)
    if rest is None or network is None or screen.progress is None:
        return
    if room > OWN + 2 * LEAST_PART:
        rest, own = stack(rest, 0.999, OWN * unit, gap=unit // 2)
        if screen.progress.kept:
            _drawings(board, "Your own drawings", screen.progress.kept, network.kept, own)
        else:
            board.text(own, NONE_KEPT, 1, board.theme.muted)
    fresh = screen.progress.fresh, network.fresh
    if rest.width > BROAD * rest.height:
        left, right = split(rest, 0.4, 0.6, gap=unit)
    elif rest.height > 2 * LEAST_PART * unit:
        left, right = stack(rest, 0.42, 0.58, gap=unit // 2)
    else:
        _drawings(board, "New drawings", *fresh, rest)
        return
    _patterns(board, setup, network, left)
    _drawings(board, "New drawings", *fresh, right)


def _head(
    board: Board, setup: Setup, network: NetworkProgress | None, number: int, place: Rect
) -> None:
    """Add the name, the settings, how much is read right, and a verdict."""
    unit, theme = board.unit, board.theme
    name, figures = stack(place, 2.2 * unit, 0.999, gap=unit // 4)
    board.button(name, f"{number + 1}: {setup.name}", Choose(number), str(number + 1))
    if figures.height > FIGURES * unit:
        settings, figures = stack(figures, 1.3 * unit, 0.999, gap=unit // 4)
        rate, batch = setup.learning_rate, setup.batch_size
        board.text(settings, f"rate {rate:g}, batch {batch}", 1, theme.muted, align=0.5)
    if network is None:
        board.text(figures, "Getting ready …", 1.3, theme.muted, align=0.5)
        return
    large, loss, said = _figures(figures, unit, narrow=_is_narrow(board, place))
    failed = network.verdict in {Verdict.FALLEN, Verdict.STUMBLING}
    colour = theme.bad if failed else theme.accent
    board.text(large, percent(network.accuracy), FIGURE, colour, align=1.0)
    if loss.width > LEAST_LOSS * unit:
        board.text(loss, f"loss {_loss(network.loss)}", 1, theme.muted)
    board.text(said, SAID[network.verdict], 1.1, theme.bad if failed else theme.ink)


def _figures(place: Rect, unit: int, *, narrow: bool) -> tuple[Rect, Rect, Rect]:
    """Return the places of the large figure, the loss and the verdict."""
    if narrow:
        upper, said = stack(place, 0.52, 0.48)
        large, loss = split(upper, 0.64, 0.36, gap=unit // 3)
        return large, loss, said
    large, words = split(place, 0.45, 0.55, gap=unit // 2)
    said, loss = stack(words, 0.6, 0.4)
    return large, loss, said


def _is_narrow(board: Board, place: Rect) -> bool:
    return place.width < NARROW * board.unit


def _loss(loss: float) -> str:
    if not math.isfinite(loss):
        return "beyond all numbers"
    return f"{loss:.2f}" if loss < 100 else f"{loss:,.0f}"


def _patterns(board: Board, setup: Setup, network: NetworkProgress, place: Rect) -> None:
    """Add what the first units have learnt to look for."""
    words = "What it looks for"
    if not _is_narrow(board, place):
        fresh = network.verdict is Verdict.FRESH
        words += ": nothing yet" if fresh else "" if setup.hidden else " in 0 to 9"
    rest = _heading(board, words, place)
    across, down, side = _shape(len(network.patterns), rest, foot=0, gap=0, least=_least(board))
    sheet = Rect(rest.x, rest.y, across * side, down * side)
    board.fill(sheet, board.theme.desk)
    board.signed(sheet, mosaic(network.patterns, across, down), across * SIDE)


def mosaic(patterns: Sequence[bytes], across: int, down: int) -> bytes:
    """Return the first patterns as one signed image, row by row; what is left over is zero."""
    blank = [bytes([128]) * SIDE**2] * (across * down - len(patterns))
    tiles = [*patterns[: across * down], *blank]
    return b"".join(
        tile[line * SIDE : (line + 1) * SIDE]
        for row in range(down)
        for line in range(SIDE)
        for tile in tiles[row * across : (row + 1) * across]
    )


def _drawings(
    board: Board, words: str, drawings: Sequence[Drawing], read: Sequence[int], place: Rect
) -> None:
    """Add the drawings, each over what is read in it; those that are misread are marked."""
    unit, theme = board.unit, board.theme
    if not _is_narrow(board, place):
        words = f"{words} (× marks the misread ones)"
    rest, foot, gap = _heading(board, words, place), round(1.15 * unit), max(2, unit // 4)
    across, down, side = _shape(len(drawings), rest, foot, gap, least=_least(board))
    size = across * (side + gap) - gap, down * (side + foot + gap) - gap
    cells = grid(Rect(rest.x, rest.y, *size), across, down, gap)
    for drawing, digit, cell in zip(drawings, read, cells, strict=False):
        image, below = stack(cell, cell.width, cell.height - cell.width)
        right = digit == drawing.digit
        board.judged_picture(image, drawing.image, good=right)
        colour = theme.muted if right else theme.bad
        board.text(below, str(digit) if right else f"×{digit}", 1, colour, align=0.5)


def _heading(board: Board, words: str, place: Rect) -> Rect:
    """Add the heading of a part; return the place below it."""
    head, rest = stack(place, 1.3 * board.unit, 0.999, gap=board.unit // 4)
    board.text(head, words, 1, board.theme.muted)
    return rest


def _least(board: Board) -> int:
    """Return the side from which an image is large enough."""
    return board.unit * 7 // 3


@lru_cache(maxsize=64)
def _shape(count: int, place: Rect, foot: int, gap: int, least: int) -> tuple[int, int, int]:
    """Return columns, rows and the side of the squares for as many cells as are large enough.

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

"""The card of one network: how well it reads, what it looks for, and what it reads."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from game.core.events import Choose
from game.core.language import formatted, mark, tr
from game.core.modes.learning import Learning
from game.core.values.progress import Drawing, NetworkProgress, Setup, Verdict
from game.core.values.readings import FRAME_SIDE as SIDE
from game.core.wording import percent, sure
from game.view.layout import REST, centred, grid, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board

SAID = {
    Verdict.FRESH: mark("Knows nothing yet"),
    Verdict.GUESSING: mark("Still guessing"),
    Verdict.SLOW: mark("Learns very slowly: its steps are small"),
    Verdict.LEARNING: mark("Learning"),
    Verdict.GOOD: mark("Has learnt to read"),
    Verdict.STUMBLING: mark("Stumbles: its steps are too large"),
    Verdict.FALLEN: mark("Fell apart: its steps were too large"),
}

NONE_KEPT = mark("Label a drawing of yours on the sketchpad (keys 0 to 9), and it is read here too")

HEAD = 8.2
"""Height of the head of a card, in lines."""

LEAST_PART = 6
"""Least height at which a part of a card is shown, in lines."""

OWN = 5.2
"""Height of the row of the player's own drawings, in lines."""


def card(
    board: Board, screen: Learning, number: int, place: Rect, *, of_class: bool = False
) -> None:
    """Add the card of a network; in a class, half of it has the drawings that pupils kept."""
    line, setup, progress = board.line, screen.setups[number], screen.progress
    if number == screen.selected and len(screen.setups) > 1:
        board.ring(place, board.theme.accent)
    inner = board.panel(place, 0.5)
    network = progress.of(setup) if progress else None
    if progress is None or network is None:
        _head(board, screen, None, number, inner)
        return
    if screen.draws:
        _reading(board, screen, network, number, inner)
        return
    if inner.height < (HEAD + LEAST_PART) * line:
        if inner.width > 20 * line:
            inner, drawings = split(inner, 0.45, 0.55, gap=line)
            add_drawings(board, tr("New drawings"), progress.fresh, network.fresh, drawings)
        _head(board, screen, network, number, inner)
        return
    head, rest = stack(inner, HEAD * line, REST, gap=line // 2)
    _head(board, screen, network, number, head)
    shows_own = progress.kept or len(screen.setups) == 1
    shares = (0.5, 0.5) if of_class else (REST, OWN * line)
    if shows_own and rest.height > (OWN + 2 * LEAST_PART) * line:
        rest, own = stack(rest, *shares, gap=line // 2)
        if progress.kept:
            words = tr("The drawings of the class") if of_class else tr("Your own drawings")
            add_drawings(board, words, progress.kept, network.kept, own)
        else:
            board.text(own, tr(NONE_KEPT), 1, board.theme.muted)
    _patterns_and_drawings(board, setup, network, progress.fresh, rest)


def _reading(
    board: Board, screen: Learning, network: NetworkProgress, number: int, place: Rect
) -> None:
    """Add what the network reads in the player's drawing."""
    line, theme, reading = board.line, board.theme, network.drawn
    above, rest = stack(place, 3 * line, REST, gap=line // 2)
    _name(board, screen, number, above)
    middle = centred(rest, rest.width, min(rest.height, rest.width + 2 * line))
    figure, words = stack(middle, REST, 1.5 * line, gap=line // 2)
    sign, said = "…", tr("Draw a digit")
    if reading:
        sign, said = str(reading.digit), sure(reading.confidence)
    lines = min(figure.height * 1.2, figure.width) / line
    board.text(figure, sign, lines, theme.accent if reading else theme.muted, align=0.5)
    board.text(words, said, 1.2, align=0.5)


def _name(board: Board, screen: Learning, number: int, place: Rect) -> None:
    """Add the name of the network, a button if there are several."""
    setup = screen.setups[number]
    if len(screen.setups) > 1:
        board.button(place, f"{number + 1}: {name(setup)}", Choose(number), str(number + 1))
    else:
        board.text(place, name(setup), 1.3, align=0.5)


def name(setup: Setup) -> str:
    """Return the hidden layers in words."""
    if not setup.hidden:
        return tr("No hidden layer")
    return tr("{widths} units", widths="-".join(map(str, setup.hidden)))


def rate(setup: Setup) -> str:
    """Return the learning rate as the player's language writes it."""
    return formatted(setup.learning_rate, "g")


def _patterns_and_drawings(
    board: Board, setup: Setup, network: NetworkProgress, fresh: Sequence[Drawing], place: Rect
) -> None:
    """Add the fresh drawings, and the patterns beside or above them if there is room."""
    drawings = place
    words = tr("What it looks for")
    if network.verdict is Verdict.FRESH:
        words = tr("What it looks for: nothing yet")
    elif not setup.hidden and place.width >= 14 * board.line:
        words = tr("What it looks for in 0 to 9")
    if place.width > place.height:
        patterns, drawings = split(place, 0.4, 0.6, gap=board.line)
        add_patterns(board, words, network.patterns, patterns)
    elif place.height > 2 * LEAST_PART * board.line:
        patterns, drawings = stack(place, 0.42, 0.58, gap=board.line // 2)
        add_patterns(board, words, network.patterns, patterns)
    add_drawings(board, tr("New drawings"), fresh, network.fresh, drawings)


def _head(
    board: Board, screen: Learning, network: NetworkProgress | None, number: int, place: Rect
) -> None:
    """Add the name, the settings, how much is read right, and a verdict."""
    line, theme, setup = board.line, board.theme, screen.setups[number]
    above, figures = stack(place, 2.2 * line, REST, gap=line // 4)
    _name(board, screen, number, above)
    if figures.height > 4.5 * line:  # room for the settings
        settings, figures = stack(figures, 1.3 * line, REST, gap=line // 4)
        text = tr("rate {rate}, batch {batch}", rate=rate(setup), batch=setup.batch_size)
        board.text(settings, text, 1, theme.muted, align=0.5)
    if network is None:
        board.text(figures, tr("Getting ready …"), 1.3, theme.muted, align=0.5)
        return
    upper, said = stack(figures, 0.52, 0.48)
    large, loss = split(upper, 0.6, 0.4, gap=line // 3)
    now, failed = network.curve[-1], network.verdict in {Verdict.FALLEN, Verdict.STUMBLING}
    colour = theme.bad if failed else theme.accent
    board.text(large, percent(now.accuracy), 2.6, colour, align=1.0)
    text = tr("huge loss")  # or NaN
    if now.loss < 100:
        text = tr("loss {loss:.2f}", loss=now.loss)
    board.text(loss, text, 1, theme.muted)
    board.text(said, tr(SAID[network.verdict]), 1.1, theme.bad if failed else theme.ink, align=0.5)


def add_patterns(board: Board, words: str, patterns: Sequence[bytes], place: Rect) -> None:
    """Add what the first units have learnt to look for, below a heading."""
    rest = _heading(board, words, place)
    across, down, side = _shape(len(patterns), rest, 0, 0, board.line * 7 // 3)
    sheet = Rect(rest.x, rest.y, across * side, down * side)
    board.fill(sheet, board.theme.desk)
    board.signed(sheet, mosaic(patterns, across, down), across * SIDE)


def mosaic(patterns: Sequence[bytes], across: int, down: int) -> bytes:
    """Return the first patterns as one signed image, row by row; places without one are zero."""
    count, blank = across * down, bytes([128]) * SIDE**2
    tiles = np.frombuffer(b"".join([*patterns, *[blank] * count][:count]), np.uint8)
    return tiles.reshape(down, across, SIDE, SIDE).swapaxes(1, 2).tobytes()


def add_drawings(
    board: Board, words: str, drawings: Sequence[Drawing], read: Sequence[int], place: Rect
) -> None:
    """Add the drawings below a heading, and what is read in each below it; mark the misread."""
    line, theme = board.line, board.theme
    if place.width >= 14 * line:  # room for what the marks mean
        words = tr("{drawings} (× marks the misread ones)", drawings=words)
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
    """Return the columns, the rows and the side of the squares of a grid for `count` drawings.

    Of the grids whose squares have at least the side `least`, it shows the most drawings, and of
    those it has the largest squares. `foot` is the height of the line below each square.
    """
    shapes: list[tuple[int, int, int]] = []
    for across in range(1, count + 1):
        for down in range(1, -(-count // across) + 1):
            room = (place.width + gap) // across - gap, (place.height + gap) // down - gap - foot
            shapes.append((across, down, max(1, min(room))))
    least = min(least, max(side for _, _, side in shapes))
    large = [shape for shape in shapes if shape[2] >= least]
    return max(large, key=lambda shape: (min(count, shape[0] * shape[1]), shape[2]))

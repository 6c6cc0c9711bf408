"""The card of one network: how well it reads, what it looks for, and what it reads."""

import math
from collections.abc import Sequence

from game.core.events import Choose
from game.core.modes.learning import Learning
from game.core.values.progress import Drawing, NetworkProgress, Setup, Verdict
from game.core.wording import percent
from game.view.layout import split, stack
from game.view.scene import Rect
from game.view.screens.board import Board
from game.view.screens.learning.gallery import add_drawings, add_patterns

SAID = {
    Verdict.FRESH: "Knows nothing yet",
    Verdict.GUESSING: "Still guessing",
    Verdict.SLOW: "Learns very slowly: its steps are small",
    Verdict.LEARNING: "Learning",
    Verdict.GOOD: "Has learnt to read",
    Verdict.STUMBLING: "Stumbles: its steps are too large",
    Verdict.FALLEN: "Fell apart: its steps were too large",
}

LOOKS_FOR = "What it looks for"

NONE_KEPT = "Label a drawing of yours on the sketchpad (keys 0 to 9), and it is read here too"

BROAD = 1.0
"""Ratio of width to height from which patterns and drawings lie side by side."""

NARROW = 14
"""Width in lines below which a card says less, and says it in more lines."""

SPREAD = 20
"""Width in lines from which drawings lie beside the head of a low card."""

HEAD, NARROW_HEAD = 7.5, 8.9
"""Height of the head of a card, in lines."""

LEAST_LOSS = 2.5
"""Width of the place of the loss from which it is shown, in lines."""

LEAST_FIGURES = 4.5
"""Height below the name from which the settings are repeated, in lines."""

FIGURE = 2.6
"""Height of the share of drawings that are read right, in lines."""

LEAST_PART = 6
"""Height of a part from which it is shown, in lines."""

OWN = 5.2
"""Height of the row of the player's own drawings, in lines."""


def card(board: Board, screen: Learning, number: int, place: Rect) -> None:
    """Add the card of a network."""
    unit, setup, progress = board.unit, screen.setups[number], screen.progress
    if number == screen.selected and len(screen.setups) > 1:
        ring = Rect(place.x, place.y, place.width, place.height + board.drop)
        board.fill(ring.inset(-max(3, unit // 4)), board.theme.accent, unit)
    board.panel(place)
    inner = place.inset(unit // 2)
    high = NARROW_HEAD if _is_narrow(board, inner) else HEAD
    network = progress.networks[number] if progress else None
    if network is None or progress is None:
        _head(board, screen, network, number, inner)
        return
    if inner.height < (high + LEAST_PART) * unit:
        if inner.width > SPREAD * unit:
            inner, drawings = split(inner, 0.45, 0.55, gap=unit)
            add_drawings(board, "New drawings", progress.fresh, network.fresh, drawings)
        _head(board, screen, network, number, inner)
        return
    head, rest = stack(inner, high * unit, 0.999, gap=unit // 2)
    _head(board, screen, network, number, head)
    says_own = progress.kept or len(screen.setups) == 1
    if says_own and rest.height > (OWN + 2 * LEAST_PART) * unit:
        rest, own = stack(rest, 0.999, OWN * unit, gap=unit // 2)
        _own(board, progress.kept, network.kept, own)
    _learnt(board, setup, network, progress.fresh, rest)


def _own(board: Board, kept: Sequence[Drawing], read: Sequence[int], place: Rect) -> None:
    """Add the player's own drawings, or how to keep some."""
    if kept:
        add_drawings(board, _with_marks(board, "Your own drawings", place), kept, read, place)
    else:
        board.text(place, NONE_KEPT, 1, board.theme.muted)


def _learnt(
    board: Board, setup: Setup, network: NetworkProgress, fresh: Sequence[Drawing], place: Rect
) -> None:
    """Add the fresh drawings, and the patterns beside or above them if there is room."""
    drawings = place
    if place.width > BROAD * place.height:
        patterns, drawings = split(place, 0.4, 0.6, gap=board.unit)
        add_patterns(board, _looks_for(setup, network), network.patterns, patterns)
    elif place.height > 2 * LEAST_PART * board.unit:
        patterns, drawings = stack(place, 0.42, 0.58, gap=board.unit // 2)
        words = LOOKS_FOR if _is_narrow(board, place) else _looks_for(setup, network)
        add_patterns(board, words, network.patterns, patterns)
    words = _with_marks(board, "New drawings", drawings)
    add_drawings(board, words, fresh, network.fresh, drawings)


def _looks_for(setup: Setup, network: NetworkProgress) -> str:
    if network.verdict is Verdict.FRESH:
        return f"{LOOKS_FOR}: nothing yet"
    return LOOKS_FOR if setup.hidden else f"{LOOKS_FOR} in 0 to 9"


def _with_marks(board: Board, words: str, place: Rect) -> str:
    """Return the heading, with what the marks mean if there is room."""
    return words if _is_narrow(board, place) else f"{words} (× marks the misread ones)"


def _head(
    board: Board, screen: Learning, network: NetworkProgress | None, number: int, place: Rect
) -> None:
    """Add the name, the settings, how much is read right, and a verdict."""
    unit, theme, setup = board.unit, board.theme, screen.setups[number]
    name, figures = stack(place, 2.2 * unit, 0.999, gap=unit // 4)
    if len(screen.setups) > 1:
        board.button(name, f"{number + 1}: {setup.name}", Choose(number), str(number + 1))
    else:
        board.text(name, setup.name[:1].upper() + setup.name[1:], 1.3, align=0.5)
    if figures.height > LEAST_FIGURES * unit:
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
        return "huge"
    return f"{loss:.2f}" if loss < 100 else f"{loss:,.0f}"

"""Watch it learn: controls and curves on one side, a card for each network on the other."""

from collections.abc import Sequence
from itertools import pairwise

from game.core.events import Change, Do, Tool
from game.core.language import mark, tr
from game.core.modes.learning import SETUPS, Learning
from game.core.modes.sketchpad import WIDTHS
from game.core.state import State
from game.core.values.progress import GUESSING_LOSS, ROUND, Curve, Setup, Verdict
from game.view.layout import REST, columns, rows, split, square, stack
from game.view.scene import FRAME_SECONDS, Figure, Place, Rect
from game.view.scene import Curve as PlotLine
from game.view.screens.learning.card import card, rate
from game.view.screens.parts.board import Board
from game.view.screens.parts.question import ask
from game.view.screens.parts.sheet import paper

CONTROLS = 16
"""Height of the buttons in one column, in lines."""

STEPS = {
    0.0001: mark("{rate}, tiny"),
    0.001: mark("{rate}, small"),
    0.01: mark("{rate}, large"),
    0.1: mark("{rate}, huge"),
    1.0: mark("{rate}, reckless"),
}
"""What each learning rate is called: how large its steps are."""

CHOICE_KEYS = {
    "hidden": (mark("Hidden layers"), "g", "h"),
    "learning_rate": (mark("Learning rate"), "k", "l"),
    "batch_size": (mark("Batch size"), "v", "b"),
}
"""The label of each choice, and the keys for its previous and its next value."""

HIGHEST_LOSS = 3.0
"""Loss at the upper edge of its plot; larger losses are drawn along that edge."""

HINTS = {
    "waiting": mark("A fresh network knows nothing. In a moment it can begin to learn"),
    "ready": mark("Press Enter. It guesses, hears the right digit, and corrects itself a little"),
    Verdict.GUESSING: mark(
        "At first it only guesses. After each batch it takes one step to be better"
    ),
    Verdict.SLOW: mark(
        "Its steps are so small that learning takes long. Try a larger learning rate"
    ),
    Verdict.LEARNING: mark("Its patterns become strokes, and fewer drawings are marked as misread"),
    Verdict.GOOD: mark("It has learnt to read! Now add a network, and compare another choice"),
    "compared": mark("It has learnt to read! Now give it other layers or steps, and compare again"),
    Verdict.STUMBLING: mark(
        "Its steps are too large: it stumbles about. Try a smaller learning rate"
    ),
    Verdict.FALLEN: mark(
        "Its large steps tore it apart. Take a smaller learning rate, then press N"
    ),
    "drawing": mark("Draw a digit, and each network says what it reads in it"),
    "small": mark("In a larger window, or with smaller text, there are curves and drawings, too"),
    "paused": mark("Paused. Enter goes on, S shows it one round of 128 new drawings"),
}


def scene(board: Board, state: State, screen: Learning) -> None:
    """Add the screen to the board."""
    board.head(tr("Watch it learn"))
    if screen.is_asked:
        lost = tr("The networks forget all that they have learnt. It can’t be brought back.")
        question, keep, over = tr("Start over?"), tr("Keep them"), tr("Start over")
        ask(board, board.frame.body, question, [lost], keep, over)
        board.hint(tr("Press Enter to keep what they have learnt"))
        return
    if screen.question(state):
        board.next_frame = 2 * FRAME_SECONDS  # half the usual rate, to leave time for training
    error = screen.progress.error if screen.progress else ""
    body, line = board.frame.body, board.line
    places: list[Rect] = []
    pad: Rect | None = None
    if board.frame.wide and body.width >= 42 * line:
        side, cards_place = split(body, min(24 * line, body.width * 2 // 5), REST, gap=line)
        plots_place, low = stack(side, REST, CONTROLS * line, gap=line)
        count = 2 if plots_place.height > 11 * line else 1
        places, pad = rows(plots_place, count, line // 2), plots_place
        _controls(board, screen, low, across=1)
    else:
        cards_place, low = stack(body, REST, CONTROLS * line * 3 // 5, gap=line)
        if screen.draws:
            cut = split if board.frame.wide else stack
            pad, cards_place = cut(cards_place, 0.4, 0.6, gap=line)
        elif board.frame.wide and len(screen.setups) == 1:
            cards_place, *places = split(cards_place, 0.6, 0.4, gap=line)
        elif cards_place.height > 21 * line:
            cards_place, plots_place = stack(cards_place, REST, 7 * line, gap=line)
            places = columns(plots_place, 2, line)
        _controls(board, screen, low, across=2)
    made = [screen.progress.of(setup) if screen.progress else None for setup in screen.setups]
    situation = _situation(screen)
    hidden = not (places or pad) and situation in {"ready", "paused"}
    board.hint("" if error else tr(HINTS["small" if hidden else situation]))
    curves = [network.curve if network else () for network in made]
    if screen.draws and pad:
        paper(board, state, square(pad).inset(line // 2), WIDTHS[1], tr("Draw a digit"))
    else:
        _plots(board, curves, places)
    if error:
        said = tr("The networks stopped: {reason}. Press N to begin anew", reason=error)
        board.text(board.panel(cards_place, 1), said, 1.3, board.theme.bad, align=0.5)
    else:
        for number, cell in enumerate(columns(cards_place, len(screen.setups), line)):
            card(board, screen, number, cell, of_class=state.shared is not None)


def _situation(screen: Learning) -> str | Verdict:
    """Return the key of the hint; once networks learn, it is about the selected one."""
    network = screen.progress.of(screen.setup) if screen.progress else None
    if network is None:
        return "waiting"
    if screen.draws:
        return "drawing"
    if screen.rounds == 0:
        return Verdict.GUESSING if screen.running else "ready"
    verdict = network.verdict
    if screen.running and verdict is Verdict.GOOD and len(screen.setups) == len(SETUPS):
        return "compared"
    if screen.running or verdict is Verdict.FALLEN:
        return verdict
    return "paused"


def _controls(board: Board, screen: Learning, place: Rect, across: int) -> None:
    gap = board.line // 2
    cells = [
        row
        for column in columns(place, across, board.line)
        for row in rows(column, -(-7 // across), gap)
    ]
    start, step, draw, network, *choices = cells
    begun = tr("Go on") if screen.rounds else tr("Start")
    board.button(start, tr("Pause") if screen.running else begun, Do.ACCEPT, "return", chosen=True)
    if screen.draws:
        draw, clear = columns(draw, 2, gap)
        board.commands([clear], "clear")
    board.button(draw, tr("Show curves") if screen.draws else tr("Draw for it"), Tool("pen"), "d")
    _side_by_side(board, step, [(tr("One round"), Do.STEP, "s"), (tr("Start over"), Do.NEW, "n")])
    count = len(screen.setups)
    add = [(tr("Add a network"), Do.ADD, "a")] if count < len(SETUPS) else []
    removed = tr("Remove {number}", number=screen.selected + 1)
    remove = [(removed, Do.REMOVE, "r")] if count > 1 else []
    _side_by_side(board, network, add + remove)
    for name, cell in zip(CHOICE_KEYS, choices, strict=False):
        _choice(board, cell, name, screen.setup)


def _side_by_side(board: Board, place: Rect, buttons: list[tuple[str, Do, str]]) -> None:
    """Add one or two buttons: the label, the command and the key of each."""
    for cell, button in zip(columns(place, len(buttons), board.line // 2), buttons, strict=True):
        board.button(cell, *button)


def _choice(board: Board, place: Rect, name: str, setup: Setup) -> None:
    """Add the value of a choice between its two buttons, with the keys on them."""
    label, previous, following = CHOICE_KEYS[name]
    chosen = {
        "hidden": "-".join(map(str, setup.hidden)) or tr("none"),
        "learning_rate": tr(STEPS[setup.learning_rate], rate=rate(setup)),
        "batch_size": str(setup.batch_size),
    }
    side = min(3 * board.line, place.width // 6)
    words, less, middle, more = split(
        place, place.width * 7 // 20, side, REST, side, gap=board.line // 3
    )
    board.text(words, tr(label), 1.1)
    board.button(less, f"< {previous.upper()}", Change(name, -1), previous)
    board.text(middle, chosen[name], 1.1, align=0.5)
    board.button(more, f"{following.upper()} >", Change(name, 1), following)


def _plots(board: Board, curves: Sequence[Curve], places: list[Rect]) -> None:
    """Add both plots, or the first if there is one place; each has a curve for each network."""
    seen = max((curve[-1].seen for curve in curves if curve), default=0)
    end = max(8 * ROUND, seen)
    accuracy = [tuple((p.seen / end, _y(p.accuracy)) for p in curve) for curve in curves]
    loss = [tuple((p.seen / end, _y(p.loss / HIGHEST_LOSS)) for p in curve) for curve in curves]
    shares = {_y(1.0): "100 %", _y(0.5): "50 %", _y(0.0): "0 %"}
    losses = {_y(GUESSING_LOSS / HIGHEST_LOSS): tr("guessing"), _y(0.0): tr("perfect")}
    read = tr("Read right, after {count:,} drawings", count=seen)
    shown = (read, shares, accuracy), (tr("Loss: how wrong it is"), losses, loss)
    for place, (title, levels, lines) in zip(places, shown, strict=False):
        _plot(board, place, title, levels, lines)


def _y(share: float) -> float:
    """Return the y of a share in a plot, which has margins so that no line is cut at the edges."""
    return 0.97 - 0.94 * (share if share < 1 else 1.0)  # NaN is drawn as 1, at the top


def _plot(
    board: Board,
    place: Rect,
    title: str,
    levels: dict[float, str],
    curves: Sequence[tuple[Place, ...]],
) -> None:
    """Add a plot with a line at each level, and the number of each network at its curve's end.

    The curves differ in colour, and the first is thick and the third dashed.
    """
    line, theme, several = board.line, board.theme, len(curves) > 1
    colours = theme.accent, theme.ink, theme.muted
    head, rest = stack(board.panel(place, 0.5), 1.2 * line, REST, gap=line // 3)
    board.text(head, title, 1, theme.muted)
    scale, plot, ends = split(rest, 4 * line, REST, line if several else 1, gap=line // 3)
    plot = Rect(plot.x, plot.y + line // 2, plot.width, max(1, plot.height - line))
    lines = [PlotLine(((0.0, at), (1.0, at)), theme.edge, 1.0) for at in levels]
    for points, colour, width in zip(curves, colours, (2.0, 1.0, 1.5), strict=False):
        if len(points) < 2:
            continue
        radius = max(1.0, line / 14) * width
        lines.append(PlotLine(points, colour, radius, dashed=colour == colours[-1]))
    board.add(Figure(plot, tuple(lines)))
    for at, label in levels.items():
        spot = _label_place(board, scale, plot.y + at * plot.height)
        board.text(spot, label, 1, theme.muted, align=1.0)
    if several:
        begun = [number for number, points in enumerate(curves) if len(points) > 1]
        middles = [plot.y + curves[number][-1][1] * plot.height for number in begun]
        for number, middle in zip(begun, _spread(middles, line, plot.bottom), strict=True):
            spot = _label_place(board, ends, middle)
            board.text(spot, str(number + 1), 1, colours[number], align=0.5)


def _label_place(board: Board, column: Rect, middle: float) -> Rect:
    """Return the place in a column for a label with its middle at this height."""
    top = round(middle) - board.line * 2 // 3
    return Rect(column.x, top, column.width, board.line * 4 // 3)


def _spread(middles: list[float], least: int, bottom: int) -> list[float]:
    """Move the positions until no two are closer than `least`, keeping their order."""
    order = sorted(range(len(middles)), key=lambda number: middles[number])
    moved = list(middles)
    for one, other in pairwise(order):
        moved[other] = max(moved[other], moved[one] + least)
    for number in reversed(order):
        moved[number] = min(moved[number], bottom)
        bottom = round(moved[number]) - least
    return moved

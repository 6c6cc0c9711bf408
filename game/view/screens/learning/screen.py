"""Watch it learn: controls and curves on one side, a card for each network on the other."""

from game.core.events import Change, Do
from game.core.modes.learning import SETUPS, Learning
from game.core.state import Net, State
from game.core.values.progress import Progress, Setup, Verdict
from game.view.layout import REST, Size, columns, rows, split, stack
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board
from game.view.screens.learning.curves import plots
from game.view.screens.learning.network import card

CONTROLS = 16
"""Height of the buttons in one column, in lines."""

STEPS = {0.0001: "tiny", 0.001: "small", 0.01: "large", 0.1: "huge", 1.0: "reckless"}
"""How large the steps of each learning rate are."""

CHOICES = {
    "hidden": ("Hidden layers", "g", "h"),
    "learning_rate": ("Learning rate", "k", "l"),
    "batch_size": ("Batch size", "v", "b"),
}
"""The label of each choice, and the keys for its previous and its next value."""

HINTS = {
    "waiting": "A fresh network knows nothing. In a moment it can begin to learn",
    "ready": "Press Enter. It guesses, hears the right digit, and corrects itself a little",
    Verdict.GUESSING: "At first it only guesses. After each batch it takes one step to be better",
    Verdict.SLOW: "Its steps are so small that learning takes long. Try a larger learning rate",
    Verdict.LEARNING: "Its patterns become strokes, and fewer drawings are marked as misread",
    Verdict.GOOD: "It has learnt to read! Now add a network, and compare another choice",
    "compared": "It has learnt to read! Now give it other layers or steps, and compare again",
    Verdict.STUMBLING: "Its steps are too large: it stumbles about. Try a smaller learning rate",
    Verdict.FALLEN: "Too large steps tore it apart. Take a smaller learning rate, then press N",
    "paused": "Paused. Enter goes on, S shows it one round of 128 new drawings",
}


def scene(state: State, size: Size, screen: Learning) -> Scene:
    """Return the screen for a window of this size."""
    board = Board(state, size)
    board.head("Watch it learn")
    if screen.question(state):
        board.next_frame = 2 * FRAME_SECONDS
    reason = _reason(state, screen.progress)
    board.hint("" if reason else HINTS[_situation(screen)])
    body, line = board.frame.body, board.line
    places: list[Rect] = []
    if board.frame.wide and body.width >= 44 * line:
        side, networks = split(body, min(24 * line, body.width * 2 // 5), REST, gap=line)
        curves, low = stack(side, REST, CONTROLS * line, gap=line)
        places = rows(curves, 2, line // 2) if curves.height > 11 * line else [curves]
        _controls(board, screen, low, across=1)
    else:
        networks, low = stack(body, REST, CONTROLS * line * 3 // 5, gap=line)
        if board.frame.wide and len(screen.setups) == 1:
            networks, *places = split(networks, 0.6, 0.4, gap=line)
        elif networks.height > 21 * line:
            networks, curves = stack(networks, REST, 7 * line, gap=line)
            places = columns(curves, 2, line)
        _controls(board, screen, low, across=2)
    plots(board, [one.curve for one in screen.progress.networks] if screen.progress else [], places)
    if reason:
        board.text(board.panel(networks, 1), reason, 1.3, board.theme.bad, align=0.5)
    else:
        for number, cell in enumerate(columns(networks, len(screen.setups), line)):
            card(board, screen, number, cell)
    return board.scene()


def _situation(screen: Learning) -> str | Verdict:
    """Return what the hint is about: the selected network, once it learns."""
    if not screen.progress:
        return "waiting"
    if screen.rounds == 0:
        return Verdict.GUESSING if screen.running else "ready"
    verdict = screen.progress.networks[screen.selected].verdict
    if screen.running and verdict is Verdict.GOOD and len(screen.setups) == len(SETUPS):
        return "compared"
    if screen.running or verdict is Verdict.FALLEN:
        return verdict
    return "paused"


def _reason(state: State, progress: Progress | None) -> str:
    """Return why no network can learn; "" if one can."""
    if state.net is Net.FAILED:
        return f"No network can learn here. {state.net_error}"
    if progress and progress.error:
        return f"The networks stopped: {progress.error}. Press N to begin anew"
    return ""


def _controls(board: Board, screen: Learning, place: Rect, across: int) -> None:
    """Add the buttons in one column or in two."""
    gap = board.line // 2
    cells = [
        row
        for column in columns(place, across, board.line)
        for row in rows(column, 6 // across, gap)
    ]
    start, step, network, *choices = cells
    begun = "Go on" if screen.rounds else "Start"
    board.button(start, "Pause" if screen.running else begun, Do.ACCEPT, "return", chosen=True)
    _side_by_side(board, step, [("One round", Do.STEP, "s"), ("Start over", Do.NEW, "n")])
    count = len(screen.setups)
    add = [("Add a network", Do.ADD, "a")] if count < len(SETUPS) else []
    remove = [(f"Remove {screen.selected + 1}", Do.REMOVE, "r")] if count > 1 else []
    _side_by_side(board, network, add + remove)
    for name, cell in zip(CHOICES, choices, strict=True):
        _choice(board, cell, name, _value(screen.setup, name))


def _side_by_side(board: Board, place: Rect, buttons: list[tuple[str, Do, str]]) -> None:
    """Add one or two buttons: the label, the command and the key of each."""
    for cell, button in zip(columns(place, len(buttons), board.line // 2), buttons, strict=True):
        board.button(cell, *button)


def _value(setup: Setup, name: str) -> str:
    """Return the chosen value as text."""
    if name == "hidden":
        return "-".join(map(str, setup.hidden)) or "none"
    if name == "learning_rate":
        return f"{setup.learning_rate:g}, {STEPS[setup.learning_rate]}"
    return str(setup.batch_size)


def _choice(board: Board, place: Rect, name: str, chosen: str) -> None:
    """Add the value of a choice between its two buttons, with the keys on them."""
    label, previous, following = CHOICES[name]
    side = min(3 * board.line, place.width // 6)
    words, less, middle, more = split(
        place, place.width * 7 // 20, side, REST, side, gap=board.line // 3
    )
    board.text(words, label, 1.1)
    board.button(less, f"< {previous.upper()}", Change(name, -1), previous)
    board.text(middle, chosen, 1.1, align=0.5)
    board.button(more, f"{following.upper()} >", Change(name, 1), following)

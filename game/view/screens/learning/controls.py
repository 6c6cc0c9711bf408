"""The buttons: start and pause, and the choices for the selected network."""

from game.core.events import Change, Do
from game.core.modes.learning import SETUPS, Learning
from game.core.values.progress import Setup
from game.view.layout import REST, columns, rows, split
from game.view.scene import Rect
from game.view.screens.board import Board

HEIGHT = 16
"""Height of the buttons in one column, in lines."""

STEPS = {0.0001: "tiny", 0.001: "small", 0.01: "large", 0.1: "huge", 1.0: "reckless"}
"""How large the steps of each learning rate are."""

CHOICES = {
    "hidden": ("Hidden layers", "g", "h"),
    "learning_rate": ("Learning rate", "k", "l"),
    "batch_size": ("Batch size", "v", "b"),
}
"""The label of each choice, and the keys for its previous and its next value."""


def buttons(board: Board, screen: Learning, place: Rect, across: int) -> None:
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
        _choice(board, cell, name, value(screen.setup, name))


def _side_by_side(board: Board, place: Rect, buttons: list[tuple[str, Do, str]]) -> None:
    """Add one or two buttons: the label, the command and the key of each."""
    for cell, button in zip(columns(place, len(buttons), board.line // 2), buttons, strict=True):
        board.button(cell, *button)


def value(setup: Setup, name: str) -> str:
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

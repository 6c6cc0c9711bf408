"""The buttons: start and pause, and the choices for the selected network."""

from game.core.events import Change, Do
from game.core.modes.learning import SETUPS, Learning
from game.core.values.progress import Setup
from game.view.layout import columns, rows, split
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
    gap = board.unit // 2
    cells = [
        row
        for column in columns(place, across, board.unit)
        for row in rows(column, 6 // across, gap)
    ]
    start, step, network, *choices = cells
    begun = "Go on" if screen.rounds else "Start"
    board.button(start, "Pause" if screen.running else begun, Do.ACCEPT, "return", chosen=True)
    _pair(board, step, [("One round", "step", "s"), ("Start over", "new", "n")])
    can_add = [("Add a network", "add", "a")] if len(screen.setups) < len(SETUPS) else []
    can_remove = (
        [(f"Remove {screen.selected + 1}", "remove", "r")] if len(screen.setups) > 1 else []
    )
    _pair(board, network, can_add + can_remove)
    for (name, (label, back, forth)), cell in zip(CHOICES.items(), choices, strict=True):
        _choice(board, cell, label, value(screen.setup, name), (name, back, forth))


def _pair(board: Board, place: Rect, shown: list[tuple[str, str, str]]) -> None:
    """Add one or two buttons side by side: the label, the command and the key of each."""
    cells = columns(place, len(shown), board.unit // 2)
    for cell, (label, what, key) in zip(cells, shown, strict=True):
        board.button(cell, label, Do(what), key)


def value(setup: Setup, name: str) -> str:
    """Return the chosen value as text."""
    if name == "hidden":
        return "-".join(map(str, setup.hidden)) or "none"
    if name == "learning_rate":
        return f"{setup.learning_rate:g}, {STEPS[setup.learning_rate]}"
    return str(setup.batch_size)


def _choice(board: Board, place: Rect, label: str, chosen: str, keys: tuple[str, str, str]) -> None:
    """Add a choice between its two buttons, with the keys on them."""
    name, back, forth = keys
    side = min(3 * board.unit, place.width // 6)
    words, less, middle, more = split(
        place, place.width * 7 // 20, side, 0.999, side, gap=board.unit // 3
    )
    board.text(words, label, 1.1)
    board.button(less, f"< {back.upper()}", Change(name, -1), back)
    board.text(middle, chosen, 1.1, align=0.5)
    board.button(more, f"{forth.upper()} >", Change(name, 1), forth)

"""The settings: the player's choices and the keys."""

from game.core.events import Change, Do, Event, Rebind, Set
from game.core.language import tr
from game.core.modes.options import GOES, KEPT, STAYS, Options
from game.core.state import State
from game.core.values.settings import KEYS
from game.core.values.teaching import MOST_DRAWINGS
from game.view.layout import REST, centred, rows, split, stack
from game.view.scene import Rect
from game.view.screens.board import Board
from game.view.screens.question import ask
from game.view.theme import THEMES

NAMES = {
    "volume": "Volume",
    "mute": "Mute",
    "timer": "Pace",
    "colours": "Colours",
    "text": "Text, buttons",
    "reduced_motion": "Less motion",
    "left_handed": "Left-handed",
    "click_draws": "Draw by clicks",
    "fullscreen": "Fullscreen",
    "sheet": "Sheet",
}
PACES = {"normal": "normal", "long": "slow", "off": "no clock"}
ACTIONS = {
    "strokes": "Erase line",
    "width": "Pen’s width",
    "sheet": "Other sheet",
    "skip": "Skip a round",
    "inside": "Look inside",
}
"""Labels of the actions that are not called by their name."""
HINT = "To change a key, press its button, then the new key"


def scene(board: Board, state: State, screen: Options) -> None:
    """Add the settings to the board, or the question whether all data is to be deleted."""
    board.head("Settings")
    line = board.line
    tables, button = stack(board.frame.body, REST, 2.4 * line, gap=line)
    if screen.forgetting:
        sentences = (
            f"{GOES} will be deleted. They can’t be brought back.",
            tr(KEPT, most=MOST_DRAWINGS),
            f"{STAYS} will stay.",
        )
        ask(board, tables, "Delete all your data?", sentences, "Keep all", "Delete")
        board.hint("Press Enter to keep all")
        return
    if board.frame.wide:  # both lists line up, and the button is below the shorter one
        left, right = split(board.frame.body, 0.55, 0.45, gap=2 * line)
        counts = [max(len(NAMES) + 1, len(KEYS))] * 2
        button = _inner(board, rows(left, counts[0])[-1])
    else:
        counts = [len(NAMES), len(KEYS)]
        left, right = stack(tables, *(count / sum(counts) for count in counts), gap=2 * line)
    for name, row in zip(NAMES, rows(left, counts[0]), strict=False):
        _choice(board, state, name, _inner(board, row))
    for action, row in zip(KEYS, rows(right, counts[1]), strict=False):
        label, key = split(_inner(board, row), 0.6, 0.4, gap=line // 2)
        board.text(label, ACTIONS.get(action, action.capitalize()), 1.2)
        waiting = screen.waiting == action
        shown = "press a key" if waiting else state.settings.key(action).upper()
        board.button(key, shown, Rebind(action), chosen=waiting)
    board.waiting = screen.waiting
    board.button(button, "Delete all my data …", Do.FORGET)
    board.hint("Press a key" if screen.waiting else HINT)


def _choice(board: Board, state: State, name: str, row: Rect) -> None:
    """Add a name with a switch, or with the value between two buttons."""
    label, place = split(row, 0.5, 0.5, gap=board.line // 2)
    board.text(label, NAMES[name], 1.2)
    value = state.fullscreen if name == "fullscreen" else getattr(state.settings, name)
    if isinstance(value, bool):
        board.button(place, "on" if value else "off", Change(name), chosen=value)
        return
    side = min(round(2.4 * board.line), place.width // 4)
    less, middle, more = split(place, side, REST, side, gap=board.line // 2)
    back, forth = (_change(name, value, step) for step in (-1, 1))
    board.button(less, "–" if name == "volume" else "<", back)
    board.text(middle, PACES[value] if name == "timer" else str(value), 1.1, align=0.5)
    board.button(more, "+" if name == "volume" else ">", forth)


def _change(name: str, value: object, step: int) -> Event:
    """Return the event that changes a setting; which colours there are, the view knows."""
    if name != "colours":
        return Change(name, step)
    themes = list(THEMES)
    return Set(name, themes[(themes.index(str(value)) + step) % len(themes)])


def _inner(board: Board, row: Rect) -> Rect:
    """Return the middle of the row, as high as a button."""
    return centred(row, row.width, min(row.height * 5 // 6, round(2.4 * board.line)))

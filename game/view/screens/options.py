"""The settings: the player's choices and the keys."""

from game.core.events import Change, Do, Event, Rebind, Set
from game.core.modes.options import Options
from game.core.state import State
from game.core.values.settings import KEYS
from game.view.layout import Size, rows, split, stack
from game.view.scene import Rect, Scene
from game.view.screens.board import Board
from game.view.theme import THEMES

NAMES = {
    "volume": "Volume",
    "mute": "Mute",
    "timer": "Clock",
    "colours": "Colours",
    "text": "Text",
    "reduced_motion": "Less motion",
    "left_handed": "Left-handed",
    "fullscreen": "Fullscreen",
    "sheet": "Sheet",
}
ACTIONS = {
    "undo": "Undo",
    "redo": "Redo",
    "clear": "Clear",
    "pen": "Pen",
    "eraser": "Eraser",
    "rubber": "Rub out",
    "width": "Pen’s width",
    "sheet": "Other sheet",
    "save": "Save",
    "open": "Open",
    "skip": "Skip a round",
    "inside": "Look inside",
}


def scene(state: State, size: Size, screen: Options) -> Scene:
    """Return the settings for a window of this size."""
    board = Board(state, size)
    board.head("Settings")
    line = board.unit
    tables, keys = stack(board.frame.body, 0.999, 2.4 * line, gap=line)
    if board.frame.wide:  # both lists line up
        left, right = split(tables, 0.55, 0.45, gap=2 * line)
        counts = [max(len(NAMES), len(KEYS))] * 2
    else:
        counts = [len(NAMES), len(KEYS)]
        left, right = stack(tables, *(count / sum(counts) for count in counts), gap=2 * line)
    _choices(board, state, rows(left, counts[0]))
    _keys(board, state, screen, rows(right, counts[1]))
    board.waiting = screen.waiting
    sure = "Press again to delete scores, name, statistics and drawings"
    board.button(
        keys,
        sure if screen.forgetting else "Delete all my data",
        Do.FORGET,
        chosen=screen.forgetting,
    )
    board.hint(
        "To change a key, press its button, then the new key"
        if not screen.waiting
        else "Press a key"
    )
    return board.scene()


def _choices(board: Board, state: State, places: list[Rect]) -> None:
    for name, row in zip(NAMES, places, strict=False):
        line = _line(board, row)
        label, choice = split(line, 0.5, 0.5, gap=board.unit // 2)
        board.text(label, NAMES[name], 1.2)
        holder = state if name == "fullscreen" else state.settings
        _choice(board, name, getattr(holder, name), choice)


def _choice(board: Board, name: str, value: object, place: Rect) -> None:
    """Add a switch, or the value between two buttons."""
    if isinstance(value, bool):
        board.button(place, "on" if value else "off", Change(name), chosen=value)
        return
    side = place.height
    less, middle, more = split(place, side, 0.999, side, gap=board.unit // 2)
    back, forth = (_change(name, value, step) for step in (-1, 1))
    board.button(less, "–" if name == "volume" else "<", back)
    board.text(middle, str(value), 1.1, align=0.5)
    board.button(more, "+" if name == "volume" else ">", forth)


def _change(name: str, value: object, step: int) -> Event:
    """Return the event that changes a setting; which colours there are, the view knows."""
    if name != "colours":
        return Change(name, step)
    themes = list(THEMES)
    return Set(name, themes[(themes.index(str(value)) + step) % len(themes)])


def _keys(board: Board, state: State, screen: Options, places: list[Rect]) -> None:
    for action, row in zip(KEYS, places, strict=False):
        label, key = split(_line(board, row), 0.6, 0.4, gap=board.unit // 2)
        board.text(label, ACTIONS[action], 1.2)
        waiting = screen.waiting == action
        shown = "press a key" if waiting else state.settings.key(action).upper()
        board.button(key, shown, Rebind(action), chosen=waiting)


def _line(board: Board, row: Rect) -> Rect:
    """Return the middle of the row, as high as a button."""
    height = min(row.height * 5 // 6, round(2.4 * board.unit))
    return Rect(row.x, row.y + (row.height - height) // 2, row.width, height)

"""The settings: the player's choices and the keys."""

from game.core import language
from game.core.events import Change, Do, Event, Rebind, Set
from game.core.language import mark, tr
from game.core.modes.options import DELETED, DELETED_DRAWINGS, KEPT, Options
from game.core.state import State
from game.core.values.settings import KEYS, SYSTEM
from game.core.values.teaching import MOST_DRAWINGS
from game.view.layout import REST, centred, rows, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import COMMANDS, Board
from game.view.screens.parts.question import ask
from game.view.screens.parts.sheet import TOOLS
from game.view.theme import THEMES

NAMES = {
    "language": mark("Language"),
    "volume": mark("Volume"),
    "mute": mark("Mute"),
    "timer": mark("Pace"),
    "colours": mark("Colours"),
    "text": mark("Text, buttons"),
    "reduced_motion": mark("Less motion"),
    "left_handed": mark("Left-handed"),
    "click_draws": mark("Draw by clicks"),
    "fullscreen": mark("Fullscreen"),
    "sheet": mark("Sheet"),
}
VALUES = {
    "language": {SYSTEM: mark("the system’s")},
    "timer": {"normal": mark("normal"), "long": mark("slow"), "off": mark("no clock")},
    "colours": {
        "normal": mark("normal"),
        "high contrast": mark("high contrast"),
        "colour-blind safe": mark("colour-blind safe"),
    },
    "text": {"normal": mark("normal"), "large": mark("large"), "huge": mark("huge")},
    "sheet": {"digit": mark("digit"), "number": mark("number")},
}
"""What the values of a setting are called; numbers and languages are shown as they are."""
ACTIONS = {
    **COMMANDS,
    **TOOLS,
    "width": mark("Pen’s width"),
    "sheet": mark("Other sheet"),
    "skip": mark("Skip a round"),
    "inside": mark("Look inside"),
}
"""Labels of the actions that have a key."""
HINT = mark("To change a key, press its button, then the new key")


def scene(board: Board, state: State, screen: Options) -> None:
    """Add the settings to the board, or the question whether all data is to be deleted."""
    board.head(tr("Settings"))
    line = board.line
    tables, button = stack(board.frame.body, REST, 2.4 * line, gap=line)
    if screen.forgetting:
        question, keep, delete = tr("Delete all your data?"), tr("Keep all"), tr("Delete")
        sentences = tr(DELETED), tr(DELETED_DRAWINGS, most=MOST_DRAWINGS), tr(KEPT)
        ask(board, tables, question, sentences, keep, delete)
        board.hint(tr("Press Enter to keep all"))
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
        board.text(label, tr(ACTIONS[action]), 1.2)
        waiting = screen.waiting == action
        shown = tr("press a key") if waiting else state.settings.key(action).upper()
        board.button(key, shown, Rebind(action), chosen=waiting)
    board.waiting = screen.waiting
    board.button(button, tr("Delete all my data …"), Do.FORGET)
    board.hint(tr("Press a key") if screen.waiting else tr(HINT))


def _choice(board: Board, state: State, name: str, row: Rect) -> None:
    """Add a name with a switch, or with the value between two buttons."""
    label, place = split(row, 0.5, 0.5, gap=board.line // 2)
    board.text(label, tr(NAMES[name]), 1.2)
    own = state if name in {"fullscreen", "language"} else state.settings
    value = getattr(own, name)
    if isinstance(value, bool):
        board.button(place, tr("on") if value else tr("off"), Change(name), chosen=value)
        return
    side = min(round(2.4 * board.line), place.width // 5)
    less, middle, more = split(place, side, REST, side, gap=board.line // 2)
    back, forth = (_change(name, value, step) for step in (-1, 1))
    board.button(less, "–" if name == "volume" else "<", back)
    board.text(middle, _shown(name, value), 1.1, align=0.5)
    board.button(more, "+" if name == "volume" else ">", forth)


def _change(name: str, value: object, step: int) -> Event:
    """Return the event that changes a setting; the core does not know the colours and languages."""
    if name not in {"colours", "language"}:
        return Change(name, step)
    choices = [*THEMES] if name == "colours" else [SYSTEM, *language.names()]
    return Set(name, choices[(choices.index(str(value)) + step) % len(choices)])


def _shown(name: str, value: object) -> str:
    """Return what the value of a setting is called."""
    known = VALUES.get(name, {})
    if value in known:
        return tr(known[str(value)])
    return language.names()[str(value)] if name == "language" else str(value)


def _inner(board: Board, row: Rect) -> Rect:
    """Return the middle of the row, as high as a button."""
    return centred(row, row.width, min(row.height * 5 // 6, round(2.4 * board.line)))

"""Overlays: the pause, which hides the drawing, the help and the saved drawings."""

from game.core.events import Choose, Do, Go
from game.core.language import mark, tr
from game.core.state import UNKNOWN, Help, State
from game.core.values.sheets import width_for
from game.view.layout import REST, grid, rows, split, stack, with_aspect
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.sheet import MOST_DIGITS

DRAWING: Help = (
    (mark("Draw"), mark("left mouse button, a finger or a game pad, on the paper")),
    (mark("By keys"), mark("Arrows move the pen, and Space puts it down or lifts it")),
    (mark("Clear"), mark("right mouse button, Backspace or {clear}")),
    (mark("Undo, redo"), mark("{undo} and {redo}, or Ctrl Z and Ctrl Y")),
)
LABEL = mark("0 to 9, or a bar: say what it was, and it is kept. Of several, the last counts")
FILES: Help = (
    (mark("Other sheet"), mark("{sheet}: for a digit, or a wide one for up to {most} digits")),
    (mark("Label it"), LABEL),
    (mark("Open"), mark("{open}: a saved drawing. Or drop a picture or a drawing on the window")),
    (mark("Save"), mark("{save}: as a picture of yours, which you find under {open} again")),
)
ALWAYS: Help = (
    (mark("Pause"), mark("P or Esc in a game; it also pauses when you switch windows")),
    (mark("Choose"), mark("Tab: from paper to buttons and back. Then arrows and Enter")),
    (mark("Fullscreen"), mark("F11")),
)


def paused(board: Board, _state: State) -> None:
    """Add the pause screen of a game."""
    line = board.line
    board.head(tr("Paused"))
    head, words, first, second = stack(
        board.middle(30, 15), 4 * line, 2 * line, 3 * line, 3 * line, gap=line
    )
    board.text(head, tr("Paused"), 3, board.theme.accent, align=0.5)
    board.text(words, tr("The clock is stopped, and your drawing is hidden."), 1.2, align=0.5)
    _continue(board, first)
    board.button(second, tr("Leave the game"), Go("title"))


def help_screen(board: Board, state: State) -> None:
    """Add the help: the rules of the current game, and the keys."""
    board.head(tr("Help"))
    rules = state.screen.help
    sections = (rules, (*DRAWING, *ALWAYS)) if rules else ((*DRAWING, *FILES, *ALWAYS),)
    count = sum(map(len, sections))
    shares = [min(len(section) / count, REST) for section in sections]  # 1 would be a pixel
    *places, button = stack(board.middle(46, 34), *shares, 2.6 * board.line, gap=board.line)
    keys = {action: key.upper() for action, key in state.settings.keys}
    for section, place in zip(sections, places, strict=True):
        lines = rows(board.panel(place, 2 / 3), len(section))
        for (name, text), row in zip(section, lines, strict=True):
            left, right = split(row, 0.22, 0.78, gap=board.line)
            board.text(left, tr(name), 1.1, board.theme.accent)
            board.text(right, tr(text, **keys, most=MOST_DIGITS), 1.1)
    _continue(board, button)


def _continue(board: Board, place: Rect) -> None:
    board.button(place, tr("Continue"), Do.ACCEPT, "return", chosen=True)
    board.hint(tr("Press Enter to continue"))


def saved_drawings(board: Board, state: State) -> None:
    """Add the latest saved drawings to choose from, to open one or to delete one."""
    deletes = state.overlay == "delete"
    board.head(tr("Which one do you want to delete?") if deletes else tr("Saved drawings"))
    across, down = (4, 3) if board.frame.wide else (3, 4)
    place, foot = stack(board.frame.body, REST, 2.2 * board.line, gap=board.line)
    cells = grid(place, across, down, gap=board.line)
    for number, ((word, strokes), cell) in enumerate(
        zip(state.saved_drawings, cells, strict=False)
    ):
        label = tr(word) if word == UNKNOWN else word
        board.card(cell, strokes, label, Choose(number), width=width_for(word))
    if deletes:
        board.button(foot, tr("Keep all"), Do.ACCEPT, "return", chosen=True)
        board.hint(tr("Choose a drawing. You are asked before it is deleted"))
    else:
        board.button(foot, tr("Delete a drawing …"), Do.REMOVE)
        board.hint(tr("Choose a drawing to put it on the pad. Undo brings back the one before"))


def confirm_delete(board: Board, state: State) -> None:
    """Ask whether to delete the drawing; the button is below where the drawings were."""
    word, strokes = state.saved_drawings[state.to_delete]
    board.head(tr("Delete this drawing?"))
    line = board.line
    place, foot = stack(board.frame.body, REST, 2.2 * line, gap=line)
    shown = with_aspect(place, width_for(word))
    board.ink(board.panel(shown), strokes, max(1.0, shown.height * 0.016))
    _, keep, delete = split(foot, 0.2, 0.4, 0.4, gap=line)
    board.button(keep, tr("Keep it"), Do.ACCEPT, "return", chosen=True)
    board.button(delete, tr("Delete it"), Do.FORGET)
    board.hint(tr("Once deleted, it can’t be brought back. Press Enter to keep it"))

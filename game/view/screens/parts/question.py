"""Questions to the player: whether to destroy something, and fields to type in."""

from collections.abc import Sequence

from game.core.events import Do
from game.core.line import Line
from game.view.layout import REST, centred, columns, rows, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board


def ask(
    board: Board, place: Rect, question: str, sentences: Sequence[str], keep: str, destroy: str
) -> None:
    """Add a question, `sentences` that say what would be lost, and the two buttons that answer it.

    Neither is where the button was that opened the question.
    """
    line = board.line
    middle = centred(
        place, min(place.width, 40 * line), min(place.height, (7 + 5 * len(sentences)) * line)
    )
    head, words, buttons = stack(middle, 3 * line, REST, 2.6 * line, gap=line)
    board.text(head, question, 2, board.theme.accent, align=0.5)
    inner = board.panel(words, 1)
    for sentence, row in zip(sentences, rows(inner, len(sentences), line // 2), strict=True):
        board.text(row, sentence, 1.2)
    left, right = columns(buttons, 2, gap=2 * line)
    board.button(left, keep, Do.ACCEPT, "return", chosen=True)
    board.button(right, destroy, Do.FORGET)


def type_line(board: Board, place: Rect, typed: Line) -> None:
    """Add the field for a line that is typed; it is muted while an input method composes."""
    board.typing = place
    colour = board.theme.muted if typed.composing else None
    text = f"{typed.text}{typed.composing}_"
    board.text(board.panel(place, 0.5), text, 2, colour, align=0.5)

"""After the sums: the answers, those that were not right first, then name and scores."""

from game.core.events import Choose, Do
from game.core.language import plural, tr
from game.core.modes.review import Page
from game.core.modes.sums.review import SumsReview
from game.core.state import State
from game.core.values.sketch import NUMBER_WIDTH, until
from game.view.layout import REST, columns, grid, stack
from game.view.scene import FRAME_SECONDS
from game.view.screens import review
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion

ACROSS, DOWN = 2, 4
"""Answers that are shown at once."""

PER_PAGE = ACROSS * DOWN


def scene(board: Board, state: State, screen: SumsReview) -> None:
    """Add the answers to the board, or the pages that all games share."""
    if screen.page is not Page.DRAWINGS:
        review.scene(board, state, screen)
        return
    board.next_frame = FRAME_SECONDS
    board.head(tr("Sums"))
    line = board.line
    left, place = board.halves(board.frame.body, (0.3, 0.7), (8 * line, REST))
    board.text(companion(board, state, left), _message(screen), 1.3, align=0.5)
    cards, buttons = stack(place, REST, 2.4 * line, gap=line)
    count = len(screen.rounds)
    begin = screen.chosen // PER_PAGE * PER_PAGE
    down = min(DOWN, max(DOWN // 2, -(-count // ACROSS)))
    shown = screen.rounds[begin : begin + PER_PAGE]
    for number, (answered, cell) in enumerate(
        zip(shown, grid(cards, ACROSS, down, gap=line), strict=False), begin
    ):
        strokes, is_chosen = answered.strokes, number == screen.chosen
        if is_chosen:
            strokes = until(strokes, screen.seconds)
        said, width = answered.problem.equation, NUMBER_WIDTH
        corner = board.card(cell, strokes, said, Choose(number), chosen=is_chosen, width=width)
        if answered.counts:
            board.mark(corner, board.theme.paper, good=answered.right)
    label = tr("Enter your name") if screen.asks_name else tr("See the scores")
    if count > PER_PAGE:
        more, onward = columns(buttons, 2, line)
        following = begin + PER_PAGE if begin + PER_PAGE < count else 0
        board.button(more, tr("More answers"), Choose(following), "m")
    else:
        onward = buttons
    board.button(onward, label, Do.ACCEPT, "return", chosen=True)
    board.hint(tr("Choose an answer to watch it again. Enter continues"))


def _message(screen: SumsReview) -> str:
    """Return the result of the game in words."""
    missed = [answered.problem.equation for answered in screen.rounds if not answered.right]
    counted = [answered for answered in screen.rounds if answered.counts]
    if not counted:
        return tr("No answer this time. Try it without the clock!")
    if not missed:
        return plural(
            "Your answer is right, well done!", "All {count} are right, well done!", len(counted)
        )
    return tr(
        "You got {right} of {count} right. To remember: {missed}.",
        right=len(counted) - len(missed),
        count=len(counted),
        missed=", ".join(missed[:2]),
    )

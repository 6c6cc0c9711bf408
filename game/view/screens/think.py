"""Think of a digit: the network guesses, and the player says whether it is right."""

from game.core.events import Digit, Do
from game.core.language import mark, plural, tr, with_article
from game.core.modes.guessing_game import Phase
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.think import MISSED_POINTS, ROUNDS, ThinkGame
from game.core.state import State
from game.view.layout import REST, centred, columns, grid, rows, split, stack
from game.view.motion import popped
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.parts import results
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.parts.sheet import net_line, paper

POP_SECONDS = 0.35
"""How long a guess pops up."""

HINTS: dict[Phase | str, str] = {
    Phase.DRAWING: mark(
        "Draw any digit your own way. Press Enter if you’re done and it has no guess"
    ),
    Phase.BUZZED: mark("Enter if it’s right. If not, finish your digit, then press what it was"),
    Phase.GIVEN_UP: mark("Press the digit that it was"),
    Phase.RESULT: mark("Press Enter or just draw to go on"),
    "right": mark(
        "The less ink it needs, the more points it gets. Press Enter or just draw to go on"
    ),
    "over": mark("Press Enter to see all your drawings"),
}


def scene(board: Board, state: State, screen: ThinkGame) -> None:
    """Add the game to the board."""
    over = screen.phase is Phase.RESULT
    if not (over and screen.waited > results.SETTLED_SECONDS):
        board.next_frame = FRAME_SECONDS
    board.head(tr("Think of a digit"))
    pad, panel = board.stage()
    paper(board, state, pad, WIDTHS[1], tr("Think of a digit and draw it"))
    head, scores, speech, buttons = _parts(board, panel)
    number = min(len(screen.rounds) + (screen.phase is not Phase.RESULT), ROUNDS)
    words, row = split(head, 9 * board.line, REST)
    has_row = row.width > 8 * board.line
    said = tr("Round {number} of {count}", number=number, count=ROUNDS)
    board.text(words if has_row else head, said, 1.2, board.theme.muted)
    places = results.spots(row, ROUNDS, ROUNDS)
    if has_row:
        results.drawings(board, places, results.arrived(board, screen))
    gets_points = _scores(board, screen, scores)
    guess, message = stack(companion(board, state, speech), 0.56, 0.44)
    _guess(board, screen, guess)
    board.text(message, _message(state, screen), 1.3, align=0.5)
    _buttons(board, screen, buttons)
    if over:
        if has_row:
            results.shrinking(board, screen, pad, places[len(screen.rounds) - 1])
        results.flying_points(board, screen, message._replace(height=2 * board.line), gets_points)
    board.hint(tr(HINTS[_situation(screen)]))


def _situation(screen: ThinkGame) -> Phase | str:
    """Return the key of the hint."""
    if screen.phase is not Phase.RESULT:
        return screen.phase
    if screen.rounds_left == 1:
        return "over"
    return "right" if screen.rounds[-1].right else screen.phase


def _parts(board: Board, panel: Rect) -> list[Rect]:
    """Return places for head, scores, what the network says and buttons.

    If the panel is below the pad, the scores are at its left.
    """
    line = board.line
    if board.frame.wide:
        heights, gap = (1.3 * line, 4 * line, REST, 7 * line), line * 2 // 3
        return stack(panel, *heights, gap=gap if panel.height < 27 * line else line)
    upper, buttons = stack(panel, REST, 7.5 * line, gap=line)
    scores, right = split(upper, 0.35, 0.65, gap=line)
    head, speech = stack(right, 1.3 * line, REST, gap=line // 2)
    return [head, scores, speech, buttons]


def _scores(board: Board, screen: ThinkGame, place: Rect) -> Rect:
    """Add both scores, and return where the points of a result go."""
    wins = screen.phase is Phase.RESULT and screen.rounds[-1].right
    scores = {tr("You"): screen.score, tr("The network"): screen.network_score}
    cut = columns if board.frame.wide else rows
    cells = cut(place, 2, board.line // 2)
    for number, (side, (name, points)) in enumerate(zip(cells, scores.items(), strict=True)):
        upper, lower = stack(board.panel(side, 1 / 3), 0.35, 0.65)
        board.text(upper, name, 1, board.theme.muted, align=0.5)
        shown = results.score(board, screen, points or 0) if number == wins else points
        board.text(lower, str(shown), 2.2, align=0.5)
    return cells[wins]


def _guess(board: Board, screen: ThinkGame, place: Rect) -> None:
    """Add the guess in large, or a question mark without one; in a result also a tick or cross."""
    asks = screen.guess is not None
    sign = str(screen.guess) if asks else "?"
    colour = board.theme.accent if asks else board.theme.muted
    lines = min(place.height * 1.15 / board.line, 12)
    if screen.phase is Phase.BUZZED and board.progress(screen.waited, POP_SECONDS) < 1:
        lines *= popped(screen.waited)
    if screen.phase is Phase.RESULT:
        place, mark = split(place, 0.5, 0.5)
        side = min(mark.height * 2 // 3, mark.width * 4 // 5, 5 * board.line)
        spot = centred(mark, side, side)._replace(x=mark.x)
        board.mark(spot, board.theme.paper, good=screen.rounds[-1].right)
    board.text(place, sign, lines, colour, align=0.5)


def _message(state: State, screen: ThinkGame) -> str:
    if screen.phase is not Phase.RESULT:
        return net_line(state) or screen.thought.text
    played = screen.rounds[-1]
    if played.right:
        return plural(
            "I knew it! {count} point for me.",
            "I knew it! {count} points for me.",
            screen.network_points,
        )
    if played.disputed and played.guess is not None:
        return with_article("It still looks like a {digit} to me. No points.", played.guess)
    if played.points == 0:
        return with_article(
            "A {digit}? I can’t see a digit there: no points for either of us.", played.digit
        )
    if played.points > MISSED_POINTS:
        return with_article(
            "A {digit}! I can read it now: {points} points for you.",
            played.digit,
            points=played.points,
        )
    return with_article(
        "A {digit}! I failed: {points} points for you.", played.digit, points=played.points
    )


def _buttons(board: Board, screen: ThinkGame, place: Rect) -> None:
    line = board.line
    upper, digits = stack(place, 1 / 3, 2 / 3, gap=line // 2)
    if screen.phase is Phase.RESULT:
        board.button(upper, tr("Next"), Do.ACCEPT, "return", chosen=True)
        return
    if not screen.waits_for_answer:
        *cells, done = split(upper, 0.3, 0.3, 0.4, gap=line // 2)
        board.commands(cells, "undo", "clear")
        board.button(done, tr("Done"), Do.ACCEPT, "return")
        return
    if screen.guess is not None:
        yes = with_article("Yes, a {digit}", screen.guess)
        board.button(upper, yes, Do.ACCEPT, "return", chosen=True)
    else:
        board.text(upper, tr("It was …"), 1.4)
    for digit, cell in enumerate(grid(digits, 5, 2, gap=line // 2)):
        board.button(cell, str(digit), Digit(digit))

"""Think of a digit: the network guesses, and the player says whether it is right."""

from game.core.events import Digit, Do
from game.core.modes.guessing_game import Phase
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.think import ROUNDS, ThinkGame
from game.core.state import State
from game.core.wording import a
from game.view.layout import Size, grid, split, stack, stage
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board, net_line
from game.view.screens.sheet import paper

ROOMY = 27
"""Height in lines from which all parts of the panel fit in one column."""

HINTS = {
    Phase.DRAWING: "Draw any digit your own way. Press Enter if you’re done and it has no guess",
    Phase.BUZZED: "Enter if it’s right. If not, finish your digit, then press what it was",
    Phase.GIVEN_UP: "Press what it was",
    Phase.RESULT: "Press Enter or just draw to go on",
}


def scene(state: State, size: Size, game: ThinkGame) -> Scene:
    """Return the game for a window of this size."""
    board = Board(state, size)
    board.next_frame = FRAME_SECONDS
    board.head("Think of a digit")
    places = stage(board.frame, left_handed=state.settings.left_handed)
    paper(board, state, places.pad, WIDTHS[1], "Think of a digit and draw it")
    if not state.drawable:
        board.cover_pad()
    head, sides, guess, message, keys = _parts(board, places.panel)
    number = min(len(game.rounds) + (game.phase is not Phase.RESULT), ROUNDS)
    board.text(head, f"Round {number} of {ROUNDS}", 1.2, board.theme.muted)
    _scores(board, game, sides)
    _guess(board, game, guess)
    board.message(message, _message(state, game))
    _keys(board, state, game, keys)
    board.hint(HINTS[game.phase])
    return board.scene()


def _parts(board: Board, panel: Rect) -> tuple[Rect, Rect, Rect, Rect, Rect]:
    """Return places for head, scores, guess, message and keys.

    In a low panel the guess is beside the other parts instead of between them.
    """
    line = board.unit
    if not board.frame.wide:
        upper, keys = stack(panel, 0.999, 7.5 * line, gap=line)
        left, right = split(upper, 0.35, 0.65, gap=line)
        head, guess = stack(left, 1.3 * line, 0.999, gap=line // 2)
        sides, message = stack(right, 0.5, 0.5, gap=line)
        return head, sides, guess, message, keys
    if panel.height < ROOMY * line:
        head, sides, middle, keys = stack(
            panel, 1.3 * line, 4 * line, 0.999, 7 * line, gap=line * 2 // 3
        )
        guess, message = split(middle, 0.3, 0.7, gap=line)
        return head, sides, guess, message, keys
    head, sides, guess, message, keys = stack(
        panel, 1.3 * line, 4.5 * line, 0.999, 4.4 * line, 7.5 * line, gap=line
    )
    return head, sides, guess, message, keys


def _scores(board: Board, game: ThinkGame, place: Rect) -> None:
    for side, name, points in zip(
        split(place, 0.5, 0.5, gap=board.unit),
        ("You", "The network"),
        (game.score, game.network_score),
        strict=True,
    ):
        board.panel(side)
        upper, lower = stack(side.inset(board.unit // 3), 0.35, 0.65)
        board.text(upper, name, 1, board.theme.muted, align=0.5)
        board.text(lower, str(points), 2.2, align=0.5)


def _guess(board: Board, game: ThinkGame, place: Rect) -> None:
    """Add the guess in large, or a question mark while there is none."""
    asks = game.guess is not None
    sign = str(game.guess) if asks else "?"
    colour = board.theme.accent if asks else board.theme.muted
    lines = min(place.height * 1.3 / board.unit, 12)
    if game.phase is Phase.RESULT:
        figure, mark = split(place, 0.5, 0.5)
        side = min(mark.height * 2 // 3, mark.width * 4 // 5, 5 * board.unit)
        spot = Rect(mark.x, mark.y + (mark.height - side) // 2, side, side)
        board.mark(spot, board.theme.desk, good=game.rounds[-1].right)
        board.text(figure, sign, lines, colour, align=0.5)
        return
    board.text(place, sign, lines, colour, align=0.5)


def _message(state: State, game: ThinkGame) -> str:
    if game.phase is not Phase.RESULT:
        return net_line(state) or game.thought.text
    played = game.rounds[-1]
    if played.right:
        return f"I knew it! {game.network_points} points for me."
    if played.disputed and played.guess is not None:
        return f"It still looks like {a(played.guess)} to me. No points."
    drawn = a(played.digit).capitalize()
    if played.points == 0:
        return f"{drawn}? I can’t see a digit there: no points for either of us."
    praise = "I can read it now: " if played.points > 50 else ""
    return f"{drawn}! {praise}{played.points} points for you."


def _keys(board: Board, state: State, game: ThinkGame, place: Rect) -> None:
    line = board.unit
    if game.phase is Phase.RESULT:
        board.button(stack(place, 1 / 3, 2 / 3)[0], "Next", Do.ACCEPT, "return", chosen=True)
        return
    upper, digits = stack(place, 1 / 3, 2 / 3, gap=line // 2)
    if not game.waits_for_answer:
        settings = state.settings
        first, second, third = split(upper, 0.3, 0.3, 0.4, gap=line // 2)
        board.button(first, "Undo", Do.UNDO, settings.key("undo"))
        board.button(second, "Clear", Do.CLEAR, settings.key("clear"))
        board.button(third, "Done", Do.ACCEPT, "return")
        return
    if game.guess is not None:
        board.button(upper, f"Yes, {a(game.guess)}", Do.ACCEPT, "return", chosen=True)
    else:
        board.text(upper, "It was …", 1.4)
    for digit, cell in enumerate(grid(digits, 5, 2, gap=line // 2)):
        board.button(cell, str(digit), Digit(digit))

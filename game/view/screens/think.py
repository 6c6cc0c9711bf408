"""Think of a digit: the network buzzes in, and the player says whether it is right."""

from game.core.events import Digit, Do
from game.core.rules.pad import WIDTHS
from game.core.rules.think_game import ROUNDS, Phase, ThinkGame
from game.core.state import State
from game.core.wording import a
from game.view.layout import Size, grid, split, stack, stage
from game.view.scene import Rect, Scene
from game.view.screens.board import Board, net_line
from game.view.screens.sketchpad import paper

ROOMY = 27
"""Lines of height from which a panel beside the pad has all its parts in one column."""

HINTS = {
    Phase.DRAWING: "Any digit, in your own way. Enter when you are done and it still does not know",
    Phase.BUZZED: "Enter if it is right. If not, finish your digit, then press what it was",
    Phase.GIVEN_UP: "Press what it was",
    Phase.RESULT: "Enter, or a stroke, goes on",
}


def think(state: State, size: Size, game: ThinkGame) -> Scene:
    """The game in a window of the size."""
    board = Board(state, size)
    board.head("Think of a digit")
    places = stage(board.frame, left_handed=state.settings.left_handed)
    paper(board, state, places.pad, WIDTHS[1], "Think of a digit and draw it")
    if not state.drawable:
        board.cover_pad()
    head, sides, guess, said, keys = _parts(board, places.panel)
    number = min(len(game.rounds) + (game.phase is not Phase.RESULT), ROUNDS)
    board.text(head, f"Round {number} of {ROUNDS}", 1.2, board.theme.muted)
    _scores(board, game, sides)
    _guess(board, game, guess)
    board.speech(said, _said(state, game))
    _keys(board, state, game, keys)
    board.hint(HINTS[game.phase])
    return board.scene()


def _parts(board: Board, panel: Rect) -> tuple[Rect, Rect, Rect, Rect, Rect]:
    """Places for head, scores, guess, speech and keys.

    Where the panel is low, the guess stands beside what would stand over or under it.
    """
    line = board.unit
    if not board.frame.wide:
        upper, keys = stack(panel, 0.999, 7.5 * line, gap=line)
        left, right = split(upper, 0.35, 0.65, gap=line)
        head, guess = stack(left, 1.3 * line, 0.999, gap=line // 2)
        sides, said = stack(right, 0.5, 0.5, gap=line)
        return head, sides, guess, said, keys
    if panel.height < ROOMY * line:
        head, sides, middle, keys = stack(
            panel, 1.3 * line, 4 * line, 0.999, 7 * line, gap=line * 2 // 3
        )
        guess, said = split(middle, 0.3, 0.7, gap=line)
        return head, sides, guess, said, keys
    head, sides, guess, said, keys = stack(
        panel, 1.3 * line, 4.5 * line, 0.999, 4.4 * line, 7.5 * line, gap=line
    )
    return head, sides, guess, said, keys


def _scores(board: Board, game: ThinkGame, place: Rect) -> None:
    for side, name, points in zip(
        split(place, 0.5, 0.5, gap=board.unit),
        ("You", "The network"),
        (game.score, game.machine_score),
        strict=True,
    ):
        board.sheet(side)
        upper, lower = stack(side.inset(board.unit // 3), 0.35, 0.65)
        board.text(upper, name, 1, board.theme.muted, align=0.5)
        board.text(lower, str(points), 2.2, align=0.5)


def _guess(board: Board, game: ThinkGame, place: Rect) -> None:
    """The guess in large: a question while it thinks."""
    asks = game.guess is not None
    sign = str(game.guess) if asks else "?"
    colour = board.theme.accent if asks else board.theme.muted
    lines = min(place.height * 1.3 / board.unit, 12)
    if game.phase is Phase.RESULT:
        figure, mark = split(place, 0.5, 0.5)
        side = min(mark.height * 2 // 3, mark.width * 4 // 5, 5 * board.unit)
        spot = Rect(mark.x, mark.y + (mark.height - side) // 2, side, side)
        board.sign(spot, board.theme.desk, good=game.rounds[-1].right)
        board.text(figure, sign, lines, colour, align=0.5)
        return
    board.text(place, sign, lines, colour, align=0.5)


def _said(state: State, game: ThinkGame) -> str:
    if game.phase is not Phase.RESULT:
        return net_line(state) or game.thought.text
    played = game.rounds[-1]
    if played.right:
        return f"I knew it! {game.machine_points} points for me."
    if played.disputed and played.guess is not None:
        return f"It still looks like {a(played.guess)} to me. No points."
    drawn = a(played.digit).capitalize()
    if played.points == 0:
        return f"{drawn}? I see no digit there: nothing for either of us."
    praise = "I can read it now; " if played.points > 50 else ""
    return f"{drawn}! {praise}{played.points} points for you."


def _keys(board: Board, state: State, game: ThinkGame, place: Rect) -> None:
    line = board.unit
    if game.phase is Phase.RESULT:
        board.button(stack(place, 1 / 3, 2 / 3)[0], "Next", Do("accept"), "return", chosen=True)
        return
    upper, digits = stack(place, 1 / 3, 2 / 3, gap=line // 2)
    if not game.asks:
        settings = state.settings
        first, second, third = split(upper, 0.3, 0.3, 0.4, gap=line // 2)
        board.button(first, "Undo", Do("undo"), settings.key("undo"))
        board.button(second, "Clear", Do("clear"), settings.key("clear"))
        board.button(third, "Done", Do("accept"), "return")
        return
    if game.guess is not None:
        board.button(upper, f"Yes, {a(game.guess)}", Do("accept"), "return", chosen=True)
    else:
        board.text(upper, "It was …", 1.4)
    for digit, cell in enumerate(grid(digits, 5, 2, gap=line // 2)):
        board.button(cell, str(digit), Digit(digit))

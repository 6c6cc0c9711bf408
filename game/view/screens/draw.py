"""Draw it: the digit to draw, the clock and the network's comments."""

from game.core.events import Do
from game.core.modes.draw import ROUNDS, DrawGame
from game.core.modes.guessing_game import RESULT_SECONDS, Phase
from game.core.modes.sketchpad import WIDTHS
from game.core.state import State
from game.core.wording import a, seconds
from game.view.layout import Size, split, stack, stage
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board, net_line
from game.view.screens.sheet import paper

COUNT_SECONDS = 0.4
"""How long each kind of points counts up."""

LOW_CARD = 6
"""Height in lines below which the card shows its word beside its digit."""

HINTS = {
    Phase.CARD: "The clock starts with your first stroke",
    Phase.DRAWING: "Draw it and lift the pen. Less time and ink means more points",
    Phase.GRACE: "Finish your stroke",
    Phase.RESULT: "Press Enter or just draw for the next digit",
}


def scene(state: State, size: Size, game: DrawGame) -> Scene:
    """Return the game for a window of this size."""
    board = Board(state, size)
    board.next_frame = FRAME_SECONDS
    board.head("Draw it" if game.mode == "draw" else "Drill of your weakest digits")
    places = stage(board.frame, left_handed=state.settings.left_handed)
    invitation = "" if game.phase is Phase.RESULT else f"Draw {a(game.asked)} here"
    paper(board, state, places.pad, WIDTHS[1], invitation)
    if not state.drawable:
        board.cover_pad()
    pips, card, count, thought, keys = _parts(board, places.panel)
    _pips(board, game, pips)
    _card(board, game, card)
    if game.phase is Phase.RESULT:
        _points(board, state, game, count)
    else:
        _clock(board, game, count)
    board.message(thought, _message(state, game))
    _keys(board, state, game, keys)
    board.hint(HINTS[game.phase])
    return board.scene()


def _parts(board: Board, panel: Rect) -> tuple[Rect, Rect, Rect, Rect, Rect]:
    """Return places for pips, card, count, thought and keys.

    The card takes the remaining room. The count is the clock, then the round's points.
    """
    line = board.unit
    if board.frame.wide:
        high = max(4.8 * line, panel.height / 6)
        pips, card, count, thought, keys = stack(
            panel, 1.2 * line, 0.999, high, 4.4 * line, 2.4 * line, gap=line
        )
        return pips, card, count, thought, keys
    upper, keys = stack(panel, 0.999, 2.4 * line, gap=line)
    card, beside = split(upper, 0.35, 0.65, gap=line)
    pips, count, thought = stack(beside, 1.2 * line, 0.58, 0.42, gap=line)
    return pips, card, count, thought, keys


def _pips(board: Board, game: DrawGame, place: Rect) -> None:
    """Add a mark for each round, and the score."""
    count = len(game.rounds) + len(game.digits) - (game.phase is Phase.RESULT)
    marks, score = split(place, 0.6, 0.4)
    side = min(marks.height, marks.width * 4 // 5 // max(count, ROUNDS))
    for number in range(count):
        spot = Rect(marks.x + number * side * 5 // 4, marks.y, side, side)
        if number < len(game.rounds):
            board.mark(spot, board.theme.desk, good=game.rounds[number].right)
        else:
            dot = spot.inset(side // 3)
            board.fill(dot, board.theme.muted, dot.width // 2)
    board.text(score, f"{game.score} points", 1.2, align=1.0)


def _card(board: Board, game: DrawGame, place: Rect) -> None:
    """Add the digit to draw; in a low card the word is beside it."""
    line = board.unit
    board.panel(place)
    inner = place.inset(line // 2)
    low = inner.height < LOW_CARD * line
    word, figure = split(inner, 0.5, 0.5) if low else stack(inner, 1.6 * line, 0.999)
    board.text(word, "Draw", 1.4, board.theme.muted, align=0.7 if low else 0.5)
    board.text(figure, str(game.asked), figure.height * 1.3 / line, board.theme.accent, align=0.5)


def _clock(board: Board, game: DrawGame, place: Rect) -> None:
    left = game.seconds_left
    number, track = stack(place, 0.999, board.unit * 0.6)
    if left is None:
        board.text(number, "No clock: take your time", 1.2, board.theme.muted)
        return
    name, time = split(number, 0.5, 0.5)
    board.text(name, "Time left", 1.2, board.theme.muted)
    board.text(time, seconds(left), 1.8, align=1.0)
    board.fill(track, board.theme.edge, track.height // 2)
    width = round(track.width * left / (game.limit or 1.0))
    board.fill(Rect(track.x, track.y, width, track.height), board.theme.accent, track.height // 2)


def _message(state: State, game: DrawGame) -> str:
    if game.phase is Phase.CARD:
        return net_line(state) or f"Ready? Draw {a(game.asked)}."
    if game.phase is not Phase.RESULT:
        return net_line(state) or game.thought.text
    played = game.rounds[-1]
    if played.right:
        return f"It’s {a(played.digit)}! I knew after {seconds(played.seconds)}."
    if played.read_last == played.digit:
        return f"Perhaps {a(played.digit)}, but I wasn’t sure."
    looked = "" if played.read_last is None else f" It looked like {a(played.read_last)}."
    return f"I didn’t see {a(played.digit)}.{looked}"


def _points(board: Board, state: State, game: DrawGame, place: Rect) -> None:
    """Add the points of the round, counted up one kind after the other."""
    rows = stack(place, *[0.25] * 4)
    played = game.rounds[-1]
    if not played.right:
        board.mark(
            Rect(place.x, rows[0].y, rows[0].height, rows[0].height), board.theme.desk, good=False
        )
        beside = Rect(place.x + rows[0].height * 3 // 2, rows[0].y, place.width, rows[0].height)
        board.text(beside, "Missed", 1.6)
        board.text(rows[1], "+0 points", 1.2)
        if game.streak_ended > 1:
            ended = f"Your streak of {game.streak_ended} has ended"
            board.text(rows[2], ended, 1.2, board.theme.muted)
        return
    kinds = (("Time", game.points.time), ("Ink", game.points.ink), ("Streak", game.points.streak))
    since = RESULT_SECONDS if state.settings.reduced_motion else game.waited
    shown = [counted(points, since, number) for number, (_, points) in enumerate(kinds)]
    for row, (name, _), points in zip(rows, kinds, shown, strict=False):
        _sum(board, row, name, f"+{points}")
    _sum(board, rows[3], "This round", str(sum(shown)), lines=1.6)


def _sum(board: Board, row: Rect, name: str, number: str, lines: float = 1.2) -> None:
    left, right = split(row, 0.5, 0.5)
    board.text(left, name, lines, board.theme.muted if lines < 1.5 else None)
    board.text(right, number, lines, align=1.0)


def counted(points: int, seconds: float, number: int) -> int:
    """Return how many of the points are shown after some seconds; the kinds take turns."""
    share = (seconds - number * COUNT_SECONDS) / COUNT_SECONDS
    return round(points * min(max(share, 0.0), 1.0))


def _keys(board: Board, state: State, game: DrawGame, place: Rect) -> None:
    first, second, third = split(place, 1 / 3, 1 / 3, 1 / 3, gap=board.unit // 2)
    settings = state.settings
    if game.phase is Phase.RESULT:
        board.button(place, "Next", Do.ACCEPT, "return", chosen=True)
        return
    board.button(first, "Undo", Do.UNDO, settings.key("undo"))
    board.button(second, "Clear", Do.CLEAR, settings.key("clear"))
    board.button(third, "Skip", Do.SKIP, settings.key("skip"))

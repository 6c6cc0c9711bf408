"""Draw it: the digit to draw, the clock and the network's comments."""

import math
from itertools import islice

from game.core.events import Do
from game.core.language import mark, tr
from game.core.modes.draw import INK_POINTS, ROUNDS, STREAK_POINTS, TIME_POINTS, DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.table import MODES
from game.core.state import State
from game.core.values.rounds import Round
from game.core.values.settings import NORMAL_SECONDS
from game.core.wording import a, seconds
from game.view.layout import REST, columns, rows, split, stack
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.board import Board
from game.view.screens.companion import companion
from game.view.screens.sheet import net_line, paper
from game.view.theme import Colour

COUNT_SECONDS = 0.4
"""Seconds in which the points for time count up, then those for ink, then those for the streak."""

REASONS = {
    f"Time: {TIME_POINTS} at once, none after {NORMAL_SECONDS:.0f} s": f"Time, of {TIME_POINTS}",
    f"Ink: {INK_POINTS} at most, for short lines": f"Ink, of {INK_POINTS}",
    f"Streak: {STREAK_POINTS} for each one before": f"Streak, {STREAK_POINTS} each",
}
"""What the points of a round are for, and the same where there is little room."""

HINTS: dict[Phase | str, str] = {
    Phase.CARD: "The clock starts with your first stroke",
    Phase.DRAWING: "Draw it and lift the pen. Less time and ink means more points",
    Phase.GRACE: "Finish your stroke",
    Phase.RESULT: "Draw the digit on the card, or press Enter first",
    "no clock": "Take your time: the clock is off",
    "untimed": "Draw it and lift the pen. The shorter your lines, the more points",
    "over": "Press Enter to see all your drawings",
    "hand over": mark("Press Enter and hand over: the clock waits for the first stroke"),
    "both over": mark("Press Enter to see who has won"),
}

ASKS = ("Draw", "Next, draw")
TURNS = (
    (mark("First draws"), mark("First is next")),
    (mark("Second draws"), mark("Second is next")),
)
"""What is said over the digit to draw now, and over the one that is drawn next."""


def scene(board: Board, state: State, screen: DrawGame) -> None:
    """Add the game to the board."""
    if screen.phase is not Phase.CARD and not _is_counted(screen):
        board.next_frame = FRAME_SECONDS
    board.head(MODES[screen.mode].title)
    (pad, panel), shows_result = board.stage(), screen.phase is Phase.RESULT
    invitation = "" if shows_result else f"Draw {a(screen.asked)} here"
    if screen.players > 1:
        board.player = screen.player
        board.ring(pad.inset(-board.line // 2), board.pen)
    paper(board, state, pad, WIDTHS[1], invitation)
    pips, card, count, message, buttons = _parts(board, panel, screen.players)
    _pips(board, screen, pips)
    _card(board, screen, card)
    board.text(companion(board, state, message), _message(state, screen), 1.3)
    if shows_result:
        _points(board, state, screen, count)
        board.button(buttons, "Next", Do.ACCEPT, "return", chosen=True)
    else:
        _clock(board, screen, count)
        board.commands(columns(buttons, 3, board.line // 2), "undo", "clear", "skip")
    board.hint(tr(HINTS[_situation(screen)]))


def _situation(screen: DrawGame) -> Phase | str:
    """Return the key of the hint."""
    if screen.phase is Phase.RESULT and screen.rounds_left == 1:
        return "over" if screen.players == 1 else "both over"
    if screen.phase is Phase.RESULT and screen.players > 1:
        return "hand over"
    if screen.limit is None and screen.phase in {Phase.CARD, Phase.DRAWING}:
        return "no clock" if screen.phase is Phase.CARD else "untimed"
    return screen.phase


def _is_counted(screen: DrawGame) -> bool:
    """Return whether a result is shown, and its points have been counted up."""
    return screen.phase is Phase.RESULT and screen.waited > len(screen.points) * COUNT_SECONDS


def _parts(board: Board, panel: Rect, players: int) -> list[Rect]:
    """Return places for pips, card, count, message and buttons.

    The card takes the remaining room. The count is the clock, then the round's points.
    """
    line = board.line
    if board.frame.wide:
        high = max(4.8 * line, panel.height / 6)
        heights = 1.2 * players * line, REST, high, min(7.5 * line, panel.height / 4), 2.4 * line
        return stack(panel, *heights, gap=line)
    upper, buttons = stack(panel, REST, 2.4 * line, gap=line)
    card, beside = split(upper, 0.35, 0.65, gap=line)
    pips, count, message = stack(beside, (0.2 + players) * line, 0.56, 0.44, gap=line // players)
    return [pips, card, count, message, buttons]


def _pips(board: Board, screen: DrawGame, place: Rect) -> None:
    """Add a row for each player: a mark for each round, and the score."""
    count = len(screen.rounds) + len(screen.digits) - (screen.phase is Phase.RESULT)
    for player, row in enumerate(rows(place, screen.players, gap=board.line // 4)):
        played = screen.rounds[player :: screen.players]
        board.player = player if screen.players > 1 else None
        marks, score = split(board.signed_by(row, row.height), 0.6, 0.4)
        rounds_marked(board, marks, played, count // screen.players, board.theme.desk)
        points = sum(one.points for one in played)
        board.text(score, f"{points} points", 1.2, align=1.0)


def rounds_marked(
    board: Board, place: Rect, played: tuple[Round, ...], count: int, paper: Colour
) -> None:
    """Add a mark for each round that was played, and a dot for each of the others."""
    side = min(place.height, place.width * 4 // 5 // max(count, ROUNDS))
    for number in range(count):
        spot = Rect(place.x + number * side * 5 // 4, place.y, side, side)
        if number < len(played):
            board.mark(spot, paper, good=played[number].right)
        else:
            dot = spot.inset(side // 3)
            board.fill(dot, board.theme.muted, dot.width // 2)


def _card(board: Board, screen: DrawGame, place: Rect) -> None:
    """Add the digit to draw now or next; in a low card the word is beside it."""
    line, colour = board.line, board.theme.accent
    inner = board.panel(place, 0.5)
    low = inner.height < 6 * line
    word, figure = (
        split(inner, 0.5, 0.5) if low else stack(inner, (1.2 + 0.4 * screen.players) * line, REST)
    )
    now, following = ASKS
    if screen.players > 1:
        board.player = screen.card_player
        colour, (now, following) = board.pen, TURNS[screen.card_player]
        word = board.signed_by(word, min(line, word.width // 6))
    said = following if screen.phase is Phase.RESULT and screen.rounds_left > 1 else now
    board.text(word, tr(said), 1.4, board.theme.muted, align=0.7 if low else 0.5)
    board.text(figure, str(screen.card), figure.height * 1.3 / line, colour, align=0.5)


def _clock(board: Board, screen: DrawGame, place: Rect) -> None:
    left, theme = screen.seconds_left, board.theme
    number, track = stack(place, REST, board.line * 0.6)
    if left is None:
        board.text(number, "No clock: take your time", 1.2, theme.muted)
        return
    name, time = split(number, 0.5, 0.5)
    board.text(name, "Time left", 1.2, theme.muted)
    board.text(time, seconds(left), 1.8, align=1.0)
    board.fill(track, theme.edge, track.height // 2)
    width = round(track.width * left / (screen.limit or 1.0))
    board.fill(track._replace(width=width), theme.accent, track.height // 2)


def _message(state: State, screen: DrawGame) -> str:
    if screen.phase is Phase.CARD:
        return net_line(state) or f"Ready? Draw {a(screen.asked)}."
    if screen.phase is not Phase.RESULT:
        return net_line(state) or screen.thought.text
    played = screen.rounds[-1]
    if played.right:
        after = "" if screen.limit is None else f" I knew after {seconds(played.seconds)}."
        return f"It’s {a(played.digit)}!{after}"
    if played.refused:
        return f"I can’t see {a(played.digit)} there, nor any digit."
    if played.read_last == played.digit:
        return f"Perhaps {a(played.digit)}, but I wasn’t sure."
    looked = "" if played.read_last is None else f" It looked like {a(played.read_last)}."
    return f"I didn’t see {a(played.digit)}.{looked}"


def _points(board: Board, state: State, screen: DrawGame, place: Rect) -> None:
    """Add the points of the round; those for time, ink and streak are counted up in turn.

    Without a clock there are none for time.
    """
    first, second, third, last = stack(place, *[0.25] * 4)
    if not screen.rounds[-1].right:
        cross, words = split(first, first.height, REST, gap=first.height // 2)
        board.mark(cross, board.theme.desk, good=False)
        board.text(words, "Missed", 1.6)
        board.text(second, "+0 points", 1.2)
        if screen.streak_ended > 1:
            ended = f"Your streak of {screen.streak_ended} has ended"
            board.text(third, ended, 1.2, board.theme.muted)
        return
    since = math.inf if state.settings.reduced_motion else screen.waited
    shown = [points_shown(count, since, number) for number, count in enumerate(screen.points)]
    names = zip((first, second, third), REASONS.items(), shown, strict=True)
    for row, (name, short), count in islice(names, screen.limit is None, None):
        words, points = split(row, REST, 3 * board.line, gap=board.line // 2)
        said = name if words.width >= 20 * board.line else short
        board.text(words, said, 1.2, board.theme.muted)
        board.text(points, f"+{count}", 1.2, align=1.0)
    board.text(last, "This round", 1.6)
    board.text(last, str(sum(shown)), 1.6, align=1.0)


def points_shown(points: int, seconds: float, number: int) -> int:
    """Return how many of the points are shown by then; each kind waits for the one before."""
    share = (seconds - number * COUNT_SECONDS) / COUNT_SECONDS
    return round(points * min(max(share, 0.0), 1.0))

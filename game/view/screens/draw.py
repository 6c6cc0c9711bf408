"""Draw it: the digit to draw, the clock and the network's comments."""

import math
from itertools import islice

from game.core.events import Do
from game.core.language import mark, plural, tr, with_article
from game.core.modes.draw import INK_POINTS, STREAK_POINTS, TIME_POINTS, DrawGame
from game.core.modes.guessing_game import COUNT_SECONDS, Phase
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.table import MODES
from game.core.state import State
from game.core.values.rounds import ROUNDS
from game.core.values.settings import NORMAL_SECONDS
from game.core.wording import looked_like, seconds
from game.view.layout import REST, centred, columns, rows, split, stack
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.parts import results
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.parts.sheet import net_line, paper

KIND_SECONDS = COUNT_SECONDS / 3
"""How long the points of each kind count up: those for time, for ink and for the streak."""

PULSE_SECONDS = 0.6
"""How long the clock is shown larger in each of the last seconds."""

REASONS = {
    mark("Time: {points} at once, none after {seconds} s"): mark("Time, of {points}"),
    mark("Ink: {points} at most, for short lines"): mark("Ink, of {points}"),
    mark("Streak: {points} for each one before"): mark("Streak, {points} each"),
}
"""What the points of a round are for, and the same where there is little room."""

HINTS: dict[Phase | str, str] = {
    Phase.CARD: mark("The clock starts with your first stroke"),
    Phase.DRAWING: mark("Draw it and lift the pen. Less time and ink means more points"),
    Phase.GRACE: mark("Finish your stroke"),
    Phase.RESULT: mark("Draw the digit on the card, or press Enter first"),
    "no clock": mark("Take your time: the clock is off"),
    "untimed": mark("Draw it and lift the pen. The shorter your lines, the more points"),
    "over": mark("Press Enter to see all your drawings"),
    "hand over": mark("Press Enter and hand over: the clock waits for the first stroke"),
    "both over": mark("Press Enter to see who has won"),
}

ASKS = (mark("Draw"), mark("Next, draw"))
TURNS = (
    (mark("Player 1 draws"), mark("Player 1 is next")),
    (mark("Player 2 draws"), mark("Player 2 is next")),
)
"""The words over the digit to draw now, and over the one to draw next."""


def scene(board: Board, state: State, screen: DrawGame) -> None:
    """Add the game to the board."""
    if screen.phase is not Phase.CARD and not _is_counted(screen):
        board.next_frame = FRAME_SECONDS
    board.head(tr(MODES[screen.mode].title))
    (pad, panel), shows_result = board.stage(), screen.phase is Phase.RESULT
    invitation = with_article("Draw a {digit} here", screen.asked)
    if screen.players > 1:
        board.player = screen.player
    if screen.last_seconds or screen.players > 1:
        ring = board.theme.bad if screen.last_seconds else board.pen
        board.ring(pad.inset(-board.line // 2), ring)
    paper(board, state, pad, WIDTHS[1], "" if shows_result else invitation)
    rounds, card, clock, message, buttons = _parts(board, panel, screen.players)
    places, score = _rows(board, state, screen, rounds)
    _card(board, screen, _dealt(board, screen, places, card))
    board.text(companion(board, state, message), _message(state, screen), 1.3)
    if shows_result:
        _points(board, state, screen, clock)
        board.button(buttons, tr("Next"), Do.ACCEPT, "return", chosen=True)
        *_, gained = stack(clock, *[0.25] * 4)
        board.player = screen.player if screen.players > 1 else None
        results.shrinking(board, screen, pad, places[len(screen.rounds) - 1])
        results.flying_points(board, screen, gained, score)
    else:
        _clock(board, screen, clock)
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
    """Return whether a result is shown, and its points are in the score."""
    return screen.phase is Phase.RESULT and screen.waited > results.SETTLED_SECONDS


def _parts(board: Board, panel: Rect, players: int) -> list[Rect]:
    """Return places for the rounds, the card, the clock, the message and the buttons.

    The card takes the remaining room. The points of a round are shown in place of the clock.
    """
    line = board.line
    if board.frame.wide:
        height = max(4.8 * line, panel.height / 6)
        row = max(1.2 * line, min(2.4 * line, panel.height / 13))
        row = row if players == 1 else 1.2 * players * line
        heights = row, REST, height, min(7.5 * line, panel.height / 4), 2.4 * line
        return stack(panel, *heights, gap=line)
    upper, buttons = stack(panel, REST, 2.4 * line, gap=line)
    card, beside = split(upper, 0.35, 0.65, gap=line)
    rounds, clock, message = stack(beside, (0.2 + players) * line, 0.56, 0.44, gap=line // players)
    return [rounds, card, clock, message, buttons]


def _rows(board: Board, state: State, screen: DrawGame, place: Rect) -> tuple[list[Rect], Rect]:
    """Add a row for each player: a place for the drawing of each round, the streak and the score.

    Return the places of the rounds, in their order, and that of the current player's score.
    """
    count, players = screen.rounds_in_all, screen.players
    places, scored = [place] * count, place
    for player, whole in enumerate(rows(place, players, gap=board.line // 4)):
        board.player = player if players > 1 else None
        line = board.badge(whole, min(whole.height, board.line))
        row, fire, score = split(line, 0.6, min(line.height, line.width // 10), 0.4)
        own = results.spots(row, count // players, ROUNDS)
        places[player::players] = own
        results.drawings(board, own, results.arrived(board, screen)[player::players])
        points = sum(played.points for played in screen.rounds[player::players])
        if player == screen.player:
            moves = screen.phase is Phase.DRAWING or not _is_counted(screen)
            spot = centred(fire, fire.width, fire.width)
            results.streak(board, state, spot, screen.streak, moves=moves)
            points, scored = results.score(board, screen, points), score
        board.text(score, plural("{count} point", "{count} points", points), 1.2, align=1.0)
    return places, scored


def _dealt(board: Board, screen: DrawGame, places: list[Rect], place: Rect) -> Rect:
    """Return where the card is; it is dealt from the place that its drawing will have."""
    is_first = screen.phase is Phase.CARD and not screen.rounds
    is_next = screen.phase is Phase.RESULT and screen.rounds_left > 1
    if not (is_first or is_next):
        return place
    return results.dealt(board, screen.waited, places[len(screen.rounds)], place)


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
        word = board.badge(word, min(line, word.width // 6))
    said = following if screen.phase is Phase.RESULT and screen.rounds_left > 1 else now
    board.text(word, tr(said), 1.2, board.theme.muted, align=0.7 if low else 0.5)
    board.text(figure, str(screen.card), figure.height * 1.3 / line, colour, align=0.5)


def _clock(board: Board, screen: DrawGame, place: Rect) -> None:
    left, theme = screen.seconds_left, board.theme
    number, track = stack(place, REST, board.line * 0.6)
    if left is None:
        board.text(number, tr("No clock: take your time"), 1.2, theme.muted)
        return
    name, time = split(number, 0.5, 0.5)
    board.text(name, tr("Time left"), 1.2, theme.muted)
    last, colour = screen.last_seconds, theme.bad if screen.last_seconds else None
    beat = 1 - board.progress(last - left, PULSE_SECONDS) if last else 0.0
    board.text(time, seconds(left), 1.8 + 0.8 * beat, colour, align=1.0)
    board.fill(track, theme.edge, track.height // 2)
    width = round(track.width * left / (screen.limit or 1.0))
    board.fill(track._replace(width=width), colour or theme.accent, track.height // 2)


def _message(state: State, screen: DrawGame) -> str:
    if screen.phase is Phase.CARD:
        ready = with_article("Ready? Draw a {digit}.", screen.asked)
        return net_line(state) or ready
    if screen.phase is not Phase.RESULT:
        return net_line(state) or screen.thought.text
    played = screen.rounds[-1]
    if played.right:
        said = with_article("It’s a {digit}!", played.digit)
        if screen.limit is None:
            return said
        return f"{said} {tr('I knew after {time}.', time=seconds(played.seconds))}"
    if played.refused:
        return with_article("I can’t see a {digit} there, nor any digit.", played.digit)
    if played.read_last == played.digit:
        return with_article("Perhaps a {digit}, but I wasn’t sure.", played.digit)
    said = with_article("I didn’t see a {digit}.", played.digit)
    return said if played.read_last is None else f"{said} {looked_like(played.read_last)}"


def _points(board: Board, state: State, screen: DrawGame, place: Rect) -> None:
    """Add the points of the round; those for time, ink and streak are counted up in turn.

    Without a clock there are none for time.
    """
    first, second, third, last = stack(place, *[0.25] * 4)
    if not screen.rounds[-1].right:
        cross, words = split(first, first.height, REST, gap=first.height // 2)
        board.mark(cross, board.theme.desk, good=False)
        board.text(words, tr("Missed"), 1.6)
        board.text(second, tr("+0 points"), 1.2)
        said = tr("Never mind!")
        if screen.streak_ended > 1:
            count = screen.streak_ended
            said = tr("Your streak of {count} has ended. Never mind!", count=count)
        board.text(third, said, 1.2, board.theme.muted)
        return
    kinds = math.inf if state.settings.reduced_motion else screen.waited / KIND_SECONDS
    shares = (min(max(kinds - number, 0.0), 1.0) for number in range(3))
    shown = [round(points * share) for points, share in zip(screen.points, shares, strict=True)]
    most = TIME_POINTS, INK_POINTS, STREAK_POINTS
    names = zip((first, second, third), REASONS.items(), most, shown, strict=True)
    for row, (name, short), limit, count in islice(names, screen.limit is None, None):
        words, points = split(row, REST, 3 * board.line, gap=board.line // 2)
        said = name if words.width >= 20 * board.line else short
        said = tr(said, points=limit, seconds=round(NORMAL_SECONDS))
        board.text(words, said, 1.2, board.theme.muted)
        board.text(points, f"+{count}", 1.2, align=1.0)
    board.text(last, tr("This round"), 1.6)
    board.text(last, str(sum(shown)), 1.6, align=1.0)

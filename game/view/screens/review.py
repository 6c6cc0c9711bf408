"""After a game: all drawings, a replay of one of them, and the high scores."""

from itertools import pairwise

from game.core.events import Choose, Do, Go
from game.core.language import mark, plural, tr, with_article
from game.core.modes.review import Page, Review
from game.core.modes.table import MODES
from game.core.state import State
from game.core.values.records import TOP
from game.core.values.rounds import Round, TracePoint
from game.core.values.sketch import until
from game.core.wording import looked_like, seconds
from game.view.layout import REST, centred, columns, grid, rows, split, square, stack
from game.view.scene import FRAME_SECONDS, Curve, Figure, Rect
from game.view.screens.parts import results
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion, end_of, stand
from game.view.screens.parts.question import type_line
from game.view.screens.players import next_button

NAMES = (mark("Player 1"), mark("Player 2"))
"""What two players are called, in the order of their turns."""

SCORES = (mark("Player 1: {points}"), mark("Player 2: {points}"))

TITLE_HINT = mark("Enter takes you back to the title")
HAND_HINT = mark("* read by the network that knows your hand. Enter takes you back to the title")
"""The hint at the scores, if the network knew the player's hand in any of them."""

WON = {0: mark("Player 1 wins!"), 1: mark("Player 2 wins!"), None: mark("It’s a draw!")}


def scene(board: Board, state: State, screen: Review) -> None:
    """Add the review to the board."""
    board.next_frame = FRAME_SECONDS
    if screen.best_ever and board.progress(screen.shown, results.FIREWORK_SECONDS) < 1:
        drops = results.fireworks(board.window, board.theme, board.line, screen.shown)
        board.behind_text += drops
    board.head(tr(MODES[screen.mode].title))
    match screen.page:
        case Page.WINNER:
            _winner(board, state, screen)
            board.hint(tr("Press Enter to see all drawings side by side"))
        case Page.DRAWINGS:
            _drawings(board, state, screen)
            board.hint(tr("Choose a drawing to watch it again. Enter continues"))
        case Page.NAME:
            _name(board, state, screen)
            board.hint(tr("Type your name, then press Enter"))
        case Page.SCORES:
            _scores(board, state, screen)
            knows_hand = any(one.knows_hand for one in state.records.top(screen.mode))
            board.hint(tr(HAND_HINT if knows_hand else TITLE_HINT))


def _drawings(board: Board, state: State, screen: Review) -> None:
    body, line = board.frame.body, board.line
    if board.frame.wide:
        small, large = split(body, 0.5, 0.5, gap=2 * line)
    else:
        small, large = stack(body, 0.38, 0.62, gap=2 * line)
    head, thumbs, button = stack(small, 2 * line, REST, 2.4 * line, gap=line)
    _summary(board, screen, head)
    cells = cells_for(thumbs, len(screen.rounds), screen.players, line // 2)
    for number, (played, cell) in enumerate(zip(screen.rounds, cells, strict=False)):
        misread = not played.right and played.guess is not None
        label = str(played.digit)
        if misread:
            label = tr("{digit}, read {guess}", digit=played.digit, guess=played.guess)
        chosen, board.player = number == screen.chosen, _player(screen, number)
        corner = board.card(cell, played.strokes, label, Choose(number), chosen=chosen)
        board.mark(corner, board.theme.paper, good=played.right)
    if screen.players > 1:
        again, done = columns(button, 2, gap=line)
        board.button(again, tr("Play again"), Go(screen.mode), "a")
        board.button(done, tr("Done"), Do.ACCEPT, "return", chosen=True)
    elif not screen.is_scored:
        board.button(button, tr("Done"), Do.ACCEPT, "return", chosen=True)
    else:
        label = tr("Enter your name") if screen.asks_name else tr("See the scores")
        board.button(button, label, Do.ACCEPT, "return", chosen=True)
    _replay(board, state, screen, large)


def cells_for(place: Rect, count: int, players: int, gap: int) -> list[Rect]:
    """Return places as large as fit; the players' drawings of the same digit are side by side."""
    digits = count // players
    shapes = [(across, -(-digits // across)) for across in range(1, digits + 1)]

    def side(shape: tuple[int, int]) -> float:
        return min(place.width / shape[0] / players, place.height / shape[1])

    groups = grid(place, *max(shapes, key=side), gap=gap)
    return [cell for group in groups for cell in columns(group, players, gap // 3)]


def _player(screen: Review, number: int) -> int | None:
    """Return which of two players drew in a round; None if there is only one."""
    return number % screen.players if screen.players > 1 else None


def _summary(board: Board, screen: Review, place: Rect) -> None:
    """Add the result in one line; with two players, each one's beside their badge."""
    if screen.players == 1:
        board.text(place, summary(screen), 1.6)
        return
    cells = columns(place, screen.players, gap=board.line)
    for player, (cell, points) in enumerate(zip(cells, screen.points, strict=True)):
        board.player = player
        words = board.badge(cell, round(1.4 * board.line))
        board.text(words, tr(SCORES[player], points=points), 1.2)


def summary(screen: Review) -> str:
    """Return the result of the game in one line."""
    if screen.network_score is None:
        right = sum(played.right for played in screen.rounds)
        return tr(
            "{right} of {count} right, {points} points",
            right=right,
            count=len(screen.rounds),
            points=screen.score,
        )
    return tr(
        "You {points}, the network {others}", points=screen.score, others=screen.network_score
    )


def _replay(board: Board, state: State, screen: Review, place: Rect) -> None:
    """Replay the chosen drawing in real time, with the probabilities over that time."""
    played, line = screen.rounds[screen.chosen], board.line
    if played.trace:
        upper, words, lower = stack(place, 0.55, 2.6 * line, 0.45, gap=line // 2)
        _probabilities(board, screen, played, lower)
    else:
        upper, words = stack(place, REST, 2.6 * line, gap=line // 2)
    side = min(upper.height, upper.width * 2 // 3)
    left, right = split(upper, side, REST, gap=line // 2)
    inner = board.panel(square(left), 0.5)
    drawn = until(played.strokes, screen.seconds)
    board.player = _player(screen, screen.chosen)
    board.ink(inner, drawn, inner.width * 0.018, pen_down=drawn != played.strokes)
    stand(board, state, right, end_of(drawn, inner))
    align = 0.5 if board.player is None else 0.0
    words = board.badge(words, round(1.4 * line))
    board.text(words, _caption(played, is_timed=screen.is_timed), 1.1, align=align)


def _caption(played: Round, *, is_timed: bool) -> str:
    """Return what the network made of the round's drawing, in one or two sentences."""
    drawn, other = played.digit, played.best_wrong_digit
    if played.guess is not None and not played.right:
        return with_article("A drawn {drawn}, read as a {digit}.", played.guess, drawn=drawn)
    result = with_article("A {digit}, not guessed.", drawn)
    if played.right:
        result = with_article("A {digit}, guessed.", drawn)
    if played.right and is_timed:
        result = with_article(
            "A {digit}, guessed after {time}.", drawn, time=seconds(played.seconds)
        )
    if played.refused:
        return f"{result} {tr('It looked like no digit.')}"
    if other is None:
        return result
    if played.read_last == other:
        return f"{result} {looked_like(other)}"
    second = with_article("Second choice: a {digit}.", other)
    return f"{result} {second}"


def _probabilities(board: Board, screen: Review, played: Round, place: Rect) -> None:
    """Add the probabilities of the digit and of the best wrong one as curves over time."""
    line, theme = board.line, board.theme
    plot, legend = stack(board.panel(place, 0.5), REST, 1.2 * line)
    end = max(played.end, 0.1) * 1.02
    wrong = played.best_wrong_digit
    guess, seen = played.seconds / end, min(screen.seconds / end, 1.0)
    curves = [
        Curve(((0, 1), (1, 1)), theme.edge, 1.0),
        Curve(((seen, 0), (seen, 1)), theme.ink, max(1.0, line / 12)),
    ]
    left, middle, right = split(legend, 0.2, 0.34, 0.46)
    if played.guess is not None:
        curves.append(Curve(((guess, 0), (guess, 1)), theme.muted, 1.0))
        said = tr("guessed here")
        if screen.is_timed:
            said = tr("guessed at {time}", time=seconds(played.seconds))
        board.text(middle, said, 1, theme.muted, align=0.5)
    if wrong is not None:
        curves.append(Curve(_steps(played.trace, wrong, end), theme.quiet, line / 10, dashed=True))
        said = tr("– – {digit} (second choice)", digit=wrong)
        if played.read_last == wrong:
            said = tr("– – {digit} (read instead)", digit=wrong)
        board.text(right, said, 1, theme.muted, align=1.0)
    curves.append(Curve(_steps(played.trace, played.digit, end), theme.accent, line / 7))
    said = tr("{digit} (drawn)", digit=played.digit)
    if screen.network_score is None:
        said = tr("{digit} (asked)", digit=played.digit)
    board.text(left, said, 1, theme.accent)
    board.add(Figure(plot, tuple(curves)))


def _steps(
    trace: tuple[TracePoint, ...], digit: int, end: float
) -> tuple[tuple[float, float], ...]:
    """Return the digit's probability as a step curve: each reading holds until the next."""
    times = [then / end for then, _ in trace]
    heights = [0.98 - 0.96 * probabilities[digit] for _, probabilities in trace]
    spans = zip(heights, pairwise([*times, 1.0]), strict=True)
    return tuple((x, height) for height, span in spans for x in span)


def _winner(board: Board, state: State, screen: Review) -> None:
    """Add who has won, and the points and drawings of both players."""
    line = board.line
    upper, cards, buttons = stack(board.middle(44, 30), REST, 9 * line, 2.6 * line, gap=line)
    left, right = split(upper, min(upper.height, upper.width * 2 // 5), REST, gap=line)
    stand(board, state, left)
    head, words = stack(centred(right, right.width, min(right.height, 8 * line)), 0.6, 0.4)
    colour = board.theme.ink if screen.winner is None else board.theme.players[screen.winner]
    board.text(head, tr(WON[screen.winner]), 3, colour, align=0.5)
    board.text(words, tr("Well drawn, both of you!"), 1.6, align=0.5)
    places = columns(cards, screen.players, gap=line)
    for player, (place, points) in enumerate(zip(places, screen.points, strict=True)):
        board.player = player
        if screen.winner in {None, player}:
            board.ring(place, board.pen)
        named, figure, marks = stack(board.panel(place, 0.75), 1.8 * line, REST, 2.2 * line)
        board.text(board.badge(named, round(1.6 * line)), tr(NAMES[player]), 1.6)
        board.text(figure, plural("{count} point", "{count} points", points), 2.6, align=0.5)
        played = screen.rounds[player :: screen.players]
        results.drawings(board, results.spots(marks, len(played), len(played)), played)
    again, all_drawings = columns(buttons, 2, gap=line)
    board.button(again, tr("Play again"), Go(screen.mode), "a")
    board.button(all_drawings, tr("See the drawings"), Do.ACCEPT, "return", chosen=True)


def _name(board: Board, state: State, screen: Review) -> None:
    """Add the field for the name of a player whose score is among the best for the first time."""
    line, theme = board.line, board.theme
    large, question, field, button = stack(
        board.middle(34, 24), REST, 2 * line, 3.4 * line, 2.6 * line, gap=line
    )
    left, right = split(large, min(large.height, large.width * 2 // 5), REST)
    head, score = stack(right, min(3 * line, right.height // 2), REST)
    stand(board, state, left)
    best = tr("Best ever!") if screen.best_ever else tr("In the top ten!")
    board.text(head, best, 2.4, theme.accent, align=0.5)
    board.text(score, str(screen.score), min(score.height / line, 9), align=0.5)
    board.text(question, tr("What’s your name?"), 1.3, theme.muted, align=0.5)
    type_line(board, field, screen.name)
    board.button(button, tr("Save"), Do.ACCEPT, "return", chosen=True)


def _scores(board: Board, state: State, screen: Review) -> None:
    line, body = board.line, board.frame.body
    if board.frame.wide:
        middle = centred(body, min(body.width, 54 * line), body.height)
        left, table = split(middle, 0.36, 0.64, gap=line)
        table, buttons = stack(table, REST, 2.6 * line, gap=line)
        said = companion(board, state, left)
    else:
        head, table, buttons = stack(body, 7 * line, REST, 2.6 * line, gap=line)
        said = companion(board, state, head, share=0.3)
    if screen.best_ever:
        head, said = stack(said, 0.45, 0.55)
        board.text(head, tr("Best ever!"), 2, board.theme.accent, align=0.5)
    scores = state.records.top(screen.mode)
    if screen.entry in scores:
        news = tr("You’re in the top ten!")
    elif scores:
        news = tr("Here are the top ten.")
    else:
        news = tr("Nobody is on this list yet: be the first!")
    board.text(said, f"{summary(screen)}. {news}", 1.4, align=0.5)
    for number, row in enumerate(rows(board.panel(table, 1), TOP)):
        lines = min(1.4, row.height / line)
        place, name, points = split(row, 2.5 * line, 0.7, 0.3, gap=line // 2)
        board.text(place, f"{number + 1}", lines, board.theme.muted, align=1.0)
        if number < len(scores):
            colour = board.theme.accent if scores[number] == screen.entry else None
            if colour:
                board.outline(row.inset(-board.line // 2, 0), colour)
            board.text(name, scores[number].name or state.player_name, lines, colour)
            star = "* " if scores[number].knows_hand else ""
            board.text(points, f"{star}{scores[number].points}", lines, colour, align=1.0)
    shares = (0.28, 0.44, 0.28) if state.next_player else (0.5, 0.5)
    again, *following, title = split(buttons, *shares, gap=line)
    board.button(again, tr("Play again"), Go(screen.mode), "a")
    for place in following:
        next_button(board, state, place)
    board.button(title, tr("Title"), Do.ACCEPT, "return", chosen=True)

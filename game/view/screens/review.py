"""After a game: all drawings, a replay of one of them, and the high scores."""

from game.core.events import Choose, Do, Go
from game.core.modes.review import Page, Review
from game.core.modes.table import MODES
from game.core.state import State
from game.core.values.records import TOP
from game.core.values.rounds import Round, TracePoint
from game.core.values.sketch import until
from game.core.wording import a, seconds
from game.view.layout import Size, grid, split, square, stack
from game.view.scene import FRAME_SECONDS, Curve, Rect, Scene
from game.view.screens.board import Board


def scene(state: State, size: Size, shown: Review) -> Scene:
    """Return the review for a window of this size."""
    board = Board(state, size)
    board.next_frame = FRAME_SECONDS
    board.head(MODES[shown.mode].title)
    match shown.page:
        case Page.DRAWINGS:
            _drawings(board, shown)
            board.hint("Choose a drawing to watch it again. Enter continues")
        case Page.NAME:
            _name(board, shown)
            board.hint("Type your name, then press Enter")
        case Page.SCORES:
            _scores(board, state, shown)
            board.hint("Enter takes you back to the title")
    return board.scene()


def _drawings(board: Board, shown: Review) -> None:
    body, line = board.frame.body, board.unit
    if board.frame.wide:
        small, large = split(body, 0.5, 0.5, gap=2 * line)
    else:
        small, large = stack(body, 0.38, 0.62, gap=2 * line)
    head, thumbs, keys = stack(small, 2 * line, 0.999, 2.4 * line, gap=line)
    board.text(head, summary(shown), 1.6)
    across, down = _shape(len(shown.rounds), thumbs)
    cells = grid(thumbs, across, down, gap=line // 2)
    for number, (played, cell) in enumerate(zip(shown.rounds, cells, strict=False)):
        _thumb(board, played, cell, Choose(number), chosen=number == shown.chosen)
    label = "Enter your name" if shown.ranks else "See the scores"
    if not shown.is_scored:
        board.button(keys, "Done", Do.BACK, "return", chosen=True)
    else:
        board.button(keys, label, Do.ACCEPT, "return", chosen=True)
    _replay(board, shown, large)


def summary(shown: Review) -> str:
    """Return the result of the game in one line."""
    if shown.network_score is None:
        return f"{shown.right} of {len(shown.rounds)} guessed, {shown.score} points"
    return f"You {shown.score}, the network {shown.network_score}"


def _shape(count: int, place: Rect) -> tuple[int, int]:
    """Return the numbers of columns and rows for which `count` squares are largest."""

    def side(across: int) -> float:
        return min(place.width / across, place.height / -(-count // across))

    across = max(range(1, count + 1), key=side)
    return across, -(-count // across)


def _thumb(board: Board, played: Round, cell: Rect, event: Choose, *, chosen: bool) -> None:
    corner = board.card(cell, played.strokes, _label(played), event, chosen=chosen)
    board.mark(corner, board.theme.paper, good=played.right)


def _label(played: Round) -> str:
    if played.right or played.guess is None:
        return f"{played.digit}"
    return f"{played.digit}, read {played.guess}"


def _replay(board: Board, shown: Review, place: Rect) -> None:
    """Replay the chosen drawing in real time, with the probabilities over that time."""
    played, unit = shown.rounds[shown.chosen], board.unit
    upper, words, lower = stack(place, 0.55, 2.6 * unit, 0.45, gap=unit // 2)
    sheet = square(upper)
    board.panel(sheet)
    inner = sheet.inset(unit // 2)
    drawn = until(played.strokes, shown.seconds)
    board.ink(inner, drawn, inner.width * 0.018, pen_down=drawn != played.strokes)
    board.text(words, _caption(played), 1.1, align=0.5)
    _probabilities(board, shown, played, lower)


def _caption(played: Round) -> str:
    """Return what the network made of the round's drawing."""
    other, drawn = played.best_wrong_digit, a(played.digit).capitalize()
    if played.guess is not None and not played.right:
        return f"{drawn}, read as {a(played.guess)}."
    result = f"guessed after {seconds(played.seconds)}" if played.right else "not guessed"
    if other is None:
        return f"{drawn}, {result}."
    if played.read_last == other:
        return f"{drawn}, {result}. It looked like {a(other)}."
    return f"{drawn}, {result}. Second choice: {a(other)}."


def _probabilities(board: Board, shown: Review, played: Round, place: Rect) -> None:
    unit, theme = board.unit, board.theme
    board.panel(place)
    plot, legend = stack(place.inset(unit // 2), 0.999, 1.2 * unit)
    end = max(played.end, 0.1) * 1.02
    wrong = played.best_wrong_digit
    guess, seen = played.seconds / end, min(shown.seconds / end, 1.0)
    curves = [
        Curve(((0, 1), (1, 1)), theme.edge, 1.0),
        Curve(((seen, 0), (seen, 1)), theme.ink, max(1.0, unit / 12)),
    ]
    if played.guess is not None:
        curves.append(Curve(((guess, 0), (guess, 1)), theme.muted, 1.0))
    if wrong is not None:
        curves.append(Curve(_steps(played.trace, wrong, end), theme.quiet, unit / 10))
    if played.trace:
        curves.append(Curve(_steps(played.trace, played.digit, end), theme.accent, unit / 7))
    board.plot(plot, *curves)
    left, middle, right = split(legend, 0.24, 0.34, 0.42)
    source = "asked" if shown.network_score is None else "drawn"
    board.text(left, f"{played.digit} ({source})", 1, theme.accent)
    if played.guess is not None:
        board.text(middle, f"guessed at {seconds(played.seconds)}", 1, theme.muted, align=0.5)
    role = "read instead" if played.read_last == wrong else "second choice"
    other = "" if wrong is None else f"{wrong} ({role})"
    board.text(right, other, 1, theme.muted, align=1.0)


def _steps(
    trace: tuple[TracePoint, ...], digit: int, end: float
) -> tuple[tuple[float, float], ...]:
    """Return the digit's probability as a step curve: each reading holds until the next."""
    points: list[tuple[float, float]] = []
    for then, probabilities in trace:
        x, y = then / end, 0.98 - 0.96 * probabilities[digit]
        if points:
            points.append((x, points[-1][1]))
        points.append((x, y))
    return (*points, (1.0, points[-1][1])) if points else ()


def _name(board: Board, shown: Review) -> None:
    unit = board.unit
    large, line, field, go = stack(
        board.middle(34, 20), 0.999, 2 * unit, 3.4 * unit, 2.6 * unit, gap=unit
    )
    best = "Best ever!" if shown.best_ever else "In the top ten!"
    head, score = stack(large, 3 * unit, 0.999)
    board.text(head, best, 2.4, board.theme.accent, align=0.5)
    board.text(score, str(shown.score), min(score.height / unit, 9), align=0.5)
    board.text(line, "What’s your name?", 1.3, board.theme.muted, align=0.5)
    board.panel(field)
    muted = shown.name_is_suggested or shown.composing
    colour = board.theme.muted if muted else None
    board.typing = field
    shown_name = f"{shown.name}{shown.composing}_"
    board.text(field.inset(unit // 2), shown_name, 2, colour, align=0.5)
    board.button(go, "Save", Do.ACCEPT, "return", chosen=True)


def _scores(board: Board, state: State, shown: Review) -> None:
    unit, body = board.unit, board.frame.body
    width = min(body.width, 36 * unit)
    middle = Rect(body.x + (body.width - width) // 2, body.y, width, body.height)
    head, table, keys = stack(middle, 2 * unit, 0.999, 2.6 * unit, gap=unit)
    board.text(head, f"{summary(shown)}. Top ten:", 1.4, align=0.5)
    board.panel(table)
    scores = state.records.top(shown.mode)
    for number, row in enumerate(stack(table.inset(unit), *[1 / TOP] * TOP)):
        lines = min(1.4, row.height / unit)
        place, name, points = split(row, 2.5 * unit, 0.7, 0.3, gap=unit // 2)
        board.text(place, f"{number + 1}", lines, board.theme.muted, align=1.0)
        if number < len(scores):
            mine = scores[number].number == shown.number and shown.number
            colour = board.theme.accent if mine else None
            board.text(name, scores[number].name, lines, colour)
            board.text(points, str(scores[number].points), lines, colour, align=1.0)
    again, title = split(keys, 0.5, 0.5, gap=unit)
    board.button(again, "Play again", Go(shown.mode), "a")
    board.button(title, "Title", Do.ACCEPT, "return", chosen=True)

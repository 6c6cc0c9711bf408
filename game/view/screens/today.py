"""Today's six: the result of the day, the days before it, and the picture to show to others."""

from datetime import date

from game.core.events import Choose, Do
from game.core.language import mark, tr
from game.core.modes.review import Page
from game.core.modes.table import MODES
from game.core.modes.today import DayResult
from game.core.state import State
from game.core.values.mood import Feeling, Mood
from game.core.values.rounds import ROUNDS, Round
from game.core.values.settings import Settings
from game.core.wording import seconds
from game.view.creature import creature
from game.view.layout import REST, columns, rows, split, stack
from game.view.motion import MOTIONS
from game.view.scene import Rect, Scene
from game.view.screens import review
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion

CARD_SIDE = 1080
"""Width and height of the picture, in pixels."""

MONTHS = (
    *(mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June")),
    *(mark("July"), mark("August"), mark("September"), mark("October"), mark("November")),
    mark("December"),
)

HINTS = {
    False: mark("Choose a drawing to watch it again. Enter takes you back to the title"),
    True: mark("Press Enter for the six digits of the new day"),
}
HAND_HINT = mark("Read by the network that knows your hand. Choose a drawing to watch it again")


def scene(board: Board, state: State, screen: DayResult) -> None:
    """Add the result of the day, or one of its drawings, to the board."""
    if screen.page is Page.DRAWINGS:
        review.scene(board, state, screen)
        return
    line = board.line
    board.head(tr(MODES[screen.mode].title))
    left, right = board.halves(board.frame.body, (0.54, 0.46), (0.45, 0.55))
    _drawings(board, left, screen)
    cut, height = (columns, 2.6 * line) if right.width >= 16 * line else (rows, 4.8 * line)
    speech, words, days, buttons = stack(right, REST, 1.6 * line, 5 * line, height, gap=line)
    said, comes = stack(companion(board, state, speech), 0.55, 0.45, gap=line // 2)
    board.text(said, _result(screen), 1.4, align=0.5, valign=1.0)
    new, awaited = tr("Six new digits are here!"), tr("The next six come at midnight.")
    news = new if screen.is_over else awaited
    board.text(comes, news, 1.2, board.theme.muted, align=0.5, valign=0.0)
    board.text(words, tr("Days in a row: {count}", count=screen.days_in_a_row), 1.4)
    _row(board, screen, days)
    save, done = cut(buttons, 2, line // 2)
    board.button(save, tr("Save picture"), Do.SAVE, state.settings.key("save"))
    label = tr("The new six") if screen.is_over else tr("Done")
    board.button(done, label, Do.ACCEPT, "return", chosen=True)
    board.hint(tr(HAND_HINT if screen.knows_hand and not screen.is_over else HINTS[screen.is_over]))


def _result(screen: DayResult) -> str:
    """Return what the creature says of the day."""
    right = sum(played.right for played in screen.rounds)
    count, points = len(screen.rounds), screen.score
    if not screen.is_timed:
        return tr(
            "{right} of {count} guessed: {points} points!", right=right, count=count, points=points
        )
    return tr(
        "{right} of {count} guessed: {points} points in {time}!",
        right=right,
        count=count,
        points=points,
        time=seconds(screen.seconds_drawn),
    )


def _drawings(board: Board, place: Rect, screen: DayResult) -> None:
    """Add the drawings, with the time of each and whether it was guessed, but not what it is."""
    cells = review.cells_for(place, len(screen.rounds), 1, board.line // 2)
    for number, (played, cell) in enumerate(zip(screen.rounds, cells, strict=False)):
        time = seconds(played.seconds) if screen.is_timed and played.right else ""
        corner = board.card(cell, played.strokes, time, Choose(number))
        board.mark(corner, board.theme.paper, good=played.right)


def _row(board: Board, screen: DayResult, place: Rect) -> None:
    """Add a jar for each of the last days, as full of ink as digits were guessed."""
    cells = columns(place, len(screen.last_days), gap=max(2, board.line // 4))
    for (day, guessed), cell in zip(screen.last_days, cells, strict=True):
        upper, lower = stack(cell, REST, 1.4 * board.line)
        board.text(lower, str(day.day), 1.1, board.theme.muted, align=0.5)
        if guessed is None:
            dot = upper.inset(upper.width * 2 // 5, upper.height // 2 - upper.width // 10)
            board.fill(dot, board.theme.edge, dot.height // 2)
            continue
        jar = board.panel(upper).inset(max(2, board.line // 6))
        full = jar.height * guessed // ROUNDS
        ink = board.theme.accent if full == jar.height else board.theme.ink
        board.fill(jar._replace(y=jar.bottom - full, height=full), ink, board.line // 2)


def card(day: date, rounds: tuple[Round, ...], *, is_timed: bool) -> Scene:
    """Return the picture of a day: drawings, time and points, without saying which digits."""
    board = Board(State(settings=Settings(text="huge")), (CARD_SIDE, CARD_SIDE))
    line, theme = board.line, board.theme
    whole = Rect(0, 0, CARD_SIDE, CARD_SIDE).inset(2 * line)
    head, drawings, foot = stack(whole, 8 * line, REST, 3 * line, gap=line)
    words, right = split(head, REST, head.height, gap=line)
    name, title = stack(words, 0.6, 0.4)
    board.text(name, tr(MODES["title"].title), 4.6, theme.accent)
    board.text(title, tr("Today’s six, {date}", date=shown(day)), 1.8, theme.muted)
    mood = Mood.BEST_EVER if all(played.right for played in rounds) else Mood.DELIGHTED
    board.add(creature(right, theme, Feeling(mood, before=mood), MOTIONS[mood][0]))
    score = sum(one.points for one in rounds)
    result = DayResult(rounds=rounds, score=score, day=day, is_timed=is_timed)
    _drawings(board, drawings, result)
    words, read = stack(foot, 0.65, 0.35) if result.knows_hand else (foot, foot)
    board.text(words, _result(result), 2, align=0.5)
    if result.knows_hand:
        said = tr("Read by the network that knows this hand")
        board.text(read, said, 1.1, theme.muted, align=0.5)
    return board.scene()


def shown(day: date) -> str:
    """Return the date as it is written in a sentence."""
    month = tr(MONTHS[day.month - 1])
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)

"""Sums: the problem, the paper for its answer, and what was read there."""

import math

from game.core.events import Digit, Do
from game.core.language import mark, plural, tr
from game.core.modes.sketchpad import WIDTHS
from game.core.modes.sums.game import GAME_SECONDS, PROBLEMS, Phase, SumsGame
from game.core.state import State
from game.core.values.sketch import NUMBER_WIDTH
from game.core.wording import FIXED_SPACE
from game.view.layout import REST, centred, grid, split, stack, with_aspect
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.parts.sheet import net_line, paper

HINTS: dict[Phase | str, str] = {
    "start": mark("The clock starts with your first stroke"),
    "no clock": mark("Take your time: there is no clock"),
    Phase.WRITING: mark("A right answer is taken at once. If you think it’s right, press Enter"),
    Phase.ASKED: mark("Nothing is lost yet. You can also just write on"),
    Phase.RIGHT: mark("The next one follows at once"),
    Phase.WRONG: mark("Take your time to look at it. Press Enter to go on"),
    Phase.TIME_UP: mark("Press Enter to see all your answers"),
    "over": mark("Press Enter to see all your answers"),
}


def scene(board: Board, state: State, screen: SumsGame) -> None:
    """Add the game to the board."""
    runs = screen.plan.timed and (screen.rounds or screen.has_begun)
    if screen.phase is Phase.RIGHT or (
        screen.phase is Phase.WRITING and (runs or screen.is_right(state))
    ):
        board.next_frame = FRAME_SECONDS
    board.head(tr("Sums"))
    line = board.line
    head, problem, pad, panel = _parts(board)
    _progress(board, screen, head)
    size = min(problem.height / line, 7)
    align = 1.0 if board.frame.wide else 0.5  # it ends at the paper beside it, or is above it
    board.text(problem, f"{screen.problem.text}{FIXED_SPACE}=", size, align=align)
    invitation = tr("Write the answer here") if screen.phase is Phase.WRITING else ""
    paper(board, state, pad, WIDTHS[1], invitation)
    if screen.phase is Phase.WRONG and not state.sketch.strokes:
        board.text(pad, str(screen.problem.answer), size, board.theme.muted, align=0.5)
    elif screen.phase in {Phase.RIGHT, Phase.WRONG}:
        side = min(3 * line, pad.height // 3)
        spot = Rect(pad.right - side - line // 2, pad.y + line // 2, side, side)
        board.mark(spot, board.theme.paper, good=screen.phase is Phase.RIGHT)
    if board.frame.wide:
        speech, controls = split(panel, 0.45, 0.55, gap=line, mirrored=board.left_handed)
    else:
        controls, speech = stack(panel, 11 * line, REST, gap=line)
        speech = speech._replace(height=min(speech.height, 13 * line))
    _speech(board, state, screen, speech)
    _controls(board, state, screen, controls)
    board.hint(tr(HINTS[_situation(screen)]))


def _situation(screen: SumsGame) -> Phase | str:
    """Return the key of the hint."""
    if screen.phase is Phase.WRITING and not (screen.rounds or screen.has_begun):
        return "start" if screen.plan.timed else "no clock"
    ended = screen.phase in {Phase.RIGHT, Phase.WRONG} and screen.is_over
    return "over" if ended else screen.phase


def _parts(board: Board) -> tuple[Rect, Rect, Rect, Rect]:
    """Return places for the progress, the problem, the paper and the panel."""
    body, line = board.frame.body, board.line
    if board.frame.wide:
        height = min(body.width * 13 // 20 / NUMBER_WIDTH, body.height - 14 * line)
        head, upper, panel = stack(body, 1.8 * line, round(height), REST, gap=line)
        problem, pad = split(upper, REST, round(upper.height * NUMBER_WIDTH), gap=body.width // 60)
        return head, problem, pad.inset(line // 2), panel
    height = min(body.width / NUMBER_WIDTH, body.height * 0.3)
    head, problem, sheet_place, panel = stack(
        body, 1.8 * line, 4.5 * line, round(height), REST, gap=line * 2 // 3
    )
    return head, problem, with_aspect(sheet_place.inset(line // 2), NUMBER_WIDTH), panel


def _progress(board: Board, screen: SumsGame, place: Rect) -> None:
    """Add the time that is left or the number of the problem, and the score."""
    theme, left = board.theme, screen.seconds_left
    name, track, score = split(place, 0.36, 0.36, 0.28, gap=board.line // 2)
    board.text(score, plural("{count} point", "{count} points", screen.score), 1.3, align=1.0)
    track = centred(track, track.width, round(0.6 * board.line))
    if left is None:
        judged = screen.phase not in {Phase.WRITING, Phase.ASKED}
        number = len(screen.rounds) + (not judged)
        said = tr("Problem {number} of {count}", number=number, count=PROBLEMS)
        share = len(screen.rounds) / PROBLEMS
    else:
        said = plural("{count} second left", "{count} seconds left", math.ceil(left))
        share = left / GAME_SECONDS
    board.text(name, said, 1.3, theme.muted)
    board.fill(track, theme.edge, track.height // 2)
    board.fill(track._replace(width=round(track.width * share)), theme.accent, track.height // 2)


def _speech(board: Board, state: State, screen: SumsGame, place: Rect) -> None:
    """Add the creature with what it says and, in large, the answer: as it was read or as it is."""
    words = companion(board, state, place)
    judged = screen.phase in {Phase.RIGHT, Phase.WRONG}
    figure = str(screen.problem.answer) if judged else screen.answer(state)
    if screen.phase is Phase.TIME_UP:
        figure = ""
    colour = board.theme.good if judged else board.theme.accent
    if figure:
        large, words = stack(words, 0.5, 0.5)
        board.text(large, figure, large.height * 1.1 / board.line, colour, align=0.5)
    board.text(words, message(state, screen), 1.3, align=0.5)


def message(state: State, screen: SumsGame) -> str:
    """Return what the creature says."""
    answer, problem = screen.answer(state), screen.problem
    match screen.phase:
        case Phase.ASKED:
            return tr("I read {number}. Is that your answer?", number=answer)
        case Phase.RIGHT:
            points = screen.rounds[-1].points
            return plural("Right! {count} point.", "Right! {count} points.", points)
        case Phase.WRONG if screen.rounds[-1].guess is None:
            return tr("{equation}. I’ll ask it again soon.", equation=problem.equation)
        case Phase.WRONG:
            return tr(
                "You wrote {number}. {equation}. I’ll ask it again soon.",
                number=screen.rounds[-1].guess,
                equation=problem.equation,
            )
        case Phase.TIME_UP:
            return plural(
                "Time is up. You solved {count} problem!",
                "Time is up. You solved {count} problems!",
                screen.right_count,
            )
    if waking := net_line(state):
        return waking
    if not state.sketch.strokes:
        return tr("How much is {problem}?", problem=problem.text)
    if state.sketch.pen_down or not state.number_is_read:
        return tr("I am watching …")
    if not answer:
        return tr("I can’t read that yet. Write on, or press Clear to begin again.")
    if screen.is_right(state):
        return tr("That’s what I read.")
    return tr("That’s what I read. If it’s your answer, press Done.")


def _controls(board: Board, state: State, screen: SumsGame, place: Rect) -> None:
    """Add the digits, to correct a misread one, and the buttons."""
    line, gap = board.line, board.line // 2
    caption, keys, buttons = stack(place, 1.4 * line, REST, 2.4 * line, gap=gap)
    if screen.phase not in {Phase.WRITING, Phase.ASKED}:
        over = screen.is_over or screen.phase is Phase.TIME_UP
        label = tr("See your answers") if over else tr("Next")
        board.button(buttons, label, Do.ACCEPT, "return", chosen=True)
        return
    answer = screen.answer(state)
    if answer and not state.sketch.pen_down:
        board.text(caption, tr("Did I misread a digit? Press the one you wrote:"))
        down = 2 if keys.height >= 5 * line else 1
        place = keys._replace(height=min(keys.height, 3 * down * line))
        for digit, cell in enumerate(grid(place, 10 // down, down, line // 3)):
            board.button(cell, str(digit), Digit(digit))
    if screen.phase is Phase.ASKED:
        again, yes = split(buttons, 0.5, 0.5, gap=gap)
        key = state.settings.key("clear")
        board.button(again, tr("Write it again"), Do.CLEAR, key)
        board.button(yes, tr("Yes, it’s {number}", number=answer), Do.ACCEPT, "return", chosen=True)
        return
    *cells, show, done = split(buttons, 0.2, 0.2, 0.32, 0.28, gap=gap)
    board.commands(cells, "undo", "clear")
    board.button(show, tr("Show me"), Do.SKIP, state.settings.key("skip"))
    board.button(done, tr("Done"), Do.ACCEPT, "return", chosen=bool(answer))

"""The sketchpad: the pad, its tools and what the network reads."""

import math
from dataclasses import replace
from itertools import chain, pairwise

from game.core.events import Digit
from game.core.language import mark, tr, with_article
from game.core.modes.sketchpad import ANOTHER, WIDTHS, Pad, said_of_label
from game.core.state import Net, State
from game.core.values.mood import SURE
from game.core.values.readings import BLANK, FRAME_SIDE, Reading
from game.core.values.sketch import Stroke, Strokes, bounds
from game.core.wording import UNREADABLE, i_see, percent
from game.view.layout import REST, columns, rows, split, stack
from game.view.motion import eased
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.parts import sheet
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.sketchpad.number import found_digits, number_read, number_sheet
from mnist_jax.ink.frame import FRAME_PIXELS, INK_BOX_PIXELS, PEN_RADIUS_PIXELS

WHICH, IF_ANY = mark("Which digit is it?"), mark("If it were a digit, which one?")
"""The question that the probabilities answer; they add up to 100 % even if it is not a digit."""

CAPTION = mark(
    "What the network sees: your digit in 28×28 pixels. It looks five times, a little slanted, "
    "and takes the mean"
)
HINT = mark("Draw with the mouse or the arrow keys. Press a digit’s key or bar to say what it was.")
LEAST_ROW = 15
"""Height in pixels from which the row of a digit can be pressed, to say what was drawn."""

SECONDS = 0.6
"""Time in which the drawing moves into the network's frame."""

LINES_PIXELS = INK_BOX_PIXELS - 2 * PEN_RADIUS_PIXELS
"""Longer side of the lines in the frame, without the width of the pen."""

POINTS = 100
"""Points of a stroke that are enough in such a small picture."""


def scene(board: Board, state: State, screen: Pad) -> None:
    """Add the sketchpad to the board."""
    if state.photo and sheet.ink_share(state) < 1:
        state = replace(state, reading=None, number=None)
    sheet.tabs(board, state)
    add_sheet = number_sheet if state.shows_number else _digit_sheet
    add_sheet(board, state, screen)


def _digit_sheet(board: Board, state: State, screen: Pad) -> None:
    """Add the sheet for a digit and its panel; a photo on it may hold a number."""
    (pad, panel), line, wide = board.stage(), board.line, board.frame.wide
    said = sheet.invitation(state, screen, tr("Draw a digit"))
    sheet.paper(board, state, pad, WIDTHS[screen.width], said)
    board.hint(tr(sheet.PHOTO_HINT if state.photo else HINT))
    if wide:
        height = min(7.5 * line, panel.height * 28 // 100)
        foot = min(4.5 * line, panel.height // 7)
        head, bars, low, buttons = stack(panel, height, REST, foot, 6.2 * line, gap=line)
    else:
        upper, buttons = stack(panel, REST, 4 * line, gap=line)
        left, bars = split(upper, 0.5, 0.5, gap=2 * line)
        head, low = stack(left, 0.5, 0.5, gap=line)
    sheet.tools(board, state, screen, buttons, *((3, 3) if wide else (5, 2)))
    if state.number and not state.reading:
        number_read(board, state, panel._replace(height=buttons.y - line - panel.y), pad)
        return
    words = companion(board, state, head)
    sheet.show_verdict(
        board, sheet.verdict_while_drawing(state, verdict(state)), words, words.height * 3 // 4, 2
    )
    _read(board, state, bars)
    image, caption = split(low, min(low.height, low.width // 2), REST, gap=line)
    _network_input(board, state, image._replace(height=image.width), caption.inset(0, -line // 2))
    if state.number:
        found_digits(board, state.number, pad, on_photo=state.photo is not None)


def verdict(state: State) -> sheet.Verdict:
    """Return what the network says of the digit."""
    reading = state.reading
    if said := sheet.waiting(state):
        return said
    if reading is None:
        return "?", tr("Your turn"), tr("Draw a digit from 0 to 9")
    if answer := said_of_label(state):
        first, second = answer
        return state.word, first, second
    if not reading.is_digit:
        share = percent(1 - reading.digit_probability)
        return UNREADABLE, tr("That’s not a digit"), tr("{percent} sure of that", percent=share)
    digit = reading.digit
    if reading.confidence < SURE:
        perhaps = with_article("Perhaps a {digit}", digit)
        return f"{digit}?", tr("Not sure"), perhaps
    return str(digit), i_see(digit), tr(ANOTHER)


def _read(board: Board, state: State, place: Rect) -> None:
    """Add the probabilities, in two columns if one is too low, or why there is no network.

    For a drawing that is not a digit, no bar has the colour of an answer.
    """
    if state.net is Net.FAILED:
        board.text(place, state.net_error, 1.2, board.theme.bad)
        return
    reading = state.reading or Reading((0.0,) * 10, BLANK)
    is_digit = reading.is_digit
    if place.height > 9 * board.line:
        question, place = stack(place, 1.2 * board.line, REST, gap=board.line // 4)
        board.text(question, tr(WHICH if is_digit else IF_ANY), 1, board.theme.muted)
    halves = 2 if place.height < max(7.5 * board.line, 10 * LEAST_ROW) else 1
    cells = [rows(column, 10 // halves) for column in columns(place, halves, board.line)]
    for digit, row in enumerate(chain.from_iterable(cells)):
        best = state.reading is not None and is_digit and digit == reading.digit
        pressable = state.sketch.strokes and row.height >= LEAST_ROW
        if pressable and board.target(row, Digit(digit)):
            board.outline(row, board.theme.ink)
        bar(board, row, str(digit), reading.probabilities[digit], best=best)


def bar(
    board: Board, row: Rect, label: str, probability: float, *, best: bool, largest: float = 1.25
) -> None:
    """Add a probability as a bar and in percent, after its label; `largest` limits the text."""
    theme, line = board.theme, board.line
    lines = min(row.height / line, largest)
    thick = max(4, round(line * 0.6 * min(lines, 1.0)))
    name, track, number = split(row, line, REST, 3.2 * line, gap=line // 2)
    board.text(name, label, lines, align=0.5)
    if track.width >= line:
        track = Rect(track.x, row.y + (row.height - thick) // 2, track.width, thick)
        filled = track._replace(width=round(track.width * probability))
        board.fill(track, theme.edge, thick // 2)
        board.fill(filled, theme.accent if best else theme.quiet, thick // 2)
    board.text(number, percent(probability), lines, theme.ink if best else theme.muted, align=1.0)


def _network_input(board: Board, state: State, image: Rect, caption: Rect) -> None:
    """Add the 28x28 pixels; after a stroke the drawing moves into them."""
    theme, moved = board.theme, _moving(state)
    board.picture(image, state.reading.image if state.reading else BLANK)
    if moved:
        board.next_frame = FRAME_SECONDS
    over = image if moved else image._replace(width=0, height=0)
    radius = image.width * 0.9 / FRAME_SIDE
    board.ink(over, moved, radius, colour=theme.light, paper=theme.night)
    board.text(caption, tr(CAPTION), 1, theme.muted)


def _moving(state: State) -> Strokes:
    strokes = state.sketch.strokes
    still = state.settings.reduced_motion or state.sketch.pen_down or not state.reading
    if still or not 0 < len(strokes) <= 12:  # more would take too long
        return ()
    share = (state.now - strokes[-1][-1][2]) / SECONDS
    return into_frame(strokes, share) if 0 <= share < 1 else ()


def frame_on_pad(strokes: Strokes) -> tuple[float, float, float]:
    """Return the left, top and side of the frame around the strokes, in units of the pad."""
    x, y, scale = _place(_fewer_points(strokes))
    return x - 0.5 / scale, y - 0.5 / scale, 1 / scale


def into_frame(strokes: Strokes, progress: float) -> Strokes:
    """Return the strokes on their way from the pad, at 0, into the network's frame, at 1.

    At 1 the longer side fills the box, and the ink's centre of mass is in the middle.
    """
    strokes = _fewer_points(strokes)
    x, y, scale = _place(strokes)
    share = eased(progress, 1.0)
    zoom = 1 + share * (min(scale, 20.0) - 1)  # a dot stays small
    goal_x, goal_y = x + share * (0.5 - x), y + share * (0.5 - y)
    return tuple(
        tuple(
            (goal_x + (right - x) * zoom, goal_y + (down - y) * zoom, then)
            for right, down, then in stroke
        )
        for stroke in strokes
    )


def _fewer_points(strokes: Strokes) -> tuple[Stroke, ...]:
    """Return at most about `POINTS` points of each stroke, including both ends."""
    return tuple((*stroke[: -1 : len(stroke) // POINTS + 1], stroke[-1]) for stroke in strokes)


def _place(strokes: Strokes) -> tuple[float, float, float]:
    """Return the ink's centre of mass, and the factor by which the frame scales the strokes."""
    lines = [ends for stroke in strokes for ends in pairwise((stroke[0], *stroke))]
    masses = [math.dist(begin[:2], end[:2]) + 1e-6 for begin, end in lines]
    x, y = (
        math.fsum(
            mass * (begin[axis] + end[axis]) / 2
            for mass, (begin, end) in zip(masses, lines, strict=True)
        )
        / math.fsum(masses)
        for axis in (0, 1)
    )
    left, top, right, bottom = bounds(strokes)
    return x, y, LINES_PIXELS / FRAME_PIXELS / max(right - left, bottom - top, 1e-6)

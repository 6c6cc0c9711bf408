"""The pad, and beside it what the network reads on it."""

from typing import NamedTuple

from game.events import Reading
from game.layout import PadLayout, Size, pad_layout, rows
from game.scene import Fill, Ink, Item, Pixels, Rect, Scene, Text
from game.state import Net, State
from game.theme import Theme

PEN_RADIUS = 0.016
"""Of the pen, in units of the pad."""

SURE = 0.6
"""Probability from which the network's guess is said without doubt."""

HINTS = "Draw with the left button    Undo  U    Clear  C or right button    Quit  Esc"
CAPTION = "What the net sees: your digit, cropped, scaled and centred in 28 × 28 pixels"
BLANK = bytes(28 * 28)


def sketchpad(state: State, size: Size, theme: Theme) -> Scene:
    """The sketchpad in a window of the size."""
    layout = pad_layout(size)
    items = (
        Fill(Rect(0, 0, *size), theme.desk),
        *_pad(state, layout, theme),
        *_guess(state, layout, theme),
        *_bars(state.reading, layout, theme),
        *_image(state.reading, layout, theme),
        Text(layout.hints, HINTS, theme.muted, layout.unit),
    )
    return Scene(theme, items, pad=layout.pad)


def _pad(state: State, layout: PadLayout, theme: Theme) -> list[Item]:
    pad, line = layout.pad, layout.unit
    sheet = pad.inset(-line // 2)
    invitation = "" if state.sketch.strokes else "Draw a digit"
    return [
        Fill(Rect(sheet.x, sheet.y + line // 4, sheet.width, sheet.height), theme.edge, line),
        Fill(sheet, theme.paper, line),
        Ink(
            pad,
            state.sketch.strokes,
            state.sketch.pen_down,
            PEN_RADIUS * pad.width,
            theme.ink,
            theme.paper,
        ),
        Text(
            Rect(pad.x, pad.y + pad.height // 2 - line, pad.width, 2 * line),
            invitation,
            theme.muted,
            3 * line // 2,
            0.5,
        ),
    ]


def verdict(state: State) -> tuple[str, str, str]:
    """The guess as one sign, as a line, and a second line of less weight."""
    reading = state.reading
    if state.net is Net.FAILED:
        return "!", "The network is missing", state.net_error
    if state.net is Net.LOADING:
        return "…", "Waking up", "Draw, I will read it in a moment"
    if reading is None:
        return "?", "Nothing there yet", "Draw a digit from 0 to 9"
    if not reading.is_digit:
        return "–", "That is no digit", f"It looks most like a {reading.digit}"
    if reading.confidence < SURE:
        return f"{reading.digit}?", "Not sure", f"Perhaps a {reading.digit}"
    return str(reading.digit), f"I see a {reading.digit}", "Clear the pad and draw another"


def _guess(state: State, layout: PadLayout, theme: Theme) -> list[Item]:
    sign, line, second = verdict(state)
    place, unit = layout.verdict, layout.unit
    middle = place.y + place.height * 3 // 5
    colour = theme.accent if state.reading else theme.muted
    upper = Rect(place.x, place.y, place.width, middle - place.y)
    lower = Rect(place.x, middle, place.width, place.bottom - middle)
    return [
        Text(layout.sign, sign, colour, layout.sign.height * 4 // 3, 0.5),
        Text(upper, line, theme.ink, 2 * unit, sink=1.0),
        Text(lower, second, theme.muted, unit, sink=0.0),
    ]


def _bars(reading: Reading | None, layout: PadLayout, theme: Theme) -> list[Item]:
    probabilities = reading.probabilities if reading else (0.0,) * 10
    best = reading.digit if reading else None
    items: list[Item] = []
    for digit, row in enumerate(rows(layout.bars, 10)):
        bar = Bar(row, digit, probabilities[digit], best=digit == best)
        items += _bar(bar, layout.unit, theme)
    return items


class Bar(NamedTuple):
    """One digit's probability, in a row of the screen."""

    row: Rect
    digit: int
    probability: float
    best: bool


def _bar(bar: Bar, unit: int, theme: Theme) -> list[Item]:
    row, digit, probability, strong = bar
    height = min(row.height, unit * 5 // 4)
    thick = max(4, unit * 3 // 5)
    track = Rect(row.x + 2 * unit, row.y + (row.height - thick) // 2, row.width - 6 * unit, thick)
    colour = theme.accent if strong else theme.quiet
    filled = Rect(track.x, track.y, round(track.width * probability), thick)
    return [
        Text(Rect(row.x, row.y, unit, row.height), str(digit), theme.ink, height, 0.5),
        Fill(track, theme.edge, thick // 2),
        Fill(filled, colour, thick // 2),
        Text(
            Rect(track.right, row.y, row.right - track.right, row.height),
            f"{probability:.0%}".replace("%", " %"),
            theme.ink if strong else theme.muted,
            height,
            1.0,
        ),
    ]


def _image(reading: Reading | None, layout: PadLayout, theme: Theme) -> list[Item]:
    return [
        Pixels(layout.image, reading.image if reading else BLANK, theme.night, theme.light),
        Text(layout.caption, CAPTION, theme.muted, layout.unit),
    ]

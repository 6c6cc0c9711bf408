"""The colour schemes of the game; a test checks that their contrasts pass WCAG AA."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """One colour scheme. Ink is darker than paper in all three channels, or lighter in all."""

    desk: Colour
    """The background."""
    paper: Colour
    """The pad and the buttons."""
    edge: Colour
    """Around the paper, and the empty part of bars."""
    ink: Colour
    """Strokes and text."""
    muted: Colour
    """Secondary text."""
    quiet: Colour
    """Bars of all digits but the best."""
    accent: Colour
    """The guess and the main button."""
    on_accent: Colour
    """Text on the accent."""
    good: Colour
    """Right; always shown with a tick."""
    bad: Colour
    """Wrong; always shown with a cross."""
    night: Colour
    """Paper in the image that the network sees."""
    light: Colour
    """Ink in the image that the network sees."""
    players: tuple[Colour, Colour]
    """Ink of two players; always shown with a disc and a square."""
    outlined: bool = False
    """Whether panels and buttons have an edge: their colour is almost that of the desk."""


THEMES = {
    "normal": Theme(
        desk=(243, 237, 226),
        paper=(255, 253, 248),
        edge=(222, 212, 195),
        ink=(30, 39, 73),
        muted=(98, 91, 82),
        quiet=(132, 143, 173),
        accent=(190, 52, 28),
        on_accent=(255, 253, 248),
        good=(22, 112, 76),
        bad=(168, 38, 66),
        night=(30, 39, 73),
        light=(255, 248, 234),
        players=((24, 92, 172), (168, 78, 0)),
    ),
    "high contrast": Theme(
        desk=(0, 0, 0),
        paper=(14, 14, 14),
        edge=(112, 112, 112),
        ink=(255, 255, 255),
        muted=(224, 224, 224),
        quiet=(190, 190, 190),
        accent=(255, 214, 40),
        on_accent=(0, 0, 0),
        good=(110, 231, 120),
        bad=(255, 140, 140),
        night=(0, 0, 0),
        light=(255, 255, 255),
        players=((130, 205, 255), (255, 170, 220)),
        outlined=True,
    ),
    "colour-blind safe": Theme(
        desk=(236, 240, 244),
        paper=(255, 255, 255),
        edge=(205, 213, 222),
        ink=(16, 32, 56),
        muted=(80, 90, 104),
        quiet=(134, 150, 170),
        accent=(0, 95, 160),
        on_accent=(255, 255, 255),
        good=(0, 95, 160),
        bad=(160, 72, 0),
        night=(16, 32, 56),
        light=(255, 255, 255),
        players=((0, 106, 92), (140, 44, 124)),
    ),
}
"""Colour schemes by their name in the settings."""

NORMAL = THEMES["normal"]


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return a mix of two colours; at 0 it is the first."""
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(one, other, strict=True))
    return red, green, blue

"""The colours of the game."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """One colour scheme. Ink is darker than paper in all three channels, or lighter in all."""

    desk: Colour
    """Behind everything."""
    paper: Colour
    """The pad and the buttons."""
    edge: Colour
    """Around the paper, and the empty part of bars."""
    ink: Colour
    """Strokes and text."""
    muted: Colour
    """Text of less weight."""
    quiet: Colour
    """Bars of the digits that are not the best."""
    accent: Colour
    """The guess, and what to do next."""
    night: Colour
    """Paper in the picture that the network sees."""
    light: Colour
    """Ink in the picture that the network sees."""


NORMAL = Theme(
    desk=(243, 237, 226),
    paper=(255, 253, 248),
    edge=(222, 212, 195),
    ink=(30, 39, 73),
    muted=(98, 91, 82),
    quiet=(132, 143, 173),
    accent=(190, 52, 28),
    night=(30, 39, 73),
    light=(255, 248, 234),
)

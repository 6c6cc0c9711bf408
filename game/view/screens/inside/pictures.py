"""The places of 28x28 pictures on a card."""

from game.view.layout import split, square
from game.view.scene import Rect
from game.view.screens.board import FRAME_SIDE

PICTURE_SHARE = 0.45
"""Largest width of a picture, in widths of its card."""


NARROW = 9
"""Width in lines below which a card has no room for a picture."""


def picture_and_words(place: Rect, gap: int) -> tuple[Rect, Rect]:
    """Return the places of a picture and of the words beside it."""
    side = min(place.height, round(place.width * PICTURE_SHARE))
    picture, words = split(place, side, 0.999, gap=gap)
    return crisp(square(picture, valign=0.0)), words


def crisp(place: Rect) -> Rect:
    """Return the square, a little smaller so that all pixels of an image are of one size."""
    side = max(place.width - place.width % FRAME_SIDE, min(place.width, 2 * FRAME_SIDE))
    return Rect(place.x, place.y, side, side)

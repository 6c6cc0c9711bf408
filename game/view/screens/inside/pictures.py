"""The 28x28 pictures on a card, and their places."""

from game.core.values.readings import FRAME_SIDE
from game.view.scene import Rect
from game.view.screens.board import Board

NARROW = 9
"""Width in lines below which a card has no room for a picture."""


def picture_and_words(board: Board, place: Rect) -> tuple[Rect | None, Rect]:
    """Return the places of a picture and of the words beside it, or None and all for the words."""
    if place.width < NARROW * board.line:
        return None, place
    side = min(place.height, round(place.width * 0.45))
    picture = crisp(Rect(place.x, place.y, side, side))
    left = picture.right + board.line
    return picture, Rect(left, place.y, place.right - left, place.height)


def crisp(place: Rect) -> Rect:
    """Return the square, a little smaller so that all pixels of an image are of one size."""
    side = max(place.width - place.width % FRAME_SIDE, min(place.width, 2 * FRAME_SIDE))
    return Rect(place.x, place.y, side, side)


def signed_picture(board: Board, place: Rect, image: bytes, values: bytes) -> None:
    """Add a signed image over the pale drawing, with a border, as both may be nearly empty."""
    board.picture(place, image, colours=(board.theme.paper, board.theme.edge))
    board.signed(place, values)
    board.outline(place.inset(-1), board.theme.edge)

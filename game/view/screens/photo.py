"""A photo on the pad: first as it is, then with the ink that was found laid over it."""

from game.core.state import State
from game.core.values.readings import Box, Photo
from game.view.scene import FRAME_SECONDS, Photograph, Rect
from game.view.screens.board import Board

LOOK_SECONDS, FADE_SECONDS = 0.5, 0.5
"""How long the photo is shown as it is, and how long the ink takes to appear."""

SECONDS = LOOK_SECONDS + FADE_SECONDS
HINT = "In colour: what was taken for ink. Draw, or press Clear, to put the photo away."
LOOKING = "…", "Looking at the photo", "What is taken for ink will be in colour"
"""The verdict until the photo is read: a symbol, a line and a smaller second line."""

STEPS = 12
"""Steps in which the ink appears."""


def ink_share(state: State) -> float:
    """Return how far the ink of the photo has appeared, from 0 to 1."""
    if state.settings.reduced_motion:
        return 1.0
    share = (state.now - state.photo_at - LOOK_SECONDS) / FADE_SECONDS
    return round(STEPS * min(max(share, 0.0), 1.0)) / STEPS


def photo_on(board: Board, state: State, photo: Photo, pad: Rect) -> None:
    """Add the photo in its place on the pad."""
    place = on_pad(photo.place, pad)
    place = place._replace(width=max(1, place.width), height=max(1, place.height))
    theme, share = board.theme, ink_share(state)
    if share < 1:
        board.next_frame = FRAME_SECONDS
    board.add(Photograph(place.within(pad), photo, share, theme.accent, theme.paper))


def on_pad(box: Box, pad: Rect) -> Rect:
    """Return a box in units of the pad in pixels of the window."""
    left, top, right, bottom = (round(edge * pad.height) for edge in box)
    return Rect(pad.x + left, pad.y + top, right - left, bottom - top)

"""The creature on a screen: where it stands, what it looks at and what it says."""

from itertools import chain

from game.core.state import State
from game.core.values.settings import PACE
from game.core.values.sketch import Strokes
from game.view.creature import creature, gaze_at
from game.view.layout import REST, split, square, stack
from game.view.motion import age, eased, next_change
from game.view.scene import FRAME_SECONDS, Figure, Place, Polygon, Rect
from game.view.screens.parts.board import Board

BROADEST, LEAST = 0.42, 0.25
"""Largest and smallest share of the width that the creature takes beside its speech bubble."""

LINGER_SECONDS, TURN_SECONDS = 0.5, 0.4
"""How long it looks at where the pen was lifted, and how long it takes to turn its eyes."""

Look = tuple[Place, float]
"""A place in the window, and how much the creature looks there, from 0 to 1."""


def companion(
    board: Board, state: State, place: Rect, look: Look | None = None, *, share: float = BROADEST
) -> Rect:
    """Add the creature and its speech bubble, and return the room for what it says.

    The bubble is beside the creature, or above it in a place that is higher than wide.

    Args:
        board: where they are added.
        state: the state, with the creature's mood.
        place: where both have to fit.
        look: what it looks at; by default the pen.
        share: largest share of the width for the creature, if it is beside the bubble.
    """
    gap = max(8, board.line * 3 // 4)
    if place.height > 1.25 * place.width:
        side = min(place.width, place.height * 3 // 5)
        above, below = stack(place, REST, side, gap=gap)
        height = min(above.height, 6 * board.line)
        bubble = above._replace(y=above.bottom - height, height=height)
    else:
        least, room = place.width * LEAST, place.width - 10 * board.line
        side = round(min(place.height, place.width * share, max(least, room)))
        below, bubble = split(place, side, REST, gap=gap)
    return speaking(board, state, below, bubble, look)


def speaking(
    board: Board, state: State, place: Rect, bubble: Rect, look: Look | None = None
) -> Rect:
    """Add the creature at the bottom of a place, and its bubble above it or to its right.

    Return the room for what it says.
    """
    spot, gap = stand(board, state, place, look), max(8, board.line * 3 // 4)
    inside = board.panel(bubble).inset(
        min(board.line * 2 // 3, bubble.width // 16), min(board.line // 4, bubble.height // 16)
    )
    if bubble.bottom <= spot.y:
        tail = Rect(spot.x + spot.width * 2 // 3, bubble.bottom, gap, gap)
        corners = ((0.0, 0.0), (1.0, 0.0), (0.1, 1.0))
    else:
        mouth = min(spot.y + spot.height * 5 // 8, bubble.bottom - 2 * gap)
        tail = Rect(bubble.x - gap, max(mouth, bubble.y + gap), gap, gap)
        corners = ((1.0, 0.0), (0.0, 0.8), (1.0, 1.0))
    tail = tail._replace(height=tail.height + board.drop)
    share = board.drop / tail.height
    lowered = tuple((x, share + (1 - share) * y) for x, y in corners)
    raised = tuple((x, (1 - share) * y) for x, y in corners)
    shapes = Polygon(lowered, board.theme.edge), Polygon(raised, board.theme.paper)
    board.add(Figure(tail, shapes))
    return inside


def stand(board: Board, state: State, place: Rect, look: Look | None = None) -> Rect:
    """Add the creature at the bottom of a place, and return its square.

    By default it looks at the pen.
    """
    spot = square(place)
    spot = spot._replace(y=place.bottom - spot.height)
    calm = state.settings.reduced_motion
    pace = 1.0 if calm else PACE[state.settings.timer]
    t = pace * age(state.feeling, state.now, reduced_motion=calm)
    (goal, attention) = look or look_at_pen(board, state)
    if 0 < attention < 1:
        board.next_frame = FRAME_SECONDS
    coming = next_change(state.feeling, t, reduced_motion=calm)
    board.next_frame = min(board.next_frame, coming / pace)
    gaze = gaze_at(spot, goal, attention)
    board.add(creature(spot, board.theme, state.feeling, t, gaze, calm=calm))
    return spot


def look_at_pen(board: Board, state: State) -> Look:
    """Return where the pen is or was lifted, and how much the creature looks there."""
    strokes, pad = state.sketch.strokes, board.pad
    if not strokes or pad is None or not strokes[-1]:
        return (0.0, 0.0), 0.0
    (x, y, then), now, down = strokes[-1][-1], state.now, state.sketch.pen_down
    turned = 1.0 if down else 1 - eased(now - then - LINGER_SECONDS, TURN_SECONDS)
    turned *= eased(now - strokes[-1][0][2], TURN_SECONDS / 2)
    attention = float(down) if state.settings.reduced_motion else turned
    return (pad.x + x * pad.height, pad.y + y * pad.height), attention


def end_of(strokes: Strokes, paper: Rect) -> Look:
    """Return where the latest stroke on a paper ends, for the creature to look at."""
    x, y, _ = max(chain.from_iterable(strokes), key=lambda point: point[2], default=(0.5, 0.5, 0.0))
    return (paper.x + x * paper.height, paper.y + y * paper.height), 1.0

"""Parts of the screens of "Write it": stars, and models to look at."""

import math

from game.core.language import tr
from game.core.state import Net, State
from game.core.values.records import MOST_STARS
from game.core.values.sketch import Strokes
from game.view.layout import centred, columns, square
from game.view.scene import Curve, Figure, Place, Polygon, Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.sheet import net_line

POINTS, DEEP = 5, 0.45
"""Points of a star, and how far its inner corners are from its middle; the outer ones are 1."""


def corners() -> tuple[Place, ...]:
    """Return the corners of a star in the unit square."""
    turns = [math.pi * (corner / POINTS - 0.5) for corner in range(2 * POINTS)]
    far = [DEEP if corner % 2 else 1.0 for corner in range(2 * POINTS)]
    return tuple(
        (0.5 + 0.46 * out * math.cos(turn), 0.53 + 0.46 * out * math.sin(turn))
        for turn, out in zip(turns, far, strict=True)
    )


def stars(board: Board, place: Rect, count: int, swelling: float = 0.0) -> None:
    """Add `count` stars, and outlines of the missing ones.

    The last star is larger by the share `swelling` of its width.
    """
    side = min(place.height, place.width // MOST_STARS)
    row = centred(place, MOST_STARS * side, side)
    for number, cell in enumerate(columns(row, MOST_STARS)):
        shape = corners()
        outline = Curve((*shape, shape[0]), board.theme.quiet, max(1.0, side / 30))
        star = Polygon(shape, board.theme.accent) if number < count else outline
        swollen = side * swelling / 2 if number == count - 1 else 0
        board.add(Figure(square(cell).inset(round(side / 12 - swollen)), (star,)))


def small_model(board: Board, place: Rect, strokes: Strokes) -> None:
    """Add a model in the largest square of a place."""
    spot = square(place)
    board.ink(spot, strokes, max(1.0, 0.04 * spot.height))


def network_line(state: State) -> str:
    """Return why no digit can be shown yet, in a sentence; "" once the network is ready."""
    if state.net is Net.FAILED:
        return tr("There’s no network, so I can’t show you any digit. The title says why.")
    return net_line(state)

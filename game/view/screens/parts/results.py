"""Results in the games: drawings, cards and points that fly, the flame of a streak, fireworks."""

import math

from game.core.modes.guessing_game import COUNT_SECONDS, LANDED_SECONDS, GuessingGame, Phase
from game.core.state import State
from game.core.values.rounds import Round
from game.view.layout import centred
from game.view.motion import flown
from game.view.scene import Figure, Fill, Item, Polygon, Rect, Shape
from game.view.screens.parts.board import Board
from game.view.theme import Theme, mix

SHRINK_SECONDS = 0.45
"""How long a finished drawing shrinks into its place in the row."""

DEAL_SECONDS = 0.3
"""How long a card is dealt."""

RISE_SECONDS = 0.25
"""How long the score counts up once the points have reached it."""

SETTLED_SECONDS = LANDED_SECONDS + RISE_SECONDS
"""Seconds after which nothing in a result moves any more."""

FLAME = (
    *((0.0, 1.0), (0.24, 0.96), (0.36, 0.8), (0.35, 0.6)),
    *((0.24, 0.4), (0.13, 0.22), (0.05, 0.08)),
)
"""The right half of a flame from the bottom up; its tip is at (0, 0)."""

BRIGHTEST = 5
"""Length of a streak from which its flame grows no further."""

BURSTS, BURST_EVERY, BURST_SECONDS, DROPS = 7, 0.6, 1.6, 22
"""How many fireworks, the time from one to the next and that of each, and the drops of each."""

FIREWORK_SECONDS = (BURSTS - 1) * BURST_EVERY + BURST_SECONDS


def spots(place: Rect, count: int, least: int) -> list[Rect]:
    """Return `count` squares in a row, small enough that `least` of them would fit."""
    side = min(place.height, place.width * 4 // 5 // max(count, least))
    return [
        Rect(place.x + number * side * 5 // 4, place.y + (place.height - side) // 2, side, side)
        for number in range(count)
    ]


def drawings(board: Board, places: list[Rect], played: tuple[Round, ...]) -> None:
    """Add a row: the drawings so far, each with its mark, and a dot for each of the others."""
    for number, spot in enumerate(places):
        if number >= len(played):
            dot = spot.inset(spot.width // 3)
            board.fill(dot, board.theme.muted, dot.width // 2)
            continue
        if spot.width < 1.6 * board.line:
            board.mark(spot, board.theme.desk, good=played[number].right)
            continue
        side = spot.width // 2
        small(board, spot, played[number])
        corner = Rect(spot.right - side * 2 // 3, spot.bottom - side * 2 // 3, side, side)
        board.mark(corner.within(spot), board.theme.paper, good=played[number].right)


def small(board: Board, spot: Rect, played: Round) -> None:
    """Add a drawing on a piece of paper."""
    corner = min(spot.width // 8, board.line * 3 // 4)
    board.fill(spot, board.theme.edge, corner)
    inner = spot.inset(max(1, board.line // 10))
    board.fill(inner, board.theme.paper, corner)
    sheet = inner.inset(max(1, min(spot.width // 16, board.line // 2)))
    board.ink(sheet, played.strokes, max(1.0, sheet.width * 0.03))


def arrived(board: Board, screen: GuessingGame) -> tuple[Round, ...]:
    """Return the rounds whose drawings are in their places: all but one that is still moving."""
    is_new = screen.phase is Phase.RESULT and screen.rounds[-1].strokes
    flies = is_new and board.progress(screen.waited, SHRINK_SECONDS) < 1
    return screen.rounds[:-1] if flies else screen.rounds


def shrinking(board: Board, screen: GuessingGame, pad: Rect, spot: Rect) -> None:
    """Add the drawing of the last round on its way to its place; a missed one hops there."""
    if len(arrived(board, screen)) < len(screen.rounds):
        share, played = board.progress(screen.waited, SHRINK_SECONDS), screen.rounds[-1]
        arc = 0.12 if played.right else 0.1 * math.sin(3 * math.pi * share)
        small(board, flown(pad, spot, share, arc), played)


def dealt(board: Board, seconds: float, deck: Rect, place: Rect) -> Rect:
    """Return where a card is that is dealt from a deck."""
    small_card = centred(deck, place.width * 2 // 5, place.height * 2 // 5)
    return flown(small_card, place, board.progress(seconds, DEAL_SECONDS), 0.1)


def score(board: Board, screen: GuessingGame, points: int) -> int:
    """Return the score to show while the points of a result are on their way to it."""
    if screen.phase is not Phase.RESULT:
        return points
    risen = board.progress(screen.waited, LANDED_SECONDS + RISE_SECONDS, LANDED_SECONDS)
    return points - round((1 - risen) * screen.gained)


def flying_points(board: Board, screen: GuessingGame, begin: Rect, end: Rect) -> None:
    """Add the points of a result while they fly to the score."""
    if screen.phase is not Phase.RESULT or not screen.gained:
        return
    share = board.progress(screen.waited, LANDED_SECONDS, COUNT_SECONDS)
    if 0 < share < 1:
        place, gained = flown(begin, end, share, 0.15), f"+{screen.gained}"
        board.text(place, gained, 1.8, board.theme.accent, align=1.0)


def streak(board: Board, state: State, spot: Rect, length: int, *, moves: bool) -> None:
    """Add a flame for a streak, larger and brighter with each digit; it flickers if it moves."""
    if length:
        calm = state.settings.reduced_motion or not moves
        board.add(flame(spot, board.theme, min(length, BRIGHTEST), 0.0 if calm else state.now))


def flame(rect: Rect, theme: Theme, length: int, t: float) -> Figure:
    """Return the flame of a streak of this length in a square at a time."""
    size = 0.5 + 0.5 * length / BRIGHTEST
    shapes: list[Shape] = []
    for layer, share in enumerate((1.0, 0.62, 0.34)[: 1 + (length + 1) // 2]):
        sway = 0.09 * math.sin(9 * t + 2 * layer)
        high = size * share * (1 + 0.05 * math.sin(12 * t + layer))
        half = [(x * size * share, y) for x, y in FLAME]
        ring = [*half, (0.0, 0.0), *((-x, y) for x, y in reversed(half))]
        bright = min(layer * (0.25 + 0.05 * length), 1.0)
        bent = tuple((0.5 + x + sway * (1 - y) ** 2, 0.97 - high * (1 - y)) for x, y in ring)
        shapes.append(Polygon(bent, mix(theme.accent, theme.light, bright)))
    return Figure(rect, tuple(shapes))


def fireworks(window: Rect, theme: Theme, line: int, t: float) -> list[Item]:
    """Return the drops of ink of the fireworks in a window, at a time: always the same number."""
    alive = math.ceil(BURST_SECONDS / BURST_EVERY)
    last = min(int(t / BURST_EVERY), BURSTS - 1)
    items: list[Item] = []
    for slot in range(alive):
        burst = last - (last - slot) % alive
        share = (t - burst * BURST_EVERY) / BURST_SECONDS
        items += [_drop(window, theme, line, (burst, number), share) for number in range(DROPS)]
    return items


def _drop(window: Rect, theme: Theme, line: int, which: tuple[int, int], share: float) -> Fill:
    """Return a drop of a burst; before and after its flight it is nothing."""
    burst, number = which
    if not (burst >= 0 and 0 <= share < 1):
        return Fill(Rect(0, 0, 0, 0), theme.ink)
    angle = math.tau * number / DROPS + burst
    speed = (0.6 + 0.4 * math.sin(5 * number + burst) ** 2) * min(window.width, window.height)
    out = 0.36 * speed * (1 - (1 - share) ** 3)
    x = window.x + window.width * (0.15 + 0.7 * (0.618 * burst % 1)) + out * math.cos(angle)
    y = window.y + window.height * (0.22 + 0.3 * (0.414 * burst % 1)) + out * math.sin(angle)
    y += 0.3 * window.height * share**2
    radius = round(line * (0.4 + 0.15 * math.sin(3 * number)) * (1 - share**3))
    place = Rect(round(x) - radius, round(y) - radius, 2 * radius, 2 * radius)
    colour = theme.accent if (number + burst) % 2 else theme.ink
    inside = place.within(window) == place
    return Fill(place if inside else Rect(0, 0, 0, 0), colour, radius)

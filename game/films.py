"""Pictures of what moves: a sheet of the creature's faces, and film strips."""

from collections.abc import Iterable

import pygame

from game.core.state import State
from game.core.values.mood import Feeling, Mood
from game.view.creature import creature
from game.view.layout import columns, rows, stack
from game.view.motion import MOTIONS
from game.view.painting.paint import Painter
from game.view.painting.turning import TurningPainter
from game.view.scene import Fill, Item, Rect, Scene, Text
from game.view.screens import view
from game.view.theme import NORMAL, THEMES

SIDE, CAPTION = 180, 28
"""Side of one picture of the creature and height of its name, in pixels."""

WINDOW, SCALED = (800, 500), (400, 250)
"""Size of the window in a film strip, and of each of its pictures."""

FRAMES = 8
"""Pictures in a film strip."""

SLEEP_SECONDS = 6.0
"""Least time that a film strip shows."""

BEST_SEEN = {
    Mood.ASLEEP: 5.0,
    Mood.DOZING: 5.0,
    Mood.YAWNING: 1.5,
    Mood.DELIGHTED: 0.75,
    Mood.BEST_EVER: 1.7,
}
"""Seconds into a mood at which its face is shown; for other moods, it is when they are at rest."""


def faces() -> pygame.Surface:
    """Return every mood with its name, a row for each colour scheme."""
    whole = Rect(0, 0, SIDE * len(Mood), (SIDE + CAPTION) * len(THEMES))
    surface = pygame.Surface(whole[2:], 0, 32)
    for theme, row in zip(THEMES.values(), rows(whole, len(THEMES)), strict=True):
        items: list[Item] = [Fill(Rect(0, 0, *row[2:]), theme.desk)]
        cells = columns(Rect(0, 0, *row[2:]), len(Mood))
        for mood, cell in zip(Mood, cells, strict=True):
            place, name = stack(cell, SIDE, CAPTION)
            seconds = BEST_SEEN.get(mood, MOTIONS[mood][0])
            items += [
                creature(place, theme, Feeling(mood, before=mood), seconds),
                Text(name, mood.value, theme.muted, CAPTION * 3 // 4, align=0.5),
            ]
        Painter(surface.subsurface(row)).show(Scene(theme, tuple(items)))
    return surface


def film(mood: Mood) -> pygame.Surface:
    """Return the movement from being awake into a mood, in a row of pictures."""
    whole = Rect(0, 0, SIDE * FRAMES, SIDE)
    surface = pygame.Surface(whole[2:], 0, 32)
    end, _ = MOTIONS[mood]
    seconds = end if end > 0.6 else SLEEP_SECONDS
    feeling = Feeling(mood, before=Mood.AWAKE)
    pictures = [
        creature(cell, NORMAL, feeling, seconds * number / FRAMES)
        for number, cell in enumerate(columns(whole, FRAMES))
    ]
    Painter(surface).show(Scene(NORMAL, (Fill(whole, NORMAL.desk), *pictures)))
    return surface


def strip(before: State, states: Iterable[State]) -> pygame.Surface:
    """Return the pictures of some states in a row, in a window that showed the state `before`."""
    window = pygame.Surface(WINDOW, 0, 32)
    painter = TurningPainter(window)
    painter.show(view(before, WINDOW))
    frames = []
    for state in states:
        painter.show(view(state, WINDOW))
        frames.append(pygame.transform.smoothscale(window, SCALED))
    row = pygame.Surface((len(frames) * SCALED[0], SCALED[1]), 0, 32)
    row.blits([(frame, (number * SCALED[0], 0)) for number, frame in enumerate(frames)])
    return row

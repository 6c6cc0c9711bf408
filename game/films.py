"""A sheet of the creature's faces, and film strips: of its movements and of what screens show."""

from collections.abc import Sequence

import pygame

from game.core.state import State
from game.core.values.mood import Feeling, Mood
from game.view.creature import creature
from game.view.layout import columns, rows, stack
from game.view.motion import MOTIONS
from game.view.paint import Painter
from game.view.scene import Fill, Item, Rect, Scene, Text
from game.view.screens import view
from game.view.theme import NORMAL, THEMES

SCREEN = (480, 360)
"""Size of one picture of a screen."""

SIDE, CAPTION = 180, 28
"""Side of one picture of the creature and height of its name, in pixels."""

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
"""Seconds after which the face of a mood is shown; of the others it is that of its rest."""


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


def strip(states: Sequence[State]) -> pygame.Surface:
    """Return what the states show, in a row of pictures."""
    width, height = SCREEN
    surface = pygame.Surface((width * len(states), height), 0, 32)
    for number, state in enumerate(states):
        place = (number * width, 0, width, height)
        Painter(surface.subsurface(place)).show(view(state, SCREEN))
    return surface


def film(mood: Mood) -> pygame.Surface:
    """Return the movement of a mood in a row of pictures, after it was awake."""
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

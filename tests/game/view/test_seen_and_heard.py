"""What is heard, and what colours say, can be seen by those who hear or tell apart little."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.core import events
from game.core.effects import PlaySound
from game.core.events import Digit, Do, Event, Go, Tool
from game.core.state import State
from game.core.update import state_after, update
from game.core.values.mood import Feeling, Mood
from game.core.values.sketch import Sketch
from game.devices.reader import Reader
from game.devices.sound import TUNES
from game.rehearsal import Game
from game.view.glyphs import glyph
from game.view.layout import Size
from game.view.painting.paint import Painter
from game.view.scene import Figure, Outline, Scene, Text
from game.view.screens import view
from game.view.theme import THEMES, Colour
from tests.game.view.test_theme import contrast
from tests.rehearsed import lines, said, texts, with_settings

SIZE: Size = (640, 480)


def backgrounds(scene: Scene) -> Iterator[tuple[Text, set[Colour]]]:
    """Each text with the colours that cover a tenth or more of what is under its letters."""
    surface = pygame.Surface(SIZE, 0, 32)
    plain = tuple(item for item in scene.items if not isinstance(item, Text | Outline))
    Painter(surface).show(Scene(scene.theme, plain))
    pixels = pygame.surfarray.array2d(surface)
    for text in texts(scene):
        for line in lines(text):
            under = pixels[line.x : line.right, line.y : line.bottom]
            colours, counts = np.unique(under, return_counts=True)
            frequent = colours[counts >= under.size / 10].tolist()
            yield text, {tuple(surface.unmap_rgb(colour)[:3]) for colour in frequent}


@pytest.mark.parametrize("colours", THEMES)
def test_every_text_stands_out_from_what_is_under_it(
    states: dict[str, State], colours: str
) -> None:
    """By WCAG's 4.5 to 1, as it is painted, on every screen."""
    for name, state in states.items():
        for text, under in backgrounds(view(with_settings(state, colours=colours), SIZE)):
            least = min(contrast(text.colour, colour) for colour in under)
            assert least >= 4.5, (name, text.text, least)


def test_what_is_chosen_differs_by_more_than_its_colour(states: dict[str, State]) -> None:
    """Painted in shades of grey that no eye tells apart, the chosen tool is another one."""
    shapes = [
        {item.rect for item in view(state_after(states["sketchpad"], Tool(tool)), SIZE).items}
        for tool in ("pen", "eraser", "strokes")
    ]
    assert all(one - other for one in shapes for other in shapes if one is not other)


def test_every_sound_comes_with_something_to_read(reader: Reader) -> None:
    """With the sound off, nothing is missed: each sound goes with a change of the texts."""
    heard: set[str] = set()

    class Listening(Game):
        """A game of which each event is seen and heard."""

        def do(self, *done: Event) -> Game:
            for event in done:
                before = self.state
                super().do(event)
                played = sounds(before, event)
                ticks = played == {"tick"}  # with the clock, which shows tenths of a second
                after = state_after(self.state, events.Tick(0.1)) if ticks else self.state
                assert not played or said(view(before, SIZE)) != said(view(after, SIZE))
                heard.update(played)
            return self

    game = Listening(reader, State(seed=7)).do(events.NetReady(), Go("sketchpad"))
    game.draw(glyph(3)).do(Digit(3), Go("think"))
    game.draw(glyph(3)).wait(5.0)
    game.do(Digit(3))
    game.do(Go("draw"))
    for _ in range(6):
        game.draw_asked().wait(2.5)
        game.do(Do.ACCEPT)
    game.do(Do.ACCEPT, Go("draw"), events.Press(0.5, 0.5), events.Lift()).wait(21.0)
    assert heard == set(TUNES)


def sounds(state: State, event: Event) -> set[str]:
    """The sounds that follow from an event."""
    return {effect.name for effect in update(state, event)[1] if isinstance(effect, PlaySound)}


@pytest.mark.parametrize("name", ["sketchpad", "number", "inside", "drawn-for", "draw", "think"])
def test_one_finger_can_do_what_keys_and_the_right_button_do(
    states: dict[str, State], name: str
) -> None:
    shown = state_after(State(), Go("think")) if name == "think" else states[name]
    pressed = {target.event for target in view(shown, SIZE).targets}
    assert {Do.BACK, Do.HELP, Do.CLEAR} <= pressed
    if name == "sketchpad":
        assert {Digit(digit) for digit in range(10)} <= pressed


def test_buttons_grow_with_the_text(states: dict[str, State]) -> None:
    """On every screen but two, which have no room left."""
    for name in states.keys() - {"settings", "my-sums"}:
        plain, huge = (
            min(min(target.rect[2:]) for target in view(state, (1280, 800)).targets)
            for state in (with_settings(states[name], text=text) for text in ("normal", "huge"))
        )
        assert huge > 1.1 * plain, name


def test_with_a_long_clock_the_creature_moves_half_as_fast(states: dict[str, State]) -> None:
    jumping = replace(states["result"], sketch=Sketch(), feeling=Feeling(Mood.DELIGHTED))
    paces = [
        figure(view(with_settings(replace(jumping, now=now), timer=timer), SIZE))
        for timer, now in (("normal", 0.3), ("long", 0.6), ("long", 0.3))
    ]
    assert paces[0] == paces[1] != paces[2]


def figure(scene: Scene) -> Figure:
    """The creature of the scene: the largest of its figures."""
    figures = [item for item in scene.items if isinstance(item, Figure)]
    return max(figures, key=lambda item: item.rect.width)

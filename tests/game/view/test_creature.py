"""The creature's faces and movements, and where it is on the screen."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import pygame
import pytest

from game.core.events import Go, Lift, Move, NetFailed, NetReady, Press, Tick
from game.core.state import State
from game.core.update import state_after
from game.core.values.mood import Feeling, Mood
from game.core.values.settings import TEXT_SCALE
from game.devices.reader import Reader
from game.films import CAPTION, FRAMES, SIDE, faces, film
from game.rehearsal import Game
from game.view.creature import FACES, creature, gaze_at
from game.view.layout import LEAST_SIDE, Size
from game.view.motion import BLINK_EVERY, BLINK_SECONDS, MOTIONS, age, next_change, pose
from game.view.painting.paint import Painter
from game.view.scene import (
    FRAME_SECONDS,
    STILL_SECONDS,
    Figure,
    Fill,
    Ink,
    Item,
    Pixels,
    Rect,
    Scene,
)
from game.view.screens import view
from game.view.theme import NORMAL, THEMES, Colour
from tests.rehearsed import lines, plots, said, texts, with_settings

PLACE = Rect(0, 0, 120, 120)
WITH_IT = (
    *("title", "sketchpad", "number", "photo", "inside", "what-if", "similar", "card", "draw"),
    *("result", "think", "right", "review", "name", "scores"),
)
"""Screens where it is."""
SIZES = [
    *((640, 480), (1280, 800), (3840, 2160), (1080, 1920), (360, 640)),
    (LEAST_SIDE, LEAST_SIDE),
]


def painted(figure: Figure, colours: str = "normal") -> pygame.Surface:
    theme = THEMES[colours]
    surface = pygame.Surface(PLACE[2:], 0, 32)
    Painter(surface).show(Scene(theme, (Fill(PLACE, theme.desk), figure)))
    return surface


def still(mood: Mood, colours: str = "normal") -> Figure:
    """The creature some time into a mood."""
    return creature(PLACE, THEMES[colours], Feeling(mood, before=mood), 0.8)


def is_drop(item: Item) -> bool:
    return isinstance(item, Fill) and 2 * item.corner == item.rect.width == item.rect.height


def stands(scene: Scene) -> Rect:
    """Where the creature of a scene is: the largest figure; the others are points of bubbles."""
    figures = [item for item in scene.items if isinstance(item, Figure)]
    return max(
        (one.rect for one in figures if one not in plots(scene)), key=lambda rect: rect.width
    )


@pytest.mark.parametrize("colours", THEMES)
def test_every_mood_has_a_face_of_its_own(colours: str) -> None:
    assert FACES.keys() == MOTIONS.keys() == set(Mood)
    pictures = {
        mood: pygame.surfarray.array3d(painted(still(mood, colours), colours)) for mood in Mood
    }
    for one, other in combinations(Mood, 2):
        differs = (pictures[one] != pictures[other]).any(axis=-1).sum()
        assert differs > 60, (one, other)


@pytest.mark.parametrize("colours", THEMES)
def test_it_is_made_of_ink_with_eyes_that_show_on_it(colours: str) -> None:
    theme, surface = THEMES[colours], painted(still(Mood.AWAKE, colours), colours)
    found = {surface.get_at((x, y))[:3] for x, y in product(range(120), repeat=2)}
    for colour in (theme.ink, theme.paper, theme.edge, theme.desk):
        assert any(close(colour, other) for other in found)
    assert close(surface.get_at((60, 45))[:3], theme.ink)


def close(one: Colour, other: Colour) -> bool:
    """Whether two colours are the same but for rounding."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 3


def test_every_movement_is_smooth_stays_in_its_place_and_ends() -> None:
    for mood, (end, _) in MOTIONS.items():
        feeling = Feeling(mood, before=Mood.DOZING)
        steps = [pose(feeling, n / 60) for n in range(round(60 * end) + 1)]
        tips = [one.bent(0.0, -1.0) for one in steps]
        for (x, y), (next_x, next_y) in pairwise(tips):
            assert max(abs(next_x - x), abs(next_y - y)) < 0.2, mood
        shapes = [
            point
            for n in range(round(15 * end))
            for shape in creature(PLACE, NORMAL, feeling, n / 15).shapes
            for point in shape.points
        ]
        if FACES[mood].around != "fireworks":  # they may leave it
            assert all(min(point) >= -0.02 and max(point) <= 1.02 for point in shapes), mood
        if FACES[mood].around != "z":
            assert pose(feeling, end + 1) == pose(feeling, end), mood


def test_at_rest_it_changes_twice_a_second_and_blinks_on_time() -> None:
    for mood, (end, _) in MOTIONS.items():
        feeling = Feeling(mood)
        assert next_change(feeling, end / 2, reduced_motion=False) == FRAME_SECONDS
        assert next_change(feeling, end / 2, reduced_motion=True) == STILL_SECONDS
        t, frames = 2 * BLINK_EVERY, 0
        while t < 3 * BLINK_EVERY:
            t += next_change(feeling, t, reduced_motion=False)
            frames += 1
        assert frames <= BLINK_EVERY / STILL_SECONDS + 4
    shut = BLINK_EVERY - BLINK_SECONDS / 2
    eyes_open, eyes_shut = (creature(PLACE, NORMAL, Feeling(Mood.AWAKE), t) for t in (3.0, shut))
    assert eyes_open != eyes_shut
    assert eyes_open == creature(PLACE, NORMAL, Feeling(Mood.AWAKE), shut, calm=True)


def test_with_reduced_motion_only_the_mood_changes_it(states: dict[str, State]) -> None:
    for name in ("sketchpad", "number", "title"):
        calm = with_settings(states[name], reduced_motion=True)
        calm = replace(calm, active_at=calm.now)
        first, later = (
            view(state_after(calm, Tick(seconds)), (1280, 800)) for seconds in (2.0, 3.65)
        )
        assert first.items == later.items
        assert first.next_frame == STILL_SECONDS
    assert age(Feeling(Mood.DELIGHTED, 5.0), 5.1, reduced_motion=True) == MOTIONS[Mood.DELIGHTED][0]


def test_the_same_state_shows_the_same_scene_and_every_screen_rests(
    states: dict[str, State],
) -> None:
    for name in WITH_IT:
        assert view(states[name], (640, 480)) == view(replace(states[name]), (640, 480))
    for name in ("sketchpad", "number", "photo"):
        rested = state_after(states[name], Tick(4.0))
        assert view(rested, (640, 480)).next_frame > 20 * FRAME_SECONDS


@pytest.mark.parametrize("size", SIZES)
def test_it_is_over_nothing_else(states: dict[str, State], size: Size) -> None:
    for name, scale, left_handed in product(WITH_IT, TEXT_SCALE, (False, True)):
        if (scale != "normal" or left_handed) and size[0] > 1280:
            continue
        scene = view(with_settings(states[name], text=scale, left_handed=left_handed), size)
        place = stands(scene)
        assert place.within(Rect(0, 0, *size)) == place, name
        paper = (Fill, Ink, Pixels)
        drawn = [
            item.rect
            for item in scene.items[1:]
            if isinstance(item, paper) and not is_drop(item)  # of fireworks
        ]
        letters = [line for text in texts(scene) for line in lines(text)]
        on_it = [*drawn, *letters, *(one.rect for one in (*scene.targets, *plots(scene)))]
        if name != "title":  # the pad of the title lies under all
            on_it += [scene.pad] if scene.pad else []
        over = [one for one in on_it if pygame.Rect(place).colliderect(one)]
        assert not over, (name, scale, left_handed)


@pytest.mark.parametrize("name", WITH_IT)
def test_it_is_large_enough_to_be_loved(states: dict[str, State], name: str) -> None:
    assert stands(view(states[name], (1280, 800))).height >= 120


def test_it_looks_at_the_pen_and_at_what_is_pointed_at(states: dict[str, State]) -> None:
    gaze = gaze_at(Rect(100, 100, 100, 100), (0.0, 150.0), 1.0)
    assert gaze.right < -0.9
    inside = states["inside"]
    pointed = view(inside, (1280, 800))
    away = view(replace(inside, screen=replace(inside.screen, pointed=None)), (1280, 800))
    figures = (
        [item for item in scene.items if isinstance(item, Figure)] for scene in (pointed, away)
    )
    one, other = ({item.shapes for item in found if len(item.shapes) > 1} for found in figures)
    assert one != other


def test_an_unfinished_stroke_is_not_refused(reader: Reader) -> None:
    begun = Game(reader, State()).do(NetReady(), Go("sketchpad"), Press(0.2, 0.3))
    begun.do(*(event for n in range(9) for event in (Tick(0.1), Move(0.2 + 0.06 * n, 0.3))))
    assert not begun.state.reading.is_digit
    assert "I’m watching" in said(view(begun.state, (1280, 800)))
    assert "That’s not a digit" in said(view(begun.do(Lift(), Tick(1.0)).state, (1280, 800)))


def test_the_pictures_to_look_at_show_every_mood_and_movement() -> None:
    assert faces().get_size() == (SIDE * len(Mood), (SIDE + CAPTION) * len(THEMES))
    frames = [
        pygame.image.tobytes(film(Mood.DELIGHTED).subsurface((SIDE * n, 0, SIDE, SIDE)), "RGB")
        for n in range(FRAMES)
    ]
    assert len(set(frames)) == FRAMES


def test_it_sleeps_on_the_title_until_the_network_is_awake() -> None:
    asleep = state_after(State(), Go("title"), Tick(1.0))
    assert asleep.feeling.mood is Mood.ASLEEP
    assert state_after(asleep, NetReady()).feeling == Feeling(Mood.AWAKE, 1.0, Mood.ASLEEP)
    failed = state_after(asleep, NetFailed("gone"))
    assert failed.feeling.mood is Mood.SHEEPISH
    assert stands(view(failed, (1280, 800)))


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768), (1920, 1080)])
def test_it_stays_large_where_sums_are_chosen_on_wide_screens(size: Size) -> None:
    assert stands(view(state_after(State(), Go("sums")), size)).height >= size[1] // 4

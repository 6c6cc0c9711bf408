"""Random events of every kind at once, after which all still works."""

import random
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.core.modes.digits import Digits
from game.core.modes.draw import DrawGame
from game.core.modes.inside import Inside
from game.core.modes.learning import Learning
from game.core.modes.players import WhoPlays
from game.core.modes.sketchpad import Pad
from game.core.modes.sums.game import SumsGame
from game.core.modes.think import ThinkGame
from game.core.modes.today import TodayGame
from game.core.state import GLANCE_SECONDS, Title
from game.core.values.sketch import Sketch
from game.devices.files.saved_files import save
from game.view.glyphs import glyph
from game.view.painting.paint import Painter
from mnist_jax.ink.ndjson import as_line
from tests.pointer import (
    NUMBER,
    answered,
    beginning,
    button,
    draw,
    finger,
    key,
    key_up,
    motion,
    post,
)

GAME_PAD = [
    pygame.event.Event(pygame.JOYBUTTONDOWN, instance_id=0, button=0),
    pygame.event.Event(pygame.JOYBUTTONUP, instance_id=0, button=0),
    pygame.event.Event(pygame.JOYAXISMOTION, instance_id=0, axis=0, value=0.9),
    pygame.event.Event(pygame.JOYAXISMOTION, instance_id=0, axis=1, value=-0.8),
    pygame.event.Event(pygame.JOYHATMOTION, instance_id=0, hat=0, value=(0, 0)),
    pygame.event.Event(pygame.JOYDEVICEADDED, device_index=9, guid=""),
    pygame.event.Event(pygame.JOYDEVICEREMOVED, instance_id=0),
]

WHERE = (
    *(
        "title",
        "sketchpad",
        "draw",
        "today",
        "two",
        "think",
        "sums-game",
        "inside",
        "learn",
        "digits",
    ),
    *("settings", "players"),
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A photo, a drawing of a number, and neither."""
    paths = [tmp_path / name for name in ("four.png", "number.ndjson", "broken.jpg")]
    save(tmp_path, "four", Sketch(glyph(4)), "4", 0.02)
    paths[1].write_text(as_line(NUMBER.word, NUMBER.drawing), encoding="utf-8")
    paths[2].write_bytes(b"no picture")
    return paths


def chaos(app: App, count: int, seed: int, files: list[Path]) -> set[type]:
    """Random events of every kind, from all hands at once; the screens they came by."""
    seen: set[type] = set()
    rng = random.Random(seed)  # noqa: S311 - chaos, not a secret
    codes = [*range(pygame.K_0, pygame.K_9 + 1), *map(ord, "abcdeghiklmnoprsuvw?"), pygame.K_TAB]
    codes += [pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F5, pygame.K_LEFT, pygame.K_UP]
    codes += [pygame.K_RIGHT, pygame.K_DOWN]
    codes += [pygame.K_RETURN, pygame.K_SPACE, pygame.K_BACKSPACE, pygame.K_F1, pygame.K_ESCAPE]
    kinds = [pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP]
    fingers = [pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP]
    for _ in range(count):
        width, height = app.scene.items[0].rect[2:]
        place = rng.randrange(-50, width + 50), rng.randrange(-50, height + 50)
        match rng.randrange(12):
            case 0:
                code, mod = rng.choice(codes), rng.choice([0, 0, pygame.KMOD_CTRL])
                post(key(code, mod, chr(code % 128)))
                post(*[key_up(code)] * (rng.random() < 0.8))
            case 1 | 2 | 3:
                post(button(rng.choice(kinds), place, rng.choice([1, 1, 1, 2, 3, 4])))
            case 4:
                number, x, y = rng.randrange(3), rng.random(), rng.random()
                post(finger(rng.choice(fingers), number, x, y))
            case 5 if rng.random() < 0.3:
                post(rng.choice(GAME_PAD))
            case 5 if rng.random() < 0.02:
                size = rng.choice([(640, 480), (320, 320), (1280, 800), (500, 900)])
                pygame.display.set_mode(size, pygame.RESIZABLE)
                post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
            case 6 if rng.random() < 0.1:
                post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
            case 7 if rng.random() < 0.05:
                post(pygame.event.Event(pygame.DROPFILE, file=str(rng.choice(files))))
            case _:
                post(motion(place, held=rng.random() < 0.9))
        if rng.random() < 0.1:
            app.frame(rng.choice([0.01, 0.05, 1.0]))
            seen.add(type(app.state.screen))
            if not app.running or rng.random() < 0.05:
                app.running = True
                app.state = beginning(rng.choice(WHERE))
    return seen


@pytest.mark.parametrize(
    ("count", "seed"), [(4000, 4), pytest.param(40_000, 2, marks=pytest.mark.slow)]
)
def test_after_chaos_the_picture_is_whole_and_a_seven_is_read(
    app: App, files: list[Path], count: int, seed: int
) -> None:
    screens = {
        Title,
        Pad,
        DrawGame,
        TodayGame,
        ThinkGame,
        SumsGame,
        Inside,
        Learning,
        Digits,
        WhoPlays,
    }
    assert chaos(app, count, seed, files) >= screens
    shown = pygame.display.get_surface()
    fresh = pygame.Surface(shown.get_size(), 0, 32)
    Painter(fresh).show(app.scene)
    assert pygame.image.tobytes(shown, "RGB") == pygame.image.tobytes(fresh, "RGB")
    post(GAME_PAD[-1], button(pygame.MOUSEBUTTONUP, (0, 0)))
    post(*(finger(pygame.FINGERUP, number, 0, 0) for number in range(3)))
    app.frame(0.02)
    answered(app, 0.02)
    app.state = beginning("sketchpad")
    app.frame(GLANCE_SECONDS)  # the last press may have been a click
    draw(app)
    assert app.state.reading.digit == 7

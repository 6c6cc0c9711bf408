"""Write it, the whole way: from the allographs and the pointer to what is seen and shown."""

import json
from pathlib import Path

import pygame
import pytest

from game.__main__ import main
from game.app import App
from game.core import effects
from game.core.events import Choose, Digit, Do, FormsFound, Go
from game.core.modes.writing.lesson import Lesson, Step
from game.core.modes.writing.shelf import ALL_FORMS
from game.core.state import GLANCE_SECONDS, Net, State
from game.core.update import state_after
from game.core.values.sketch import until
from game.core.values.writing import FORMS, Verdict, in_mirror
from game.devices.reader import Reader
from game.rehearsal import Game
from game.view.scene import FRAME_SECONDS, STILL_SECONDS, Ink, Rect
from game.view.screens import view
from game.view.screens.writing.forms import LABELS
from game.view.screens.writing.pad import TURN_AFTER, TURN_SECONDS
from mnist_jax.ink.ndjson import as_line
from tests.pointer import HAND, beginning, clicked, draw, pressed, target, texts, wait
from tests.rehearsed import said, with_settings

SIZE = (1280, 800)


@pytest.fixture
def lesson(reader: Reader) -> Game:
    """The lesson of the 3."""
    return Game(reader, beginning("write", net=Net.READY)).do(Digit(3))


def test_each_way_of_writing_can_be_chosen_and_is_read_as_its_digit(reader: Reader) -> None:
    found = reader.answer(effects.FindForms())
    assert isinstance(found, FormsFound)
    wanted = {(digit, name) for digit, names in FORMS.items() for name in names}
    assert found.forms.keys() == wanted
    assert LABELS.keys() == set(ALL_FORMS)
    for (digit, name), strokes in found.forms.items():
        read = reader.read(strokes)
        assert (read.digit, read.is_digit) == (digit, True), name


def test_the_replay_counts_what_is_right_and_what_is_seen_in_a_mirror(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "drawn.ndjson"
    lines = [*(as_line(HAND[digit].word, HAND[digit].drawing) for digit in (3, 8, 7))]
    file.write_text("\n".join([*lines, as_line("2", HAND[5].drawing)]), encoding="utf-8")
    main(["--replay", str(file), "--mode", "write", "--json"])
    assert json.loads(capsys.readouterr().out) == {
        "correct": 3,
        "count": 4,
        "called_mirrored": 0,
        "mirrored": 3,
        "mirrored_seen": 2,
    }


def pad_ink(scene_of: State) -> Ink:
    """What is on the pad, which is the largest paper of all."""
    inks = [item for item in view(scene_of, SIZE).items if isinstance(item, Ink)]
    return max(inks, key=lambda item: item.rect.width)


def test_a_digit_appears_on_the_pad_in_the_order_of_its_strokes(lesson: Game) -> None:
    model = lesson.state.screen.model(lesson.state)
    lengths = []
    for _ in range(4):
        state = lesson.wait(1.0)
        ink = pad_ink(state)
        assert ink.below.strokes == model
        assert ink.strokes == until(model, state.screen.waited - 1.0)
        assert view(state, SIZE).next_frame == FRAME_SECONDS
        lengths.append(sum(map(len, ink.strokes)))
    assert lengths == sorted(set(lengths))


def test_a_frame_is_due_when_a_drawing_is_to_be_looked_at(lesson: Game) -> None:
    state = with_settings(lesson.do(Choose(1)).trace().wait(0.9), reduced_motion=True)
    left = state.screen.rest_left(state)
    assert 0 < left < STILL_SECONDS
    assert view(state, SIZE).next_frame == pytest.approx(left)


def test_a_mirrored_digit_is_called_so_and_turns_round(lesson: Game) -> None:
    model = lesson.state.screen.model(lesson.state)
    lesson.do(Choose(2)).draw(in_mirror(model))
    state = lesson.do(Do.ACCEPT).wait(0.2)
    assert state.screen.verdict is Verdict.MIRRORED
    assert "That’s a 3 in a mirror: turn it round!" in said(view(state, SIZE))
    assert pad_ink(state).strokes == state.sketch.strokes
    for calm in (False, True):
        turned = with_settings(lesson.wait(TURN_AFTER + TURN_SECONDS), reduced_motion=calm)
        assert pad_ink(turned).strokes == in_mirror(state.sketch.strokes)
    assert view(turned, SIZE).next_frame > FRAME_SECONDS


def test_a_lesson_by_mouse_and_keyboard_brings_stars(app: App) -> None:
    clicked(app, target(app, Go("write")))
    wait(app, lambda: app.state.forms)
    clicked(app, target(app, Digit(7)))
    pressed(app, pygame.K_F4)
    app.frame(GLANCE_SECONDS)
    draw(app, HAND[7].drawing)
    pressed(app, pygame.K_RETURN)
    wait(app, lambda: isinstance(app.state.screen, Lesson) and app.state.screen.verdict, 0.02)
    assert "I see a 7. Well written!" in texts(app)
    pressed(app, pygame.K_RETURN)
    assert app.state.screen.step is Step.BY_HEART
    assert app.state.records.stars[7] == 1


def test_by_heart_nothing_on_the_screen_gives_the_digit_away(lesson: Game) -> None:
    scene = view(state_after(lesson.state, Choose(3)), SIZE)
    assert not any("3" in text for text in said(scene) - {"F3"})
    assert not [item for item in scene.items if isinstance(item, Ink) and item.strokes]
    dots = [item for item in scene.items if getattr(item, "corner", 0) and _is_round(item.rect)]
    assert len([dot for dot in dots if dot.colour == scene.theme.quiet]) == 10
    assert len([dot for dot in dots if dot.colour == scene.theme.paper]) == 7


def _is_round(rect: Rect) -> bool:
    return rect.width == rect.height < 100

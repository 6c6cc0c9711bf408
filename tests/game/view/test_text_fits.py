"""Every screen in every window, text size and language: nothing cut off, nothing over another."""

import re
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pygame
import pytest
from babel.messages.pofile import read_po

from game.core.events import Change, Go, NetFailed, Notice
from game.core.language import tr
from game.core.modes.sketchpad import Pad
from game.core.state import State, Title
from game.core.update import state_after
from game.core.values.settings import TEXT_SCALE, Settings
from game.core.values.sketch import Sketch
from game.devices.files.opening import opened
from game.devices.files.saved_files import save
from game.devices.files.storage import Storage
from game.devices.reader import Reader
from game.devices.translation import speak
from game.screenshot import PLAYERS, played
from game.view.glyphs import glyph
from game.view.layout import LEAST_SIDE, Size, frame
from game.view.painting import lettering
from game.view.scene import Rect, Text
from game.view.screens import view
from game.view.screens.draw import HINTS as DRAW_HINTS
from game.view.screens.learning.screen import HINTS as LEARNING_HINTS
from game.view.screens.parts.sheet import PHOTO_HINT
from game.view.screens.sketchpad.digit import HINT
from game.view.screens.sketchpad.number import HINT as NUMBER_HINT
from game.view.screens.sums.game import HINTS as SUMS_HINTS
from game.view.screens.think import HINTS as THINK_HINTS
from game.view.screens.today import HINTS as TODAY_HINTS
from mnist_jax.params import shipped_params
from mnist_jax.support import languages
from tests.rehearsed import height, lines, said, texts, with_settings

SIZES = [
    *((640, 480), (1280, 800), (3840, 2160), (700, 1100), (1080, 1920)),
    *((480, 640), (360, 640)),
]
LEAST = (LEAST_SIDE, LEAST_SIDE)
FIGURE = 60
"""Height from which a text is a large figure, which makes room for what is said in words."""


NAMES = {"inkling", "photo", "jpg", "grace", "hopper", "apple"}
NAMES |= {word.lower() for player in PLAYERS for word in player.name.split()}
"""Words that are the same in every language."""

WORD = re.compile(r"[^\W\d_]{2,}")


def overlap(rects: list[Rect]) -> list[tuple[Rect, Rect]]:
    return [pair for pair in combinations(rects, 2) if pygame.Rect(pair[0]).colliderect(pair[1])]


SPANISH = [((640, 480), "huge", 9), ((1280, 800), "normal", 9)]
SLOW_SPANISH = [
    *((size, "normal", 9) for size in ((3840, 2160), (1080, 1920), (360, 640))),
    ((1280, 800), "huge", 11),
]


@pytest.mark.parametrize(
    ("language", "size", "scale", "least"),
    [
        *(("en", size, "normal", 9) for size in SIZES),
        ("en", LEAST, "normal", 7),
        ("en", (1280, 800), "large", 11),
        ("en", (1280, 800), "huge", 11),
        *(("es", *case) for case in SPANISH),
        *(pytest.param("es", *case, marks=pytest.mark.slow) for case in SLOW_SPANISH),
    ],
)
def test_every_screen_fits(
    states: dict[str, State], language: str, size: Size, scale: str, least: int
) -> None:
    """All lies in the window; no text is cut off or too small, none and no button over another."""
    speak(language)
    for name, state in states.items():
        scene = view(with_settings(state, text=scale), size)
        for item in scene.items:
            assert item.rect.within(Rect(0, 0, *size)) == item.rect, (name, item)
        letters = []
        for text in texts(scene):
            assert height(text) >= least, (name, text)
            room = text.rect.height * (lettering.TIGHT if len(text.text) <= 2 else 1)
            assert height(text) <= room, (name, text)
            for line in lines(text):
                assert line.width <= text.rect.width + 2, (name, text)
                letters.append(line.inset(min(line.height, line.width) // 6))
        assert not overlap(letters), name
        buttons = [target.rect for target in scene.targets]
        assert buttons
        assert all(min(button[2:]) >= (10 if size == LEAST else 15) for button in buttons)
        on_paper = scene.pad and not isinstance(state.screen, Title)  # it lies under all there
        assert not overlap([*buttons, scene.pad] if on_paper else buttons), name


@pytest.fixture(scope="module")
def spanish_words() -> set[str]:
    """All words of the Spanish translations."""
    with (languages.FOLDER / "es.po").open("rb") as file:
        texts = [one.string for one in read_po(file) if one.id]
    whole = " ".join(text if isinstance(text, str) else " ".join(text) for text in texts)
    return {word.lower() for word in WORD.findall(re.sub(r"{[^}]*}", " ", whole))}


def unknown_words(state: State, known: set[str]) -> set[str]:
    """The words on a screen that are no Spanish and no name."""
    words = {word.lower() for text in said(view(state, (1280, 800))) for word in WORD.findall(text)}
    return words - known - NAMES


def test_no_screen_keeps_a_word_of_english(
    states: dict[str, State], spanish_words: set[str]
) -> None:
    """What was said before the language changed is not asked of."""
    assert "sketchpad" in unknown_words(states["title"], spanish_words)
    speak("es")
    for name, state in states.items():
        screen = state.screen
        if hasattr(screen, "thought"):
            screen = replace(screen, thought=replace(screen.thought, text=""))
        fresh = replace(state, screen=screen, notice="")
        assert not unknown_words(fresh, spanish_words), name


@pytest.mark.slow
def test_no_english_is_said_while_playing_in_spanish(
    reader: Reader, spanish_words: set[str]
) -> None:
    speak("es")
    for name, state in played(reader, State(seed=7, language="es")).items():
        assert not unknown_words(state, spanish_words), name


@pytest.mark.parametrize("scale", TEXT_SCALE)
def test_the_digit_to_draw_is_the_largest_text(states: dict[str, State], scale: str) -> None:
    for name in ("card", "draw", "result"):
        state = with_settings(states[name], text=scale)
        for size in (*SIZES, LEAST):
            *others, digit = sorted(texts(view(state, size)), key=height)
            assert digit.text == str(state.screen.card)
            assert height(digit) >= 1.5 * height(others[-1])
            assert height(digit) >= min(size) / 8


@pytest.mark.parametrize("size", [(1280, 800), (640, 480)])
def test_larger_text_is_never_smaller(states: dict[str, State], size: Size) -> None:
    """What is said twice counts where it is smaller."""
    for state in states.values():
        normal, *larger = (
            {
                text.text: height(text)
                for text in sorted(
                    texts(view(with_settings(state, text=scale), size)), key=height, reverse=True
                )
            }
            for scale in TEXT_SCALE
        )
        for told, usual in normal.items():
            assert usual > FIGURE or all(found.get(told, usual) >= usual for found in larger), told


def test_a_switch_is_one_button_and_the_longest_choice_fits(states: dict[str, State]) -> None:
    chosen = with_settings(states["settings"], colours="colour-blind safe", mute=True)
    for size in SIZES:
        scene = view(chosen, size)
        events = [target.event for target in scene.targets]
        assert Change("mute") in events
        assert Change("mute", -1) not in events
        (value,) = [text for text in texts(scene) if text.text == "colour-blind safe"]
        assert_readable(value)


def assert_readable(text: Text, least: int = 9) -> None:
    assert height(text) >= least, text
    assert len(lines(text)) * height(text) <= text.rect.height
    assert all(line.width <= text.rect.width + 2 for line in lines(text))


def test_an_error_of_a_params_file_is_readable_in_every_window(tmp_path: Path) -> None:
    folder = tmp_path / "weights that were taught" / "last week"
    folder.mkdir(parents=True)
    damaged = folder / "damaged-params.safetensors"
    damaged.write_bytes(shipped_params().read_bytes()[:2000])
    failed = Reader(damaged).wait().poll()
    assert isinstance(failed, NetFailed)
    for where, size in product(("title", "sketchpad"), SIZES):
        scene = view(state_after(State(), failed, Go(where)), size)
        (reason,) = [text for text in texts(scene) if str(damaged) in text.text]
        assert_readable(reason)
        assert scene.pad


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_hints_are_readable(language: str, size: Size) -> None:
    speak(language)
    place = frame(size)
    hints = [HINT, NUMBER_HINT, PHOTO_HINT]
    hints += [*DRAW_HINTS.values(), *THINK_HINTS.values(), *LEARNING_HINTS.values()]
    hints += TODAY_HINTS.values()
    hints += SUMS_HINTS.values()
    for hint in map(tr, hints):
        assert height(Text(place.hints, hint, (0, 0, 0), place.line)) >= 10, hint


def test_notices_are_readable(tmp_path: Path) -> None:
    """What the game really says of files in a folder whose path is long."""
    folder = tmp_path / "everybody" / "Pictures of the last school project" / "Inkling"
    folder.mkdir(parents=True)
    for name, content in (("quickdraw.ndjson", b"\x1f\xff"), ("in the way", b""), ("a.png", b"")):
        (folder / name).write_bytes(content)
    storage = Storage(folder / "in the way")
    storage.save_settings(Settings())
    tried = [opened(folder / name) for name in ("quickdraw.ndjson", "gone.png", "a.png")]
    places = folder / "in the way", folder
    tried += [save(place, "inkling", Sketch(glyph(4)), "4", 0.02) for place in places]
    notices = [one.text for one in tried if isinstance(one, Notice)]
    notices += storage.take_messages()
    assert len(notices) == 6
    for notice in notices:
        assert "everybody" not in notice
        for size, scale in product(SIZES, TEXT_SCALE):
            state = State(screen=Pad(), settings=Settings(text=scale)).with_notice(notice)
            (shown,) = [text for text in texts(view(state, size)) if text.text == notice]
            assert height(shown) >= 10, notice
            assert len(lines(shown)) <= 3


def test_a_game_without_a_network_says_where_to_find_the_reason() -> None:
    for where, size in product(("draw", "think"), SIZES):
        failed = state_after(State(), NetFailed("gone"), Go(where))
        (said,) = [text for text in texts(view(failed, size)) if "the title says why" in text.text]
        assert height(said) >= 9

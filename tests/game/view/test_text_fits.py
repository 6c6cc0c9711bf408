"""Every screen in every window and text size: nothing cut off, nothing over another."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pygame
import pytest

from game.core.events import Change, Go, NetFailed, Notice
from game.core.rules.pad import Pad
from game.core.rules.settings import TEXT_SCALE, Settings
from game.core.rules.sketch import Sketch
from game.core.state import State, Title
from game.core.update import update
from game.devices.photos import looked_at
from game.devices.reader import Reader
from game.devices.storage import Storage
from game.saved_files import opened, save
from game.view import lettering
from game.view.glyphs import glyph
from game.view.layout import LEAST_SIDE, Size, frame
from game.view.scene import Text
from game.view.screens import view
from game.view.screens.draw import HINTS as DRAW_HINTS
from game.view.screens.number import HINT as NUMBER_HINT
from game.view.screens.photo import HINT as PHOTO_HINT
from game.view.screens.sketchpad import HINT
from game.view.screens.think import HINTS as THINK_HINTS
from mnist_jax.params import shipped_params
from tests import pointer  # noqa: F401 - no window is opened in the tests
from tests.rehearsed import SCREENS, height, lines, rehearsed, texts

SIZES = [
    *((640, 480), (1280, 800), (3840, 2160), (600, 1000), (700, 1100), (1080, 1920)),
    *((480, 640), (360, 640)),
]
LEAST = (LEAST_SIDE, LEAST_SIDE)
FIGURE = 60
"""Height from which a text is a large figure, which makes room for what is said in words."""


@pytest.fixture(scope="module")
def states() -> dict[str, State]:
    return rehearsed()


@pytest.fixture(params=SCREENS)
def state(request: pytest.FixtureRequest) -> State:
    return rehearsed()[request.param]


@pytest.mark.parametrize("size", [*SIZES, LEAST])
def test_everything_lies_in_the_window(state: State, size: Size) -> None:
    for item in view(state, size).items:
        assert item.rect.x >= 0, item
        assert item.rect.y >= 0, item
        assert item.rect.right <= size[0], item
        assert item.rect.bottom <= size[1], item


@pytest.mark.parametrize("size", [*SIZES, LEAST])
def test_no_text_is_cut_off_or_too_small(state: State, size: Size) -> None:
    for text in texts(view(state, size)):
        assert height(text) >= (7 if size == LEAST else 9), text
        for line in lines(text):
            assert line.width <= text.rect.width + 2, text
            room = text.rect.height * lettering.TIGHT if len(text.text) <= 2 else text.rect.height
            assert height(text) <= room, text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("8?", (416, 234, 312)),
        ("Clear the pad and draw another", (60, 200, 90)),
        ("no/such/params/file", (9, 30, 300)),
    ],
)
def test_text_is_as_high_as_its_place_allows(text: str, place: tuple[int, int, int]) -> None:
    pygame.font.init()
    wanted, width, room = place

    def fits(height: int) -> bool:
        lines, kept = lettering.typeset(text, height, width, room)
        across = max(lettering.rendered(line, height, (0, 0, 0)).get_width() for line in lines)
        return kept == height and across <= width + 1

    _, height = lettering.typeset(text, *place)
    lower = [one for one in range(lettering.SMALLEST + 1, wanted + 1) if fits(one)]
    assert height == max(lower, default=lettering.SMALLEST)


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        *((size, "normal") for size in (*SIZES, LEAST)),
        ((1280, 800), "large"),
        ((1280, 800), "huge"),
    ],
)
def test_no_text_lies_over_another(state: State, size: Size, scale: str) -> None:
    dressed = replace(state, settings=replace(state.settings, text=scale))
    found = [(text, line) for text in texts(view(dressed, size)) for line in lines(text)]
    for (one, first), (other, second) in combinations(found, 2):
        if one is not other:
            thin = [r.inset(min(r.height, r.width) // 6) for r in (first, second)]
            assert not pygame.Rect(thin[0]).colliderect(thin[1]), (one, other)


@pytest.mark.parametrize("size", [*SIZES, LEAST])
def test_no_button_lies_over_another_or_over_the_pad(state: State, size: Size) -> None:
    scene = view(state, size)
    on_paper = scene.pad and not isinstance(state.screen, Title)  # there it lies under all else
    places = [target.rect for target in scene.targets] + ([scene.pad] if on_paper else [])
    assert places
    assert not any(pygame.Rect(one).colliderect(other) for one, other in combinations(places, 2))
    assert all(min(place[2:]) >= (10 if size == LEAST else 15) for place in places)


@pytest.mark.parametrize("scale", TEXT_SCALE)
@pytest.mark.parametrize("size", [*SIZES, LEAST])
@pytest.mark.parametrize("name", ["card", "draw", "result"])
def test_the_digit_to_draw_is_the_largest_text(
    states: dict[str, State], name: str, size: Size, scale: str
) -> None:
    state = replace(states[name], settings=replace(states[name].settings, text=scale))
    *others, digit = sorted(texts(view(state, size)), key=height)
    assert digit.text == str(state.screen.asked)
    assert height(digit) >= 1.5 * height(others[-1])
    assert height(digit) >= min(size) / 8


@pytest.mark.parametrize("scale", TEXT_SCALE)
def test_larger_text_fits_too(states: dict[str, State], scale: str) -> None:
    for state in states.values():
        larger = replace(state, settings=replace(state.settings, text=scale))
        for text in texts(view(larger, (1280, 800))):
            assert height(text) >= 11, text


@pytest.mark.parametrize("scale", TEXT_SCALE)
@pytest.mark.parametrize("size", [(1280, 800), (640, 480), (700, 1100)])
def test_larger_text_is_never_smaller(state: State, scale: str, size: Size) -> None:
    def heights(text_setting: str) -> dict[str, int]:
        dressed = replace(state, settings=replace(state.settings, text=text_setting))
        return {text.text: height(text) for text in texts(view(dressed, size))}

    larger = heights(scale)
    for said, usual in heights("normal").items():
        assert usual > FIGURE or said not in larger or larger[said] >= usual, said


@pytest.mark.parametrize("size", SIZES)
def test_a_switch_is_one_button_and_the_longest_choice_fits(
    states: dict[str, State], size: Size
) -> None:
    chosen = replace(states["settings"], settings=Settings(colours="colour-blind safe", mute=True))
    scene = view(chosen, size)
    events = [target.event for target in scene.targets]
    assert Change("mute") in events
    assert Change("mute", -1) not in events
    (value,) = [text for text in texts(scene) if text.text == "colour-blind safe"]
    broken, height = lettering.typeset(value.text, value.height, *value.rect[2:])
    assert height >= 9
    assert len(broken) * height <= value.rect.height


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["title", "sketchpad"])
def test_an_error_of_a_params_file_is_readable_in_every_window(
    size: Size, where: str, tmp_path: Path
) -> None:
    folder = tmp_path / "weights that were taught" / "last week"
    folder.mkdir(parents=True)
    damaged = folder / "damaged-params.safetensors"
    damaged.write_bytes(shipped_params().read_bytes()[:2000])
    failed = Reader(damaged).wait().poll()
    assert isinstance(failed, NetFailed)
    scene = view(update(update(State(), failed), Go(where)), size)
    (reason,) = [text for text in texts(scene) if str(damaged) in text.text]
    broken, height = lettering.typeset(reason.text, reason.height, *reason.rect[2:])
    assert height >= 9
    assert len(broken) * height <= reason.rect.height
    assert all(line.width <= reason.rect.width + 2 for line in lines(reason))
    assert scene.pad


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "hint", [*DRAW_HINTS.values(), *THINK_HINTS.values(), HINT, NUMBER_HINT, PHOTO_HINT]
)
def test_hints_are_readable(size: Size, hint: str) -> None:
    place = frame(size)
    assert height(Text(place.hints, hint, (0, 0, 0), place.line)) >= 10


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the game really says of files in a folder whose path is long."""
    folder = (
        tmp_path_factory.mktemp("everybody") / "Pictures of the last school project" / "Inkling"
    )
    folder.mkdir(parents=True)
    for name, content in (("quickdraw.ndjson", b"\x1f\xff"), ("in the way", b""), ("a.png", b"")):
        (folder / name).write_bytes(content)
    storage = Storage(folder / "in the way")
    storage.save_settings(Settings())
    said = [opened(folder / name) for name in ("quickdraw.ndjson", "gone.png")]
    said.append(looked_at(folder / "a.png"))
    name = "inkling-20261125-134938"
    saved = [
        save(folder / where, name, Sketch(glyph(4)), "4", 0.02) for where in ("in the way", ".")
    ]
    opening = [one.text for one in said if isinstance(one, Notice)]
    return [*opening, *saved, *storage.take_messages()]


@pytest.mark.parametrize("size", [*SIZES, (700, 1100)])
@pytest.mark.parametrize("scale", TEXT_SCALE)
def test_notices_are_readable(notices: list[str], size: Size, scale: str) -> None:
    assert len(notices) == 6
    pygame.font.init()
    state = State(screen=Pad(), settings=Settings(text=scale))
    for notice in notices:
        assert "everybody" not in notice
        (shown,) = [text for text in texts(view(state.noted(notice), size)) if text.text == notice]
        assert height(shown) >= 10, notice
        assert len(lines(shown)) <= 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["draw", "think"])
def test_a_game_without_a_network_says_where_to_find_the_reason(size: Size, where: str) -> None:
    failed = update(update(State(), NetFailed("gone")), Go(where))
    (said,) = [text for text in texts(view(failed, size)) if "the title says why" in text.text]
    assert lettering.typeset(said.text, said.height, *said.rect[2:])[1] >= 9

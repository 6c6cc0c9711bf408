"""Every screen in every size and colour scheme: nothing cut off, nothing over another, readable."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pygame
import pytest

from game import lettering
from game.events import Change, Do, Go, NetFailed, Notice, Tick
from game.glyphs import glyph
from game.layout import LEAST_SIDE, Size, frame
from game.paint import Painter
from game.reader import Reader
from game.rules.records import Records
from game.rules.settings import TEXT_SCALE, Settings
from game.rules.sketch import bounds
from game.scene import Fill, Ink, Pixels, Plot, Rect, Scene, Text
from game.screens import view
from game.screens.draw import HINTS as DRAW_HINTS
from game.screens.sketchpad import HINT
from game.screens.think import HINTS as THINK_HINTS
from game.screenshot import shown
from game.state import Net, State, Title
from game.theme import THEMES, Colour, Theme
from game.update import update
from mnist_jax.params import shipped_params
from tests import pointer  # noqa: F401 - no window is opened in the tests

SIZES = [
    *((640, 480), (1280, 800), (3840, 2160), (600, 1000), (700, 1100), (1080, 1920)),
    *((480, 640), (360, 640)),
]
LEAST = (LEAST_SIDE, LEAST_SIDE)
SCREENS = (
    *("title", "sketchpad", "open", "card", "draw", "result", "think", "right", "review", "name"),
    *("scores", "digits", "settings", "help", "pause"),
)


@pytest.fixture(scope="module")
def states() -> dict[str, State]:
    reader = Reader().wait()
    pygame.font.init()
    return shown(reader, State(seed=7, net=Net.READY))


@pytest.fixture(params=SCREENS)
def state(request: pytest.FixtureRequest, states: dict[str, State]) -> State:
    return states[request.param]


def lines(text: Text) -> list[Rect]:
    """Where the letters of the text are painted."""
    return [Rect(x, y, *image.get_size()) for image, (x, y) in lettering.placed(text)]


def texts(scene: Scene) -> list[Text]:
    return [item for item in scene.items if isinstance(item, Text) and item.text]


def height(text: Text) -> int:
    """How high its lines are, in pixels, once they fit."""
    return lettering.typeset(text.text, text.height, *text.rect[2:])[1]


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
@pytest.mark.parametrize("text", ["8?", "Clear the pad and draw another", "no/such/params/file"])
@pytest.mark.parametrize("place", [(416, 234, 312), (60, 200, 90), (9, 30, 300)])
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


@pytest.mark.parametrize("size", [*SIZES, LEAST])
def test_no_text_lies_over_another(state: State, size: Size) -> None:
    found = [(text, line) for text in texts(view(state, size)) for line in lines(text)]
    for (one, first), (other, second) in combinations(found, 2):
        if one is not other:
            thin = [r.inset(min(r.height, r.width) // 6) for r in (first, second)]
            assert not thin[0].overlaps(thin[1]), (one, other)


@pytest.mark.parametrize("size", [*SIZES, LEAST])
def test_no_button_lies_over_another_or_over_the_pad(state: State, size: Size) -> None:
    scene = view(state, size)
    on_paper = scene.pad and not isinstance(state.screen, Title)  # there it lies under all else
    places = [target.rect for target in scene.targets] + ([scene.pad] if on_paper else [])
    assert places
    assert not any(one.overlaps(other) for one, other in combinations(places, 2))
    assert all(min(place[2:]) >= (10 if size == LEAST else 15) for place in places)


@pytest.mark.parametrize("scale", TEXT_SCALE)
@pytest.mark.parametrize("size", [*SIZES, LEAST])
@pytest.mark.parametrize("name", ["card", "draw", "result"])
def test_the_digit_to_draw_is_the_largest_text(
    states: dict[str, State], name: str, size: Size, scale: str
) -> None:
    state = replace(states[name], settings=Settings(text=scale))
    *others, digit = sorted(texts(view(state, size)), key=height)
    assert digit.text == str(state.screen.asked)
    assert height(digit) >= 1.5 * height(others[-1])
    assert height(digit) >= min(size) / 8


@pytest.mark.parametrize("scale", TEXT_SCALE)
def test_larger_text_fits_too(states: dict[str, State], scale: str) -> None:
    for state in states.values():
        larger = replace(state, settings=Settings(text=scale))
        for text in texts(view(larger, (1280, 800))):
            assert height(text) >= 11, text


FIGURE = 60
"""Height from which a text is a large figure, which makes room for what is said in words."""


@pytest.mark.parametrize("scale", TEXT_SCALE)
def test_larger_text_is_nowhere_smaller(state: State, scale: str) -> None:
    def heights(text_setting: str) -> dict[str, int]:
        dressed = replace(state, settings=Settings(text=text_setting))
        return {text.text: height(text) for text in texts(view(dressed, (1280, 800)))}

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


@pytest.mark.parametrize("colours", THEMES)
def test_every_screen_can_be_painted(states: dict[str, State], colours: str) -> None:
    for name, state in states.items():
        surface = pygame.Surface((640, 480), 0, 32)
        dressed = replace(state, settings=Settings(colours=colours))
        Painter(surface).show(view(dressed, (640, 480)))
        assert surface.get_at((0, 0))[:3] == THEMES[colours].desk, name
        assert len(set(pygame.image.tobytes(surface, "RGB"))) > 10, name


def test_a_screen_painted_over_another_looks_as_painted_at_once(states: dict[str, State]) -> None:
    painter = Painter(over := pygame.Surface((640, 480), 0, 32))
    for name, state in states.items():
        painter.show(view(state, (640, 480)))
        fresh = pygame.Surface((640, 480), 0, 32)
        Painter(fresh).show(view(state, (640, 480)))
        assert pygame.image.tobytes(over, "RGB") == pygame.image.tobytes(fresh, "RGB"), name


def test_the_pad_is_cleared_in_the_picture_in_which_the_focus_moves(
    states: dict[str, State],
) -> None:
    focused = replace(states["sketchpad"], focus=0)
    painter = Painter(over := pygame.Surface((640, 480), 0, 32))
    painter.show(view(focused, (640, 480)))
    cleared = view(replace(update(focused, Do("clear")), focus=None), (640, 480))
    painter.show(cleared)
    Painter(fresh := pygame.Surface((640, 480), 0, 32)).show(cleared)
    assert pygame.image.tobytes(over, "RGB") == pygame.image.tobytes(fresh, "RGB")


def test_the_pause_covers_the_drawing(states: dict[str, State]) -> None:
    paused = update(states["think"], Do("pause"))
    scene = view(paused, (1280, 800))
    assert scene.pad is None
    assert not [item for item in scene.items if isinstance(item, Ink)]


@pytest.mark.parametrize("overlay", ["help", "pause", "open"])
def test_a_notice_is_not_shown_over_what_covers_its_screen(
    states: dict[str, State], overlay: str
) -> None:
    noted = update(states["sketchpad"], Notice("Saved"))
    covered = replace(noted, overlay=overlay)
    scenes = [view(state, (1280, 800)) for state in (noted, covered)]
    assert ["Saved" in [text.text for text in texts(scene)] for scene in scenes] == [True, False]


def test_the_reason_why_there_is_no_network_is_on_the_screen(states: dict[str, State]) -> None:
    failed = update(states["sketchpad"], NetFailed("weights.safetensors: gone"))
    assert any(
        "weights.safetensors: gone" in text.text for text in texts(view(failed, (1280, 800)))
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["title", "sketchpad"])
def test_what_is_wrong_with_a_params_file_can_be_read_in_every_window(
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
@pytest.mark.parametrize("hint", [*DRAW_HINTS.values(), *THINK_HINTS.values(), HINT])
def test_what_can_be_done_can_be_read(size: Size, hint: str) -> None:
    place = frame(size)
    assert height(Text(place.hints, hint, (0, 0, 0), place.unit)) >= 10


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["draw", "think"])
def test_a_game_without_a_network_says_where_the_reason_is(size: Size, where: str) -> None:
    failed = update(update(State(), NetFailed("gone")), Go(where))
    (said,) = [text for text in texts(view(failed, size)) if "the title says why" in text.text]
    assert lettering.typeset(said.text, said.height, *said.rect[2:])[1] >= 9


def test_what_the_net_sees_is_shown(states: dict[str, State]) -> None:
    state = states["sketchpad"]
    assert state.reading
    pictures = [item for item in view(state, (1280, 800)).items if isinstance(item, Pixels)]
    assert [item.image for item in pictures] == [state.reading.image]


def test_the_reviews_moment_is_a_line_as_dark_as_ink(states: dict[str, State]) -> None:
    early, late = (
        view(update(states["review"], Tick(seconds)), (1280, 800)) for seconds in (0.0, 0.05)
    )
    (before,), (after,) = (
        [item.curves for item in scene.items if isinstance(item, Plot)] for scene in (early, late)
    )
    moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.colour for _, new in moved] == [late.theme.ink]
    assert all(new.points[0][0] > old.points[0][0] for old, new in moved)


def luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio (WCAG 2.1)."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_pass_wcag_aa(theme: Theme) -> None:
    for paper in (theme.desk, theme.paper):
        for text in (theme.ink, theme.muted, theme.accent, theme.good, theme.bad):
            assert contrast(text, paper) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.light, theme.night) >= 4.5
    assert contrast(theme.quiet, theme.edge) >= 1.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_ink_is_darker_than_paper_in_every_channel_or_lighter_in_every(theme: Theme) -> None:
    for ink, paper in (
        *((colour, theme.paper) for colour in (theme.ink, theme.accent, theme.quiet, theme.edge)),
        *((colour, theme.desk) for colour in (theme.good, theme.bad)),
        (theme.light, theme.night),
    ):
        darker = {a < b for a, b in zip(ink, paper, strict=True)}
        assert len(darker) == 1


def test_the_numbers_do_not_jump(states: dict[str, State]) -> None:
    def numbers(state: State) -> list[Rect]:
        found = texts(view(state, (1280, 800)))
        return [text.rect for text in found if text.text.endswith(" %")]

    assert numbers(states["sketchpad"]) == numbers(update(states["sketchpad"], Do("clear")))


@pytest.mark.parametrize("digit", range(10))
def test_the_titles_digits_lie_in_their_square_and_are_read_right(digit: int) -> None:
    left, top, right, bottom = bounds(glyph(digit))
    assert min(left, top) > 0
    assert max(right, bottom) < 1
    reading = Reader().wait().read(glyph(digit))
    assert reading
    assert reading.digit == digit


@pytest.mark.parametrize("left_handed", [False, True])
@pytest.mark.parametrize("size", [(1280, 800), (640, 480), (700, 1100)])
def test_the_titles_pad_lies_where_it_is_said_for_either_hand(
    states: dict[str, State], size: Size, *, left_handed: bool
) -> None:
    scene = view(replace(states["title"], settings=Settings(left_handed=left_handed)), size)
    assert scene.pad
    menu = max(target.rect for target in scene.targets)
    (said,) = [text.rect for text in texts(scene) if "right here" in text.text]
    assert scene.pad.holds(said.x + said.width // 2, said.y)
    assert (said.x > menu.x) is (left_handed and size[0] > size[1])


def test_a_drill_is_offered_only_to_who_has_drawn(states: dict[str, State]) -> None:
    for records, offered in ((states["digits"].records, Go("drill")), (Records(), Go("draw"))):
        scene = view(replace(states["digits"], records=records), (1280, 800))
        assert [t.event for t in scene.targets if isinstance(t.event, Go)] == [offered]


def test_the_focused_button_is_seen(states: dict[str, State]) -> None:
    state = states["title"]
    plain = view(state, (1280, 800))
    focused = view(replace(state, focus=2), (1280, 800))
    rings = {item for item in focused.items if isinstance(item, Fill)} - set(plain.items)
    assert [ring.colour for ring in rings] == [plain.theme.ink]


def test_points_count_up_and_stand_at_once_where_less_motion_is_wanted(
    states: dict[str, State],
) -> None:
    result = states["result"]
    begun = replace(result, screen=replace(result.screen, waited=0.0))
    calm = replace(begun, settings=Settings(reduced_motion=True))
    shown_by = {
        name: [text.text for text in texts(view(state, (1280, 800))) if text.text[0] == "+"]
        for name, state in (("end", result), ("begin", begun), ("calm", calm))
    }
    assert shown_by["begin"] == ["+0"] * 3
    assert shown_by["calm"] == shown_by["end"] != ["+0"] * 3

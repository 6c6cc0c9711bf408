"""Every screen in every colour scheme: what it shows, painted right and readable."""

from dataclasses import replace

import pygame
import pytest

from game.core.events import Do, Go, NetFailed, Notice, Opened, Press, Sheet, Tick, Tool
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import Page, Review
from game.core.modes.table import MODES
from game.core.modes.think import ThinkGame
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.readings import FoundSign, Photo
from game.core.values.records import Records, Score
from game.core.values.rounds import Round
from game.core.values.settings import TEXT_SCALE
from game.core.values.sketch import bounds
from game.core.wording import UNREADABLE
from game.devices.controls import Controls
from game.devices.reader import Reader
from game.view.glyphs import glyph
from game.view.layout import Size, line_height
from game.view.painting.ink_layer import icon
from game.view.painting.paint import Painter
from game.view.scene import STILL_SECONDS, Fill, Ink, Photograph, Pixels, Rect, Scene
from game.view.screens import view
from game.view.screens.draw import HINTS, REASONS
from game.view.screens.sketchpad.digit import IF_ANY, WHICH
from game.view.screens.sketchpad.number import verdict
from game.view.screens.think import HINTS as THINK_HINTS
from game.view.theme import NORMAL, THEMES
from tests import pointer
from tests.beginnings import ENDED, PAD
from tests.readings import number
from tests.rehearsed import plots, said, texts, with_settings

SIZE = (1280, 800)
SMALL = (640, 480)
TABS = (Sheet("digit"), Sheet("number"), Go("inside"))


def painted(scene: Scene) -> pygame.Surface:
    Painter(surface := pygame.Surface(SMALL, 0, 32)).show(scene)
    return surface


@pytest.mark.parametrize("colours", THEMES)
def test_every_screen_can_be_painted_alone_and_over_another(
    states: dict[str, State], colours: str
) -> None:
    painter = Painter(over := pygame.Surface(SMALL, 0, 32))
    for name, state in states.items():
        scene = view(with_settings(state, colours=colours), SMALL)
        painter.show(scene)
        surface = painted(scene)
        pixels = pygame.image.tobytes(surface, "RGB")
        assert surface.get_at((0, 0))[:3] == THEMES[colours].desk, name
        assert len(set(pixels)) > 10, name
        assert pygame.image.tobytes(over, "RGB") == pixels, name


def test_every_mode_starts_and_is_drawn() -> None:
    for mode in MODES:
        assert view(state_after(State(), Go(mode)), SIZE).targets, mode


def test_clearing_the_pad_and_moving_the_focus_repaints_both(states: dict[str, State]) -> None:
    focused = replace(states["sketchpad"], focus=0)
    painter = Painter(over := pygame.Surface(SMALL, 0, 32))
    painter.show(view(focused, SMALL))
    cleared = view(replace(state_after(focused, Do.CLEAR), focus=None), SMALL)
    painter.show(cleared)
    assert pygame.image.tobytes(over, "RGB") == pygame.image.tobytes(painted(cleared), "RGB")


def test_the_pause_covers_the_drawing_and_every_overlay_the_notice(
    states: dict[str, State],
) -> None:
    scene = view(state_after(states["think"], Do.PAUSE), SIZE)
    assert scene.pad is None
    assert not [item for item in scene.items if isinstance(item, Ink)]
    noted = state_after(states["sketchpad"], Notice("Saved"))
    assert "Saved" in said(view(noted, SIZE))
    for overlay in ("help", "pause", "open"):
        assert "Saved" not in said(view(replace(noted, overlay=overlay), SIZE))


def test_the_help_of_a_game_shows_its_rules(states: dict[str, State]) -> None:
    for name, game in (("draw-rules", DrawGame), ("think-rules", ThinkGame)):
        rules = {text for _, text in game.help}
        assert rules <= said(view(states[name], SIZE))
        assert not rules & said(view(states["help"], SIZE))


def test_help_speaks_of_no_file_format_and_an_eraser_of_no_drawing(
    states: dict[str, State],
) -> None:
    helped = " ".join(said(view(states["help"], SIZE)))
    assert not {"PNG", ".ndjson", "folder"} & set(helped.split())
    for sheet in ("digit", "number"):
        state = state_after(PAD, Sheet(sheet), Tool("eraser"))
        assert "Nothing to erase. D takes the pen" in said(view(state, SIZE))


def test_the_image_that_the_network_sees_is_shown_or_why_there_is_no_network(
    states: dict[str, State],
) -> None:
    state = states["sketchpad"]
    pictures = [item for item in view(state, SIZE).items if isinstance(item, Pixels)]
    assert [item.image for item in pictures] == [state.reading.image]
    failed = state_after(state, NetFailed("weights.safetensors: gone"))
    assert "weights.safetensors: gone" in said(view(failed, SIZE))


@pytest.mark.parametrize(("width", "height"), [(1000, 1), (1, 1000), (1, 1), (1000, 334)])
def test_a_photo_of_any_shape_is_painted(width: int, height: int) -> None:
    photo = Photo(bytes(3 * width * height), bytes(width * height), width, height)
    state = state_after(State(now=9.0), Opened("a.png", photo=photo, sheet=photo.sheet))
    for size in (SIZE, (320, 320), (390, 844)):
        scene = view(state_after(state, Tick(9.0)), size)
        Painter(pygame.Surface(size, 0, 32)).show(scene)
        (shown,) = [item for item in scene.items if isinstance(item, Photograph)]
        assert scene.pad
        assert shown.rect.within(scene.pad) == shown.rect
        assert min(shown.rect[2:]) >= 1


def test_the_replay_position_is_a_line_in_the_colour_of_ink(states: dict[str, State]) -> None:
    early, late = (
        view(state_after(states["review"], Tick(seconds)), SIZE) for seconds in (0.0, 0.05)
    )
    (before,), (after,) = ([item.shapes for item in plots(scene)] for scene in (early, late))
    ((old, new),) = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert new.colour == late.theme.ink
    assert new.points[0][0] > old.points[0][0]


@pytest.mark.parametrize("size", [(700, 1100), (1280, 800), (480, 640), (640, 480)])
def test_the_drawing_that_is_drawn_again_is_larger_than_the_others(
    states: dict[str, State], size: Size
) -> None:
    scene = view(states["review"], size)
    *small, large = [item.rect for item in scene.items if isinstance(item, Ink)]
    assert all(large.width > 1.2 * one.width for one in small)
    review = states["review"].screen
    assert f"{review.rounds[review.chosen].digit} (asked)" in said(scene)
    assert any(text.endswith(" (second choice)") for text in said(scene))


@pytest.mark.parametrize(
    ("guess", "last", "caption", "legend"),
    [
        (None, 1, "A 7, not guessed. It looked like a 1.", "– – 1 (read instead)"),
        (None, 7, "A 7, not guessed. Second choice: a 2.", "– – 2 (second choice)"),
        (7, 7, "A 7, guessed after 1.5 s. Second choice: a 2.", "– – 2 (second choice)"),
        (1, 1, "A drawn 7, read as a 1.", "– – 1 (read instead)"),
    ],
)
def test_the_review_names_what_the_network_best_wrong_digit(
    guess: int | None, last: int, caption: str, legend: str
) -> None:
    """Not what peaked first: every digit starts as a line, which looks like a 1."""
    probabilities = [0.0] * 10
    probabilities[last], probabilities[2] = 0.6, 0.3
    trace = ((0.2, tuple(float(digit == 1) for digit in range(10))), (1.5, tuple(probabilities)))
    played = Round(7, guess, 0, 1.5, 1.0, glyph(7), trace)
    shown = said(view(State(screen=Review("draw", (played,), 0)), SIZE))
    assert {caption, legend} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in shown}


def test_the_icon_is_a_digit_on_paper() -> None:
    shown = icon()
    colours = {shown.get_at((x, y))[:3] for x in range(64) for y in range(64)}
    assert {NORMAL.paper, NORMAL.accent} <= colours


def test_the_numbers_do_not_jump(states: dict[str, State]) -> None:
    def numbers(state: State) -> list[Rect]:
        return [text.rect for text in texts(view(state, SIZE)) if text.text.endswith(" %")]

    assert numbers(states["sketchpad"]) == numbers(state_after(states["sketchpad"], Do.CLEAR))


def test_the_titles_digits_lie_in_their_square_and_are_read_right(reader: Reader) -> None:
    for digit in range(10):
        left, top, right, bottom = bounds(glyph(digit))
        assert min(left, top) > 0
        assert max(right, bottom) < 1
        reading = reader.read(glyph(digit))
        assert reading
        assert reading.digit == digit


@pytest.mark.parametrize("left_handed", [False, True])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (640, 480), (700, 1100), (360, 640)])
def test_a_stroke_starts_exactly_on_the_paper_of_the_title(
    states: dict[str, State], size: Size, *, left_handed: bool
) -> None:
    for scale in TEXT_SCALE:
        scene = view(with_settings(states["title"], left_handed=left_handed, text=scale), size)
        touch, pad = scene.touch, scene.pad
        assert touch
        assert pad
        assert touch in [item.rect for item in scene.items if isinstance(item, Fill)]
        digits = [item.rect for item in scene.items if isinstance(item, Ink)]
        assert all(touch.within(digit) == digit for digit in digits)
        menu = max(target.rect for target in scene.targets)
        (line,) = [text.rect for text in texts(scene) if "right here" in text.text]
        assert touch.y >= line.bottom
        assert size[0] < size[1] or (line.x > menu.x) is left_handed
        paper = pad.inset(-line_height(size, TEXT_SCALE[scale]) // 2)
        for x, beside in ((touch.x, -1), (touch.right - 1, 1)):
            for y, below in ((touch.y, -1), (touch.bottom - 1, 1)):
                assert paper.holds(x, y)
                assert begins(scene, size, x, y)
                assert not begins(scene, size, x + beside, y)
                assert not begins(scene, size, x, y + below)


def begins(scene: Scene, size: Size, x: int, y: int) -> bool:
    """Whether a press at this place begins a stroke."""
    down = pointer.button(pygame.MOUSEBUTTONDOWN, (x, y))
    return any(isinstance(one, Press) for one in Controls().translate(down, scene, size, None))


def test_a_drill_is_offered_only_after_a_game(states: dict[str, State]) -> None:
    for records, offered in ((states["digits"].records, Go("drill")), (Records(), Go("draw"))):
        scene = view(replace(states["digits"], records=records), SIZE)
        assert [t.event for t in scene.targets if isinstance(t.event, Go)] == [offered]


def test_the_focused_button_is_highlighted(states: dict[str, State]) -> None:
    plain, focused = (view(replace(states["title"], focus=focus), SIZE) for focus in (None, 2))
    rings = {item for item in focused.items if isinstance(item, Fill)} - set(plain.items)
    assert [ring.colour for ring in rings] == [plain.theme.ink]


def test_the_next_digit_is_shown_before_a_stroke_can_start_its_clock(
    states: dict[str, State],
) -> None:
    shown, following = states["result"], state_after(states["result"], Press(0.5, 0.5))
    assert following.screen.phase is Phase.DRAWING
    assert str(following.screen.asked) in said(view(shown, SIZE))
    last = State(screen=DrawGame((8,)).skip(State()), net=Net.READY)
    assert "8" in said(view(last, SIZE))


@pytest.mark.parametrize("name", ["card", "draw", "result"])
def test_without_a_clock_nothing_is_said_of_time(states: dict[str, State], name: str) -> None:
    state = states[name]
    scene = view(replace(state, screen=replace(state.screen, limit=None)), SIZE)
    assert not {
        *next(iter(REASONS.items())),
        "Time left",
        HINTS[Phase.CARD],
        HINTS[Phase.DRAWING],
    } & said(scene)
    assert not [text for text in said(scene) if "knew after" in text]


@pytest.mark.parametrize("guessed", [0, 1, 5])
def test_a_miss_shows_its_cost_and_no_invitation_to_draw(guessed: int) -> None:
    before = tuple(Round(n, None if n == 0 else n, 90, 1.0, 1.0) for n in range(guessed + 1))
    game = DrawGame((8, 9), rounds=before).skip(State())
    shown = said(view(State(screen=game, net=Net.READY), SIZE))
    assert {"Missed", "+0 points"} <= shown
    assert not [text for text in shown if "here" in text]
    ended = {f"Your streak of {guessed} has ended. Never mind!"} if guessed > 1 else set()
    assert {text for text in shown if "streak" in text} == ended


def test_the_score_is_explained_where_it_is_counted_and_then_the_game_rests(
    states: dict[str, State],
) -> None:
    result, told = states["result"], states["right"]
    shown = " ".join(said(view(result, SIZE)))
    assert all(reason.partition(":")[0] + ":" in shown for reason in REASONS)
    assert THINK_HINTS["right"] in said(view(told, SIZE))
    for state in (result, told, states["card"]):
        rested = state_after(state, *[Tick(1.0)] * 9)
        assert rested.screen.rounds == state.screen.rounds
        assert view(rested, SIZE).next_frame == STILL_SECONDS


def test_points_count_up_unless_motion_is_reduced(states: dict[str, State]) -> None:
    def points(state: State) -> list[str]:
        return [text.text for text in texts(view(state, SIZE)) if text.text[0] == "+"]

    result = states["result"]
    begun = replace(result, screen=replace(result.screen, waited=0.0))
    assert points(begun) == ["+0"] * 3
    assert points(with_settings(begun, reduced_motion=True)) == points(result) != ["+0"] * 3


def test_whether_it_is_a_digit_is_said_apart_from_which_one(states: dict[str, State]) -> None:
    for name, which, if_any in (
        ("sketchpad", WHICH, IF_ANY),
        ("inside", "Which digit?", "If it were one"),
    ):
        state = states[name]
        doubted = replace(state.reading, is_digit=False, digit_probability=0.08)
        doubtful = view(replace(state, reading=doubted), SIZE)
        certain = view(state, SIZE)
        assert which in said(certain)
        assert if_any in said(doubtful)
        bars = [
            [
                item
                for item in scene.items
                if isinstance(item, Fill) and item.rect.width > item.corner
            ]
            for scene in (certain, doubtful)
        ]
        answers = [sum(one.colour == certain.theme.accent for one in fills) for fills in bars]
        assert answers[0] > answers[1]


def test_what_is_not_a_digit_has_a_mark_that_no_sum_has(states: dict[str, State]) -> None:
    doubted = replace(states["sketchpad"].reading, is_digit=False)
    doubtful = replace(states["sketchpad"], reading=doubted)
    shown = said(view(doubtful, SIZE))
    assert UNREADABLE in shown
    assert "–" not in shown
    assert UNREADABLE in said(view(states["digits"], SIZE))


def test_exactly_one_row_of_the_scores_is_this_game() -> None:
    """Games with the same seed have the same number, and other points or players."""
    scores = Score(90, "", "draw", "1"), Score(90, "Bo", "draw", "1"), Score(80, "", "draw", "1")
    shown = replace(ENDED, page=Page.SCORES, ranks=False, number="1")
    scene = view(State(screen=shown, records=Records(scores, name="Ada")), SIZE)
    marked = {text.text for text in texts(scene) if text.colour == scene.theme.accent}
    assert marked == {"Ada", "90"}


def test_the_scores_say_how_this_game_stands_to_them() -> None:
    shown = replace(ENDED, page=Page.SCORES, number="1")
    other, own = Score(99, "Bo", "draw", "2"), Score(90, "", "draw", "1")
    for scores, news in (
        ((), "Nobody is on this list yet: be the first!"),
        ((other,), "Here are the top ten."),
        ((other, own), "You’re in the top ten!"),
    ):
        scene = view(State(screen=shown, records=Records(scores)), SIZE)
        assert f"1 of 1 right, 90 points. {news}" in said(scene)


def test_one_tab_is_marked_whatever_lies_on_the_sheet(states: dict[str, State]) -> None:
    for name in ("sketchpad", "number", "photo", "inside"):
        scene = view(states[name], SIZE)
        tabs = [one.rect for one in scene.targets if one.event in TABS]
        fills = [item for item in scene.items if isinstance(item, Fill)]
        marked = [one for one in fills if one.rect in tabs and one.colour == scene.theme.accent]
        assert len(marked) == 1, name


def test_more_digits_than_can_be_shown_are_counted() -> None:
    verdicts = [verdict(replace(PAD, number=number("4" * count))) for count in (12, 13)]
    assert "of" not in verdicts[0][2]
    assert verdicts[1][2] == "Here are the first 12 of 13 digits"


def test_signs_are_shown_where_they_stand_and_what_is_none_is_marked() -> None:
    box = (0.1, 0.4, 0.2, 0.5)
    signs = FoundSign("-", 0, box), FoundSign(",", 2, box)
    shown = replace(number("172"), signs=signs)
    assert shown.text == verdict(replace(PAD, number=shown))[0] == "-17,2"
    odd = replace(number("172"), signs=(FoundSign("", 1, box),))
    assert odd.text == "172"
    assert verdict(replace(PAD, number=odd))[:2] == (f"1{UNREADABLE}72", "Not all can be read")
    doubtful = replace(number("11"), trusted=False)
    assert verdict(replace(PAD, number=doubtful))[:2] == ("11", "Perhaps no number")

"""The screen on which networks learn: its curves, its patterns, and what is readable where."""

import math
from dataclasses import replace

import pygame
import pytest

from game.core.events import Choose, Do
from game.core.modes.learning import SETUPS, Learning
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.progress import Drawing, NetworkProgress, Point, Progress, Verdict
from game.core.values.readings import BLANK
from game.core.values.settings import Settings
from game.view.layout import Size
from game.view.painting.paint import dashes, figure_image
from game.view.scene import Curve, Figure, Outline, Pixels, Rect, Signed
from game.view.screens import view
from game.view.screens.learning.card import NONE_KEPT, SAID, mosaic
from game.view.screens.learning.screen import HINTS
from game.view.theme import NORMAL
from tests.rehearsed import height, plots, said, texts

SIZES = [(640, 480), (1280, 800), (700, 1100), (3840, 2160)]
SIZE = (1280, 800)
ZERO = bytes([128]) * 28 * 28


def state(losses: tuple[float, ...], read: tuple[int, ...], meant: tuple[int, ...]) -> State:
    """One network with this curve, which reads so in the drawings."""
    curve = tuple(Point(128 * n, loss, 0.5) for n, loss in enumerate(losses))
    network = NetworkProgress(curve, (ZERO,) * 12, read)
    drawings = tuple(Drawing(one, BLANK) for one in meant)
    progress = Progress(0, len(curve), SETUPS[:1], (network,), drawings)
    return State(screen=Learning(progress=progress), net=Net.READY)


@pytest.mark.parametrize("size", SIZES)
def test_the_misread_drawings_are_marked_with_what_was_read(size: Size) -> None:
    scene = view(state((2.3, 1.0), read=(3, 7, 7), meant=(3, 1, 7)), size)
    images = [item for item in scene.items if isinstance(item, Pixels)]
    borders = [item for item in scene.items if isinstance(item, Outline)]
    assert [one.rect for one in images] == [one.rect for one in borders]
    assert [one.colour == scene.theme.bad for one in borders] == [False, True, False]
    below = [next(text for text in texts(scene) if _under(one.rect, text.rect)) for one in images]
    assert [text.text for text in below] == ["3", "×7", "7"]


def _under(upper: Rect, lower: Rect) -> bool:
    return upper.x == lower.x and 0 <= lower.y - upper.bottom < upper.height


def test_a_loss_beyond_the_plot_runs_along_its_edge() -> None:
    scene = view(state((2.3, 1e9, math.nan, 2.3), (3,), (3,)), SIZE)
    *_, plot = plots(scene)
    points = plot.shapes[-1].points
    begin, first, second, end = (y for _, y in points)
    assert first == second == min(y for _, y in points)
    assert begin == end > first
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)


def test_the_curves_of_three_networks_differ_by_more_than_colour() -> None:
    one = state((2.3, 1.0, 0.5), (3,), (3,))
    three = one.screen.progress.networks * 3
    progress = replace(one.screen.progress, setups=SETUPS, networks=three)
    scene = view(replace(one, screen=replace(one.screen, setups=SETUPS, progress=progress)), SIZE)
    for plot in plots(scene):
        thick, thin, dashed = [one for one in plot.shapes if one.colour != scene.theme.edge]
        assert thick.radius > thin.radius
        assert [one.dashed for one in (thick, thin, dashed)] == [False, False, True]
        beside = [text for text in texts(scene) if text.rect.x >= plot.rect.right]
        numbers = [text for text in beside if plot.rect.y - 20 < text.rect.y < plot.rect.bottom]
        assert {"1", "2", "3"} <= {text.text for text in numbers}


@pytest.mark.parametrize(
    ("text", "size", "shows"),
    [("huge", (1280, 800), True), ("normal", (640, 480), True), ("huge", (640, 480), False)],
)
def test_large_text_hides_no_curve_or_drawing_without_a_word(
    text: str, size: Size, *, shows: bool
) -> None:
    one = state((2.3, 1.0, 0.5), (3,), (3,))
    three = one.screen.progress.networks * 3
    progress = replace(one.screen.progress, setups=SETUPS, networks=three)
    screen = replace(one.screen, setups=SETUPS, progress=progress)
    scene = view(replace(one, screen=screen, settings=Settings(text=text)), size)
    drawings = [item for item in scene.items if isinstance(item, Pixels)]
    assert (bool(plots(scene)), len(drawings)) == (shows, 3 * shows)
    assert (HINTS["small"] in said(scene)) is not shows


def test_dashes_lie_on_the_line_and_cover_half_of_it() -> None:
    line = ((0.0, 0.5), (0.3, 0.1), (0.3, 0.9), (1.0, 0.9))
    pieces = dashes(line, 0.03)
    lengths = [sum(map(math.dist, piece, piece[1:])) for piece in pieces]
    assert max(lengths) <= 0.03 + 1e-9
    whole = sum(map(math.dist, line, line[1:]))
    assert sum(lengths) == pytest.approx(whole / 2, abs=0.03)
    for x, y in (point for piece in pieces for point in piece):
        near = [abs(x - 0.3) < 1e-9, abs(y - 0.9) < 1e-9, abs(y - (0.5 - 4 / 3 * x)) < 1e-9]
        assert any(near)


def test_patterns_lie_side_by_side_and_what_is_left_over_is_zero() -> None:
    first, second = bytes([1]) * 784, bytes([255]) * 784
    image = mosaic((first, second, first), across=2, down=2)
    surface = pygame.image.frombuffer(image, (56, 56), "P")
    corners = [surface.get_at_mapped(at) for at in ((0, 0), (55, 27), (27, 55), (28, 28))]
    assert corners == [1, 255, 1, 128]
    assert mosaic((first, second), across=1, down=1) == first


def test_a_curve_is_painted_where_it_runs_and_nowhere_else() -> None:
    flat = Curve(((0.0, 0.5), (1.0, 0.5)), NORMAL.accent, 2.0)
    surface = figure_image(Figure(Rect(5, 5, 60, 40), (flat,)))
    assert surface.get_size() == (60, 40)
    assert surface.get_at((30, 20)) == pytest.approx((*NORMAL.accent, 255), abs=4)
    assert sum(surface.get_at((30, y))[3] > 0 for y in range(40)) in range(4, 7)


@pytest.mark.parametrize("size", SIZES)
def test_every_verdict_is_readable_beside_others(size: Size) -> None:
    curves = {
        Verdict.SLOW: (2.3,) * 40,
        Verdict.FALLEN: (2.3, 40.0) + (2.4,) * 9,
        Verdict.STUMBLING: (2.3,) + (40.0,) * 9,
    }
    for verdict, losses in curves.items():
        accuracy = 0.5 if verdict is Verdict.STUMBLING else 0.1
        curve = tuple(Point(128 * n, loss, accuracy) for n, loss in enumerate(losses))
        network = NetworkProgress(curve, (ZERO,) * 12, (3,))
        assert network.verdict is verdict
        for count in (1, 2, 3):
            progress = Progress(0, 40, SETUPS[:count], (network,) * count, (Drawing(3, BLANK),))
            shown = State(screen=Learning(SETUPS[:count], progress=progress), net=Net.READY)
            found = [text for text in texts(view(shown, size)) if text.text == SAID[verdict]]
            assert len(found) == count
            assert all(height(text) >= 9 for text in found)


def test_the_selected_network_is_framed_and_the_cards_choose() -> None:
    shown = state_after(State(screen=Learning(SETUPS), net=Net.READY), Choose(1))
    scene, later = (view(one, SIZE) for one in (shown, state_after(shown, Choose(2))))
    keys = [target.key for target in scene.targets]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    events = {target.key: target.event for target in scene.targets}
    assert [events[key] for key in "123"] == [Choose(0), Choose(1), Choose(2)]
    first, second = (
        {item.rect for item in one.items if getattr(item, "colour", None) == one.theme.accent}
        for one in (scene, later)
    )
    (before,), (after,) = first - second, second - first
    assert before.x < after.x


def test_one_network_needs_no_choosing_and_says_how_to_keep_drawings() -> None:
    scene = view(state((2.3, 1.0), (3,), (3,)), SIZE)
    assert Choose(0) not in [target.event for target in scene.targets]
    assert {"128 units", NONE_KEPT} <= said(scene)


def test_a_fresh_network_has_blank_patterns_and_waits_to_be_started() -> None:
    fresh = state((2.3,), (3,), (3,))
    fresh = replace(
        fresh, screen=replace(fresh.screen, progress=replace(fresh.screen.progress, rounds=0))
    )
    scene = view(fresh, SIZE)
    (patterns,) = [item for item in scene.items if isinstance(item, Signed)]
    assert set(patterns.values) == {128}
    assert {"What it looks for: nothing yet", HINTS["ready"]} <= said(scene)
    assert HINTS[Verdict.GUESSING] in said(view(state_after(fresh, Do.ACCEPT), SIZE))


def test_a_network_that_cannot_learn_is_replaced_by_the_reason() -> None:
    broken = State(screen=Learning(progress=Progress(0, error="no driver")), net=Net.READY)
    scene = view(broken, (640, 480))
    assert any("no driver" in text for text in said(scene))
    assert not said(scene) & set(HINTS.values())
    assert Do.ACCEPT in [target.event for target in scene.targets]

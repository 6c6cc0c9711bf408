"""How the games answer: what flies, counts, burns and sounds, and that it is in nobody's way."""

from dataclasses import replace
from itertools import pairwise

import pygame
import pytest

from game.core.effects import PlaySound
from game.core.events import Do, Event, Go, Lift, Move, NetReady, Press, Read, Tick
from game.core.modes.draw import LAST_SECONDS, DrawGame, Points
from game.core.modes.guessing_game import LANDED_SECONDS, SEEN_SECONDS, Phase
from game.core.modes.review import Page
from game.core.modes.think import ThinkGame
from game.core.state import Net, State
from game.core.update import state_after, update
from game.core.values.rounds import Round
from game.core.values.settings import NORMAL_SECONDS, Settings
from game.devices.reader import Reader
from game.devices.sound import TUNES
from game.rehearsal import Game
from game.screenshot import later, movements
from game.view.motion import flown
from game.view.scene import FRAME_SECONDS, Figure, Fill, Ink, Rect, Scene, Text
from game.view.screens import view
from game.view.screens.parts.results import (
    BRIGHTEST,
    BURST_EVERY,
    FIREWORK_SECONDS,
    SHRINK_SECONDS,
    fireworks,
    flame,
)
from game.view.theme import NORMAL
from tests.beginnings import ENDED
from tests.readings import reading
from tests.rehearsed import said, with_settings

SIZE = (1280, 800)
STROKE = (((0.2, 0.2, 0.0), (0.6, 0.8, 0.0)),)
WON = Round(7, 7, 120, 1.0, 1.0, strokes=STROKE)
MISSED = Round(7, None, 0, 20.0, 1.0, strokes=STROKE)


def result(*rounds: Round, seconds: float = 0.0, **state: object) -> State:
    """The result of the last of these rounds, shown for some time."""
    points = Points(time=rounds[-1].points)
    game = DrawGame((7, 3, 1), phase=Phase.RESULT, rounds=rounds, waited=seconds, points=points)
    return State(screen=game, net=Net.READY, **state)


def score(scene: Scene) -> int:
    (text,) = [text for text in said(scene) if text.endswith(" points") and text[0] != "+"]
    return int(text.split()[0])


def sounds(state: State, *happened: Event) -> list[str]:
    """The sounds of some events, each of which is in `TUNES`."""
    played = []
    for event in happened:
        state, effects = update(state, event)
        played += [effect.name for effect in effects if isinstance(effect, PlaySound)]
    assert set(played) <= TUNES.keys()
    return played


def test_a_flight_goes_from_place_to_place() -> None:
    begin, end = Rect(100, 100, 400, 400), Rect(700, 20, 40, 40)
    way = [flown(begin, end, n / 50, 0.2) for n in range(51)]
    assert (way[0], way[-1]) == (begin, end)
    for one, other in pairwise(way):
        assert other.x > one.x
        assert other.width < one.width
        assert abs(other.y - one.y) < 20
    assert min(place.y for place in way) < end.y


def small_inks(scene: Scene) -> list[Rect]:
    """The drawings on pieces of paper, from the smallest."""
    inks = [item.rect for item in scene.items if isinstance(item, Ink) and item.strokes == STROKE]
    return sorted(inks, key=lambda rect: rect.width)


@pytest.mark.parametrize("played", [WON, MISSED])
def test_the_finished_drawing_shrinks_into_its_place_and_stays_there(played: Round) -> None:
    widths = []
    for n in range(30):
        scene = view(result(WON, played, seconds=n * FRAME_SECONDS), SIZE)
        own = [rect.width for rect in small_inks(scene)]
        assert len(own) == 2
        widths.append(own[-1])
        assert scene.next_frame == FRAME_SECONDS
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 400
    following = state_after(result(WON, played, seconds=SHRINK_SECONDS), Do.ACCEPT)
    placed = small_inks(view(following, SIZE))
    assert placed == small_inks(view(result(WON, played, seconds=9.0), SIZE))
    assert len({rect.width for rect in placed}) == 1


def test_the_card_is_dealt_at_the_first_round_and_with_each_result() -> None:
    def digit(state: State) -> Rect:
        (card,) = [
            item.rect
            for item in view(state, SIZE).items
            if isinstance(item, Text) and item.text == str(state.screen.card)
        ]
        return card

    begun = replace(state_after(State(), NetReady(), Go("draw")), turn=None)
    settled = state_after(begun, Tick(0.5))
    for state, end in ((begun, settled), (result(WON), result(WON, seconds=2.0))):
        assert digit(state).width < 0.6 * digit(end).width
    skipped = state_after(result(WON, seconds=1.0), Do.ACCEPT)
    assert digit(skipped) == digit(state_after(skipped, Tick(2.0)))


def test_points_fly_to_the_score_and_count_up() -> None:
    shown = [score(view(result(WON, WON, seconds=n / 60), SIZE)) for n in range(120)]
    assert (shown[0], shown[-1]) == (120, 240)
    assert shown == sorted(shown)
    assert len(set(shown)) > 8
    flying = [
        text.rect.y
        for n in range(120)
        for text in view(result(WON, WON, seconds=n / 60), SIZE).items
        if isinstance(text, Text) and text.text == "+120" and text.colour == NORMAL.accent
    ]
    assert len(flying) > 8
    assert flying[-1] < flying[0]
    assert score(view(state_after(result(WON, WON), Do.ACCEPT), SIZE)) == 240


def test_a_streak_burns_larger_and_brighter_and_a_miss_puts_it_out() -> None:
    def area(length: int) -> float:
        points = flame(Rect(0, 0, 40, 40), NORMAL, length, 0.0).shapes[0].points
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]])))

    areas = [area(length) for length in range(1, BRIGHTEST + 1)]
    assert areas == sorted(areas)
    brightness = [
        sum(flame(Rect(0, 0, 40, 40), NORMAL, length, 0.0).shapes[-1].colour)
        for length in range(1, BRIGHTEST + 1)
    ]
    assert brightness == sorted(brightness)
    burning, out = (
        [item for item in view(state, SIZE).items if isinstance(item, Figure)]
        for state in (result(WON, WON, seconds=3.0), result(WON, MISSED, seconds=3.0))
    )
    assert len(burning) == len(out) + 1


def test_the_last_three_seconds_are_seen_and_heard() -> None:
    begun = DrawGame((7, 3), phase=Phase.DRAWING, seconds=NORMAL_SECONDS - LAST_SECONDS - 0.5)
    state = State(screen=begun, net=Net.READY)
    assert sounds(state, *[Tick(0.05)] * 65) == ["tick"] * 3
    ending = state_after(state, *[Tick(0.05)] * 12)
    rings = [
        {item for item in view(one, SIZE).items if isinstance(item, Fill) and item.rect.width > 500}
        for one in (state, ending)
    ]
    assert NORMAL.bad in {item.colour for item in rings[1] - rings[0]}
    endless = replace(state, screen=replace(begun, limit=None))
    assert sounds(endless, *[Tick(0.05)] * 65) == []


def test_each_event_of_a_round_has_a_sound() -> None:
    state = replace(state_after(State(), NetReady(), Go("draw")), turn=None)
    asked, other = state.screen.digits[:2]
    drawn = [Press(0.5, 0.2), Move(0.5, 0.8), Read(reading(asked, 0.95)), Lift()]
    assert sounds(state, *drawn, *[Tick(0.05)] * 14) == ["turn", "buzz", "right"]
    won = state_after(state, *drawn, *[Tick(0.05)] * 14)
    assert sounds(won, *[Tick(0.05)] * 30) == ["points"]
    again = [Do.ACCEPT, *drawn[:2], Read(reading(other, 0.95)), Lift()]
    assert sounds(won, *again, *[Tick(0.05)] * 14)[-1] == "streak2"
    assert sounds(won, Do.ACCEPT, Do.SKIP)[-1] == "wrong"
    assert sounds(with_settings(won, reduced_motion=True), *[Tick(0.05)] * 30) == []


def test_a_guess_pops_up_and_the_points_go_to_who_has_won_them() -> None:
    state = State(screen=ThinkGame(phase=Phase.BUZZED, guess=3), net=Net.READY)
    heights = [
        next(
            text.height
            for text in view(one, SIZE).items
            if isinstance(text, Text) and text.text == "3"
        )
        for one in (state, replace(state, screen=replace(state.screen, waited=1.0)))
    ]
    assert heights[0] < 0.7 * heights[1]
    for guess, shown in ((3, ("0", "70")), (4, ("50", "0"))):
        played = Round(3, guess, 0 if guess == 3 else 50, 1.0, 1.0, strokes=STROKE)
        network = 70 if guess == 3 else 0
        game = ThinkGame(
            phase=Phase.RESULT, rounds=(played,), network_points=network, network_score=network
        )
        for waited, scores in ((0.0, ("0", "0")), (LANDED_SECONDS + 1, shown)):
            scene = view(replace(state, screen=replace(game, waited=waited)), SIZE)
            said_scores = [
                text.text
                for text in scene.items
                if isinstance(text, Text) and text.text.isdigit() and text.rect.y < 200
            ]
            assert tuple(said_scores) == scores


def test_fireworks_fill_the_window_behind_the_text_and_do_not_flash() -> None:
    window = Rect(0, 0, *SIZE)
    frames = [
        fireworks(window, NORMAL, 20, n / 20) for n in range(round(20 * FIREWORK_SECONDS) + 1)
    ]
    assert len({len(frame) for frame in frames}) == 1
    drops = [item.rect for frame in frames for item in frame if item.rect.width]
    assert all(rect.within(window) == rect for rect in drops)
    assert max(rect.x for rect in drops) - min(rect.x for rect in drops) > 0.9 * SIZE[0]
    assert max(rect.y for rect in drops) - min(rect.y for rect in drops) > 0.8 * SIZE[1]
    assert not [item for item in frames[-1] if item.rect.width]
    assert 1 / BURST_EVERY < 3
    for page in (Page.DRAWINGS, Page.NAME):
        state = State(screen=replace(ENDED, best_ever=True, page=page, shown=1.0))
        kinds = [isinstance(item, Text) for item in view(state, SIZE).items]
        assert kinds == sorted(kinds)
        for still in (with_settings(state, reduced_motion=True), later(state, FIREWORK_SECONDS)):
            assert len(view(still, SIZE).items) < len(kinds)


def test_nothing_is_in_the_way_of_the_next_stroke() -> None:
    assert SHRINK_SECONDS < SEEN_SECONDS
    shown = result(WON, seconds=SEEN_SECONDS)
    drawing = state_after(shown, Press(0.3, 0.3), Move(0.4, 0.4))
    scene = view(drawing, SIZE)
    over = [
        item
        for item in scene.items[scene.items.index(pad_ink(scene)) + 1 :]
        if pygame.Rect(item.rect).colliderect(scene.pad)
        and not (isinstance(item, Text) and not item.text)
    ]
    assert not over


def pad_ink(scene: Scene) -> Ink:
    return next(item for item in scene.items if isinstance(item, Ink) and item.rect == scene.pad)


def test_with_reduced_motion_all_is_in_its_place_at_once() -> None:
    for state in (result(WON, WON), result(WON, MISSED), State(screen=DrawGame((7, 3)))):
        calm = with_settings(state, reduced_motion=True)
        ended = replace(calm, screen=replace(calm.screen, waited=9.0))
        assert view(calm, SIZE).items == view(ended, SIZE).items


def test_with_the_clock_off_the_review_gives_no_times() -> None:
    review = replace(ENDED, rounds=(replace(WON, trace=((0.0, (0.1,) * 10),)),))
    for timed in (True, False):
        shown = said(view(State(screen=replace(review, is_timed=timed)), SIZE))
        assert any("\N{NO-BREAK SPACE}s" in text for text in shown) is timed
    for timer in ("normal", "off"):
        game = result(WON, seconds=1.0, settings=Settings(timer=timer))
        last = replace(game, screen=replace(game.screen, digits=(7,)))
        assert state_after(last, Do.ACCEPT).screen.is_timed is (timer == "normal")


@pytest.mark.slow
def test_a_strip_of_each_movement_shows_that_it_moves(reader: Reader) -> None:
    for name, seconds, _, begun in movements(reader):
        first, second = view(later(begun, seconds / 3), SIZE), view(later(begun, seconds / 2), SIZE)
        assert (first.items, first.turned) != (second.items, second.turned), name


def test_the_same_game_is_answered_in_the_same_way(reader: Reader) -> None:
    scenes = []
    for _ in range(2):
        game = Game(reader, State(seed=3)).do(NetReady(), Go("draw"))
        game.draw_asked().wait(0.6)
        scenes.append(view(game.state, SIZE))
    assert scenes[0] == scenes[1]

"""The rules of "Write it": the steps of a lesson, its stars, and the ways of writing."""

from dataclasses import replace

import pytest

from game.core import effects, events
from game.core.effects import FindForms, ReadDigit, ReadTurned, StoreRecords, StoreSettings
from game.core.events import Choose, Digit, Do, Event, Go, Press, Tick
from game.core.modes.writing.lesson import (
    LONG_REST_SECONDS,
    REST_SECONDS,
    SEEN_SECONDS,
    Lesson,
    Step,
)
from game.core.modes.writing.shelf import ALL_FORMS, Forms, Shelf
from game.core.state import Net, State
from game.core.update import state_after, update
from game.core.values.mood import Mood
from game.core.values.readings import Reading, Turned
from game.core.values.records import Records
from game.core.values.writing import USUAL, Verdict, with_times
from tests.readings import reading

HOOK = (((0.3, 0.2, 0.0), (0.2, 0.6, 0.0), (0.8, 0.6, 0.0)), ((0.6, 0.4, 0.0), (0.6, 0.8, 0.0)))
KNOWN = events.FormsFound({(4, USUAL[4]): with_times(HOOK), (5, USUAL[5]): with_times(HOOK)})
NOTHING = reading(0, 0.3, digit_probability=0.0)
SHELF = state_after(State(net=Net.READY), Go("write"), KNOWN)
LESSON = state_after(SHELF, Digit(4))
TRACE, COPY, BY_HEART = (state_after(LESSON, Choose(number)) for number in (1, 2, 3))


def drawn(state: State, strokes: int = 2) -> State:
    """The state after the first strokes of the model were drawn."""
    for stroke in HOOK[:strokes]:
        moves = [events.Move(x, y) for x, y, _ in stroke]
        state = state_after(state, Press(*stroke[0][:2]), *moves, events.Lift())
    return state


def looked_at(state: State, read: Reading, mirrored: Reading = NOTHING) -> State:
    """The state after the drawing was finished, and read upright and turned."""
    turned = Turned(state.sketch.strokes, mirrored, (NOTHING, NOTHING))
    answers = (events.Read(read), events.TurnedRead(turned))
    return state_after(state, Do.ACCEPT, *answers, Tick(0.1))


def lesson(state: State) -> Lesson:
    assert isinstance(state.screen, Lesson)
    return state.screen


def step(state: State) -> Step:
    return lesson(state).step


def verdict(state: State) -> Verdict | None:
    return lesson(state).verdict


def test_the_ways_of_writing_are_asked_for_once() -> None:
    _, wanted = update(State(net=Net.READY), Go("write"))
    assert FindForms() in wanted
    assert FindForms() not in update(SHELF, Tick(0.1))[1]
    waiting = state_after(State(net=Net.READY), Go("write"), Digit(4), Tick(9.0))
    assert step(waiting) is Step.WATCH


def test_a_digit_is_shown_and_then_it_is_the_childs_turn() -> None:
    assert LESSON.screen.mood(LESSON) is Mood.WATCHING
    assert not state_after(LESSON, Press(0.5, 0.5)).sketch.strokes
    assert step(state_after(LESSON, Tick(3.0))) is Step.WATCH
    assert step(state_after(LESSON, *[Tick(1.0)] * 7)) is Step.TRACE
    assert step(state_after(LESSON, Do.ACCEPT)) is Step.TRACE


def test_each_part_that_is_passed_brings_a_star_and_the_most_are_kept() -> None:
    traced = state_after(drawn(TRACE), Tick(REST_SECONDS), Tick(0.1))
    assert verdict(traced) is Verdict.FOLLOWED
    copied = looked_at(drawn(state_after(traced, Do.ACCEPT)), reading(4))
    by_heart = state_after(copied, Do.ACCEPT)
    assert step(by_heart) is Step.BY_HEART
    over = looked_at(drawn(by_heart), reading(4))
    assert [state.records.stars[4] for state in (TRACE, traced, copied, over)] == [0, 1, 2, 3]
    assert over.screen.mood(over) is Mood.BEST_EVER
    following = state_after(over, Do.ACCEPT)
    assert following.screen == Lesson(5)


def test_a_lesson_begins_with_the_stars_that_were_kept_and_goes_on_from_there() -> None:
    stars = (0, 0, 0, 0, 2, 0, 0, 0, 0, 0)
    later = replace(SHELF, records=Records(stars=stars))
    traced = state_after(drawn(state_after(later, Digit(4), Choose(1))), Do.ACCEPT, Tick(0.1))
    assert traced.screen.mood(traced) is Mood.DELIGHTED
    assert (len(lesson(traced).passed), lesson(traced).star_is_new) == (2, False)
    over = looked_at(drawn(state_after(traced, Choose(3))), reading(4))
    assert (over.records.stars[4], over.screen.mood(over)) == (3, Mood.BEST_EVER)
    again = looked_at(drawn(state_after(over, Choose(3))), reading(4))
    assert (over.records, again.screen.mood(again)) == (again.records, Mood.DELIGHTED)


def test_a_star_is_stored_with_a_sound() -> None:
    _, wanted = update(state_after(drawn(TRACE), Do.ACCEPT), Tick(0.1))
    stars = (0, 0, 0, 0, 1, 0, 0, 0, 0, 0)
    assert wanted == (effects.PlaySound("right"), StoreRecords(Records(stars=stars)))


@pytest.mark.parametrize(
    ("read", "mirrored", "expected", "mood"),
    [
        (NOTHING, reading(4), Verdict.MIRRORED, Mood.PUZZLED),
        (reading(9), NOTHING, Verdict.OTHER, Mood.SHEEPISH),
        (NOTHING, NOTHING, Verdict.UNCLEAR, Mood.PUZZLED),
    ],
)
def test_what_is_not_the_digit_is_said_and_tried_again(
    read: Reading, mirrored: Reading, expected: Verdict, mood: Mood
) -> None:
    missed = looked_at(drawn(COPY), read, mirrored)
    assert (verdict(missed), missed.screen.mood(missed)) == (expected, mood)
    assert missed.records.stars[4] == 0
    assert state_after(missed, Press(0.5, 0.5)).sketch == missed.sketch  # the verdict is new
    seen = state_after(missed, Tick(SEEN_SECONDS))
    for again in (state_after(seen, Press(0.5, 0.5)), state_after(seen, Do.ACCEPT)):
        assert (step(again), verdict(again)) == (Step.COPY, None)
        assert len(again.sketch.strokes) <= 1


def test_a_result_that_was_good_waits_for_the_child_to_go_on() -> None:
    right = state_after(looked_at(drawn(COPY), reading(4)), Tick(60.0), Press(0.5, 0.5))
    assert (step(right), verdict(right)) == (Step.COPY, Verdict.RIGHT)
    assert right.sketch.strokes == drawn(COPY).sketch.strokes


def test_the_second_stroke_is_waited_for_and_goes_on_after_a_hasty_enter() -> None:
    begun = drawn(TRACE, 1)
    assert verdict(state_after(begun, Tick(REST_SECONDS), Tick(0.1))) is None
    assert verdict(state_after(begun, Tick(LONG_REST_SECONDS))) is Verdict.UNFINISHED
    undone = state_after(drawn(TRACE), Tick(REST_SECONDS - 0.1), Do.UNDO)
    assert verdict(state_after(undone, Tick(LONG_REST_SECONDS - 0.2))) is None
    hasty = state_after(drawn(COPY, 1), Do.ACCEPT, Press(0.6, 0.4), events.Lift(), Tick(0.5))
    assert verdict(hasty) is None
    assert not hasty.screen.finished


def test_the_verdict_waits_for_the_network_and_for_the_drawing_as_it_is_now() -> None:
    finished, wanted = update(drawn(COPY), Do.ACCEPT)
    assert wanted == (ReadDigit(finished.sketch.strokes),)
    read, wanted = update(finished, events.Read(reading(4)))
    assert wanted == (ReadTurned(read.sketch.strokes),)
    late = events.TurnedRead(Turned(HOOK[:1], reading(4), (NOTHING, NOTHING)))
    assert verdict(state_after(read, late, Tick(1.0))) is None
    lost = state_after(read, events.NetFailed("gone"), *[Tick(1.0)] * 9)
    assert verdict(lost) is None
    assert isinstance(state_after(lost, Do.BACK).screen, Shelf)


@pytest.mark.parametrize("event", [Digit(5), Choose(3), Choose(0)])
def test_another_digit_or_part_begins_on_an_empty_pad(event: Event) -> None:
    assert not state_after(drawn(COPY), event).sketch.strokes


def test_a_parent_chooses_the_way_of_writing_that_is_taught() -> None:
    crossed = (7, "crossed")
    forms = {crossed: with_times(HOOK[:1]), (7, USUAL[7]): with_times(HOOK)}
    state = state_after(SHELF, Go("forms"), events.FormsFound(forms))
    after, wanted = update(state, Choose(ALL_FORMS.index(crossed)))
    assert after.settings.forms[7] == "crossed"
    assert wanted == (StoreSettings(after.settings),)
    assert isinstance(after.screen, Forms)
    taught = state_after(after, Do.BACK, Digit(7))
    assert taught.screen.model(taught) == forms[crossed]
    assert replace(after.settings, forms=USUAL) == SHELF.settings


def test_back_leads_from_a_lesson_to_the_digits_and_to_the_title() -> None:
    shelf = state_after(drawn(COPY), Do.BACK)
    assert (shelf.screen, shelf.sketch.strokes) == (Shelf(), ())
    assert state_after(shelf, Do.BACK).screen == State().screen

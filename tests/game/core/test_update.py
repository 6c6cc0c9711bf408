"""The game's rules as (state, event, state), and what holds whatever happens."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import effects, events
from game.core.effects import Effects, Order, PlaySound, ReadDigit, StoreSettings
from game.core.events import Do, Event, Go
from game.core.line import Line
from game.core.modes.digits import Digits
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import GuessingGame
from game.core.modes.options import Options
from game.core.modes.review import Page
from game.core.modes.sketchpad import Pad
from game.core.modes.table import MODES
from game.core.modes.think import ThinkGame
from game.core.mood import with_feeling
from game.core.state import Net, State
from game.core.update import state_after, update
from game.core.values.readings import Turned
from game.core.values.records import Records, Score, Trial
from game.core.values.settings import CHOICES, KEYS, Settings
from game.core.values.sheets import EMPTY_SHEETS, SheetContent
from game.core.values.sketch import NUMBER_WIDTH, Sketch
from game.core.values.teaching import Teaching
from game.core.values.writing import USUAL
from game.view.glyphs import glyph
from tests.beginnings import DOT, DRAWN, ENDED, PAD, PHOTO, WIDE_DOT
from tests.readings import number, reading

LEFT = SheetContent(DRAWN.sketch)
OPTIONS = State(screen=Options())


THINKS = Settings(last="think")
SEEN = State(now=1.0)


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (State(), events.Tick(0.5), State(now=0.5)),
        (State(overlay="pause"), events.Tick(0.5), State(overlay="pause")),
        (State(), events.NetReady(), State(net=Net.READY)),
        (State(), events.NetFailed("gone"), State(net=Net.FAILED, net_error="gone")),
        (PAD, events.Read(reading(7)), replace(PAD, reading=reading(7))),
        (State(), Do.QUIT, State()),
        (State(), Do.BACK, State()),
        (State(), Go("think"), State(screen=ThinkGame(), seed=1, settings=THINKS)),
        (State(), Go("sketchpad"), State(screen=Pad(), settings=Settings(last="sketchpad"))),
        (State(), Go("digits"), State(screen=Digits(), teaching=Teaching(is_studying=True))),
        (SEEN, Go("settings"), replace(SEEN, screen=Options(), settings=Settings(greeted=True))),
        (OPTIONS, Go("title"), State()),
        (DRAWN, Do.BACK, State(net=Net.READY, sheets=EMPTY_SHEETS | {"digit": LEFT})),
        (DRAWN, Do.UNDO, replace(PAD, sketch=Sketch(future=(DOT,)))),
        (DRAWN, Do.CLEAR, replace(PAD, sketch=Sketch(past=((), DOT)))),
        (DRAWN, Do.FOCUS_LOST, DRAWN),
        (DRAWN, events.Sheet("digit"), DRAWN),
        (PAD, events.Move(0.5, 0.5), PAD),
        (PAD, events.Lift(), PAD),
        (PAD, events.Tool("eraser"), replace(PAD, screen=Pad(tool="eraser"))),
        (PAD, Do.WIDTH, replace(PAD, screen=Pad(width=2))),
        (PAD, Do.HELP, replace(PAD, overlay="help")),
        (replace(PAD, overlay="help"), Do.BACK, PAD),
        (replace(PAD, overlay="help"), events.Press(0.5, 0.5), replace(PAD, overlay="help")),
        (State(screen=ThinkGame()), Do.PAUSE, State(screen=ThinkGame(), overlay="pause")),
        (State(screen=ThinkGame()), Do.FOCUS_LOST, State(screen=ThinkGame(), overlay="pause")),
        (State(screen=DrawGame((7,))), Do.ACCEPT, State(screen=DrawGame((7,)))),
        (OPTIONS, Do.FORGET, State(screen=Options(forgetting=True))),
        (OPTIONS, events.Rebind("undo"), State(screen=Options(waiting="undo"))),
    ],
)
def test_update(before: State, event: Event, after: State) -> None:
    assert state_after(before, event) == with_feeling(after, event)


def test_the_same_seed_asks_for_the_same_digits_none_twice() -> None:
    first, again = (state_after(State(seed=5), Go("draw")).screen for _ in range(2))
    assert first == again
    assert len(set(first.digits)) == 6
    assert state_after(State(seed=6), Go("draw")).screen != first


def test_the_drill_asks_for_the_weakest_digits() -> None:
    trials = tuple(Trial(d, None if d in {2, 5, 7} else d, 1.0, 1.0) for d in range(10))
    drill = state_after(State(records=Records(trials=trials)), Go("drill")).screen
    assert set(drill.digits) == {2, 5, 7}


def test_a_name_is_typed_rubbed_and_kept_with_the_score() -> None:
    state = State(screen=ENDED, seed=1)
    typed = (events.Typed(text) for text in ("A", "", "dx"))
    state = state_after(state, Do.ACCEPT, *typed, Do.CLEAR, events.Typed("a"))
    state, wanted = update(state, Do.ACCEPT)
    score = Score(90, "", "draw", "1")
    added = Records((score,), name="Ada")
    assert (state.records.scores, wanted) == ((score,), (effects.StoreRecords(added),))
    assert state.screen.page is Page.SCORES


@pytest.mark.parametrize("leaving", [Do.BACK, Go("title"), Do.QUIT])
def test_a_score_is_kept_even_if_the_player_leaves_before_typing(leaving: Event) -> None:
    left = state_after(State(screen=replace(ENDED, name=Line("Ada"))), leaving)
    assert left.records == Records((Score(90, "", "draw", "1"),), name="Ada")


KEPT = effects.StoreRecords(Records((Score(90, "", "draw", "1"),)))


@pytest.mark.parametrize(
    ("before", "event", "expected"),
    [
        (State(), Do.BACK, (Order.QUIT,)),
        (State(screen=ENDED), Do.QUIT, (KEPT, Order.QUIT)),
        (State(), Go("think"), (PlaySound("turn"), StoreSettings(THINKS))),
        (State(settings=THINKS), Do.ACCEPT, (PlaySound("turn"),)),
        (OPTIONS, events.Set("colours", "dark"), (StoreSettings(Settings(colours="dark")),)),
        (OPTIONS, events.Change("volume"), (StoreSettings(Settings(volume=6)),)),
        (PAD, events.Sheet("number"), (StoreSettings(Settings(sheet="number")),)),
        (DRAWN, events.NetReady(), (Order.LOAD_HAND, ReadDigit(DOT))),
        (replace(DRAWN, read_strokes=DOT), events.NetReady(), (Order.LOAD_HAND,)),
    ],
)
def test_what_an_event_makes_the_shell_do(before: State, event: Event, expected: Effects) -> None:
    assert update(before, event)[1] == expected


def test_forgetting_asks_once_and_then_forgets() -> None:
    state = State(screen=Options(), records=Records((Score(1, "Ada", "draw"),), name="Ada"))
    asked = state_after(state, Do.FORGET)
    assert asked.records == state.records
    forgotten, wanted = update(asked, Do.FORGET)
    assert (forgotten.records, wanted) == (Records(), (effects.DeleteData("1"), Order.LOAD_HAND))


places = st.floats(-0.5, 1.5)
happenings = st.one_of(
    st.builds(events.Tick, st.floats(0, 3)),
    st.builds(events.Press, places, places),
    st.builds(events.Move, places, places),
    st.just(events.Lift()),
    st.sampled_from(Do),
    st.builds(Go, st.sampled_from(list(MODES))),
    st.builds(events.Digit, st.integers(0, 9)),
    st.builds(events.Sheet, st.sampled_from(["digit", "number"])),
    st.builds(events.Tool, st.sampled_from(["pen", "eraser", "strokes"])),
    st.builds(events.Choose, st.integers(0, 9)),
    st.builds(events.Typed, st.text(max_size=3)),
    st.builds(events.Change, st.sampled_from(list(CHOICES)), st.sampled_from([1, -1])),
    st.builds(events.Rebind, st.sampled_from(list(KEYS)), st.sampled_from(["", "k", "u", "p"])),
    st.builds(events.Focus, st.none() | st.integers(0, 40)),
    st.builds(events.Read, st.builds(reading, st.integers(0, 9), st.floats(0.1, 1), st.booleans())),
    st.sampled_from([events.NetReady(), events.NetFailed("gone"), events.Notice("hello")]),
    st.builds(events.NewDay, st.sampled_from([date(2026, 11, 30), date(2026, 12, 1)])),
    st.just(events.FormsFound({(one, USUAL[one]): glyph(one) for one in range(10)})),
    st.just(events.TurnedRead(Turned(DOT, reading(3), (reading(0), reading(3))))),
    st.just(events.Opened("a.png", photo=PHOTO)),
    st.just(events.Opened("a.ndjson", WIDE_DOT, sheet="number")),
    st.just(events.NumberRead(number("7", WIDE_DOT))),
    st.just(events.NumberRead(replace(number("71"), photo=PHOTO))),
    st.just(events.SavedFilesFound((("7", glyph(7)), ("unknown", glyph(2))))),
)


@given(st.lists(happenings, max_size=120))
@settings(max_examples=60)
def test_whatever_happens_the_rules_hold(happened: list[Event]) -> None:
    state = State()
    for event in happened:
        after = state_after(state, event)
        same = type(after.screen) is type(state.screen)
        games = same and isinstance(state.screen, GuessingGame)
        if games and not isinstance(event, Go):
            assert after.screen.score >= state.screen.score
        if state.overlay and isinstance(event, events.Tick):
            assert after.screen == state.screen
        quiet = isinstance(event, events.Tick | events.Read | events.Focus | events.Notice)
        if quiet and not games:
            assert after.sketch.strokes == state.sketch.strokes
        if isinstance(event, events.Press) and isinstance(state.screen, Pad) and not state.overlay:
            assert after.sketch.pen_down
        assert not after.number or after.shows_number or after.photo
        assert after.sketch.width == (NUMBER_WIDTH if after.shows_number else 1.0)
        state = after


def test_keys_can_be_changed_and_never_double() -> None:
    bound = state_after(State(screen=Options(waiting="undo")), events.Rebind("undo", "c")).settings
    assert (bound.key("undo"), bound.key("clear")) == ("c", "u")


@pytest.mark.parametrize("key", ["p", "7", "?", "return", "ctrl+u", "left shift"])
def test_a_key_that_cannot_be_chosen_is_said_and_another_is_waited_for(key: str) -> None:
    state = State(screen=Options(waiting="undo"))
    refused = state_after(state, events.Rebind("undo", key))
    assert refused.notice.endswith("or Esc")
    assert (refused.settings, refused.screen) == (state.settings, state.screen)
    assert state_after(refused, events.Rebind("undo", "k")).settings.key("undo") == "k"


def test_a_notice_goes_after_a_while_and_with_its_screen_unless_it_is_new() -> None:
    looking = state_after(State(), events.Notice("Looking at a.png …"), events.Tick(1.0))
    assert looking.notice
    assert state_after(looking, events.Tick(60.0)).notice == ""
    for leaving in (Go("settings"), events.Press(0.5, 0.5)):
        assert state_after(looking, leaving).notice == ""
    assert state_after(looking, events.Opened("b.ndjson", DOT)).notice == "Opened b.ndjson"


def test_a_notice_goes_when_what_it_speaks_of_changes() -> None:
    for event in (events.Digit(3), events.Opened("a.ndjson", DOT)):
        noted = state_after(DRAWN, event)
        for kept in (events.Tick(1.0), events.Read(reading(7)), events.Move(0.5, 0.5)):
            assert state_after(noted, kept).notice == noted.notice
        for change in (Do.CLEAR, events.Press(0.2, 0.2), events.Sheet("number"), Go("draw")):
            assert state_after(noted, change).notice == ""
    refused = state_after(State(screen=Options(waiting="undo")), events.Rebind("undo", "p"))
    assert state_after(refused, events.Rebind("undo", "k")).notice == ""
    broken = state_after(DRAWN, events.Notice("records.json was damaged"), Do.CLEAR)
    assert broken.notice == "records.json was damaged"

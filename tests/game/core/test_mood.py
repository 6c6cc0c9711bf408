"""What in the state decides the creature's mood."""

from dataclasses import replace

import pytest

from game.core import events
from game.core.events import Do
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import Page
from game.core.modes.think import ThinkGame
from game.core.mood import DOZE_AFTER, YAWN_AFTER, YAWN_SECONDS, mood_of
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.mood import HOLD_SECONDS, MANY_STROKES, Feeling, Mood
from game.core.values.rounds import LEGIBLE
from game.core.values.sketch import Sketch
from tests.beginnings import DOT, DRAWN, ENDED, PAD, PHOTO, pen_down
from tests.readings import number, reading

SCRIBBLE = replace(
    DRAWN, sketch=Sketch(DOT * MANY_STROKES), reading=reading(7, digit_probability=0.1)
)
BLOT = replace(DRAWN, reading=replace(SCRIBBLE.reading, image=bytes([150]) * 784))
DRAWING = DrawGame((7, 3), phase=Phase.DRAWING)
RESULT = DRAWING.skip(DRAWN)
WON = replace(DRAWING, guess=7, guess_seconds=1.0).won(DRAWN)
REPLAY = replace(ENDED, rounds=WON.rounds).at(0)


def now(state: State, seconds: float) -> State:
    return replace(state, now=seconds)


def shown(digit: int, confidence: float = 1.0, digit_probability: float = 1.0) -> State:
    """A finished drawing on the sketchpad, and what is read in it."""
    return replace(DRAWN, reading=reading(digit, confidence, digit_probability))


@pytest.mark.parametrize(
    ("state", "mood"),
    [
        (State(), Mood.ASLEEP),
        (replace(DRAWN, net=Net.LOADING), Mood.ASLEEP),
        (replace(DRAWN, net=Net.FAILED), Mood.SHEEPISH),
        (State(net=Net.READY), Mood.AWAKE),
        (PAD, Mood.AWAKE),
        (now(PAD, YAWN_AFTER - 0.1), Mood.AWAKE),
        (now(PAD, YAWN_AFTER), Mood.YAWNING),
        (now(PAD, YAWN_AFTER + YAWN_SECONDS), Mood.AWAKE),
        (now(DRAWN, DOZE_AFTER), Mood.DOZING),
        (replace(DRAWN, reading=None), Mood.WATCHING),
        (pen_down(shown(7)), Mood.NEARLY_SURE),
        (pen_down(shown(7, 0.5)), Mood.TORN),
        (pen_down(shown(7, digit_probability=0.1)), Mood.WATCHING),
        (shown(7, 0.5), Mood.TORN),
        (shown(7, 0.7), Mood.NEARLY_SURE),
        (shown(7), Mood.BLURTING),
        (shown(7, digit_probability=0.1), Mood.PUZZLED),
        (SCRIBBLE, Mood.DIZZY),
        (pen_down(SCRIBBLE), Mood.DIZZY),
        (BLOT, Mood.DIZZY),
        (replace(SCRIBBLE, reading=reading(8)), Mood.BLURTING),
        (replace(PAD, photo=PHOTO), Mood.WATCHING),
        (replace(PAD, photo=PHOTO, number=number("12")), Mood.BLURTING),
        (replace(PAD, photo=PHOTO, number=number("1-")), Mood.PUZZLED),
        (replace(PAD, photo=PHOTO, number=number("")), Mood.PUZZLED),
        (replace(PAD, photo=PHOTO, number=replace(number("12"), probability=0.4)), Mood.TORN),
        (pen_down(replace(DRAWN, reading=None, number=number("1"))), Mood.WATCHING),
        (state_after(DRAWN, events.Digit(7)), Mood.DELIGHTED),
        (state_after(DRAWN, events.Digit(3)), Mood.SHEEPISH),
        (state_after(DRAWN, events.Digit(3), Do.CLEAR), Mood.AWAKE),
        (replace(PAD, screen=DrawGame((7,))), Mood.AWAKE),
        (replace(DRAWN, screen=DRAWING), Mood.NEARLY_SURE),
        (replace(shown(7, digit_probability=LEGIBLE), screen=DRAWING), Mood.NEARLY_SURE),
        (replace(shown(7, digit_probability=0.0), screen=DRAWING), Mood.PUZZLED),
        (replace(DRAWN, screen=replace(DRAWING, phase=Phase.GRACE)), Mood.BLURTING),
        (replace(DRAWN, screen=ThinkGame(phase=Phase.BUZZED)), Mood.BLURTING),
        (replace(DRAWN, screen=ThinkGame(phase=Phase.GIVEN_UP)), Mood.PUZZLED),
        (replace(DRAWN, screen=WON), Mood.DELIGHTED),
        (replace(DRAWN, screen=RESULT), Mood.SHEEPISH),
        (replace(PAD, screen=replace(REPLAY, seconds=0.9)), Mood.WATCHING),
        (replace(PAD, screen=replace(REPLAY, seconds=1.1)), Mood.DELIGHTED),
        (replace(PAD, screen=replace(REPLAY, rounds=RESULT.rounds, seconds=1.1)), Mood.SHEEPISH),
        (replace(PAD, screen=replace(REPLAY, page=Page.NAME)), Mood.DELIGHTED),
        (replace(PAD, screen=replace(REPLAY, page=Page.NAME, best_ever=True)), Mood.BEST_EVER),
    ],
)
def test_the_state_decides_the_mood(state: State, mood: Mood) -> None:
    assert mood_of(state) is mood


def test_it_yawns_and_dozes_until_the_player_does_something() -> None:
    idle = state_after(PAD, *[events.Tick(0.5)] * round(2 * YAWN_AFTER + 2), events.Read(None))
    assert idle.feeling.mood is Mood.YAWNING
    later = state_after(idle, *[events.Tick(0.5)] * round(2 * (DOZE_AFTER - YAWN_AFTER)))
    assert later.feeling.mood is Mood.DOZING
    woken = state_after(later, Do.WIDTH)
    assert woken.feeling == Feeling(Mood.AWAKE, later.now, Mood.DOZING)


def test_readings_that_change_their_mind_do_not_change_the_mood_each_time() -> None:
    torn, watching = (pen_down(shown(7, 0.5)).reading, reading(7, digit_probability=0.1))
    state, moods = pen_down(DRAWN), []
    for step in range(60):
        read = events.Read(torn if step % 2 else watching)
        state = state_after(state, events.Tick(1 / 60), read)
        moods.append(state.feeling)
    assert len(set(moods)) <= 1 / HOLD_SECONDS + 2


def test_a_guess_is_felt_at_once() -> None:
    watching = Feeling(Mood.NEARLY_SURE, 1.0)
    assert watching.after(Mood.TORN, 1.1) is watching
    assert watching.after(Mood.BLURTING, 1.1).mood is Mood.BLURTING

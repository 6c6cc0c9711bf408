"""The rules of the creature's mood: what in the state decides it."""

from dataclasses import replace

from game.core.events import Event, News
from game.core.state import Net, State
from game.core.values.mood import Mood, mood_of_number, mood_of_reading
from game.core.values.rounds import LEGIBLE

YAWN_AFTER, YAWN_SECONDS = 20.0, 3.0
"""Seconds without an event of the player after which it yawns, and how long the yawn takes."""

DOZE_AFTER = 45.0
"""Seconds without an event of the player after which it dozes."""


def with_feeling(state: State, event: Event) -> State:
    """Return the state after an event with what the creature now feels."""
    active_at = state.active_at if isinstance(event, News) else state.now
    if active_at != state.active_at:
        state = replace(state, active_at=active_at)
    feeling = state.feeling.after(mood_of(state), state.now)
    return state if feeling is state.feeling else replace(state, feeling=feeling)


def mood_of(state: State) -> Mood:
    """Return the mood that the state causes."""
    if state.net is not Net.READY:
        return Mood.ASLEEP if state.net is Net.LOADING else Mood.SHEEPISH
    if mood := state.screen.mood(state):
        return mood
    idle = state.now - state.active_at
    if idle >= DOZE_AFTER:
        return Mood.DOZING
    if YAWN_AFTER <= idle < YAWN_AFTER + YAWN_SECONDS:
        return Mood.YAWNING
    return _mood_of_pad(state)


def _mood_of_pad(state: State) -> Mood:
    """Return the mood that the pad and what was read there cause."""
    reading, number, pen_down = state.reading, state.number, state.sketch.pen_down
    if not (state.sketch.strokes or state.photo):
        return Mood.AWAKE
    if number and not reading:
        return mood_of_number(number, pen_down=pen_down)
    if not reading:
        return Mood.WATCHING
    is_game = state.screen.is_game
    return mood_of_reading(
        reading,
        len(state.sketch.strokes),
        pen_down=pen_down,
        legible=reading.digit_probability >= LEGIBLE if is_game else reading.is_digit,
        may_blurt=not is_game,
    )

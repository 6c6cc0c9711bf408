"""What an event changes: one pure function, which leaves each mode to decide for itself."""

from dataclasses import replace

from game.core import events
from game.core.events import Event
from game.core.navigation import navigate, open_file
from game.core.readings import NumberReading
from game.core.rules import tools
from game.core.rules.pad import sheet_for
from game.core.rules.sketch import clear, is_continued
from game.core.state import Left, Net, State


def update(state: State, event: Event) -> State:
    """Return the state after the event and its consequences."""
    after = _step(state, event)
    after = after.screen.settle(state, after)
    if after.page != state.page or isinstance(event, events.Press | events.Choose):
        after = replace(after, focus=None)
    is_old = (after.notice, after.notice_until) == (state.notice, state.notice_until)
    if is_old and type(after.screen) is not type(state.screen):
        return replace(after, notice="")
    return after


def _step(state: State, event: Event) -> State:
    match event:
        case events.Tick(seconds):
            return state if state.overlay else _tick(state, seconds)
        case events.Focus(number):
            return replace(state, focus=number)
        case events.Go():
            return navigate(state, event)
        case events.Change("fullscreen"):
            chosen = replace(state.settings, fullscreen=not state.fullscreen)
            return replace(state, fullscreen=chosen.fullscreen, settings=chosen)
        case events.Do.QUIT:
            return replace(state.screen.leave(state), running=False)
        case events.Do.HELP:
            return _toggle_help(state)
    reported = _report(state, event)
    if reported is not None:
        return reported
    return _handle_overlay(state, event) if state.overlay else _handle(state, event)


def _report(state: State, event: Event) -> State | None:
    """Return the state after a message from the machine; None for other events."""
    match event:
        case events.NetReady():
            return replace(state, net=Net.READY)
        case events.NetFailed(reason):
            return replace(state, net=Net.FAILED, net_error=reason)
        case events.Silent():
            return replace(state, silent=True)
        case events.Read(reading):
            return replace(state, reading=reading)
        case events.NumberRead(number):
            return _with_number(state, number)
        case events.Explained() | events.Learnt():
            return state.screen.receive(state, event)
        case events.Notice(text):
            return state.noted(text)
        case events.Opened():
            return open_file(state, event)
        case events.Do.STORED:
            return replace(state, kept=(), forget=False)
    return None


def _with_number(state: State, number: NumberReading) -> State:
    """Return the state with what was read, unless that is no longer on the pad.

    A photo on the sheet for a digit may hold a number; one digit is also read as a digit.
    """
    if number.photo is not state.photo:
        return state
    if not state.photo:
        current = state.shows_number and is_continued(number.strokes, state.sketch.strokes)
        return replace(state, number=number) if current else state
    single = len(number.digits) == 1 and not state.shows_number
    return replace(state, number=number, reading=number.digits[0].reading if single else None)


def _tick(state: State, seconds: float) -> State:
    state = replace(state, now=state.now + seconds)
    if state.notice and state.now > state.notice_until:
        state = replace(state, notice="")
    return state.screen.tick(state, seconds)


def _handle_overlay(state: State, event: Event) -> State:
    """Close the overlay, or open the saved drawing that was chosen."""
    numbers = range(len(state.offered)) if state.overlay == "open" else ()
    if isinstance(event, events.Choose) and event.number in numbers:
        word, strokes = state.offered[event.number]
        return open_file(state, events.Opened(f"a saved {word}", strokes, sheet=sheet_for(word)))
    if event in {events.Do.BACK, events.Do.PAUSE, events.Do.ACCEPT}:
        return _close_overlay(state)
    return state


def _toggle_help(state: State) -> State:
    if state.overlay == "help":
        return _close_overlay(state)
    return replace(state.lifted, overlay="help", beneath=state.overlay)


def _close_overlay(state: State) -> State:
    return replace(state, overlay=state.beneath, beneath="")


def _handle(state: State, event: Event) -> State:
    match event:
        case events.Do.LEFT | events.Do.PAUSE | events.Do.BACK if state.screen.is_game:
            return replace(state.lifted, overlay="pause")
        case events.Do.LEFT:
            return state.lifted
        case events.Press() | events.Move() | events.Lift():
            return _use_tool(state, event)
        case events.Do() if event in tools.CHANGES and state.erasable:
            return _change_drawing(state, event)
    result = state.screen.handle(state, event)
    return navigate(state, result) if isinstance(result, events.Go) else result


def _use_tool(state: State, event: Event) -> State:
    pressed = isinstance(event, events.Press)
    if pressed and state.screen.draws_on:
        state = navigate(_with_empty_sheet(state), events.Go(state.screen.draws_on, "digit"))
    if not state.drawable and not isinstance(event, events.Lift):
        return state
    if pressed:
        state = _without_photo(state.screen.begin_stroke(state))
    tool = state.screen.current_tool
    return replace(state, sketch=tools.drawn(state.sketch, event, state.now, tool))


def _with_empty_sheet(state: State) -> State:
    """Return the state with nothing on the sheet for a digit, which is the one to draw on."""
    emptied = state.left.with_sheet("digit", Left(clear(state.left.digit.sketch)))
    return replace(state, left=emptied)


def _change_drawing(state: State, change: events.Do) -> State:
    """Undo, redo or clear."""
    state = _without_photo(state)
    reading = None if change is events.Do.CLEAR else state.reading
    return replace(state, sketch=tools.CHANGES[change](state.sketch), reading=reading)


def _without_photo(state: State) -> State:
    """Remove a photo from the pad: strokes take its place."""
    return replace(state, photo=None, reading=None, number=None) if state.photo else state

"""What an event changes: one pure function, which leaves each mode to decide for itself."""

from dataclasses import replace

from game.core import events, tools
from game.core.effects import Effects, PlaySound, Quit, SetFullscreen, StoreSettings
from game.core.events import Event
from game.core.modes.sketchpad import sheet_for
from game.core.navigation import navigate, open_file
from game.core.state import Net, Outcome, SheetContent, State, separated
from game.core.values.readings import NumberReading
from game.core.values.sketch import clear, is_continued


def update(state: State, event: Event) -> tuple[State, Effects]:
    """Return the state after the event and its consequences, and what the shell has to do."""
    after, effects = separated(_step(state, event))
    after, more = separated(after.screen.after_event(state, after))
    effects += more
    if after.page != state.page or isinstance(event, events.Press | events.Choose):
        after = replace(after, focus=None)
    if type(after.screen) is not type(state.screen):
        effects += (PlaySound(after.screen.arrival_sound),)
        if (after.notice, after.notice_until) == (state.notice, state.notice_until):
            after = replace(after, notice="")
    if after.settings is not state.settings and after.settings != state.settings:
        effects += (StoreSettings(after.settings),)
    question = after.screen.question(after)
    return after, effects if question is None else (*effects, question)


def state_after(state: State, *happened: Event) -> State:
    """Return the state after some events, without their effects."""
    for event in happened:
        state, _ = update(state, event)
    return state


def _step(state: State, event: Event) -> Outcome:
    match event:
        case events.Tick(seconds):
            return state if state.overlay else _tick(state, seconds)
        case events.Focus(number):
            return replace(state, focus=number)
        case events.Go():
            return navigate(state, event)
        case events.Change("fullscreen"):
            chosen = replace(state.settings, fullscreen=not state.fullscreen)
            switched = replace(state, fullscreen=chosen.fullscreen, settings=chosen)
            return switched, (SetFullscreen(chosen.fullscreen),)
        case events.Do.QUIT:
            left, effects = separated(state.screen.leave(state))
            return left, (*effects, Quit())
        case events.Do.HELP:
            return _toggle_help(state)
    reported = _report(state, event)
    if reported is not None:
        return reported
    return _handle_overlay(state, event) if state.overlay else _handle(state, event)


def _report(state: State, event: Event) -> Outcome | None:
    """Return what follows from a message of the machine; None for other events."""
    match event:
        case events.NetReady():
            return replace(state, net=Net.READY)
        case events.NetFailed(reason):
            return replace(state, net=Net.FAILED, net_error=reason)
        case events.Silent():
            return replace(state, silent=True)
        case events.Read(reading):
            return replace(state, reading=reading, read_strokes=state.sketch.strokes)
        case events.NumberRead(number):
            return _with_number(state, number)
        case events.Explained() | events.Learnt():
            return state.screen.receive(state, event)
        case events.Notice(text):
            return state.with_notice(text)
        case events.Opened():
            return open_file(state, event)
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


def _handle_overlay(state: State, event: Event) -> Outcome:
    """Close the overlay, or open the saved drawing that was chosen."""
    numbers = range(len(state.saved_drawings)) if state.overlay == "open" else ()
    if isinstance(event, events.Choose) and event.number in numbers:
        word, strokes = state.saved_drawings[event.number]
        return open_file(state, events.Opened(f"a saved {word}", strokes, sheet=sheet_for(word)))
    if event in {events.Do.BACK, events.Do.PAUSE, events.Do.ACCEPT}:
        return _close_overlay(state)
    return state


def _toggle_help(state: State) -> State:
    if state.overlay == "help":
        return _close_overlay(state)
    return replace(state.lifted, overlay="help", overlay_before_help=state.overlay)


def _close_overlay(state: State) -> State:
    return replace(state, overlay=state.overlay_before_help, overlay_before_help="")


def _handle(state: State, event: Event) -> Outcome:
    match event:
        case events.Do.FOCUS_LOST | events.Do.PAUSE | events.Do.BACK if state.screen.is_game:
            return replace(state.lifted, overlay="pause")
        case events.Do.FOCUS_LOST:
            return state.lifted
        case events.Press() | events.Move() | events.Lift():
            return _use_tool(state, event)
        case events.Do() if event in tools.CHANGES and state.erasable:
            return _change_drawing(state, event)
    outcome = state.screen.handle(state, event)
    return navigate(state, outcome) if isinstance(outcome, events.Go) else outcome


def _use_tool(state: State, event: Event) -> Outcome:
    effects: Effects = ()
    pressed = isinstance(event, events.Press)
    if pressed and state.screen.draws_on:
        go = events.Go(state.screen.draws_on, "digit")
        state, effects = separated(navigate(_with_empty_sheet(state), go))
    if not state.drawable and not isinstance(event, events.Lift):
        return state, effects
    if pressed:
        state = _without_photo(state.screen.begin_stroke(state))
    tool = state.screen.tool
    return replace(state, sketch=tools.drawn(state.sketch, event, state.now, tool)), effects


def _with_empty_sheet(state: State) -> State:
    """Return the state with nothing on the sheet for a digit, which is the one to draw on."""
    emptied = SheetContent(clear(state.sheets.digit.sketch))
    return replace(state, sheets=state.sheets.replaced("digit", emptied))


def _change_drawing(state: State, change: events.Do) -> State:
    """Undo, redo or clear."""
    state = _without_photo(state)
    reading = None if change is events.Do.CLEAR else state.reading
    return replace(state, sketch=tools.CHANGES[change](state.sketch), reading=reading)


def _without_photo(state: State) -> State:
    """Remove a photo from the pad: strokes take its place."""
    return replace(state, photo=None, reading=None, number=None) if state.photo else state

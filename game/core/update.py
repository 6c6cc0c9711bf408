"""The pure function that applies an event to the state; what concerns a mode, the mode decides."""

from collections.abc import Callable
from dataclasses import replace

from game.core import events
from game.core.effects import (
    DeleteFile,
    Effects,
    Order,
    PlaySound,
    SetFullscreen,
    Speak,
    StoreSettings,
)
from game.core.events import Event
from game.core.language import tr
from game.core.modes.digits import with_hand
from game.core.modes.page import PageSheet
from game.core.modes.sketchpad import on_sheet
from game.core.modes.table import MODES, menu
from game.core.mood import with_feeling
from game.core.state import (
    TURN_SECONDS,
    UNKNOWN,
    Net,
    Outcome,
    Screen,
    State,
    Title,
    Turn,
    split_outcome,
)
from game.core.values import sketch
from game.core.values.readings import NumberReading
from game.core.values.sheets import EMPTY_SHEETS, SheetContent, sheet_for
from game.core.values.sketch import Sketch

CHANGES: dict[Event, Callable[[Sketch], Sketch]] = {
    events.Do.UNDO: sketch.undo,
    events.Do.REDO: sketch.redo,
    events.Do.CLEAR: sketch.clear,
}
"""Commands that change the drawing on a pad."""


def update(state: State, event: Event) -> tuple[State, Effects]:
    """Return the state after the event and its consequences, and what the shell has to do."""
    after, effects = split_outcome(_step(state, event))
    if state.sketch.strokes and not after.sketch.strokes:  # nothing is left to read
        reading = None if after.reading is state.reading else after.reading
        after = replace(after, reading=reading, number=None)
    after, more = split_outcome(after.screen.after_event(state, after))
    effects += more
    if isinstance(event, events.Tick):
        after = replace(after, page_seconds=state.page_seconds + event.seconds)
    if after.page != state.page:
        after = replace(after, page_seconds=0.0)
    after = _turned(state, after, event)
    if after.page != state.page or isinstance(event, events.Press | events.Choose):
        after = replace(after, focus=None)
    if type(after.screen) is not type(state.screen):
        effects += (PlaySound(after.screen.arrival_sound),)
    if after.notice and _is_past(state, after, event):
        after = replace(after, notice="")
    if after.settings is not state.settings and after.settings != state.settings:
        effects += (StoreSettings(after.settings),)
    after = with_feeling(after, event)
    question = after.screen.question(after)
    return after, effects if question is None else (*effects, question)


def _turned(before: State, after: State, event: Event) -> State:
    """Return the state with the movement of its screen begun, continued or ended.

    When the pen touches the pad, the screen is in its place at once.
    """
    turn = after.turn
    if after.turned_page != before.turned_page:
        closes = bool(before.overlay) and not after.overlay
        left = isinstance(after.screen, Title) and not isinstance(before.screen, Title)
        turn = Turn(is_back=event is events.Do.BACK or closes or left)
    elif turn and isinstance(event, events.Tick):
        seconds = turn.seconds + event.seconds
        turn = replace(turn, seconds=seconds) if seconds < TURN_SECONDS else None
    if isinstance(event, events.Press):
        turn = None
    return after if turn is after.turn else replace(after, turn=turn)


def _is_past(before: State, after: State, event: Event) -> bool:
    """Return whether the notice is about something that the event has changed."""
    if (after.notice, after.notice_until) != (before.notice, before.notice_until):
        return False
    if type(after.screen) is not type(before.screen):
        return True
    if after.notice_stays or isinstance(event, events.Tick):
        return False
    same = after.screen == before.screen and after.settings.sheet == before.settings.sheet
    same = same and after.photo is before.photo
    return not (same and after.sketch.strokes == before.sketch.strokes)


def state_after(state: State, *happened: Event) -> State:
    """Return the state after some events, without their effects."""
    for event in happened:
        state, _ = update(state, event)
    return state


def _step(state: State, event: Event) -> Outcome:
    """Return what follows from an event: the same in all modes, or what the mode decides."""
    match event:
        case events.Tick(seconds):
            if state.overlay:
                return state
            later = replace(state, now=state.now + seconds)
            notice = later.notice if later.now <= later.notice_until else ""
            return replace(later, notice=notice, screen=later.screen.tick(later, seconds))
        case events.Focus(number):
            return replace(state, focus=number)
        case events.Go():
            return _navigate(state, event)
        case events.Change("fullscreen"):
            fullscreen = not state.fullscreen
            switched = replace(state, fullscreen=fullscreen).with_settings(fullscreen=fullscreen)
            return switched, (SetFullscreen(fullscreen),)
        case events.Do.QUIT if asking := state.screen.before_quitting():
            return replace(state, screen=asking, overlay="", overlay_before_help="")
        case events.Set("language", chosen):
            spoken = replace(state, language=chosen).with_settings(language=chosen)
            return spoken, (Speak(chosen),)
        case events.Do.QUIT:
            left, effects = split_outcome(state.screen.leave(state))
            return left, (*effects, Order.QUIT)
        case events.Do.HELP if state.overlay != "help":
            return replace(state.lifted, overlay="help", overlay_before_help=state.overlay)
        case events.Opened():
            return _open(state, event)
        case events.News():
            return _after_news(state, event)
    return _handle_overlay(state, event) if state.overlay else _handle(state, event)


def _after_news(state: State, news: events.News) -> Outcome:
    """Return what follows from news of the machine; other answers go to the mode that asked."""
    match news:
        case events.NewDay(day):
            return replace(state, today=day)
        case events.NetReady():
            return replace(state, net=Net.READY), (Order.LOAD_HAND,)
        case events.NetFailed(reason):
            return replace(state, net=Net.FAILED, net_error=reason)
        case events.Silent():
            return replace(state, silent=True)
        case events.Read(reading):
            return replace(state, reading=reading, read_strokes=state.sketch.strokes)
        case events.NumberRead(number):
            return _with_number(state, number)
        case events.FormsFound(forms):
            return replace(state, forms=forms)
        case events.HandStudied() | events.HandUsed():
            return with_hand(state, news)
        case events.PlayersFound(players):
            return replace(state, players=players)
        case events.PlayerSwitched():
            return _with_player(state, news)
        case events.Notice(text):
            return state.with_notice(text, stays=True)
    return _handle_by_screen(state, news)


def _with_player(state: State, news: events.PlayerSwitched) -> Outcome:
    """Return the state in which another player plays.

    If a game was begun before the records were loaded, it goes on with the player who began it.
    """
    if state.screen.is_game:
        return state
    other = state.with_player(news.player, news.records)
    there = _navigate(other, events.Go(news.where)) if news.where else other
    other, effects = split_outcome(there)
    return other, (*effects, Order.LOAD_HAND) if state.net is Net.READY else effects


def _with_number(state: State, number: NumberReading) -> State:
    """Return the state with what was read, unless that is no longer on the pad.

    A photo on the sheet for a digit may hold a number; one digit is also read as a digit.
    """
    if number.photo is not state.photo:
        return state
    if not state.photo:
        current = state.shows_number and sketch.is_continued(number.strokes, state.sketch.strokes)
        return replace(state, number=number) if current else state
    single = len(number.digits) == 1 and not state.shows_number
    return replace(state, number=number, reading=number.digits[0].reading if single else None)


def _navigate(state: State, go: events.Go) -> Outcome:
    """Return the state in another mode, which gets its drawing back if it `keeps_drawing`."""
    left = state.screen
    state, effects = split_outcome(left.leave(state))
    shared = state.shared
    seed = shared.seed(state.player, go.where) if shared else state.seed
    screen = MODES[go.where].start(replace(state, seed=seed))
    pad = EMPTY_SHEETS[screen.only_sheet or "digit"]
    if screen.keeps_drawing:
        state = state.with_settings(sheet=go.sheet or screen.only_sheet or state.settings.sheet)
        pad = state.sheets[state.settings.sheet]
    if go.strokes:
        pad = SheetContent(sketch.changed(pad.sketch, go.strokes))
    if go.where in menu():
        state = state.with_settings(last=go.where)
    if isinstance(left, Title) and state.now > 0:  # at 0 it is the command line that leaves it
        state = state.with_settings(greeted=True)
    if go.photo:
        pad = replace(pad, photo=go.photo)
    arrived = replace(
        state.with_pad(pad.sketch, pad.photo),
        photo_at=state.now if go.photo else state.photo_at,
        screen=screen,
        overlay="",
        overlay_before_help="",
        seed=seed + 1 if screen.is_game else state.seed,
        shared=shared.after(state.player, go.where) if shared and screen.is_game else shared,
        focus=None,
    )
    return arrived, effects


def _open(state: State, file: events.Opened) -> Outcome:
    """Show a file, unless a game is being played: a page, or its strokes or photo on the pad."""
    if state.screen.is_game:
        said = tr("Leave the game first, then open {name}", name=file.name)
        return state.with_notice(said, stays=True)
    if state.screen.holds_unsaved:
        said = tr("Save this page or leave it first, then open {name}", name=file.name)
        return state.with_notice(said, stays=True)
    if file.page and file.photo:
        left, effects = split_outcome(_navigate(state, events.Go("page")))
        said = tr("Opened {name}", name=file.name)
        page = replace(left, screen=PageSheet(file.page, file.photo))
        return page.with_notice(said), effects
    effects = ()
    if not state.screen.keeps_drawing or state.screen.only_sheet not in {"", file.sheet}:
        state, effects = split_outcome(_navigate(state, events.Go("sketchpad")))
    state = on_sheet(replace(state, overlay="", overlay_before_help=""), file.sheet)
    opened = state.with_pad(sketch.changed(state.sketch, file.strokes), file.photo)
    return replace(opened, photo_at=state.now).with_notice(
        tr("Opened {name}", name=file.name)
    ), effects


def _handle_overlay(state: State, event: Event) -> Outcome:
    """Close the overlay, or open or delete the saved drawing that was chosen."""
    drawings = state.saved_drawings
    match event, state.overlay:
        case events.Choose(number), "open" if number in range(len(drawings)):
            word, strokes = drawings[number]
            opened, effects = split_outcome(
                _open(state, events.Opened(word, strokes, sheet=sheet_for(word)))
            )
            said = tr("Opened a saved {word}", word=word)
            if word == UNKNOWN:
                said = tr("Opened a saved drawing")
            return opened.with_notice(said), effects
        case events.Do.REMOVE, "open":
            return replace(state, overlay="delete")
        case events.Choose(number), "delete" if number in range(len(drawings)):
            return replace(state, overlay="confirm", to_delete=number)
        case ((events.Do.BACK | events.Do.ACCEPT), ("delete" | "confirm")):
            return replace(state, overlay="open")
        case events.Do.FORGET, "confirm":
            kept = drawings[: state.to_delete] + drawings[state.to_delete + 1 :]
            after = replace(state, saved_drawings=kept, overlay="open" if kept else "")
            return after, (DeleteFile(*drawings[state.to_delete]),)
    if event in {events.Do.BACK, events.Do.PAUSE, events.Do.ACCEPT, events.Do.HELP}:
        return replace(state, overlay=state.overlay_before_help, overlay_before_help="")
    return state


def _handle(state: State, event: Event) -> Outcome:
    match event:
        case events.Do.FOCUS_LOST | events.Do.PAUSE | events.Do.BACK if state.screen.is_game:
            return replace(state.lifted, overlay="pause")
        case events.Do.FOCUS_LOST:
            return state.lifted
        case events.Press() if not (state.screen.drawable or state.screen.draws_on):
            pass
        case events.Press() | events.Move() | events.Lift():
            return _use_tool(state, event)
        case events.Do() if event in CHANGES and state.screen.erasable:
            return replace(_without_photo(state), sketch=CHANGES[event](state.sketch))
    return _handle_by_screen(state, event)


def _handle_by_screen(state: State, event: Event) -> Outcome:
    response = state.screen.handle(state, event)
    if isinstance(response, Screen):
        return replace(state, screen=response)
    return _navigate(state, response) if isinstance(response, events.Go) else response


def _use_tool(state: State, event: Event) -> Outcome:
    """Draw or erase; in a mode without a pad, first go to the one that it `draws_on`."""
    effects: Effects = ()
    pressed = isinstance(event, events.Press)
    if pressed and state.screen.draws_on:
        emptied = SheetContent(sketch.clear(state.sheets["digit"].sketch))
        state = replace(state, sheets={**state.sheets, "digit": emptied})
        state, effects = split_outcome(_navigate(state, events.Go(state.screen.draws_on, "digit")))
    if not state.drawable and not isinstance(event, events.Lift):
        return state, effects
    if pressed:
        state = _without_photo(state.screen.begin_stroke(state))
    return replace(state, sketch=_sketch_after(state, event)), effects


def _sketch_after(state: State, event: Event) -> Sketch:
    """Return the drawing after the pointer used the tool."""
    before, tool = state.sketch, state.screen.tool
    match event, tool:
        case events.Lift(), "pen":
            return sketch.lift(before)
        case events.Lift(), _:
            return sketch.end_erasing(before)
        case events.Press(x, y), "pen":
            return sketch.press(before, (x, y, state.now))
        case events.Move(x, y), "pen":
            return sketch.move(before, (x, y, state.now))
        case events.Press(x, y), _:
            return sketch.erase(sketch.begin_erasing(before), tool, x, y)
        case events.Move(x, y), _ if before.pen_down:
            return sketch.erase(before, tool, x, y)
    return before


def _without_photo(state: State) -> State:
    """Remove a photo from the pad, as strokes take its place."""
    return state.with_pad(state.sketch) if state.photo else state

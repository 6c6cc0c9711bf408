"""What becomes true in the game when something happens: one pure function, and its parts."""

from dataclasses import replace

from game.core import events
from game.core.consequences import scored, settled
from game.core.events import Event
from game.core.navigation import gone, opened
from game.core.rules import draw_game, pad, review, settings, think_game
from game.core.rules.draw_game import DrawGame
from game.core.rules.pad import Pad
from game.core.rules.records import Records
from game.core.rules.review import Page, Review
from game.core.rules.sketch import Sketch, clear, lift
from game.core.rules.think_game import ThinkGame
from game.core.state import Left, Net, Options, State, Title
from game.core.wording import a


def update(state: State, event: Event) -> State:
    """The state after the event."""
    after = settled(state, _stepped(state, event))
    if after.page != state.page or isinstance(event, events.Press | events.Choose):
        after = replace(after, focus=None)
    if type(after.screen) is not type(state.screen) and after.notice_until == state.notice_until:
        return replace(after, notice="")
    return after


def _stepped(state: State, event: Event) -> State:
    match event:
        case events.Tick(seconds):
            return state if state.overlay else _ticked(state, seconds)
        case events.Focus(number):
            return replace(state, focus=number)
        case events.Go(where):
            return gone(state, where)
        case events.Change("fullscreen"):
            chosen = replace(state.settings, fullscreen=not state.fullscreen)
            return replace(state, fullscreen=chosen.fullscreen, settings=chosen)
        case events.Do("quit"):
            return replace(scored(state), running=False)
        case events.Do("help"):
            return _helped(state)
    told = _told(state, event)
    if told is not None:
        return told
    return _covered(state, event) if state.overlay else _played(state, event)


def _told(state: State, event: Event) -> State | None:
    """What the machine tells, whatever is shown; None where it is the player who does something."""
    match event:
        case events.NetReady():
            return replace(state, net=Net.READY)
        case events.NetFailed(reason):
            return replace(state, net=Net.FAILED, net_error=reason)
        case events.Silent():
            return replace(state, silent=True)
        case events.Read(reading):
            return replace(state, reading=reading)
        case events.Notice(text):
            return state.noted(text)
        case events.Opened():
            return opened(state, event)
        case events.Do("stored"):
            return replace(state, kept=(), forget=False)
    return None


def _ticked(state: State, seconds: float) -> State:
    state = replace(state, now=state.now + seconds)
    if state.notice and state.now > state.notice_until:
        state = replace(state, notice="")
    match state.screen:
        case DrawGame() as game:
            return replace(state, screen=draw_game.tick(game, seconds, state.look))
        case ThinkGame() as game:
            return replace(state, screen=think_game.tick(game, seconds, state.look))
        case Review(page=Page.DRAWINGS) as shown:
            return replace(state, screen=review.tick(shown, seconds))
    return state


def _covered(state: State, event: Event) -> State:
    """While something covers the screen only that can end, by a choice where there is one."""
    numbers = range(len(state.offered)) if state.overlay == "open" else ()
    if isinstance(event, events.Choose) and event.number in numbers:
        word, strokes = state.offered[event.number]
        return opened(state, events.Opened(f"a saved {word}", strokes))
    if event in {events.Do("back"), events.Do("pause"), events.Do("accept")}:
        return _uncovered(state)
    return state


def _helped(state: State) -> State:
    if state.overlay == "help":
        return _uncovered(state)
    return replace(_lifted(state), overlay="help", beneath=state.overlay)


def _uncovered(state: State) -> State:
    return replace(state, overlay=state.beneath, beneath="")


def _played(state: State, event: Event) -> State:
    match event, state.screen:
        case (events.Do("left" | "pause" | "back"), DrawGame() | ThinkGame()):
            return replace(_lifted(state), overlay="pause")
        case events.Do("left"), _:
            return _lifted(state)
        case events.Do("back"), Title():
            return replace(state, running=False)
        case events.Do("back"), Options(waiting=waiting) if waiting:
            return replace(state, screen=Options())
        case events.Do("back"), _:
            return gone(state, "title")
        case (events.Press() | events.Move() | events.Lift(), _):
            return _drawn(state, event)
        case events.Do(), DrawGame() | ThinkGame() | Pad():
            return _done(state, event)
        case events.Digit(digit), ThinkGame() as game:
            return replace(state, screen=think_game.answer(game, digit, state.look))
        case _, Pad():
            return _on_pad(state, event)
        case _, Review() as shown:
            return _reviewed(state, shown, event)
        case _, Options() as options:
            return _set(state, options, event)
    return state


def _lifted(state: State) -> State:
    return replace(state, sketch=lift(state.sketch))


def _drawn(state: State, event: Event) -> State:
    if isinstance(event, events.Press) and isinstance(state.screen, Title):
        state = gone(replace(state, left=Left(clear(state.left.sketch))), "sketchpad")
    if not state.drawable and not isinstance(event, events.Lift):
        return state
    if isinstance(event, events.Press):
        state = _unpictured(_next_round(state))
    tool = state.screen.tool if isinstance(state.screen, Pad) else "pen"
    drawn = replace(state, sketch=pad.drawn(state.sketch, event, state.now, tool))
    if isinstance(event, events.Press) and isinstance(state.screen, DrawGame):
        return replace(drawn, screen=draw_game.begin(state.screen))
    return drawn


def _next_round(state: State) -> State:
    """Past a result that has been seen, to the empty pad of the round that a stroke begins."""
    match state.screen:
        case DrawGame(seen=True) as game:
            return replace(state, screen=draw_game.onward(game), sketch=Sketch(), reading=None)
        case ThinkGame(seen=True) as game:
            screen = think_game.accept(game, state.look)
            return replace(state, screen=screen, sketch=Sketch(), reading=None)
    return state


def _done(state: State, event: events.Do) -> State:
    if event.what in pad.CHANGES and state.erasable:
        state = _unpictured(state)
        reading = None if event.what == "clear" else state.reading
        return replace(state, sketch=pad.CHANGES[event.what](state.sketch), reading=reading)
    match event.what, state.screen:
        case "accept", DrawGame() as game:
            return replace(state, screen=draw_game.onward(game))
        case "accept", ThinkGame() as game:
            return replace(state, screen=think_game.accept(game, state.look))
        case "skip", DrawGame() as game:
            return replace(state, screen=draw_game.skip(game, state.look))
        case "width", Pad() as sheet:
            return replace(state, screen=pad.other_width(sheet))
    return state


def _unpictured(state: State) -> State:
    """What is drawn or brought back takes the place of a picture."""
    return replace(state, picture=None, reading=None) if state.picture else state


def _on_pad(state: State, event: Event) -> State:
    match event, state.screen:
        case events.Tool(name), Pad() as sheet:
            return replace(_lifted(state), screen=replace(sheet, tool=name))
        case events.Digit(digit), _ if state.sketch.strokes:
            labelled = str(digit), state.sketch.strokes
            noted = state.noted(f"Kept as {a(digit)}. Clear the pad for another.")
            return replace(noted, labelled=labelled, kept=(*state.kept, labelled))
        case events.Digit(), _:
            return state.noted(pad.UNDRAWN)
        case events.Offered(drawings), _:
            return replace(_lifted(state), overlay="open", offered=drawings)
    return state


def _reviewed(state: State, shown: Review, event: Event) -> State:
    match event, shown.page:
        case events.Choose(number), _:
            return replace(state, screen=review.choose(shown, number))
        case events.Typed(text), Page.NAME:
            return replace(state, screen=review.typed(shown, text))
        case events.Composing(text), Page.NAME:
            return replace(state, screen=review.compose(shown, text))
        case events.Do("clear"), Page.NAME:
            return replace(state, screen=review.rubbed(shown))
        case events.Do("accept"), Page.NAME:
            return replace(scored(state), screen=review.onward(shown))
        case events.Do("accept"), Page.SCORES:
            return gone(state, "title")
        case events.Do("accept"), Page.DRAWINGS:
            return replace(state, screen=review.onward(shown))
    return state


def _set(state: State, options: Options, event: Event) -> State:
    match event:
        case events.Change(setting, step):
            return replace(state, settings=settings.changed(state.settings, setting, step))
        case events.Rebind(_, key) if key and settings.refusal(key):
            return state.noted(settings.refusal(key))
        case events.Rebind(action, key) if key:
            bound = settings.bound(state.settings, action, key)
            return replace(state, settings=bound, screen=Options())
        case events.Rebind(action):
            return replace(state, screen=Options(waiting=action))
        case events.Do("forget") if options.forgetting:
            emptied = replace(state, records=Records(), forget=True, screen=Options(), left=Left())
            return emptied.noted("Everything about you is forgotten.")
        case events.Do("forget"):
            return replace(state, screen=Options(forgetting=True))
    return state

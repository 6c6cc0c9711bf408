"""A lesson: the pad, the model, what the creature says, and the stars."""

from game.core.events import Choose, Do
from game.core.language import mark, tr, with_article
from game.core.modes.writing.lesson import STEPS, Lesson, Step
from game.core.state import State
from game.core.values.sketch import Strokes
from game.core.values.writing import Verdict
from game.view.layout import REST, centred, columns, grid, split, square, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import speaking
from game.view.screens.writing.pad import lesson_pad
from game.view.screens.writing.parts import network_line, small_model, stars

TABS = {
    Step.WATCH: mark("Watch"),
    Step.TRACE: mark("Trace"),
    Step.COPY: mark("Copy"),
    Step.BY_HEART: mark("By heart"),
}

HINTS = {
    Step.WATCH: mark("Watch to the end, or press Enter to begin"),
    Step.TRACE: mark("Start at the dot. Press Enter when you’re done"),
    Step.COPY: mark("Write as large as you like. Press Enter when you’re done"),
    Step.BY_HEART: mark("Count the dots and write the digit. Press Enter when you’re done"),
}
PASSED_HINT = mark("Press Enter to go on")
AGAIN_HINT = mark("Draw to try again, or press Enter")

SWELL_SECONDS = 0.5
"""Time in which a new star shrinks to the size of the others."""

SAID = {
    Verdict.FOLLOWED: mark("Lovely! You stayed right on the line."),
    Verdict.OTHER_WAY: mark("Well done! Next time, start at the dot and go with the arrow."),
    Verdict.UNFINISHED: mark("A good start! Follow my line to its very end."),
    Verdict.STRAYED: mark("Nearly! Try to stay on my line."),
}
"""What the creature says of a trace."""


def scene(board: Board, state: State, screen: Lesson) -> None:
    """Add the lesson to the board."""
    _tabs(board, screen)
    pad, panel = board.stage()
    model = screen.model(state)
    board.panel(pad.inset(-board.line // 2))
    look = lesson_pad(board, state, screen, pad, model)
    card, row, creature, bubble, buttons = _parts(board, panel)
    _card(board, screen, card, model)
    landed = board.progress(screen.waited, SWELL_SECONDS) if screen.star_is_new else 1.0
    stars(board, row, len(screen.passed), 0.5 * (1 - landed))
    said = speaking(board, state, creature, bubble, look)
    board.text(said, network_line(state) or _message(state, screen), 1.4)
    _buttons(board, screen, buttons)
    judged = PASSED_HINT if screen.goes_on else AGAIN_HINT
    board.hint(tr(HINTS[screen.step] if screen.verdict is None else judged))


def _tabs(board: Board, screen: Lesson) -> None:
    """Add the top row, with a button for each step."""
    between = board.bar()
    place = centred(between, min(between.width, 40 * board.line), between.height)
    cells = columns(place, len(STEPS), gap=board.line // 3)
    for number, (step, cell) in enumerate(zip(STEPS, cells, strict=True)):
        key = f"f{number + 2}"
        board.button(cell, tr(TABS[step]), Choose(number), key, chosen=step is screen.step)


def _parts(board: Board, panel: Rect) -> list[Rect]:
    """Return places for the card, the stars, the creature, its bubble and the buttons.

    In a narrow panel or below the pad, the bubble is above the creature, and the card beside it.
    """
    line, gap = board.line, board.line * 2 // 3
    upper, buttons = stack(panel, REST, 2.4 * line, gap=gap)
    if board.frame.wide and panel.width > 20 * line:
        card, row, speech = stack(
            upper, REST, 2.2 * line, min(11 * line, 0.4 * panel.height), gap=gap
        )
        creature, bubble = split(speech, min(speech.height, panel.width // 3), REST, gap=line)
    else:
        bubble, middle = stack(upper, min(6 * line, 0.35 * upper.height), REST, gap=line)
        creature, beside = split(middle, 0.5, 0.5, gap=line)
        card, row = stack(beside, REST, 2 * line, gap=line // 3)
    return [card, row, creature, bubble, buttons]


def _card(board: Board, screen: Lesson, place: Rect, model: Strokes) -> None:
    """Add the model or, by heart, as many dots as the digit says; after a mistake, the model."""
    inner = board.panel(place, 0.4)
    missed = screen.verdict is not None and not screen.goes_on
    if screen.step is not Step.BY_HEART or missed:
        small_model(board, inner, model)
        return
    height = min(inner.height, inner.width * 2 // 5)
    for number, cell in enumerate(grid(centred(inner, height * 5 // 2, height), 5, 2)):
        spot = square(cell).inset(height // 14)
        board.fill(spot, board.theme.quiet, spot.width // 2)
        if number >= screen.digit:
            hole = spot.inset(max(1, spot.width // 12))
            board.fill(hole, board.theme.paper, hole.width // 2)


def _message(state: State, screen: Lesson) -> str:
    """Return what the creature says."""
    digit = screen.digit
    match screen.verdict:
        case None:
            return _message_before_verdict(screen)
        case Verdict.RIGHT if screen.is_over:
            return with_article("I see a {digit}, written by heart. You can do it!", digit)
        case Verdict.RIGHT:
            return with_article("I see a {digit}. Well written!", digit)
        case Verdict.MIRRORED:
            return tr("That’s a {digit} in a mirror: turn it round!", digit=digit)
        case Verdict.UPSIDE_DOWN:
            return tr("That’s a {digit} on its head: turn it over!", digit=digit)
        case Verdict.OTHER if state.reading:
            return with_article(
                "That looks like a {digit} to me. Now try to write the {asked}!",
                state.reading.digit,
                asked=digit,
            )
        case Verdict.OTHER | Verdict.UNCLEAR:
            return with_article("I can’t see a {digit} there yet. Try once more!", digit)
    return tr(SAID[screen.verdict])


def _message_before_verdict(screen: Lesson) -> str:
    """Return what the creature says until it has seen the drawing."""
    if screen.finished:
        return tr("Let me see …")
    match screen.step:
        case Step.WATCH:
            return with_article("Watch me! This is how I write a {digit}.", screen.digit)
        case Step.TRACE:
            return tr("Now you! Draw on my line, from the dot to the end.")
        case Step.COPY:
            return with_article("Now write a {digit} like mine.", screen.digit)
    return tr("Now by heart! Which digit says how many dots there are?")


def _buttons(board: Board, screen: Lesson, place: Rect) -> None:
    """Add the buttons under the creature."""
    gap = board.line // 2
    if screen.erasable:
        # Little room beside them, as their names have to fit in the smallest window.
        *cells, done = split(place, 0.255, 0.255, 0.49, gap=board.line // 4)
        board.commands(cells, "undo", "clear")
        board.button(done, tr("Done"), Do.ACCEPT, "return")
        return
    again, onward = columns(place, 2, gap=gap)
    at = STEPS.index(screen.step)
    if screen.step is Step.WATCH:
        labels = tr("Once more"), tr("My turn")
    elif screen.goes_on:
        labels = tr("Once more"), tr("Next")
    else:
        labels, at = (tr("Show me"), tr("Again")), 0
    board.button(again, labels[0], Choose(at))
    board.button(onward, labels[1], Do.ACCEPT, "return", chosen=True)

"""The choice of what to practise in "Sums"."""

from game.core.events import Choose, Digit, Do, Event, Go, Set
from game.core.language import mark, tr
from game.core.modes.sums.game import chosen_plan
from game.core.modes.sums.setup import Setup
from game.core.state import State
from game.core.values.sums import HIGHEST_NUMBERS, HIGHEST_TABLES, LEVELS, TABLES, Operation
from game.core.wording import FIXED_SPACE
from game.view.layout import REST, centred, columns, grid, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion

NAMES = {
    Operation.PLUS: mark("Addition"),
    Operation.MINUS: mark("Subtraction"),
    Operation.TIMES: mark("Times tables"),
    Operation.DIVIDED: mark("Division"),
}

Choices = list[tuple[str, Event, bool]]
"""Labels, what they do, and whether they are chosen."""


def scene(board: Board, state: State, _screen: Setup) -> None:
    """Add the choices to the board."""
    board.head(tr("Sums"))
    line, plan = board.line, state.settings.sums
    left, place = board.halves(board.frame.body, (0.3, 0.7), (6 * line, REST))
    if board.frame.wide:
        height = min(left.height, 24 * line)
        left = centred(left._replace(height=height), min(left.width, height * 3 // 4), height)
    words = companion(board, state, left, share=0.3)
    board.text(words, tr("What shall we practise?"), 1.4, align=0.5)
    *rows, buttons = stack(place, 0.25, 0.25, 0.25, 0.25, 2.6 * line, gap=line)
    named = place.width > 18 * line
    operations: Choices = [
        (
            f"{sign.value}{FIXED_SPACE}{tr(name)}" if named else sign.value,
            Set("operation", sign.value),
            sign in plan.operations,
        )
        for sign, name in NAMES.items()
    ]
    _row(board, rows[0], tr("Choose one or more:"), operations)
    levels: Choices = [
        (tr("Level {number}", number=level), Digit(level), level == plan.level) for level in LEVELS
    ]
    _row(board, rows[1], _level(state), levels)
    tables: Choices = [(str(table), Choose(table), table in plan.tables) for table in TABLES]
    if plan.uses_tables:
        _row(board, rows[2], tr("The tables to practise:"), tables)
    timed = chosen_plan(state).timed
    clock: Choices = [
        (tr("Sixty seconds"), Set("clock", "on"), timed),
        (tr("Ten problems, no clock"), Set("clock", "off"), not timed),
    ]
    off = state.settings.timer == "off"
    said = tr("The clock is off in the settings:") if off else tr("How long:")
    _row(board, rows[3], said, clock[1:] if off else clock)
    mine, start = split(buttons, 0.4, 0.6, gap=line)
    board.button(mine, tr("My sums"), Go("my-sums"), "t")
    board.button(start, tr("Start"), Do.ACCEPT, "return", chosen=True)
    board.hint(tr("Press Enter to start. The keys 1, 2 and 3 choose the level"))


def _level(state: State) -> str:
    """Return what the chosen level means for the chosen operations."""
    plan = state.settings.sums
    has_sums = {Operation.PLUS, Operation.MINUS} & {*plan.operations}
    most, times = HIGHEST_NUMBERS[plan.level], HIGHEST_TABLES[plan.level]
    if not plan.uses_tables:
        return tr("Numbers up to {most}:", most=most)
    if not has_sums:
        return tr("Tables up to {times} times:", times=times)
    return tr("Numbers up to {most}, and tables up to {times} times:", most=most, times=times)


def _row(board: Board, place: Rect, name: str, choices: Choices) -> None:
    """Add a caption with its buttons below, in two rows where there is little width."""
    line, gap = board.line, board.line // 2
    caption, cells = stack(place, 1.4 * line, REST, gap=gap // 2)
    board.text(caption, name, 1.1, board.theme.muted)
    down = 1 if board.frame.wide or len(choices) < 4 else 2
    height = min(cells.height, (2.6 * down + (down - 1) / 2) * line)
    cells = cells._replace(height=round(height))
    across = -(-len(choices) // down)
    places = grid(cells, across, down, gap) if down > 1 else columns(cells, across, gap)
    for cell, (label, event, is_chosen) in zip(places, choices, strict=True):
        key = str(event.digit) if isinstance(event, Digit) else ""
        board.button(cell, label, event, key, chosen=is_chosen)

"""Who plays: the players to choose from, what they can change, and everybody's best games."""

from game.core.events import Change, Choose, Do, Set
from game.core.language import mark, tr
from game.core.modes.players import TYPED, Page, WhoPlays, everybody
from game.core.modes.table import MODES
from game.core.state import State
from game.core.values.players import GUEST
from game.view.layout import REST, centred, columns, grid, rows, split, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import companion
from game.view.screens.parts.question import ask, type_line

NAME_WIDTH = 13
"""Least width of the button with a name, in lines."""

QUESTIONS = {
    Page.ADD: mark("Who is new?"),
    Page.RENAME: mark("What is the new name?"),
    Page.WORD: mark("Which word or number does the class type?"),
}
HINTS = {
    Page.LIST: mark("Choose who plays, then press Enter"),
    Page.ADD: mark("Type the name, then press Enter. Esc goes back"),
    Page.RENAME: mark("Type the name, then press Enter. Esc goes back"),
    Page.WORD: mark(
        "Whoever types the same gets the same digits. Leave it empty for your own digits"
    ),
    Page.REMOVE: mark("Press Enter to keep all"),
    Page.SCORES: mark("Choose a game to sort by it. Esc goes back"),
}


def scene(board: Board, state: State, screen: WhoPlays) -> None:
    """Add a page of the screen to the board."""
    board.head(tr("Scores") if screen.page is Page.SCORES else tr("Who plays?"))
    if screen.page in TYPED:
        _line(board, screen)
    elif screen.page is Page.REMOVE:
        question = tr("Remove {name}?", name=state.player_name)
        sentences = (
            tr("All scores, days, stars, statistics and drawings of this player are deleted."),
            tr("They can’t be brought back. “Save to a file” keeps a copy."),
        )
        ask(board, board.frame.body, question, sentences, tr("Keep all"), tr("Remove"))
    elif screen.page is Page.SCORES:
        _scores(board, state, screen)
    else:
        _list(board, state, screen)
    board.hint(tr(HINTS[screen.page]))


def next_button(board: Board, state: State, place: Rect) -> None:
    """Add the button that lets the next of a class play."""
    if state.next_player:
        label = tr("Next: {name}", name=state.next_player.shown_name)
        board.button(place, label, Do.NEXT, "n")


def _list(board: Board, state: State, screen: WhoPlays) -> None:
    """Add the names, and what can be done below them."""
    line, players = board.line, everybody(state)
    place, foot = stack(board.frame.body, REST, 5.6 * line, gap=line)
    keys = [player.key for player in players]
    shown, cells = _names(board, state, screen, place, len(keys), keys.index(state.player))
    for number, cell in zip(shown, cells, strict=False):
        player = players[number]
        chosen = player.key == state.player
        board.button(cell, player.shown_name, Choose(number), chosen=chosen)
    upper, lower = rows(foot, 2, line // 2)
    add, *own = columns(upper, 4, line // 2)
    board.button(add, tr("Add …"), Set("page", "add"), "a")
    if state.player != GUEST:
        rename, save, remove = own
        board.button(rename, tr("Rename …"), Set("page", "rename"))
        board.button(save, tr("Save to a file"), Do.SAVE)
        board.button(remove, tr("Remove …"), Set("page", "remove"))
    scores, word, done = columns(lower, 3, line // 2)
    board.button(scores, tr("Scores"), Set("page", "scores"))
    label = tr("A class …") if state.shared is None else tr("Class: {word}", word=state.shared.word)
    board.button(word, label, Set("page", "word"))
    board.button(done, tr("Done"), Do.ACCEPT, "return", chosen=True)


def _names(
    board: Board, state: State, screen: WhoPlays, place: Rect, count: int, current: int
) -> tuple[range, list[Rect]]:
    """Return which of the names are shown, and where.

    If there is room beside all names, the creature greets the player. If there is not even room for
    all names, the part with the player's is shown first.
    """
    line, gap = board.line, board.line // 2
    greeting, beside = board.halves(place, (0.3, 0.7), (8 * line, REST))
    height = round(2.4 * line)
    across, down = _cells_that_fit(beside, NAME_WIDTH * line, height, gap)
    if count <= across * down:
        said = companion(board, state, greeting)
        board.text(said, tr("Hello, {name}!", name=state.player_name), 1.4, align=0.5)
        down = -(-count // across)
        tall = min(round(3.6 * line), (beside.height + gap) // down - gap)
        middle = centred(beside, beside.width, down * (tall + gap) - gap)
        return range(count), grid(middle, across, down, gap)
    across, down = _cells_that_fit(place, NAME_WIDTH * line, height, gap)
    turn = None
    if count > across * down:
        place, turn = stack(place, REST, 2.2 * line, gap=gap)
        across, down = _cells_that_fit(place, NAME_WIDTH * line, height, gap)
    shown = _part(board, screen, turn, count, across * down, current)
    return shown, grid(place, across, down, gap)


def _cells_that_fit(place: Rect, width: int, height: int, gap: int) -> tuple[int, int]:
    """Return how many columns and rows of cells of this size there is room for."""
    return max(1, place.width // width), max(1, (place.height + gap) // (height + gap))


def _part(
    board: Board, screen: WhoPlays, place: Rect | None, count: int, most: int, first: int = 0
) -> range:
    """Return which entries of a list are shown, and add buttons that turn to the others.

    Without a place for the buttons, all are. The part with the entry `first` is shown first.
    """
    if place is None:
        return range(count)
    parts = -(-count // most)
    part = (screen.part + first // most) % parts
    width = 5 * board.line
    less, middle, more = split(place, width, REST, width, gap=board.line)
    board.button(less, "<", Change("part", -1))
    said = tr("{part} of {parts}", part=part + 1, parts=parts)
    board.text(middle, said, 1, board.theme.muted, align=0.5)
    board.button(more, ">", Change("part", 1))
    return range(part * most, min(count, (part + 1) * most))


def _line(board: Board, screen: WhoPlays) -> None:
    """Add the question and the field for its answer."""
    line = board.line
    question, field, buttons = stack(board.middle(34, 11), 2.4 * line, REST, 2.6 * line, gap=line)
    board.text(question, tr(QUESTIONS[screen.page]), 1.4, align=0.5)
    type_line(board, field, screen.line)
    board.button(buttons, tr("Save"), Do.ACCEPT, "return", chosen=True)


def _scores(board: Board, state: State, screen: WhoPlays) -> None:
    """Add the best games of all players: a row each, sorted by one of the modes."""
    line, players = board.line, state.players
    found = {mode for player in players for mode, _ in player.best}
    modes = [mode for mode in MODES if mode in found]
    if not modes:
        words = board.panel(board.middle(34, 8), 1)
        board.text(words, tr("Nobody has a score yet."), 1.4, align=0.5)
        return
    order = screen.order if screen.order in modes else modes[0]
    head, place = stack(board.frame.body, 2.4 * line, REST, gap=line)
    height, turn = round(1.7 * line), None
    if len(players) * height + line > place.height:
        place, turn = stack(place, REST, 2.2 * line, gap=line)
    most = max(1, (place.height - line) // height)
    shown = _part(board, screen, turn, len(players), most)
    shares = [0.4, *[0.6 / len(modes)] * len(modes)]
    _, *cells = split(head.inset(line, 0), *shares, gap=line // 2)
    for mode, cell in zip(modes, cells, strict=True):
        board.button(cell, tr(MODES[mode].title), Set("order", mode), chosen=mode == order)
    ranked = sorted(players, key=lambda one: -(one.points(order) or -1))
    panel = board.panel(place._replace(height=min(place.height, len(shown) * height + line)))
    places = rows(panel.inset(line, line // 2), len(shown))
    for number, row in zip(shown, places, strict=True):
        player, (name, *cells) = ranked[number], split(row, *shares, gap=line // 2)
        colour = board.theme.accent if player.key == state.player else None
        lines = min(1.3, name.height / line)
        board.text(name, player.shown_name, lines, colour)
        for mode, cell in zip(modes, cells, strict=True):
            points = player.points(mode)
            board.text(cell, "–" if points is None else str(points), lines, colour, align=0.5)

"""The title screen: the name, the creature, what was played last and the other modes."""

from game.core.events import Do, Go
from game.core.language import tr
from game.core.modes.table import MODES, Mode, menu
from game.core.state import Net, Screen, State
from game.core.values.sketch import shifted, until
from game.view.glyphs import SECONDS, glyph
from game.view.layout import REST, centred, columns, grid, split, square, stack
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import Look, end_of, stand
from game.view.screens.parts.sheet import net_line
from game.view.screens.players import next_button
from game.view.screens.tiles import picture
from game.view.shapes import pointing_hand

PAUSE_SECONDS = 3.0
"""Pause after the tenth digit before the animation starts again."""

SHOWN_DIGIT, SHOWN_SECONDS = 3, 2.5
"""The digit that a hand draws at the first start, and how long it takes."""

TILE_SECONDS, MOVE_SECONDS = 1.9, 1.4
"""Time from the movement of one tile to that of the next, and how long it lasts."""

REST_AFTER = 60.0
"""Seconds without an event of the player after which only the creature moves."""

BROAD = 1.7
"""Width over height from which the title of a tile is beside its picture."""

LONG_TITLE = 7.5
"""Width of the longest title, over its height."""


def scene(board: Board, state: State, _screen: Screen) -> None:
    """Add the title to the board.

    Its paper lies within the sketchpad's, so that a stroke begun here continues there.
    """
    if _moves(state):
        board.next_frame = 2 * FRAME_SECONDS
    frame, line = board.frame, board.line
    whole = Rect(frame.bar.x, frame.bar.y, frame.bar.width, frame.body.bottom - frame.bar.y)
    name, entries = board.halves(whole, (0.42, 0.58), (0.4, 0.6), mirrored=board.left_handed)
    board.pad, _ = board.stage()
    paper = board.pad.inset(-line // 2)
    board.touch = _welcome(board, state, name.within(name._replace(x=paper.x, width=paper.width)))
    play, tiles, foot = stack(entries, 3.6 * line, REST, 2 * line, gap=line * 3 // 4)
    _play(board, state, play)
    _tiles(board, state, tiles)
    _foot(board, state, foot)
    board.hint(tr("Press Enter to play, or a number. F1 for help"))


def _moves(state: State) -> bool:
    """Return whether tiles and digits move: not long after the player's last event."""
    return not state.settings.reduced_motion and state.now - state.active_at < REST_AFTER


def _welcome(board: Board, state: State, place: Rect) -> Rect:
    """Add the name, the creature, the digits and the news; return where a stroke can start."""
    line, theme = board.line, board.theme
    if place.height > place.width:
        heights = min(5 * line, place.width // 4), 0.54, 2.4 * line, 0.46, 2.6 * line
        name, stood, words, digits, news = stack(place, *heights, gap=line // 2)
    else:
        below = 2 if state.next_player else 1.5
        head, digits, news = stack(place, 0.58, 0.42, below * line, gap=line // 2)
        left, stood = split(head, REST, min(head.height, head.width * 2 // 5), gap=line)
        name, words = stack(left, REST, 2.6 * line)
    board.text(name, MODES["title"].title, name.height / line, theme.accent)
    board.text(words, tr("Draw a digit right here. A small network reads it."), 1.3)
    inner = board.panel(digits, 0.5)
    if state.net is Net.FAILED:
        stand(board, state, stood)
        board.text(inner, state.net_error, 1.2, theme.bad)
        said = tr("It can’t read, but you can draw, and watch new networks learn")
        board.text(news, said, 1, valign=0.0)
        return digits
    animation = _digits if state.settings.greeted else _drawing_hand
    stand(board, state, stood, animation(board, state, inner))
    if state.next_player and state.net is Net.READY:
        next_button(board, state, news)
        return digits
    status = net_line(state) or tr("The network is awake")
    silence = tr("No audio device found, so the game is silent")
    said = f"{status}. {silence}" if state.silent else status
    board.text(news, said, 1, theme.muted, valign=0.0)
    return digits


def _digits(board: Board, state: State, inner: Rect) -> Look | None:
    """Add two rows of five digits, drawn one after the other; return where the pen is."""
    moves, pen = _moves(state), None
    now = state.now % (10 * SECONDS + PAUSE_SECONDS)
    for digit, cell in enumerate(grid(inner, 5, 2, board.line // 2)):
        spot = square(cell)
        whole = shifted(glyph(digit), digit * SECONDS)
        drawn = until(whole, now) if moves else whole
        board.ink(spot, drawn, spot.width * 0.055, pen_down=drawn != whole)
        if drawn and now < 10 * SECONDS and moves:
            pen = end_of(drawn, spot)
    return pen


def _drawing_hand(board: Board, state: State, inner: Rect) -> Look:
    """Add a hand that draws a digit again and again; return where it is."""
    spot, whole = square(inner), glyph(SHOWN_DIGIT)
    now = state.now % (SHOWN_SECONDS + PAUSE_SECONDS) if _moves(state) else SHOWN_SECONDS
    drawn = until(whole, now / SHOWN_SECONDS * SECONDS)
    board.ink(spot, drawn, spot.width * 0.04, pen_down=drawn != whole)
    tip, _ = end_of(drawn, spot)
    board.add(pointing_hand(tip, min(5 * board.line, inner.height * 3 // 4), board.theme))
    return tip, 1.0


def _play(board: Board, state: State, place: Rect) -> None:
    """Add the large button that starts what was played last."""
    line, theme = board.line, board.theme
    board.button(place, "", Do.ACCEPT, "return", chosen=True)
    play, words, key = split(place.inset(line, 0), 0.4, 0.6, 3 * line, gap=line // 2)
    board.text(play, tr("Play"), 2.4, theme.on_accent)
    board.text(words, tr(MODES[state.settings.last].title), 1.3, theme.on_accent)
    board.text(key, tr("Enter"), 1, theme.on_accent, align=1.0)


def _tiles(board: Board, state: State, place: Rect) -> None:
    """Add a tile for each mode; their pictures move one after the other."""
    modes, line = menu(), board.line
    count, gap = len(modes), min(line // 2, place.height // 40)

    def fitness(across: int) -> tuple[float, float]:
        """Return how good so many tiles in a row are: the size of their titles, then their own."""
        width, height = place.width / across - gap, place.height / -(-count // across) - gap
        words = width - line if width < BROAD * height else width - 2 * line
        title = min(1.2 * line, words / LONG_TITLE, height / 1.5)
        return round(title), min(width / 1.3, height)

    across = max(range(1, count + 1), key=fitness)
    turn, seconds = divmod(state.now, TILE_SECONDS)
    cells = grid(place, across, -(-count // across), gap)
    for number, ((name, mode), cell) in enumerate(zip(modes.items(), cells, strict=False)):
        moved = _moves(state) and number == turn % count
        share = min(seconds / MOVE_SECONDS, 1.0) if moved else 1.0
        key = str(number + 1) if number < 9 else ""
        _tile(board, state, cell, (name, mode), key, share)


def _tile(
    board: Board, state: State, cell: Rect, entry: tuple[str, Mode], key: str, share: float
) -> None:
    """Add a tile: picture, title, number and, where there is room, what the mode is about."""
    (name, mode), line = entry, board.line
    board.button(cell, "", Go(name), key)
    inner = cell.inset(min(line // 2, cell.width // 12), min(line // 3, cell.height // 12))
    if cell.width < BROAD * cell.height:
        roomy = cell.height > 7.5 * line and cell.width > 9.5 * line
        upper, words = stack(inner, REST, (3.4 if roomy else 1.7) * line)
        left, align = upper.inset(line, 0), 0.5
    else:
        roomy = cell.height > 4.5 * line and cell.width > 15 * line
        left, words = split(inner, min(inner.height, inner.width // 3), REST, gap=line // 2)
        words, align = words._replace(width=words.width - line), 0.0
        words = centred(words, words.width, min(words.height, 5 * line))
    side = min(left.width, left.height, 9 * line // 2)
    beside = align == 0.0
    if side < line or (beside and words.width < LONG_TITLE * min(line, inner.height / 1.5)):
        words = inner._replace(width=inner.width - line)
    else:
        board.add(picture(name, centred(left, side, side), board.theme, share))
    title, about = stack(words, 1.5 * line, REST) if roomy else (words, None)
    board.text(title, tr(mode.title), 1.2, align=align)
    if about:
        best = state.records.best(name)
        said = tr(mode.description)
        if best is not None:
            said = tr("{description}. Best: {points}", description=said, points=best)
        board.text(about, said, 0.95, board.theme.muted, align=align, valign=0.0)
    board.text(Rect(inner.right - line, inner.y, line, line), key, 1, board.theme.muted, align=1.0)


def _foot(board: Board, state: State, place: Rect) -> None:
    """Add small buttons: the player's name, the screens that are no games, and quitting."""
    gap = board.line // 2
    who, others = split(place, 0.28, 0.72, gap=gap)
    board.button(who, state.player_name, Go("players"))
    modes = {name: mode for name, mode in menu(small=True).items() if name != "players"}
    *cells, leave = columns(others, len(modes) + 1, gap)
    for (name, mode), cell in zip(modes.items(), cells, strict=True):
        board.button(cell, tr(mode.title), Go(name))
    board.button(leave, tr("Quit"), Do.QUIT, "escape")

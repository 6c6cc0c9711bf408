"""A page of numbers: the photo with what was read over it, and the chosen text to correct."""

from functools import lru_cache

from game.core.events import Choose, Digit, Do, Event, Typed
from game.core.language import plural, tr
from game.core.modes.page import PageSheet
from game.core.state import Net, State
from game.core.values.pages import PageReading, PageText
from game.core.values.readings import Box, Photo
from game.view.layout import centred, grid, split, stack, with_aspect
from game.view.scene import Photograph, Rect
from game.view.screens.page.texts import texts_over
from game.view.screens.parts.board import Board
from game.view.screens.parts.companion import Look, companion
from game.view.screens.parts.question import ask

SIGNS = ("-", ".", ",")


def scene(board: Board, state: State, screen: PageSheet) -> None:
    """Add the page, or what is asked before something is lost."""
    board.head(tr("A page of numbers"))
    if screen.replacing or screen.leaving:
        _ask(board, screen)
        return
    sheet, panel = board.stage()
    shown = screen.page.photo if screen.page else screen.photo
    place = with_aspect(sheet, shown.width / max(shown.height, 1)) if shown else sheet
    board.panel(place.inset(-board.line // 2))
    if shown:
        theme = board.theme
        board.add(Photograph(place, shown, 0.0, theme.accent, theme.paper))
    if screen.page is None:
        speech = centred(panel, panel.width, min(panel.height, 12 * board.line))
        _speech(board, state, screen, speech)
        board.hint(tr("Drop a photo of a list, a table or a form on the window") * (not shown))
        return
    board.pad = place
    chosen = texts_over(board, screen.page, screen.chosen, place)
    middle = chosen.x + chosen.width / 2, chosen.y + chosen.height / 2
    _panel(board, state, screen, screen.page, panel, (middle, 1.0))
    board.arrows = _arrows(screen.page, screen.chosen)
    board.hint(tr("Click a number, or press Tab. Then type what it says"))


def _ask(board: Board, screen: PageSheet) -> None:
    """Ask whether to replace a file, or to lose the corrections."""
    body = board.frame.body
    if screen.replacing:
        sentences = (
            tr("There is a file {name} beside the photo.", name=screen.replacing),
            tr("What is in it now can’t be brought back."),
        )
        ask(board, body, tr("Replace the file?"), sentences, tr("Keep the file"), tr("Replace it"))
        board.hint(tr("Press Enter to keep it"))
        return
    sentences = (
        tr("What you have corrected on this page is not saved."),
        tr("Stay and press “Save” to keep it in a file beside the photo."),
    )
    ask(board, body, tr("Leave the page?"), sentences, tr("Stay here"), tr("Leave it"))
    board.hint(tr("Press Enter to stay"))


def _speech(
    board: Board, state: State, screen: PageSheet, place: Rect, look: Look | None = None
) -> None:
    """Add the creature, and what it says."""
    first, second = _message(state, screen)
    upper, lower = stack(companion(board, state, place, look), 0.45, 0.55)
    board.text(upper, first, 1.4, valign=1.0)
    board.text(lower, second, 1, board.theme.muted, valign=0.0)


def _message(state: State, screen: PageSheet) -> tuple[str, str]:
    """Return what the creature says of the page."""
    if screen.problem:
        return tr("I can’t read this"), screen.problem
    if screen.photo is None:
        return tr("No page yet"), tr("Drop a photo with several numbers on the window")
    page = screen.page
    if page is None and state.net is Net.FAILED:
        return tr("No network"), tr("The title says why")
    if page is None:
        begins = tr("Waking up") if state.net is Net.LOADING else tr("Let me read all this …")
        return begins, tr("It takes a few seconds. Esc puts the page away")
    numbers = sum(bool(text.text) for text in page.texts)
    found = plural("{count} number", "{count} numbers", numbers)
    if screen.is_saved:
        return tr("Saved as {name}", name=screen.saved_as), tr("It is beside the photo")
    if doubtful := len(page.doubtful):
        return found, plural(
            "I am not sure of {count}. Please have a look",
            "I am not sure of {count} of them. Please have a look",
            doubtful,
        )
    return found, tr("{key} saves them as a table", key=state.settings.key("save").upper())


def _panel(
    board: Board,
    state: State,
    screen: PageSheet,
    page: PageReading,
    place: Rect,
    look: Look,
) -> None:
    """Add the creature, the chosen text, the keys to correct it, and the buttons."""
    line = board.line
    parts = (0.4, 0.59, 6.6 * line, 2.2 * line)
    if place.height < 26 * line:
        parts = (0.27, 0.32, 0.3, 0.11)
    speech, chosen, keypad, foot = stack(place, *parts, gap=line // 2)
    _speech(board, state, screen, speech, look)
    _chosen(board, page.photo, page.texts[screen.chosen], chosen)
    cells = grid(keypad, 5, 3, gap=max(2, line // 3))
    for digit, cell in zip((*range(1, 10), 0), cells, strict=False):
        board.button(cell, str(digit), Digit(digit))
    for sign, cell in zip(SIGNS, cells[10:], strict=False):
        board.button(cell, sign, Typed(sign))
    board.button(cells[13], tr("Rub out"), Do.CLEAR)
    board.button(cells[14], tr("As read"), Do.UNDO, state.settings.key("undo"))
    save, following = split(foot, 0.45, 0.55, gap=line // 2)
    board.button(save, tr("Save"), Do.SAVE, state.settings.key("save"))
    label = tr("Right, next") if page.doubtful else tr("Right")
    key = "return" if following.width >= 6 * line else ""
    board.button(following, label, Do.ACCEPT, key, chosen=bool(page.doubtful))


def _chosen(board: Board, photo: Photo, text: PageText, place: Rect) -> None:
    """Add the part of the photo that is chosen, and what it says."""
    inner = board.panel(place, 0.4)
    if inner.width > 2.5 * inner.height:
        left, right = split(inner, 0.6, 0.4, gap=board.line // 2)
    else:
        left, right = stack(inner, 0.6, 0.4, gap=board.line // 4)
    part = _part(photo, text.box, left.width / max(1, left.height))
    shown = with_aspect(left, part.width / part.height)
    board.add(Photograph(shown, part, 0.0, board.theme.accent, board.theme.paper))
    said, note = _reading(text)
    upper, lower = stack(right, 0.65, 0.35)
    board.text(upper, said, 2.4, board.theme.ink if text.text else board.theme.muted, align=0.5)
    board.text(lower, note, 1, board.theme.muted, align=0.5)


def _reading(text: PageText) -> tuple[str, str]:
    """Return the text, and where it comes from."""
    said = text.text or tr("empty")
    if text.typed is not None and text.typed != text.read:
        read = text.read or tr("empty")
        return said, tr("I read: {text}", text=read)
    if text.is_doubtful:
        return f"{said}?", tr("Is that right?")
    return said, tr("You say so, too") * text.checked


@lru_cache(maxsize=2)
def _part(photo: Photo, box: Box, aspect: float) -> Photo:
    """Return the part of the photo around a box, `aspect` times as wide as high if it fits."""
    left, top, right, bottom = box
    height = max(1.6 * (bottom - top), (right - left) / aspect * 1.2, 8.0)
    sides = []
    for low, end, length, most in (
        (left, right, height * aspect, photo.width),
        (top, bottom, height, photo.height),
    ):
        size = min(most, max(1, round(length)))
        begin = min(max(0, round((low + end - size) / 2)), most - size)
        sides.append((begin, begin + size))
    (begin_x, end_x), (begin_y, end_y) = sides
    return photo.crop(begin_x, begin_y, end_x, end_y)


def _arrows(page: PageReading, chosen: int) -> tuple[tuple[str, Event], ...]:
    """Return what the keys do that choose a text, or type a sign."""
    before, after = Choose(chosen - 1), Choose(chosen + 1)
    return (
        ("tab", after),
        ("shift+tab", before),
        ("right", after),
        ("left", before),
        ("up", Choose(page.beside(chosen, -1))),
        ("down", Choose(page.beside(chosen, 1))),
        *((sign, Typed(sign)) for sign in SIGNS),
    )

"""The card of the unit that is pointed at: what it looks for, and for which digits it speaks."""

from game.core.language import formatted, mark, tr
from game.core.modes.inside import Inside
from game.core.values.insight import INPUT, Insight, Unit, UnitInsight
from game.core.values.readings import FRAME_SIDE
from game.core.wording import FIXED_SPACE, UNREADABLE, percent
from game.view.layout import REST, columns, stack
from game.view.scene import Rect
from game.view.screens.parts.board import Board

INVITATION = mark(
    "Each small square is a tiny detector. A bright one has found what it looks for. "
    "Point at one to see what that is; click to keep it here"
)
NO_UNITS = mark(
    "This network has no units between the pixels and its answers. "
    "Point at an answer to see what it looks for; click to keep it here"
)
LEGEND = mark("Filled: it wants ink here. Striped: it wants none")
NARROW = 9
"""Width in lines below which a card has no room for a picture."""


def unit_card(board: Board, screen: Inside, place: Rect) -> None:
    """Add the card, or an invitation to point at a unit."""
    inner = board.panel(place, 2 / 3)
    head, body = stack(inner, 1.6 * board.line, REST, gap=board.line // 3)
    unit, insight = screen.shown, screen.insight
    if unit is None or insight is None:
        has_units = bool(insight and insight.layers)
        asked = tr("Point at a unit") if has_units else tr("Point at an answer")
        board.text(head, asked, 1.3)
        words = INVITATION if has_units else NO_UNITS
        board.text(body, tr(words), 1.1, board.theme.muted, valign=0.0)
        return
    name = _name(insight, unit)
    if unit == screen.pinned:
        name = tr("{name} (pinned)", name=name)
    board.text(head, name, 1.3, board.theme.accent)
    found = insight.unit
    if unit.layer == INPUT:
        share = insight.question.image[unit.index] / 255
        text = tr("No ink here. The network gets these 784 pixels of your drawing, and no more")
        if share:
            text = tr(
                "{share} ink here. The network gets these 784 pixels of your drawing, and no more",
                share=percent(share),
            )
        board.text(body, text, 1.1, valign=0.0)
    elif found and found.unit == unit:
        _unit(board, screen, insight, found, body)


def _name(insight: Insight, unit: Unit) -> str:
    if unit.layer == INPUT:
        row, column = divmod(unit.index, FRAME_SIDE)
        return tr("Pixel in row {row}, column {column}", row=row + 1, column=column + 1)
    if unit.layer < len(insight.layers):
        return tr("Unit {number} of layer {layer}", number=unit.index + 1, layer=unit.layer + 1)
    if unit.index < 10:
        return tr("The answer {digit}", digit=unit.index)
    return tr("The answer “not a digit”")


def _unit(board: Board, screen: Inside, insight: Insight, found: UnitInsight, place: Rect) -> None:
    """Add the picture, a sentence and, of a hidden unit, its effects."""
    line = board.line
    text = details(insight, found) if screen.detailed else sentence(insight, found)
    if found.unit.layer < len(insight.layers) and place.width >= NARROW * line:
        place, effects = stack(place, 0.7, 0.3, gap=line // 2)
        _effects(board, found, effects)
    picture, words = picture_and_words(board, place)
    if picture:
        signed_picture(board, picture, insight.question.image, found.looks_for)
        if words.height > 6.6 * line:
            words, legend = stack(words, REST, 3.3 * line)
            board.text(legend, tr(LEGEND), 1, board.theme.muted, valign=1.0)
    board.text(words, text, 1, valign=0.0)


def sentence(insight: Insight, found: UnitInsight) -> str:
    """Return what the unit does, in a sentence that needs no mathematics."""
    if found.unit.layer == len(insight.layers):
        return _answer(insight, found.unit.index)
    said = speech(found.effects)
    if insight.is_blank:
        found_it = tr("Nothing is drawn yet.")
    elif found.activation <= 0:
        found_it = tr("Asleep: it doesn’t find what it looks for.")
    elif insight.layers[found.unit.layer][found.unit.index] < 64:
        found_it = tr("Half awake: it has found a little of what it looks for.")
    else:
        found_it = tr("Awake: it has found what it looks for.")
    return f"{found_it} {said}"


def speech(effects: tuple[float, ...]) -> str:
    """Return the digits that a unit speaks for most, and those that it speaks against."""
    digits = _strongest(effects)
    strong = [digit for digit in digits if abs(effects[digit]) > abs(effects[digits[0]]) / 4]
    for_, against = (
        ", ".join(str(digit) for digit in strong if sign * effects[digit] > 0) for sign in (1, -1)
    )
    if for_ and against:
        return tr(
            "When it sees that, it speaks for {digits}, and against {others}",
            digits=for_,
            others=against,
        )
    if for_:
        return tr("When it sees that, it speaks for {digits}", digits=for_)
    if against:
        return tr("When it sees that, it speaks against {digits}", digits=against)
    return tr("When it sees that, it speaks for no digit")


def _answer(insight: Insight, index: int) -> str:
    if index == len(insight.probabilities):
        share = percent(1 - (insight.digit_probability or 0.0))
        return tr("Here it decides whether this is a digit at all. No digit: {share}", share=share)
    return tr(
        "All that speaks for and against the digit {digit} comes together here: {share}",
        digit=index,
        share=percent(insight.probabilities[index]),
    )


def _strongest(effects: tuple[float, ...]) -> list[int]:
    """Return the three digits on which the effects are largest."""
    return sorted(range(10), key=lambda digit: -abs(effects[digit]))[:3]


def details(insight: Insight, found: UnitInsight) -> str:
    """Return the numbers behind the sentence."""
    if found.unit.layer == len(insight.layers):
        return tr(
            "Its score is {score:+.2f}. The scores become probabilities by softmax",
            score=found.activation,
        )
    effects = "; ".join(
        f"{digit}:{FIXED_SPACE}{formatted(found.effects[digit], '+.2f')}"
        for digit in _strongest(found.effects)
    )
    return tr(
        "Activation {activation:.2f}. Each 1 of it adds to the scores: {effects}",
        activation=found.activation,
        effects=effects,
    )


def _effects(board: Board, found: UnitInsight, place: Rect) -> None:
    """Add a bar for each class: up if the unit speaks for it, down if against."""
    theme = board.theme
    largest = max(map(abs, found.effects)) or 1.0
    cells = columns(place, len(found.effects), gap=2)
    bars, _ = stack(place, REST, 1.1 * board.line)
    middle = bars.y + bars.height // 2
    for cell, name, effect in zip(cells, f"0123456789{UNREADABLE}", found.effects, strict=False):
        _, label = stack(cell, REST, 1.1 * board.line)
        height = round(abs(effect) / largest * bars.height / 2)
        top = middle - height if effect > 0 else middle
        board.fill(Rect(cell.x, top, cell.width, height), theme.good if effect > 0 else theme.bad)
        board.text(label, name, 1, theme.muted, align=0.5)
    board.fill(Rect(bars.x, middle, bars.width, 1), theme.muted)


def picture_and_words(board: Board, place: Rect) -> tuple[Rect | None, Rect]:
    """Return the places of a picture and of the words beside it; None if no picture fits."""
    if place.width < NARROW * board.line:
        return None, place
    side = min(place.height, round(place.width * 0.45))
    picture = crisp(Rect(place.x, place.y, side, side))
    left = picture.right + board.line
    return picture, Rect(left, place.y, place.right - left, place.height)


def crisp(place: Rect) -> Rect:
    """Return the square, a little smaller if that makes all pixels of an image equally large."""
    side = max(place.width - place.width % FRAME_SIDE, min(place.width, 2 * FRAME_SIDE))
    return Rect(place.x, place.y, side, side)


def signed_picture(board: Board, place: Rect, image: bytes, values: bytes) -> None:
    """Add a signed image over the pale drawing; a border shows where both are, even if empty."""
    board.picture(place, image, colours=(board.theme.paper, board.theme.edge))
    board.signed(place, values)
    board.outline(place.inset(-1), board.theme.edge)

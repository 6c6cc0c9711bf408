"""The card of the answer: why, what would change it, and what the network expects."""

from game.core.events import Choose
from game.core.language import mark, tr, with_article
from game.core.modes.inside import TOPICS, Inside
from game.core.state import State
from game.core.values.insight import Change, Insight
from game.core.wording import FIXED_SPACE, percent
from game.view.layout import REST, columns, split, square, stack
from game.view.scene import FRAME_SECONDS, Rect
from game.view.screens.inside.unit import NARROW, crisp, picture_and_words, signed_picture
from game.view.screens.parts.board import Board

BUTTONS = {
    "why": (mark("Why?"), "f2"),
    "change": (mark("What if?"), "f3"),
    "expect": (mark("Similar"), "f4"),
}
LEAST = 0.005
"""Share of the ink that rounds to 0 %."""
MORPH_SECONDS = 1.6
"""Time in which the image changes into the other digit."""
HOLD_SECONDS = 1.2
"""Time for which each of the two is shown unchanged."""


def answer_card(board: Board, state: State, screen: Inside, place: Rect) -> None:
    """Add the buttons of the topics, and the answer to the chosen one."""
    line = board.line
    buttons, card = stack(place, 1.9 * line, REST, gap=line // 2)
    cells = columns(buttons, len(TOPICS), gap=line // 3)
    for number, (topic, cell) in enumerate(zip(TOPICS, cells, strict=True)):
        label, key = BUTTONS[topic]
        board.button(cell, tr(label), Choose(number), key, chosen=topic == screen.topic)
    insight, inner = screen.insight, board.panel(card, 2 / 3)
    if insight is None or insight.is_blank or insight.question.topic != screen.topic:
        searches = insight and not insight.is_blank
        said = tr("Looking for an answer …") if searches else tr("Draw a digit first")
        board.text(inner, said, 1.1, board.theme.muted, align=0.5)
        return
    head, body = stack(inner, 1.6 * line, REST, gap=line // 3)
    board.text(head, title(insight), 1.3, board.theme.accent)
    match screen.topic:
        case "change":
            share = 1.0
            if insight.change and not state.settings.reduced_motion:
                share = morph(state.now)
                board.next_frame = 2 * FRAME_SECONDS
            _change(board, insight, share, body)
        case "expect":
            _expect(board, insight, body)
        case _:
            _why(board, insight, body, detailed=screen.detailed)


def title(insight: Insight) -> str:
    """Return the question that is answered."""
    digit, change = insight.digit, insight.change
    if insight.question.topic == "why":
        if digit == insight.guess:
            return with_article("Why a {digit}?", digit)
        return with_article("Why not a {digit}?", digit)
    if insight.question.topic == "expect":
        return tr("Which {digit} is most like yours?", digit=digit)
    if change is None:
        return tr("What would change its mind?")
    return with_article("What would make it a {digit}?", change.digit)


def _why(board: Board, insight: Insight, place: Rect, *, detailed: bool) -> None:
    text = with_article(
        "Filled: this ink speaks for a {digit}. Striped: this ink speaks against it", insight.digit
    )
    if detailed:
        more = tr("This is the gradient of the score, times the ink of each pixel")
        text = f"{text}. {more}"
    picture, words = picture_and_words(board, place)
    if picture:
        signed_picture(board, picture, insight.question.image, insight.contributions)
    board.text(words, text, 1, valign=0.0)


def _change(board: Board, insight: Insight, share: float, place: Rect) -> None:
    """Add the image, changed by a share from 0 to 1, the ink that it takes, and how it is read."""
    change = insight.change
    if change is None:
        board.text(place, tr("No small change was found that would do it"), 1.1, align=0.5)
        return
    picture, words = picture_and_words(board, place)
    if picture:
        pixels = zip(insight.question.image, change.image, strict=True)
        board.picture(picture, bytes(round(begin + share * (end - begin)) for begin, end in pixels))
    upper, lower = stack(words, 0.72, 0.28)
    board.text(upper, amount(change), 1, valign=0.0)
    step = change.path[round(share * (len(change.path) - 1))]
    shares = [
        f"{digit}:{FIXED_SPACE}{percent(probability)}"
        for digit, probability in zip((insight.guess, change.digit), step, strict=True)
    ]
    board.text(lower, "   ".join(shares), 1, board.theme.accent, valign=1.0)


def morph(now: float) -> float:
    """Return how far the image has changed into the other digit and back, from 0 to 1."""
    at = now % (2 * (MORPH_SECONDS + HOLD_SECONDS))
    if at > MORPH_SECONDS + HOLD_SECONDS:
        at = 2 * (MORPH_SECONDS + HOLD_SECONDS) - at - HOLD_SECONDS
        return max(0.0, at / MORPH_SECONDS)
    return min(1.0, at / MORPH_SECONDS)


def amount(change: Change) -> str:
    """Return how much ink a change takes, without a part that is 0 %."""
    more, less = percent(change.added), percent(change.removed)
    if change.removed <= LEAST:
        return tr("It takes {more} more ink", more=more)
    if change.added <= LEAST:
        return tr("It takes {less} less ink", less=less)
    return tr("It takes {more} more ink, and {less} less elsewhere", more=more, less=less)


def _expect(board: Board, insight: Insight, place: Rect) -> None:
    """Add the drawing and the allograph that is most like it."""
    expected, line = insight.expected, board.line
    if not expected:
        return
    text = with_article(
        "Yours, and the way to write a {digit} that it finds closest", insight.digit
    )
    words = place
    if place.width >= NARROW * line:
        if place.width >= 18 * line:
            pictures, words = split(place, 0.66, 0.34, gap=line)
        else:
            pictures, words = stack(place, 0.62, 0.38, gap=line // 3)
        cells = columns(pictures, 2, gap=line)
        yours, model = (crisp(square(cell)._replace(y=cell.y)) for cell in cells)
        board.picture(yours, insight.question.image)
        board.ink(model, expected, model.width * 0.035)
    board.text(words, text, 1, valign=0.0)

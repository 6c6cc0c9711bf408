"""The rules of a page of numbers: choosing, correcting, saving, and what is asked before a loss."""

from dataclasses import replace

import pytest

from game.core.effects import Effects, Order, ReadPage, SavePage, StoreDigit
from game.core.events import (
    Choose,
    Digit,
    Do,
    Event,
    Go,
    NetReady,
    Opened,
    PageExists,
    PageRead,
    PageSaved,
    Press,
    Typed,
)
from game.core.modes.page import PageSheet
from game.core.modes.sketchpad import Pad
from game.core.state import State, Title
from game.core.update import state_after, update
from game.core.values.pages import PageReading, PageText
from game.core.values.readings import Photo

PATH = "/photos/list.jpg"
PHOTO = Photo(bytes(300 * 200), bytes(100 * 200), 100, 200)
IMAGES = tuple(bytes([index]) * 784 for index in range(1, 4))


def text(row: int, left: float, read: str, *, trusted: bool = True) -> PageText:
    top = 50.0 * row
    images = IMAGES[: sum(sign.isdigit() for sign in read)]
    return PageText(row, (left, top, left + 20, top + 20), read, trusted, images)


PAGE = PageReading(
    PHOTO,
    (
        *(text(0, 0, "12"), text(0, 60, "-3,5", trusted=False)),
        *(text(1, 0, ""), text(1, 60, "480", trusted=False), text(2, 70, "7")),
    ),
)
FILE = Opened("list.jpg", photo=PHOTO, page=PATH)
READ = state_after(State(), NetReady(), FILE, PageRead(PATH, PAGE))


def after(*happened: Event, state: State = READ) -> tuple[PageSheet, Effects]:
    """The mode after the events, and all their effects."""
    effects: Effects = ()
    for event in happened:
        state, more = update(state, event)
        effects += more
    assert isinstance(state.screen, PageSheet)
    return state.screen, effects


def typed(number: str) -> list[Event]:
    return [Digit(int(sign)) if sign.isdigit() else Typed(sign) for sign in number]


def test_a_file_of_several_numbers_is_asked_about_until_it_is_read() -> None:
    waiting = state_after(State(), FILE)
    assert isinstance(waiting.screen, PageSheet)
    for event in (NetReady(), PageRead("/photos/other.jpg", PAGE)):
        waiting, effects = update(waiting, event)
        assert effects[-1] == ReadPage(PATH)
    _, effects = update(waiting, PageRead(PATH, problem="no numbers"))
    assert not effects
    left, effects = update(waiting, Do.BACK)
    assert isinstance(left.screen, Title)
    assert ReadPage(PATH) not in effects
    assert isinstance(state_after(left, PageRead(PATH, PAGE)).screen, Title)


def test_the_first_doubtful_text_is_chosen_and_enter_goes_through_them() -> None:
    assert READ.screen.chosen == 1
    screen, _ = after(Do.ACCEPT)
    assert screen.chosen == 3
    assert screen.page.doubtful == (3,)
    screen, _ = after(Do.ACCEPT, Do.ACCEPT)
    assert screen.page.doubtful == ()
    assert screen.page.rows == PAGE.rows == (("12", "-3,5"), ("", "480"), ("7",))
    screen, _ = after(Choose(4), Do.ACCEPT)
    assert screen.chosen == 1


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([Choose(5)], 0),
        ([Choose(-1)], 4),
        ([Press(0.05, 0.05)], 0),
        ([Press(0.35, 0.31)], 3),
        ([Press(0.5, 0.99)], 4),
    ],
)
def test_a_text_is_chosen_by_its_number_or_near_a_click(events: list[Event], expected: int) -> None:
    assert after(*events)[0].chosen == expected


def test_above_and_below_are_the_nearest_texts_of_the_next_rows() -> None:
    found = [[PAGE.beside(index, step) for index in range(5)] for step in (-1, 1)]
    assert found == [[0, 1, 0, 1, 3], [2, 3, 4, 4, 4]]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (typed("42"), "42"),
        (typed("-4.25"), "-4.25"),
        (typed("4-2"), "42"),
        (typed("4.2,5"), "4.25"),
        ([Do.CLEAR], "-3,"),
        ([Do.CLEAR, *typed("6")], "-3,6"),
        ([*typed("42"), Do.UNDO], "-3,5"),
        ([*typed("42"), Choose(1), *typed("6")], "6"),
        ([Do.CLEAR] * 9, ""),
        (typed("1" * 40), "1" * 32),
    ],
)
def test_typing_replaces_the_text_by_what_may_be_a_number(
    events: list[Event], expected: str
) -> None:
    screen, _ = after(*events)
    assert screen.text.text == expected
    assert screen.holds_unsaved is (expected != "-3,5")
    assert screen.text.is_doubtful is (events[-1] is Do.UNDO)


def test_corrected_digits_are_kept_once_when_the_player_goes_on() -> None:
    screen, effects = after(*typed("-8,5"))
    assert not effects
    _, effects = after(*typed("-8,5"), Choose(3), Choose(1), Choose(3))
    assert [one for one in effects if isinstance(one, StoreDigit)] == [StoreDigit("8", IMAGES[0])]
    back = [*typed("85"), Do.ACCEPT, Choose(1), Do.UNDO, Do.SAVE]
    kept = [one for one in after(*back)[1] if isinstance(one, StoreDigit)]
    assert kept == [StoreDigit("8", IMAGES[0]), StoreDigit("3", IMAGES[0])]
    _, effects = after(*typed("-385"), Choose(3))
    assert not [one for one in effects if isinstance(one, StoreDigit)]
    assert screen.text.read == "-3,5"


def test_the_rows_are_saved_and_a_file_is_replaced_only_after_a_question() -> None:
    rows = (("12", "-3,5"), ("9", "480"), ("7",))
    corrected = [Choose(2), *typed("9")]
    screen, effects = after(*corrected, Do.SAVE)
    assert effects[-1] == SavePage(PATH, rows, replaces=False)
    saved, _ = after(*corrected, PageSaved(PATH, "list.csv", rows))
    assert saved.is_saved
    assert not saved.holds_unsaved
    assert not after(*corrected, PageSaved(PATH, "list.csv", rows), *typed("1"))[0].is_saved
    assert not after(*corrected, PageSaved("/photos/other.jpg", "other.csv", rows))[0].is_saved
    for keeps in (Do.ACCEPT, Do.BACK):
        screen, effects = after(*corrected, PageExists(PATH, "list.csv"), keeps)
        assert not [one for one in effects if isinstance(one, SavePage)]
        assert screen.page.rows == rows
    screen, effects = after(*corrected, PageExists(PATH, "list.csv"), Do.FORGET)
    assert effects[-1] == SavePage(PATH, rows, replaces=True)
    assert not screen.replacing


def test_corrections_are_not_lost_unasked() -> None:
    corrected = state_after(READ, *typed("42"))
    for leaving in (Do.BACK, Do.QUIT):
        asking, effects = update(corrected, leaving)
        assert not effects
        assert asking.screen.leaving is leaving
        stays = state_after(asking, Do.ACCEPT).screen
        assert replace(stays, leaving=None) == corrected.screen
    assert isinstance(state_after(corrected, Do.BACK, Do.FORGET).screen, Title)
    for again in (Do.FORGET, Do.QUIT):
        assert Order.QUIT in update(asking, again)[1]
    other = state_after(corrected, Opened("other.jpg", photo=PHOTO))
    assert other.screen is corrected.screen
    assert "other.jpg" in other.notice
    for state in (
        READ,
        state_after(corrected, PageSaved(PATH, "list.csv", corrected.screen.page.rows)),
    ):
        assert isinstance(state_after(state, Do.BACK).screen, Title)
        assert Order.QUIT in update(state, Do.QUIT)[1]
        opened = state_after(state, Opened("other.jpg", photo=PHOTO))
        assert isinstance(opened.screen, Pad)


def test_without_a_page_all_keys_are_harmless() -> None:
    for begin in ((Go("page"),), (FILE,), (FILE, PageRead(PATH, problem="no numbers"))):
        state = state_after(State(), *begin, *typed("4-"), Do.ACCEPT, Do.SAVE, Choose(3))
        state = state_after(state, Do.CLEAR, Do.UNDO, Do.FORGET, Press(0.5, 0.5))
        assert state.sketch.strokes == ()
        assert isinstance(state_after(state, Do.BACK).screen, Title)

"""The names of a class: all are found, and shown whole, in every window."""

from dataclasses import replace

import pytest

from game.core.events import Change, Do, Go, PlayersFound, Set
from game.core.state import Net, State
from game.core.update import state_after
from game.core.values.players import Player, Shared
from game.core.values.records import Records
from game.view.layout import Size
from game.view.screens import view
from tests.rehearsed import height, lines, texts, with_settings

LONG = ("María del Mar García", "Wolfeschlegelsteinha", "王小明 and Ольга Kask")
CLASS = tuple(
    Player(str(n + 1), f"{LONG[n % 3][:18]}{n:02}", (("draw", n), ("think", 90 - n)))
    for n in range(40)
)
SIZES = [(1280, 800), (640, 480), (500, 900)]


def shown(page: str, size: Size, scale: str) -> list[list[str]]:
    """The names on each part of a page, all of them readable and whole."""
    begin = State(records=Records(name=CLASS[0].name))
    state = state_after(begin, Go("players"), PlayersFound(CLASS), Set("page", page))
    state = with_settings(state, text=scale)
    found: list[list[str]] = []
    names = {"Guest", *(one.name for one in CLASS)}
    while True:
        here = [text for text in texts(view(state, size)) if text.text in names]
        if found and here[0].text == found[0][0]:
            return found
        for text in here:
            assert height(text) >= 9
            assert all(line.width <= text.rect.width + 2 for line in lines(text))
        found.append([text.text for text in here])
        if len(found[0]) >= len(CLASS):
            return found
        state = state_after(state, Change("part"))


@pytest.mark.parametrize("scale", ["normal", "huge"])
@pytest.mark.parametrize("size", SIZES)
def test_all_names_of_a_class_are_found_and_shown_whole(size: Size, scale: str) -> None:
    for page in ("list", "scores"):
        found = [name for part in shown(page, size, scale) for name in part]
        guest = ["Guest"] * (page == "list")
        assert sorted(found) == sorted([*guest, *(one.name for one in CLASS)])


def test_the_list_begins_with_the_part_of_who_plays_and_the_scores_with_the_best() -> None:
    size = (640, 480)
    state = State(player="39", records=Records(name=CLASS[38].name))
    state = state_after(state, Go("players"), PlayersFound(CLASS))
    chosen = CLASS[38].name
    assert chosen in [text.text for text in texts(view(state, size))]
    scores = state_after(state, Set("page", "scores"))
    best = [text.text for text in texts(view(scores, size)) if text.text in {"39", "38"}]
    assert best == ["39", "38"]
    by_other = state_after(scores, Set("order", "think"))
    assert [text.text for text in texts(view(by_other, size)) if text.text in {"90", "89"}]


def test_the_next_pupil_has_a_button_on_the_title_while_a_class_plays() -> None:
    alone = State(players=CLASS[:2], net=Net.READY)
    for state, expected in ((alone, False), (replace(alone, shared=Shared("apple")), True)):
        events = [target.event for target in view(state, (640, 480)).targets]
        assert (Do.NEXT in events) is expected

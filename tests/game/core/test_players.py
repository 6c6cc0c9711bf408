"""Who plays: each has records of their own, a guest none, and a class the same digits."""

from dataclasses import replace

import pytest

from game.core import effects
from game.core.events import Choose, Do, Event, Go, PlayersFound, PlayerSwitched, Set, Tick, Typed
from game.core.modes.draw import DrawGame
from game.core.modes.players import Page, WhoPlays, everybody
from game.core.modes.review import Page as ReviewPage
from game.core.state import State, Title
from game.core.update import state_after, update
from game.core.values.players import GUEST, Player, Shared, player_after
from game.core.values.records import Records, Score
from game.core.values.sketch import Sketch
from tests.beginnings import DOT, ENDED, PAD

ADA, BO, CY = (Player(key, name) for key, name in (("1", "Ada"), ("2", "Bo"), ("5", "Cy")))
LIST = State(screen=WhoPlays(is_listed=True), records=Records(name="Ada"), players=(ADA, BO, CY))
BO_PLAYS = PlayerSwitched("2", Records((Score(70, "", "draw"),), name="Bo"))


def test_who_plays_is_asked_for_by_name_and_nothing_of_the_one_before_is_left() -> None:
    drawn = replace(PAD, players=(ADA, BO), sketch=Sketch(DOT))
    drawn = state_after(drawn, Go("players"))
    asked, wanted = update(drawn, Choose(1))
    assert effects.SwitchPlayer("2") in wanted
    assert asked.player == "1"
    other = state_after(asked, BO_PLAYS)
    assert (other.player, other.player_name, other.records) == ("2", "Bo", BO_PLAYS.records)
    assert (other.settings.player, other.sheets) == ("2", State().sheets)
    assert state_after(other, Go("sketchpad")).sketch.strokes == ()


def test_a_guest_comes_last_and_is_not_who_plays_at_the_next_start() -> None:
    assert [one.shown_name for one in everybody(LIST)] == ["Ada", "Bo", "Cy", "Guest"]
    guest = state_after(LIST, PlayerSwitched(GUEST, Records()))
    assert (guest.player_name, guest.settings.player) == ("Guest", "1")
    assert guest.players == LIST.players
    for page in ("rename", "remove"):
        assert state_after(guest, Set("page", page)).screen == guest.screen
    assert update(guest, Do.SAVE)[1] == ()


def test_a_machine_has_a_first_player_before_anybody_gave_a_name() -> None:
    assert [one.shown_name for one in everybody(State())] == ["Player 1", "Guest"]


def test_a_player_is_added_by_a_name_of_at_most_20_letters() -> None:
    page = state_after(LIST, Set("page", "add"))
    empty = state_after(page, Typed("  "), Do.ACCEPT)
    assert (empty.screen.page, bool(empty.notice)) == (Page.ADD, True)
    name = "Ἀλέξανδρος 王 😀 محمد"
    typed = state_after(page, *map(Typed, f" {name}{'!' * 30}"))
    assert len(typed.screen.line.text) == 20
    after, wanted = update(state_after(page, *map(Typed, f"{name} ")), Do.ACCEPT)
    assert (after.screen.page, wanted[0]) == (Page.LIST, effects.AddPlayer(name))


def test_a_new_name_is_stored_and_shown_in_the_list_too() -> None:
    page = state_after(LIST, Set("page", "rename"))
    assert page.screen.line.text == "Ada"
    after, wanted = update(state_after(page, *[Do.CLEAR] * 3, Typed("Lovelace")), Do.ACCEPT)
    assert wanted[0] == effects.StoreRecords(Records(name="Lovelace"))
    assert after.player_name == everybody(after)[0].shown_name == "Lovelace"


@pytest.mark.parametrize("answer", [Do.ACCEPT, Do.BACK])
def test_a_player_is_removed_once_that_is_confirmed_and_a_guest_plays_on(answer: Event) -> None:
    asked = state_after(LIST, BO_PLAYS, Set("page", "remove"))
    kept, wanted = update(asked, answer)
    assert (kept.screen.page, kept.player) == (Page.LIST, "2")
    assert effects.DeleteData("2") not in wanted
    removed, wanted = update(asked, Do.FORGET)
    assert wanted[0] == effects.DeleteData("2")
    assert (removed.player, removed.players, removed.records) == (GUEST, (ADA, CY), Records())
    assert removed.settings.player == "1"


def test_the_players_are_listed_once_on_each_page_also_on_the_first_of_the_game() -> None:
    arrived = state_after(State(), Go("players"))
    state, wanted = update(arrived, Tick(0.1))
    assert wanted == (effects.Order.LIST_PLAYERS,)
    assert update(state, Tick(0.1))[1] == ()
    state = state_after(state, PlayersFound((ADA, BO)))
    assert state.players == (ADA, BO)
    assert update(state, Set("page", "scores"))[1] == (effects.Order.LIST_PLAYERS,)
    assert update(state, Choose(0))[1] == (effects.SwitchPlayer("1"),)


def test_a_class_gets_the_same_digits_in_each_game_however_the_word_is_written() -> None:
    def digits(word: str, seed: int) -> list[tuple[int, ...]]:
        page = state_after(replace(LIST, seed=seed), Set("page", "word"), Typed(word), Do.ACCEPT)
        games, state = [], page
        for mode in ("draw", "think", "draw", "draw"):
            state = state_after(state, Go(mode))
            games += [state.screen.digits] if isinstance(state.screen, DrawGame) else []
        return games

    first, second = digits("Red apple", 3), digits("  red   APPLE ", 77)
    assert first == second
    assert len(set(first)) == 3
    assert digits("pear", 3) != first
    assert digits("", 3) != digits("", 77)


def test_the_next_pupil_begins_with_the_first_game_and_goes_on_where_they_were() -> None:
    state = replace(LIST, shared=Shared("apple"))
    first = state_after(state, Go("draw"))
    second = state_after(state_after(first, Do.PAUSE, Go("title")), BO_PLAYS, Go("draw"))
    assert first.screen.digits == second.screen.digits
    third = state_after(second, Do.PAUSE, Go("title"), PlayerSwitched("1", Records()), Go("draw"))
    assert third.screen.digits != first.screen.digits


def test_one_key_goes_from_pupil_to_pupil_in_turn() -> None:
    players = (ADA, BO, CY)
    assert [player_after(players, key).key for key in ("1", "2", "5", GUEST)] == [
        "2",
        "5",
        "1",
        "1",
    ]
    assert player_after((ADA,), "1") is None
    title = State(screen=Title(), players=players)
    assert update(title, Do.NEXT)[1] == ()
    shared = replace(title, shared=Shared("apple"))
    assert update(shared, Do.NEXT)[1] == (effects.SwitchPlayer("2"),)
    scores = replace(shared, screen=replace(ENDED, ranks=False, page=ReviewPage.SCORES))
    assert update(scores, Do.NEXT)[1] == (effects.SwitchPlayer("2", "draw"),)
    begun = state_after(scores, replace(BO_PLAYS, where="draw"))
    assert (begun.player, type(begun.screen)) == ("2", DrawGame)


def test_a_game_that_was_begun_stays_with_its_player() -> None:
    game = state_after(LIST, Go("draw"))
    assert state_after(game, BO_PLAYS) == game


def test_an_empty_word_ends_the_class() -> None:
    page = state_after(replace(LIST, shared=Shared("ox")), Set("page", "word"))
    assert page.screen.line.text == "ox"
    assert state_after(page, Do.CLEAR, Do.CLEAR, Do.ACCEPT).shared is None

"""What the player's drawings teach the network: offered, adopted, taken back, and said."""

from dataclasses import replace

import pytest

from game.core.effects import Order, StoreDrawing, StudyHand
from game.core.events import Digit, Do, Go, HandStudied, HandUsed, NetFailed, NetReady, Read, Tick
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import Page
from game.core.modes.think import ThinkGame
from game.core.modes.today import DayResult
from game.core.state import Net, State
from game.core.update import state_after, update
from game.core.values.records import Records
from game.core.values.sketch import Sketch
from game.core.values.teaching import FEWEST_DRAWINGS, Taught, Teaching
from game.view.screens.digits import teaching_text
from mnist_jax.training.teaching import MIN_DRAWINGS
from tests.beginnings import DOT, DRAWN, ENDED
from tests.readings import reading

LITTLE = Taught(40, before=4, after=3, helps=True)
MORE = Taught(120, before=9, after=3, helps=True)


def test_each_digit_that_tells_the_hand_is_stored_with_its_label() -> None:
    """Also those that were read right, or what is learnt could not be judged."""
    asked = State(screen=DrawGame((7, 1), phase=Phase.DRAWING), net=Net.READY, sketch=Sketch(DOT))
    guessed = state_after(asked, Read(reading(7)), Tick(0.25), Tick(0.25))
    won, effects = update(guessed, Tick(0.1))
    (played,) = won.screen.rounds
    assert (played.right, StoreDrawing("7", played.strokes) in effects) == (True, True)
    buzzed = ThinkGame(phase=Phase.BUZZED, guess=4, waited=9.0)
    for digit, kept in ((4, True), (9, False)):  # the drawing looks like a 4
        state = State(screen=buzzed, net=Net.READY, sketch=Sketch(DOT), reading=reading(4))
        _, effects = update(state, Digit(digit))
        assert any(isinstance(effect, StoreDrawing) for effect in effects) is kept


def test_after_a_game_the_hand_is_learnt_while_the_player_goes_on() -> None:
    game = DrawGame((7,), phase=Phase.DRAWING)
    ended = state_after(State(screen=game, net=Net.READY, sketch=Sketch(DOT)), Do.SKIP)
    assert StudyHand(FEWEST_DRAWINGS) in update(ended, Do.ACCEPT)[1]
    assert FEWEST_DRAWINGS == MIN_DRAWINGS


def test_what_is_learnt_is_offered_adopted_and_taken_back() -> None:
    state, effects = update(State(), Go("digits"))  # the network is not loaded yet
    assert StudyHand() not in effects
    state, effects = update(state, NetReady())
    assert effects == (Order.LOAD_HAND, StudyHand())
    assert StudyHand() not in update(state, Tick(1.0))[1]
    assert teaching_text(state.teaching) == "It is looking at how you write …"
    assert update(state, Do.ADD)[1] == ()
    offered = state_after(state, Tick(1.0), HandStudied(MORE))
    assert teaching_text(offered.teaching) == "It would read 5 more of 100 digits of yours"
    assert not offered.page_is_seen  # a press on what was there before does not adopt it
    assert update(offered, Do.ADD)[1] == (Order.ADOPT_HAND,)
    adopted = state_after(offered, HandUsed(MORE))
    assert (
        teaching_text(adopted.teaching)
        == "It knows your hand, and reads 5 more of 100 digits of yours"
    )
    assert update(adopted, Do.ADD)[1] == ()
    assert update(adopted, Do.REMOVE)[1] == (Order.DROP_HAND,)
    assert state_after(adopted, HandUsed(None)).teaching == Teaching(found=MORE)


def test_without_a_network_nothing_is_looked_at() -> None:
    state = state_after(State(), Go("digits"), NetFailed("gone"))
    assert not state.teaching.is_studying


def test_with_new_drawings_it_can_learn_again_and_with_the_same_there_is_no_offer() -> None:
    known = replace(state_after(State(net=Net.READY), Go("digits")), teaching=Teaching(LITTLE))
    assert state_after(known, HandStudied(LITTLE)).teaching.offer is None
    again = state_after(known, HandStudied(MORE))
    assert teaching_text(again.teaching).endswith("5 more of 100 digits, instead of 2")
    assert state_after(again, HandUsed(MORE)).teaching == Teaching(MORE)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Taught(4), "From 10 digits of yours, it can learn your hand"),
        (Taught(40, 1, 2), "Learning from your 40 digits would not help it"),
        (Taught(400, 4, 3, helps=True), "It would be surer of what you write"),
    ],
)
def test_a_hand_that_it_can_hardly_learn_is_told_so(found: Taught, words: str) -> None:
    assert teaching_text(Teaching().with_found(found)) == words


def test_the_player_hears_of_a_gain_but_not_in_a_game_and_only_once() -> None:
    state = state_after(State(screen=ENDED), HandStudied(MORE))
    assert "My digits" in state.notice
    assert state_after(replace(state, notice=""), HandStudied(LITTLE)).notice == ""
    assert state_after(State(screen=DrawGame((7, 1))), HandStudied(MORE)).notice == ""
    assert state_after(State(screen=ENDED), HandStudied(Taught(40, 1, 2))).notice == ""


def test_the_pad_is_read_again_by_another_network() -> None:
    state = state_after(replace(DRAWN, net=Net.READY), HandUsed(MORE))
    assert state.reading is None
    assert state.unread is not None


@pytest.mark.parametrize("used", [None, MORE])
def test_a_game_says_whether_the_network_knew_the_hand(used: Taught | None) -> None:
    state = State(teaching=Teaching(used), net=Net.READY)
    state = replace(state, screen=DrawGame((7,), phase=Phase.DRAWING), sketch=Sketch(DOT))
    ended = state_after(state, Read(reading(7)), *[Tick(0.25)] * 4, Do.ACCEPT)
    score = state_after(ended, Do.ACCEPT, Do.ACCEPT).records.scores[0]
    assert score.knows_hand is (used is not None)
    day = state_after(replace(State(), teaching=Teaching(used), net=Net.READY), Go("today"))
    while not isinstance(day.screen, DayResult):
        day = state_after(day, Do.SKIP, Do.ACCEPT)
    assert day.screen.page is Page.DAY
    assert day.screen.knows_hand is (used is not None)
    assert day.records != Records()

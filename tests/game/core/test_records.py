"""Scores and the statistics of a hand; the review of a game."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.effects import PlaySound, StoreDrawing, StoreRecords, StudyHand
from game.core.events import Choose, Digit, Do, Event, Read, Tick
from game.core.modes.draw import DrawGame
from game.core.modes.guessing_game import Phase
from game.core.modes.review import LEAD_SECONDS, Page, Review
from game.core.modes.think import ThinkGame
from game.core.state import Net, Screen, State
from game.core.update import state_after, update
from game.core.values.records import Records, Score, Trial, statistics_of, weakest
from game.core.values.rounds import Round
from game.core.values.sketch import Sketch
from game.core.values.teaching import FEWEST_DRAWINGS
from game.view.screens.review import summary
from tests.readings import reading

PLAYED = Round(4, 4, 50, 1.0, 2.0, (((0.1, 0.1, 0.0), (0.2, 0.9, 1.5)),), ((0.5, (0.1,) * 10),))
SHOWN = Review("draw", (PLAYED, replace(PLAYED, guess=None)), 50)


def test_the_ten_best_come_first_and_modes_apart() -> None:
    records = Records()
    assert (records.best("draw"), records.ranks("draw", 0)) == (None, False)
    for points in range(10, 110, 10):
        records = records.plus(Records((Score(points, "Ada", "draw"),)))
    records = records.plus(Records((Score(7, "Alan", "think"),)))
    assert [score.points for score in records.top("draw")] == [*range(100, 0, -10)]
    assert (records.best("draw"), records.best("think")) == (100, 7)
    assert (records.ranks("draw", 11), records.ranks("draw", 10)) == (True, False)


@given(st.lists(st.builds(Score, st.integers(0, 3), st.sampled_from("ab"), st.just("draw"))))
def test_scores_are_kept_once_and_in_order(scores: list[Score]) -> None:
    records = Records()
    for score in scores:
        records = records.plus(Records((score,)))
    assert records.scores == tuple(sorted(set(scores), reverse=True))


def test_a_hand_is_counted() -> None:
    right = Trial(4, 4, 1.0, 2.0), Trial(4, 4, 3.0, 4.0)
    trials = *right, Trial(4, 9, 9.0, 9.0), Trial(4, None, 9.0, 9.0)
    four = statistics_of(Records(trials=trials), 4)
    assert (four.count, four.right, four.accuracy) == (4, 2, 0.5)
    assert (four.seconds, four.ink) == (2.0, 3.0)
    assert (four.read_as[4], four.read_as[9], four.read_as[10]) == (2, 1, 1)


def test_the_weakest_digits_are_read_worst_then_slowest_then_drawn_least() -> None:
    trials = [Trial(d, d, 1.0, 1.0) for d in range(10) for _ in range(10 - d)]
    trials += [Trial(2, None, 1.0, 1.0), *[Trial(4, 4, 3.0, 1.0)] * 20]
    assert weakest(Records(trials=tuple(trials))) == (2, 4, 9)


def test_a_round_without_a_drawing_or_in_dispute_is_no_trial() -> None:
    skipped = state_after(State(screen=DrawGame((7, 1)), net=Net.READY), Do.SKIP)
    denied = State(screen=ThinkGame(), net=Net.READY, sketch=Sketch(PLAYED.strokes))
    denied = state_after(denied, Read(reading(4, 0.95)), *[Tick(0.25)] * 4, Digit(9))
    for state in (skipped, denied):
        assert len(state.screen.rounds) == 1
        assert state.records.trials == ()


def test_of_two_players_no_trial_is_kept_and_the_end_is_celebrated() -> None:
    game = DrawGame((8, 8), players=2, mode="two", is_scored=False, phase=Phase.DRAWING)
    state = State(screen=game, net=Net.READY, sketch=Sketch(PLAYED.strokes))
    state = state_after(state, Read(reading(8, 0.6)), Tick(0.1), Do.SKIP, Do.ACCEPT, Do.SKIP)
    state, effects = update(state, Do.ACCEPT)
    assert state.records == Records()
    assert (state.screen.page, effects) == (
        Page.WINNER,
        (StudyHand(FEWEST_DRAWINGS), PlaySound("best")),
    )
    assert state_after(state, Do.ACCEPT).screen.page is Page.DRAWINGS


@pytest.mark.parametrize(
    ("points", "winner"), [((50, 40, 0, 20), 1), ((50, 40, 20, 20), 0), ((50, 50), None)]
)
def test_of_two_players_the_one_with_more_points_wins(
    points: tuple[int, ...], winner: int | None
) -> None:
    rounds = tuple(replace(PLAYED, points=scored) for scored in points)
    assert Review("two", rounds, sum(points), players=2).winner == winner


def test_a_drawing_is_recorded_and_stored_with_its_label() -> None:
    asking = State(screen=ThinkGame(phase=Phase.GIVEN_UP), sketch=Sketch(PLAYED.strokes))
    state, effects = update(asking, Digit(9))
    (trial,) = state.records.trials
    (played,) = state.screen.rounds
    stored = (
        StoreRecords(Records(trials=(trial,))),
        StoreDrawing("9", played.strokes),
        PlaySound("wrong"),
    )
    assert (trial.digit, effects) == (9, stored)


def test_a_drawing_without_a_guess_counts_as_what_it_looked_like() -> None:
    game = DrawGame((6, 1), phase=Phase.DRAWING)
    drawn = State(screen=game, net=Net.READY, sketch=Sketch(PLAYED.strokes))
    for read, taken_for in ((reading(0, 0.6), 0), (reading(6, 0.6), None)):
        state = state_after(drawn, Read(read), Tick(0.1), Do.SKIP)
        assert state.records.trials[0].guess == taken_for
    assert statistics_of(Records(trials=(Trial(6, 0, 1.0, 1.0),)), 6).read_as[0] == 1


@pytest.mark.parametrize(
    ("screen", "answer"),
    [
        (ThinkGame(phase=Phase.GIVEN_UP), Digit(8)),
        (ThinkGame(phase=Phase.BUZZED, guess=3), Digit(8)),
        (DrawGame((8, 1), phase=Phase.DRAWING), Do.SKIP),
    ],
)
def test_a_scribble_that_was_refused_is_not_the_players_digit(
    screen: Screen, answer: Event
) -> None:
    scribbled = State(screen=screen, net=Net.READY, sketch=Sketch(PLAYED.strokes))
    scribbled = state_after(scribbled, Read(reading(8, digit_probability=0.0)), Tick(0.1))
    state, effects = update(scribbled, answer)
    assert state.screen.rounds[0].refused
    assert (state.records.trials, effects) == ((), (PlaySound("wrong"),))


def test_a_drawing_is_drawn_again_and_again_from_shortly_before_its_first_stroke() -> None:
    later = state_after(State(screen=SHOWN), Tick(1.0))
    assert later.screen.seconds == 1.0
    assert state_after(later, Tick(5.0)).screen.seconds == 0.0
    assert state_after(later, Choose(1)).screen.seconds == 0.0
    late = replace(PLAYED, strokes=(((0.1, 0.1, 9.0), (0.2, 0.9, 9.5)),))
    shown = state_after(State(screen=replace(SHOWN, rounds=(late,))), Choose(0))
    assert shown.screen.seconds == 9.0 - LEAD_SECONDS
    assert state_after(shown, Tick(5.0)).screen.seconds == shown.screen.seconds


def test_the_review_counts_what_was_right_and_asks_only_those_who_rank_and_have_no_name() -> None:
    assert summary(SHOWN) == "1 of 2 right, 50 points"
    for ranks, nameless, page in (
        (False, True, Page.SCORES),
        (True, True, Page.NAME),
        (True, False, Page.SCORES),
    ):
        shown = State(screen=replace(SHOWN, ranks=ranks, nameless=nameless))
        assert state_after(shown, Do.ACCEPT).screen.page is page

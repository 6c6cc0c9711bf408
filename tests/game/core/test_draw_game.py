"""The rules of "Draw it"."""

from dataclasses import replace

import pytest

from game.core.modes.draw import (
    GRACE_SECONDS,
    HOLD_SECONDS,
    REST_SECONDS,
    STREAK_POINTS,
    DrawGame,
)
from game.core.modes.guessing_game import SEEN_SECONDS, Phase
from game.core.state import Net, State
from game.core.values.rounds import THOUGHT_SECONDS, Round
from game.core.values.settings import NORMAL_SECONDS
from tests.beginnings import pad, pen_down
from tests.readings import reading

STROKE = (((0.2, 0.2, 5.0), (0.2, 0.8, 6.0)),)
RIGHT, WRONG = pad(STROKE, reading(7, 0.9)), pad(STROKE, reading(1, 0.9))
HARDLY_SURE, ODD = reading(7, 0.6), reading(7, 0.9, digit_probability=0.1)
BEGUN = DrawGame((7, 3), phase=Phase.DRAWING)
STREAK = (Round(4, 4, 90, 1.0, 1.0),) * 3


def passed(game: DrawGame, seconds: float, look: State) -> DrawGame:
    for _ in range(round(seconds / 0.05)):
        game = game.tick(look, 0.05)
    return game


def guessed(game: DrawGame = BEGUN) -> DrawGame:
    return passed(game, HOLD_SECONDS + 0.1, RIGHT)


def test_the_clock_stands_until_the_card_is_turned_and_the_network_is_there() -> None:
    assert passed(DrawGame((7,)), 5.0, RIGHT) == DrawGame((7,), waited=pytest.approx(5.0))
    assert passed(BEGUN, 5.0, replace(RIGHT, net=Net.LOADING)) == BEGUN


def test_the_right_digit_is_guessed_when_held_long_enough_but_not_at_a_glimpse() -> None:
    assert passed(BEGUN, HOLD_SECONDS - 0.1, RIGHT).phase is Phase.DRAWING
    (played,) = guessed().rounds
    assert (played.right, played.seconds) == (True, pytest.approx(HOLD_SECONDS, abs=0.06))
    game = BEGUN
    for _ in range(20):
        game = passed(passed(game, 0.3, RIGHT), 0.1, WRONG)
    assert game.phase is Phase.DRAWING


@pytest.mark.parametrize(
    "look",
    [
        WRONG,
        pad(STROKE, reading(7, 0.4)),
        pad(STROKE, reading(7, 0.9, digit_probability=0.001)),
        pad(STROKE, reading(9, 0.7, digit_probability=0.1)),
        pen_down(pad(STROKE, ODD)),
        pad(),
    ],
)
def test_anything_less_is_missed_when_the_time_is_over(look: State) -> None:
    (played,) = passed(BEGUN, NORMAL_SECONDS + 0.1, look).rounds
    assert (played.right, played.points) == (False, 0)


@pytest.mark.parametrize("look", [pad(STROKE, HARDLY_SURE), pad(STROKE, ODD)])
def test_a_legible_drawing_is_believed_once_the_pen_rests(look: State) -> None:
    assert passed(BEGUN, REST_SECONDS - 0.1, look).phase is Phase.DRAWING
    assert passed(BEGUN, 5.0, pen_down(look)).phase is Phase.DRAWING
    assert passed(BEGUN, REST_SECONDS + 0.1, look).rounds[0].right


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (pad(STROKE, reading(7, 0.9, digit_probability=0.001)), "no digit yet"),
        (pad(STROKE, ODD), "Is that a 7?"),
        (WRONG, "I see a 1"),
    ],
)
def test_what_it_says_agrees_with_what_it_would_believe(look: State, text: str) -> None:
    assert text in passed(BEGUN, THOUGHT_SECONDS + 0.1, look).thought.text


def test_the_stroke_may_be_finished_but_not_for_ever() -> None:
    drawing = pen_down(RIGHT)
    grace = passed(BEGUN, HOLD_SECONDS + 0.05, drawing)
    assert grace.phase is Phase.GRACE
    assert passed(grace, GRACE_SECONDS / 2, drawing).phase is Phase.GRACE
    assert passed(grace, 0.1, RIGHT).phase is Phase.RESULT
    assert passed(grace, GRACE_SECONDS + 0.1, drawing).phase is Phase.RESULT


def test_points_are_for_time_ink_and_a_streak() -> None:
    fast, slow = guessed(), guessed(passed(BEGUN, 10.0, WRONG))
    assert fast.points.time > slow.points.time > 0
    assert fast.points.ink == slow.points.ink == 40  # of 50: one side of ink, of five
    assert (fast.points.streak, guessed(replace(BEGUN, rounds=STREAK[:2])).points.streak) == (0, 40)
    assert fast.score == fast.rounds[0].points == sum(fast.points)


def test_skipping_ends_the_round_and_the_streak_and_at_last_the_game() -> None:
    skipped = replace(BEGUN, rounds=STREAK).skip(pad())
    assert (skipped.streak, skipped.streak_ended, skipped.rounds[-1].guess) == (0, 3, None)
    game = skipped.next_round()
    assert (game.asked, game.rounds_left) == (3, 1)
    assert game.skip(pad()).next_round().rounds_left == 0


def test_two_players_draw_the_same_digits_in_turn_and_each_has_their_own_streak() -> None:
    game = replace(DrawGame.two(State(seed=3)), phase=Phase.DRAWING)
    assert game.digits[::2] == game.digits[1::2] == DrawGame.start(State(seed=3)).digits
    assert game.player == 0
    looks = [pad(STROKE, reading(digit, 0.9)) for digit in game.digits]
    first = passed(game, HOLD_SECONDS + 0.1, looks[0])
    assert (first.player, first.card, first.card_player) == (0, game.digits[0], 1)
    second = first.next_round().skip(pad())
    assert (second.player, second.streak, second.card_player) == (1, 0, 0)
    third = replace(second.next_round(), phase=Phase.DRAWING)
    assert (third.player, third.streak) == (0, 1)
    third = passed(third, HOLD_SECONDS + 0.1, looks[2])
    assert third.points.streak == STREAK_POINTS


def test_a_stroke_starts_no_turn_of_the_other_player() -> None:
    for game, begins in ((DrawGame((7, 3)), True), (DrawGame((7, 7), players=2), False)):
        seen = passed(game.skip(pad()), SEEN_SECONDS + 0.1, pad())
        assert seen.drawable is begins


def test_a_slower_clock_brings_no_more_points() -> None:
    slower = replace(BEGUN, limit=40.0)
    for seconds in (0.0, 8.0):
        usual, slow = passed(BEGUN, seconds, WRONG), passed(slower, seconds, WRONG)
        assert guessed(slow).points == guessed(usual).points
    late = passed(slower, 30.0, WRONG)
    assert late.phase is Phase.DRAWING
    assert guessed(late).points.time == 0


def test_without_a_clock_time_brings_no_points_and_costs_none() -> None:
    untimed = replace(BEGUN, limit=None)
    for seconds in (0.0, 30.0):
        points = guessed(passed(untimed, seconds, WRONG)).points
        assert points == guessed().points._replace(time=0)


def test_it_changes_its_mind_at_most_twice_a_second() -> None:
    game, changes = BEGUN, 0
    for step in range(200):
        after = game.tick(RIGHT if step % 2 else WRONG, 0.02)
        changes += after.thought.text != game.thought.text
        game = after
    assert changes <= 4.0 / THOUGHT_SECONDS + 1


@pytest.mark.parametrize(
    ("last", "best_wrong_digit"),
    [({2: 0.9, 7: 0.1}, 2), ({7: 0.8, 9: 0.15, 1: 0.05}, 9), ({}, None)],
    ids=["misread", "read right: the runner-up", "erased"],
)
def test_the_final_reading_says_what_was_best_wrong_digit(
    last: dict[int, float], best_wrong_digit: int | None
) -> None:
    """Every digit looks like a 1 at first; that does not count."""
    final = tuple(last.get(digit, 0.0) for digit in range(10))
    first = reading(1, 0.99).probabilities
    played = Round(7, None, 0, 1.0, 1.0, trace=((0.1, first), (0.9, final)))
    assert played.best_wrong_digit == best_wrong_digit


def test_strokes_and_readings_share_the_clock_however_long_the_first_stroke_is_waited_for() -> None:
    begun, first, last = 40.0, 43.0, 45.0
    game, now = BEGUN, begun
    while not game.rounds:
        drawn = (((0.2, 0.2, first), (0.2, 0.8, min(now, last))),) if now >= first else ()
        read = reading(7, 0.9) if now >= last else reading(1, 0.9) if drawn else None
        now += 0.05
        look = pad(drawn, read, now=now)
        game = game.tick(pen_down(look) if now < last else look, 0.05)
    (stroke,) = game.rounds[0].strokes
    assert [point[2] for point in stroke] == pytest.approx([first - begun, last - begun])
    seen = [seconds for seconds, _ in game.rounds[0].trace]
    assert seen == pytest.approx([0.0, first - begun, last - begun], abs=0.06)


def test_what_is_drawn_in_grace_is_later_than_the_guess() -> None:
    look = pen_down(replace(RIGHT, now=6.0))
    game = passed(BEGUN, HOLD_SECONDS + 0.05, look)
    assert game.phase is Phase.GRACE
    game = passed(game, 0.3, replace(look, reading=reading(9, 0.9)))
    game = passed(game, 0.3, replace(look, reading=reading(7, 0.9)))
    assert game.trace[-1][0] == pytest.approx(game.guess_seconds + 0.3, abs=0.06)


def test_what_is_drawn_before_the_network_is_there_is_drawn_at_the_clocks_beginning() -> None:
    game = passed(BEGUN, HOLD_SECONDS + 0.1, replace(RIGHT, now=9.0))
    assert [point[2] for point in game.rounds[0].strokes[0]] == [0.0, 0.0]
    skipped = BEGUN.skip(replace(RIGHT, net=Net.LOADING, now=9.0))
    assert [point[2] for point in skipped.rounds[0].strokes[0]] == [0.0, 1.0]

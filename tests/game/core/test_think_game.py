"""The rules of "Think of a digit"."""

from dataclasses import replace

import pytest

from game.core.events import Digit, Do, Event
from game.core.modes.guessing_game import Phase
from game.core.modes.think import HOLD_SECONDS, IGNORE_SECONDS, PAUSE_SECONDS, ThinkGame
from game.core.state import NOTICE_SECONDS, Net, State
from game.core.values.readings import Reading
from game.core.values.settings import Settings
from tests.beginnings import pad, pen_down
from tests.readings import reading

SHORT = (((0.2, 0.2, 0.0), (0.2, 0.8, 1.0)),)
LONG = (*SHORT, ((0.2, 0.8, 2.0), (0.8, 0.8, 3.0)), ((0.8, 0.8, 4.0), (0.8, 0.2, 5.0)))
SURE = pen_down(pad(SHORT, reading(7, 0.95)))
UNSURE = pen_down(pad(SHORT, reading(7, 0.3)))
SCRIBBLE = pad(SHORT, reading(7, 0.99, digit_probability=0.0))


def passed(game: ThinkGame, seconds: float, look: State) -> ThinkGame:
    for _ in range(round(seconds / 0.05)):
        game = game.tick(look, 0.05)
    return game


def accept(game: ThinkGame, look: State, event: Event = Do.ACCEPT) -> ThinkGame:
    after = game.handle(look, event)
    return game if after is look else after


def answer(game: ThinkGame, digit: int, look: State) -> ThinkGame:
    return accept(game, look, Digit(digit))


def buzzed(look: State = SURE) -> ThinkGame:
    game = passed(ThinkGame(), HOLD_SECONDS + 0.05, look)
    assert game.phase is Phase.BUZZED
    return game


def confirmed(game: ThinkGame) -> ThinkGame:
    return accept(passed(game, IGNORE_SECONDS + 0.1, SURE), SURE)


def given_up() -> ThinkGame:
    game = passed(ThinkGame(), PAUSE_SECONDS + 0.1, pad(SHORT, UNSURE.reading))
    assert game.phase is Phase.GIVEN_UP
    return game


def test_nothing_happens_before_the_first_stroke_or_without_a_network() -> None:
    assert passed(ThinkGame(), 9.0, pad()).seconds == 0
    asleep = replace(pad(SHORT), net=Net.LOADING)
    assert passed(ThinkGame(), 9.0, asleep) == ThinkGame()
    assert accept(ThinkGame(), asleep) == ThinkGame()


def test_it_buzzes_in_when_it_is_sure_and_figures_mean_nothing_before() -> None:
    assert buzzed().guess == 7
    for look in (UNSURE, pen_down(SCRIBBLE)):
        game = passed(ThinkGame(), 2.0, look)
        assert game.phase is Phase.DRAWING
        assert answer(game, 3, look) == game


def test_a_right_guess_brings_the_network_more_the_less_ink_was_drawn() -> None:
    early = confirmed(buzzed())
    late = confirmed(buzzed(pen_down(pad(LONG, SURE.reading))))
    assert early.network_score > late.network_score > 0
    assert early.score == late.score == 0
    assert early.rounds[0].right


def test_a_wrong_guess_brings_the_player_more_if_the_drawing_is_read_right_after_all() -> None:
    finished = pad(LONG, reading(9, 0.9))
    assert answer(buzzed(), 9, finished).score == 100
    assert answer(buzzed(), 4, finished).score == 50
    assert answer(buzzed(), 4, UNSURE).score == 50


def test_denying_what_the_drawing_still_surely_shows_or_a_scribble_brings_nothing() -> None:
    denied = answer(buzzed(), 4, SURE)
    assert (denied.score, denied.network_score, denied.rounds[0].disputed) == (0, 0, True)
    assert answer(buzzed(), 4, SCRIBBLE).score == 0
    assert answer(given_up(), 4, SCRIBBLE).score == 0


def test_it_begins_anew_to_be_sure_when_it_sees_another_digit() -> None:
    other = replace(SURE, reading=reading(9, 0.95))
    game = passed(ThinkGame(), HOLD_SECONDS - 0.05, SURE)
    game = passed(game, HOLD_SECONDS - 0.05, other)
    assert game.phase is Phase.DRAWING
    assert passed(game, 0.1, other).guess == 9


@pytest.mark.parametrize(
    ("read", "guess"),
    [
        (reading(7, 0.95), 7),
        (reading(7, 0.5), 7),
        (reading(7, 0.3), None),
        (reading(4, 0.9, digit_probability=0.1), 4),  # it would be refused among other things
        (SCRIBBLE.reading, None),
    ],
)
def test_a_drawing_that_is_done_is_guessed_if_it_can_be_read(
    read: Reading, guess: int | None
) -> None:
    look = pad(SHORT, read)
    for done in (accept(ThinkGame(), look), passed(ThinkGame(), 3.2, look)):
        assert done.guess == guess
        assert done.phase is (Phase.GIVEN_UP if guess is None else Phase.BUZZED)


def test_a_stroke_that_looks_like_a_1_for_a_while_is_not_guessed() -> None:
    """A 4 begins with a stroke down, and its bar follows a moment later."""
    begun = pen_down(pad(SHORT, reading(1, 0.99)))
    game = passed(ThinkGame(), 0.6, begun)
    game = passed(game, 0.3, pad(SHORT, begun.reading))
    assert passed(game, HOLD_SECONDS + 0.1, replace(begun, reading=reading(4, 0.95))).guess == 4


def test_at_a_slow_pace_it_waits_longer_for_the_next_stroke_and_says_things_longer() -> None:
    slow = pad(SHORT, UNSURE.reading, settings=Settings(timer="long"))
    assert passed(ThinkGame(), PAUSE_SECONDS + 0.1, slow).phase is Phase.DRAWING
    assert passed(ThinkGame(), 2 * PAUSE_SECONDS + 0.1, slow).phase is Phase.GIVEN_UP
    assert slow.with_notice("Kept").notice_until == 2 * NOTICE_SECONDS


def test_it_gives_up_when_the_pen_rests_and_the_player_tells() -> None:
    told = answer(given_up(), 7, UNSURE)
    assert (told.rounds[0].guess, told.score) == (None, 100)
    early = passed(ThinkGame(), PAUSE_SECONDS - 0.1, pad(SHORT, UNSURE.reading))
    assert early.phase is Phase.DRAWING
    assert accept(ThinkGame(), pad()) == ThinkGame()


def test_an_enter_that_was_meant_for_the_drawing_confirms_no_guess() -> None:
    startled = passed(buzzed(), IGNORE_SECONDS - 0.1, SURE)
    assert accept(startled, SURE) == startled
    assert confirmed(startled).phase is Phase.RESULT


def test_a_result_waits_for_who_reads_slowly() -> None:
    result = confirmed(buzzed())
    waiting = passed(result, 600.0, SURE)
    assert waiting == replace(result, waited=waiting.waited)
    assert accept(waiting, SURE).phase is Phase.DRAWING


def test_after_ten_rounds_the_game_is_over() -> None:
    game = ThinkGame()
    for left in range(10, 0, -1):
        assert game.rounds_left == left
        game = confirmed(passed(game, HOLD_SECONDS + 0.1, SURE))
        assert game.rounds_left == left
        game = accept(game, SURE)
    assert game.rounds_left == 0
    assert game.network_score == 10 * confirmed(buzzed()).network_points

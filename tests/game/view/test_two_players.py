"""Two players on the screen: their inks and signs, their drawings side by side, and who has won."""

from itertools import pairwise

import pytest

from game.core.events import Choose
from game.core.modes.draw import DrawGame
from game.core.modes.review import Page, Review
from game.core.state import State
from game.core.values.rounds import Round
from game.view.glyphs import glyph
from game.view.scene import Fill, Ink, Scene
from game.view.screens import view
from game.view.theme import NORMAL, THEMES
from tests.rehearsed import said

ROUNDS = tuple(
    Round(digit, digit, 90 - 10 * player, 1.0, 1.0, glyph(digit))
    for digit in (3, 4, 1, 0, 7, 2)
    for player in range(2)
)
SIZES = [(1280, 800), (640, 480), (500, 900)]


def signs(scene: Scene, player: int) -> set[bool]:
    """Whether the small squares in a player's colour are round."""
    fills = [one for one in scene.items if isinstance(one, Fill)]
    small = [one for one in fills if one.rect.width == one.rect.height < 60]
    return {one.corner > 0 for one in small if one.colour == scene.theme.players[player]}


@pytest.mark.parametrize("size", SIZES)
def test_the_drawings_of_a_digit_are_side_by_side_each_in_its_ink(size: tuple[int, int]) -> None:
    scene = view(State(screen=Review("two", ROUNDS, 0, players=2)), size)
    cards = [one.rect for one in scene.targets if isinstance(one.event, Choose)]
    assert len(cards) == len(ROUNDS)
    for number, (one, other) in enumerate(pairwise(cards)):
        if number % 2 == 0:
            assert one.y == other.y
            assert 0 <= other.x - one.right < one.width / 4
    drawn = [one for one in scene.items if isinstance(one, Ink) and one.ink in NORMAL.players]
    assert [one.ink for one in drawn[: len(ROUNDS)]] == [*NORMAL.players] * 6


def test_a_disc_and_a_square_tell_the_players_apart_without_colour() -> None:
    for page in (Page.WINNER, Page.DRAWINGS):
        scene = view(State(screen=Review("two", ROUNDS, 0, players=2, page=page)), SIZES[0])
        assert (signs(scene, 0), signs(scene, 1)) == ({True}, {False})
    for theme in THEMES.values():
        assert len({*theme.players, theme.ink, theme.accent}) == 4


@pytest.mark.parametrize(
    ("points", "result"),
    [((90, 80), "Player 1 wins!"), ((80, 90), "Player 2 wins!"), ((0, 0), "It’s a draw!")],
)
def test_the_winner_is_named_and_both_are_praised(points: tuple[int, int], result: str) -> None:
    rounds = tuple(Round(7, 7, scored, 1.0, 1.0) for scored in points)
    screen = Review("two", rounds, sum(points), players=2, page=Page.WINNER)
    shown = said(view(State(screen=screen), SIZES[0]))
    assert {result, "Well drawn, both of you!", "Player 1", "Player 2"} <= shown


def test_the_card_says_who_draws_and_who_is_next() -> None:
    game = DrawGame((7, 7, 3, 3), players=2, mode="two")
    first = said(view(State(screen=game), SIZES[0]))
    assert {"Player 1 draws", "7"} <= first
    assert {"Player 2 is next", "7"} <= said(view(State(screen=game.skip(State())), SIZES[0]))

"""The rows of texts, and the columns of tables without lines."""

import numpy as np
import pytest

from mnist_jax.pages.columns import count_texts, texts_in
from mnist_jax.pages.page_pieces import Pieces
from mnist_jax.pages.rows import find_rows

Rows = list[list[tuple[float, int]]]
"""For each text of a row, where it begins and how many digits it has."""

PITCH, WIDTH, ROW = 0.8, 0.6, 2.0
"""From digit to digit, of a digit, and from row to row, in heights of a digit."""


def pieces_of(rows: Rows) -> tuple[Pieces, list[int]]:
    """Return digits, all 40 pixels high, in any order, and which text each belongs to."""
    boxes = [
        (begin + PITCH * digit, ROW * row, begin + PITCH * digit + WIDTH, ROW * row + 1, text)
        for row, texts in enumerate(rows)
        for text, (begin, digits) in enumerate(texts)
        for digit in range(digits)
    ]
    shuffled = 40 * np.random.default_rng(0).permutation(np.array(boxes, dtype=float))
    number = np.arange(1, len(boxes) + 1)
    owners = (shuffled[:, 4] / 40).astype(int).tolist()
    return Pieces(np.zeros((1, 1), int), number, shuffled[:, :4], 40.0), owners


def found(rows: Rows) -> list[list[set[int]]]:
    """Return for each place of each row the texts whose digits are found there."""
    pieces, owners = pieces_of(rows)
    texts = texts_in(pieces, find_rows(pieces))
    return [[{owners[piece] for piece in spot.pieces} for spot in row] for row in texts]


@pytest.mark.parametrize("aligned", [0.0, 0.5, 1.0])
def test_a_number_that_reaches_the_next_column_is_parted_from_it(aligned: float) -> None:
    lengths = [(1, 3, 2), (6, 1, 3), (2, 2, 1), (3, 1, 1)]
    rows = [
        [
            (2 + 5 * column + aligned * (5 - PITCH * digits), digits)
            for column, digits in enumerate(row)
        ]
        for row in lengths
    ]
    assert found(rows) == [[{0}, {1}, {2}]] * 4


def test_empty_places_between_full_rows_and_beside_numbers_are_kept() -> None:
    full: list[tuple[float, int]] = [(2, 2), (7, 2), (12, 2)]
    rows = [full[:1], full, [full[0], full[2]], full[1:2], full[1:], full]
    places = [[{0}], [{0}, {1}, {2}], [{0}, set(), {1}], [set(), {0}, set()], [set(), {0}, {1}]]
    assert found(rows) == [*places, [{0}, {1}, {2}]]
    pieces, _ = pieces_of(rows)
    assert count_texts(pieces) == sum(map(len, rows))


def test_numbers_that_stand_in_no_columns_are_parted_by_wide_gaps_alone() -> None:
    rows: Rows = [[(2, 2), (5, 4)], [(2, 6)], [(2.2, 6), (8.5, 1)], [(1.8, 1), (4, 3), (8, 2)]]
    assert found(rows) == [[{0}, {1}], [{0}], [{0}, {1}], [{0}, {1}, {2}]]


def test_the_loops_of_an_8_are_in_one_row_and_digits_below_one_another_in_two() -> None:
    box = 40 * np.array([[0, 0, 0.6, 0.52], [0, 0.54, 0.6, 1.06], [0, 1.3, 0.6, 2.3], [1, 0, 2, 1]])
    pieces = Pieces(np.zeros((1, 1), int), np.arange(1, 5), box, 40.0)
    assert [{*row} for row in find_rows(pieces)] == [{0, 1, 3}, {2}]
    alone = find_rows(pieces.chosen(np.arange(3)))
    assert [{*row} for row in alone] == [{0, 1}, {2}]

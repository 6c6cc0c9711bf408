"""Reading whole numbers: digits are found in strokes of any order, size and distance."""

import numpy as np
import pytest
from flax import nnx

from mnist_jax import load_params, read_drawing, read_number
from mnist_jax.evaluation.side_by_side import sample
from mnist_jax.handwriting.allographs import allographs
from mnist_jax.ink.strokes import LabelledDrawing
from mnist_jax.model import MLP, Dense
from mnist_jax.support.errors import InputError

Strokes = list[np.ndarray]


def line(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, float)


def circle(radius: float = 0.3) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 30)[:, None]
    return np.concatenate([radius * (1 + np.sin(turn)), 0.5 - 0.5 * np.cos(turn)], axis=1)


SHAPES = {
    "0": [circle()],
    "Ø": [circle(), line((0.6, -0.05), (0, 1.05))],
    "1": [line((0, 0), (0, 1))],
    "4": [line((0.2, 0), (0, 0.6), (0.6, 0.6)), line((0.45, 0.3), (0.45, 1))],
    "5": [
        line((0.05, 0), (0, 0.45), (0.3, 0.4), (0.5, 0.6), (0.45, 0.9), (0.2, 1), (0, 0.9)),
        line((0.12, -0.02), (0.6, -0.05)),
    ],
    "7": [line((0, 0), (0.6, 0), (0.2, 1))],
    "t": [line((0, 0), (0.6, 0), (0.2, 1)), line((0.1, 0.5), (0.6, 0.5))],
}


def written(shapes: str, gap: float = 0.3, slope: float = 0.0) -> Strokes:
    """The shapes side by side, a height of 1 each."""
    strokes, x = [], 0.0
    for shape in shapes:
        strokes += [stroke + np.array([x, slope * x]) for stroke in SHAPES[shape]]
        x = max(stroke[:, 0].max() for stroke in strokes) + gap
    return strokes


@pytest.mark.parametrize(
    "shapes", ["11", "111", "t1t", "5Ø5", "Ø", "t", "5", "400", "154707154701"]
)
def test_digits_of_several_strokes_are_read_in_a_number(shipped: MLP, shapes: str) -> None:
    """Close together, and far apart."""
    text = shapes.replace("t", "7").replace("Ø", "0")
    assert [read_number(shipped, written(shapes, gap)).text for gap in (0.15, 0.9)] == [text, text]


def test_digits_on_a_sloping_base_line_or_of_half_the_size_are_read(shipped: MLP) -> None:
    assert read_number(shipped, written("t45Ø1", slope=0.25)).text == "74501"
    assert read_number(shipped, written("t45Ø1", slope=-0.25)).text == "74501"
    small = [stroke * 0.5 + [1.2, 0.4] for stroke in SHAPES["t"]]
    assert read_number(shipped, [*SHAPES["0"], *small]).text == "07"


def test_the_order_direction_place_and_unit_of_strokes_make_no_difference(shipped: MLP) -> None:
    strokes = written("t5Ø41")
    straight = read_number(shipped, strokes)
    mixed = [strokes[index][::-1] * 370 + [5000, -900] for index in np.argsort(np.sin(range(9)))]
    reading = read_number(shipped, mixed)
    assert reading.text == straight.text == "75041"
    assert reading.probability == pytest.approx(straight.probability, abs=0.03)


def test_each_digit_has_its_strokes_box_and_reading(shipped: MLP) -> None:
    strokes = written("1t5")
    late = [strokes[index] for index in (0, 1, 3, 4, 2)]  # the bar of the 7 last
    number = read_number(shipped, late)
    assert [digit.strokes for digit in number.digits] == [(0,), (1, 4), (2, 3)]
    for digit in number.digits:
        ink = np.concatenate([late[index] for index in digit.strokes])
        assert digit.box == (*ink.min(0), *ink.max(0))
        alone = read_drawing(shipped, [late[index] for index in digit.strokes])
        np.testing.assert_allclose(digit.probabilities, alone.probabilities, atol=1e-4)
        np.testing.assert_allclose(digit.image, alone.image, atol=0.1)
        assert digit.is_digit
    assert number.is_number
    assert 0.5 < number.probability <= 1


def test_a_stroke_that_joins_two_digits_is_cut(shipped: MLP) -> None:
    """Two zeros written without lifting the pen, joined at their tops."""
    first, second = circle(), circle() + np.array([0.9, 0])
    number = read_number(shipped, [np.concatenate([first, second])])
    assert number.text == "00"
    assert [digit.strokes for digit in number.digits] == [(0,), (0,)]
    assert number.digits[0].box[2] == pytest.approx(0.6, abs=0.05)


def test_a_known_count_of_digits_is_kept_to(shipped: MLP) -> None:
    strokes = written("1t5")
    found = [read_number(shipped, strokes, count) for count in (1, 2, 3, 4)]
    assert [len(number.digits) for number in found] == [1, 2, 3, 4]
    assert len(read_number(shipped, [np.zeros((1, 2))], 5).digits) == 1  # a dot cannot be divided
    assert read_number(shipped, strokes, 10**10).text == "175"
    for count in (0, -1):
        with pytest.raises(InputError, match=f"count of digits is {count}"):
            read_number(shipped, strokes, count)


def test_one_digit_is_read_as_one_digit(shipped: MLP) -> None:
    """Of the allographs, written as they are in the templates, few fall apart."""
    texts = [read_number(shipped, shape.drawing).text for _, shape in allographs()[::9]]
    assert len(texts) > 90
    assert np.mean([len(text) == 1 for text in texts]) >= 0.97


def test_what_is_no_number_says_so(shipped: MLP) -> None:
    rng = np.random.default_rng(0)
    scribble = [rng.uniform(0, 1, (40, 2))]
    assert not read_number(shipped, scribble).is_number
    assert len(read_number(shipped, [np.zeros((1, 2))]).digits) == 1


def test_hundreds_of_strokes_and_extreme_numbers_are_read(shipped: MLP) -> None:
    rng = np.random.default_rng(0)
    strokes = [rng.uniform(0, 1, (5, 2)) + np.array([x, 0]) for x in np.linspace(0, 9, 300)]
    number = read_number(shipped, strokes)
    used = sorted({index for digit in number.digits for index in digit.strokes})
    assert used == list(range(300))
    for scale in (1e-300, 1e300):
        huge = read_number(shipped, [stroke * scale for stroke in written("1t")])
        assert huge.text == "17"
    largest = np.finfo(float).max
    across = read_number(shipped, [line((-largest, -largest), (largest, largest))])
    assert across.digits[0].box == (-largest, -largest, largest, largest)


@pytest.mark.parametrize("drawing", [[], [[]], [[(0, np.nan)]], None, "4072"])
def test_what_is_no_drawing_is_refused(shipped: MLP, drawing: object) -> None:
    with pytest.raises(InputError):
        read_number(shipped, drawing)


def test_numbers_of_varied_hands_are_read(shipped: MLP) -> None:
    """Of numbers made of allographs that the network reads, nine in ten are read whole."""
    read = [
        LabelledDrawing(str(digit), shape.drawing)
        for digit, shape in allographs()[::5]
        if read_drawing(shipped, shape.drawing).digit == digit
    ]
    numbers = list(sample(read, 60, np.random.default_rng(0)))
    texts = [read_number(shipped, number.drawing).text for number in numbers]
    assert np.mean([text == number.word for text, number in zip(texts, numbers, strict=True)]) > 0.9


def test_a_network_of_absurd_weights_still_divides_a_number() -> None:
    """Its probabilities are NaN."""
    mlp = load_params()
    (kernel, bias), *others = mlp.layers
    mlp.layers = nnx.data((Dense(kernel * np.nan, bias), *others))
    assert len(read_number(mlp, written("1t5")).digits) >= 1

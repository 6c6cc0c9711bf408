"""Plots of trainings of any length, and of drawings of any name and in any unit."""

import os
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from PIL import Image

from mnist_jax import load_params, read_number
from mnist_jax.evaluation.metrics import Readings
from mnist_jax.evaluation.plots import Shown, write_curves, write_readings, write_reliability
from mnist_jax.training.loop import Epoch
from mnist_jax.training.step import Score

SEVEN = np.array([(0.0, 0.0), (20.0, 1.0), (8.0, 40.0)])


def plotted(path: Path, name: str, scale: float = 1.0) -> np.ndarray:
    """Return the pixels of a plot of one drawing."""
    drawing = (SEVEN * scale,)
    write_readings(path, [Shown(name, read_number(load_params(), drawing), drawing=drawing)])
    return np.asarray(Image.open(path).convert("L"))


@pytest.mark.parametrize("name", [r"a$\frac$.png", os.fsdecode(b"n\xe9.png"), "数.png", "x" * 300])
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    assert (plotted(tmp_path / "read.png", name) < 128).any()


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e300, 4e306])
def test_the_unit_of_a_drawing_makes_no_difference(scale: float, tmp_path: Path) -> None:
    expected = plotted(tmp_path / "read.png", "seven")
    found = plotted(tmp_path / "scaled.png", "seven", scale)
    assert expected.shape == found.shape
    assert (expected != found).mean() < 0.01


@pytest.mark.parametrize("validation", [None, Score(0.3, 0.8)])
def test_curves_are_drawn_of_however_many_epochs(tmp_path: Path, validation: Score | None) -> None:
    """Of none, where training was stopped within the first, too; each is another picture."""
    epochs = [Epoch(number, Score(1 / number, 0.9), validation) for number in (1, 2, 3)]
    pictures = set()
    for count in range(4):
        path = tmp_path / f"{count}.png"
        write_curves(path, epochs[:count], Score(0.1, 0.95))
        assert imread(path).shape == (504, 1200, 4)
        pictures.add(path.read_bytes())
    assert len(pictures) == 4


def test_the_counts_of_errors_can_be_read_on_their_colours(tmp_path: Path) -> None:
    """Black on the darkest orange has the contrast that WCAG 2 wants of text, 4.5."""
    labels = np.arange(10)
    one = np.ones(10)
    readings = Readings(np.eye(10)[labels // 2 * 2], one, labels, one > 0)
    write_reliability(tmp_path / "read.png", {"drawings": readings})
    pixels = imread(tmp_path / "read.png")[:, :, :3]
    oranges = pixels[pixels[:, :, 0] - pixels[:, :, 2] > 0.4]
    colours, counts = np.unique(oranges, axis=0, return_counts=True)
    darkest = colours[counts.argmax()]
    assert darkest**2.2 @ (0.2126, 0.7152, 0.0722) > 4.5 * 0.05 - 0.05

"""The curves of a training."""

from pathlib import Path

import pytest
from matplotlib.image import imread

from mnist_jax.evaluation.plots import write_curves
from mnist_jax.training.loop import Epoch
from mnist_jax.training.step import Score


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

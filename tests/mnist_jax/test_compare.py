"""`compare` as a user runs it: a row for each network, a picture, and what it refuses."""

import dataclasses
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from mnist_jax.data.mnist import Digits, Mnist
from mnist_jax.evaluation import plots
from mnist_jax.support.errors import InputError
from mnist_jax.training.loop import SeedResults, fit, fit_seeds
from mnist_jax.training.recipes import RECIPES
from mnist_jax.training.step import evaluated
from tests.mnist_jax.test_commands import run_here

QUICKLY = ("--seeds", "3", "--epochs", "1", "--batch-size", "512", "--learning-rate", "0.003")
SMALL = dataclasses.replace(RECIPES["seed"], hidden=(16, 12), epochs=2, learning_rate=3e-3)


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_networks_are_compared(tmp_path: Path) -> None:
    """A row for each with what it costs and reaches, and a picture of all."""
    finished = run_here("compare", "--hidden", "--hidden", "24", "12", *QUICKLY, folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    *table, wrote = finished.stdout.splitlines()
    assert "hidden layers" in table[1]
    rows = [row.strip("│ ") for row in table if row.startswith("│")]
    assert wrote == "wrote compare.png"
    assert (tmp_path / "compare.png").read_bytes().startswith(b"\x89PNG")
    for row, start in zip(rows, (r"none +│ +7,850", r"24-12 +│ +19,270"), strict=True):
        found = re.fullmatch(start + r" +│ +(\d\d\.\d\d) ± (\d\.\d\d) % +│ +\d+ s", row)
        assert found, row
        assert 80 < float(found[1]) < 97
        assert 0 < float(found[2]) < 2


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_results_so_far_are_printed_when_a_later_network_fails(tmp_path: Path) -> None:
    """The networks before it, in JSON and in the picture; then the error, which names it."""
    deep = ("--hidden", *["64"] * 8)
    options = ("--seeds", "1", "--epochs", "1", "--batch-size", "5000", "--learning-rate", "30")
    finished = run_here("compare", "--hidden", *deep, *options, "--json", folder=tmp_path)
    (known,) = json.loads(finished.stdout)["networks"]
    assert (known["hidden"], known["parameters"]) == ([], 7850)
    assert known["accuracies"] == [known["mean"]]
    assert (tmp_path / "compare.png").exists()
    assert finished.returncode == 2
    assert "seed 0, hidden layers 64-64-64-64-64-64-64-64: " in finished.stderr


def test_every_network_is_named_beside_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name lies over another."""
    figures: list[Figure] = []
    monkeypatch.setattr(plots, "write_figure", lambda _, figure: figures.append(figure))
    results = [
        SeedResults(dataclasses.replace(RECIPES["seed"], hidden=hidden), accuracies, 1.0)
        for hidden, accuracies in (((), [0.92]), ((64,), [0.97, 0.98]), ((128, 128, 128), [0.975]))
    ]
    plots.write_comparison(tmp_path / "a.png", results)
    (axes,) = figures[0].axes
    figures[0].draw_without_rendering()
    assert [text.get_text().partition("\n")[0] for text in axes.get_yticklabels()] == [
        one.recipe.widths for one in results
    ]
    boxes = [text.get_window_extent() for text in axes.get_yticklabels()]
    assert all(above.y0 > below.y1 for above, below in pairwise(boxes))


def test_each_network_is_the_one_of_its_seed(bars: Digits) -> None:
    """It has the accuracy of the network that `fit` trains; one alone tells no deviation."""
    advanced: list[None] = []
    results = fit_seeds(SMALL, Mnist(bars, bars), range(2), lambda: advanced.append(None))
    *_, (second, _) = fit(SMALL, bars, seed=1)
    assert results.accuracies[1] == evaluated(second.mlp, bars).accuracy
    assert len(advanced) == 4
    first, last = results.accuracies
    spread = abs(first - last) / np.sqrt(2)
    assert (results.mean, results.deviation) == pytest.approx(((first + last) / 2, spread))
    assert SeedResults(SMALL, [0.9], 1.0).deviation is None


def test_a_lost_loss_names_the_network(bars: Digits) -> None:
    """Its seed and its widths."""
    recipe = dataclasses.replace(SMALL, learning_rate=1e30)
    with pytest.raises(InputError, match=r"seed 4, hidden layers 16-12: .*epoch 1; .*--learning"):
        fit_seeds(recipe, Mnist(bars, bars), range(4, 6), lambda: None)

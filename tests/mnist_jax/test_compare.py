"""`compare` as a user runs it: a row for each network, a picture, and what it refuses."""

import dataclasses
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from mnist_jax.data.mnist import Mnist
from mnist_jax.evaluation import plots
from mnist_jax.training.ensemble import SeedResults
from mnist_jax.training.recipes import RECIPES
from tests.cases import first_of
from tests.mnist_jax.test_commands import run
from tests.refusal import refusal

QUICKLY = ("--seeds", "3", "--epochs", "1", "--batch-size", "512", "--learning-rate", "0.003")


@pytest.mark.slow
def test_networks_are_compared(tmp_path: Path, mnist: Mnist) -> None:
    """A row for each with what it costs and reaches, and a picture of all."""
    del mnist
    finished = run("compare", "--hidden", "--hidden", "24", "12", *QUICKLY, folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    heading, *rows, wrote = finished.stdout.splitlines()
    assert heading.split("  ")[0] == "hidden layers"
    assert wrote == "wrote compare.png"
    assert (tmp_path / "compare.png").read_bytes().startswith(b"\x89PNG")
    for row, start in zip(rows, (r"none +7,850", r"24-12 +19,270"), strict=True):
        found = re.fullmatch(start + r" +(\d\d\.\d\d) ± (\d\.\d\d) % +\d+ s", row)
        assert found, row
        assert 80 < float(found[1]) < 97
        assert 0 < float(found[2]) < 2


@pytest.mark.slow
def test_it_counts_all_test_images_of_each_seed(tmp_path: Path, mnist: Mnist) -> None:
    """As JSON, and nothing else; seed 0 reads what the network of `train` reads."""
    options = ("--recipe", "seed", "--hidden", "24", "--epochs", "1", "--batch-size", "512")
    compared = run("compare", *options, "--seeds", "2", "--json", folder=tmp_path)
    (one,) = json.loads(compared.stdout)["networks"]
    assert len(mnist.test) == 10_000
    assert (one["hidden"], one["parameters"]) == ([24], 784 * 24 + 24 + 24 * 10 + 10)
    first, second = one["accuracies"]
    assert one["mean"] == pytest.approx((first + second) / 2)
    assert one["seconds"] > 0
    run("train", *options, folder=tmp_path)
    evaluated = json.loads(run("evaluate", *_TRAINED, "--json", folder=tmp_path).stdout)
    assert first == pytest.approx(evaluated["test"]["accuracy"], abs=5e-4)


_TRAINED = ("--params", "mnist_mlp.safetensors")


@pytest.mark.parametrize(
    ("options", "named"),
    first_of(
        2,
        [
            (("--seeds", "0"), ("--seeds", "0")),
            (("--hidden", "64", "--hidden", "128", "0"), ("--hidden", "0")),
            (("--hidden", "wide"), ("--hidden", "wide")),
            (("--batch-size", "60001"), ("--batch-size", "60001")),
            (("--hidden", "8", "--hidden", "65536", "--seeds", "64"), ("--seeds", "64", "65536")),
            (("--output", "a.jpg"), ("a.jpg", ".png")),
            (("--hidden", *["128"] * 32), ("--hidden", "32 layers")),
        ],
    ),
)
def test_bad_options_are_reported_before_training(
    tmp_path: Path, options: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """A line that names the option and what was found, exit 2, nothing written."""
    said = refusal(run("compare", *options, folder=tmp_path))
    assert all(name in said for name in named), said
    assert not list(tmp_path.iterdir())


def test_a_lost_loss_names_the_network(tmp_path: Path, mnist: Mnist) -> None:
    """Its seed and its layers; no picture of a part is written."""
    del mnist
    options = ("--hidden", "8", "--seeds", "1", "--epochs", "1", "--learning-rate", "1e30")
    said = refusal(run("compare", *options, "--json", folder=tmp_path))
    assert "seed 0, hidden layers 8; try a smaller --learning-rate" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_results_so_far_are_printed_when_a_later_network_fails(
    tmp_path: Path, mnist: Mnist
) -> None:
    """The networks before it, in JSON and in the picture; then the error."""
    del mnist
    deep = ("--hidden", *["64"] * 8)
    options = ("--seeds", "1", "--epochs", "1", "--batch-size", "5000", "--learning-rate", "30")
    finished = run("compare", "--hidden", *deep, *options, "--json", folder=tmp_path)
    (known,) = json.loads(finished.stdout)["networks"]
    assert known["hidden"] == []
    assert (tmp_path / "compare.png").exists()
    assert finished.returncode == 2
    assert "hidden layers 64-64-64-64-64-64-64-64" in finished.stderr


@pytest.mark.slow
def test_a_picture_without_its_folder_goes_elsewhere(tmp_path: Path, mnist: Mnist) -> None:
    """And what was found out is printed all the same."""
    del mnist
    (tmp_path / "out").mkdir()
    networks = ("--hidden", "8", "--hidden", "16", *QUICKLY, "--output", "out/a.png")
    command = [sys.executable, "-m", "mnist_jax.compare", *networks]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, text=True, **pipes) as running:
        assert running.stdout is not None
        assert any(line.startswith("8 ") for line in running.stdout)
        (tmp_path / "out").rmdir()
        printed, complaint = running.communicate(timeout=120)
    assert running.returncode == 2
    assert printed.startswith("16 ")
    (picture,) = tmp_path.glob("a-*/a.png")
    assert str(picture) in complaint


def test_every_network_is_named_beside_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name lies over another."""
    figures: list[Figure] = []
    as_png = plots.as_png
    monkeypatch.setattr(plots, "as_png", lambda figure: figures.append(figure) or as_png(figure))
    results = [
        SeedResults(dataclasses.replace(RECIPES["seed"], hidden=hidden), accuracies, 1.0)
        for hidden, accuracies in (((), [0.92]), ((64,), [0.97, 0.98]), ((128, 128, 128), [0.975]))
    ]
    plots.write_comparison(tmp_path / "a.png", results)
    (axes,) = figures[0].axes
    assert [text.get_text().partition("\n")[0] for text in axes.get_yticklabels()] == [
        one.recipe.widths for one in results
    ]
    boxes = [text.get_window_extent() for text in axes.get_yticklabels()]
    assert all(above.y0 > below.y1 for above, below in pairwise(boxes))

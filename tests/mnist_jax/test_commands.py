"""The commands as a user runs them: what they print, what they leave, how they fail."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_jax.__main__ import main
from mnist_jax.data.mnist import Mnist
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.params import load_card, load_params
from mnist_jax.support import languages
from tests.hands import drawings_of_a_person
from tests.processes import printed_by
from tests.refusal import refusal

Finished = subprocess.CompletedProcess[str]

SEVEN = as_line("7", as_drawing([[(0, 0), (20, 1), (8, 40)]]))
ONE = as_line("1", as_drawing([[(5, 0), (5, 40)]]))
UNIPEN = '.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 40\n20 39\n8 0\n'
INKML = "<ink><trace>0 0, 9 9</trace><trace>0 9, 9 0</trace></ink>"

COMMANDS = (
    *("train", "teach", "evaluate", "read", "compare", "ablation", "benchmark"),
    *("handwriting.contact_sheet", "evaluation.teaching_study", "evaluation.side_by_side"),
)


def run_here(module: str, *arguments: str, folder: Path) -> Finished:
    """What `python -m mnist_jax.<module>` does in a folder, to its end.

    In this process, which need not import JAX again and whose settings stay as they are.
    """
    output, errors, status = StringIO(), StringIO(), 0
    main = import_module(f"mnist_jax.{module}").main
    captured = redirect_stdout(output), redirect_stderr(errors)
    with chdir(folder), captured[0], captured[1], pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [module, *arguments])
        patch.setattr("mnist_jax.support.command_line.exit_in_imports", lambda: None)
        patch.setattr("mnist_jax.support.jax_settings.configure_jax", lambda: None)
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
    languages.use("en")
    return Finished([module, *arguments], status, output.getvalue(), errors.getvalue())


def test_training_writes_weights_and_curves(tmp_path: Path, mnist: Mnist) -> None:
    """One pass of a small network, whose card agrees with `evaluate`."""
    options = ("--recipe", "seed", "--hidden", "32", "--epochs", "1", "--batch-size", "256")
    trained = run_here("train", *options, "--output", "a.safetensors", folder=tmp_path)
    assert trained.returncode == 0, trained.stderr
    assert "epoch 1/1" in trained.stdout
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert load_params(tmp_path / "a.safetensors").layers[0].kernel.shape == (784, 32)
    card = load_card(tmp_path / "a.safetensors")
    assert card["test"]["count"] == len(mnist.test)
    assert 0.85 < card["test"]["accuracy"] < 0.97
    evaluated = run_here("evaluate", "--params", "a.safetensors", "--json", folder=tmp_path)
    report = json.loads(evaluated.stdout)
    for name, value in card["test"].items():
        assert report["test"][name] == pytest.approx(value, rel=1e-3)


def test_evaluate_reads_the_test_images_and_drawings_in_any_format(
    tmp_path: Path, mnist: Mnist
) -> None:
    """The included weights are as good as their card; what is no digit is counted apart."""
    (tmp_path / "digits.dat").write_text(UNIPEN)
    (tmp_path / "cross.xml").write_text(INKML)
    options = ("--drawings", "digits.dat", "--not-digits", "cross.xml")
    report = json.loads(run_here("evaluate", *options, "--json", folder=tmp_path).stdout)
    for name, value in load_card()["test"].items():
        assert report["test"][name] == pytest.approx(value, rel=1e-3)
    assert report["test"]["accuracy"] >= 0.985
    assert report["test"]["count"] == len(mnist.test)
    assert report["drawings"]["confusion"][7][7] == report["drawings"]["count"] == 1
    assert report["not_digits"]["count"] == 1


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_evaluate_prints_and_plots_how_far_to_trust_a_network(tmp_path: Path) -> None:
    (tmp_path / "digits.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    (tmp_path / "letters.ndjson").write_text(SEVEN.replace('"7"', '"A"') + "\n")
    options = ("--drawings", "digits.ndjson", "--not-digits", "letters.ndjson")
    finished = run_here("evaluate", *options, "--plot", "reliability.png", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    for word in ("test ", "drawings ", "not digits", "of 1 refused", "AUROC", "calibration error"):
        assert word in finished.stdout
    assert (tmp_path / "reliability.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_a_lost_loss_keeps_the_last_good_weights(tmp_path: Path) -> None:
    """Those of the epoch before are written, of which the error tells; after none, nothing is."""
    options = ("--recipe", "seed", "--hidden", *["64"] * 5, "--epochs", "8", "--batch-size", "2000")
    finished = run_here("train", *options, "--learning-rate", "200", folder=tmp_path)
    assert finished.returncode == 2
    assert "has the weights after epoch 1" in finished.stderr
    weights = tmp_path / "mnist_mlp.safetensors"
    assert load_card(weights)["recipe"]["epochs"] == 1
    saved = weights.read_bytes()
    said = refusal(run_here("train", *options, "--learning-rate", "1e30", folder=tmp_path))
    assert all(word in said for word in ("loss", "epoch 1", "--learning-rate")), said
    assert weights.read_bytes() == saved


BAD = {
    "train": {
        "--recipe best-ever": "--recipe best-ever quick",
        "--hidden 128 0": "--hidden 128 0",
        "--hidden" + 32 * " 128": "--hidden 32 layers fewer",
        "--learning-rate -0.1": "--learning-rate -0.1",
        "--batch-size 60001": "--batch-size 60001",
        "--batch-size 60001 --checkpoint-dir kept": "--batch-size 60001",
        "--epochs 0": "--epochs 0",
        "--epochs 1.5": "--epochs 1.5",
        "--seed -1": "--seed -1",
        "--held-out 60000": "--held-out 60000",
        "--no-such-option": "--no-such-option",
        f"--output {'a' * 300}.safetensors": "aaa written",
        "--output missing/a.safetensors": "missing exist",
        "--output a.npz": "a.npz .safetensors",
        "--data-dir file": "file",
        "--profile file": "file folder",
        "--profile traces --epochs 1": "--profile --epochs 1",
        "--checkpoint-every -1": "--checkpoint-every: -1.0",
        "--checkpoint-every nan": "--checkpoint-every: nan",
    },
    "evaluate": {
        "--params missing.safetensors": "missing.safetensors train",
        "--params broken.ndjson": "broken.ndjson params",
        "--drawings broken.ndjson": "broken.ndjson line 2",
        "--drawings empty.ndjson": "empty.ndjson drawing",
        "--numbers letter.ndjson": "letter.ndjson line 2 label 'A",
        "--not-digits letter.ndjson": "letter.ndjson line 1 label '7'",
        "--not-numbers letter.ndjson": "letter.ndjson line 1 label '7'",
    },
    "teach": {
        "--drawings letter.ndjson": "letter.ndjson line 2 digit",
        "--drawings broken.dat": "broken.dat line 6",
        "--drawings empty.ndjson": "empty.ndjson drawing",
        "--drawings missing.ndjson": "missing.ndjson",
        "--drawings letter.ndjson --output a.npz": "a.npz .safetensors",
        "--output a.safetensors": "--drawings",
    },
    "read": {
        "": "FILE",
        "a.png --count 0": "--count 0 1",
        "a.png --plot a.jpg": "a.jpg .png",
    },
    "handwriting.contact_sheet": {
        "--samples 0": "--samples 0 1",
        "--samples 101": "--samples 101 100",
        f"--seed {'9' * 30}": f"--seed {'9' * 30} 4294967295",
        "--seed -1": "--seed -1 4294967295",
    },
    "evaluation.teaching_study": {"--drawings seven.ndjson": "seven.ndjson writer"},
    "evaluation.side_by_side": {
        "--drawings seven.ndjson --output a.txt": "a.txt .ndjson",
        "--drawings seven.ndjson --output a.ndjson --signs --joined": "--signs --joined",
    },
    "ablation": {"--drawings seven.ndjson --seeds 0": "--seeds 0 1"},
    "benchmark": {"--epochs 0": "--epochs 0 1"},
    "compare": {
        "--hidden 8 0": "--hidden: 8 0",
        "--seeds 0": "--seeds: 0",
        "--epochs 0": "--epochs: 0",
        "--batch-size 60001": "--batch-size: 60001",
        "--output a.jpg": "a.jpg",
    },
}
"""Bad options of each command, and the words that the error has to say."""


@pytest.mark.parametrize(
    ("command", "options"), [(command, options) for command in BAD for options in BAD[command]]
)
def test_what_cannot_be_done_is_reported_before_anything_is(
    tmp_path: Path, command: str, options: str
) -> None:
    """One line that names the option or the file and what was found; nothing is written."""
    files = {
        "file": "",
        "seven.ndjson": f"{SEVEN}\n",
        "empty.ndjson": "\n",
        "broken.ndjson": f"{SEVEN}\n{{\n",
        "letter.ndjson": f"{SEVEN}\n{SEVEN.replace('7', 'A', 1)}\n",
        "broken.dat": f"{UNIPEN}broken\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    said = refusal(run_here(command, *options.split(), folder=tmp_path))
    assert all(word in said for word in BAD[command][options].split()), said
    assert {path.name for path in tmp_path.iterdir()} == files.keys()


@pytest.mark.slow
def test_teaching_writes_a_network_that_can_be_taught_again(tmp_path: Path) -> None:
    """A file of a person's drawings becomes weights whose card tells what was gained."""
    drawings = drawings_of_a_person(50, seed=0)
    lines = [as_line(drawn.word, drawn.drawing) for drawn in drawings]
    (tmp_path / "mine.ndjson").write_text("\n".join(lines))
    first = run_here("teach", "--drawings", "mine.ndjson", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "wrote mine.safetensors" in first.stdout
    taught = load_card(tmp_path / "mine.safetensors")["taught"]
    assert (taught["adopted"], taught["drawings"]) == (True, 50)
    assert taught["left_out"]["after"]["errors"] < taught["left_out"]["before"]["errors"]
    options = ("--params", "mine.safetensors", "--output", "b.safetensors", "--json")
    again = run_here("teach", "--drawings", "mine.ndjson", *options, folder=tmp_path)
    assert json.loads(again.stdout) == load_card(tmp_path / "b.safetensors")["taught"]


def test_what_cannot_be_learnt_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    """It says so, and the file has the same weights."""
    (tmp_path / "two.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    finished = run_here("teach", "--drawings", "two.ndjson", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert "not adopted" in finished.stdout
    assert "too few" in finished.stdout
    kept, shipped = load_params(tmp_path / "mine.safetensors"), load_params()
    assert (kept.layers[-1].kernel == shipped.layers[-1].kernel).all()
    assert load_card(tmp_path / "mine.safetensors")["test"] == load_card()["test"]


@pytest.mark.slow
def test_teaching_is_measured_over_writers(tmp_path: Path) -> None:
    """With right labels nobody has more errors than before; with wrong ones nothing is learnt."""
    lines = [
        json.dumps(json.loads(as_line(drawn.word, drawn.drawing)) | {"writer": f"{writer}"})
        for writer in (1, 2)
        for drawn in drawings_of_a_person(70, seed=writer)
    ]
    (tmp_path / "two.ndjson").write_text("\n".join(lines))
    options = ("--drawings", "two.ndjson", "--json")
    report = json.loads(run_here("evaluation.teaching_study", *options, folder=tmp_path).stdout)
    assert [len(rows) for rows in report.values()] == [2, 2, 2]
    right, _, wrong = report.values()
    assert all(row["drawings"] == 20 for row in right)
    assert all(row["errors_after"] <= row["errors_before"] for row in right)
    assert not any(row["adopted"] for row in wrong)


def test_files_are_read_though_some_cannot_be(tmp_path: Path) -> None:
    """A picture, drawings and files that are neither: a line each, and exit status 2."""
    picture = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(picture).line([(100, 40), (170, 45), (120, 160)], fill=0, width=9)
    picture.save(tmp_path / "seven.png")
    (tmp_path / "drawings.ndjson").write_text(f"{SEVEN}\n" * 2)
    (tmp_path / "broken.ndjson").write_text(f"{SEVEN}\n{{}}\n")
    (tmp_path / "words.txt").write_text("seven\n")
    (tmp_path / "empty.inkml").write_text("<ink/>")
    files = ("words.txt", "seven.png", "broken.ndjson", "empty.inkml", "drawings.ndjson")
    finished = run_here("read", *files, "--plot", "read.png", folder=tmp_path)
    assert finished.returncode == 2
    names = [line.partition(": 7  (")[0] for line in finished.stdout.splitlines()]
    assert names == [
        "seven.png",
        "broken.ndjson, drawing 1",
        "drawings.ndjson, drawing 1",
        "drawings.ndjson, drawing 2",
    ]
    words, broken, empty, count = finished.stderr.splitlines()
    assert words.startswith("error: words.txt: ")
    assert broken.startswith("error: broken.ndjson, line 2: ")
    assert empty.startswith("error: empty.inkml: contains no drawing")
    assert count == "error: 3 of 5 files could not be read"
    with Image.open(tmp_path / "read.png") as plotted:
        assert min(plotted.size) > 100

    finished = run_here("read", "seven.png", "--count", "1", "--json", folder=tmp_path)
    assert finished.returncode == 0
    read = json.loads(finished.stdout)
    assert (read["name"], read["text"], read["is_number"]) == ("seven.png", "7", True)
    (digit,) = read["digits"]
    assert 0 < digit["probability"] <= 1
    np.testing.assert_allclose(digit["box"], [100, 40, 170, 160], atol=8)


def test_json_is_english_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "seven.ndjson").write_text(SEVEN)
    read = ("seven.ndjson", "--language", "es")
    assert "seven.ndjson, dibujo 1: 7 " in run_here("read", *read, folder=tmp_path).stdout
    printed = run_here("read", *read, "--json", folder=tmp_path).stdout
    assert json.loads(printed)["name"] == "seven.ndjson, drawing 1"
    teach = ("--drawings", "seven.ndjson", "--language", "es")
    assert "son muy pocos dibujos" in run_here("teach", *teach, folder=tmp_path).stdout
    report = json.loads(run_here("teach", *teach, "--json", folder=tmp_path).stdout)
    assert "too few different drawings" in report["obstacle"]


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_numbers_are_made_and_measured(tmp_path: Path) -> None:
    """The same seed makes the same file."""
    (tmp_path / "digits.ndjson").write_text(f"{SEVEN}\n")
    made = []
    for name in ("one.ndjson", "two.ndjson"):
        options = ("--drawings", "digits.ndjson", "--output", name, "--count", "5")
        assert run_here("evaluation.side_by_side", *options, folder=tmp_path).returncode == 0
        made.append((tmp_path / name).read_text())
    assert made[0] == made[1]
    cross = as_line("X", as_drawing([[(0, 0), (24, 40)], [(24, 0), (0, 40)]]))
    (tmp_path / "letters.ndjson").write_text(f"{cross}\n")
    options = ("--numbers", "one.ndjson", "--not-numbers", "letters.ndjson")
    both = json.loads(run_here("evaluate", *options, "--json", folder=tmp_path).stdout)
    assert both["not_numbers"] == {"refused": 1, "count": 1}
    assert "no numbers  1 of 1 refused" in run_here("evaluate", *options, folder=tmp_path).stdout
    report = both["numbers"]
    assert report["count"] == 5
    assert set(report) == {
        *("accuracy", "length_accuracy", "digit_accuracy", "count"),
        *("refused", "calibration_error"),
    }
    assert report["digit_accuracy"] >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["allographs", "non-digits"])
def test_contact_sheets_are_drawn(tmp_path: Path, sheet: str) -> None:
    """A picture of every template."""
    options = ("--of", sheet, "--output", "sheet.png", "--samples", "1")
    finished = run_here("handwriting.contact_sheet", *options, folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_speed_is_measured(tmp_path: Path) -> None:
    """It prints one object of positive figures, and leaves no file."""
    speed = json.loads(run_here("benchmark", "--epochs", "1", "--json", folder=tmp_path).stdout)
    assert all(figure > 0 for figure in speed.values())
    assert speed["sprint_percent"] >= 98
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_what_each_idea_contributes_is_measured(
    tmp_path: Path, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each idea has its row, for which a part of MNIST will do."""
    part = Mnist(mnist.train[:8_000], mnist.test[:1_000])
    monkeypatch.setattr("mnist_jax.data.mnist.load_mnist", lambda _: part)
    (tmp_path / "d.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    options = ("--drawings", "d.ndjson", "--epochs", "1", "--seeds", "1", "--json")
    worth = json.loads(run_here("ablation", *options, folder=tmp_path).stdout)
    assert len(worth) == 7
    assert all(row["test"] > 0.5 for row in worth.values())


WITHOUT_JAX = """
import runpy, sys
sys.modules["jax"] = None  # importing it is an error
for command in sys.argv[1:]:
    sys.argv = [command, "--help"]
    try:
        runpy.run_module(f"mnist_jax.{command}", run_name="__main__")
    except SystemExit as stop:
        assert not stop.code
"""


def test_options_are_parsed_before_jax_is_imported() -> None:
    """`--help` does not notice a JAX that cannot be imported."""
    printed = printed_by(WITHOUT_JAX, *COMMANDS)
    usages = re.findall(r"^usage: python -m mnist_jax\.(\S+) \[-h\]", printed, re.MULTILINE)
    assert usages == [*COMMANDS]
    for word in ("seed", "quick", "--hidden", "--output", "--data-dir", "97.5"):
        assert word in printed


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_spanish_for_who_speaks_it(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the system's language, and without a word of English."""
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    help_text = run_here(command, "--help", folder=tmp_path).stdout
    assert help_text.startswith(f"uso: python -m mnist_jax.{command} [-h]")
    assert "muestra esta ayuda y termina" in help_text
    assert not {"the", "of", "and", "with", "to", "this", "is"} & set(help_text.split())


def test_every_command_is_listed_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """By `python -m mnist_jax`."""
    main()
    printed = capsys.readouterr().out
    rows = [line for line in printed.splitlines() if line.startswith("python -m mnist_jax.")]
    package = Path(__file__).parents[2] / "mnist_jax"
    with_options = [
        path for path in package.rglob("*.py") if "command_line.command(" in path.read_text("utf-8")
    ]
    assert len(rows) == len(with_options) > 8
    for row in rows:
        assert len(row.split("  ", 1)[1].split()) > 3
    assert "mnist_jax.train " in printed
    assert "mnist_jax.tutorial " in printed


SAY_WHEN_JAX_IS_FOUND = """
import signal
import sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job would ignore Ctrl-C

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "jax":
            print("importing", flush=True)

sys.meta_path.insert(0, Finder)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize(
    "command",
    ["train", *(pytest.param(command, marks=pytest.mark.slow) for command in COMMANDS[1:])],
)
def test_ctrl_c_at_any_moment_of_the_imports_ends_the_command(tmp_path: Path, command: str) -> None:
    """Extension modules and callbacks of the garbage collector make no difference."""
    (tmp_path / "sitecustomize.py").write_text(SAY_WHEN_JAX_IS_FOUND)
    (tmp_path / "seven.ndjson").write_text(f"{SEVEN}\n")
    drawings = ("--drawings", "seven.ndjson")
    options = {
        "ablation": drawings,
        "teach": drawings,
        "read": ("seven.png",),
        "evaluation.teaching_study": drawings,
        "evaluation.side_by_side": (*drawings, "--output", "numbers.ndjson"),
    }
    search_path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    with subprocess.Popen(
        [sys.executable, "-m", f"mnist_jax.{command}", *options.get(command, ())],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": search_path},
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "importing\n"
        time.sleep(0.04 * COMMANDS.index(command))  # together, the commands cover all moments
        running.send_signal(signal.SIGINT)
        try:
            _, stderr = running.communicate(timeout=20)
        finally:
            running.kill()
    assert (running.returncode, stderr) == (130, "interrupted\n")

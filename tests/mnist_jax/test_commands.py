"""The commands as a user runs them: what they print, what they leave, how they fail."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_jax.data.mnist import Mnist
from mnist_jax.ink.ndjson import as_line
from mnist_jax.ink.strokes import as_drawing
from mnist_jax.params import load_card, load_params
from tests.cases import first_of
from tests.hands import drawings_of_a_person
from tests.refusal import refusal

SEVEN = as_line("7", as_drawing([[(0, 0), (20, 1), (8, 40)]]))
ONE = as_line("1", as_drawing([[(5, 0), (5, 40)]]))


def run(module: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`python -m mnist_jax.<module>` in a folder, to its end."""
    command = [sys.executable, "-m", f"mnist_jax.{module}", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_training_writes_weights_and_curves(tmp_path: Path, mnist: Mnist) -> None:
    """One pass of a small network; its card agrees with `evaluate`; the bytes repeat."""
    options = ("--recipe", "seed", "--hidden", "32", "--epochs", "1", "--batch-size", "256")
    first = run("train", *options, "--output", "a.safetensors", folder=tmp_path)
    again = run("train", *options, "--output", "b.safetensors", folder=tmp_path)
    assert first.returncode == again.returncode == 0, first.stderr
    assert "epoch 1/1" in first.stdout
    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert load_params(tmp_path / "a.safetensors").layers[0].kernel.shape == (784, 32)
    card = load_card(tmp_path / "a.safetensors")
    assert card["test"]["count"] == len(mnist.test)
    assert 0.85 < card["test"]["accuracy"] < 0.97
    (tmp_path / "d.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    options = ("--params", "a.safetensors", "--drawings", "d.ndjson", "--json")
    evaluated = run("evaluate", *options, folder=tmp_path)
    report = json.loads(evaluated.stdout)
    for name, value in card["test"].items():
        assert report["test"][name] == pytest.approx(value, rel=1e-3)
    assert report["drawings"]["count"] == 2
    assert [digit for digit, share in enumerate(report["drawings"]["per_digit"]) if share] == [1, 7]


@pytest.mark.slow
def test_evaluate_tells_of_refusals_and_reliability(tmp_path: Path, mnist: Mnist) -> None:
    """Drawings of letters are counted apart, and a picture is drawn."""
    del mnist
    (tmp_path / "digits.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    (tmp_path / "letters.ndjson").write_text(SEVEN.replace('"7"', '"A"') + "\n")
    options = ("--drawings", "digits.ndjson", "--not-digits", "letters.ndjson")
    finished = run("evaluate", *options, "--plot", "reliability.png", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    for word in ("test ", "drawings ", "not digits", "of 1 refused", "AUROC", "calibration error"):
        assert word in finished.stdout
    assert (tmp_path / "reliability.png").read_bytes().startswith(b"\x89PNG")


def test_the_shipped_weights_are_as_good_as_their_card(tmp_path: Path, mnist: Mnist) -> None:
    """`evaluate` without options measures what ships."""
    evaluated = run("evaluate", "--json", folder=tmp_path)
    report = json.loads(evaluated.stdout)
    for name, value in load_card()["test"].items():
        assert report["test"][name] == pytest.approx(value, rel=1e-3)
    assert report["test"]["accuracy"] >= 0.985
    assert report["test"]["count"] == len(mnist.test)


@pytest.mark.slow
def test_a_lost_loss_keeps_the_last_good_weights(tmp_path: Path, mnist: Mnist) -> None:
    """Those of the epoch before are written, of which the error tells."""
    del mnist
    options = ("--recipe", "seed", "--hidden", *["64"] * 5, "--epochs", "8", "--batch-size", "2000")
    finished = run("train", *options, "--learning-rate", "200", folder=tmp_path)
    assert finished.returncode == 2
    assert "has the weights after epoch 1" in finished.stderr
    assert load_card(tmp_path / "mnist_mlp.safetensors")["recipe"]["epochs"] == 1


@pytest.mark.slow
def test_a_loss_lost_at_once_leaves_what_there_was(tmp_path: Path, mnist: Mnist) -> None:
    """Nothing is written when the first epoch is lost, and an older file stands."""
    del mnist
    old = tmp_path / "mnist_mlp.safetensors"
    old.write_text("older weights")
    options = ("--recipe", "seed", "--epochs", "2", "--learning-rate", "1e30")
    said = refusal(run("train", *options, folder=tmp_path))
    assert all(word in said for word in ("loss", "epoch 1", "--learning-rate")), said
    assert old.read_text() == "older weights"


@pytest.mark.parametrize(
    ("options", "named"),
    first_of(
        3,
        [
            (("--recipe", "best-ever"), ("--recipe", "best-ever", "quick")),
            (("--hidden", "128", "0"), ("--hidden", "0")),
            (("--learning-rate", "-0.1"), ("--learning-rate", "-0.1")),
            (("--batch-size", "60001"), ("--batch-size", "60001")),
            (("--epochs", "0"), ("--epochs", "0")),
            (("--epochs", "1.5"), ("--epochs", "1.5")),
            (("--seed", "-1"), ("--seed", "-1")),
            (("--held-out", "60000"), ("--held-out", "60000")),
            (("--hidden", *["128"] * 32), ("--hidden", "32 layers", "fewer")),
            (("--batch-size", "60001", "--checkpoint-dir", "kept"), ("--batch-size", "60001")),
            (("--no-such-option",), ("--no-such-option",)),
            (("--output", "a" * 300 + ".safetensors"), ("aaa", "written")),
            (("--output", "missing/a.safetensors"), ("missing", "does not exist")),
            (("--output", "a.npz"), ("a.npz", ".safetensors")),
            (("--data-dir", "file"), ("file",)),
            (("--profile", "file"), ("file", "folder")),
            (("--profile", "traces", "--epochs", "1"), ("--profile", "--epochs 1")),
        ],
    ),
)
def test_bad_options_are_reported_before_training(
    tmp_path: Path, options: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """A line that names the option and what was found, exit 2, nothing written."""
    (tmp_path / "file").write_text("")
    said = refusal(run("train", *options, folder=tmp_path))
    assert all(word in said for word in named), said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("options", "named"),
    first_of(
        2,
        [
            (("--params", "missing.safetensors"), ("missing.safetensors", "train")),
            (("--params", "broken.ndjson"), ("broken.ndjson", "params")),
            (("--drawings", "broken.ndjson"), ("broken.ndjson", "line 2")),
            (("--drawings", "empty.ndjson"), ("empty.ndjson", "no drawing")),
        ],
    ),
)
def test_bad_files_are_reported(
    tmp_path: Path, options: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """A line that names the file, exit 2, nothing on standard output."""
    (tmp_path / "broken.ndjson").write_text(f"{SEVEN}\n{{\n")
    (tmp_path / "empty.ndjson").write_text("\n")
    said = refusal(run("evaluate", *options, "--json", folder=tmp_path))
    assert all(word in said for word in named), said


@pytest.mark.slow
def test_teaching_writes_a_network_that_can_be_taught_again(tmp_path: Path) -> None:
    """A file of a person's drawings becomes weights whose card tells what was gained."""
    drawings = drawings_of_a_person(50, seed=0)
    lines = [as_line(drawn.word, drawn.drawing) for drawn in drawings]
    (tmp_path / "mine.ndjson").write_text("\n".join(lines))
    first = run("teach", "--drawings", "mine.ndjson", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "wrote mine.safetensors" in first.stdout
    taught = load_card(tmp_path / "mine.safetensors")["taught"]
    assert (taught["adopted"], taught["drawings"]) == (True, 50)
    assert taught["left_out"]["after"]["errors"] < taught["left_out"]["before"]["errors"]
    options = ("--params", "mine.safetensors", "--output", "b.safetensors", "--json")
    again = run("teach", "--drawings", "mine.ndjson", *options, folder=tmp_path)
    assert json.loads(again.stdout) == load_card(tmp_path / "b.safetensors")["taught"]


@pytest.mark.slow
def test_ink_in_other_formats_is_taught_and_read(tmp_path: Path, mnist: Mnist) -> None:
    """UNIPEN and InkML files are opened by their content, and errors in them name the line."""
    del mnist
    unipen = '.SEGMENT DIGIT 0 ? "7"\n.PEN_DOWN\n0 40\n20 39\n8 0\n'
    (tmp_path / "a.dat").write_text(unipen)
    (tmp_path / "b.xml").write_text("<ink><trace>0 0, 9 9</trace><trace>0 9, 9 0</trace></ink>")
    options = ("--drawings", "a.dat", "--not-digits", "b.xml", "--json")
    report = json.loads(run("evaluate", *options, folder=tmp_path).stdout)
    assert report["drawings"]["confusion"][7][7] == 1
    assert report["not_digits"]["count"] == 1
    taught = run("teach", "--drawings", "a.dat", folder=tmp_path)
    assert taught.stdout.startswith("1 different drawings")
    (tmp_path / "a.dat").write_text(unipen + "broken\n")
    assert "a.dat, line 6: " in refusal(run("teach", "--drawings", "a.dat", folder=tmp_path))


def test_what_cannot_be_learnt_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    """It says so, and the file has the same weights."""
    (tmp_path / "two.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    finished = run("teach", "--drawings", "two.ndjson", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert "not adopted" in finished.stdout
    assert "too few" in finished.stdout
    kept, shipped = load_params(tmp_path / "mine.safetensors"), load_params()
    assert (kept.layers[-1].kernel == shipped.layers[-1].kernel).all()
    assert load_card(tmp_path / "mine.safetensors")["test"] == load_card()["test"]


@pytest.mark.parametrize(
    ("options", "named"),
    first_of(
        1,
        [
            (("--drawings", "letter.ndjson"), ("letter.ndjson", "line 2", "digit")),
            (("--drawings", "empty.ndjson"), ("empty.ndjson", "no drawing")),
            (("--drawings", "missing.ndjson"), ("missing.ndjson",)),
            (("--drawings", "letter.ndjson", "--output", "a.npz"), ("a.npz", ".safetensors")),
            (("--output", "a.safetensors"), ("--drawings",)),
        ],
    ),
)
def test_what_is_no_lesson_is_reported(
    tmp_path: Path, options: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """A line that names the file, exit 2, nothing written."""
    (tmp_path / "letter.ndjson").write_text(f"{SEVEN}\n{SEVEN.replace('7', 'A', 1)}\n")
    (tmp_path / "empty.ndjson").write_text("\n")
    said = refusal(run("teach", *options, folder=tmp_path))
    assert all(word in said for word in named), said
    assert not list(tmp_path.glob("*.safetensors"))


@pytest.mark.slow
def test_teaching_is_measured_over_writers(tmp_path: Path) -> None:
    """Each writer has a row for right and for wrong labels; a file without writers is refused."""
    lines = [
        as_line(drawn.word, drawn.drawing)[:-1] + f',"writer":"{writer}"}}'
        for writer in range(2)
        for drawn in drawings_of_a_person(70, seed=writer)
    ]
    (tmp_path / "two.ndjson").write_text("\n".join(lines))
    study = "evaluation.teaching_study"
    finished = run(study, "--drawings", "two.ndjson", "--json", folder=tmp_path)
    report = json.loads(finished.stdout)
    assert [len(rows) for rows in report.values()] == [2, 2, 2]
    right, _, wrong = report.values()
    assert all(row["drawings"] == 20 for row in right)
    assert all(row["errors_after"] <= row["errors_before"] for row in right)
    assert not any(row["adopted"] for row in wrong)
    (tmp_path / "one.ndjson").write_text(f"{SEVEN}\n")
    assert "writer" in refusal(run(study, "--drawings", "one.ndjson", folder=tmp_path))


def test_files_are_read_though_some_cannot_be(tmp_path: Path) -> None:
    """A picture, drawings and two files that are neither: a line each, and exit status 2."""
    picture = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(picture).line([(100, 40), (170, 45), (120, 160)], fill=0, width=9)
    picture.save(tmp_path / "seven.png")
    (tmp_path / "drawings.ndjson").write_text(f"{SEVEN}\n" * 2)
    (tmp_path / "broken.ndjson").write_text(f"{SEVEN}\n{{}}\n")
    (tmp_path / "words.txt").write_text("seven\n")
    files = ("words.txt", "seven.png", "broken.ndjson", "drawings.ndjson")
    finished = run("read", *files, "--plot", "read.png", folder=tmp_path)
    assert finished.returncode == 2
    names = [line.partition(": 7  (")[0] for line in finished.stdout.splitlines()]
    assert names == [
        "seven.png",
        "broken.ndjson, drawing 1",
        "drawings.ndjson, drawing 1",
        "drawings.ndjson, drawing 2",
    ]
    words, broken, count = finished.stderr.splitlines()
    assert words.startswith("error: words.txt: ")
    assert broken.startswith("error: broken.ndjson, line 2: ")
    assert count == "error: 2 of 4 files could not be read"
    with Image.open(tmp_path / "read.png") as plotted:
        assert min(plotted.size) > 100

    finished = run("read", "seven.png", "--count", "1", "--json", folder=tmp_path)
    assert finished.returncode == 0
    read = json.loads(finished.stdout)
    assert (read["name"], read["text"], read["is_number"]) == ("seven.png", "7", True)
    (digit,) = read["digits"]
    assert 0 < digit["probability"] <= 1
    np.testing.assert_allclose(digit["box"], [100, 40, 170, 160], atol=8)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((), "required: FILE"),
        (("a.png", "--count", "0"), "--count"),
        (("a.png", "--plot", "a.jpg"), "a.jpg"),
    ],
)
def test_wrong_options_of_read_are_errors(
    tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    assert named in refusal(run("read", *options, folder=tmp_path))


def test_a_file_without_drawings_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.inkml").write_text("<ink/>")
    finished = run("read", "empty.inkml", folder=tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.startswith("error: empty.inkml: contains no drawing")


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_numbers_are_made_and_measured(tmp_path: Path) -> None:
    """The same seed makes the same file; a word that is no number is an error that names it."""
    (tmp_path / "digits.ndjson").write_text(f"{SEVEN}\n")
    made = []
    for name in ("one.ndjson", "two.ndjson"):
        options = ("--drawings", "digits.ndjson", "--output", name, "--count", "5")
        assert run("evaluation.side_by_side", *options, folder=tmp_path).returncode == 0
        made.append((tmp_path / name).read_text())
    assert made[0] == made[1]
    finished = run("evaluate", "--numbers", "one.ndjson", "--json", folder=tmp_path)
    report = json.loads(finished.stdout)["numbers"]
    assert report["count"] == 5
    assert set(report) == {"accuracy", "length_accuracy", "digit_accuracy", "count"}
    assert report["digit_accuracy"] >= 0.9
    (tmp_path / "two.ndjson").write_text(made[0] + made[0].replace('"word":"7', '"word":"A'))
    said = refusal(run("evaluate", "--numbers", "two.ndjson", folder=tmp_path))
    assert said.startswith("error: two.ndjson, line 6: the label is 'A")


def test_digits_are_no_counterexamples(tmp_path: Path) -> None:
    """A file of digits given as what is none is an error that names the drawing."""
    (tmp_path / "digits.ndjson").write_text(f"{SEVEN}\n")
    said = refusal(run("evaluate", "--not-digits", "digits.ndjson", folder=tmp_path))
    assert said.startswith("error: digits.ndjson, line 1: the label is '7'")


@pytest.mark.parametrize(
    ("sheet", "name", "value"),
    first_of(
        1,
        [
            ("handwriting.contact_sheet", "--samples", "0"),
            ("handwriting.contact_sheet", "--samples", "101"),
            ("handwriting.contact_sheet", "--seed", "9" * 30),
            ("handwriting.contact_sheet", "--seed", "-1"),
        ],
    ),
)
def test_contact_sheets_refuse_numbers_out_of_range(
    tmp_path: Path, sheet: str, name: str, value: str
) -> None:
    """One line that names the option and the number; no file."""
    said = refusal(run(sheet, name, value, folder=tmp_path))
    assert said.startswith(f"error: {name}: {value} was given, it must be ")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["allographs", "non-digits"])
def test_contact_sheets_are_drawn(tmp_path: Path, sheet: str) -> None:
    """A picture of every template."""
    finished = run(
        *("handwriting.contact_sheet", "--of", sheet, "--output", "sheet.png", "--samples", "1"),
        folder=tmp_path,
    )
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_speed_and_ablation_are_measured(tmp_path: Path, mnist: Mnist) -> None:
    """Both commands print one object of positive figures; each idea has its row."""
    del mnist
    speed = json.loads(run("benchmark", "--epochs", "1", "--json", folder=tmp_path).stdout)
    assert all(figure > 0 for figure in speed.values())
    assert speed["sprint_percent"] >= 98
    assert not list(tmp_path.iterdir())
    (tmp_path / "d.ndjson").write_text(f"{SEVEN}\n{ONE}\n")
    options = ("--drawings", "d.ndjson", "--epochs", "1", "--seeds", "1", "--json")
    worth = json.loads(run("ablation", *options, folder=tmp_path).stdout)
    assert len(worth) == 6
    assert all(row["test"] > 0.9 for row in worth.values())


def test_help_tells_what_recipes_cost(tmp_path: Path) -> None:
    """`--help` names every recipe and option."""
    text = run("train", "--help", folder=tmp_path).stdout
    for word in ("seed", "quick", "--hidden", "--output", "--data-dir", "97.5"):
        assert word in text


COMMANDS = (
    *("train", "teach", "evaluate", "read", "compare", "ablation", "benchmark"),
    *("handwriting.contact_sheet", "evaluation.teaching_study", "evaluation.side_by_side"),
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "--no-such-option"])
def test_options_are_parsed_before_jax_is_imported(
    tmp_path: Path, command: str, option: str
) -> None:
    """A JAX that cannot be imported is not noticed."""
    (tmp_path / "jax.py").write_text("raise SystemExit('JAX was imported')\n")
    finished = run(command, option, folder=tmp_path)
    assert "JAX was imported" not in finished.stderr
    assert finished.returncode == (0 if option == "--help" else 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("command", ["train", "evaluate", "compare"])
def test_ctrl_c_while_jax_is_imported_shows_no_traceback(tmp_path: Path, command: str) -> None:
    """The import is interrupted in the middle."""
    script = "import time\nprint('importing', flush=True)\ntime.sleep(60)\n"
    (tmp_path / "jax.py").write_text(script)
    running = subprocess.Popen(
        [sys.executable, "-m", f"mnist_jax.{command}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout
    assert running.stdout.readline() == "importing\n"
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=20)
    assert (running.returncode, stderr) == (130, "interrupted\n")


SAY_WHEN_JAX_IS_FOUND = """
import sys
import time

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "jax":
            print("importing", flush=True)

sys.meta_path.insert(0, Finder)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_at_any_moment_of_the_real_imports_ends_the_command(
    tmp_path: Path, command: str
) -> None:
    """Extension modules and callbacks of the garbage collector make no difference."""
    (tmp_path / "sitecustomize.py").write_text(SAY_WHEN_JAX_IS_FOUND)
    arguments = [sys.executable, "-m", f"mnist_jax.{command}"]
    if command in {"ablation", "teach", "evaluation.teaching_study", "evaluation.side_by_side"}:
        (tmp_path / "seven.ndjson").write_text(f"{SEVEN}\n")
        arguments += ["--drawings", "seven.ndjson"]
    if command == "read":
        arguments += ["seven.png"]
    if command == "evaluation.side_by_side":
        arguments += ["--output", "numbers.ndjson"]
    search_path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    first = 0.04 * COMMANDS.index(command)  # seconds; together, the commands cover all moments
    for delay in (first, first + 0.02):
        with subprocess.Popen(
            arguments,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": search_path},
        ) as running:
            assert running.stdout
            assert running.stdout.readline() == "importing\n"
            time.sleep(delay)
            running.send_signal(signal.SIGINT)
            _, stderr = running.communicate(timeout=20)
        assert (running.returncode, stderr) == (130, "interrupted\n"), delay

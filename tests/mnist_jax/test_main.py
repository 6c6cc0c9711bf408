"""`python -m mnist_jax`: the list of commands."""

import subprocess
import sys
from pathlib import Path

from tests.mnist_jax.test_imports import loaded_by

PACKAGE = Path(__file__).parents[2] / "mnist_jax"


def test_it_lists_every_command_with_a_line() -> None:
    command = [sys.executable, "-m", "mnist_jax"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line for line in printed.splitlines() if line.startswith("python -m mnist_jax.")]
    with_options = [
        path for path in PACKAGE.rglob("*.py") if "command_line.run(" in path.read_text("utf-8")
    ]
    assert len(rows) == len(with_options) > 8
    for row in rows:
        assert len(row.split("  ", 1)[1].split()) > 3
    assert "mnist_jax.train " in printed
    assert "mnist_jax.tutorial " in printed


def test_it_imports_none_of_them() -> None:
    loaded = loaded_by("from mnist_jax.__main__ import main; main()")
    assert not {name for name in loaded if name.partition(".")[0] in {"jax", "numpy", "tyro"}}

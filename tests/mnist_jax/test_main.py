"""`python -m mnist_jax`: the list of commands."""

from pathlib import Path

import pytest

from mnist_jax.__main__ import main

PACKAGE = Path(__file__).parents[2] / "mnist_jax"


def test_it_lists_every_command_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    rows = [line for line in printed.splitlines() if line.startswith("python -m mnist_jax.")]
    with_options = [
        path for path in PACKAGE.rglob("*.py") if "command_line.run(" in path.read_text("utf-8")
    ]
    assert len(rows) == len(with_options) > 8
    for row in rows:
        assert len(row.split("  ", 1)[1].split()) > 3
    assert "mnist_jax.train " in printed
    assert "mnist_jax.tutorial " in printed

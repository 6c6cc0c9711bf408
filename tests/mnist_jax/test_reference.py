"""The public names: examples that run, and a reference page that shows them all."""

import doctest
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mnist_jax

REFERENCE = Path(__file__).parents[2] / ".ci" / "reference.py"

WITHOUT_EXAMPLE = {"Drawing"}
"""A type alias has no docstring; that of the package describes it."""


def examples(name: str) -> list[doctest.DocTest]:
    """The examples of a public name, or of the package itself."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    value: Any = getattr(mnist_jax, name, mnist_jax)
    found = finder.find(value, name, module=False, globs={})  # those of methods, too
    return [one for one in found if one.examples]


@pytest.mark.parametrize("name", ["mnist_jax", *mnist_jax.__all__])
def test_the_examples_of_a_public_name_run(name: str, request: pytest.FixtureRequest) -> None:
    if name == "load_mnist":
        request.getfixturevalue("mnist")  # skips where it is missing
    found = examples(name)
    assert found or name in WITHOUT_EXAMPLE
    runner = doctest.DocTestRunner()
    for one in found:
        runner.run(one)
    assert not runner.summarize().failed


def test_the_reference_page_shows_every_public_name(tmp_path: Path) -> None:
    """It is built without warnings."""
    command = [sys.executable, str(REFERENCE), str(tmp_path)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "mnist_jax.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'<section id="(\w+)"', page))
    assert shown == set(mnist_jax.__all__)
    assert "Return what the network reads in a drawing" in page

"""The notebooks: both languages in step, numbers that are checked, and a run from top to bottom."""

import re
from inspect import getsource, unwrap
from pathlib import Path
from typing import Any

import nbformat
import pytest
from platformdirs import user_data_path

from game.devices.files.storage import Storage
from mnist_jax.model import MLP, forward, scaled
from mnist_jax.tutorial.__main__ import ENGLISH, SPANISH, executed, with_code_of

MOST_BYTES = 1_500_000

MOST_LINES = 40

NO_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|https?:\S+|arXiv:\S+|CC BY [\d.]+")
"""Code, addresses and licences, whose numbers are the same in every language."""


def cells(path: Path, kind: str) -> dict[str, Any]:
    """The cells of a kind by their identifiers, which say what they are about."""
    notebook: Any = nbformat.read(path, as_version=4)
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == kind}


def code(path: Path) -> str:
    """All code of a notebook."""
    return "\n".join(cell.source for cell in cells(path, "code").values())


def numbers(text: str, *, spanish: bool) -> list[str]:
    """The numbers in some text, written as in English."""
    prose = NO_PROSE.sub(" ", text)
    if spanish:
        prose = re.sub(r"(?<=\d)[ \N{NO-BREAK SPACE}](?=\d{3}\b)", "", prose)
        prose = re.sub(r"(?<=\d),(?=\d)", ".", prose)
    else:
        prose = re.sub(r"(?<=\d),(?=\d{3}\b)", "", prose)
    return sorted(re.findall(r"\d+(?:\.\d+)?", prose))


def steps(path: Path) -> list[list[Any]]:
    """The cells under each heading `##`."""
    notebook: Any = nbformat.read(path, as_version=4)
    parts: list[list[Any]] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            parts.append([])
        parts[-1].append(cell)
    return parts


def joined(part: list[Any], kind: str) -> str:
    """The sources of those cells that are of a kind."""
    return "\n".join(cell.source for cell in part if cell.cell_type == kind)


def literals(program: str) -> set[str]:
    """The numbers written in some code, without underscores."""
    return {found.replace("_", "") for found in re.findall(r"\b\d[\d_]*(?:\.\d+)?", program)}


def test_the_code_is_the_same_in_both_languages() -> None:
    english, spanish = cells(ENGLISH, "code"), cells(SPANISH, "code")
    assert [*english] == [*spanish]
    for name, cell in english.items():
        assert cell.source == spanish[name].source, name
        assert cell.outputs == spanish[name].outputs, name


def test_the_texts_stand_in_the_same_places_and_have_the_same_shape() -> None:
    """Headings of the same levels, unfolding answers, and things to change, in every step."""
    shape = re.compile(r"^#+(?= )|^<details>|^</details>$|^- |^\*\*C", re.MULTILINE)
    english, spanish = cells(ENGLISH, "markdown"), cells(SPANISH, "markdown")
    assert [*english] == [*spanish]
    for name, cell in english.items():
        found = shape.findall(cell.source)
        assert found == shape.findall(spanish[name].source), name
        if name.endswith("-end"):
            assert found == ["<details>", "</details>", "**C"], name
    order = [cell.id for cell in nbformat.read(ENGLISH, as_version=4).cells]
    assert order == [cell.id for cell in nbformat.read(SPANISH, as_version=4).cells]


def test_the_texts_state_the_same_numbers() -> None:
    spanish = cells(SPANISH, "markdown")
    for name, cell in cells(ENGLISH, "markdown").items():
        there = numbers(spanish[name].source, spanish=True)
        assert numbers(cell.source, spanish=False) == there, name


def test_every_step_ends_with_a_question_and_something_to_change() -> None:
    """Another test holds what is in the cells named so."""
    numbered = [part for part in steps(ENGLISH) if re.match(r"## \d+\.", part[0].source)]
    assert len(numbered) == 14
    for part in numbered:
        assert part[-1].id == f"{part[0].id}-end"


def test_every_percentage_and_decimal_in_the_text_is_checked_in_its_step() -> None:
    """The Spanish text states the same numbers, which another test holds."""
    found = 0
    for part in steps(ENGLISH):
        prose, program = NO_PROSE.sub(" ", joined(part, "markdown")), joined(part, "code")
        percentages = set(re.findall(r"(\d+(?:\.\d+)?) %", prose))
        assert percentages <= set(re.findall(r"about\(([\d.]+), ", program)), part[0].id
        assert set(re.findall(r"\d+\.\d+", prose)) <= literals(program), part[0].id
        found += len(percentages)
    assert found > 8


def test_every_large_number_in_the_text_is_in_the_code() -> None:
    text = " ".join(cell.source for cell in cells(ENGLISH, "markdown").values())
    stated = {found.replace(",", "") for found in re.findall(r"\b\d{1,3}(?:,\d{3})+", text)}
    assert len(stated) > 8
    assert stated <= literals(code(ENGLISH))


@pytest.mark.parametrize("path", [ENGLISH, SPANISH], ids=["English", "Spanish"])
def test_the_stored_outputs_are_complete_and_clean(path: Path) -> None:
    """Pictures are included; there is no warning, no error and no path of the machine."""
    assert path.stat().st_size < MOST_BYTES
    text, pictures = path.read_text(encoding="utf-8"), 0
    assert not re.search(r"[\"'( *`](/[\w.-]+/[\w.-]|[A-Z]:\\\\)", text)
    for name, cell in cells(path, "code").items():
        assert cell.execution_count, name
        assert not cell.metadata, name
        for output in cell.outputs:
            assert output.output_type in {"stream", "display_data"}, name
            assert output.get("name") != "stderr", name
            pictures += "image/png" in output.get("data", {})
    assert pictures > 15


def test_the_training_loop_fits_on_a_page() -> None:
    """It uses JAX, Flax and Optax, and nothing of the package."""
    loop = cells(ENGLISH, "code")["train-loop"].source
    assert len([line for line in loop.splitlines() if line.strip()]) <= MOST_LINES
    assert not re.search(r"MLP|RECIPES|\bfit\(|evaluated|predict", loop)
    for word in ("nnx.Module", "optax.adam", "jax.lax.scan", "jax.jit", "jax.value_and_grad"):
        assert word in loop


@pytest.mark.parametrize("path", [ENGLISH, SPANISH], ids=["English", "Spanish"])
def test_the_network_is_shown_as_it_is_and_quoted_as_it_is_shown(path: Path) -> None:
    shown = cells(path, "code")["layers-source"].outputs[0]["text"]
    for function in (MLP.__call__, scaled, forward):
        assert getsource(unwrap(function)) in shown
    quoted = re.findall(r"`([^`]+)`", cells(path, "markdown")["layers-shapes"].source)
    assert [part for part in quoted if part not in shown] == []
    assert len(quoted) > 4


def test_the_drawings_of_the_game_are_looked_for_where_it_stores_them() -> None:
    assert 'user_data_path("inkling", appauthor=False) / "drawings.ndjson"' in code(ENGLISH)
    assert Storage().folder == user_data_path("inkling", appauthor=False)


@pytest.mark.slow
@pytest.mark.usefixtures("mnist")
def test_it_runs_from_top_to_bottom() -> None:
    """Its own checks compare the numbers of the text with those of this run.

    Only the English one is run, because another test holds that both have the same code.
    """
    for cell in executed(ENGLISH).cells:
        for output in cell.get("outputs", ()):
            assert output.get("name") != "stderr", output


def test_a_change_of_the_code_reaches_the_translation() -> None:
    """Outputs and new cells, too; the text stays that of the translation."""
    english: Any = nbformat.read(ENGLISH, as_version=4)
    spanish: Any = nbformat.read(SPANISH, as_version=4)
    english.cells.append(nbformat.v4.new_code_cell("print('new')", id="new"))
    english.cells[1].source += "\nprint('changed')"
    translated = with_code_of(english, spanish)
    assert translated.cells[-1].source == "print('new')"
    assert translated.cells[1].source.endswith("print('changed')")
    assert translated.cells[0].source == spanish.cells[0].source != english.cells[0].source
    assert len(spanish.cells) == len(translated.cells) - 1

"""The catalogues: every text of the sources is translated, completely and with the same places."""

import ast
import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages import Catalog

from mnist_jax.support import languages

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> SimpleNamespace:
    """`.ci/catalogues.py` as a module."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / ".ci" / "catalogues.py")))


@pytest.fixture(scope="module")
def texts(script: SimpleNamespace) -> Catalog:
    """All texts of the project."""
    template: Catalog = script.template()
    return template


@pytest.mark.parametrize("path", sorted(languages.FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_language_has_a_translation_of_every_text(
    script: SimpleNamespace, texts: Catalog, path: Path
) -> None:
    assert len(texts) > 100
    assert script.problems(path, texts) == []


def test_what_is_wrong_with_a_catalogue_is_found(
    script: SimpleNamespace, texts: Catalog, tmp_path: Path
) -> None:
    source = languages.FOLDER / "es.po"
    path = tmp_path / "es.po"
    shutil.copy(source.with_suffix(".mo"), tmp_path)
    text = source.read_text(encoding="utf-8")
    text = text.replace('msgstr "error: {problem}"', 'msgstr "error: {problema}"')
    text = text.replace('msgid "interrupted"', 'msgid "interrupted by nobody"')
    text = text.replace('msgstr "sin sonido"', 'msgstr ""')
    text = text.replace('msgid "no sound"', '#, fuzzy\nmsgid "no sound"', 1)
    path.write_text(text.replace('msgstr "ARCHIVO"', 'msgstr "FICHERO"'), encoding="utf-8")
    found = "\n".join(script.problems(path, texts))
    for wrong in (
        "other places: error: {problem}",
        "not in the sources: interrupted by nobody",
        "not in the catalogue: interrupted",
        "not translated: no sound",
        "not compiled: FILE",
    ):
        assert wrong in found


SAYING = {"InputError", "Interrupted", "ArgumentTypeError", "print", "print_error", "report"}
"""Functions whose first argument is shown to the user."""


def test_what_the_commands_say_is_translated_as_a_whole() -> None:
    """No text with words is put together in an f-string, and none is printed as it stands."""
    found = 0
    for path in sorted((ROOT / "mnist_jax").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=[text, *_]):
                    if name in SAYING:
                        found += 1
                        pieces = text.values if isinstance(text, ast.JoinedStr) else [text]
                        words = [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
                        whole = name == "InputError" and text in pieces
                        said = f"{path.name}, line {node.lineno}: {words}"
                        assert whole or not any(map(re.compile("[a-z]").search, words)), said
    assert found > 100


def test_adding_a_language_is_adding_one_file(
    script: SimpleNamespace, texts: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty file gets all texts; with one of them translated, that one is shown."""
    path = tmp_path / "eo.po"
    path.touch()
    path.write_bytes(script.written(script.updated(path, texts)))
    first = path.read_text(encoding="utf-8")
    assert first.count("msgid") > len(texts)
    translated = first.replace(
        'msgid "interrupted"\nmsgstr ""', 'msgid "interrupted"\nmsgstr "ĉesis"'
    )
    path.write_text(translated, encoding="utf-8")
    path.with_suffix(".mo").write_bytes(script.compiled(path))
    assert path.read_bytes() == script.written(script.updated(path, texts))
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    assert languages.available() == ("en", "eo")
    assert languages.system_language({"LANG": "eo.UTF-8"}) == "eo"
    languages.use("eo")
    assert languages.translated("interrupted") == "ĉesis"
    assert languages.translated("no sound") == "no sound"
    languages.use("en")

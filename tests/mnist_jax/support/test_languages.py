"""The language of what is shown: which it is, and how texts, counts and numbers are written."""

import plistlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mnist_jax import InputError, load_params
from mnist_jax.support import command_line, languages
from mnist_jax.support.languages import counted, translated, use, written


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    use("en")


@dataclass(frozen=True)
class Options:
    """Options of a command."""

    epochs: int = command_line.option("N", "passes over MNIST's training images", 10)
    output: str = command_line.output_option(".png", "file for the plot", "compare.png")
    of: str = command_line.option(None, "what to show", "allographs", choices=("allographs",))
    drawings: str = command_line.option("FILE", "params file to write", required=True)


def parsed(*arguments: str) -> Options:
    return command_line.parsed(
        "python -m any", Options, "Measure speed on this machine, all in one run.", arguments
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "es_MX@euro"}, "es"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_AR.UTF-8"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "xx:es-419:en"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": "es", "LC_ALL": "C"}, "en"),
        ({"LANG": "xx_XX.UTF-8"}, "en"),
        ({"LANG": "../es"}, "en"),
    ],
)
def test_the_language_is_that_of_the_system(environment: dict[str, str], language: str) -> None:
    assert languages.system_language(environment) == language


def test_macos_says_its_languages_where_no_variable_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert languages.system_language({}) == "en"
    settings = tmp_path / "Library" / "Preferences" / ".GlobalPreferences.plist"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(plistlib.dumps({"AppleLanguages": ["xx", "es-ES", "en"]}))
    assert languages.system_language({}) == "es"
    settings.write_bytes(b"damaged")
    assert languages.system_language({}) == "en"


def test_without_a_catalogue_everything_is_english() -> None:
    use("xx")
    assert translated("no sound") == "no sound"
    assert languages.name_of("es") == "Español"
    assert languages.name_of("en") == languages.name_of("xx") == "English"


def test_texts_numbers_and_counts_are_as_the_language_writes_them() -> None:
    text, values = "{summary}  {seconds:.1f} s left", {"summary": "x.y {z}", "seconds": 1234.5}
    assert translated(text, **values) == "x.y {z}  1234.5 s left"
    assert written(12345.67, ",.1f") == "12,345.7"
    use("es")
    assert translated("{summary}  {seconds:.0f} s left", summary="x.y {z}", seconds=2.5).startswith(
        "x.y {z}  quedan 2"
    )
    assert written(12345.67, ",.1f") == "12 345,7"
    assert written(1234.5, ",.2f") == "1234,50"
    assert written(0.975, ".1%") == "97,5\N{NO-BREAK SPACE}%"
    assert written(-1234567, ",") == "-1 234 567"
    assert translated("{value} cannot be read as a number", value=0.5).startswith("0.5 ")
    assert translated("") == ""
    one, several = "expected %s argument", "expected %s arguments"
    assert [counted(one, several, count) for count in (1, 2)] == [
        "falta %s valor",
        "faltan %s valores",
    ]


def test_the_library_speaks_english_until_a_language_is_chosen() -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_params("missing.safetensors")
    use("es")
    with pytest.raises(InputError, match="no existe ese archivo"):
        load_params("missing.safetensors")


def test_what_the_system_says_is_translated() -> None:
    use("es")
    with pytest.raises(InputError, match=r"\(no es una carpeta\)"):
        load_params(Path(__file__, "a.safetensors"))


def test_an_error_keeps_braces_and_control_characters_of_its_values() -> None:
    use("es")
    error = InputError("{value} cannot be read as a number", value="{0}\x1b[2J{value}")
    assert str(error) == "{0}\\x1b[2J{value} no se puede leer como un número"
    assert str(InputError("{a} and {b}: as they are")) == "{a} and {b}: as they are"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "falta lo siguiente: --drawings"),
        ("--drawings", "--drawings: falta un valor"),
        ("--drawings a --epochs ten", "--epochs: 'ten' no se puede leer como un número entero"),
        ("--drawings a --of letters", "--of: no se puede elegir 'letters' (elige entre "),
        ("--drawings a --nothing", "no conozco: --nothing"),
        ("--language xx", "--language: has puesto xx, conozco: en, es"),
        ("--drawings a --output a.gif", "--output: a.gif: no se puede escribir; "),
    ],
)
def test_wrong_options_are_told_in_the_language(
    arguments: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "es")
    with pytest.raises(InputError, match=re.escape(said)):
        parsed(*arguments.split())


def test_help_is_in_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for language in ("en", "es"):
        with pytest.raises(SystemExit):
            parsed("--help", "--language", language)
        shown[language] = capsys.readouterr().out
    assert "usage: python -m any [-h] [--language LANGUAGE]" in shown["en"]
    assert "uso: python -m any [-h] [--language IDIOMA]" in shown["es"]
    assert "Mide la velocidad en este ordenador, todo de una vez." in shown["es"]
    assert "(por defecto: compare.png)" in shown["es"]
    assert "ARCHIVO.png" in shown["es"]
    for word in ("usage", "options", "show", "help", "FILE", "default"):
        assert word in shown["en"]
        assert not re.search(rf"(?<!-)\b{word}\b", shown["es"])

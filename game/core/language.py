"""Translate the texts of the game: whole English sentences, each looked up when it is shown.

The core imports no library, so the program that starts the game passes in the functions that
translate (`use`); until then every text is in English. Values are filled in by their names, and
numbers with a format, such as "{share:.0%}", are written as the language writes them.
"""

import re
from collections.abc import Callable, Mapping


def _english(text: str, /, **values: object) -> str:
    return text.format(**values) if values else text


def _english_count(one: str, several: str, count: int, /, **values: object) -> str:
    return _english(one if count == 1 else several, count=count, **values)


class _Used:
    """The functions that translate at present, which `use` replaces."""

    translated: Callable[..., str] = staticmethod(_english)
    counted: Callable[..., str] = staticmethod(_english_count)
    formatted: Callable[[object, str], str] = staticmethod(format)
    names: Callable[[], Mapping[str, str]] = staticmethod(lambda: {"en": "English"})


def use(
    translated: Callable[..., str],
    counted: Callable[..., str],
    formatted: Callable[[object, str], str],
    names: Callable[[], Mapping[str, str]],
) -> None:
    """Translate by these functions from now on; `game/devices/translation.py` passes them in.

    Args:
        translated: translates a text, and fills in its values.
        counted: the same for a text that depends on a count; see `plural`.
        formatted: writes a number; see `formatted` below.
        names: returns the name of each language in that language, by its code.
    """
    _Used.translated, _Used.counted, _Used.formatted = translated, counted, formatted
    _Used.names = names


def names() -> Mapping[str, str]:
    """Return the name of each available language in that language, by its code."""
    return _Used.names()


def tr(text: str, /, **values: object) -> str:
    """Return a text in the player's language, with values in its places."""
    return _Used.translated(text, **values)


def mark(text: str) -> str:
    """Return the text unchanged: it is translated by `tr` where it is shown.

    The call tells `.ci/catalogues.py` that the text belongs in the catalogues.
    """
    return text


def plural(one: str, several: str, count: int, /, **values: object) -> str:
    """Return the text for a count, in the player's language."""
    return _Used.counted(one, several, count, **values)


def formatted(value: float, form: str) -> str:
    """Return a number in a format such as ".1f", as the player's language writes it."""
    return _Used.formatted(value, form)


def with_article(text: str, digit: int, /, **values: object) -> str:
    """Return a text with the digit in its place; for "a {digit}", English says "an 8"."""
    said = tr(text)
    if digit == 8 and said == text:
        said = re.sub(r"\b([Aa]) {digit}", r"\1n {digit}", said)
    return said.format(digit=digit, **values)

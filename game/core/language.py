"""The language of the texts: each whole sentence is looked up as it is shown, by its English.

The core imports no library, so whoever starts the game hands it the functions that translate
(`use`); until then every text is in English. Values are filled in by their names, and numbers with
a format, such as "{share:.0%}", are written as the language writes them.
"""

import re
from collections.abc import Callable, Mapping


def _english(text: str, /, **values: object) -> str:
    return text.format(**values) if values else text


def _english_count(one: str, several: str, count: int, /, **values: object) -> str:
    return _english(one if count == 1 else several, count=count, **values)


class _Used:
    """The functions in use."""

    translated: Callable[..., str] = staticmethod(_english)
    counted: Callable[..., str] = staticmethod(_english_count)
    written: Callable[[object, str], str] = staticmethod(format)
    names: Callable[[], Mapping[str, str]] = staticmethod(lambda: {"en": "English"})


def use(
    translated: Callable[..., str],
    counted: Callable[..., str],
    written: Callable[[object, str], str],
    names: Callable[[], Mapping[str, str]],
) -> None:
    """Show texts by these functions from now on; `mnist_jax/support/languages.py` defines them.

    The last one returns what each language calls itself, by its code.
    """
    _Used.translated, _Used.counted, _Used.written = translated, counted, written
    _Used.names = names


def names() -> Mapping[str, str]:
    """Return what each language that there is calls itself, by its code."""
    return _Used.names()


def tr(text: str, /, **values: object) -> str:
    """Return a text in the player's language, with values in its places."""
    return _Used.translated(text, **values)


def mark(text: str) -> str:
    """Return the text itself, marked for the catalogues, to be looked up where it is shown."""
    return text


def plural(one: str, several: str, count: int, /, **values: object) -> str:
    """Return the text for a count, in the player's language."""
    return _Used.counted(one, several, count, **values)


def written(value: float, form: str) -> str:
    """Return a number in a format such as ".1f", as the player's language writes it."""
    return _Used.written(value, form)


def with_article(text: str, digit: int, /, **values: object) -> str:
    """Return a text with the digit in its place; for "a {digit}", English says "an 8"."""
    said = tr(text)
    if digit == 8 and said == text:
        said = re.sub(r"\b([Aa]) {digit}", r"\1n {digit}", said)
    return said.format(digit=digit, **values)

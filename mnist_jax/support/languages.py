"""Translate what is shown: texts are English in the source, and other languages have catalogues.

A catalogue is a file `mnist_jax/languages/LANGUAGE.po`, and beside it the `.mo` file that is read
here, to which `.ci/catalogues.py` compiles it. Programs call `use` once at their start, and again
whenever another language is chosen; until then everything is English.

Texts are whole sentences with named placeholders, as in `translated("{count} of {all}", ...)`.
"""

import gettext
import os
import struct
import sys
from collections.abc import Mapping
from functools import cache
from numbers import Real
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "languages"
"""Where the catalogues are."""

ENGLISH = "en"


class _Used:
    """The language in use, for all threads."""

    name = ENGLISH
    catalogue = gettext.NullTranslations()


def available() -> tuple[str, ...]:
    """Return the codes of the available languages, English first."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.mo")))


def name_of(language: str) -> str:
    """Return the name of a language in that language: "Español" for "es"."""
    return _catalogue(language).gettext(translatable("English"))


def use(language: str | None = None) -> None:
    """Show all texts in a language from now on, by default the system's.

    Texts without a translation, and all texts if the catalogue cannot be read, stay English.
    """
    _Used.name = language or system_language()
    _Used.catalogue = _catalogue(_Used.name)


def in_use() -> str:
    """Return the code of the language that texts are shown in."""
    return _Used.name


def translatable(text: str) -> str:
    """Return the text itself, marked for the catalogues, to be translated where it is shown."""
    return text


def translated(text: str, /, **values: object) -> str:
    """Return a text in the language in use, with its placeholders filled by the values.

    Numbers with a format, as in "{percent:.1f} %" or "{share:.1%}", have the separators of the
    language; without one, as in "{count}", they have none. Without values, braces stay as they are.
    """
    return _filled(_Used.catalogue.gettext(text) if text else text, values)


def counted(one: str, several: str, count: int, /, **values: object) -> str:
    """Return the singular or plural text for a count, such as "{count} drawings", translated."""
    return _filled(_Used.catalogue.ngettext(one, several, count), {"count": count, **values})


def written(number: object, form: str) -> str:
    """Return a number in a format such as ",.1f", as the language in use writes it."""
    return format(_Number(number), form)


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the system is set to, or English if it has no catalogue."""
    given = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next(filter(None, given), "")
    if chosen in {"C", "POSIX"}:
        return ENGLISH
    wanted = environment.get("LANGUAGE") or chosen or _language_of_platform()
    for name in wanted.replace("-", "_").split(":"):
        locale = name.partition(".")[0].partition("@")[0]
        for language in (locale, locale.partition("_")[0]):
            if language in available():
                return language
    return ENGLISH


def _language_of_platform() -> str:
    """Return the locale that Windows or macOS is set to, where no variable names one."""
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(number, "")
    if sys.platform == "darwin":
        import plistlib

        try:
            data = Path("~/Library/Preferences/.GlobalPreferences.plist").expanduser().read_bytes()
            return ":".join(plistlib.loads(data)["AppleLanguages"])
        except (OSError, KeyError, TypeError, ValueError):
            return ""
    return ""


def _catalogue(language: str) -> gettext.NullTranslations:
    try:
        with (FOLDER / f"{language}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):
        return gettext.NullTranslations()


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    if _Used.name == ENGLISH:
        return text.format_map(values)
    numbers = {
        name: _Number(value) if isinstance(value, Real) else value for name, value in values.items()
    }
    return text.format_map(numbers)


class _Number:
    """A number that `format` writes with the separators of the language in use."""

    def __init__(self, number: object) -> None:
        self._number = number

    def __str__(self) -> str:
        return str(self._number)

    def __format__(self, form: str) -> str:
        text = format(self._number, form)
        if not form:
            return text
        whole = text.partition(".")[0]
        long = sum(map(str.isdigit, whole)) > len("1234")
        number = translated("12,345.6") if long else translated("1,234.5")
        return text.translate(_marks(number, translated("50%")))


@cache
def _marks(number: str, share: str) -> dict[int, str]:
    """Return a table for `str.translate`, given how the language writes a number and 50 %."""
    group = "".join(character for character in number[:-2] if not character.isdigit())
    return str.maketrans({",": group, ".": number[-2], "%": share.removeprefix("50")})

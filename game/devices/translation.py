"""Choose the language of the game; the library's catalogues have the translations."""

from functools import cache

from game.core import language
from game.core.values.settings import SYSTEM
from mnist_jax.support import languages


def speak(chosen: str) -> None:
    """Show texts in a language from now on: that of the system, or one by its code, "es"."""
    code = languages.system_language() if chosen == SYSTEM else chosen
    if code != languages.in_use():  # reading a catalogue takes milliseconds
        languages.use(code)
    language.use(languages.translated, languages.counted, languages.written, names)


@cache
def names() -> dict[str, str]:
    """Return the name of each available language in that language, by its code."""
    return {one: languages.name_of(one) for one in languages.available()}

"""The language of the texts: each whole sentence is looked up as it is shown, by its English.

The core imports no library, so whoever starts the game hands it a catalogue (`use`); until then
every text is in English.
"""

from gettext import NullTranslations

_catalogue = NullTranslations()


def use(catalogue: NullTranslations) -> None:
    """Show texts by this catalogue from now on."""
    global _catalogue  # noqa: PLW0603
    _catalogue = catalogue


def tr(text: str) -> str:
    """Return a text in the player's language."""
    return _catalogue.gettext(text)


def mark(text: str) -> str:
    """Mark a text for the catalogues that is looked up later, where it is shown."""
    return text


def sign(text: str, meaning: str) -> str:
    """Return a sign in the player's language, such as the one before decimals."""
    return _catalogue.pgettext(meaning, text)


def plural(one: str, several: str, count: int) -> str:
    """Return the text for a count, in the player's language, with the count in its place."""
    return _catalogue.ngettext(one, several, count).format(count=count)


def with_article(a: str, an: str, digit: int, **values: object) -> str:
    """Return the first text with the digit in its place, or the second, where English says "an".

    Both are given in the player's language: `with_article(tr("a {digit}"), tr("an {digit}"), 8)`.
    """
    return (an if digit == 8 else a).format(digit=digit, **values)

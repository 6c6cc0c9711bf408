"""Words and formats that are the same in all sentences of the game."""

from game.core.language import tr, with_article

UNREADABLE = "?"
"""Stands for what is not a digit. A dash would look like a minus sign."""

FIXED_SPACE = "\N{NO-BREAK SPACE}"
"""No-break space, to keep a number and its unit on one line."""

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Invisible characters that join or separate the letters of some scripts, and emoji."""


def seconds(count: float) -> str:
    """Return the time, to a tenth of a second."""
    return tr("{seconds:.1f}\N{NO-BREAK SPACE}s", seconds=count)


def percent(share: float) -> str:
    """Return the share, in whole percent."""
    return tr("{percent:.0f}\N{NO-BREAK SPACE}%", percent=100 * share)


def i_see(digit: int) -> str:
    """Return what the network says of a digit that it sees."""
    return with_article("I see a {digit}", digit)


def most_like(digit: int) -> str:
    """Return which digit a drawing that is no digit is most like, as a sentence."""
    return with_article("Most like a {digit}", digit)


def looked_like(digit: int) -> str:
    """Return which digit a misread drawing looked like, as a sentence."""
    return with_article("It looked like a {digit}.", digit)


def sure(share: float) -> str:
    """Return how sure the network is."""
    return tr("{percent} sure", percent=percent(share))


def printable(text: str) -> str:
    """Return the text with a question mark for every character that cannot be shown.

    The names and contents of files may have control characters and single surrogates.
    """
    return "".join(
        letter if is_writable(letter) or letter == FIXED_SPACE else "?" for letter in text
    )


def is_writable(letter: str) -> bool:
    """Return whether a character can be part of a line of text."""
    return letter.isprintable() or letter in JOINERS

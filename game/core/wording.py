"""How numbers and text are written, the same in all sentences of the game."""

UNREADABLE = "?"
"""Stands for what is not a digit. A dash would look like a minus sign."""

FIXED_SPACE = "\N{NO-BREAK SPACE}"
"""No-break space, to keep a number and its unit on one line."""


def a(digit: int) -> str:
    """Return the digit with its article: "a 7", but "an 8"."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def seconds(count: float) -> str:
    """Return the time, to a tenth of a second."""
    return f"{count:.1f}{FIXED_SPACE}s"


def percent(share: float) -> str:
    """Return the share, in whole percent."""
    return f"{share:.0%}".replace("%", f"{FIXED_SPACE}%")


def written(text: str) -> str:
    """Return the text with a question mark for every character that cannot be shown.

    Names of files and what they hold may have control signs and halves of a pair (surrogates).
    """
    return "".join(
        letter if letter.isprintable() or letter == FIXED_SPACE else "?" for letter in text
    )

"""How figures are said, the same in every sentence of the game."""

FIXED_SPACE = "\N{NO-BREAK SPACE}"
"""Keeps a number and its unit on one line."""


def a(digit: int) -> str:
    """The digit with its article: "a 7", but "an 8"."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def seconds(count: float) -> str:
    """The time to a tenth of a second."""
    return f"{count:.1f}{FIXED_SPACE}s"


def percent(share: float) -> str:
    """The share in whole percent."""
    return f"{share:.0%}".replace("%", f"{FIXED_SPACE}%")

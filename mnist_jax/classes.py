"""The classes of the network: the ten digits and, in most networks, "not a digit"."""

DIGITS = 10
NOT_A_DIGIT = DIGITS
"""Index of the class after the ten digits."""

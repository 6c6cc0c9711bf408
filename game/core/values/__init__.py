"""Immutable values that the state is made of, and pure functions of them."""

"""The modes and the rules they share, as pure functions of immutable values."""

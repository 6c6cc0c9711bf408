"""The state of the game, its events and its rules: pure functions, no pygame."""

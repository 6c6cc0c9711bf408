"""The view: turns the game's state into a picture."""

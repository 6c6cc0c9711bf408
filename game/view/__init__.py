"""From the state of the game to a picture."""

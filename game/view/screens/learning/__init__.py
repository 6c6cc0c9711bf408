"""The screen on which networks learn: its controls, its curves and one card for each network."""

from game.view.screens.learning.screen import scene

__all__ = ["scene"]

"""A page of numbers: the photo with what was read over it, and the chosen text to correct."""

from game.view.screens.page.screen import scene as scene

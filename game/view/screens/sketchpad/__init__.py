"""The sketchpad: the sheet for a digit, and that for a number."""

from game.view.screens.sketchpad.digit import scene as scene

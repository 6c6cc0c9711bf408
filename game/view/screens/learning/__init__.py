"""Watch it learn: the controls and curves, and a card for each network."""

from game.view.screens.learning.screen import scene as scene

"""Look inside: the pad, the network beside it, and cards that explain what it does."""

from game.view.screens.inside.screen import scene as scene

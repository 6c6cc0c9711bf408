"""Painting: draws a scene with pygame, its text, and the ink of the pad."""

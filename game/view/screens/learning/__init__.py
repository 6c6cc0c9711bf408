"""The screen on which networks learn: its controls, its curves and one card for each network."""

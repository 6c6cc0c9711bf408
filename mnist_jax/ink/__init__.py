"""From pen strokes to the 28x28 frame that the network reads."""

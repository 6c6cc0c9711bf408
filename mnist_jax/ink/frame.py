"""The frame that the network reads: 28x28 pixels with a digit in it, as MNIST lays it out."""

FRAME_PIXELS = 28
"""Side of the image the network reads, in pixels."""

PIXELS = FRAME_PIXELS**2
"""Number of pixels of that image."""

INK_BOX_PIXELS = 20
"""Longer side of the box that MNIST's digits fill, ink included (LeCun et al. 1998, page 8)."""

PEN_RADIUS_PIXELS = 0.9
"""Radius of the pen that renders drawings; about that of MNIST's ink."""

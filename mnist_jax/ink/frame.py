"""Sizes of the frame, the 28x28 image that the network reads, laid out like an MNIST image."""

FRAME_PIXELS = 28
"""Side of the frame."""

PIXELS = FRAME_PIXELS**2
"""Number of pixels in the frame."""

INK_BOX_PIXELS = 20
"""Longer side of a digit, pen width included (LeCun et al. 1998, page 8)."""

PEN_RADIUS_PIXELS = 0.9
"""Radius of the pen that renders drawings; about that of the pens in MNIST."""

"""Matplotlib figures as PNG files."""

import io

from matplotlib.figure import Figure

DPI = 120
"""Pixels per inch."""


def as_png(figure: Figure) -> bytes:
    """Return the figure as a PNG file; equal figures give equal bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()

"""Signed images as bytes, for `scene.Signed`."""

import numpy as np


def signed_bytes(values: np.ndarray, largest: float | None = None) -> bytes:
    """Return the values as bytes with 128 for zero, and 255 and 1 for the largest value.

    Without `largest`, that is the largest absolute one. If a value is not finite, all are zero.
    """
    if largest is None:
        largest = float(np.abs(values).max(initial=0))
    if not np.isfinite(largest):
        values, largest = np.zeros_like(values), 1.0
    return np.rint(128 + 127 * (values / (largest or 1.0))).astype(np.uint8).tobytes()

"""A budget for reading files of drawings, so that no small file takes long or fills the memory.

What a file of a few bytes unpacks to, or refers to again and again, may be much. So readers pay for
what they do, before they do it, in steps: one is 10 ns of an ordinary processor or a byte of
memory, whichever is more. What they may spend grows with the bytes that the file has on disk, as
reading a large file of ordinary drawings may take long.
"""

from pathlib import Path

from mnist_jax.support.errors import InputError

FREE = 100_000_000
"""What the smallest file may cost, in steps."""

PER_BYTE = 100
"""How much more each byte on disk may cost."""

BYTE = 4
"""Price of a byte unpacked, which is copied and divided."""

LINE = 20
"""Price of a line that is read by itself."""

NUMERAL_BYTE = 10
"""Price of a byte of a text that is divided into numbers."""

ITEM = 300
"""Price of a statement, an element, a reference, a range, a drawing or a stroke."""

CHILD = 20
"""Price of an element that is passed over."""

FILE = 10_000
"""Price of looking for a file to include."""

POINT = 60
"""Price of a point of a drawing, or of a component that is passed over."""

MAX_LINE = 5_000_000
"""Most characters of a line: decoding one takes up to 50 bytes for each."""


class Budget:
    """What is left to spend on reading a file and those that it includes."""

    def __init__(self, path: Path) -> None:
        """Begin with what the smallest file may cost."""
        self.path = path
        self.left = FREE

    def grant(self, size: int) -> None:
        """Add what a file of `size` bytes on disk may cost."""
        self.left += PER_BYTE * size

    def spend(self, steps: int) -> None:
        """Pay for work that is about to be done.

        Raises:
            InputError: there is not enough left.
        """
        self.left -= steps
        if self.left < 0:
            raise InputError(
                "{path}: takes too much work for its size; split it, or unpack it if packed",
                path=self.path,
            )

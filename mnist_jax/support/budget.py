"""A budget for reading files of drawings, so that no small file takes long or fills the memory.

A file of a few bytes can unpack to gigabytes, or refer to the same part many times. Readers
therefore pay for each piece of work before they do it. Prices are in steps: a step is 10 ns of an
ordinary processor or a byte of memory, whichever is more. The budget grows with the size of the
file on disk, because reading a large file of ordinary drawings may take long.
"""

from pathlib import Path

from mnist_jax.support.errors import InputError

FREE = 100_000_000
"""Budget of every file, in steps."""

PER_BYTE = 100
"""Budget added for each byte on disk, in steps."""

BYTE = 4
"""Price of an unpacked byte, which is copied and split into lines or elements."""

LINE = 20
"""Price of a line of a file that is read line by line."""

NUMERAL_BYTE = 10
"""Price of a byte of text that is split into numbers."""

ITEM = 300
"""Price of a statement, an element, a reference, a range, a drawing or a stroke."""

CHILD = 20
"""Price of an element that is skipped."""

FILE = 10_000
"""Price of looking for a file to include."""

POINT = 60
"""Price of a point of a drawing, or of a component that is skipped."""

MAX_LINE = 5_000_000
"""Most characters of a line: decoding one takes up to 50 bytes for each."""


class Budget:
    """The steps left for reading a file and the files that it includes."""

    def __init__(self, path: Path) -> None:
        """Begin with `FREE` steps; errors name `path`."""
        self.path = path
        self.left = FREE

    def grant(self, size: int) -> None:
        """Add the budget of a file of `size` bytes on disk."""
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

"""What a picture may take in bytes, memory and time, checked before its pixels are decoded.

A file of a few megabytes can unpack to gigabytes, or have Pillow go through the same pixels
thousands of times. With these limits it takes at most 5 seconds and 500 MB, with one exception: the
decoder of AVIF may take 1 GB if the file gives a wrong size, which it finds out only afterwards.
"""

import math
import mmap
import re
from pathlib import Path
from typing import Any

import numpy as np

from mnist_jax.support.errors import InputError

MOST_BYTES = 100_000_000
"""Largest file that is opened."""

MOST_MEMORY = 75_000_000
"""Most bytes that a decoded picture may take: 25 million pixels in colour, 75 in grey."""

MEMORY_PER_PIXEL = {"1": 1, "L": 1, "RGB": 3, "HEIC": 3, "JPEG": 0.75, "MPO": 0.75, "WEBP": 6}
"""Bytes for a pixel by format or mode. Large JPEGs are decoded at a fraction of their size, WebP
keeps several copies, and all other modes take 4 bytes, as does what has transparent parts."""

MOST_JPEG_MEMORY = 400_000_000
"""Most bytes that a JPEG may take while it is decoded."""

MOST_SCANNED = 2_500_000_000
"""Most pixels that all scans of a JPEG may go through together."""

MOST_PARTS = 2_000
"""Most segments of a JPEG, and most comment signs in a PPM of text. For each of them, Pillow may
copy all of the data before it."""

MOST_STRIPS = 100_000
"""Most strips or tiles of a TIFF."""


def check_bytes(path: Path) -> None:
    """Raise an InputError if a file is too large, or is a PPM with too many comments."""
    if (size := path.stat().st_size) > MOST_BYTES:
        raise InputError(
            "has {size:,} bytes, more than {most:,}; scale it down first",
            size=size,
            most=MOST_BYTES,
        )
    with path.open("rb") as file:
        if file.read(2) in {b"P1", b"P2", b"P3"} and file.read().count(b"#") > MOST_PARTS:
            raise InputError(
                "has more than {most:,} signs #; save it without comments", most=MOST_PARTS
            )


def check_size(size: tuple[int, int], *kinds: str | None) -> None:
    """Raise an InputError if a picture is empty, or too large for the first of its known `kinds`.

    A kind is a format or a mode of Pillow.
    """
    width, height = size
    if not width * height:
        raise InputError("is empty")
    bytes_each = next((MEMORY_PER_PIXEL[kind] for kind in kinds if kind in MEMORY_PER_PIXEL), 4)
    most = int(MOST_MEMORY / bytes_each)
    if width * height > most:
        raise InputError(
            "has {width:,} x {height:,} pixels, more than {most:,} in all; scale it down first",
            width=width,
            height=height,
            most=most,
        )


_MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd8])")
"""Start of a segment of a JPEG (ITU-T T.81, B.1.1). Others are data, padding or have no segment."""

_SCAN, _END = 0xDA, 0xD9


def count_scans(path: Path) -> int:
    """Return the number of scans of a JPEG, if it has at most `MOST_PARTS` segments."""
    scans = segments = 0
    at = 2
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        while (found := _MARKER.search(data, at)) and (marker := found[1][0]) != _END:
            scans += marker == _SCAN
            segments += 1
            if segments > MOST_PARTS:
                raise InputError(
                    "has more than {most:,} segments; save it as a new picture", most=MOST_PARTS
                )
            at = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return scans


def check_jpeg(image: Any, scans: int, side: int) -> None:
    """Raise an InputError if decoding a JPEG takes too much time or memory.

    Each scan goes through all pixels. Pillow takes four bytes for each pixel of the result, which
    libjpeg shrinks as long as its shorter side is at least `side`. If there are several scans,
    libjpeg keeps all coefficients, of two bytes each.
    """
    pixels = math.prod(image.size)
    if scans * pixels > MOST_SCANNED:
        raise InputError("has {count:,} scans; save it as a new picture", count=scans)
    shrunk = max(part for part in (1, 2, 4, 8) if part == 1 or part * side <= min(image.size))
    memory = 4 * pixels / shrunk**2
    if scans > 1:
        sampling = [across * down for _, across, down, _ in image.layer]
        memory += 2 * pixels * sum(sampling) / max([1, *sampling])
    if memory > MOST_JPEG_MEMORY:
        raise InputError("takes {size:,.0f} MB to decode; scale it down first", size=memory / 1e6)


def check_tiff(path: Path) -> None:
    """Raise an InputError if a TIFF has too many strips or tiles, or too large ones."""
    from PIL.TiffImagePlugin import (
        STRIPOFFSETS,
        TILELENGTH,
        TILEOFFSETS,
        TILEWIDTH,
        ImageFileDirectory_v2,
    )

    with path.open("rb") as file:
        start = file.read(16)
        directory = ImageFileDirectory_v2(start if start[2] == 43 else start[:8])
        file.seek(directory.next)
        directory.load(file)
    count = max(np.size(directory.get(tag, ())) for tag in (STRIPOFFSETS, TILEOFFSETS))
    if count > MOST_STRIPS:
        raise InputError("is stored in {count:,} parts; save it as a new picture", count=count)
    width, height = directory.get(TILEWIDTH, 1), directory.get(TILELENGTH, 1)
    if width * height > MOST_MEMORY / 4:
        raise InputError(
            "has tiles of {width:,} x {height:,} pixels; save it as a new picture",
            width=width,
            height=height,
        )

"""Pictures that are small and could cost much: each ends in time, read or refused."""

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pillow_heif
import pytest
from PIL import Image

from mnist_jax.model import MLP
from mnist_jax.pictures import read_picture
from mnist_jax.support.errors import InputError
from tests.costs import assert_ends, damaged, errors_in_damaged, pytestmark  # noqa: F401
from tests.mnist_jax.ink.pictures.test_files import sample
from tests.pictures import encoded

READ = ""
SMALL = (300, 300)


class Costly(NamedTuple):
    """A picture: what makes it costly, how reading it ends, and its bytes."""

    what: str
    ends: str
    data: Callable[[], bytes]


def jpeg(size: tuple[int, int] = SMALL, mode: str = "RGB", **settings: object) -> bytes:
    """Return a white JPEG."""
    return encoded(Image.new(mode, size, "white"), "JPEG", **settings)


def repeated_scan(size: tuple[int, int], count: int, **settings: object) -> bytes:
    """Return a progressive JPEG with its last scan so many times more."""
    data = jpeg(size, progressive=True, **settings)
    start, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:end] + data[start:end] * count + data[end:]


def with_segments(segment: bytes, count: int) -> Callable[[], bytes]:
    """Return a function that makes a JPEG with a segment so many times."""
    return lambda: jpeg()[:2] + segment * count + jpeg()[2:]


def png(
    size: tuple[int, int], bits: int, colours: int, before: bytes = b"", surplus: int = 0
) -> bytes:
    """Return a PNG of zeros, with chunks before the pixels and bytes after them."""
    width, height = size
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colours]
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    rows = bytes(height * (1 + (width * bits * channels + 7) // 8) + surplus)
    pixels = zlib.compress(rows, 9)
    body = chunk(b"IHDR", header) + before + chunk(b"IDAT", pixels) + chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + body


def chunk(name: bytes, data: bytes = b"") -> bytes:
    """Return a chunk of a PNG."""
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def gif(extension: bytes) -> bytes:
    """Return a GIF with something before its picture."""
    data = encoded(Image.new("P", SMALL), "GIF")
    start = data.index(b",\0\0\0\0")
    return data[:start] + extension + data[start:]


def bmp(rows: bytes, size: tuple[int, int] = (4300, 4300)) -> bytes:
    """Return a BMP whose rows are encoded in runs."""
    offset = 54 + 1024
    header = struct.pack("<2sIHHI", b"BM", offset + len(rows), 0, 0, offset)
    info = struct.pack("<IiiHHIIiiII", 40, *size, 1, 8, 1, len(rows), 1, 1, 256, 0)
    return header + info + bytes(1024) + rows


def directory(*entries: tuple[int, int, int, int], data: bytes = b"", after: int = 0) -> bytes:
    """Return a TIFF with these entries: tag, type, count and value, which may be an offset."""
    packed = b"".join(struct.pack("<HHLL", *entry) for entry in sorted(entries))
    return b"II*\0" + struct.pack("<LH", 8, len(entries)) + packed + struct.pack("<L", after) + data


def tiff(
    size: tuple[int, int],
    *entries: tuple[int, int, int, int],
    compression: int = 1,
    data: bytes = b"",
    after: int = 0,
) -> bytes:
    """Return a TIFF in grey with these entries too."""
    width, height = size
    usual = ((256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression))
    return directory(*usual, (262, 3, 1, 1), *entries, data=data, after=after)


def tiled(side: int) -> bytes:
    """Return a TIFF of one large tile."""
    pixels = zlib.compress(bytes(side * side), 9)
    tile = ((322, 4, 1, side), (323, 4, 1, side), (324, 4, 1, 122), (325, 4, 1, len(pixels)))
    return tiff((100, 100), *tile, compression=8, data=pixels)


def stripped(count: int, compression: int = 1) -> bytes:
    """Return a TIFF of many strips, all at one place."""
    strips = ((273, 4, count, 110), (278, 4, 1, 1), (279, 4, 1, 0))
    offsets = struct.pack("<L", 8) * count
    return tiff((1000, 70_000), *strips, compression=compression, data=offsets)


def overlapping(count: int, size: int) -> bytes:
    """Return EXIF data whose entries all have the same data."""
    entries = [(tag, 7, size, 14 + 12 * count) for tag in range(1, count + 1)]
    return directory(*entries, data=bytes(size))


def lying(data: bytes) -> bytes:
    """Return a HEIC or AVIF whose size is said to be 100 x 100."""
    return re.sub(rb"(?s)(ispe....)........", rb"\1" + struct.pack(">II", 100, 100), data)


def heic(size: tuple[int, int]) -> bytes:
    """Return a black HEIC."""
    pillow_heif.register_heif_opener()
    return encoded(Image.new("RGB", size), "HEIF", quality=10)


COSTLY = [
    Costly("JPEG, scans", "2,000 segments", lambda: repeated_scan((8000, 6000), 5_700)),
    Costly("JPEG, few scans", "1,010 scans", lambda: repeated_scan((3000, 2000), 1_000)),
    Costly("JPEG, scans of a small one", READ, lambda: repeated_scan((1300, 900), 1_900)),
    Costly("JPEG, large and progressive", READ, lambda: jpeg((11_500, 8_600), progressive=True)),
    Costly(
        "JPEG, progressive in full colour",
        "takes 600 MB",
        lambda: jpeg((11_500, 8_600), progressive=True, subsampling=0),
    ),
    Costly(
        "JPEG, progressive in CMYK",
        "takes 797 MB",
        lambda: jpeg((11_500, 8_600), "CMYK", progressive=True, subsampling=0),
    ),
    Costly("JPEG, CMYK", READ, lambda: jpeg((11_500, 8_600), "CMYK")),
    Costly("JPEG, narrow", READ, lambda: jpeg((65_000, 1_530), subsampling=0)),
    Costly(
        "JPEG, narrow and progressive", "MB to", lambda: jpeg((65_000, 1_530), progressive=True)
    ),
    Costly("JPEG, empty segments", "segments", with_segments(b"\xff\xe5\0\x02", 1_000_000)),
    Costly(
        "JPEG, EXIF in parts",
        "segments",
        with_segments(b"\xff\xe1\x01\x08Exif\0\0" + bytes(256), 20_000),
    ),
    Costly(
        "JPEG, EXIF in fewer parts",
        READ,
        with_segments(b"\xff\xe1\x0b\x08Exif\0\0" + bytes(2_816), 1_800),
    ),
    Costly("JPEG, padding", READ, with_segments(b"\xff", 5_000_000)),
    Costly("JPEG, EXIF", READ, lambda: jpeg(exif=b"Exif\0\0" + overlapping(2_600, 30_000))),
    Costly("PNG, chunks", READ, lambda: png(SMALL, 8, 0, chunk(b"prVt") * 400_000)),
    Costly("PNG, empty data", READ, lambda: png(SMALL, 8, 0, chunk(b"IDAT") * 400_000)),
    Costly("PNG, texts", READ, lambda: png(SMALL, 8, 0, chunk(b"tEXt", b"a\0b") * 300_000)),
    Costly(
        "PNG, packed texts",
        "text chunks",
        lambda: png(SMALL, 8, 0, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**6))) * 4_000),
    ),
    Costly(
        "PNG, colour profile",
        "too large",
        lambda: png(SMALL, 8, 0, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(2 * 10**8)))),
    ),
    Costly("PNG, bytes after the pixels", READ, lambda: png(SMALL, 8, 0, surplus=2 * 10**8)),
    Costly("PNG, EXIF", READ, lambda: png(SMALL, 8, 0, chunk(b"eXIf", overlapping(60_000, 10**6)))),
    Costly("PNG, one bit", READ, lambda: png((8600, 8600), 1, 0)),
    Costly("PNG, grey", READ, lambda: png((8600, 8600), 8, 0)),
    Costly("PNG, colour of 16 bits", READ, lambda: png((5000, 5000), 16, 2)),
    Costly("PNG, grey of 16 bits", READ, lambda: png((4300, 4300), 16, 0)),
    Costly(
        "PNG, grey with a transparent shade",
        "18,750,000",
        lambda: png((8600, 8600), 8, 0, chunk(b"tRNS", b"\0\0")),
    ),
    Costly("GIF, comments", READ, lambda: gif(b"!\xfe\x01a\0" * 1_000_000)),
    Costly("GIF, a comment", READ, lambda: gif(b"!\xfe" + b"\x01a" * 2_500_000 + b"\0")),
    Costly("GIF, extensions", "can be read", lambda: gif(b"!\x01\0" * 1_600_000)),
    Costly("GIF, zeros", READ, lambda: gif(bytes(5_000_000))),
    Costly("BMP, runs of one pixel", "not enough", lambda: bmp(b"\x01\x05" * 2_500_000)),
    Costly("BMP, empty rows", READ, lambda: bmp(b"\x01\x01\0\0" * 4_300)),
    Costly("BMP, runs that are cut", "not", lambda: bmp(b"\xff\x01" * 2_500_000, (1, 18_490_000))),
    Costly("PPM, text", READ, lambda: b"P2 1580 1580 255\n" + b"1 " * 2_496_400),
    Costly("PPM, other brightness", READ, lambda: b"P6 1290 1290 100\n" + bytes(4_992_300)),
    Costly("PPM, comments", "signs #", lambda: b"P3 1000 1000 255\n" + b"#\n" * 2_500_000),
    Costly("PPM, spaces", READ, lambda: b"P3" + b" " * 5_000_000 + b"1 1 255 1 1 1"),
    Costly("TIFF, a tile", "tiles of 20,000 x 20,000", lambda: tiled(20_000)),
    Costly("TIFF, strips", "in 1,200,000 parts", lambda: stripped(1_200_000)),
    Costly("TIFF, packed strips", "in 1,200,000 parts", lambda: stripped(1_200_000, compression=8)),
    Costly("TIFF, fewer strips", "can be read", lambda: stripped(99_999, compression=8)),
    Costly(
        "TIFF, directories",
        "several pictures",
        lambda: (
            tiff((10, 10), (273, 4, 1, 8), after=86)
            + b"".join(
                struct.pack("<HHHLLL", 1, 256, 4, 1, 10, 86 + 18 * number)
                for number in range(1, 250_000)
            )
        ),
    ),
    Costly(
        "TIFF, fractions",
        READ,
        lambda: tiff(
            (10, 10), (273, 4, 1, 8), (5000, 5, 600_000, 98), data=b"\1\0\0\0\1\0\0\0" * 600_000
        ),
    ),
    Costly("TIFF, overlapping entries", "can be read", lambda: overlapping(60_000, 2_000_000)),
    Costly("WebP", "transparent", lambda: encoded(Image.new("RGBA", (3500, 3500)), "WEBP")),
    Costly("AVIF", READ, lambda: encoded(Image.new("RGB", (5000, 5000)), "AVIF", speed=10)),
    Costly(
        "AVIF, another size",
        READ,
        lambda: lying(encoded(Image.new("RGB", (8_000, 8_000)), "AVIF", speed=10)),
    ),
    Costly("HEIC", READ, lambda: heic((3000, 3000))),
    Costly("HEIC, another size", "can be read", lambda: lying(heic((2000, 2000)))),
]


def test_a_costly_picture_ends_in_time(tmp_path: Path) -> None:
    assert_ends("picture", tmp_path, ((one.what, one.ends, one.data()) for one in COSTLY))


GOOD: dict[str, list[Callable[[], bytes]]] = {
    "JPEG": [
        lambda: encoded(sample((60, 40)), "JPEG"),
        lambda: encoded(sample((60, 40)), "JPEG", progressive=True),
    ],
    "PNG": [lambda: encoded(sample((60, 40)), "PNG")],
    "GIF": [lambda: encoded(sample((60, 40)), "GIF")],
    "BMP": [
        lambda: encoded(sample((20, 10)), "BMP"),
        lambda: bmp(b"\x14\x05\0\0" * 10 + b"\0\1", (20, 10)),
    ],
    "PPM": [
        lambda: encoded(sample((20, 10)), "PPM"),
        lambda: b"P3 20 10 255 # a comment\n" + b"7 80 199 " * 200,
    ],
    "TIFF": [
        lambda: encoded(sample((20, 10)), "TIFF"),
        lambda: encoded(sample((60, 40)), "TIFF", compression="tiff_lzw"),
        lambda: encoded(sample((64, 40)), "TIFF", compression="jpeg"),
    ],
    "WebP": [lambda: encoded(sample((60, 40)), "WEBP")],
    "AVIF": [lambda: encoded(sample((60, 40)), "AVIF")],
    "HEIC": [lambda: heic((64, 64))],
}
"""Small pictures of each format."""


@pytest.mark.parametrize("name", GOOD)
def test_a_damaged_picture_is_read_or_refused_in_time(name: str, tmp_path: Path) -> None:
    good = [make() for make in GOOD[name]]
    errors = [error for error, _ in errors_in_damaged("picture", tmp_path, good)]
    assert 0 < sum(map(bool, errors)) < len(errors)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "BMP"])
def test_the_number_in_a_damaged_picture_is_read_or_refused(
    shipped: MLP, file_format: str, tmp_path: Path
) -> None:
    """The whole way, as what is decoded may have odd pixels."""
    for seed in range(20):
        (tmp_path / "damaged").write_bytes(damaged(encoded(sample(), file_format), seed))
        try:
            assert read_picture(shipped, tmp_path / "damaged").digits
        except InputError as error:
            assert str(error).startswith(str(tmp_path / "damaged"))

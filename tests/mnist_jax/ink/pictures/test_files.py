"""Decoding: what people have pictures in, and what is refused, without much time or memory."""

import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnist_jax.ink.pictures.files import WORKING_SIDE, load_photo
from mnist_jax.support.errors import InputError
from tests.pictures import as_image, encoded, stored_turned
from tests.processes import printed_by


def sample(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Return a picture without any symmetry, light, with a dark and a red bar."""
    pixels = np.full((size[1], size[0], 3), 240.0)
    pixels[size[1] // 5 : size[1] // 2, size[0] // 8 : size[0] // 4] = 20
    pixels[size[1] // 2 : size[1] * 2 // 3, size[0] // 8 : size[0] * 2 // 3] = (200, 30, 40)
    return as_image(pixels)


def loaded(data: bytes, folder: Path) -> np.ndarray:
    """Return what is loaded from a file with these bytes, whose name says nothing."""
    (folder / "picture").write_bytes(data)
    photo, _ = load_photo(folder / "picture")
    return photo.astype(float)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far two pictures are apart in the mean."""
    assert one.shape == other.shape
    return float(np.abs(one - other).mean())


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_a_picture_upright(file_format: str, orientation: int, tmp_path: Path) -> None:
    stored = stored_turned(sample(), orientation, file_format)
    assert apart(loaded(stored, tmp_path), np.asarray(sample())) < 4


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "CMYK", "1", "I;16", "I", "F"])
def test_modes_of_pillow_look_the_same(mode: str, tmp_path: Path) -> None:
    grey = sample().convert("L")
    if mode in {"I;16", "I"}:
        image = Image.fromarray(np.asarray(grey, "i4" if mode == "I" else "u2") * 257)
    else:
        image = grey.convert(mode)
    expected = np.asarray(grey.convert("RGB"))
    limit = 45 if mode == "1" else 2
    assert apart(load_photo(image)[0].astype(float), expected) < limit
    assert apart(loaded(encoded(image, "TIFF"), tmp_path), expected) < limit


@pytest.mark.parametrize(
    "file_format", ["PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM", "AVIF", "HEIF"]
)
def test_formats_look_the_same(file_format: str, tmp_path: Path) -> None:
    if file_format == "HEIF":
        pillow_heif = pytest.importorskip("pillow_heif")
        pillow_heif.from_pillow(sample()).save(tmp_path / "saved", format="HEIF")
    else:
        sample().save(tmp_path / "saved", file_format)
    assert apart(loaded((tmp_path / "saved").read_bytes(), tmp_path), np.asarray(sample())) < 4


@pytest.mark.parametrize(
    "pixels",
    [
        np.asarray(sample()),
        np.asarray(sample()).astype(np.int64),
        np.asarray(sample()).astype(np.uint16) * 257,
        np.asarray(sample()) / 255,
        np.asarray(sample()).astype(np.float32),
        np.dstack([np.asarray(sample()), np.full((300, 400), 255, np.uint8)]),
    ],
    ids=["uint8", "int64", "uint16", "floats to 1", "floats to 255", "with alpha"],
)
def test_arrays_look_the_same(pixels: np.ndarray) -> None:
    assert apart(load_photo(pixels)[0].astype(float), np.asarray(sample())) < 1


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32])
def test_a_mask_is_black_and_white(dtype: type) -> None:
    assert set(np.unique(load_photo(np.eye(400, dtype=dtype))[0])) == {0, 255}


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (np.full((9, 9), np.nan), "values from nan"),
        (np.full((9, 9), np.inf), "values from inf"),
        (np.full((9, 9), -1), "values from -1"),
        (np.full((9, 9), 70000), "to 70000"),
        (np.zeros((9, 0)), "empty"),
        (np.zeros(9), "shape"),
        (np.zeros((9, 9, 2)), "shape"),
        (np.zeros((2, 9, 9, 3)), "shape"),
        (np.full((9, 9), 1j), "complex"),
        (np.full((9, 9), "7"), "<U1"),
        ([[0, 1]], "list is not a picture"),
        (None, "NoneType is not a picture"),
        (Image.new("RGB", (0, 9)), "empty"),
        (Image.new("RGBA", (9, 9)), "transparent everywhere"),
    ],
)
def test_what_is_no_picture_is_refused(picture: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_photo(picture)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "empty.png").write_bytes(b"")
    for name, said in [
        ("none.png", "no such file"),
        ("", "is not a file"),
        ("notes.txt", "that can be read"),
        ("empty.png", "that can be read"),
    ]:
        with pytest.raises(InputError, match=said) as caught:
            load_photo(str(tmp_path / name))
        assert str(caught.value).startswith(str(tmp_path / name))
    with pytest.raises(InputError, match=r"^none\\n\.png: there is"):
        load_photo("none\n.png")


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP", "TIFF"])
def test_an_animation_is_refused(file_format: str, tmp_path: Path) -> None:
    frames = [sample(), sample().rotate(90)]
    data = encoded(frames[0], file_format, save_all=True, append_images=frames[1:])
    with pytest.raises(InputError, match="several pictures"):
        loaded(data, tmp_path)


def test_the_photo_that_a_phone_stores_with_its_depth_is_read(tmp_path: Path) -> None:
    data = encoded(sample(), "MPO", save_all=True, append_images=[sample((80, 60))])
    assert apart(loaded(data, tmp_path), np.asarray(sample())) < 4


def lying_png(width: int, height: int, rows: bytes) -> bytes:
    """Return a PNG of one bit a pixel that claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize("size", [(40_000, 30_000), (12_000, 9_000), (10, 2_000_000_000)])
def test_a_picture_of_too_many_pixels_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="scale it down"):
        loaded(lying_png(*size, b"\0"), tmp_path)


def test_the_scale_leads_back_to_the_pixels_of_the_picture(tmp_path: Path) -> None:
    for width, height in ((2000, 1500), (1500, 900), (640, 480), (28, 28), (3, 900)):
        (tmp_path / "picture").write_bytes(encoded(sample((width, height)), "JPEG"))
        photo, scale = load_photo(tmp_path / "picture")
        assert max(photo.shape) <= WORKING_SIDE
        assert photo.shape[1] * scale == pytest.approx(width, rel=0.01, abs=scale)
        assert photo.shape[0] * scale == pytest.approx(height, rel=0.01, abs=scale)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "I;16", "CMYK"])
def test_the_largest_pictures_leave_memory_for_the_network(mode: str, tmp_path: Path) -> None:
    image = Image.new(mode, (4800, 3900) if mode != "RGB" else (5700, 4300))
    image.save(tmp_path / "large", "TIFF" if mode in {"CMYK", "I;16"} else "PNG")
    script = f"""
import contextlib, re
from mnist_jax.ink.pictures.files import load_photo
with contextlib.suppress(ValueError):  # it may be transparent everywhere
    load_photo({str(tmp_path / "large")!r})
print(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1])
"""
    assert int(printed_by(script)) < 260 * 1024

"""Load a picture, from a file, Pillow or an array, upright and at the size to look for ink in.

Only the formats that people have pictures in are opened, and nothing of Pillow's global state is
changed. What would take too much time or memory to decode is refused first, by `limits`.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from mnist_jax.ink.pictures.limits import (
    check_bytes,
    check_jpeg,
    check_size,
    check_tiff,
    count_scans,
)
from mnist_jax.support.errors import MAX_MESSAGE, InputError, printable
from mnist_jax.support.files import checked_input
from mnist_jax.support.languages import translatable, translated

WORKING_SIDE = 1000
"""Longer side of the pictures that ink is looked for in, in pixels."""

SMALLEST_SIDE = 280
"""Smaller pictures are enlarged to this longer side, as the edges of ink fall between pixels."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "AVIF")
"""Formats to open with Pillow, which knows some fifty more; some of those start other programs."""

HINT = translatable("give a photo, a scan or a screenshot as JPEG, PNG, WebP or HEIC")

Photo = UInt8[np.ndarray, "_ _ 3"]
"""A picture in colour: red, green and blue of each pixel."""


def load_photo(
    picture: Any, side: int = WORKING_SIDE, smallest: int = SMALLEST_SIDE
) -> tuple[Photo, float]:
    """Return a picture upright and in colour, and how many of its own pixels make one of these.

    Its longer side is at most `side` and at least `smallest` pixels.

    `picture` is a path, a Pillow image, or an array `(height, width)` or `(height, width, 3 or 4)`
    of bools, or of numbers up to 1, 255 or 65,535.

    Raises:
        InputError: it cannot be read as a picture, or it is empty, too large or animated.
    """
    if not isinstance(picture, str | Path | Image.Image | np.ndarray):
        raise InputError(
            "{found} is not a picture; {hint}",
            found=type(picture).__name__,
            hint=translated(HINT),
        )
    with _problems_named(picture_name(picture)):
        if isinstance(picture, np.ndarray):
            return _to_size(Image.fromarray(_as_bytes(picture)), (smallest, side))
        if isinstance(picture, Image.Image):
            return _load(picture.copy(), (smallest, side))
        with _opened(checked_input(Path(picture), HINT), side) as image:
            return _load(image, (smallest, side))


def picture_name(picture: Any) -> str:
    """Return the name of the picture in errors: its path, if it has one."""
    return str(picture) if isinstance(picture, str | Path) else translated("the picture")


@contextmanager
def _problems_named(name: str) -> Iterator[None]:
    """Turn whatever goes wrong with a picture into an InputError that names it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow, about files that it can read all the same
            yield
    except InputError as error:
        named = printable(f"{name}: ", MAX_MESSAGE)  # as in the message of the error
        raise InputError(f"{name}: {str(error).removeprefix(named)}") from error
    except Image.DecompressionBombError as error:
        raise InputError("{name}: has too many pixels; scale it down first", name=name) from error
    except UnidentifiedImageError as error:
        raise InputError(
            "{name}: is not a picture that can be read; {hint}", name=name, hint=translated(HINT)
        ) from error
    except Exception as error:
        raise InputError(
            "{name}: is not a picture that can be read ({reason}); {hint}",
            name=name,
            reason=str(error) or type(error).__name__,
            hint=translated(HINT),
        ) from error


@contextmanager
def _opened(path: Path, side: int) -> Iterator[Image.Image]:
    """Open a picture, whose pixels are decoded later."""
    check_bytes(path)
    with path.open("rb") as file:
        start = file.read(32)
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS:
        import pillow_heif

        heic = pillow_heif.open_heif(path)
        check_size(heic.size, "HEIC")
        yield heic.to_pillow()
        return
    if start.startswith((b"II", b"MM")):
        check_tiff(path)
    scans = count_scans(path) if start.startswith(b"\xff\xd8") else 0
    with Image.open(path, formats=FORMATS) as image:
        if scans:
            check_jpeg(image, scans, side)
        yield image


_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def _load(image: Image.Image, sides: tuple[int, int]) -> tuple[Photo, float]:
    """Decode an image that was opened, scaled down as early as possible."""
    check_size(image.size, image.format, "RGBA" if image.has_transparency_data else image.mode)
    if image.format != "MPO" and getattr(image, "is_animated", False):  # MPO: a photo and its depth
        raise InputError("has several pictures in it; save one of them as a picture of its own")
    original = max(image.size)
    image.draft(None, (sides[1], sides[1]))
    drafted = original / max(image.size)
    photo, scale = _to_size(_in_bytes(image), sides, image.getexif())
    return photo, scale * drafted


def _in_bytes(image: Image.Image) -> Image.Image:
    """Return the image in a mode of eight bits a channel that can be scaled."""
    if image.mode[0] in "IF":
        return Image.fromarray(_as_bytes(np.asarray(image)))
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _to_size(
    image: Image.Image, sides: tuple[int, int], exif: Image.Exif | None = None
) -> tuple[Photo, float]:
    """Scale, turn upright and lay on paper; return the photo and its scale."""
    smallest, largest = sides
    longer = max(image.size)
    scale = longer / min(max(longer, smallest), largest)
    width, height = (max(1, round(side / scale)) for side in image.size)
    if scale < 1:
        image = image.resize((width, height), Image.Resampling.BICUBIC)
    elif scale > 1:
        image = image.resize((width, height), Image.Resampling.BOX, reducing_gap=1.0)
    if exif:
        image.getexif()[ExifTags.Base.Orientation] = exif.get(ExifTags.Base.Orientation, 1)
        image = ImageOps.exif_transpose(image)
    return np.asarray(_on_paper(image)), scale


def _on_paper(image: Image.Image) -> Image.Image:
    """Return the image in colour, transparent parts filled with a colour unlike its ink.

    If what is opaque has one brightness, it is ink; otherwise it has paper of its own.
    """
    if image.mode != "RGBA":
        return image.convert("RGB")
    pixels = np.asarray(image)
    opaque = pixels[pixels[:, :, 3] > 127][:, :3]
    if not len(opaque):
        raise InputError("is transparent everywhere")
    low, middle, high = np.percentile(opaque.mean(axis=1), [5, 50, 95])
    if high - low > 60:
        colour = tuple(np.median(opaque, axis=0).astype(int).tolist())
    else:
        colour = (0, 0, 0) if middle > 127 else (255, 255, 255)
    paper = Image.new("RGBA", image.size, (*colour, 255))
    paper.alpha_composite(image)
    return paper.convert("RGB")


def _as_bytes(pixels: np.ndarray) -> UInt8[np.ndarray, "..."]:
    """Return an array of bools, integers or floats as values from 0 to 255.

    Values above 255 have as many bits as the largest needs: 12 or 16, as a rule.
    """
    if pixels.dtype.kind not in "buif" or not (
        pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))
    ):
        raise InputError(
            "is {dtype} of shape {shape}; expected numbers of shape (height, width) "
            "or (height, width, 3 or 4)",
            dtype=pixels.dtype,
            shape=pixels.shape,
        )
    check_size(pixels.shape[1::-1], "L" if pixels.ndim == 2 and pixels.itemsize == 1 else "RGB")
    low, high = pixels.min(), pixels.max()
    if not (low >= 0 and high <= 65535):
        raise InputError(
            "has values from {low} to {high}; expected 0 to 1, 0 to 255 or 0 to 65535",
            low=low,
            high=high,
        )
    if 1 < high <= 255:
        return pixels.astype(np.uint8)
    most = 2 ** int(high).bit_length() - 1 if high > 255 else 1
    return (pixels * np.float32(255 / most)).astype(np.uint8)


def resized(photo: Photo, longer: int) -> tuple[Photo, float]:
    """Return the photo with at most this longer side, and by how much it was shrunk."""
    shrunk = max(1.0, max(photo.shape[:2]) / longer)
    size = [max(1, round(side / shrunk)) for side in photo.shape[1::-1]]
    image = Image.fromarray(photo).resize((size[0], size[1]), Image.Resampling.BOX)
    return np.asarray(image), shrunk

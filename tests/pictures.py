"""Made-up pictures of drawings: photos, scans, screenshots and files of many kinds."""

import io
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mnist_jax.ink.strokes import Drawing

Rng = np.random.Generator
Kind = Callable[[Drawing, Rng], bytes]
"""From a drawing to the bytes of a picture file that shows it."""

FINER = 2
"""Lines are drawn on a grid finer by this factor, then averaged."""


def written(
    drawing: Drawing,
    rng: Rng,
    size: tuple[int, int] = (800, 600),
    share: tuple[float, float] = (0.25, 0.75),
    pen: tuple[float, float] = (0.03, 0.08),
) -> np.ndarray:
    """Return how much ink each pixel has, 0 to 1.

    The drawing's longer side is a random `share` of the picture's shorter side, and the width of
    the `pen` a random part of that; it lies anywhere in the picture.
    """
    width, height = size
    side = rng.uniform(*share) * min(size)
    radius = max(rng.uniform(*pen) * side, 1.2) / 2
    points = np.concatenate(drawing)
    low, extent = points.min(0), np.ptp(points, axis=0)
    factor = side / max(extent.max(), 1e-9)
    margin = radius + 0.04 * min(size)
    free = np.array(size) - extent * factor - 2 * margin
    corner = margin + np.maximum(free, 0) * rng.uniform(0, 1, 2)
    sheet = Image.new("L", (width * FINER, height * FINER))
    draw = ImageDraw.Draw(sheet)
    for stroke in drawing:
        places = (((stroke - low) * factor + corner) * FINER).tolist()
        _line(draw, places, radius * FINER)
    return np.asarray(sheet.reduce(FINER), dtype=np.float32) / 255


def _line(draw: ImageDraw.ImageDraw, places: list[list[float]], radius: float) -> None:
    for (x, y), (x2, y2) in pairwise(places):
        draw.line([(x, y), (x2, y2)], fill=255, width=max(1, round(2 * radius)))
    for x, y in places:
        draw.ellipse([(x - radius, y - radius), (x + radius, y + radius)], fill=255)


def turned(drawing: Drawing, degrees: float) -> Drawing:
    """Return the drawing rotated, as a sheet is on which it was photographed."""
    angle = np.deg2rad(degrees)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return tuple(stroke @ matrix for stroke in drawing)


def painted(ink: np.ndarray, paper: np.ndarray, colour: object) -> np.ndarray:
    """Return the paper with ink of a colour on it, `(height, width, 3)`, 0 to 255."""
    cover = ink[:, :, None]
    return np.asarray(paper * (1 - cover) + np.asarray(colour, dtype=np.float32) * cover)


def sheet_of(size: tuple[int, int], colour: object) -> np.ndarray:
    """Return paper of one colour."""
    return np.broadcast_to(np.asarray(colour, np.float32), (size[1], size[0], 3)).copy()


def axes(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of each pixel, from 0 to 1."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return x / shape[1], y / shape[0]


def ramp(shape: tuple[int, ...], rng: Rng, low: float) -> np.ndarray:
    """Return light that falls from 1 to `low` across the picture, in any direction."""
    x, y = axes(shape)
    angle = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(angle) + y * np.sin(angle)
    across = (across - across.min()) / np.ptp(across)
    return np.asarray(low + (1 - low) * across)[:, :, None]


def noisy(pixels: np.ndarray, rng: Rng, sigma: float) -> np.ndarray:
    """Add the noise of a sensor: partly of single pixels, partly in blotches."""
    height, width = pixels.shape[:2]
    fine = rng.normal(0, sigma, (height, width, 1)).astype(np.float32)
    coarse = rng.normal(0, sigma, (height // 4 + 1, width // 4 + 1)).astype(np.float32)
    blotches = np.kron(coarse, np.ones((4, 4), np.float32))[:height, :width, None]
    return np.asarray(pixels + fine + blotches / 2)


def as_image(pixels: np.ndarray) -> Image.Image:
    """Return the pixels as an image of 8 bits."""
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def encoded(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    """Return the bytes of the file."""
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def jpeg(pixels: np.ndarray, rng: Rng, blur: float = 1.5) -> bytes:
    """Return a photo, a little out of focus, compressed more or less."""
    image = as_image(pixels).filter(ImageFilter.GaussianBlur(rng.uniform(0.3, blur)))
    return encoded(image, "JPEG", quality=int(rng.integers(60, 95)))


def dark_colour(rng: Rng) -> np.ndarray:
    """Return the colour of a pen: black, blue, red or green."""
    pens = [(30, 30, 35), (35, 50, 150), (170, 30, 40), (20, 100, 50)]
    return np.array(pens[rng.integers(len(pens))]) + rng.uniform(-15, 15, 3)


def light_paper(rng: Rng) -> np.ndarray:
    """Return the colour of paper, white to a little yellow."""
    return rng.uniform(205, 250) - np.array([0, rng.uniform(0, 6), rng.uniform(0, 22)])


SIZE = (800, 600)
WOOD = [(110, 75, 45), (60, 50, 45), (150, 110, 75), (90, 95, 105)]
Share = tuple[float, float]


def on_paper(
    drawing: Drawing, rng: Rng, size: tuple[int, int] = SIZE, **how: Share
) -> tuple[np.ndarray, np.ndarray]:
    """Return how much ink each pixel has, and a drawing in any colour on paper."""
    ink = written(drawing, rng, size, **how)
    return ink, painted(ink, sheet_of(size, light_paper(rng)), dark_colour(rng))


def photo(drawing: Drawing, rng: Rng, light: float, ink: object, **how: Share) -> np.ndarray:
    """Return the pixels of a photo, turned a little, with light that falls to `light`."""
    drawing = turned(drawing, rng.uniform(-6, 6))
    paper = sheet_of(SIZE, light_paper(rng))
    pixels = painted(written(drawing, rng, SIZE, **how), paper, ink)
    return noisy(pixels * ramp(pixels.shape, rng, light), rng, rng.uniform(1, 5))


def tight(drawing: Drawing, rng: Rng) -> bytes:
    """Cropped to the ink, or almost."""
    ink = written(drawing, rng, (500, 500), (0.6, 0.8), (0.04, 0.1))
    ys, xs = np.nonzero(ink > 0.5)
    edge = int(rng.integers(0, 6))
    top, left = max(ys.min() - edge, 0), max(xs.min() - edge, 0)
    return encoded(as_image(245 - 225 * ink[top : ys.max() + 1 + edge, left : xs.max() + 1 + edge]))


def pencil(drawing: Drawing, rng: Rng) -> bytes:
    """Thin and pale, with the grain of the paper in it."""
    ink = written(drawing, rng, SIZE, (0.25, 0.8), (0.008, 0.02))
    grain = rng.uniform(0.55, 1, ink.shape).astype(np.float32)
    paper = sheet_of(SIZE, light_paper(rng))
    pixels = painted(ink * grain, paper, rng.uniform(80, 145) * np.ones(3))
    return jpeg(noisy(pixels, rng, 2), rng, blur=0.8)


def ballpoint(drawing: Drawing, rng: Rng) -> bytes:
    """Blue, thin, badly lit."""
    ink = np.array([45, 60, 160]) + rng.uniform(-20, 20, 3)
    return jpeg(photo(drawing, rng, rng.uniform(0.25, 0.6), ink, pen=(0.015, 0.035)), rng)


def shadow(drawing: Drawing, rng: Rng) -> bytes:
    """A hard edge of shadow across the digit."""
    ink, pixels = on_paper(drawing, rng)
    ys, xs = np.nonzero(ink > 0.5)
    x, y = axes(ink.shape)
    angle = rng.uniform(0, 2 * np.pi)
    side = (x - xs.mean() / SIZE[0]) * np.cos(angle) + (y - ys.mean() / SIZE[1]) * np.sin(angle)
    lit = np.clip(side / rng.uniform(0.001, 0.01) + 0.5, 0, 1)
    light = rng.uniform(0.35, 0.7)
    return jpeg(noisy(pixels * (light + (1 - light) * lit)[:, :, None], rng, 3), rng)


def hand_shadow(drawing: Drawing, rng: Rng) -> bytes:
    """The soft shadow of a hand or a phone over a part of the sheet."""
    pixels = photo(drawing, rng, 0.8, dark_colour(rng))
    shade = Image.new("L", SIZE)
    x, y = rng.uniform(0, SIZE[0]), rng.uniform(0, SIZE[1])
    w, h = rng.uniform(60, 250, 2)
    ImageDraw.Draw(shade).ellipse([(x - w, y - h), (x + w, y + h)], fill=255)
    soft = np.asarray(shade.filter(ImageFilter.GaussianBlur(rng.uniform(4, 25))), np.float32) / 255
    return jpeg(pixels * (1 - rng.uniform(0.3, 0.6) * soft)[:, :, None], rng)


def lamp(drawing: Drawing, rng: Rng) -> bytes:
    """The light of a lamp, falling off to the edges."""
    _, pixels = on_paper(drawing, rng)
    x, y = axes(pixels.shape)
    squared = (x - rng.uniform(0.25, 0.75)) ** 2 + (y - rng.uniform(0.25, 0.75)) ** 2
    fall = np.exp(-squared / rng.uniform(0.08, 0.25))
    light = np.array([1, 0.93, rng.uniform(0.6, 0.9)])
    dark = rng.uniform(0.08, 0.25)
    return jpeg(noisy(pixels * light * (dark + (1 - dark) * fall)[:, :, None], rng, 3), rng)


def _lined(pixels: np.ndarray, rng: Rng, *, squared: bool) -> np.ndarray:
    """Draw the lines of a notebook, at a slight angle."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(-0.05, 0.05)
    step, thick = rng.uniform(22, 70), rng.uniform(0.8, 2.5)
    offsets = rng.uniform(0, step, 2)
    ways = [y + angle * x + offsets[0]] + [x - angle * y + offsets[1]] * squared
    line = np.zeros(pixels.shape[:2], np.float32)
    for way in ways:
        away = np.abs((way + step / 2) % step - step / 2)
        line = np.maximum(line, np.clip(thick / 2 + 0.5 - away, 0, 1))
    colour = [(150, 175, 215), (170, 170, 175), (110, 130, 170), (120, 190, 200)][rng.integers(4)]
    lined = painted(line * rng.uniform(0.6, 1), pixels, colour)
    if not squared and rng.uniform() < 0.4:
        margin = np.abs(x - angle * y - rng.uniform(0.08, 0.2) * width)
        lined = painted(np.clip(thick / 2 + 0.5 - margin, 0, 1), lined, (220, 110, 110))
    return lined


def ruled(drawing: Drawing, rng: Rng, *, squared: bool = False) -> bytes:
    """On the lines of a notebook."""
    paper = _lined(sheet_of(SIZE, light_paper(rng)), rng, squared=squared)
    ink = written(turned(drawing, rng.uniform(-4, 4)), rng, SIZE, pen=(0.02, 0.06))
    pixels = painted(ink, paper, dark_colour(rng))
    return jpeg(noisy(pixels * ramp(pixels.shape, rng, 0.7), rng, 2), rng)


def chalk(drawing: Drawing, rng: Rng) -> bytes:
    """Chalk on a green or black board, with what was wiped away."""
    board = sheet_of(SIZE, [(35, 70, 55), (40, 42, 45)][rng.integers(2)])
    small = rng.uniform(0, 1, (8, 10)).astype(np.float32)
    wiped = Image.fromarray(small).resize(SIZE, Image.Resampling.BICUBIC)
    board = board + np.asarray(wiped)[:, :, None] * rng.uniform(10, 45)
    ink = written(drawing, rng, SIZE, pen=(0.03, 0.07))
    grain = np.clip(rng.normal(0.8, 0.25, ink.shape), 0, 1).astype(np.float32)
    return jpeg(noisy(painted(ink * grain, board, (235, 235, 225)), rng, 4), rng)


def whiteboard(drawing: Drawing, rng: Rng) -> bytes:
    """A marker on a whiteboard that mirrors a lamp."""
    board = sheet_of(SIZE, rng.uniform(165, 215) + rng.uniform(-6, 6, 3))
    pixels = painted(written(drawing, rng, pen=(0.03, 0.07)), board, dark_colour(rng))
    pixels = pixels * ramp(pixels.shape, rng, rng.uniform(0.6, 0.9))
    x, y = axes(pixels.shape)
    away = np.hypot(x - rng.uniform(0, 1), (y - rng.uniform(0, 1)) * 0.75)
    glare = np.exp(-((away / rng.uniform(0.05, 0.2)) ** 2)) * rng.uniform(40, 140)
    return jpeg(noisy(pixels + glare[:, :, None], rng, 2), rng)


def transparent(drawing: Drawing, rng: Rng, shades: tuple[int, int]) -> bytes:
    """Ink on nothing."""
    colour = tuple(rng.integers(*shades, 3).tolist())
    ink = written(drawing, rng, (500, 500), (0.4, 0.85))
    pixels = np.empty((500, 500, 4), np.uint8)
    pixels[:] = (*(colour if rng.uniform() < 0.5 else (0, 0, 0)), 0)
    pixels[ink > 0, :3] = colour
    pixels[:, :, 3] = 255 * ink
    return encoded(Image.fromarray(pixels), ["PNG", "WEBP"][rng.integers(2)])


def sticker(drawing: Drawing, rng: Rng) -> bytes:
    """A round sheet cut out of a transparent picture."""
    _, pixels = on_paper(drawing, rng, (500, 500), share=(0.3, 0.45))
    image = as_image(pixels)
    around = Image.new("L", (500, 500))
    ImageDraw.Draw(around).rounded_rectangle([(4, 4), (496, 496)], radius=60, fill=255)
    image.putalpha(around)
    return encoded(image)


def one_bit(drawing: Drawing, rng: Rng) -> bytes:
    """Black or white pixels alone, as a fax or some scans."""
    image = as_image(255 * (1 - written(drawing, rng, (500, 400))))
    if rng.uniform() < 0.3:
        image = image.point([255 - value for value in range(256)])
    return encoded(image.convert("1"), ["PNG", "TIFF", "BMP"][rng.integers(3)])


EXIF_ORIENTATION = 0x0112
UNDONE_BY = [
    *(None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180),
    *(Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.TRANSPOSE, Image.Transpose.ROTATE_90),
    *(Image.Transpose.TRANSVERSE, Image.Transpose.ROTATE_270),
]
"""How a picture is stored for each orientation from 1 to 8."""


def stored_turned(image: Image.Image, orientation: int, file_format: str = "JPEG") -> bytes:
    """Return a file whose EXIF data says how to turn it upright."""
    method = UNDONE_BY[orientation - 1]
    stored = image if method is None else image.transpose(method)
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    return encoded(stored, file_format, exif=exif)


def corner(drawing: Drawing, rng: Rng) -> bytes:
    """A small digit somewhere on a large photo."""
    drawing = turned(drawing, rng.uniform(-5, 5))
    _, pixels = on_paper(drawing, rng, (2400, 1800), share=(0.05, 0.1), pen=(0.05, 0.1))
    pixels *= ramp(pixels.shape, rng, rng.uniform(0.6, 0.9))
    return jpeg(noisy(pixels, rng, 4), rng)


def table(drawing: Drawing, rng: Rng) -> bytes:
    """The edge of the sheet and the table beside it."""
    ink, pixels = on_paper(drawing, rng, share=(0.25, 0.5))
    wood = np.array(WOOD[rng.integers(4)])
    ys, xs = np.nonzero(ink > 0.1)
    x, y = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32)
    for _ in range(int(rng.integers(1, 3))):
        angle = rng.uniform(0, 2 * np.pi)
        side = (x * np.cos(angle) + y * np.sin(angle)).T
        edge = side[ys, xs].min() - rng.uniform(0.03, 0.2) * min(SIZE)
        off = np.clip(edge - side + 0.5, 0, 1).astype(np.float32)
        stripes = 12 * np.sin(side / rng.uniform(3, 20))[:, :, None]
        pixels = painted(off, pixels, wood + stripes)
    return jpeg(noisy(pixels * ramp(pixels.shape, rng, 0.75), rng, 3), rng)


def note(drawing: Drawing, rng: Rng) -> bytes:
    """A small coloured sheet on a table, all of it in the picture."""
    small = (420, 400)
    colours = [(250, 235, 130), (250, 180, 200), (170, 220, 240), (240, 240, 235)]
    sheet = sheet_of(small, colours[rng.integers(4)])
    ink = written(drawing, rng, small, (0.4, 0.7), (0.03, 0.08))
    image = as_image(painted(ink, sheet, dark_colour(rng))).convert("RGBA")
    angle = rng.uniform(-8, 8)
    image = image.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    pixels = (
        sheet_of(SIZE, WOOD[rng.integers(3)])
        + 10 * np.sin(axes(sheet_of(SIZE, 0).shape)[1] * 150)[:, :, None]
    )
    desk = as_image(pixels)
    desk.paste(image, (int(rng.integers(30, 300)), int(rng.integers(20, 110))), image)
    return jpeg(noisy(np.asarray(desk, np.float32), rng, 3), rng)


def speckled(drawing: Drawing, rng: Rng) -> bytes:
    """A bad scan: salt, pepper, and specks of dust."""
    pixels = painted(written(drawing, rng), sheet_of(SIZE, (235, 235, 235)), (40, 40, 40))
    chance = rng.uniform(0, 1, pixels.shape[:2])
    level = rng.uniform(0.002, 0.03)
    pixels[chance < level] = 20
    pixels[chance > 1 - level] = 255
    image = as_image(pixels)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(10, 80))):
        x, y, r = rng.uniform(0, SIZE[0]), rng.uniform(0, SIZE[1]), rng.uniform(0.5, 3)
        draw.ellipse([(x - r, y - r), (x + r, y + r)], fill=(60, 60, 60))
    return encoded(image.convert("L"))


def screenshot(drawing: Drawing, rng: Rng, *, dark: bool = True) -> bytes:
    """A drawing programme in dark colours, with a light bar at its top."""
    size = (720, int(rng.integers(720, 1100)))
    paper, ink, bar = rng.uniform(10, 45), rng.uniform(190, 255), rng.uniform(180, 250)
    tall = int(rng.uniform(0.04, 0.12) * size[1])
    drawn = np.zeros((size[1], size[0]), np.float32)
    below = (size[0], size[1] - tall)
    drawn[tall:] = written(drawing, rng, below, (0.3, 0.7), (0.02, 0.08))
    pixels = paper + (ink - paper) * drawn
    pixels[:tall] = bar
    image = as_image(pixels)
    draw = ImageDraw.Draw(image)
    if rng.uniform() < 0.5:
        draw.text((20, tall / 4), "Sketch  File  Edit", fill=int(paper), font_size=tall * 0.5)
        draw.ellipse([(680, tall * 0.25), (680 + tall * 0.4, tall * 0.65)], fill=int(paper))
    if not dark:
        image = image.point([255 - value for value in range(256)])
    return encoded(image)


def box(drawing: Drawing, rng: Rng) -> bytes:
    """In a printed box, as of a form."""
    ink, pixels = on_paper(drawing, rng, share=(0.4, 0.6))
    ys, xs = np.nonzero(ink > 0.1)
    image = as_image(pixels)
    out = rng.uniform(8, 20)
    corners = [(xs.min() - out, ys.min() - out), (xs.max() + out, ys.max() + out)]
    grey = int(rng.integers(60, 160))
    ImageDraw.Draw(image).rectangle(corners, outline=(grey,) * 3, width=int(rng.integers(1, 4)))
    return jpeg(noisy(np.asarray(image, np.float32), rng, 2), rng)


def crumpled(drawing: Drawing, rng: Rng) -> bytes:
    """On paper that was folded, with creases."""
    pixels = photo(drawing, rng, 0.8, dark_colour(rng))
    x, y = axes(pixels.shape)
    for _ in range(int(rng.integers(1, 4))):
        angle = rng.uniform(0, np.pi)
        away = (x - rng.uniform(0, 1)) * np.cos(angle) + (y - rng.uniform(0, 1)) * np.sin(angle)
        tilt = np.clip(away * 5, -1, 1) * rng.uniform(0.03, 0.12)
        crease = -np.exp(-((away / 0.004) ** 2)) * rng.uniform(0.05, 0.15)
        pixels = pixels * (1 + tilt + crease)[:, :, None]
    return jpeg(pixels, rng)


def coloured(drawing: Drawing, rng: Rng) -> bytes:
    """Ink and paper of about the same grey, but different colours."""
    pairs = [
        ((255, 200, 0), (250, 250, 250)),
        ((220, 60, 60), (90, 150, 90)),
        ((250, 240, 120), (190, 60, 130)),
        ((60, 90, 220), (190, 140, 100)),
    ]
    ink, paper = pairs[rng.integers(len(pairs))]
    pixels = painted(written(drawing, rng, SIZE), sheet_of(SIZE, paper), ink)
    return encoded(as_image(noisy(pixels, rng, 2)))


def blurred(drawing: Drawing, rng: Rng) -> bytes:
    """Small, out of focus and compressed hard."""
    _, pixels = on_paper(drawing, rng, (240, 180), share=(0.4, 0.8), pen=(0.05, 0.09))
    image = as_image(pixels).filter(ImageFilter.GaussianBlur(rng.uniform(1, 2.2)))
    return encoded(image, "JPEG", quality=int(rng.integers(15, 40)))


KINDS: dict[str, Kind] = {
    function.__name__: function
    for function in (
        *(tight, pencil, ballpoint, shadow, hand_shadow, lamp, ruled, chalk, whiteboard, sticker),
        *(one_bit, corner, table, note, speckled, screenshot, box, crumpled),
        *(coloured, blurred),
    )
} | {
    "plain": lambda drawing, rng: encoded(
        as_image(255 * (1 - written(drawing, rng, (400, 400), (0.5, 0.85))))
    ),
    "squares": partial(ruled, squared=True),
    "transparent_dark": partial(transparent, shades=(0, 70)),
    "transparent_white": partial(transparent, shades=(220, 256)),
    "light_screenshot": partial(screenshot, dark=False),
    "marker": lambda drawing, rng: jpeg(
        photo(drawing, rng, 0.8, dark_colour(rng), pen=(0.1, 0.17)), rng
    ),
}
"""Pictures of a drawing."""


def of_mnist(image: np.ndarray, rng: Rng, way: str) -> bytes:
    """Return an image of MNIST as a file: as it is, inverted, or enlarged."""
    chosen = Image.fromarray(image)
    if "inverted" in way or ("large" in way and rng.uniform() < 0.5):
        chosen = chosen.point([255 - value for value in range(256)])
    if "large" in way:
        side = int(28 * rng.uniform(2, 25))
        filters = [Image.Resampling.NEAREST, Image.Resampling.BICUBIC, Image.Resampling.BILINEAR]
        chosen = chosen.resize((side, side), filters[rng.integers(3)])
    return encoded(chosen)


MNIST_WAYS = ("mnist", "mnist_inverted", "mnist_large")
"""How an image of MNIST can come as a file."""

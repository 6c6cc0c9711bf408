"""Made-up pictures of digits that are hard to find: rough surroundings, or hardly any."""

import numpy as np
from PIL import Image, ImageDraw

from mnist_jax.ink.strokes import Drawing
from tests.pictures import (
    SIZE,
    WOOD,
    Kind,
    Rng,
    as_image,
    axes,
    dark_colour,
    encoded,
    jpeg,
    noisy,
    on_paper,
    painted,
    ramp,
    sheet_of,
    written,
)


def _blotches(rng: Rng, cells: tuple[int, int], size: tuple[int, int] = SIZE) -> np.ndarray:
    """Return soft blotches from 0 to 1, about as many as there are cells across and down."""
    values = rng.uniform(0, 1, (cells[1], cells[0])).astype(np.float32)
    image = Image.fromarray(values).resize(size, Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image), 0, 1)


def grained(drawing: Drawing, rng: Rng) -> bytes:
    """A small note on a table of wood with a strong grain, in narrow dark and light veins."""
    x, y = axes((SIZE[1], SIZE[0], 3))
    waves = 0.05 * _blotches(rng, (4, 3)) + 0.01 * _blotches(rng, (12, 6))
    veins = np.sin(2 * np.pi * rng.uniform(15, 45) * (y + waves + 0.05 * x))
    fine = np.sin(2 * np.pi * rng.uniform(60, 110) * (y + waves))
    grain = rng.uniform(20, 45) * veins + rng.uniform(5, 20) * fine
    desk = sheet_of(SIZE, WOOD[rng.integers(4)]) + grain[:, :, None]
    return jpeg(noisy(_with_note(drawing, rng, desk), rng, 3), rng)


def _with_note(drawing: Drawing, rng: Rng, desk: np.ndarray) -> np.ndarray:
    """Lay a small sheet with the drawing on a desk."""
    small = (400, 380)
    ink = written(drawing, rng, small, (0.4, 0.7), (0.03, 0.08))
    note = as_image(painted(ink, sheet_of(small, (240, 236, 220)), dark_colour(rng)))
    turned = note.convert("RGBA").rotate(rng.uniform(-8, 8), Image.Resampling.BICUBIC, expand=True)
    image = as_image(desk)
    image.paste(turned, (int(rng.integers(30, 320)), int(rng.integers(20, 130))), turned)
    return np.asarray(image, np.float32)


def planks(drawing: Drawing, rng: Rng) -> bytes:
    """A small note on light boards with upright grain of any width, and light that falls."""
    x, y = axes((SIZE[1], SIZE[0], 3))
    phase = rng.uniform(8, 60) * (x + 0.06 * _blotches(rng, (3, 4)) + 0.1 * y)
    streaks = _blotches(rng, (SIZE[0] // 2, 12)) - 0.5
    grain = rng.uniform(15, 50) * np.sin(2 * np.pi * phase) + rng.uniform(20, 60) * streaks
    grain -= 60 * (np.abs(x % rng.uniform(0.15, 0.3) - 0.07) < 0.002)
    desk = sheet_of(SIZE, [(190, 150, 105), (200, 170, 130), (140, 70, 40)][rng.integers(3)])
    pixels = _with_note(drawing, rng, desk + grain[:, :, None])
    return jpeg(noisy(pixels * ramp(pixels.shape, rng, 0.5), rng, 3), rng)


def cloth(drawing: Drawing, rng: Rng) -> bytes:
    """A small note on a checked tablecloth."""
    x, y = axes((SIZE[1], SIZE[0], 3))
    angle, checks = rng.uniform(0, np.pi), rng.uniform(8, 40)
    ways = (x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle))
    woven = sum(rng.uniform(10, 40) * np.sign(np.sin(2 * np.pi * checks * way)) for way in ways)
    desk = sheet_of(SIZE, rng.uniform(50, 200, 3)) + np.asarray(woven)[:, :, None]
    return jpeg(noisy(_with_note(drawing, rng, desk), rng, 3), rng)


def crumbs(drawing: Drawing, rng: Rng) -> bytes:
    """Finely squared paper, and a smooth table with crumbs beside it."""
    ink, pixels = on_paper(drawing, rng, share=(0.25, 0.45), pen=(0.02, 0.06))
    x, y = axes(pixels.shape)[0] * SIZE[0], axes(pixels.shape)[1] * SIZE[1]
    square = rng.uniform(14, 26)
    lines = (np.minimum(x % square, y % square) < 1.3) & (ink < 0.1)
    pixels = painted(lines.astype(np.float32), pixels, (150, 175, 215))
    edge = np.nonzero(ink > 0.1)[1].min() - rng.uniform(20, 80)
    pixels = painted((x < edge).astype(np.float32), pixels, WOOD[rng.integers(4)])
    image = as_image(pixels)
    for _ in range(3):
        place = (rng.uniform(0, max(edge, 1)), rng.uniform(0, SIZE[1]))
        ImageDraw.Draw(image).circle(place, rng.uniform(1, 4), (30, 25, 20))
    return jpeg(noisy(np.asarray(image, np.float32), rng, 3), rng)


def broken_frame(drawing: Drawing, rng: Rng) -> bytes:
    """In a printed frame with gaps, as of a form that was copied badly."""
    ink, pixels = on_paper(drawing, rng, share=(0.4, 0.6))
    ys, xs = np.nonzero(ink > 0.1)
    out = rng.uniform(10, 30)
    left, top, right, bottom = xs.min() - out, ys.min() - out, xs.max() + out, ys.max() + out
    image = as_image(pixels)
    paper = image.getpixel((2, 2))
    draw = ImageDraw.Draw(image)
    grey, width = int(rng.integers(60, 140)), int(rng.integers(2, 5))
    draw.rectangle([(left, top), (right, bottom)], outline=(grey,) * 3, width=width)
    for _ in range(int(rng.integers(2, 7))):
        gap, place = rng.uniform(5, 25), rng.uniform(0, 1)
        if rng.uniform() < 0.5:
            x, y = left + place * (right - left), [top, bottom][rng.integers(2)]
            gaps = [(x - gap, y - width - 1), (x + gap, y + width + 1)]
        else:
            x, y = [left, right][rng.integers(2)], top + place * (bottom - top)
            gaps = [(x - width - 1, y - gap), (x + width + 1, y + gap)]
        draw.rectangle(gaps, fill=paper)
    return jpeg(noisy(np.asarray(image, np.float32), rng, 2), rng)


def blotchy(drawing: Drawing, rng: Rng) -> bytes:
    """Chalk on a board with pale blotches and streaks of what was wiped away."""
    board = sheet_of(SIZE, [(35, 70, 55), (40, 42, 45)][rng.integers(2)])
    board += rng.uniform(30, 70) * _blotches(rng, (10, 8))[:, :, None]
    board += rng.uniform(10, 35) * _blotches(rng, (20, 15))[:, :, None]
    board += rng.uniform(0, 25) * _blotches(rng, (3, 40))[:, :, None]
    ink = written(drawing, rng, SIZE, pen=(0.03, 0.07))
    grain = np.clip(rng.normal(0.8, 0.25, ink.shape), 0, 1).astype(np.float32)
    return jpeg(noisy(painted(ink * grain, board, (235, 235, 225)), rng, 4), rng)


def thick(drawing: Drawing, rng: Rng) -> bytes:
    """Written with a thick marker, and cropped to the ink, or almost."""
    ink = written(drawing, rng, (500, 500), (0.6, 0.7), (0.1, 0.2))
    ys, xs = np.nonzero(ink > 0.5)
    edge = int(rng.integers(0, 10))
    top, left = max(ys.min() - edge, 0), max(xs.min() - edge, 0)
    return encoded(as_image(245 - 225 * ink[top : ys.max() + 1 + edge, left : xs.max() + 1 + edge]))


HARD: dict[str, Kind] = {
    function.__name__: function
    for function in (grained, planks, cloth, crumbs, broken_frame, blotchy, thick)
}
"""Pictures of a drawing."""

"""Made-up pages of numbers: lists beside words, forms, worksheets, receipts, a page on a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mnist_jax.ink.strokes import Drawing
from tests.pictures import WOOD, Rng, as_image, axes, noisy, sheet_of

Digit = Callable[[str], Drawing]
"""Returns a drawing of a digit, by one person."""

Rows = list[list[str]]

SIZE = (1200, 1500)
HEIGHT = 60
WORDS = ["Apples", "Bread", "Cheese", "Date", "Milk", "Name", "Phone", "Rice", "Visit", "Wood"]


@dataclass
class Sheet:
    """A sheet of paper, with the rows that are written on it."""

    digit: Digit
    rng: Rng
    image: Image.Image = field(default_factory=lambda: Image.new("L", SIZE, 235))
    rows: Rows = field(default_factory=list)

    def number(self, text: str, x: float, base: float, pitch: float = 0.0) -> None:
        """Write a number from x on, its digits in boxes if they have a pitch."""
        draw = ImageDraw.Draw(self.image)
        for sign in text:
            strokes = self.digit(sign)
            points = np.concatenate(strokes)
            low, high = points.min(axis=0), points.max(axis=0)
            size = HEIGHT / max(high[1] - low[1], 0.4 * (high[0] - low[0]))
            width = float(high[0] - low[0]) * size
            left = x + max(pitch - width, 0) / 2
            for stroke in strokes:
                places = (stroke - (low[0], high[1])) * size + (left, base)
                draw.line([tuple(place) for place in places], fill=40, width=5, joint="curve")
            x += pitch or width + self.rng.uniform(0.15, 0.4) * HEIGHT

    def word(self, text: str, x: float, base: float, size: float = 40) -> float:
        """Print a text from x on, and return its end."""
        draw = ImageDraw.Draw(self.image)
        draw.text((x, base), text, fill=50, font_size=size, anchor="ls")
        return x + draw.textlength(text, font_size=size)

    def lines(self, *lines: Sequence[tuple[float, float]]) -> None:
        """Print lines."""
        for line in lines:
            ImageDraw.Draw(self.image).line([*line], fill=90, width=3)


def whole(rng: Rng, longest: int = 4) -> str:
    """Return a number of one to `longest` digits."""
    return "".join(str(digit) for digit in rng.integers(0, 10, rng.integers(1, longest + 1)))


def words(sheet: Sheet) -> None:
    """A list with a word before each number."""
    for line in range(8):
        base = 200 + 150 * line
        sheet.word(str(sheet.rng.choice(WORDS)), 100, base)
        sheet.rows.append([whole(sheet.rng)])
        sheet.number(sheet.rows[-1][0], 450, base)


def form(sheet: Sheet) -> None:
    """Rows of boxes with a digit in each, and boxes to tick."""
    sheet.word("Application", 100, 150, 60)
    for line in range(4):
        base, left, boxes = 350 + 260 * line, 420, int(sheet.rng.integers(4, 9))
        sheet.word(str(sheet.rng.choice(WORDS)), 100, base)
        top, bottom, right = base - 80, base + 15, left + 80 * boxes
        sheet.lines(*([(left, y), (right, y)] for y in (top, bottom)))
        sheet.lines(*([(x, top), (x, bottom)] for x in range(left, right + 1, 80)))
        sheet.rows.append(["".join(str(d) for d in sheet.rng.integers(0, 10, boxes))])
        sheet.number(sheet.rows[-1][0], left, base, pitch=80)
        square = [(left, base + 80), (left + 45, base + 80), (left + 45, base + 125)]
        sheet.lines([*square, (left, base + 125), (left, base + 80)])
        if line % 2:
            sheet.lines([(left + 8, base + 100), (left + 20, base + 118), (left + 40, base + 88)])
        sheet.word("yes, please", left + 70, base + 120)


def worksheet(sheet: Sheet) -> None:
    """Printed sums, each with an answer in handwriting."""
    for line in range(7):
        base = 220 + 170 * line
        one, other = sheet.rng.integers(2, 99, 2)
        end = sheet.word(f"{one} + {other} =", 120, base, 56)
        sheet.rows.append([str(one + other)])
        sheet.number(sheet.rows[-1][0], end + 90, base)


def receipt(sheet: Sheet) -> None:
    """Words and amounts, a line, and the sum below it."""
    sheet.word("Corner Shop", 300, 120, 70)
    amounts = [whole(sheet.rng, 3) for _ in range(6)]
    for line, amount in enumerate([*amounts, str(sum(map(int, amounts)))]):
        base = 300 + 150 * line + 40 * (line == len(amounts))
        name = "Total" if line == len(amounts) else str(sheet.rng.choice(WORDS))
        sheet.word(name, 120, base)
        sheet.rows.append([amount])
        sheet.number(amount, 750, base)
    sheet.lines([(100, 1120), (1100, 1120)])


def columns(sheet: Sheet) -> None:
    """Three numbers in each line, on a page of its own."""
    for line in range(8):
        sheet.rows.append([whole(sheet.rng, 3) for _ in range(3)])
        for column, text in enumerate(sheet.rows[-1]):
            sheet.number(text, 120 + 360 * column, 200 + 150 * line)


KINDS: dict[str, Callable[[Sheet], None]] = {
    "words": words,
    "form": form,
    "worksheet": worksheet,
    "receipt": receipt,
    "on a table": columns,
    "slanted": columns,
}


def page(kind: str, digit: Digit, rng: Rng) -> tuple[Image.Image, Rows]:
    """Return a photo of a page, and its rows."""
    sheet = Sheet(digit, rng)
    KINDS[kind](sheet)
    image = sheet.image
    if kind == "on a table":
        image = on_wood(image, rng)
    elif kind == "slanted":
        image = slanted(image, rng.uniform(-7, 7), *rng.uniform(-0.2, 0.2, 2))
    pixels = np.asarray(image.convert("RGB"), np.float32)
    x, y = axes(pixels.shape)
    shade = 1 - 0.3 * (x + rng.uniform(0.3, 1) * y > 1.0)[:, :, None]
    soft = as_image(noisy(pixels * shade, rng, 2)).filter(ImageFilter.GaussianBlur(0.7))
    return soft, sheet.rows


def on_wood(sheet: Image.Image, rng: Rng) -> Image.Image:
    """Lay a sheet on a table."""
    size = (sheet.width + 500, sheet.height + 400)
    wood = sheet_of(size, WOOD[rng.integers(len(WOOD))])
    wood += 12 * np.sin(axes(wood.shape)[1] * 200)[:, :, None]
    table = as_image(wood)
    lying = sheet.convert("RGBA").rotate(rng.uniform(-8, 8), Image.Resampling.BICUBIC, expand=True)
    table.paste(lying, (int(rng.uniform(60, 200)), int(rng.uniform(20, 80))), lying)
    return table


def slanted(
    image: Image.Image, degrees: float, across: float = 0.0, down: float = 0.0
) -> Image.Image:
    """Return a photo taken at a slant: the page turned, and nearer to the camera at one side."""
    width, height = image.size
    side = max(image.size)
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0]])
    view = np.vstack([turn * 0.8, [across, down, 1]])
    middle = np.array([[side, 0, width / 2], [0, side, height / 2], [0, 0, 1]])
    back = np.linalg.inv(middle @ view @ np.linalg.inv(middle))
    coefficients = (back / back[2, 2]).ravel()[:8].tolist()
    how = Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    return image.transform(image.size, *how, fillcolor=235)

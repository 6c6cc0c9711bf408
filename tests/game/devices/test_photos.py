"""Photos of written digits and numbers: their ink, and where each digit was found."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.core.effects import ReadPhoto
from game.core.events import Notice, NumberRead, Opened
from game.core.values.readings import NumberReading, Photo
from game.devices.files.opening import opened
from game.devices.reader import Reader
from game.samples import find_photo, photographed
from game.view.glyphs import glyph
from mnist_jax.support.errors import InputError


def photo(digit: int, folder: Path, *, side: int = 600, width: int = 14, dark: bool = True) -> Path:
    """A digit on uneven, noisy paper, photographed not quite in the middle."""
    rng = np.random.default_rng(digit)
    paper = pygame.Surface((side, side * 3 // 4), 0, 32)
    paper.fill((0, 0, 0))
    for stroke in glyph(digit):
        points = [(x * side / 2 + side / 10, y * side / 2 + side / 8) for x, y, _ in stroke]
        for begin, end in pairwise(points):
            pygame.draw.line(paper, (255, 255, 255), begin, end, width)
        for place in points:
            pygame.draw.circle(paper, (255, 255, 255), place, width // 2)
    ink = pygame.surfarray.array3d(paper)[:, :, 0] / 255
    shade = 215 - 50 * np.linspace(0, 1, side)[:, None] + rng.normal(0, 4, ink.shape)
    grey = shade * (1 - ink) + 40 * ink
    pixels = np.clip(grey if dark else 255 - grey, 0, 255).astype(np.uint8)
    path = folder / f"photo{digit}.png"
    pygame.image.save(pygame.surfarray.make_surface(np.repeat(pixels[:, :, None], 3, 2)), path)
    return path


def read(picture: Path | np.ndarray, reader: Reader) -> NumberReading:
    """What is read in the picture."""
    answer = reader.answer(ReadPhoto(find_photo(picture)))
    assert isinstance(answer, NumberRead)
    return answer.number


def test_photos_of_digits_are_read_in_dark_and_in_light_ink(reader: Reader, tmp_path: Path) -> None:
    """Of any size, and drawn with any pen."""
    photos = (photo(one, tmp_path, side=300, width=7, dark=one % 2 == 0) for one in range(10))
    texts = [read(one, reader).text for one in photos]
    assert sum(str(digit) == text for digit, text in enumerate(texts)) >= 9
    for side, width in ((120, 4), (300, 3), (1600, 20), (600, 40)):
        assert read(photo(3, tmp_path, side=side, width=width), reader).text == "3"


def test_the_digits_of_a_number_are_found_where_they_are(reader: Reader) -> None:
    found = find_photo(photographed(4072))
    pixels = np.frombuffer(found.pixels, np.uint8).reshape(found.height, found.width, 3)
    ink = np.frombuffer(found.ink, np.uint8).reshape(found.height, found.width) > 0
    assert 0.002 < ink.mean() < 0.1
    assert pixels[ink].mean() < pixels[~ink].mean() - 50
    number = reader.answer(ReadPhoto(found)).number
    assert number.text == "4072"
    middles = [(left + right) / 2 for left, _, right, _ in (one.box for one in number.digits)]
    assert middles == pytest.approx([0.525, 1.175, 1.825, 2.475], abs=0.1)
    assert all(0.1 < one.box[1] < one.box[3] < 0.9 for one in number.digits)


@pytest.mark.parametrize(
    ("width", "height", "sheet", "place"),
    [
        (400, 300, "digit", (0.0, 0.125, 1.0, 0.875)),
        (300, 600, "digit", (0.25, 0.0, 0.75, 1.0)),
        (500, 250, "number", (0.5, 0.0, 2.5, 1.0)),
        (600, 100, "number", (0.0, 0.25, 3.0, 0.75)),
    ],
)
def test_a_photo_lies_in_the_middle_of_the_sheet_that_it_fills_best(
    width: int, height: int, sheet: str, place: tuple[float, ...]
) -> None:
    shown = Photo(b"", b"", width, height)
    assert (shown.sheet, shown.place) == (sheet, pytest.approx(place))
    assert shown.on_pad((0.0, 0.0, width, height)) == pytest.approx(place)


def test_paper_without_ink_and_what_is_no_picture_are_named(tmp_path: Path) -> None:
    pygame.image.save(pygame.Surface((60, 40), 0, 32), tmp_path / "empty.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    for name, reason in (("empty.png", "no ink"), ("broken.png", "broken.png")):
        said = opened(tmp_path / name)
        assert isinstance(said, Notice)
        assert reason in said.text


@pytest.mark.parametrize("name", ["photo3.PNG", os.fsdecode(b"n\xe9.png")])
def test_a_photo_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = photo(3, tmp_path).rename(tmp_path / name)
    shown = opened(path)
    assert isinstance(shown, Opened)
    assert shown.name == path.name
    assert shown.photo


def test_ink_that_holds_nothing_to_read_is_no_failure_of_the_network(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise InputError("no ink")

    monkeypatch.setattr("mnist_jax.pictures.read_ink", nothing)
    found = Photo(bytes(3), bytes(1), 1, 1)
    assert reader.answer(ReadPhoto(found)) == NumberRead(NumberReading((), 0.0, photo=found))
    assert reader.ready

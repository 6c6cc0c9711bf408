"""Pictures of written digits, and files saved and opened."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.core.events import Notice, Offered, Opened
from game.core.rules.pad import MARGIN, width_for
from game.core.rules.sketch import Sketch
from game.devices.picture import PAD_SIDE, inked, read_picture
from game.devices.reader import Reader
from game.saved_files import OFFERED, offered, opened, save
from game.view.glyphs import glyph
from mnist_jax.ink.drawing_files import read_drawings
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


def digit_in(path: Path, reader: Reader) -> int:
    """What is read in the picture."""
    event = opened(path)
    assert isinstance(event, Opened)
    assert event.picture
    reading = reader.read_picture(event.picture.image)
    assert reading
    return reading.digit


@pytest.mark.parametrize("dark", [True, False])
def test_photographs_of_digits_are_read(reader: Reader, tmp_path: Path, *, dark: bool) -> None:
    read = [digit_in(photo(digit, tmp_path, dark=dark), reader) for digit in range(10)]
    assert sum(digit == said for digit, said in enumerate(read)) >= 9


@pytest.mark.parametrize(("side", "width"), [(120, 4), (300, 3), (1600, 20), (600, 40)])
def test_size_and_pen_do_not_matter(reader: Reader, tmp_path: Path, side: int, width: int) -> None:
    assert digit_in(photo(3, tmp_path, side=side, width=width), reader) == 3


def test_the_digit_is_framed_as_mnist_frames_it(tmp_path: Path) -> None:
    image = np.frombuffer(read_picture(photo(8, tmp_path)).image, np.uint8).reshape(28, 28)
    ys, xs = np.nonzero(image > 127)
    assert 18 <= max(np.ptp(ys), np.ptp(xs)) + 1 <= 20
    y, x = np.mgrid[0:28, 0:28] + 0.5
    assert abs((y * image).sum() / image.sum() - 14) < 1
    assert abs((x * image).sum() / image.sum() - 14) < 1


def test_the_ink_lies_on_the_pad_as_it_stands_in_the_picture(tmp_path: Path) -> None:
    ink = np.frombuffer(read_picture(photo(7, tmp_path)).ink, np.uint8).reshape(PAD_SIDE, PAD_SIDE)
    rows, columns = (np.flatnonzero((ink > 127).any(axis)) for axis in (1, 0))
    assert len(rows) == pytest.approx(PAD_SIDE * (1 - 2 * MARGIN), abs=3)
    assert rows[0] + rows[-1] == pytest.approx(PAD_SIDE, abs=3)
    assert columns[0] + columns[-1] == pytest.approx(PAD_SIDE, abs=3)
    assert (ink[rows[5]] > 127).sum() > 3 * (ink[rows[-5]] > 127).sum()  # a seven stands on a foot


def test_empty_paper_shows_no_digit() -> None:
    assert inked(np.full((40, 60), 230.0)) is None
    assert inked(np.zeros((1, 1))) is None


@pytest.mark.parametrize("name", ["seven.NDJSON", "seven.Ndjson"])
def test_the_suffix_of_drawings_may_have_capitals(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"word":"7","drawing":[[[0,20,8],[0,0,40]]]}', encoding="utf-8")
    event = opened(tmp_path / name)
    assert isinstance(event, Opened)
    assert len(event.strokes) == 1


def test_the_suffix_of_a_picture_may_have_capitals(tmp_path: Path, reader: Reader) -> None:
    path = photo(3, tmp_path)
    assert digit_in(path.rename(path.with_suffix(".PNG")), reader) == 3


def test_a_picture_may_have_any_name(tmp_path: Path, reader: Reader) -> None:
    path = photo(3, tmp_path)
    assert digit_in(path.rename(tmp_path / os.fsdecode(b"n\xe9.png")), reader) == 3


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"broken\.png is not a picture"):
        read_picture(path)
    assert isinstance(opened(path), Notice)


def test_what_is_saved_can_be_opened(tmp_path: Path, reader: Reader) -> None:
    said = save(tmp_path / "new", "mine", Sketch(glyph(4)), "4", 0.02)
    assert "mine.png" in said
    (line,) = read_drawings(tmp_path / "new" / "drawings.ndjson")
    assert line.word == "4"
    strokes = opened(tmp_path / "new" / "drawings.ndjson")
    assert isinstance(strokes, Opened)
    assert digit_in(tmp_path / "new" / "mine.png", reader) == 4
    assert [len(stroke) for stroke in strokes.strokes] == [len(stroke) for stroke in glyph(4)]


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert "can’t be saved" in save(tmp_path / "file", "mine", Sketch(glyph(4)), "4", 0.02)


@pytest.mark.parametrize("content", ["", "{broken", '{"word": "7", "drawing": []}'])
def test_a_broken_drawings_file_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "drawn.ndjson"
    path.write_text(content, encoding="utf-8")
    event = opened(path)
    assert isinstance(event, Notice)
    assert "drawn.ndjson" in event.text


def test_the_last_saved_drawings_are_offered_the_newest_first(tmp_path: Path) -> None:
    for number in range(OFFERED + 3):
        save(tmp_path, f"drawing-{number}", Sketch(glyph(number % 10)), str(number), 0.016)
    event = offered(tmp_path)
    assert isinstance(event, Offered)
    assert [word for word, _ in event.drawings] == [str(n) for n in range(OFFERED + 2, 2, -1)]
    assert all(
        0 <= x <= width_for(word) and 0 <= y <= 1
        for word, strokes in event.drawings
        for stroke in strokes
        for x, y, _ in stroke
    )


@pytest.mark.parametrize(("content", "said"), [(None, "No drawing is saved"), ("{", "line 1")])
def test_a_notice_says_why_no_drawing_can_be_offered(
    tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "drawings.ndjson").write_text(content)
    event = offered(tmp_path)
    assert isinstance(event, Notice)
    assert said in event.text

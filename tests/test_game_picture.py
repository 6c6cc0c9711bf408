"""Pictures of written digits, and files saved and opened."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.events import Notice, Offered, Opened
from game.exchange import OFFERED, offered, opened, save
from game.glyphs import glyph
from game.picture import framed, read_picture
from game.reader import Reader
from mnist_jax.drawing import read_drawings
from mnist_jax.errors import InputError


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader().wait()


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


@pytest.mark.parametrize("dark", [True, False])
def test_photographs_of_digits_are_read(reader: Reader, tmp_path: Path, *, dark: bool) -> None:
    read = []
    for digit in range(10):
        event = opened(photo(digit, tmp_path, dark=dark), reader)
        assert isinstance(event, Opened)
        assert event.reading
        read.append(event.reading.digit)
    assert sum(digit == said for digit, said in enumerate(read)) >= 9


@pytest.mark.parametrize(("side", "width"), [(120, 4), (300, 3), (1600, 20), (600, 40)])
def test_size_and_pen_do_not_matter(reader: Reader, tmp_path: Path, side: int, width: int) -> None:
    event = opened(photo(3, tmp_path, side=side, width=width), reader)
    assert isinstance(event, Opened)
    assert event.reading
    assert event.reading.digit == 3


def test_the_digit_is_framed_as_mnist_frames_it(tmp_path: Path) -> None:
    image = read_picture(photo(8, tmp_path))
    ys, xs = np.nonzero(image > 127)
    assert image.shape == (28, 28)
    assert 18 <= max(np.ptp(ys), np.ptp(xs)) + 1 <= 20
    y, x = np.mgrid[0:28, 0:28] + 0.5
    assert abs((y * image).sum() / image.sum() - 14) < 1
    assert abs((x * image).sum() / image.sum() - 14) < 1


def test_empty_paper_shows_no_digit() -> None:
    assert framed(np.full((40, 60), 230.0)) is None
    assert framed(np.zeros((1, 1))) is None


def test_what_is_no_picture_is_named(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"broken\.png is no picture"):
        read_picture(path)
    assert isinstance(opened(path, reader), Notice)


def test_what_is_saved_can_be_opened(tmp_path: Path, reader: Reader) -> None:
    said = save(tmp_path / "new", "mine", glyph(4), "4", 0.02)
    assert "mine.png" in said
    (line,) = read_drawings(tmp_path / "new" / "drawings.ndjson")
    assert line.word == "4"
    picture = opened(tmp_path / "new" / "mine.png", reader)
    strokes = opened(tmp_path / "new" / "drawings.ndjson", reader)
    assert isinstance(picture, Opened)
    assert isinstance(strokes, Opened)
    assert picture.reading
    assert picture.reading.digit == 4
    assert [len(stroke) for stroke in strokes.strokes] == [len(stroke) for stroke in glyph(4)]


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert "can’t be saved" in save(tmp_path / "file", "mine", glyph(4), "4", 0.02)


@pytest.mark.parametrize("content", ["", "{broken", '{"word": "7", "drawing": []}'])
def test_a_broken_drawings_file_is_said(tmp_path: Path, reader: Reader, content: str) -> None:
    path = tmp_path / "drawn.ndjson"
    path.write_text(content, encoding="utf-8")
    event = opened(path, reader)
    assert isinstance(event, Notice)
    assert "drawn.ndjson" in event.text


def test_the_last_saved_drawings_are_offered_the_newest_first(tmp_path: Path) -> None:
    for number in range(OFFERED + 3):
        save(tmp_path, f"drawing-{number}", glyph(number % 10), str(number), 0.016)
    event = offered(tmp_path)
    assert isinstance(event, Offered)
    assert [word for word, _ in event.drawings] == [str(n) for n in range(OFFERED + 2, 2, -1)]
    assert all(
        0 <= x <= 1 and 0 <= y <= 1 for _, s in event.drawings for one in s for x, y, _ in one
    )


@pytest.mark.parametrize(("content", "said"), [(None, "No drawing is saved"), ("{", "line 1")])
def test_where_no_drawing_can_be_offered_the_player_is_told(
    tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "drawings.ndjson").write_text(content)
    event = offered(tmp_path)
    assert isinstance(event, Notice)
    assert said in event.text

"""A sheet of paper is found on anything rough, and nowhere else."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from mnist_jax.ink.pictures.sheet import find_sheet
from mnist_jax.ink.strokes import Drawing
from tests.cases import first_values
from tests.hard_pictures import HARD
from tests.pictures import KINDS

THREE: Drawing = (np.array([(0, 0), (20, 0), (8, 14), (20, 24), (8, 40), (0, 34)], dtype=float),)


def photo_of(kind: str) -> np.ndarray:
    """Return the pixels of a made-up picture."""
    rng = np.random.default_rng(zlib.crc32(kind.encode()))
    return np.asarray(Image.open(io.BytesIO((KINDS | HARD)[kind](THREE, rng))).convert("RGB"))


@pytest.mark.parametrize("kind", first_values(1, ["grained", "planks", "cloth", "note"]))
def test_a_note_on_a_table_is_the_sheet(kind: str) -> None:
    """Notes are 400 by 380 pixels or a little more, turned, and inside of the sheet is paper."""
    photo = photo_of(kind)
    sheet = find_sheet(photo)
    assert 0.8 * 400 * 380 < sheet.sum() < 1.05 * 420 * 400
    brightness = photo[sheet].mean(axis=1)
    assert np.mean(np.abs(brightness - np.median(brightness)) < 45) > 0.85


@pytest.mark.parametrize(
    "kind", first_values(2, ["plain", "shadow", "squares", "speckled", "chalk"])
)
def test_paper_that_fills_the_picture_is_all_sheet(kind: str) -> None:
    assert find_sheet(photo_of(kind)).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (2, 2), (300, 1), (40, 40)])
def test_pictures_without_anything_in_them_are_all_sheet(shape: tuple[int, int]) -> None:
    assert find_sheet(np.full((*shape, 3), 200, np.uint8)).all()

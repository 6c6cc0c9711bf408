"""The network in the game: where it runs, what it gives, and what happens when it fails."""

import math
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from game.app import opened
from game.core.effects import ReadNumber
from game.core.state import Net
from game.core.values.insight import Question
from game.core.values.readings import FRAME_SIDE
from game.core.values.settings import Settings
from game.core.values.sketch import Stroke
from game.devices.conversions import signed_bytes
from game.devices.reader import Reader
from game.view.glyphs import glyph
from mnist_jax.ink.frame import FRAME_PIXELS
from tests.pointer import beginning, draw, texts, wait

FAILURES = [RuntimeError("no driver"), MemoryError(), OSError(5, "I/O error"), KeyError("backend")]


@pytest.mark.parametrize("failure", FAILURES)
def test_any_failure_to_load_is_shown_and_the_pad_goes_on(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: object) -> None:
        raise failure

    monkeypatch.setattr("game.devices.reader._load", load)
    with opened(Reader(), beginning("sketchpad")) as app:
        app.reader.wait()
        draw(app)
        assert app.state.net is Net.FAILED
        assert app.state.sketch.strokes
        assert any(type(failure).__name__ in text for text in texts(app))


@pytest.mark.parametrize("sheet", ["digit", "number"])
def test_a_failure_to_read_is_shown_and_the_pad_goes_on(
    monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("device lost")

    with opened(Reader().wait(), beginning("sketchpad", settings=Settings(sheet=sheet))) as app:
        app.frame(0.02)
        for name in ("read_drawing", "read_number"):
            monkeypatch.setattr(f"mnist_jax.{name}", fail)
        draw(app)
        wait(app, lambda: app.state.net is Net.FAILED)
        assert app.state.sketch.strokes
        assert any("device lost" in text or text == "No network" for text in texts(app))


def test_a_failure_on_one_thread_lets_the_other_finish_and_gives_the_reason() -> None:
    """An explanation fails just before a number is read."""
    reader = Reader().wait()

    class Interrupted(tuple[Stroke, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[Stroke]:
            assert reader.answer(Question(b"not an image")) is None
            return super().__iter__()

    read = reader.answer(ReadNumber(Interrupted(glyph(7))))
    assert read.number.text == "7"
    assert not reader.ready
    assert "reshape" in str(reader.error)


@pytest.mark.parametrize(("chosen", "platforms"), [(None, "cpu"), ("", "None")])
def test_the_game_runs_on_the_cpu_by_default(chosen: str | None, platforms: str) -> None:
    script = (
        "from game.devices.reader import Reader\n"
        "assert Reader().wait().ready\n"
        "import jax; print(jax.config.jax_platforms or None)"
    )
    others = {name: value for name, value in os.environ.items() if name != "JAX_PLATFORMS"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=others if chosen is None else others | {"JAX_PLATFORMS": chosen},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == platforms


@pytest.mark.parametrize(
    ("values", "largest", "expected"),
    [
        ([0.5, -1.0, 0.0], None, [192, 1, 128]),
        ([-2.0, 1.0], 4.0, [64, 160]),
        ([0.0, 0.0], None, [128, 128]),
        ([1e30, -5e29], None, [255, 64]),
        ([1.0, math.nan], None, [128, 128]),
        ([1.0, -math.inf], None, [128, 128]),
        ([1.0, -1.0], math.nan, [128, 128]),
        ([], None, []),
    ],
)
def test_zero_is_128_and_the_largest_value_fills_the_range(
    values: list[float], largest: float | None, expected: list[int]
) -> None:
    assert list(signed_bytes(np.array(values, np.float32), largest)) == expected


def test_both_have_the_same_frame() -> None:
    assert FRAME_SIDE == FRAME_PIXELS

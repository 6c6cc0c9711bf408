"""The network in the game: where it runs, and what happens when it fails."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from game.app import opened
from game.core.state import Net
from game.core.values.insight import Question
from game.core.values.sketch import Stroke
from game.devices.reader import Reader
from game.view.glyphs import glyph
from tests.pointer import beginning, draw, texts

FAILURES = [RuntimeError("no driver"), MemoryError(), OSError(5, "I/O error"), KeyError("backend")]


@pytest.fixture(params=FAILURES, ids=lambda error: type(error).__name__)
def failure(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Exception:
    """An exception that loading the network raises."""

    def load(_: object) -> None:
        raise request.param

    monkeypatch.setattr("game.devices.reader._load", load)
    return request.param


def test_any_failure_to_load_is_shown_and_the_pad_goes_on(failure: Exception) -> None:
    with opened(Reader(), beginning("sketchpad")) as app:
        app.reader.wait()
        draw(app)
        assert app.state.net is Net.FAILED
        assert app.state.sketch.strokes
        assert any(type(failure).__name__ in text for text in texts(app))


def test_a_failure_to_read_is_shown_and_the_pad_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("device lost")

    with opened(Reader().wait(), beginning("sketchpad")) as app:
        app.frame(0.02)
        monkeypatch.setattr("mnist_jax.read_drawing", fail)
        draw(app)
        app.frame(0.02)
        assert app.state.net is Net.FAILED
        assert app.state.sketch.strokes
        assert any("device lost" in text for text in texts(app))


def test_a_failure_on_one_thread_lets_the_other_finish_and_gives_the_reason() -> None:
    """An explanation fails just before a number is read."""
    reader = Reader().wait()

    class Interrupted(tuple[Stroke, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[Stroke]:
            assert reader.explain(Question(b"not an image")) is None
            return super().__iter__()

    read = reader.read_number(Interrupted(glyph(7)))
    assert read.text == "7"
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

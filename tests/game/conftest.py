"""What the tests of the game share: fonts, English, and a state for every screen."""

import pickle
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest
from filelock import FileLock

from game.core.state import State
from game.devices.reader import Reader
from game.devices.translation import speak
from game.screenshot import played


@pytest.fixture(autouse=True)
def fonts_and_english() -> Iterator[None]:
    """Load the fonts, as a window would, and speak English again after the test."""
    pygame.font.init()
    yield
    speak("en")


@pytest.fixture(scope="session")
def states(
    reader: Reader, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> dict[str, State]:
    """A state for every screen, which is in its place; played by one worker for all."""
    own = tmp_path_factory.getbasetemp()
    path = (own if worker_id == "master" else own.parent) / "states.pickle"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            pygame.font.init()
            states = played(reader, State(seed=7))
            still = {name: replace(state, turn=None) for name, state in states.items()}
            path.write_bytes(pickle.dumps(still))
        return pickle.loads(path.read_bytes())  # noqa: S301 - of this run of the tests

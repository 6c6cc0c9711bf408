"""Who may load whom: the rules of the house, looked up in `sys.modules` of a new process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GAME = Path(__file__).parents[2] / "game"
WITH_PYGAME = {
    "app",
    "benchmark",
    "controls",
    "saved_files",
    "icon",
    "ink_layer",
    "lettering",
    "paint",
    "pen",
    "picture",
    "replay",
    "screenshot",
    "sound",
}


def loaded_by(module: str) -> set[str]:
    command = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["game.app", "game.__main__", "game.session"])
def test_the_window_opens_without_what_is_slow_to_load(module: str) -> None:
    assert not loaded_by(module) & {"jax", "jaxtyping", "flax", "tensorflow", "matplotlib", "tyro"}


@pytest.mark.parametrize(
    "module", ["game.core.update", "game.view.layout", "game.screens", "game.core.cues"]
)
def test_rules_and_pictures_know_neither_pygame_nor_numpy(module: str) -> None:
    assert not loaded_by(module) & {"pygame", "numpy", "jax", "mnist_jax"}


def test_only_the_rooms_at_the_screen_import_pygame() -> None:
    found = {
        path.stem
        for path in GAME.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) and any(name.name == "pygame" for name in node.names)
    }
    assert found <= WITH_PYGAME

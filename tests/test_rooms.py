"""The layout: which room may import which, and no cycles."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "mnist_jax/support": (),
    "mnist_jax/ink": ("support",),
    "mnist_jax/pages": ("ink", "numbers", "support", "model", "pictures"),
    "mnist_jax/handwriting": ("ink", "support", "classes"),
    "mnist_jax/data": ("ink", "handwriting", "support", "classes"),
    "mnist_jax/distributed": ("support",),
    "mnist_jax/training": (
        *("data", "distributed", "handwriting", "ink", "support"),
        *("classes", "model", "reading"),
    ),
    "mnist_jax/numbers": ("ink", "support", "classes", "model", "reading"),
    "mnist_jax/insight": (
        *("data", "handwriting", "ink", "support", "training"),
        *("classes", "model", "reading"),
    ),
    "mnist_jax/evaluation": (
        *("data", "handwriting", "ink", "insight", "numbers", "pages", "support", "training"),
        *("classes", "model", "params", "reading"),
    ),
    "mnist_jax/tutorial": ("support",),
    "game/core": (),
    "game/view": ("core",),
    "game/devices": ("core", "view"),
}
"""Rooms, and what each may import of its own package besides itself."""

WITH_PYGAME = ("game/view/painting/", "game/devices/")
"""Rooms that may import pygame; of the game's top level any module may."""


def modules(package: str) -> dict[str, Path]:
    """The modules of a package by their dotted names."""
    paths = sorted((ROOT / package).rglob("*.py"))
    return {_dotted(path): path for path in paths}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, lazy: bool = True) -> Iterator[str]:
    """Dotted names that a module imports; those of its functions too if `lazy`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if lazy else _at_import(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes outside of functions."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            yield node
            yield from _at_import(node)


def known(name: str, among: dict[str, Path]) -> str | None:
    """The module that an imported name is, or is defined in."""
    while name not in among and "." in name:
        name = name.rpartition(".")[0]
    return name if name in among else None


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    package, _, name = room.partition("/")
    allowed = {f"{package}.{other}" for other in (name, *MAY_IMPORT[room])}
    others = modules(package)
    found = {
        (module, imported)
        for module, path in modules(room).items()
        for target in imports(path)
        if (imported := known(target, others)) and imported != package
    }
    assert len(found) > 1
    wrong = [pair for pair in found if ".".join(pair[1].split(".")[:2]) not in allowed]
    assert not wrong


@pytest.mark.parametrize("package", ["mnist_jax", "game"])
def test_no_module_is_part_of_a_cycle(package: str) -> None:
    every = modules(package)
    graph = {
        module: {known(target, every) or module for target in imports(path)} - {module}
        for module, path in every.items()
    }
    assert any(graph.values())
    TopologicalSorter(graph).prepare()


def test_what_the_state_is_made_of_imports_no_mode() -> None:
    every = modules("game/core")
    made_of, reached = {"game.core.state"}, set[str]()
    while made_of:
        module = made_of.pop()
        reached.add(module)
        imported = {known(name, every) for name in imports(every[module])}
        made_of |= {name for name in imported if name} - reached
    assert "game.core.values.sketch" in reached
    assert not {module for module in reached if module.startswith("game.core.modes")}


def test_the_core_of_the_game_uses_the_standard_library_alone() -> None:
    found = {name for path in modules("game/core").values() for name in imports(path)}
    assert not {"pygame", "numpy", "mnist_jax"} & {name.partition(".")[0] for name in found}


def test_pygame_is_imported_in_the_rooms_at_the_screen_alone() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("mnist_jax", "game")
        for path in modules(package).values()
        if any(name.partition(".")[0] == "pygame" for name in imports(path))
    }
    assert found
    rooms = {name for name in found if name.count("/") > 1}
    assert all(name.startswith(WITH_PYGAME) for name in rooms)
    assert all(name.startswith("game/") for name in found)


def test_only_the_devices_of_the_game_import_the_library_when_it_starts() -> None:
    """The view knows only the sizes of the frame, which are constants; `mnist_jax` no game."""
    view = {name for path in modules("game/view").values() for name in imports(path)}
    library = {name for path in modules("mnist_jax").values() for name in imports(path)}
    of_library = {name for name in view if name.partition(".")[0] == "mnist_jax"}
    assert all(name.startswith("mnist_jax.ink.frame.") for name in of_library)
    assert not any(name.partition(".")[0] == "game" for name in library)

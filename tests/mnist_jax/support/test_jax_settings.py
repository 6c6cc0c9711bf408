"""Compiled programs kept between runs: when they are, and that nothing depends on them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mnist_jax.support.jax_settings import use_one_thread

COUNTING = """
import sys
import jax
events = []
jax.monitoring.register_event_listener(lambda name, **_: events.append(name))
{action}
for kind in ("hits", "misses"):
    print(events.count("/jax/compilation_cache/cache_" + kind))
"""

ADDING = COUNTING.format(
    action="""
from mnist_jax.support.jax_settings import configure_jax
configure_jax()
for number in (1, 2, 3, 4):
    print(jax.jit(lambda x: x + number)(0))
"""
)
"""Compiles four programs of its own, beside JAX's."""

GAME = COUNTING.format(
    action="""
from game.devices.reader import Reader
print(Reader().wait().read((((0.0, 0.0, 0.0), (1.0, 1.0, 0.1)),)))
"""
)


def run(script: str, caches: Path, **environment: str) -> tuple[list[str], int, int]:
    """What a process printed; how many programs it found and how many it compiled.

    The platform's cache folder is `caches`. It said no more.
    """
    finished = subprocess.run(
        [sys.executable, "-W", "default", "-c", script],
        env=os.environ | {"XDG_CACHE_HOME": str(caches)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stderr == ""
    *printed, found, compiled = finished.stdout.splitlines()
    return printed, int(found), int(compiled)


def programs(caches: Path) -> list[Path]:
    """The files of the programs that are kept."""
    return sorted(caches.glob("mnist-jax/compiled/*-cache"))


def test_the_second_start_of_the_game_compiles_nothing(tmp_path: Path) -> None:
    """And reads the same."""
    first, _, compiled = run(GAME, tmp_path)
    again, found, missed = run(GAME, tmp_path)
    assert compiled > 0
    assert (again, missed) == (first, 0)
    assert found > 0


@pytest.mark.slow
def test_other_caches_are_left_alone_and_a_bad_folder_is_done_without(tmp_path: Path) -> None:
    """A folder that the user named for JAX, or none at all; a file stands where ours would be."""
    caches, own = tmp_path / "caches", tmp_path / "own"
    run(ADDING, caches, JAX_COMPILATION_CACHE_DIR=str(own))
    run(ADDING, caches, JAX_ENABLE_COMPILATION_CACHE="0")
    assert own.is_dir()
    assert not caches.exists()
    (tmp_path / "mnist-jax").write_text("")
    assert run(ADDING, tmp_path) == (["1", "2", "3", "4"], 0, 0)


@pytest.mark.slow
def test_damaged_programs_are_compiled_again(tmp_path: Path) -> None:
    """Nothing fails, and what was never written to its end is replaced."""
    good, _, compiled = run(ADDING, tmp_path)
    assert len(programs(tmp_path)) == compiled >= 4
    damaged, *unfinished = programs(tmp_path)
    damaged.write_bytes(b"damaged")
    for program in unfinished:
        program.write_bytes(b"")
        program.with_name(program.name.removesuffix("cache") + "atime").unlink()
    assert run(ADDING, tmp_path)[:2] == (good, 0)
    assert run(ADDING, tmp_path)[:2] == (good, len(unfinished))


def test_one_thread_is_used_unless_the_user_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPROC", "3")
    use_one_thread()
    assert os.environ["NPROC"] == "3"
    monkeypatch.delenv("NPROC")
    use_one_thread()
    assert os.environ["NPROC"] == "1"

"""What JAX compiled, kept between runs: the second start of a command compiles nothing."""

import os
import warnings
from pathlib import Path

import jax
from platformdirs import user_cache_path

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_folder

MAX_BYTES = 16 * 2**20
"""Some hundred trainings; more would be slow to look through for what was used least recently."""


def keep_compiled() -> None:
    """Let JAX keep what it compiles in the platform's cache folder.

    For commands; a library has no business there. Whoever chose a folder for JAX's cache, or turned
    it off, keeps it so. Where the folder cannot be used, or what lies in it is damaged, JAX
    compiles as it would without.
    """
    chosen = jax.config.values
    if chosen["jax_compilation_cache_dir"] or not chosen["jax_enable_compilation_cache"]:
        return
    folder = user_cache_path("mnist-jax") / "compiled"
    try:
        _remove_unfinished(checked_folder(folder))
    except (InputError, OSError):
        return
    warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache")
    settings = {
        "jax_compilation_cache_dir": str(folder),
        "jax_compilation_cache_max_size": MAX_BYTES,
        "jax_persistent_cache_min_compile_time_secs": 0.0,
        "jax_persistent_cache_min_entry_size_bytes": -1,
    }
    for name, value in settings.items():
        if name.upper() not in os.environ:
            jax.config.update(name, value)  # type: ignore[no-untyped-call]


def _remove_unfinished(folder: Path) -> None:
    """Remove what a process began to write and did not end: JAX would stumble over it for ever.

    JAX writes a program, and after it when the program was last used.
    """
    for program in folder.glob("*-cache"):
        if not program.with_name(program.name.removesuffix("-cache") + "-atime").exists():
            program.unlink(missing_ok=True)

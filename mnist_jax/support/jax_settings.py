"""JAX settings for the commands and the game; the library itself never changes any.

JAX is imported by the function, not by the module, so that options can be parsed before.
"""

import os
import warnings
from pathlib import Path

from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_folder


def use_one_thread() -> None:
    """Let XLA use one CPU thread, unless the user set `NPROC`; call it before the first array.

    XLA sizes its thread pool by this variable and has no option for it.
    """
    os.environ.setdefault("NPROC", "1")


def configure_jax() -> None:
    """Change JAX's settings for speed, except those that the user has set.

    - Synchronous dispatch on the CPU: waking JAX's dispatch thread takes several times as long as
      reading one image. `JAX_CPU_ENABLE_ASYNC_DISPATCH` overrides it.
    - A compilation cache in the platform's cache folder, so that only the first start compiles. If
      the user chose a folder or turned the cache off, nothing changes. If the folder or a file in
      it cannot be used, JAX compiles as usual.
    """
    import jax

    settings: dict[str, object] = {"jax_cpu_enable_async_dispatch": False}
    if folder := _cache_folder(jax.config.values):
        warnings.filterwarnings("ignore", "Error (reading|writing) persistent compilation cache")
        settings |= {
            "jax_compilation_cache_dir": str(folder),
            # about a hundred programs; a larger cache is slow to evict from
            "jax_compilation_cache_max_size": 16 * 2**20,
            "jax_persistent_cache_min_compile_time_secs": 0.0,
            "jax_persistent_cache_min_entry_size_bytes": -1,
        }
    for name, value in settings.items():
        if name.upper() not in os.environ:
            jax.config.update(name, value)  # type: ignore[no-untyped-call]


def _cache_folder(config: dict[str, object]) -> Path | None:
    """Return the folder of the compilation cache, or None if there should be none."""
    if config["jax_compilation_cache_dir"] or not config["jax_enable_compilation_cache"]:
        return None
    from platformdirs import user_cache_path

    folder = user_cache_path("mnist-jax") / "compiled"
    try:
        for program in checked_folder(folder).glob("*-cache"):
            # A killed process may leave a program without its access time, which JAX cannot read.
            if not program.with_name(program.name.removesuffix("-cache") + "-atime").exists():
                program.unlink(missing_ok=True)
    except (InputError, OSError):
        return None
    return folder

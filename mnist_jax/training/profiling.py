"""Profile one epoch of training, for Perfetto, TensorBoard or xprof."""

from pathlib import Path

import jax

from mnist_jax.training.position import Snapshots


def profile_second_epoch(steps: Snapshots, folder: Path) -> Snapshots:
    """Yield the same snapshots, and write a trace of the second epoch into the folder."""
    for snapshot in steps:
        yield snapshot
        if snapshot.epoch:
            break
    options = jax.profiler.ProfileOptions()
    options.python_tracer_level = 0  # Python makes few calls; XLA's work is what matters
    with jax.profiler.trace(str(folder), profiler_options=options):
        for snapshot in steps:
            if snapshot.epoch:
                break
            yield snapshot
    yield snapshot  # after the trace is written, in case it is the last one
    yield from steps


def newest_trace(folder: Path) -> Path | None:
    """Return the newest trace file that Perfetto can open, or None."""
    traces = folder.glob("plugins/profile/*/*.trace.json.gz")
    return max(traces, key=lambda path: path.stat().st_mtime, default=None)

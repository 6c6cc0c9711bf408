"""Where the time of training goes: a trace of one epoch, for Perfetto, TensorBoard or xprof."""

from pathlib import Path

import jax

from mnist_jax.training.position import Snapshots


def traced(steps: Snapshots, folder: Path) -> Snapshots:
    """The same snapshots; of the second epoch that ends a trace is written into the folder."""
    for snapshot in steps:
        yield snapshot
        if snapshot.epoch:
            break
    options = jax.profiler.ProfileOptions()
    options.python_tracer_level = 0  # an epoch is a few calls; what counts is what XLA does in them
    with jax.profiler.trace(str(folder), profiler_options=options):
        for snapshot in steps:
            if snapshot.epoch:
                break
            yield snapshot
    yield snapshot  # only now, so that the trace is there even if it is the last
    yield from steps


def trace_in(folder: Path) -> Path | None:
    """The file of the newest trace, of the kind that Perfetto opens, if there is one."""
    traces = folder.glob("plugins/profile/*/*.trace.json.gz")
    return max(traces, key=lambda path: path.stat().st_mtime, default=None)

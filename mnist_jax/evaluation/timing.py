"""Time calls and whole processes, and print the figures."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from mnist_jax.support.command_line import print_table
from mnist_jax.support.errors import InputError
from mnist_jax.support.languages import translated, written


class Figure(NamedTuple):
    """One measurement: its key in JSON, its English name in the table, its value and unit."""

    key: str
    name: str
    value: float
    unit: str


class Run(NamedTuple):
    """The lines that a process printed, and when; `total` is its duration in seconds."""

    lines: Sequence[str]
    seconds: Sequence[float]
    """Time of each line, from the start of the process."""
    total: float

    @property
    def epoch_seconds(self) -> list[float]:
        """Duration of each epoch but the first, from one line about an epoch to the next."""
        lines = zip(self.lines, self.seconds, strict=True)
        ends = [seconds for line, seconds in lines if line.startswith("epoch ")]
        return [after - before for before, after in pairwise(ends)]


def print_figures(figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures as a table, or as one JSON object."""
    if as_json:
        print(json.dumps({figure.key: figure.value for figure in figures}))
    else:
        rows = [
            (translated(name), written(value, ",.0f" if value >= 100 else ".3g"), unit)
            for _, name, value, unit in figures
        ]
        print_table((translated("Measure"), translated("Figure"), translated("Unit")), rows)


def call_seconds(call: Callable[[], Any], times: int) -> float:
    """Return the median time of `times` calls, after a first one that is not counted."""
    import jax

    wait: Callable[[Any], Any] = jax.block_until_ready
    wait(call())
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        wait(call())
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def run(*arguments: str, **environment: str) -> Run:
    """Run Python with these arguments and changes of the environment, and wait for its end.

    Raises:
        InputError: it failed; the text is the last line it printed.
    """
    lines, seconds = [], []
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - the project itself
        [sys.executable, *arguments],
        env=os.environ | {"LANGUAGE": "en"} | environment,  # for `Run.epoch_seconds`
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            lines.append(line.strip())
            seconds.append(time.perf_counter() - start)
    if process.returncode:
        status = translated("exit status {status}", status=process.returncode)
        raise InputError(lines[-1].removeprefix("error: ") if lines else status)
    return Run(lines, seconds, time.perf_counter() - start)

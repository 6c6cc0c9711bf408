"""What reading a file costs, measured in another process that reads one file after the other.

It asks Linux for its memory; the tests that use it are skipped elsewhere.
"""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only"),
]
"""Marks of the modules that use it."""

READERS = {
    "card": "from mnist_jax import load_card as read",
    "drawings": "from mnist_jax.ink.drawing_files import list_drawings, ANY_WORD\n"
    "def read(path): return list_drawings(path, ANY_WORD)",
    "picture": "from mnist_jax.ink.pictures.files import load_photo as read",
}
"""Code that defines `read`, by what it reads."""

MEMORY = 1_000_000_000
"""Bytes of address space that reading may take; a MemoryError after that ends the process."""


SECONDS, MEGABYTES = 10, 500
"""What reading a file may take. On a quiet machine each takes less than 5 s."""

DAMAGED = 1_500
"""Damaged copies that are read of each kind of file."""


class Cost(NamedTuple):
    """How reading a file ended, and what it took."""

    path: Path
    error: str
    """The message of the InputError; empty if the file was read."""
    seconds: float
    """Processor time."""
    megabytes: float
    """Memory that was added at the peak."""


def costs(kind: str, paths: Iterable[Path]) -> Iterator[Cost]:
    """Yield what reading each file costs; any other exception than an InputError fails."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        for path in paths:
            print(path, file=process.stdin, flush=True)
            answer = process.stdout.readline()
            assert answer, f"{path} ended the process"
            yield Cost(path, *json.loads(answer))
        process.stdin.close()
        assert not process.stdout.read()


def assert_ends(kind: str, folder: Path, files: Iterable[tuple[str, str, bytes]]) -> None:
    """Check how reading files ends, and that it takes little: what it is, the error, the bytes.

    The error is a part of the message, empty for a file that is read.
    """
    expected: list[str] = []

    def written() -> Iterator[Path]:
        for what, error, data in files:
            expected.append(error)
            path = folder / f"{len(expected)} {what}"
            path.write_bytes(data)
            yield path

    for number, cost in enumerate(costs(kind, written())):
        assert expected[number] in cost.error, cost
        assert bool(expected[number]) == bool(cost.error), cost
        assert_little(cost)


def assert_little(cost: Cost) -> None:
    """Check that a file took little time and memory."""
    assert cost.seconds < SECONDS, cost
    assert cost.megabytes < MEGABYTES, cost


def errors_in_damaged(kind: str, folder: Path, good: Sequence[bytes]) -> Iterator[tuple[str, bool]]:
    """Yield the errors in damaged copies of files, and whether one has changed at all."""
    path = folder / "damaged"
    copies = [damaged(good[seed % len(good)], seed) for seed in range(DAMAGED)]

    def written() -> Iterator[Path]:
        for copy in copies:
            path.write_bytes(copy)
            yield path

    for copy, cost in zip(copies, costs(kind, written()), strict=True):
        assert_little(cost)
        yield cost.error, copy not in good


def damaged(data: bytes, seed: int) -> bytes:
    """Return the bytes with a few random ones changed, left out, repeated or exchanged."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        start, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        end = min(start + chance.choice([1, 1, 4, 32]), len(content))
        match chance.randrange(7):
            case 0:
                content[start:end] = chance.randbytes(end - start)
            case 1:
                del content[start:end]
            case 2:
                content[start:start] = content[start:end] * chance.choice([1, 2, 100])
            case 3:
                content[start:start] = content[other : other + end - start]
            case 4:
                number = chance.choice([b"-1", b"0", b"1e999", b"nan", b"9" * 5000, b"1e-320"])
                numbers = [*re.finditer(rb"\d+", content)]
                if numbers:
                    found = chance.choice(numbers)
                    content[found.start() : found.end()] = number
            case 5:
                odd = chance.choice([b"\xff" * 4, b"\0" * 4, b"\x7f\xff" * 2])
                content[start : start + 4] = odd
            case _:
                del content[max(start, 1) :]
        content = content or bytearray(b"\0")
    return bytes(content)


def _peak() -> int:
    """Return the most bytes that this process has taken since `_forget_peak`."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return 1024 * int(found[1])


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _main(kind: str) -> None:
    import resource

    from mnist_jax import InputError

    names: dict[str, Any] = {}
    exec(READERS[kind], names)  # noqa: S102 - the code above
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = taken * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for line in sys.stdin:
        error = ""
        _forget_peak()
        before, start = _peak(), time.process_time()
        try:
            names["read"](line.removesuffix("\n"))
        except InputError as problem:
            error = str(problem)
        cost = error, time.process_time() - start, (_peak() - before) / 1e6
        print(json.dumps(cost), file=answers, flush=True)


if __name__ == "__main__":
    _main(sys.argv[1])

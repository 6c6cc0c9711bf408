"""Ctrl-C during an import: end at once, because an exception would be lost or break the import.

Extension modules turn an exception in their initialisation into an ImportError, and JAX's callback
of the garbage collector ignores one. During an import nothing has been computed or written yet.
"""

import os
import signal
from contextlib import suppress
from types import FrameType


def exit_in_imports() -> None:
    """Make Ctrl-C end the process at once during an import; at other times it works as usual.

    Where the process was started to ignore Ctrl-C, as in a background job, it stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(_number: int, frame: FrameType | None) -> None:
    while frame:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib") or code.co_name == "_xla_gc_callback":
            with suppress(OSError):
                os.write(2, b"interrupted\n")
            os._exit(128 + signal.SIGINT)
        frame = frame.f_back
    raise KeyboardInterrupt

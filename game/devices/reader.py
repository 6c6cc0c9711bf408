"""The network, loaded beside the window, and what it reads in strokes.

JAX is imported on the thread that loads, never before the window is there.
"""

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from game.core.events import Event, NetFailed, NetReady, Reading
from game.core.rules.sketch import Strokes
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from mnist_jax import Reading as NetReading


class Reader:
    """Reads strokes once its network is loaded."""

    def __init__(self, params: Path | None = None) -> None:
        """Take the params file, or the one that ships with the project; nothing is loaded yet."""
        self.error: InputError | None = None
        self._params = params
        self._loading: Future[Any] | None = None
        self._net: Any = None
        self._arrays: list[tuple[Any, np.ndarray]] = []

    def start(self) -> "Future[Any]":
        """Begin to load on a thread of its own, if that has not begun."""
        if self._loading is None:
            thread = ThreadPoolExecutor(1, "reader")
            self._loading = thread.submit(_load, self._params)
            thread.shutdown(wait=False)
        return self._loading

    @property
    def ready(self) -> bool:
        """Whether it can read."""
        return self._net is not None

    def poll(self) -> Event | None:
        """What became of the network: loaded, failed, or None while it is being loaded."""
        if not self.start().done():
            return None
        return NetFailed(str(self.error)) if self.wait().error else NetReady()

    def wait(self) -> "Reader":
        """The reader when its network is loaded, or `error` says why it is not."""
        if not (self._net or self.error):
            try:
                self._net = self.start().result()
            except InputError as error:
                self.error = error
        return self

    def read(self, strokes: Strokes) -> Reading | None:
        """What the network reads in the strokes; None where there are none or no network."""
        if not strokes or self._net is None:
            return None
        from mnist_jax import read_drawing

        return _reading(read_drawing(self._net, self._drawing(strokes)))

    def read_picture(self, image: bytes) -> Reading | None:
        """What the network reads in a picture's `image`; None without a network."""
        if self._net is None:
            return None
        import jax.numpy as jnp

        from mnist_jax.ink.frame import FRAME_PIXELS
        from mnist_jax.reading import answers

        pixels = np.frombuffer(image, np.uint8).reshape(1, FRAME_PIXELS, FRAME_PIXELS)
        probabilities, digit_probability = map(np.asarray, answers(self._net, jnp.asarray(pixels)))
        return Reading(
            tuple(map(float, probabilities[0])),
            image,
            bool(digit_probability[0] >= self._net.threshold),
        )

    def _drawing(self, strokes: Strokes) -> list[np.ndarray]:
        """The strokes as arrays; those that did not change are not converted again."""
        known = self._arrays
        self._arrays = [
            known[number]
            if number < len(known) and known[number][0] is stroke
            else (stroke, np.array([point[:2] for point in stroke]))
            for number, stroke in enumerate(strokes)
        ]
        return [array for _, array in self._arrays]


def _load(params: Path | None) -> Any:
    """The network, compiled: the first reading takes as long as every other."""
    try:
        from mnist_jax import load_params, read_drawing
        from mnist_jax.support.jax_settings import configure_jax
    except ImportError as error:
        raise InputError(f"{error}: the network needs it; install the project again") from error
    configure_jax()
    net = load_params(params)
    read_drawing(net, [[(0.0, 0.0), (0.5, 1.0)]])
    gc.freeze()  # to look through all that JAX made again and again would stop the game each time
    return net


def _reading(reading: "NetReading") -> Reading:
    return Reading(
        tuple(map(float, reading.probabilities)),
        np.rint(reading.image).astype(np.uint8).tobytes(),
        reading.is_digit,
    )

"""The neural network: loads it on a background thread, then reads strokes and photos.

JAX is imported on that thread, so that the window opens without waiting for it. Later, digits are
read on the display thread while another one reads numbers and photos and explains answers. If one
of them fails, both stop.
"""

import gc
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

import mnist_jax
from game.core.effects import Ask, FindForms, ReadDigit, ReadNumber, ReadPage, ReadPhoto, ReadTurned
from game.core.events import (
    Event,
    Explained,
    FormsFound,
    NetFailed,
    NetReady,
    NumberRead,
    PageRead,
    Read,
    TurnedRead,
)
from game.core.language import mark
from game.core.values.insight import Insight, Question
from game.core.values.readings import NumberReading, Photo, Reading, Turned
from game.core.values.sketch import Strokes
from game.devices.conversions import (
    core_number,
    core_page,
    core_reading,
    drawing_arrays,
    library_photo,
    taught_forms,
)
from game.devices.files.opening import contents, first_drawing, fitted, problem_of
from game.devices.files.pages import drawn_page
from mnist_jax.support.errors import InputError

if TYPE_CHECKING:
    from game.devices.insight import Insights

Answer = TypeVar("Answer")

SWITCH_SECONDS = 0.001
"""Time after which Python interrupts a thread that computes, since the display may have to wait for
one several times in a frame."""

FULL_COLLECTION = 1_000
"""How many smaller garbage collections pass until one goes through all objects, which stops all
threads for long: JAX and the packages for pictures have hundreds of thousands."""


UNLOADED = mark("the network cannot load ({reason}); try JAX_PLATFORMS=cpu, or install it again")
UNREAD = mark("the network cannot read ({reason}); try JAX_PLATFORMS=cpu, or install it again")
"""The errors if the network fails while it is being loaded, and later."""


class _Unwanted(Exception):  # noqa: N818 - not an error
    """A search was ended because nobody asks for its answer any more."""


class Reader:
    """Reads strokes and photos once its network is loaded."""

    def __init__(self, params: Path | None = None) -> None:
        """Store the path of the params file; None stands for the one that ships."""
        self.error: InputError | None = None
        self.params = params
        self._loading: Future[Any] | None = None
        self.base: Any = None
        """The network as it was loaded, which knows nobody's hand; None until then."""
        self._net: Any = None
        self._insights: Insights | None = None
        self._arrays: list[tuple[Any, np.ndarray]] = []

    def start(self) -> "Future[Any]":
        """Start loading on a background thread, unless it was started before."""
        if self._loading is None:
            thread = ThreadPoolExecutor(1, "reader")
            self._loading = thread.submit(_load, self.params)
            thread.shutdown(wait=False)
        return self._loading

    @property
    def ready(self) -> bool:
        """Whether the network is loaded and works."""
        return self._net is not None

    def poll(self) -> Event | None:
        """Return whether loading succeeded or failed, or None while it is in progress."""
        if not self.start().done():
            return None
        return NetFailed(str(self.error)) if self.wait().error else NetReady()

    def wait(self) -> "Reader":
        """Wait until loading ends, and return the reader; `error` is set if it failed."""
        if not (self._net or self.error):
            try:
                self._net = self.base = self.start().result()
            except InputError as error:
                self.error = error
            except Exception as error:  # noqa: BLE001 - a broken driver may raise anything
                self.error = _failure(UNLOADED, error)
        return self

    def use(self, network: Any) -> None:
        """Read with another network from now on, unless the one before has failed."""
        if self.ready:
            self._net, self._insights = network, None

    def answer(self, question: Ask, is_wanted: Callable[[], bool] = lambda: True) -> Event | None:
        """Return the answer to a question, on any thread, or None if there is none.

        A page is read, and a change searched for, only while the answer `is_wanted`.
        """

        def check() -> None:
            if not is_wanted():
                raise _Unwanted

        match question:
            case ReadDigit(strokes):
                return Read(self.read(strokes))
            case ReadNumber(strokes):
                return self._ask(lambda net: NumberRead(_number(net, strokes)))
            case ReadPhoto(photo):
                return self._ask(lambda net: NumberRead(_photo_number(net, photo)))
            case ReadPage(path):
                return self._ask(lambda net: _page(net, Path(path), check))
            case ReadTurned(strokes):
                return self._ask(lambda net: TurnedRead(_turned(net, strokes)))
            case FindForms():
                return self._ask(lambda _: FormsFound(taught_forms()))
            case Question():
                return self._ask(lambda net: Explained(self._explained(net, question, check)))
        return None

    def read(self, strokes: Strokes) -> Reading | None:
        """Read the strokes as a digit; return None if there are none, or no network."""
        if not strokes:
            return None
        return self._ask(
            lambda net: core_reading(mnist_jax.read_drawing(net, self._drawing(strokes)))
        )

    def _explained(self, net: Any, question: Question, check: Callable[[], None]) -> Insight:
        from game.devices.insight import Insights

        self._insights = self._insights or Insights(net)
        return self._insights.answer(question, check)

    def _ask(self, ask: Callable[[Any], Answer]) -> Answer | None:
        """Return what `ask` answers for the network, or None if there is none."""
        net = self._net  # another thread may remove it
        if net is None:
            return None
        try:
            return ask(net)
        except _Unwanted:
            return None
        except Exception as error:  # noqa: BLE001 - as in `wait`
            self.error = _failure(UNREAD, error)  # first, as `wait` must find one of the two
            self._net = None  # what failed once would fail again in every frame
            return None

    def _drawing(self, strokes: Strokes) -> list[np.ndarray]:
        """Convert the strokes to arrays, reusing those of strokes that have not changed."""
        known = self._arrays
        self._arrays = [
            known[number]
            if number < len(known) and known[number][0] is stroke
            else (stroke, np.array([point[:2] for point in stroke]))
            for number, stroke in enumerate(strokes)
        ]
        return [array for _, array in self._arrays]


def _number(net: Any, strokes: Strokes) -> NumberReading:
    return core_number(mnist_jax.read_number(net, drawing_arrays(strokes)), strokes)


def _turned(net: Any, strokes: Strokes) -> Turned:
    drawing = drawing_arrays(strokes)
    mirrored, *upside_down = (
        core_reading(mnist_jax.read_drawing(net, [stroke * sides for stroke in drawing]))
        for sides in ((-1, 1), (1, -1), (-1, -1))
    )
    return Turned(strokes, mirrored, tuple(upside_down))


def _photo_number(net: Any, photo: Photo) -> NumberReading:
    """Read the ink of a photo, which may hold no digit."""
    from mnist_jax.pictures import read_ink

    try:
        return core_number(read_ink(net, library_photo(photo)), photo=photo)
    except InputError:
        return NumberReading((), 0.0, photo=photo)


def _page(net: Any, path: Path, check: Callable[[], None]) -> Event:
    """Read a page; a file that is no page, or has only one text, is opened as other files are."""
    from mnist_jax.pages.page import read_page

    page, problem = None, ""
    try:
        first = first_drawing(path)
        picture = drawn_page(fitted(first.drawing, 1.0)) if first else path
        page = core_page(read_page(net, picture, check))
    except _Unwanted:
        raise
    except Exception as error:  # noqa: BLE001 - the libraries for pictures may raise anything
        problem = problem_of(error, path)
    check()
    if page is None or len(page.texts) == 1:
        with suppress(InputError):
            return contents(path, may_be_page=False)
    return PageRead(str(path), page, problem)


def _load(params: Path | None) -> Any:
    """Load the network and compile it, so that the first reading is as fast as the others."""
    sys.setswitchinterval(SWITCH_SECONDS)
    first, second, _ = gc.get_threshold()
    gc.set_threshold(first, second, FULL_COLLECTION)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")  # on a GPU, JAX would reserve most of its memory
    from mnist_jax.support.jax_settings import configure_jax

    configure_jax()
    net = mnist_jax.load_params(params)
    mnist_jax.read_drawing(net, [[(0.0, 0.0), (0.5, 1.0)]])
    gc.freeze()  # collecting JAX's many objects would make the game stutter
    return net


def _failure(problem: str, error: Exception) -> InputError:
    """Return an error of one line for the player; the original is its cause."""
    lines = str(error).strip().splitlines()
    reason = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    failure = InputError(problem, reason=reason)
    failure.__cause__ = error
    return failure

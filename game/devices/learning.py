"""The networks that learn on the screen: trained on a thread, for a moment at a time.

Nothing is left running: each call trains a few rounds and returns the progress, and the next one
starts only if the state still asks for it. The library is imported by the first call.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from game.core.values.progress import (
    ROUND,
    Curve,
    Drawing,
    NetworkProgress,
    Point,
    Progress,
    Setup,
    Task,
    extended,
)
from game.devices.conversions import image_bytes, signed_bytes

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

ROUND_SECONDS = 0.05
"""Least time for a round, so that one can watch, and the display has most of the processor."""

JUDGED, FRESH, KEPT = 512, 60, 12
"""Drawings by which the networks are judged, fresh ones to show, and the player's own."""

RENEWED = 60
"""Rounds after which the fresh drawings are renewed."""

PATTERNS = 12
"""Units of the first layer to show."""

StoredDrawings = Callable[[int], "Sequence[LabelledDrawing]"]
"""Returns so many of the player's latest drawings."""


class Trainer:
    """The networks of one start, with the drawings by which they are judged."""

    def __init__(self, task: Task, drawings: StoredDrawings) -> None:
        """Make the networks and the drawings."""
        from mnist_jax.ink.render import drawing_images

        seed = task.seed % 2**32  # NumPy takes no negative seed, and JAX none above 2**63
        self._rng = np.random.default_rng(seed)
        self._rounds = 0
        kept = drawings(KEPT)
        self._kept = drawing_images(one.drawing for one in kept)
        self._kept_digits = np.array([one.label for one in kept], int)
        self._judged = self._sample(JUDGED)
        self._fresh = self._sample(FRESH)
        self._networks = [
            _Network(setup, seed + 1000 * at, self._judged) for at, setup in enumerate(task.setups)
        ]

    def train(self, task: Task, round_seconds: float = ROUND_SECONDS) -> Progress:
        """Train for the rounds of the task, resting after each; return the progress."""
        for _ in range(task.rounds):
            begin = time.perf_counter()
            images, labels = self._sample(ROUND)
            for network, setup in zip(self._networks, task.setups, strict=True):
                network.learn(images, labels, setup.learning_rate)
            self._rounds += 1
            if self._rounds % RENEWED == 0:
                self._fresh = self._sample(FRESH)
            time.sleep(max(0.0, round_seconds - (time.perf_counter() - begin)))
        seen = self._rounds * ROUND
        shown = np.concatenate([self._fresh[0], self._kept])
        return Progress(
            task.seed,
            self._rounds,
            tuple(network.progress(seen, self._judged, shown) for network in self._networks),
            _drawings(*self._fresh),
            _drawings(self._kept, self._kept_digits),
        )

    def _sample(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        from mnist_jax.handwriting.quick_writer import sample_digits

        return sample_digits(count, self._rng)


class _Network:
    """One network, and its progress so far."""

    def __init__(self, setup: Setup, seed: int, batch: tuple[np.ndarray, np.ndarray]) -> None:
        """Make the network, and compile its steps by taking some that are dropped."""
        from mnist_jax.insight.learning import fresh_learner

        self._batch_size = setup.batch_size
        self._learner = self._start = fresh_learner(setup.hidden, seed)
        self._curve: Curve = ()
        self.learn(batch[0][:ROUND], batch[1][:ROUND], setup.learning_rate)
        self._learner = self._start

    def learn(self, images: np.ndarray, labels: np.ndarray, learning_rate: float) -> None:
        """Take the steps of one round."""
        from mnist_jax.insight.learning import learn

        shape = -1, self._batch_size
        batches = images.reshape(*shape, *images.shape[1:]), labels.reshape(shape)
        self._learner, _ = learn(self._learner, *batches, learning_rate)

    def progress(
        self, seen: int, judged: tuple[np.ndarray, np.ndarray], images: np.ndarray
    ) -> NetworkProgress:
        """Return the progress, with what it reads in the images."""
        from mnist_jax.insight.learning import judge, learnt_patterns

        mlp = self._learner.mlp
        loss, accuracy, _ = judge(mlp, *judged)
        if not self._curve or self._curve[-1].seen < seen:
            self._curve = extended(self._curve, Point(seen, float(loss), float(accuracy)))
        read = judge(mlp, images, np.zeros(len(images), int)).digits
        digits = tuple(np.asarray(read).tolist())
        patterns = learnt_patterns(self._start.mlp, mlp, judged[0], PATTERNS)
        largest = float(np.abs(patterns).max())
        signed = tuple(signed_bytes(pattern, largest) for pattern in patterns)
        return NetworkProgress(self._curve, signed, digits[:FRESH], digits[FRESH:])


def _drawings(images: np.ndarray, digits: np.ndarray) -> tuple[Drawing, ...]:
    pairs = zip(digits.tolist(), images, strict=True)
    return tuple(Drawing(digit, image_bytes(image)) for digit, image in pairs)

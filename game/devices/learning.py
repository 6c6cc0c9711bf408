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
from game.core.values.sketch import Strokes
from game.devices.conversions import core_reading, drawing_arrays, image_bytes, signed_bytes

if TYPE_CHECKING:
    from mnist_jax.ink.strokes import LabelledDrawing

ROUND_SECONDS = 0.05
"""Least time for a round, so that players can watch, and the display gets enough of the CPU."""

JUDGED, FRESH, KEPT = 512, 60, 40
"""Drawings by which the networks are judged, fresh ones to show, and the player's own."""

RENEWED = 60
"""Rounds after which the fresh drawings are renewed."""

PATTERNS = 12
"""Units of the first layer to show."""

MOST_NETWORKS = 8
"""Networks that are kept: those that learn, and those that were removed last."""

StoredDrawings = Callable[[int], "Sequence[LabelledDrawing]"]
"""Returns the player's latest drawings, up to a number of them."""


class Trainer:
    """The networks of one start, with the drawings by which they are judged."""

    def __init__(self, seed: int, drawings: StoredDrawings) -> None:
        """Make the drawings; the networks are made when a task first asks for them."""
        self.seed = seed
        self._seed = seed % 2**32  # NumPy takes no negative seed, and JAX none above 2**63
        self._rng = np.random.default_rng(self._seed)
        self._rounds = 0
        self._drawings = drawings
        self._judged = self._sample(JUDGED)
        self._fresh = self._sample(FRESH)
        self._networks: dict[tuple[object, ...], _Network] = {}
        """The networks by the keys of their setups, the one that was asked for last at the end."""
        self._read_kept()

    def train(self, task: Task, round_seconds: float = ROUND_SECONDS) -> Progress:
        """Train for the rounds of the task, resting after each; return the progress."""
        networks = [self._network(setup) for setup in task.setups]
        if task.rounds == 0:
            self._read_kept()
        for _ in range(task.rounds):
            begin = time.perf_counter()
            images, labels = self._sample(ROUND)
            for network, setup in zip(networks, task.setups, strict=True):
                network.learn(images, labels, setup.learning_rate)
            self._rounds += 1
            if self._rounds % RENEWED == 0:
                self._fresh = self._sample(FRESH)
            time.sleep(max(0.0, round_seconds - (time.perf_counter() - begin)))
        shown = np.concatenate([self._fresh[0], self._kept])
        return Progress(
            task.seed,
            self._rounds,
            task.setups,
            tuple(network.progress(self._judged, shown, task.drawing) for network in networks),
            _drawings(*self._fresh),
            _drawings(self._kept, self._kept_digits),
            task.drawing,
        )

    def _read_kept(self) -> None:
        """Read the latest drawings that the player kept."""
        from mnist_jax.ink.render import drawing_images

        kept = self._drawings(KEPT)
        self._kept = drawing_images(one.drawing for one in kept)
        self._kept_digits = np.array([one.label for one in kept], int)

    def _network(self, setup: Setup) -> "_Network":
        """Return the network of these choices, which may have learnt before."""
        network = self._networks.pop(setup.key, None)
        if network is None:
            network = _Network(setup, self._seed + 1000 * setup.number, self._judged)
        self._networks[setup.key] = network
        while len(self._networks) > MOST_NETWORKS:
            del self._networks[next(iter(self._networks))]
        return network

    def _sample(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        from mnist_jax.handwriting.quick_writer import sample_digits

        return sample_digits(count, self._rng)


def trainer_for(task: Task, trainer: Trainer | None, drawings: StoredDrawings) -> Trainer:
    """Return the trainer for the task: the one there is, or a new one after a new start."""
    return trainer if trainer and trainer.seed == task.seed else Trainer(task.seed, drawings)


class _Network:
    """One network, and its progress so far."""

    def __init__(self, setup: Setup, seed: int, batch: tuple[np.ndarray, np.ndarray]) -> None:
        """Make the network, and compile its steps by taking some that are dropped."""
        from mnist_jax.insight.learning import fresh_learner

        self._batch_size = setup.batch_size
        fresh = self._learner = fresh_learner(setup.hidden, seed)
        self._start = fresh.mlp
        self._curve: Curve = ()
        self._seen = 0
        """Drawings that it has learnt from."""
        self.learn(batch[0][:ROUND], batch[1][:ROUND], setup.learning_rate)
        self._learner, self._seen = fresh, 0

    def learn(self, images: np.ndarray, labels: np.ndarray, learning_rate: float) -> None:
        """Take the steps of one round."""
        from mnist_jax.insight.learning import learn

        shape = -1, self._batch_size
        batches = images.reshape(*shape, *images.shape[1:]), labels.reshape(shape)
        self._learner, _ = learn(self._learner, *batches, learning_rate)
        self._seen += len(images)

    def progress(
        self, judged: tuple[np.ndarray, np.ndarray], images: np.ndarray, drawing: Strokes
    ) -> NetworkProgress:
        """Return the progress, with what it reads in the images and in the drawing."""
        from mnist_jax.insight.learning import judge, learnt_patterns
        from mnist_jax.reading import read_drawing

        mlp = self._learner.mlp
        loss, accuracy, _ = judge(mlp, *judged)
        if not self._curve or self._curve[-1].seen < self._seen:
            self._curve = extended(self._curve, Point(self._seen, float(loss), float(accuracy)))
        read = judge(mlp, images, np.zeros(len(images), int)).digits
        digits = tuple(np.asarray(read).tolist())
        patterns = learnt_patterns(self._start, mlp, judged[0], PATTERNS)
        largest = float(np.abs(patterns).max())
        signed = tuple(signed_bytes(pattern, largest) for pattern in patterns)
        drawn = core_reading(read_drawing(mlp, drawing_arrays(drawing))) if drawing else None
        return NetworkProgress(self._curve, signed, digits[:FRESH], digits[FRESH:], drawn)


def _drawings(images: np.ndarray, digits: np.ndarray) -> tuple[Drawing, ...]:
    pairs = zip(digits.tolist(), images, strict=True)
    return tuple(Drawing(digit, image_bytes(image)) for digit, image in pairs)

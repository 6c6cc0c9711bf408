"""Teach a network one person's hand, from a few of their drawings.

A few steps of Adam adapt the network: all layers of an `MLP` but the first. Two things keep it from
learning too much: its answers to synthetic drawings in other hands should stay as they were
(distillation, Hinton et al. 2015), and labels that it finds very improbable hardly count (the
generalised cross-entropy of Zhang and Sabuncu 2018), because some may be wrong.

Copies of the network learn from all drawings but one fold each, and read the drawings left out.
Drawings that they read wrongly, as the network did before, are dropped, because their labels may
be wrong, and all copies learn again without them. The network that learnt from all folds is adopted
only if the drawings left out are then read better than before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Bool, Float, Int, PyTreeDef

from mnist_jax.data.teaching_batches import TeachingBatches, teaching_batches
from mnist_jax.handwriting.quick_writer import Resampled
from mnist_jax.ink.normalise import fit, resample
from mnist_jax.ink.strokes import LabelledDrawing, as_drawing
from mnist_jax.model import MLP, Network
from mnist_jax.reading import answers_in_chunks, read_points
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.languages import translatable
from mnist_jax.training.step import update

STEPS = 24

LEARNING_RATE = 1e-3
"""Learning rate of the first step; it falls linearly to zero."""

REHEARSAL_WEIGHT = 20.0
"""Weight of the rehearsal in the loss."""

LOSS_EXPONENT = 0.7
"""Exponent q of the generalised cross-entropy: near 0 it is the usual cross-entropy, at 1 the
probability of error, whose gradient vanishes for labels that seem impossible."""

FOLDS = 3

MIN_DRAWINGS = 10
"""Least number of different drawings; fewer cannot show whether learning helps."""

CHUNK = 256
"""Drawings that are read together, to bound the memory."""

Net = TypeVar("Net", bound=Network)
"""The kind of network that is taught."""


class Judgements(NamedTuple):
    """How each drawing is read."""

    wrong: Bool[np.ndarray, " n"]
    """Whether each is read as another digit."""

    refused: Bool[np.ndarray, " n"]
    """Whether each is refused as "not a digit"."""

    loss: Float[np.ndarray, " n"]
    """Generalised cross-entropy of each; see `LOSS_EXPONENT`."""


@dataclass(frozen=True, eq=False)
class Lesson(Generic[Net]):
    """The result of teaching a network."""

    network: Net
    """The network after learning, or the given network if learning does not help."""

    drawings: int
    """Number of different drawings."""

    obstacle: str = ""
    """Why the network did not learn, in English, for `translated`; empty if it did."""

    before: Judgements | None = None
    """How the given network reads the drawings; None if they are too few or have one label."""

    after: Judgements | None = None
    """How copies of the network that did not learn from a drawing read it; None if none learnt."""


class Batch(NamedTuple):
    """The drawings of one step, or of several along a leading axis; see `TeachingBatches`."""

    own: Float[Array, "*steps own 28 28"]
    labels: Int[Array, "*steps own"]
    rehearsed: Float[Array, "*steps rehearsed 28 28"]


def teach(network: Net, drawings: Sequence[LabelledDrawing]) -> Net:
    """Return the network adapted to the hand of the person who drew the drawings.

    If there are too few, or if learning from some does not help to read the others, this is the
    given network itself; `lesson` says why. The threshold stays as it is. Equal drawings give equal
    networks.

    Examples:
        >>> import numpy as np
        >>> from mnist_jax import LabelledDrawing, load_params, teach
        >>> mlp = load_params()
        >>> seven = LabelledDrawing("7", (np.array([(0.0, 0.0), (20.0, 1.0), (8.0, 40.0)]),))
        >>> teach(mlp, [seven]) is mlp  # one drawing is too few
        True

    Raises:
        InputError: there is no drawing, one is not what `read_drawing` takes, or a word is not a
            digit.
    """
    return lesson(network, drawings).network


def lesson(network: Net, drawings: Sequence[LabelledDrawing]) -> Lesson[Net]:
    """Teach the network as `teach` does, and return the result with how the drawings were read."""
    resampled, labels = _distinct(drawings)
    if len(labels) < MIN_DRAWINGS:
        few = translatable("these are too few different drawings, at least ten are wanted")
        return Lesson(network, len(labels), few)
    if (labels == labels[0]).all():
        alike = translatable("every drawing has the same label, at least two digits are wanted")
        return Lesson(network, len(labels), alike)
    points = np.stack([fit(*drawing) for drawing in resampled]).astype(np.float32)
    before = _judgements(network, points, labels)
    if 2 * before.wrong.sum() > len(labels):
        wrong = translatable(
            "most drawings are read as another digit than they are labelled; check the labels"
        )
        return Lesson(network, len(labels), wrong, before)
    batches = teaching_batches(resampled, STEPS, np.random.default_rng(0))
    taught, after = _taught(network, batches, points, labels, np.ones(len(labels), bool))
    doubtful = before.wrong & after.wrong
    if doubtful.any():
        taught, after = _taught(network, batches, points, labels, ~doubtful)
    obstacle = _obstacle(before, after)
    return Lesson(network if obstacle else taught, len(labels), obstacle, before, after)


def _taught(
    network: Net,
    batches: TeachingBatches,
    points: Float[np.ndarray, "n points 2"],
    labels: Int[np.ndarray, " n"],
    trusted: Bool[np.ndarray, " n"],
) -> tuple[Net, Judgements]:
    """Return the network taught by the trusted drawings, and how each is read when left out."""
    folds = np.empty(len(labels), int)  # the drawings of a digit are spread over all folds
    folds[np.argsort(labels, kind="stable")] = np.arange(len(labels)) % FOLDS
    included = trusted & (folds != np.arange(FOLDS + 1)[:, None])
    *without_fold, taught = _networks(network, batches, labels, included.astype(np.float32))
    each = [_judgements(other, points, labels) for other in without_fold]
    left_out = folds, np.arange(len(folds))
    return taught, Judgements(*(np.stack(one)[left_out] for one in zip(*each, strict=True)))


def _distinct(
    drawings: Sequence[LabelledDrawing],
) -> tuple[list[Resampled], Int[np.ndarray, " n"]]:
    """Return the different drawings, resampled, and their labels.

    Drawings that are moved or scaled copies of others are left out.
    """
    found: dict[tuple[int, bytes], Resampled] = {}
    for number, labelled in enumerate(drawings, start=1):
        if labelled.label < 0:
            raise InputError(
                "drawing {number} is labelled {found}, expected a digit, 0 to 9",
                number=number,
                found=shortened(labelled.word),
            )
        try:
            resampled = resample(as_drawing(labelled.drawing))
        except InputError as error:
            raise InputError("drawing {number}: {problem}", number=number, problem=error) from error
        rounded = np.round(fit(*resampled), 1).astype(np.float16)
        found.setdefault((labelled.label, rounded.tobytes()), resampled)
    if not found:
        raise InputError("there is no drawing to learn from, at least one is wanted")
    return [*found.values()], np.array([label for label, _ in found])


def _networks(
    network: Net,
    batches: TeachingBatches,
    labels: Int[np.ndarray, " n"],
    included: Float[np.ndarray, "networks n"],
) -> list[Net]:
    """Return a network for each row of `included`, taught by the drawings that are 1 in it."""
    arrays, structure = jax.tree.flatten(network)
    # the kernel and the bias of the first layer stay, unless it is the only one
    fixed = 2 if isinstance(network, MLP) and network.hidden else 0
    batch = Batch(*map(jnp.asarray, (batches.own, labels[batches.drawn], batches.rehearsed)))
    weights = jnp.asarray(included[:, batches.drawn])
    learnt = jax.device_get(_learn(structure, arrays[:fixed], arrays[fixed:], batch, weights))
    return [
        jax.tree.unflatten(structure, [*arrays[:fixed], *jax.device_put(one)])
        for one in zip(*learnt, strict=True)  # slicing in JAX would compile
    ]


@partial(jax.jit, static_argnames="structure")
@partial(jax.vmap, in_axes=(None, None, None, None, 0))
def _learn(
    structure: PyTreeDef,
    fixed: list[Array],
    learning: list[Array],
    batches: Batch,
    weights: Float[Array, "steps own"],
) -> list[Array]:
    """Return `learning`, the arrays of a network that change, after a step on each batch.

    `fixed` are its first arrays, which stay. `weights` are 0 for drawings that are left out. `vmap`
    adds a leading axis to them and to the result, for several networks.
    """
    optimizer = optax.adam(optax.linear_schedule(LEARNING_RATE, 0.0, STEPS))
    original = jax.tree.unflatten(structure, [*fixed, *learning])

    def loss(
        learning: list[Array],
        batch: Batch,
        weight: Float[Array, " own"],
        answers: Float[Array, "rehearsed classes"],
    ) -> tuple[Float[Array, ""], None]:
        """Return the loss: on the person's drawings, and by the change from the first `answers`."""
        network = jax.tree.unflatten(structure, [*fixed, *learning])
        logits = network(jnp.concatenate([batch.own, batch.rehearsed]))
        own, rehearsed = jnp.split(jax.nn.log_softmax(logits), [len(batch.own)])
        true = (own * jax.nn.one_hot(batch.labels, own.shape[1])).sum(1)
        taught = (weight * (1 - jnp.exp(LOSS_EXPONENT * true)) / LOSS_EXPONENT).sum()
        target = jax.nn.log_softmax(answers)
        forgetting = (jnp.exp(target) * (target - rehearsed)).sum(1).mean()
        return taught / jnp.maximum(weight.sum(), 1.0) + REHEARSAL_WEIGHT * forgetting, None

    def step(state: Any, shown: tuple[Batch, Float[Array, " own"]]) -> tuple[Any, None]:
        batch, weight = shown
        return update(loss, optimizer, state, batch, weight, original(batch.rehearsed))

    (learnt, _), _ = jax.lax.scan(step, (learning, optimizer.init(learning)), (batches, weights))
    return learnt


def _judgements(
    network: Network, points: Float[np.ndarray, "n points 2"], labels: Int[np.ndarray, " n"]
) -> Judgements:
    """Judge how the network reads normalised drawings."""
    answer = partial(read_points, network)
    probabilities, digit_probabilities = answers_in_chunks(answer, points, CHUNK)
    true = probabilities[np.arange(len(labels)), labels] * digit_probabilities
    return Judgements(
        wrong=probabilities.argmax(1) != labels,
        refused=digit_probabilities < network.threshold,
        loss=(1 - true**LOSS_EXPONENT) / LOSS_EXPONENT,
    )


def _obstacle(before: Judgements, after: Judgements) -> str:
    """Return why the network should stay as it was; empty if it should learn.

    In `after`, each drawing was read by a network that had not learnt from it.
    """
    if after.wrong.sum() > before.wrong.sum() or after.refused.sum() > before.refused.sum():
        return translatable("drawings left out were read worse")
    gains = before.loss - after.loss
    if gains.mean() <= gains.std() / np.sqrt(len(gains)):
        return translatable("drawings left out were read no better")
    return ""

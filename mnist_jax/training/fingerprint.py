"""The fingerprint of a training run: everything that its result depends on except the machine.

A checkpoint is resumed, and processes train together, only if their fingerprints agree.
"""

import dataclasses
import hashlib
import json
from importlib.metadata import version
from typing import Any

import jax
import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.heartbeat import exchange
from mnist_jax.distributed.processes import START_SECONDS
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import Recipe

CHECKPOINT_FORMAT = 3
"""Increase it when the files or the card of a checkpoint change."""

LIBRARIES = ("jax", "jaxlib", "flax", "optax", "numpy")
"""Libraries whose version may change the trained weights."""

Fingerprint = dict[str, Any]
"""Values by the names that error messages use for them."""


def fingerprint_of(name: str, recipe: Recipe, digits: Digits, seed: int) -> Fingerprint:
    """Return the fingerprint of a run of the recipe called `name`."""
    fields = dataclasses.asdict(recipe)
    del fields["summary"]
    sha256 = hashlib.sha256(np.ascontiguousarray(digits.images).data)
    sha256.update(np.ascontiguousarray(digits.labels).data)
    fingerprint = {
        "checkpoint format": CHECKPOINT_FORMAT,
        "--recipe": name,
        **{"--" + field.replace("_", "-"): value for field, value in fields.items()},
        "--seed": seed,
        "sha256 of the images": sha256.hexdigest(),
        **{f"{library} version": version(library) for library in LIBRARIES},
    }
    as_stored: Fingerprint = json.loads(json.dumps(fingerprint))
    return as_stored


def difference(found: Fingerprint, wanted: Fingerprint) -> str | None:
    """Return the first name whose values differ, or None."""
    names = (name for name in wanted if name not in found or found[name] != wanted[name])
    return next(names, None)


def check_same_run(fingerprint: Fingerprint) -> None:
    """Check that this process trains the same as process 0.

    Raises:
        InputError: something differs; the message names the first difference.

    """
    first: Fingerprint = json.loads(exchange("runs", json.dumps(fingerprint), START_SECONDS))
    if name := difference(first, fingerprint):
        raise InputError(
            f"{name}: process 0 has {json.dumps(first.get(name))}, process {jax.process_index()} "
            f"has {json.dumps(fingerprint[name])}; give all processes the same"
        )

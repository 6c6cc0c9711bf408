"""The fingerprint of a training run: everything that its result depends on except the machine.

A checkpoint is resumed, and processes train together, only if their fingerprints agree.
"""

import dataclasses
import hashlib
import json
from importlib.metadata import version
from typing import Any

import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.distributed.devices import gathered
from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import Recipe

CHECKPOINT_FORMAT = 4
"""Increase it when the content of a checkpoint changes."""

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
    return next((name for name in wanted if found.get(name) != wanted[name]), None)


def check_same_run(fingerprint: Fingerprint) -> None:
    """Check that all processes train the same; all of them call it.

    Raises:
        InputError: something differs; the message names the first difference.

    """
    text = json.dumps(fingerprint).encode().ljust(_MAX_BYTES)
    first, *others = (json.loads(row.tobytes()) for row in gathered(np.frombuffer(text, np.uint8)))
    for number, other in enumerate(others, start=1):
        if name := difference(other, first):
            raise InputError(
                f"{name}: process 0 has {json.dumps(first[name])}, process {number} has "
                f"{json.dumps(other.get(name))}; give all processes the same"
            )


_MAX_BYTES = 65_536
"""Length to which fingerprints are padded, because processes exchange arrays of one shape."""

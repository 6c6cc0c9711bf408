"""What makes a training this one and no other: to take it up, or to share it, all has to agree."""

import dataclasses
import hashlib
import json
from importlib.metadata import version
from typing import Any

import numpy as np

from mnist_jax.data.mnist import Digits
from mnist_jax.training.recipes import Recipe

CHECKPOINT_FORMAT = 2
"""To be raised with any change of a checkpoint's files or its card."""

LIBRARIES = ("jax", "jaxlib", "flax", "optax", "numpy")
"""Whose versions may change the bytes."""

Fingerprint = dict[str, Any]
"""All of it, each by a name that a message can give."""


def fingerprint_of(name: str, recipe: Recipe, digits: Digits, seed: int) -> Fingerprint:
    """All that the bytes of a training depend on, but for the machine."""
    fields = dataclasses.asdict(recipe)
    del fields["summary"]
    sha256 = hashlib.sha256(np.ascontiguousarray(digits.images).data)
    sha256.update(np.ascontiguousarray(digits.labels).data)
    run = {
        "checkpoint format": CHECKPOINT_FORMAT,
        "--recipe": name,
        **{"--" + field.replace("_", "-"): value for field, value in fields.items()},
        "--seed": seed,
        "sha256 of the images": sha256.hexdigest(),
        **{f"{library} version": version(library) for library in LIBRARIES},
    }
    as_kept: Fingerprint = json.loads(json.dumps(run))
    return as_kept


def difference(found: Fingerprint, wanted: Fingerprint) -> str | None:
    """The first name of which not the same was found, if there is one."""
    names = (name for name in wanted if name not in found or found[name] != wanted[name])
    return next(names, None)

"""One training on one, two, four and eight devices, as XLA simulates them on a CPU."""

import json
import os
import subprocess
import sys
from functools import cache

import jax
import numpy as np
import pytest

from mnist_jax.distributed.devices import mesh_for, split

SCRIPT = """
import dataclasses, json, sys
import jax
from mnist_jax.training.loop import fit
from mnist_jax.training.recipes import RECIPES
from tests.conftest import made_up_bars

changes = {"hidden": (32, 16), "epochs": 3, "batch_size": 64, "held_out": 44}
if sys.argv[1] == "quick":
    changes |= {"epochs": 2, "drawings": 16, "non_digits": 8}
recipe = dataclasses.replace(RECIPES[sys.argv[1]], **changes)
curve = []
for training, epoch in fit(recipe, made_up_bars(), seed=0):
    curve += [epoch.training.loss, epoch.validation.loss]
devices = len(training.mlp.layers[0].kernel.sharding.device_set)
print(json.dumps({"devices": devices, "curve": curve}))
"""


@cache
def trained(recipe: str, devices: int) -> tuple[int, list[float]]:
    """On how many devices it was, and the losses of training and validation."""
    flags = f"--xla_force_host_platform_device_count={devices}"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, recipe],
        env=os.environ | {"XLA_FLAGS": flags},
        stdout=subprocess.PIPE,
        check=True,
    )
    said = json.loads(done.stdout)
    return said["devices"], said["curve"]


@pytest.mark.parametrize(
    ("recipe", "devices"),
    [
        ("seed", 4),
        *(
            pytest.param(recipe, devices, marks=pytest.mark.slow)
            for recipe, devices in [("seed", 2), ("seed", 8), ("quick", 2), ("quick", 8)]
        ),
    ],
)
def test_more_devices_give_the_same_curve(recipe: str, devices: int) -> None:
    """Within float32's rounding, a last batch that they cannot share evenly among them."""
    alone, curve = trained(recipe, 1)
    together, same = trained(recipe, devices)
    assert (alone, together) == (1, devices)
    np.testing.assert_allclose(same, curve, rtol=2e-5)
    assert curve[-1] < curve[0]


def test_devices_that_do_not_divide_the_batch_rest() -> None:
    """On a single device any batch is shared evenly; the mesh holds what is used."""
    assert mesh_for(7).size == 1
    order = np.array([[2, 0, 1]])
    data = np.arange(6, dtype=np.uint8).reshape(3, 2)
    placed = split(mesh_for(3), data, order)
    assert isinstance(placed, jax.Array)
    np.testing.assert_array_equal(placed, data[order])

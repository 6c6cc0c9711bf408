"""One training on one and on four devices, as XLA simulates them on a CPU."""

import json
import os
import subprocess
import sys

import jax
import numpy as np
import pytest

from mnist_jax.distributed.devices import mesh_for, split

DEVICES = 4

SCRIPT = f"""
import dataclasses, json, sys
import jax
from mnist_jax.distributed.devices import mesh_for
from mnist_jax.training import loop
from mnist_jax.training.recipes import RECIPES
from tests.conftest import made_up_bars

assert mesh_for(64).size == {DEVICES}
changes = {{"hidden": (32, 16), "epochs": 3, "batch_size": 64, "held_out": 44}}
if sys.argv[1] == "quick":
    changes |= {{"epochs": 2, "drawings": 16, "non_digits": 8}}
recipe = dataclasses.replace(RECIPES[sys.argv[1]], **changes)
curves = []
for mesh in (mesh_for({DEVICES} + 1), mesh_for(64)):
    loop.mesh_for = lambda _, mesh=mesh: mesh
    epochs = [epoch for _, epoch in loop.fit(recipe, made_up_bars(), seed=0)]
    losses = [(epoch.training.loss, epoch.validation.loss) for epoch in epochs]
    curves.append((mesh.size, losses))
print(json.dumps(curves))
"""


@pytest.mark.parametrize("recipe", ["seed", pytest.param("quick", marks=pytest.mark.slow)])
def test_more_devices_give_the_same_curve(recipe: str) -> None:
    """Within float32's rounding, a last batch that they cannot share evenly among them."""
    flags = f"--xla_force_host_platform_device_count={DEVICES}"
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT, recipe],
        env=os.environ | {"XLA_FLAGS": flags},
        stdout=subprocess.PIPE,
        check=True,
    )
    (alone, losses), (together, same) = json.loads(finished.stdout)
    assert (alone, together) == (1, DEVICES)
    np.testing.assert_allclose(same, losses, rtol=2e-5)
    assert losses[-1][0] < losses[0][0]


def test_devices_that_do_not_divide_the_batch_rest() -> None:
    """On a single device any batch is shared evenly; the mesh holds what is used."""
    assert mesh_for(7).size == 1
    order = np.array([[2, 0, 1]])
    data = np.arange(6, dtype=np.uint8).reshape(3, 2)
    placed = split(mesh_for(3), data, order)
    assert isinstance(placed, jax.Array)
    np.testing.assert_array_equal(placed, data[order])

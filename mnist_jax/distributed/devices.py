"""All devices at work: on the batches of one training, split between them, or on many networks."""

import os
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec
from jaxtyping import Int

from mnist_jax.support.errors import InputError
from mnist_jax.training.recipes import Recipe

BATCH = "batch"
"""Name of the mesh's one axis in a training of one network."""

NETWORKS = "networks"
"""Its name in a training of many."""

SMALL_STEP = 1e8
"""Multiplications and additions of a step below which threads cost more than they give."""


def limit_threads(recipe: Recipe) -> None:
    """Keep XLA to one thread of the CPU where a step of the recipe is small.

    Its thread pool is made with JAX's first array, of the size in the environment's `NPROC`; it
    has no option for that. What it gives, `fit` says.
    """
    plain = not (recipe.distortion or recipe.drawings or recipe.non_digits)
    if plain and recipe.step_operations < SMALL_STEP:
        os.environ.setdefault("NPROC", "1")


def mesh_for(batch_size: int) -> Mesh:
    """All devices of all processes; in a single process the most of them that share it evenly.

    Raises:
        InputError: several processes, and their devices cannot share a batch evenly.

    """
    devices = jax.devices()
    count = max(n for n in range(1, len(devices) + 1) if batch_size % n == 0)
    if jax.process_count() > 1 and count < len(devices):
        raise InputError(
            f"--batch-size: {batch_size} was given, {len(devices)} devices share it; "
            f"it has to be a multiple of {len(devices)}"
        )
    return jax.make_mesh((count,), (BATCH,), (AxisType.Auto,), devices=devices[:count])


def device_per_core(networks: int) -> None:
    """Make each core of the CPU a device, as far as there are networks to train on them.

    Each runs in a thread of XLA's pool: with the one that `limit_threads` leaves they would take
    turns. Has to come before JAX's first array.
    """
    count = min(networks, os.cpu_count() or 1)
    jax.config.update("jax_num_cpu_devices", count)  # type: ignore[no-untyped-call]


def mesh_over(networks: int) -> Mesh:
    """All devices, or as many as there are networks to spread over them."""
    devices = jax.devices()[:networks]
    return jax.make_mesh((len(devices),), (NETWORKS,), (AxisType.Auto,), devices=devices)


def spread(mesh: Mesh, tree: Any) -> Any:
    """The tree's arrays, split between the devices along their first axis: the networks."""
    return jax.device_put(tree, _sharding(mesh, NETWORKS))


def on_devices(mesh: Mesh, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function(networks, data)` called by each device with its part of the networks."""
    part, whole = PartitionSpec(NETWORKS), PartitionSpec()  # type: ignore[no-untyped-call]
    return jax.shard_map(function, mesh=mesh, in_specs=(part, whole), out_specs=part)


def replicated(mesh: Mesh, tree: Any) -> Any:
    """The tree's arrays, whole on every device."""
    whole = _sharding(mesh)
    return jax.tree.map(lambda array: jax.device_put(np.asarray(array), whole), tree)


def split(mesh: Mesh, data: np.ndarray, order: Int[np.ndarray, "steps batch"]) -> jax.Array:
    """`data` in an order, its batches split between the devices.

    A process fetches what its own devices hold and nothing else. A batch that the devices cannot
    share evenly is whole on each.
    """
    even = order.shape[1] % mesh.size == 0
    sharding = _sharding(mesh, None, BATCH) if even else _sharding(mesh)
    shape = (*order.shape, *data.shape[1:])

    def part(at: tuple[slice, ...] | None) -> np.ndarray:
        here: np.ndarray = data[order[at[:2] if at else ...]]
        return here

    return jax.make_array_from_callback(shape, sharding, part)


def _sharding(mesh: Mesh, *axes: str | None) -> NamedSharding:
    return NamedSharding(mesh, PartitionSpec(*axes))  # type: ignore[no-untyped-call]

"""Split the batches of one training, or many networks, over all devices."""

import os
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec
from jaxtyping import Int

from mnist_jax.support.errors import InputError

BATCH = "batch"
"""Mesh axis along which the batch of a single network is split."""

NETWORKS = "networks"
"""Mesh axis along which many networks are split."""


def mesh_for(batch_size: int) -> Mesh:
    """Return a mesh over the devices of all processes.

    In a single process, it holds the largest number of devices that divides the batch size.

    Raises:
        InputError: there are several processes, and their devices do not divide the batch size.

    """
    devices = jax.devices()
    count = max(n for n in range(1, len(devices) + 1) if batch_size % n == 0)
    if jax.process_count() > 1 and count < len(devices):
        raise InputError(
            f"--batch-size: {batch_size} is not a multiple of the {len(devices)} devices; "
            f"use a multiple of {len(devices)}"
        )
    return jax.make_mesh((count,), (BATCH,), (AxisType.Auto,), devices=devices[:count])


def device_per_core(networks: int) -> None:
    """Make each CPU core a device, but no more than there are networks.

    Call it before JAX creates its first array.
    """
    count = min(networks, os.cpu_count() or 1)
    jax.config.update("jax_num_cpu_devices", count)  # type: ignore[no-untyped-call]


def mesh_over(networks: int) -> Mesh:
    """Return a mesh over all devices, but no more than there are networks."""
    devices = jax.devices()[:networks]
    return jax.make_mesh((len(devices),), (NETWORKS,), (AxisType.Auto,), devices=devices)


def spread(mesh: Mesh, tree: Any) -> Any:
    """Split the arrays of a tree over the devices along their first axis, the networks."""
    return jax.device_put(tree, _sharding(mesh, NETWORKS))


def on_devices(mesh: Mesh, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function(networks, data)`, run by each device on its part of the networks."""
    part, whole = PartitionSpec(NETWORKS), PartitionSpec()  # type: ignore[no-untyped-call]
    return jax.shard_map(function, mesh=mesh, in_specs=(part, whole), out_specs=part)


def replicated(mesh: Mesh, tree: Any) -> Any:
    """Copy the arrays of a tree to every device."""
    whole = _sharding(mesh)
    return jax.tree.map(lambda array: jax.device_put(np.asarray(array), whole), tree)


def split(mesh: Mesh, data: np.ndarray, order: Int[np.ndarray, "steps batch"]) -> jax.Array:
    """Return `data` in an order, each batch split over the devices.

    Each process loads only what its own devices hold. A batch size that the devices do not divide
    is replicated instead.
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

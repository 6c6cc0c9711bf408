"""Split training batches over all devices, and exchange arrays between processes."""

from typing import Any

import jax
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec
from jaxtyping import Int

from mnist_jax.support.errors import InputError

BATCH = "batch"
"""Mesh axis along which a batch is split."""


def mesh_for(batch_size: int) -> Mesh:
    """Return a mesh over the devices of all processes.

    In a single process, it has as many devices as possible whose number divides the batch size.

    Raises:
        InputError: there are several processes, and their devices do not divide the batch size.
    """
    devices = jax.devices()
    count = max(n for n in range(1, len(devices) + 1) if batch_size % n == 0)
    if jax.process_count() > 1 and count < len(devices):
        raise InputError(
            "--batch-size: {found} is not a multiple of the {devices} devices; "
            "use a multiple of {devices}",
            found=batch_size,
            devices=len(devices),
        )
    return jax.make_mesh((count,), (BATCH,), (AxisType.Auto,), devices=devices[:count])


def replicated(mesh: Mesh, tree: Any) -> Any:
    """Return the tree with its arrays copied to every device of the mesh."""
    whole = _sharding(mesh)
    return jax.tree.map(lambda array: jax.device_put(np.asarray(array), whole), tree)


def split(mesh: Mesh, data: np.ndarray, order: Int[np.ndarray, "steps batch"]) -> jax.Array:
    """Return `data` in the given order of batches, each batch split over the devices.

    Each process loads only what its own devices hold. If the number of devices does not divide the
    batch size, every device holds all batches.
    """
    even = order.shape[1] % mesh.size == 0
    sharding = _sharding(mesh, None, BATCH) if even else _sharding(mesh)
    shape = (*order.shape, *data.shape[1:])

    def part(slices: tuple[slice, ...] | None) -> np.ndarray:
        rows: np.ndarray = data[order[slices[:2] if slices else ...]]
        return rows

    return jax.make_array_from_callback(shape, sharding, part)


def _sharding(mesh: Mesh, *axes: str | None) -> NamedSharding:
    return NamedSharding(mesh, PartitionSpec(*axes))  # type: ignore[no-untyped-call]


def broadcast(tree: Any) -> Any:
    """Return the arrays of process 0 in all processes; the others provide the shapes."""
    return jax.tree.map(jax.numpy.asarray, multihost_utils.broadcast_one_to_all(tree))


def gathered(array: np.ndarray) -> np.ndarray:
    """Return the arrays of all processes, stacked; all must call this, with the same shape."""
    return np.asarray(multihost_utils.process_allgather(array)).reshape(-1, *array.shape)

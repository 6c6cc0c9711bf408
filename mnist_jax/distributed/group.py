"""The group of processes that train together; importing this does not import JAX."""

from dataclasses import dataclass

from mnist_jax.support.errors import InputError


@dataclass(frozen=True)
class Group:
    """The processes that train together, as given by the command line."""

    distributed: bool
    """Whether Slurm, Kubernetes, MPI or a TPU pod started them; JAX then finds the rest."""

    coordinator: str | None = None
    """`HOST:PORT` on which process 0 listens."""

    num_processes: int | None = None
    process_id: int | None = None

    def __post_init__(self) -> None:
        """Check the options against each other.

        Raises:
            InputError: an option is missing or a number is out of range.

        """
        by_hand = (self.coordinator, self.num_processes, self.process_id)
        if by_hand == (None, None, None):
            return
        if self.distributed:
            raise InputError("--distributed finds the processes itself; leave out --coordinator")
        if self.coordinator is None or self.num_processes is None or self.process_id is None:
            raise InputError("--coordinator, --num-processes and --process-id go together")
        host, _, port = self.coordinator.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 2**16):
            raise InputError(f"--coordinator: {self.coordinator} was given, HOST:PORT is wanted")
        if self.num_processes < 1:
            raise InputError(
                f"--num-processes: {self.num_processes} was given, 1 or more is wanted"
            )
        if not 0 <= self.process_id < self.num_processes:
            raise InputError(
                f"--process-id: {self.process_id} was given, "
                f"it must be 0 to {self.num_processes - 1}"
            )

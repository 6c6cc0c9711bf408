"""The exceptions that the commands report as one line instead of a traceback."""


class InputError(ValueError):
    """Bad input from the user: a file, an option, a drawing or an image.

    The message names the thing, what was found, what was wanted and what to do.

    Examples:
        >>> from mnist_jax import InputError, load_params, predict
        >>> try:
        ...     predict(load_params(), "seven.png")
        ... except InputError as error:
        ...     print(error)
        images are of type str, expected one array (batch, 28, 28); convert lists with numpy.array
    """


class Interrupted(KeyboardInterrupt):
    """A run was stopped by a signal; the message says how to continue it."""

    def __init__(self, message: str, status: int) -> None:
        """Store the message and the exit status, 128 plus the number of the signal."""
        super().__init__(message)
        self.status = status

"""The exceptions that the commands report as one line instead of a traceback."""


class InputError(ValueError):
    """Bad input from the user: a file, an option, a drawing or an image.

    The message names the thing, what was found, what was wanted and what to do.
    """


class Interrupted(KeyboardInterrupt):
    """A run was stopped by a signal; the message says how to continue it."""

    def __init__(self, message: str, status: int) -> None:
        """Store the message and the exit status, 128 plus the number of the signal."""
        super().__init__(message)
        self.status = status

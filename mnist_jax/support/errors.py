"""The one exception for what a user can cause: a bad file, option or drawing."""


class InputError(ValueError):
    """Bad input; its text names the thing, what was found, what was wanted and the way out."""

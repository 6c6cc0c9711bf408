"""Letters, symbols and small pictures that are not digits, as stroke templates.

The table `tables/symbols.txt` leaves out whatever can pass for a digit: O D o (0), I l | / (1),
Z z (2), B (8), S s (5), b (6), q g (9), and similar characters of other scripts.
"""

from functools import cache

import numpy as np
from jaxtyping import Float

from mnist_jax.handwriting.templates import Shapes, Template, stack_templates, table


@cache
def templates() -> tuple[Template, ...]:
    """Return the templates of `tables/symbols.txt`, in order."""
    return table("symbols")


@cache
def shapes() -> Shapes:
    """Return the templates as arrays, in the order of `templates`."""
    return stack_templates(templates())


@cache
def weights() -> Float[np.ndarray, " templates"]:
    """Return how common each template is."""
    return np.array([template.weight for template in templates()])

"""Cases of one test, of which the slow run has more."""

from collections.abc import Sequence
from typing import Any

import pytest


def first_values(count: int, values: Sequence[Any]) -> list[Any]:
    """The values of one argument, those after the first so many marked as slow."""
    later = [pytest.param(value, marks=pytest.mark.slow) for value in values[count:]]
    return [*values[:count], *later]

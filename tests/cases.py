"""Cases of one test, of which the slow run has more."""

from collections.abc import Sequence
from typing import Any

import pytest


def first_of(count: int, cases: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The cases, those after the first so many marked as slow."""
    later = [pytest.param(*case, marks=pytest.mark.slow) for case in cases[count:]]
    return [*cases[:count], *later]

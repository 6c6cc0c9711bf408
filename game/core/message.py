"""What passes between the core and the shell: events go in, effects come out."""

from dataclasses import dataclass
from enum import Enum
from typing import dataclass_transform


@dataclass_transform(frozen_default=True)
class Message:
    """Base class of the events and effects, which are frozen dataclasses or enums."""

    def __init_subclass__(cls, *, is_base: bool = False) -> None:
        """Make the class a frozen dataclass, unless it is an enum or a base of one."""
        if not (is_base or issubclass(cls, Enum)):
            dataclass(frozen=True)(cls)

"""The numbers of tickets in other systems."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ExternalNumber:
    """The number of a ticket in another system.

    Attributes:
        field: Key of the field of the process that has it; empty for one that was added by hand.
        also_in: Protocols of the other tickets with this number that the reader may know of; at most a few.
    """

    id: int
    system: str
    number: str
    field: str = ""
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddNumber:
    """Add a number, as typed."""

    system: str
    number: str


@dataclass(frozen=True, slots=True)
class RemoveNumber:
    """Remove a number that was added by hand."""

    number: int


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """Record that the block for a system was copied."""

    system: str


Change: TypeAlias = AddNumber | RemoveNumber | CopyBlock

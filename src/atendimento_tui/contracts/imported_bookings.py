"""The result of importing bookings that were made elsewhere."""

from dataclasses import dataclass

from atendimento_tui.contracts.imports import ListImport


@dataclass(frozen=True, slots=True)
class BookingImport(ListImport):
    """What an import of bookings did, or would do.

    Attributes:
        conflicts: How many bookings of the list have no place, because it is taken or the beneficiary has another one.
        closed: How many of those that are new or changed lie outside the open hours.
    """

    conflicts: int = 0
    closed: int = 0

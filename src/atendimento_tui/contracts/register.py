"""The register: the rows that a run appends to the operator's workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

CellValue: TypeAlias = str | int | date | datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A protocol of a registering service.

    Attributes:
        id: Its id.
        ticket: Id of its ticket.
        day: The day of the run that it belongs to, as an ISO date; None before it.
        number: Its number in the register; None before its run.
    """

    id: int
    ticket: int
    protocol: str
    day: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the workbook.

    Attributes:
        cells: Letter of a column -> what it shows. A text is never a formula.
    """

    entry: int
    number: int
    protocol: str
    cells: Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class RegisterRun:
    """What a run did, or would do.

    Attributes:
        file: The path of the workbook.
        written: The rows that were appended, ascending.
        found: Protocols that stood in the workbook already, after an interrupted run.
        later: Number of protocols that came after the run of the day, which is written on the next one.
        backup: The path of the copy of the workbook that was made before; None if nothing was appended.
    """

    file: str
    written: tuple[RegisterRow, ...]
    found: tuple[str, ...]
    later: int
    backup: str | None

"""The operator's procedures, as the table has them, and the report of an import."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atendimento_tui.contracts.imports import ListImport

if TYPE_CHECKING:
    from atendimento_tui.contracts.trail import StreamEvent
    from atendimento_tui.domain.procedures import Procedure, Warnings


@dataclass(frozen=True, slots=True)
class FoundProcedure:
    """A procedure of the table, for somebody who looks for it.

    Attributes:
        is_in_force: Whether it is in force today.
    """

    procedure: "Procedure"
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What is known about a typed code.

    Attributes:
        procedure: What the table has for it; None for a code that it does not have.
    """

    code: str
    procedure: "Procedure | None"
    warnings: "Warnings"


@dataclass(frozen=True, slots=True)
class ProcedureHistory:
    """A procedure and its changes, oldest first, with the names of the people."""

    procedure: "Procedure"
    events: "Sequence[tuple[StreamEvent, str]]"


@dataclass(frozen=True, slots=True)
class ProcedureImport(ListImport):
    """The result of an import, or what it would do.

    Attributes:
        wrong_digits: Lines whose code has a wrong check digit. They are imported.
    """

    wrong_digits: int

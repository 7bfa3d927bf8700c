"""The papers of a ticket, and how they are given."""

from dataclasses import dataclass
from pathlib import Path

SLIP = ""
"""The key of the slip, which every ticket has. A process's paper has its own."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that a ticket has.

    Attributes:
        key: Its key in the process.
        copies: How many are printed.
        is_due: Whether an act asked for it and nobody has printed it yet.
    """

    key: str
    name: str
    copies: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper leaves the desk: at a printer, or as a file where there is none.

    Attributes:
        printer: The name of the printer; empty for a file.
        folder: The folder of the file; for a printer None.
    """

    printer: str = ""
    folder: Path | None = None

"""The papers of a ticket, and how they are given."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

SLIP = ""
"""The key of the slip, which every ticket has. A process's paper has its own."""

How: TypeAlias = Literal["impressora", "arquivo", "palavra", "email", "whatsapp", "copia"]
"""How a paper is given: at a printer, as a PDF; the slip also by word, by e-mail, as a link, by the clipboard."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that a ticket has.

    Attributes:
        key: Its key in the process.
        copies: How many are printed.
        is_due: Whether an act asked for it and nobody has printed it yet.
        has_form: Whether the operator may have a form of its own for it.
    """

    key: str
    name: str
    copies: int
    is_due: bool
    has_form: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper leaves the desk.

    Attributes:
        how: The way.
        printer: For `impressora`: its name.
        folder: For `arquivo`: where the PDF is saved.
        forms: The folder of the operator's forms; None prints the paper without its form.
    """

    how: How
    printer: str = ""
    folder: Path | None = None
    forms: Path | None = None

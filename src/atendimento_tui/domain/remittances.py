"""Remittances: the documents of a day that travel to a department as a numbered batch.

An item follows its document: when the department takes or refuses the document, its item is received or refused.
"""

from dataclasses import dataclass

from atendimento_tui.domain.documents import ACCEPTED, HERE, REFUSED, DocumentState

IN_BATCH, ON_THE_WAY, TAKEN, TURNED_DOWN = "na_remessa", "a_caminho", "recebido", "recusado"
"""The states of an item: in the open batch, on the way since the batch was closed, taken or refused there."""

PENDING = (IN_BATCH, ON_THE_WAY)
"""The states of an item that no department has decided on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an item.

    Attributes:
        state: Its new state; None if it leaves the open batch.
    """

    state: str | None
    reason: str = ""
    said_by: str = ""


def verdict_of(item: str, document: DocumentState) -> Verdict | None:
    """What becomes of a pending item once its document has changed; None if nothing does.

    A document that is refused or taken back while its batch is still open does not travel.

    Args:
        item: The state of the item.
    """
    if item == ON_THE_WAY and document.state == ACCEPTED:
        return Verdict(TAKEN, said_by=document.said_by)
    if item == ON_THE_WAY and document.state == REFUSED:
        return Verdict(TURNED_DOWN, document.reason, document.said_by)
    return Verdict(None) if item == IN_BATCH and document.state not in HERE else None


def series(group: int, year: int) -> str:
    """The series of the numbers of a department and year, which has no gaps."""
    return f"remessa {group} {year}"

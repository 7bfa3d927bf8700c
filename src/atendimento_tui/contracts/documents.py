"""The documents that tickets need."""

from dataclasses import dataclass
from datetime import date, datetime

from atendimento_tui.contracts.remittances import ItemRow


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a ticket.

    Attributes:
        why: Why it is needed.
        state: `pedido`, `recebido`, `aceito` or `recusado`.
        ways: How it may come: `original`, `copia`, `arquivo`.
        keeps: Whether the desk keeps it.
        way: How it came; empty if that is not known.
        attachment: The number in the ticket, the name and the id of the attachment that has it.
        reason: Why it was refused.
        said_by: Who decided that, if it was not the person who recorded it.
        asked_again: How often it was asked for again.
        due_on: The last day for its correction.
        arrived_at, arrived_by: When it came last, and the name of who recorded it.
        decided_at, decided_by: When it was accepted or refused, and the name of who recorded that.
        is_needed: Whether it is needed with the present answers.
        remittance: The remittance in which it is or travels, until the department answers.
    """

    key: str
    name: str
    why: str
    state: str
    ways: tuple[str, ...] = ()
    keeps: bool = True
    way: str = ""
    attachment: tuple[int, str, int] | None = None
    reason: str = ""
    said_by: str = ""
    asked_again: int = 0
    due_on: date | None = None
    arrived_at: datetime | None = None
    arrived_by: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    is_needed: bool = True
    remittance: ItemRow | None = None

    @property
    def is_here(self) -> bool:
        """Whether it came and was not refused since."""
        return self.state in ("recebido", "aceito")


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document in the list of all tickets that wait for documents.

    Attributes:
        state: As in `DocumentView`.
        since: Since when it is in this state.
    """

    name: str
    state: str
    since: datetime
    asked_again: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """An open ticket that waits for documents, or for somebody to check them.

    Attributes:
        person: The name of the beneficiary, else of the requester; empty for none.
        missing: The documents that are missing or were refused.
        to_check: Those that came and were not decided.
        since: Since when the oldest of its missing documents is awaited; else of those to be checked.
    """

    ticket: int
    protocol: str
    service: str
    person: str
    step: str
    missing: tuple[WaitingDocument, ...]
    to_check: tuple[WaitingDocument, ...]
    since: datetime

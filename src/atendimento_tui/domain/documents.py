"""What is known of one document of a ticket: how it came, and what was decided about it.

It is the value of a field of the ticket (`documento_rg`), as JSON, so that the events alone tell it. Older events have
`recebido`, or the reason why the document was refused.
"""

import json
from dataclasses import dataclass, fields
from datetime import date, datetime

from atendimento_tui.domain.text import entered

AWAITED, RECEIVED, ACCEPTED, REFUSED = "pedido", "recebido", "aceito", "recusado"
"""The states: not here yet, here, found right, found wrong and asked for again."""

HERE = (RECEIVED, ACCEPTED)
"""The states of a document that is not missing."""

ORIGINAL, COPY, FILE = "original", "copia", "arquivo"
WAYS = (ORIGINAL, COPY, FILE)
"""How a document comes: its original is seen, a copy on paper stays, an attachment has it."""

_MARK = "estado"
_WORDS = {
    "state": _MARK,
    "way": "como",
    "attachment": "anexo",
    "reason": "motivo",
    "said_by": "disse",
    "asked_again": "voltas",
    "due": "ate",
    "arrived_at": "chegou",
    "arrived_by": "recebeu",
    "decided_at": "julgado",
    "decided_by": "julgou",
}


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of a document.

    Attributes:
        way: One of `WAYS`; empty if that was not said.
        attachment: Number of the ticket's event with which the file was attached.
        reason: Why it was refused last.
        said_by: Who refused it, if it was not the person who recorded that: a department.
        asked_again: How often it was refused, and therefore asked for again.
        due: The last day for its correction, as ISO date; empty for none.
        arrived_at, arrived_by: When it came last, as ISO instant in UTC, and the id of the person who recorded it.
        decided_at, decided_by: When it was accepted or refused last, and the id of the person who recorded it.
    """

    state: str = AWAITED
    way: str = ""
    attachment: int | None = None
    reason: str = ""
    said_by: str = ""
    asked_again: int = 0
    due: str = ""
    arrived_at: str = ""
    arrived_by: int | None = None
    decided_at: str = ""
    decided_by: int | None = None

    @property
    def is_here(self) -> bool:
        """Whether it came and was not refused since."""
        return self.state in HERE

    @property
    def since(self) -> datetime | None:
        """Since when it is in its state; None if that was not recorded."""
        written = {RECEIVED: self.arrived_at, ACCEPTED: self.decided_at, REFUSED: self.decided_at}.get(self.state, "")
        return datetime.fromisoformat(written) if written else None

    @property
    def due_on(self) -> date | None:
        """The last day for its correction."""
        return date.fromisoformat(self.due) if self.due else None


def read_state(stored: str) -> DocumentState:
    """What the field of a document says; also of older events, and of one whose text was erased."""
    if not stored:
        return DocumentState()
    if stored == RECEIVED:
        return DocumentState(RECEIVED)
    try:
        data = json.loads(stored)
        if isinstance(data, dict) and data.get(_MARK) in (AWAITED, RECEIVED, ACCEPTED, REFUSED):
            return DocumentState(**{name: data[word] for name, word in _WORDS.items() if word in data})
    except ValueError:
        pass  # a reason that somebody wrote
    return DocumentState(REFUSED, reason=stored, asked_again=1)


def written_state(state: DocumentState) -> str:
    """The state as the field has it, without what is not known."""
    known = {word: getattr(state, name) for name, word in _WORDS.items()}
    usual = {field.name: field.default for field in fields(DocumentState)}
    kept = {word: known[word] for name, word in _WORDS.items() if name == "state" or known[word] != usual[name]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def said(text: str) -> str:
    """A short text of a person on one line."""
    return " ".join(entered(text).split())

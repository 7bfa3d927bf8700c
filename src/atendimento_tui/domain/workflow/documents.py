"""The documents that a process needs: which are needed, which are missing, and what is recorded of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from atendimento_tui.domain import acts
from atendimento_tui.domain.documents import (
    ACCEPTED,
    AWAITED,
    FILE,
    RECEIVED,
    REFUSED,
    DocumentState,
    read_state,
    written_state,
)
from atendimento_tui.domain.process.fields import effective_values
from atendimento_tui.domain.process.parts import all_hold
from atendimento_tui.domain.process.schema import DOCUMENT, DocumentRule, Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.workflow.context import values_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """What somebody records of a document.

    Attributes:
        state: The state that it gets: `RECEIVED`, `ACCEPTED`, `REFUSED`, or `AWAITED` if it was recorded by mistake.
        way: How it came; empty if that is not said.
        attachment: Number of the ticket's event with which the file was attached.
        reason: Why it is refused.
        said_by: Who refuses or accepts it, if it is not the person who records that.
        due: The last day for its correction.
    """

    state: str
    way: str = ""
    attachment: int | None = None
    reason: str = ""
    said_by: str = ""
    due: date | None = None


DocumentOfTicket: TypeAlias = tuple[DocumentRule, DocumentState, bool]
"""A document, what is known of it, and whether it is needed."""


def documents_needed(process: Process, values: Mapping[str, str]) -> list[DocumentRule]:
    """The documents that are needed with these values."""
    effective = effective_values(process.fields, values)
    return [rule for rule in process.documents if all_hold(rule.when, effective)]


def documents_missing(process: Process, ticket: Ticket) -> list[DocumentRule]:
    """The needed documents that were not received or were refused."""
    needed = documents_needed(process, values_of(ticket))
    return [rule for rule in needed if not state_of(ticket, rule.key).is_here]


def missing_with_reasons(process: Process, ticket: Ticket) -> list[tuple[str, str]]:
    """The name of each missing document, and why it was refused, if it was."""
    return [(rule.name, state_of(ticket, rule.key).reason) for rule in documents_missing(process, ticket)]


def documents_not_accepted(process: Process, ticket: Ticket) -> list[DocumentRule]:
    """The needed documents that nobody has accepted."""
    needed = documents_needed(process, values_of(ticket))
    return [rule for rule in needed if state_of(ticket, rule.key).state != ACCEPTED]


def state_of(ticket: Ticket, document: str) -> DocumentState:
    """What is known of a document of the ticket."""
    return read_state(ticket.fields.get(f"{DOCUMENT}{document}", ""))


def states_of(process: Process, ticket: Ticket) -> list[DocumentOfTicket]:
    """Each document of the process that is needed or of which something is known, and whether it is needed."""
    needed = {rule.key for rule in documents_needed(process, values_of(ticket))}
    return [
        (rule, state_of(ticket, rule.key), rule.key in needed)
        for rule in process.documents
        if rule.key in needed or ticket.fields.get(f"{DOCUMENT}{rule.key}")
    ]


def record_document(
    ticket: Ticket, process: Process, document: str, recorded: Recorded, *, actor: int | None, at: datetime
) -> Event:
    """Record that a document came, was accepted, was refused, or did not come after all.

    Args:
        document: The key of the document.

    Raises:
        Refused: The process has no such document, or does not take it in this way; the ticket has ended; there is no
            reason for a refusal; it did not come; nothing changes.
    """
    rule = next((rule for rule in process.documents if rule.key == document), None)
    if rule is None:
        raise Refused("documento_desconhecido", name=document, protocol=ticket.protocol)
    acts.must_be_open(ticket)
    before = state_of(ticket, document)
    _check(rule, before, recorded)
    after = _after(before, recorded, actor, at)
    if _facts(after) == _facts(before):
        raise Refused("documento_igual", name=rule.name)
    changes = ticket.change_fields({f"{DOCUMENT}{document}": written_state(after)})
    return Event("documento", at, actor, text=f"{rule.name}: {_told(recorded)}", changes=changes)


def _check(rule: DocumentRule, before: DocumentState, recorded: Recorded) -> None:
    if recorded.state == REFUSED and not recorded.reason:
        raise Refused("documento_sem_motivo", name=rule.name)
    if recorded.state == ACCEPTED and not before.is_here:
        raise Refused("documento_nao_chegou", name=rule.name)
    if recorded.state == AWAITED and before.state == AWAITED:
        raise Refused("documento_nao_chegou", name=rule.name)
    if recorded.state == RECEIVED and before.state == ACCEPTED:
        raise Refused("documento_ja_aceito", name=rule.name)
    if recorded.way and recorded.way not in rule.ways:
        raise Refused("documento_forma", name=rule.name, ways=", ".join(rule.ways))
    if (recorded.way == FILE) != (recorded.attachment is not None):
        raise Refused("documento_sem_anexo", name=rule.name)


def _after(before: DocumentState, recorded: Recorded, actor: int | None, at: datetime) -> DocumentState:
    now = at.astimezone(UTC).isoformat(timespec="seconds")
    match recorded.state:
        case "recebido":
            return DocumentState(
                RECEIVED,
                recorded.way,
                recorded.attachment,
                asked_again=before.asked_again,
                arrived_at=now,
                arrived_by=actor,
            )
        case "pedido":
            return DocumentState(asked_again=before.asked_again)
    is_refused = recorded.state == REFUSED
    return replace(
        before,
        state=recorded.state,
        reason=recorded.reason if is_refused else "",
        said_by=recorded.said_by,
        due=recorded.due.isoformat() if recorded.due and is_refused else "",
        asked_again=before.asked_again + is_refused,
        decided_at=now,
        decided_by=actor,
    )


def _facts(state: DocumentState) -> tuple[object, ...]:
    """What a state says, without who recorded it and when."""
    return state.state, state.way, state.attachment, state.reason, state.said_by, state.due


_WAY_TOLD = {"original": "original visto", "copia": "cópia em papel", "arquivo": "arquivo"}


def _told(recorded: Recorded) -> str:
    """What is recorded, as the text of its event."""
    if recorded.state == REFUSED:
        rest = [f"disse {recorded.said_by}"] if recorded.said_by else []
        rest += [f"corrigir até {recorded.due:%d/%m/%Y}"] if recorded.due else []
        return f"{recorded.reason} ({'; '.join(rest)})" if rest else recorded.reason
    if recorded.state == AWAITED:
        return "anotado por engano: não chegou"
    aside = recorded.said_by if recorded.state == ACCEPTED else _WAY_TOLD.get(recorded.way, "")
    return f"{recorded.state} ({aside})" if aside else recorded.state

"""The documents that a process needs: which are needed, which are missing, and recording one as received or refused."""

from collections.abc import Mapping
from datetime import datetime

from atendimento_tui.domain import acts
from atendimento_tui.domain.process.fields import effective_values
from atendimento_tui.domain.process.schema import DOCUMENT, RECEIVED, DocumentRule, Process, all_hold
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.workflow.context import values_of


def documents_needed(process: Process, values: Mapping[str, str]) -> list[DocumentRule]:
    """The documents that are needed with these values."""
    effective = effective_values(process.fields, values)
    return [rule for rule in process.documents if all_hold(rule.when, effective)]


def documents_missing(process: Process, ticket: Ticket) -> list[DocumentRule]:
    """The needed documents that were not received or were refused."""
    needed = documents_needed(process, values_of(ticket))
    return [rule for rule in needed if ticket.fields.get(f"{DOCUMENT}{rule.key}") != RECEIVED]


def check_document(
    ticket: Ticket, process: Process, document: str, verdict: str, *, actor: int | None, at: datetime
) -> Event:
    """Record that a document was received, or why it was refused.

    Args:
        document: The key of the document.
        verdict: `RECEIVED`, or the reason of the refusal.

    Raises:
        Refused: The process has no such document, the ticket has ended, or no reason is given.
    """
    rules = {rule.key: rule for rule in process.documents}
    if document not in rules:
        raise Refused("documento_desconhecido", name=document, protocol=ticket.protocol)
    acts.must_be_open(ticket)
    if not verdict:
        raise Refused("documento_sem_motivo", name=rules[document].name)
    changes = ticket.change_fields({f"{DOCUMENT}{document}": verdict})
    return Event("documento", at, actor, text=f"{rules[document].name}: {verdict}", changes=changes)

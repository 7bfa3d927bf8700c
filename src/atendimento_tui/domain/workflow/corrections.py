"""Correcting the answer to a field."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from atendimento_tui.domain import acts
from atendimento_tui.domain.process.fields import asked_fields
from atendimento_tui.domain.process.schema import FieldRule, Process
from atendimento_tui.domain.process.subject import updated_subject
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow.apply import check_answers
from atendimento_tui.domain.workflow.clock_effects import with_clock_changes
from atendimento_tui.domain.workflow.context import ProcessContext, values_of
from atendimento_tui.domain.workflow.effects import Outcome


def correctable(ticket: Ticket, process: Process, role: str) -> list[FieldRule]:
    """The fields whose answers a person of this role may correct. Fields that are not asked now are not included."""
    if not ticket.step or not State(ticket.state).is_open:
        return []
    return asked_fields(
        process.fields, [rule.key for rule in process.fields if role in rule.correct_by], values_of(ticket)
    )


def correct(
    ticket: Ticket,
    context: ProcessContext,
    key: str,
    value: str,
    *,
    actor: int | None,
    role: str,
    at: datetime,
    reason: str,
    facts: Mapping[str, str] = MappingProxyType({}),
) -> Outcome:
    """Correct the answer to a field, with a reason. The targets of clocks follow the corrected answer.

    Args:
        value: The answer in its stored form (`values.read_value`).
        facts: Values that a table gives to other fields because of the answer (`process.facts`).

    Raises:
        Refused: The ticket has ended, this role may not correct the field, the field is not asked with the other
            answers, the answer is unchanged, a required answer is empty, or no reason is given.
    """
    acts.must_be_open(ticket)
    rule = next((rule for rule in context.process.fields if rule.key == key), None)
    if rule is None or not rule.correct_by:
        raise Refused("correcao_nao_prevista", field=rule.label if rule else key)
    if role not in rule.correct_by:
        raise Refused("correcao_papel", field=rule.label, roles=", ".join(rule.correct_by))
    if rule not in correctable(ticket, context.process, role):
        raise Refused("correcao_nao_cabe", field=rule.label, protocol=ticket.protocol)
    if rule.required and not value:
        raise Refused("campo_vazio", field=rule.label)
    if value == ticket.fields.get(key, ""):
        raise Refused("correcao_igual", field=rule.label)
    if not reason.strip():
        raise Refused("correcao_sem_motivo", field=rule.label)
    answers = {key: value, **facts}
    check_answers(context.process, ticket, answers)
    subject = ticket.change(subject=updated_subject(ticket, context.process, answers))
    changes = {**subject, **ticket.change_fields(answers)}
    return Outcome(
        with_clock_changes(ticket, context, Event("corrigido", at, actor, text=reason.strip(), changes=changes))
    )

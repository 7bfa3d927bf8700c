"""Decides which actions the ticket's step has, and why some are not possible now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from atendimento_tui.domain.process.fields import asked_fields
from atendimento_tui.domain.process.parts import Condition
from atendimento_tui.domain.process.schema import BACK, ActionRule, FieldRule, Process
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import SEVERITY
from atendimento_tui.domain.workflow.conditions import first_unmet, merged, rules_that_apply
from atendimento_tui.domain.workflow.context import ProcessContext, values_of
from atendimento_tui.domain.workflow.documents import documents_missing, documents_not_accepted


@dataclass(frozen=True, slots=True)
class Possible:
    """An action of the ticket's step.

    Attributes:
        why_not: Why it is not possible now; None if it is possible.
        asks: The fields that it asks for with the present values.
    """

    action: ActionRule
    why_not: Refused | None
    asks: tuple[FieldRule, ...]


def fields_asked(process: Process, values: Mapping[str, str], action: ActionRule | None = None) -> list[FieldRule]:
    """The fields that intake, or the given action, asks for with these values (in their stored form)."""
    keys = action.asks if action else [rule.key for rule in process.fields if not rule.later]
    return asked_fields(process.fields, keys, values)


def possible(ticket: Ticket, context: ProcessContext, role: str, now: datetime) -> list[Possible]:
    """The actions of the ticket's step that are shown to a person of this role, and why some are not possible now."""
    if not ticket.step:  # it has no process yet
        return []
    values = values_of(ticket)
    shown = [
        action
        for action in context.process.step(ticket.step).actions
        if not action.by_itself and first_unmet(action.when, ticket, context, now) is None
    ]
    return [
        Possible(
            action,
            why_not_possible(action, ticket, context, role, now, to_be_asked=action.asks),
            tuple(fields_asked(context.process, values, action)),
        )
        for action in shown
    ]


def check_possible(action: ActionRule, ticket: Ticket, context: ProcessContext, role: str | None, at: datetime) -> None:
    """Refuse an action that is not possible with the answers that the ticket has.

    Args:
        role: The person's role; None for the desk itself, which may do everything.

    Raises:
        Refused: It is not possible.
    """
    if first_unmet(action.when, ticket, context, at):
        raise Refused("acao_nao_cabe", action=action.label, protocol=ticket.protocol)
    asks = fields_asked(context.process, values_of(ticket), action)
    if missing := [rule for rule in asks if rule.required and not ticket.fields.get(rule.key, "").strip()]:
        beside = {rule.key: Refusal("acao_campo", {"action": action.label, "field": rule.label}) for rule in missing}
        raise Refused("acao_campo", action=action.label, field=", ".join(rule.label for rule in missing), beside=beside)
    if refusal := why_not_possible(action, ticket, context, role, at):
        raise refusal


def action_of(ticket: Ticket, process: Process, key: str) -> ActionRule:
    """The action with this key that a person may do in the ticket's step.

    Raises:
        Refused: Only another step has such an action, or none has.
    """
    step = process.step(ticket.step)
    for each in (step, *process.steps):
        for action in each.actions:
            if action.key == key and not action.by_itself:
                if each is step:
                    return action
                raise Refused("acao_de_outra_etapa", action=action.label, step=step.name, protocol=ticket.protocol)
    raise Refused("acao_desconhecida", action=key, step=step.name, protocol=ticket.protocol)


def why_not_possible(
    action: ActionRule,
    ticket: Ticket,
    context: ProcessContext,
    role: str | None,
    now: datetime,
    *,
    to_be_asked: Collection[str] = (),
) -> Refused | None:
    """Why the action is not possible; None if it is.

    Args:
        role: The person's role; None for the desk itself, which may do everything.
        to_be_asked: Fields that the action still asks for. Conditions on them are ignored.
    """
    if action.roles and role is not None and role not in action.roles:
        return Refused("acao_papel", action=action.label, roles=", ".join(action.roles))
    depends = [each for each in action.does if any(condition.field in to_be_asked for condition in each.when)]
    goes = merged(rules_that_apply(action.does, ticket, context, now)).go
    if goes == BACK and not ticket.former_step and not any(each.go for each in depends):
        return Refused("acao_sem_volta", protocol=ticket.protocol)
    needs = [condition for condition in action.needs if condition.field not in to_be_asked]
    unmet = first_unmet(needs, ticket, context, now)
    return _why(unmet, action, ticket, context) if unmet else None


def _why(unmet: Condition, action: ActionRule, ticket: Ticket, context: ProcessContext) -> Refused:
    process = context.process
    if unmet.field is not None and not unmet.holds_in(values_of(ticket)):
        label = "criticidade" if unmet.field == SEVERITY else process.field(unmet.field).label
        return Refused("acao_campo", action=action.label, field=label)
    if unmet.checklist == "completa" and (missing := documents_missing(process, ticket)):
        return Refused("acao_documentos", action=action.label, missing=", ".join(rule.name for rule in missing))
    if unmet.checklist == "aceita" and (missing := documents_not_accepted(process, ticket)):
        return Refused("acao_documentos_aceitos", action=action.label, missing=", ".join(rule.name for rule in missing))
    if unmet.checklist == "incompleta" and not documents_missing(process, ticket):
        return Refused("acao_documentos_completos", action=action.label)
    return Refused("acao_fora_do_prazo", action=action.label, protocol=ticket.protocol)

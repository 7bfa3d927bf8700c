"""Intake: the protocol number first, then the fields, then the due dates, then the ticket in its queue.

A ticket begins as *abandonado* and becomes open when the intake is finished. If the intake is left unfinished, it stays
so, and the sequence of protocols has no gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from atendimento_tui.contracts.intake import Slip
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries import beneficiaries
from atendimento_tui.data.repositories import requests, tickets
from atendimento_tui.data.repositories.people import insert_requester
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain import workflow
from atendimento_tui.domain.access import Permission, is_for, require
from atendimento_tui.domain.identifiers import bare
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.process.fields import values_for_conditions
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import Event, Ticket, Value
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.services import bookings, effects, links, procedures
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.numbering import next_protocol
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.services.unit_of_work import actor_now, begin_work
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts


@dataclass(frozen=True, slots=True)
class Intake:
    """The answers of an intake.

    Attributes:
        answers: By field of the process, as typed.
        beneficiary: The beneficiary, if the process is about one.
    """

    severity: Severity
    requester: str
    subject: str = ""
    channel: str = ""
    beneficiary: int | None = None
    answers: Mapping[str, str] | None = None


@needs(Permission.OPEN)
def begin(desk: Desk, process: int, actor: int | None, request: str, now: datetime) -> ActDone:
    """Take the protocol number, before anything is asked (docs/rules.md, "Protocol number")."""
    with writing(desk.engine) as connection:
        first = requests.find_first_request(connection, request, actor, process)
        if first.done:
            return first.done
        opener, is_secret = actor_now(desk, actor, first.actor), first.secret_group is not None
        require(opener, Permission.OPEN)
        if not is_for(opener, first.secret_group):
            raise Refused("servico_sigiloso")
        at = now.astimezone(UTC)
        values: dict[str, Value] = {
            "protocol": next_protocol(connection, desk, at, secret=is_secret),
            "process": process,
            "state": State.ABANDONED,
        }
        event = Event("iniciado", at, actor, changes=Ticket().change(**values))
        ticket = Ticket().evolve(event)
        recording = Recording(connection, desk.calendars(connection), now, request)
        ticket_id = tickets.create(recording, [(event, ticket)])
    return ActDone(ticket_id, ticket.protocol, ticket.version)


@needs(Permission.OPEN)
def promises(desk: Desk, process: int, answers: Mapping[str, str], now: datetime) -> dict[Severity, datetime]:
    """The due date of the solution for each severity, if the ticket were opened now."""
    context = desk.context(Ticket(process=process))
    if context is None:
        return {}
    today = now.astimezone(desk.zone).date()
    with reading(desk.engine) as connection:
        codes = {key: bare(value) for key, value in answers.items() if value}
        facts = procedures.facts(connection, context.process, codes, today)
    return workflow.due_by_severity(context, {**answers, **facts}, now.astimezone(UTC))


@needs(Permission.OPEN)
def finish(desk: Desk, order: Order, intake: Intake) -> ActDone:
    """Open the ticket with the answers.

    Raises:
        Refused: An answer is missing or invalid, the beneficiary was not confirmed, or
            the ticket was finished already.
    """
    with writing(desk.engine) as connection:
        work = begin_work(connection, desk, order, Permission.OPEN)
        # Only opening gives a ticket a step. Its process may end it as abandoned too.
        if work is None or work.before.step or work.before.state != State.ABANDONED:
            if done := requests.find_by_request(connection, order.request):
                return done
            raise Refused("intake_ja_terminado", protocol=work.before.protocol if work else "")
        context = work.in_process
        about = beneficiaries.beneficiary(connection, intake.beneficiary)
        if context.process.requester == "beneficiario" and not about:
            raise Refused("sem_beneficiario")
        answers = bookings.with_local_codes(work, _checked(context, intake.answers or {}, intake.severity))
        answers |= procedures.facts(connection, context.process, answers, work.day)
        answers |= bookings.facts(work, answers)
        requester = checked_name(intake.requester, "solicitante") if intake.requester.strip() else ""
        values: dict[str, Value] = {
            "severity": intake.severity,
            "subject": written(intake.subject).strip(),
            "channel": intake.channel,
            "beneficiary": intake.beneficiary,
            "requester": insert_requester(connection, requester) if requester else None,
        }
        event = Event("aberto", work.at, order.actor)
        work.names = [requester, about.name if about else ""]
        after = effects.write(work, workflow.open_ticket(work.before, context, values, answers, event))
        unknown = [formats.protocol_groups(number) for number in links.link(work, answers)]
    said = texts.NOT_LINKED.format(protocol=", ".join(unknown)) if unknown else ""
    return ActDone(order.ticket, after.protocol, after.version, said=said)


@needs(Permission.READ)
def slip(desk: Desk, ticket_id: int, now: datetime) -> Slip:
    """The slip for the requester: the number, the service, the term."""
    return Slip(desk.unit, ticket_view(desk, now, ticket_id=ticket_id), desk.calendar(desk.unit.hours_calendar).tz)


def _checked(context: workflow.ProcessContext, typed: Mapping[str, str], severity: Severity) -> dict[str, str]:
    """The parsed answers, without those of fields that are hidden with these answers."""
    values = {key: written(value, multiline=True).strip() for key, value in typed.items()}
    asked = workflow.fields_asked(
        context.process, values_for_conditions(context.process.fields, values, {"criticidade": severity})
    )
    answers, wrong = {}, Wrong()
    for rule in asked:
        with wrong.at(rule.key):
            if value := read_value(rule, values.get(rule.key, "")):
                answers[rule.key] = value
            elif rule.required:
                raise Refused("campo_vazio", field=rule.label)
    empty = [rule.label for rule in asked if rule.key in wrong.found and wrong.found[rule.key].code == "campo_vazio"]
    if empty and len(empty) == len(wrong.found):
        raise Refused("faltam_campos", fields=", ".join(empty), beside=wrong.found)
    wrong.refuse()
    return answers

"""Acts of a person on a ticket; each function is one transaction.

Each act has an id, so that sending it again after a crash is not a second act, and the version that the person saw, so
that an act on changes they have not seen is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from atendimento_tui.contracts.attachments import Attached
from atendimento_tui.contracts.external import Change
from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import Connection, writing
from atendimento_tui.data.queries.attachments import has_attachment
from atendimento_tui.data.queries.calendars import told_dates
from atendimento_tui.data.queries.people import members_of, receiver_rows
from atendimento_tui.data.queries.queue import QueueReader
from atendimento_tui.data.queries.tasks import task_of
from atendimento_tui.data.repositories import requests, tasks, timers
from atendimento_tui.data.repositories.attachments import insert_attachment
from atendimento_tui.domain import acts, authorisations, calendar_moves, workflow
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import Term, term_of
from atendimento_tui.domain.documents import RECEIVED, REFUSED, said
from atendimento_tui.domain.process.fields import values_for_conditions
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refusal, Refused, Wrong
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, ProcessContext, Recorded
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services import bookings, external, procedures, waiting_offers
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.bills import chosen_bill
from atendimento_tui.services.deciding import decided, just_before_act, write_act
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.messages import tell_requester
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.unit_of_work import UnitOfWork


@needs(Permission.CLAIM)
def claim(desk: Desk, order: Order) -> ActDone:
    """Make the actor the owner of the ticket."""
    actor = _person(order)
    return _act(desk, order, Permission.CLAIM, lambda ticket, at: acts.claim(ticket, actor, at))


@needs(Permission.CLAIM)
def claim_next(desk: Desk, order: Order, view: QueueView) -> ActDone:
    """Make the actor the owner of the first free ticket of the view; the result says which one.

    Args:
        desk: The desk.
        order: Who, and when; the ticket is selected here.
        view: The part of the queue that the person sees.

    Raises:
        Refused: It has no free ticket.
    """
    actor, just_before = _person(order), just_before_act(order)
    while True:
        with writing(desk.engine) as connection:
            if done := requests.find_by_request(connection, order.request):
                return done
            found = QueueReader(connection, view, order.now).take_first_free()
            if found is None:
                raise Refused("nada_livre")
            if not timers.next_due(connection, just_before, found):
                it = replace(order, ticket=found, seen=None)
                return write_act(
                    desk,
                    connection,
                    it,
                    Permission.CLAIM,
                    lambda work: Outcome(acts.claim(work.before, actor, work.at)),
                )
        sweep(desk, just_before, found)  # by then it may not be free or the first


@needs(Permission.COMMENT)
def comment(desk: Desk, order: Order, text: str) -> ActDone:
    """Add a comment. It cannot conflict, so changes by others do not matter."""
    words = written(text, multiline=True)
    whatever_happened = replace(order, seen=None)
    return _act(desk, whatever_happened, Permission.COMMENT, lambda _, at: acts.comment(order.actor, at, words))


@needs(Permission.ATTACH)
def attach(desk: Desk, order: Order, file: Attached) -> ActDone:
    """Record that a file was attached, whose content is stored already (`attachments.attach` stores it)."""

    def decide(work: UnitOfWork) -> Outcome:
        number = work.before.version + 1
        insert_attachment(work.connection, work.ticket_id, number, file, at=work.at, actor=order.actor)
        return Outcome(acts.attach(order.actor, work.at, file.name, file.hash))

    return decided(desk, replace(order, seen=None), Permission.ATTACH, decide)


@needs(Permission.NUMBER)
def note_number(desk: Desk, order: Order, change: Change) -> ActDone:
    """Add or remove a number in another system, or record that a block was copied (`external.decided`)."""
    whatever_happened = replace(order, seen=None)
    return decided(desk, whatever_happened, Permission.NUMBER, lambda work: external.decided(work, change))


@needs(Permission.COMMENT)
def tell_state(desk: Desk, order: Order, way: str, to: str) -> ActDone:
    """Record that somebody asked for the state of the guia and was told, by which way, and to whom."""
    who, whatever_happened = written(to), replace(order, seen=None)
    return _act(
        desk,
        whatever_happened,
        Permission.COMMENT,
        lambda ticket, at: authorisations.tell_state(ticket, order.actor, at, way, who),
    )


@needs(Permission.READ)
def note_state_shown(desk: Desk, order: Order, way: str, to: str) -> ActDone:
    """As `tell_state`, for a command that shows the state: who may read it causes the event by reading."""
    who, whatever_happened = written(to), replace(order, seen=None)
    return _act(
        desk,
        whatever_happened,
        Permission.READ,
        lambda ticket, at: authorisations.tell_state(ticket, order.actor, at, way, who),
    )


@needs(Permission.PAUSE)
def pause(desk: Desk, order: Order, reason: str) -> ActDone:
    """Pause the ticket while it waits for somebody outside the desk, with a reason."""
    words = written(reason)
    return _act(desk, order, Permission.PAUSE, lambda ticket, at: acts.pause(ticket, order.actor, at, words))


@needs(Permission.RESUME)
def resume(desk: Desk, order: Order) -> ActDone:
    """End the pause."""
    return _act(desk, order, Permission.RESUME, lambda ticket, at: acts.resume(ticket, order.actor, at))


@needs(Permission.ACT)
def act(desk: Desk, order: Order, action: str, answer: Answer) -> ActDone:
    """Do an action of the ticket's step.

    Args:
        desk: The desk.
        order: Which ticket, who, when.
        action: Key of the action.
        answer: The free text and the answers to the action's fields, as typed.

    Raises:
        Refused: The action is not possible now, or an answer is invalid.
    """
    cleaned = {key: written(value, multiline=True).strip() for key, value in answer.values.items()}
    of_agenda = False

    def decide(work: UnitOfWork) -> Outcome:
        nonlocal of_agenda
        ticket, context, role = work.before, _in_process(work), work.role
        of_agenda = context.process.books
        values, wrong = _answers(work.connection, context, ticket, action, cleaned)
        values = bookings.with_local_codes(work, values)
        facts = procedures.facts(work.connection, context.process, values, work.day)
        facts |= bookings.facts(work, values)
        given = Answer(written(answer.text, multiline=True), values, wrong, facts)
        return workflow.act(ticket, context, action, actor=order.actor, role=role, at=work.at, answer=given)

    done = bookings.with_hold(desk, order.now, lambda: decided(desk, order, Permission.ACT, decide))
    if of_agenda:
        waiting_offers.after_act(desk, order.now)
    return done


@needs(Permission.HAND_OVER)
def hand_over(desk: Desk, order: Order, reason: str, *, group: int | None = None, owner: int | None = None) -> ActDone:
    """Give the ticket to a group, a person, or both, with a reason."""
    words = written(reason, multiline=True)

    def decide(work: UnitOfWork) -> Outcome:
        _must_be_here(work.connection, group, owner)
        _refuse_outsiders(work, group, owner)
        return Outcome(acts.hand_over(work.before, order.actor, work.at, words, group, owner))

    return decided(desk, order, Permission.HAND_OVER, decide)


@needs(Permission.PEOPLE)
def pass_on(
    desk: Desk,
    order: Order,
    reason: str,
    *,
    person: int | None = None,
    from_group: int | None = None,
    group: int | None = None,
    owner: int | None = None,
) -> ActDone:
    """Hand over a ticket that a person owned or a group held; with neither group nor owner, to its group's queue.

    Args:
        person: The owner who leaves.
        from_group: The group that is not used any more.

    Raises:
        Refused: The ticket is no longer theirs; the receiver has left.
    """
    words = written(reason, multiline=True)

    def decide(work: UnitOfWork) -> Outcome:
        _must_be_here(work.connection, group, owner)
        _refuse_outsiders(work, group, owner)
        before = work.before
        held = before.owner == person if person is not None else before.group == from_group
        return Outcome(acts.pass_on(before, order.actor, work.at, words, held=held, group=group, owner=owner))

    return decided(desk, order, Permission.PEOPLE, decide)


@needs(Permission.SEVERITY)
def raise_severity(desk: Desk, order: Order, severity: Severity, reason: str) -> ActDone:
    """Confirm another severity, with its reason; targets of clocks follow it (see `workflow.with_clock_changes`)."""
    words = written(reason, multiline=True)

    def decide(work: UnitOfWork) -> Outcome:
        event = acts.change_severity(work.before, order.actor, work.at, severity, words)
        if work.context and work.before.step:
            event = workflow.with_clock_changes(work.before, work.context, event)
        return Outcome(event)

    return decided(desk, order, Permission.SEVERITY, decide)


@needs(Permission.CORRECT)
def correct_answer(desk: Desk, order: Order, field: str, typed: str, reason: str) -> ActDone:
    """Correct the answer to a field of the process, with a reason; the process says who may (`corrige`).

    Args:
        desk: The desk.
        order: Which ticket, who, when.
        field: Key of the field.
        typed: The right answer, as typed; an unchanged one stays as stored.
        reason: Why it was wrong.
    """
    words = written(reason, multiline=True)

    def decide(work: UnitOfWork) -> Outcome:
        ticket, context, role = work.before, _in_process(work), work.role
        rule = next((rule for rule in context.process.fields if rule.key == field), None)
        value = read_value(rule, typed, before=ticket.fields.get(field, "")) if rule else ""
        facts = procedures.facts(work.connection, context.process, {field: value}, work.day)
        return workflow.correct(
            ticket, context, field, value, actor=order.actor, role=role, at=work.at, reason=words, facts=facts
        )

    return decided(desk, order, Permission.CORRECT, decide)


@needs(Permission.DOCUMENT)
def record_document(desk: Desk, order: Order, document: str, recorded: Recorded) -> ActDone:
    """Record that a document came, was accepted, was refused, or did not come after all.

    Raises:
        Refused: As `workflow.record_document`; its file is no attachment of the ticket.
    """

    reason, by = (said(written(text)) for text in (recorded.reason, recorded.said_by))
    recorded = replace(recorded, reason=reason, said_by=by)

    def decide(work: UnitOfWork) -> Outcome:
        process = _in_process(work).process
        if recorded.attachment is not None and not has_attachment(work.connection, work.ticket_id, recorded.attachment):
            raise Refused("documento_sem_anexo", name=document)
        event = workflow.record_document(work.before, process, document, recorded, actor=order.actor, at=work.at)
        return Outcome(event)

    return decided(desk, order, Permission.DOCUMENT, decide)


@needs(Permission.DOCUMENT)
def check_document(desk: Desk, order: Order, document: str, verdict: str) -> ActDone:
    """Record that a document was received (`recebido`), or why it was refused."""
    is_here = verdict.strip() == RECEIVED
    return record_document(desk, order, document, Recorded(RECEIVED) if is_here else Recorded(REFUSED, reason=verdict))


@needs(Permission.TASK)
def finish_task(desk: Desk, order: Order, task_id: int) -> ActDone:
    """Mark a task of the ticket as done.

    Raises:
        Refused: The ticket has no such task, or it is done already.
    """

    def decide(work: UnitOfWork) -> Outcome:
        task = task_of(work.connection, order.ticket, task_id)
        if task is None:
            raise Refused("tarefa_desconhecida", protocol=work.before.protocol)
        if task.done_at is not None:
            raise Refused("tarefa_ja_feita", task=task.text)
        tasks.finish_task(work.connection, task_id, work.at, order.actor)
        return Outcome(Event("tarefa", work.at, order.actor, text=task.text))

    return decided(desk, replace(order, seen=None), Permission.TASK, decide)


@needs(Permission.ACT)
def tell_new_date(desk: Desk, order: Order, subject: str, body: str) -> ActDone:
    """Tell the requester, who was told another date, the one that a calendar's change has moved it to, in a message.

    Raises:
        Refused: No date that the requester was told has moved since; the message is empty.
    """
    title, words = written(subject), written(body, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        terms = _to_tell(work)
        if not words:
            raise Refused("mensagem_vazia")
        tell_requester(work, title, words)
        work.told += [(term, "mensagem") for term in terms]
        return Outcome(Event(calendar_moves.ADVISED, work.at, order.actor, text=words))

    return decided(desk, order, Permission.ACT, decide)


@needs(Permission.ACT)
def dismiss_new_date(desk: Desk, order: Order, reason: str) -> ActDone:
    """Record that the requester needs no message about the moved date, with the reason.

    Raises:
        Refused: As `tell_new_date`; the reason is empty.
    """
    words = written(reason, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        terms = _to_tell(work)
        if not words:
            raise Refused("aviso_sem_motivo")
        work.told += [(term, "sabido") for term in terms]
        return Outcome(Event(calendar_moves.KNOWN, work.at, order.actor, text=words))

    return decided(desk, order, Permission.ACT, decide)


def _to_tell(work: UnitOfWork) -> list[Term]:
    told = [(each.cycle, each.kind, each.calendar) for each in told_dates(work.connection, work.ticket_id)]
    clocks = calendar_moves.to_tell(work.before, told)
    if not clocks:
        raise Refused("sem_novo_prazo", protocol=work.before.protocol)
    calendars = _in_process(work).calendars
    return [term_of(clock, calendars[clock.calendar]) for clock in clocks]


def _must_be_here(connection: Connection, group: int | None, owner: int | None) -> None:
    """Refuse a receiver who has left meanwhile."""
    for name, is_active in receiver_rows(connection, group, owner):
        if not is_active:
            raise Refused("quem_recebe_saiu", name=name)


def _refuse_outsiders(work: UnitOfWork, group: int | None, owner: int | None) -> None:
    """Refuse to give a secret ticket to somebody for whom it does not exist."""
    if work.secret_group is None:
        return
    is_member = owner is None or owner in members_of(work.connection, work.secret_group)
    if group not in (None, work.secret_group) or not is_member:
        raise Refused("sigilo_so_membros", protocol=work.before.protocol)


def _person(order: Order) -> int:
    if order.actor is None:
        raise Refused("sem_pessoa")
    return order.actor


def _in_process(work: UnitOfWork) -> ProcessContext:
    """The context, for acts that need a process.

    Raises:
        Refused: The ticket has no process, or has not reached its first step.
    """
    if work.context is None:
        raise Refused("sem_processo", protocol=work.before.protocol)
    if not work.before.step:
        raise Refused("nao_aberto", protocol=work.before.protocol)
    return work.context


def _answers(
    connection: Connection, context: ProcessContext, ticket: Ticket, action: str, typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Refusal]]:
    """The parsed answers to the action's fields, and the errors."""
    rule = next((rule for rule in context.process.step(ticket.step).actions if rule.key == action), None)
    if rule is None:
        return {}, {}
    values = values_for_conditions(context.process.fields, typed, workflow.values_of(ticket))
    fields = workflow.fields_asked(context.process, values, rule)
    answers, wrong = {}, Wrong()
    for field in [field for field in fields if field.key in typed]:
        with wrong.at(field.key):
            if field.imported and typed[field.key]:
                answers[field.key] = chosen_bill(connection, ticket, field, typed[field.key])
                continue
            answers[field.key] = read_value(field, typed[field.key], before=ticket.fields.get(field.key, ""))
    return answers, wrong.found


def _act(desk: Desk, order: Order, permission: Permission, decide: Callable[[Ticket, datetime], Event]) -> ActDone:
    return decided(desk, order, permission, lambda work: Outcome(decide(work.before, work.at)))

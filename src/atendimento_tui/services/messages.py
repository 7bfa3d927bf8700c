"""Messages and alerts of a process, with their addressees at that moment."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from atendimento_tui.data.queries.attachments import attachments_of
from atendimento_tui.data.queries.outbox import address_of, addressee_of, beneficiary_email
from atendimento_tui.data.queries.papers import due_papers
from atendimento_tui.data.queries.people import members_of, with_role
from atendimento_tui.data.queries.received import received_ids, received_of
from atendimento_tui.data.repositories.messages import (
    NewAlert,
    NewMessage,
    NewRow,
    insert_alerts,
    insert_message,
)
from atendimento_tui.data.repositories.papers import mark_given
from atendimento_tui.data.repositories.received import insert_files
from atendimento_tui.domain import workflow
from atendimento_tui.domain.attachments import MIB
from atendimento_tui.domain.clocks import Term, promised, term_of
from atendimento_tui.domain.documents import ACCEPTED
from atendimento_tui.domain.outbox import Delivery, first_state
from atendimento_tui.domain.process.outgoing import ALL_FILES, APPOINTMENT_FILE, DUE_OF, LAST_FILE, MessageRule
from atendimento_tui.domain.process.templates import placeholders
from atendimento_tui.domain.process.values import masked
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.domain.workflow.effects import RaiseAlert, SendMessage
from atendimento_tui.services.due_papers import name_of, papers_of
from atendimento_tui.services.record_updates import asked_changes, lines_of
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork
from atendimento_tui.texts import documents as document_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import outbox as texts

FILES_MIB = 20
"""Maximum size of the files of one message; servers refuse larger ones."""


def send_message(work: UnitOfWork, effect: SendMessage) -> Fulfilled:
    """Write a message of the process, filled in with the ticket's facts."""
    rule = work.in_process.process.messages[effect.key]
    terms = terms_of(work.in_process, work.ticket)
    facts = _facts(work, terms)
    subject, body = rule.written(facts)
    if rule.to == "solicitante":
        named = {*placeholders(rule.subject), *placeholders(rule.body)}
        told = [term for term in terms if f"{DUE_OF}{term.kind}" in named]
        if "vence" in named and (main := promised(terms)) and main not in told:
            told.append(main)
        work.told += [(term, "mensagem") for term in told if term.paused_at is None]
    group = work.in_process.groups.get(rule.group) if rule.group else None
    channel = rule.channel_for(work.ticket.fields)
    by_hand = work.event.actor is not None and channel in ("texto", "impresso")
    files, quoted = _files(work, rule)
    papers = _papers(work, rule)
    message = NewMessage(
        ticket_id=work.ticket_id,
        event_seq=work.ticket.version,
        key=effect.key,
        recipient=rule.to,
        channel=channel,
        subject=subject,
        body=f"{body}\n\n{quoted}" if quoted else body,
        created_at=work.event.at,
        held_until=None if by_hand else effect.held_until,
        papers=" ".join(papers),
    )
    number = _insert(work, message, _addressees(work, rule.to, group))
    insert_files(work.connection, number, files)
    return Fulfilled(texts=rule.written({**facts, "alteracoes": ""}))  # an address is not searched


def _files(work: UnitOfWork, rule: MessageRule) -> tuple[list[int], str]:
    """What goes with a message: ids of attachments, and the text of an answer that has no file of its own.

    Raises:
        Refused: There is nothing to attach or to forward, and a person acts, who can bring it. A timer sends without.
    """
    if not rule.files and not rule.forwards:
        return [], ""
    acts = work.event.actor is not None
    received = received_ids(work.connection, work.ticket_id)
    own = [each for each in attachments_of(work.connection, work.ticket_id) if each.id not in received]
    wanted = _of_documents(work, rule)
    chosen = [
        each
        for each in own
        if ALL_FILES in rule.files or (LAST_FILE in rule.files and each is own[-1]) or each.seq in wanted
    ]
    if LAST_FILE in rule.files and not own and acts:
        raise Refused("anexa_sem_arquivo")
    if sum(each.size for each in chosen) > FILES_MIB * MIB:
        raise Refused("anexa_grande", most=FILES_MIB)
    files, quoted = [each.id for each in chosen], ""
    if rule.forwards:
        answers = received_of(work.connection, work.ticket_id, key=rule.forwards)
        if not answers and acts:
            raise Refused("encaminha_sem_resposta", key="&")
        for answer in answers[-1:]:
            if answer.attachment is not None:
                files.append(answer.attachment)
                continue
            at = formats.instant(answer.at.astimezone(work.in_process.hours.tz))
            head = texts.QUOTED.format(sender=answer.sender, at=at)
            quoted = "\n".join((head, *(f"> {line}" for line in answer.text.split("\n")[1:])))
    return files, quoted


def _of_documents(work: UnitOfWork, rule: MessageRule) -> set[int]:
    """The events that attached the accepted files of the documents that a message carries.

    Raises:
        Refused: A needed one has no accepted file, and a person acts, who can bring it.
    """
    found = set()
    for document in workflow.documents_needed(work.in_process.process, workflow.values_of(work.ticket)):
        if document.key not in rule.files:
            continue
        state = workflow.state_of(work.ticket, document.key)
        if state.state == ACCEPTED and state.attachment is not None:
            found.add(state.attachment)
        elif work.event.actor is not None:
            raise Refused("anexa_documento", name=document.name)
    return found


def _papers(work: UnitOfWork, rule: MessageRule) -> list[str]:
    """The keys of the papers that go with a message, also that of the appointment; they are due no longer.

    Raises:
        Refused: The ticket does not have one of them, and a person acts. A timer sends without it.
    """
    process = work.in_process.process
    wanted = [key for key in rule.files if key in process.papers or key == APPOINTMENT_FILE]
    if not wanted:
        return []
    there = {view.key for view in papers_of(work.connection, process, work.ticket_id, work.ticket)}
    missing = [key for key in wanted if key not in there]
    if missing and work.event.actor is not None:
        raise Refused("anexa_papel", name=name_of(process, missing[0]))
    due = due_papers(work.connection, work.ticket_id)
    mark_given(work.connection, [number for number, key in due.items() if key in wanted], work.event.at)
    return [key for key in wanted if key in there]


def tell_requester(work: UnitOfWork, subject: str, body: str, channel: str = "") -> None:
    """Write a message of a person to the requester.

    It is written before its event. Without a channel it is that of the process's messages to the requester.
    """
    if not channel:
        rules = work.in_process.process.messages.values()
        channel = next((rule.channel for rule in rules if rule.to == "solicitante"), "email")
    message = NewMessage(
        ticket_id=work.ticket_id,
        event_seq=work.before.version + 1,
        key="",
        recipient="solicitante",
        channel=channel,
        subject=subject,
        body=body,
        created_at=work.at,
        held_until=None,
    )
    _insert(work, message, _addressees(work, "solicitante"))


def _insert(work: UnitOfWork, message: NewMessage, addressees: Sequence[Mapping[str, int]]) -> int:
    """Write a message into the outbox, one row a recipient, and return its id."""
    sends = message.channel == "email" and work.desk.unit.sends_mail
    rows = []
    for to in addressees:
        address = _address(work, message.recipient, to) if sends else ""
        state = first_state(message.channel, address, sends=sends)
        next_at = max(message.created_at, message.held_until or message.created_at)
        rows.append(NewRow(to, state, address, next_at if state is Delivery.PENDING else None))
    return insert_message(work.connection, message, rows)


def _address(work: UnitOfWork, role: str, addressee: Mapping[str, int]) -> str:
    """The recipient's e-mail address; empty if there is none.

    A ticket may have a beneficiary and no requester of another name: the message to the requester goes to them.
    """
    if role == "solicitante":
        return requesters_address(work)
    return address_of(work.connection, addressee)


def address_of_row(work: UnitOfWork, number: int) -> str:
    """The address that the recipient of a row of the outbox has now; empty if there is none."""
    return _address(work, *addressee_of(work.connection, number))


def requesters_address(work: UnitOfWork) -> str:
    """The e-mail address of the requester: an answer to a field of type `email`, else that of the beneficiary's record.

    An answer is of the ticket itself, so it comes first.
    """
    fields = work.context.process.fields if work.context else ()
    answers = (work.ticket.fields.get(rule.key, "") for rule in fields if rule.type == "email")
    return next(filter(None, answers), "") or beneficiary_email(work.connection, work.ticket.beneficiary)


def raise_alert(work: UnitOfWork, effect: RaiseAlert) -> Fulfilled:
    """Write an alert for its addressees."""
    alert = NewAlert(work.ticket_id, work.ticket.version, effect.to, work.event.at, effect.held_until)
    group = work.in_process.groups.get(effect.group) if effect.group else None
    insert_alerts(work.connection, alert, _addressees(work, effect.to, group))
    return Fulfilled()


def _addressees(work: UnitOfWork, role: str, group: int | None = None) -> list[dict[str, int]]:
    """The addressees that a word of the process stands for, as column -> id of each.

    If there is nobody (no supervisor, no requester), the result is one empty mapping.

    Args:
        role: The word. `responsavel` is the ticket's group while it has no owner.
        group: The group that the process names, if any.
    """
    addressees = _meant(work, role, group)
    if work.secret_group is None:
        return addressees
    # A secret ticket is told to the members of its group only, and to its requester.
    members = set(members_of(work.connection, work.secret_group))
    told = [
        to
        for to in addressees
        if to.get("person_id") in members or to.get("group_id") == work.secret_group or "requester_id" in to
    ]
    return told or [{}]


def _meant(work: UnitOfWork, role: str, group: int | None) -> list[dict[str, int]]:
    """The addressees of a word, whoever they are."""
    ticket = work.ticket
    match role:
        case "responsavel" if ticket.owner is not None:
            return [{"person_id": ticket.owner}]
        case "responsavel" | "grupo" if (which := group or ticket.group) is not None:
            return [{"group_id": which}]
        case "supervisao":
            return [{"person_id": person} for person in with_role(work.connection, "supervisor")] or [{}]
        case "solicitante" if ticket.requester is not None:
            return [{"requester_id": ticket.requester}]
    return [{}]


def _facts(work: UnitOfWork, terms: Sequence[Term]) -> dict[str, str]:
    # An event of a timer has the timer's key as its text, which is not a text for people.
    said = "" if work.event.kind == "tempo" else work.event.text
    facts = facts_of(work.in_process, work.ticket, work.people(), terms, work.desk.unit.name)
    changes = asked_changes(work.connection, work.in_process.process, work.ticket)
    return facts | {"texto": said, "alteracoes": lines_of(changes)}


def facts_of(
    context: ProcessContext, ticket: Ticket, people: Sequence[str], terms: Sequence[Term], unit: str
) -> dict[str, str]:
    """The values for placeholders of a text: the ticket's facts and the answers to its fields.

    Args:
        people: The names of the requester and the beneficiary.
        terms: The terms of its running clocks (`terms_of`).
        unit: The unit's name.
    """
    process, (requester, beneficiary) = context.process, people
    answers = {rule.key: masked(rule, ticket.fields.get(rule.key, "")) for rule in process.fields}
    return (
        answers
        | _due_facts(terms, context.hours.tz)
        | {
            "protocolo": formats.protocol_groups(ticket.protocol),
            "servico": process.name,
            "solicitante": requester,
            "beneficiario": beneficiary,
            "etapa": ticket.step_name,
            "criticidade": words.SEVERITY[ticket.severity],
            "unidade": unit,
            "faltam": document_texts.missing_line(workflow.missing_with_reasons(process, ticket)),
        }
    )


def terms_of(context: ProcessContext, ticket: Ticket) -> list[Term]:
    """The terms of the ticket's running clocks of its cycle."""
    clocks = [clock for clock in ticket.live_clocks if clock.cycle == ticket.cycle]
    return [term_of(clock, context.calendars[clock.calendar]) for clock in clocks]


def _due_facts(terms: Sequence[Term], zone: ZoneInfo) -> dict[str, str]:
    """The due dates of the ticket's clocks: of the main one (`vence`), and of each kind (`vence.auditoria`).

    A message may be read on another day, so the date is in full. A paused clock has none.
    """

    def due(term: Term | None) -> str:
        is_running = term and term.paused_at is None
        return formats.instant(term.due_at.astimezone(zone)) if term and is_running else ""

    return {"vence": due(promised(terms))} | {f"{DUE_OF}{term.kind}": due(term) for term in terms}

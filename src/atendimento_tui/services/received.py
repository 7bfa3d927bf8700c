"""Answers join their ticket: from an e-mail that was received, or pasted by a person. Attempts to reach a client."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from atendimento_tui.contracts.received import Joined, ReceivedMail
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.attached_files import read_file
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries.attachments import attachments_of
from atendimento_tui.data.queries.outbox import message_of
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.queries.received import of_mail_ids, of_protocol, received_of
from atendimento_tui.data.repositories import outbox as rows
from atendimento_tui.data.repositories.received import insert_received
from atendimento_tui.domain import attachments as rules
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.outbox import Delivery, only_line
from atendimento_tui.domain.protocol import protocols_in
from atendimento_tui.domain.received_mail import Mail, address_in, read_mail
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome, RaiseAlert, RenewTimers
from atendimento_tui.domain.workflow.instants import held_until
from atendimento_tui.services import attachments
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import outbox as texts
from atendimento_tui.texts.formats import protocol_groups

WAYS = ("telefone", "WhatsApp", "e-mail", "balcão")
"""The ways to reach a client."""


@needs(Permission.ACT)
def receive_file(desk: Desk, path: Path, now: datetime, *, protocol: str = "") -> ReceivedMail:
    """Receive the e-mail of a file, as `receive_mail`."""
    return receive_mail(desk, read_file(path, _at_most(desk), desk.file), now, protocol=protocol)


@needs(Permission.ACT)
def receive_mail(desk: Desk, content: bytes, now: datetime, *, protocol: str = "") -> ReceivedMail:
    """Let an e-mail join its ticket. The whole of it becomes an attachment; its text stands in the history.

    It belongs to the ticket that sent a message that it answers (`In-Reply-To`, `References`), else to that of the
    protocol in its subject. A bounce marks what it returns. The same e-mail again changes nothing.

    Args:
        content: The e-mail as it came.
        protocol: The ticket, if a person knows it.

    Raises:
        Refused: It is too large or no e-mail; no ticket is found.
    """
    mail, joined, is_known = _looked_up(desk, content, protocol)
    if is_known:
        return ReceivedMail(joined.protocol, bool(mail.returned), is_known=True)
    _receive(desk, mail, content, joined, now)
    return ReceivedMail(joined.protocol, bool(mail.returned))


@needs(Permission.ACT)
def receive_for(desk: Desk, order: Order, path: Path) -> ActDone:
    """Let the e-mail of a file join the ticket of the order, as `receive_mail` with its protocol.

    Returns:
        The act. Its `said` tells whether it is an answer or a message that came back.

    Raises:
        Refused: It was received before; as `receive_mail`.
    """
    content = read_file(path, _at_most(desk), desk.file)
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=order.ticket)
    if found is None:
        raise Refused("fora_de_vista")
    mail, joined, is_known = _looked_up(desk, content, found[0].protocol)
    if is_known:
        raise Refused("resposta_ja_recebida", protocol=joined.protocol)
    done = _receive(desk, mail, content, joined, order.now)
    told = texts.BOUNCE if mail.returned else texts.RECEIVED
    return replace(done, said=told.format(protocol=protocol_groups(joined.protocol)))


def _looked_up(desk: Desk, content: bytes, protocol: str) -> tuple[Mail, Joined, bool]:
    """The e-mail, the ticket that it joins, and whether it has joined it already."""
    rules.check_size(len(content), desk.unit.attachment_mib, texts.EML_NAME)
    mail = read_mail(content)
    with reading(desk.engine) as connection:
        joined = _joined(connection, mail, protocol)
        if joined is None:
            raise Refused("resposta_sem_atendimento", subject=mail.subject or None)
        known = mail.mail_id and received_of(connection, joined.ticket, mail_id=mail.mail_id)
    return mail, joined, bool(known)


def _receive(desk: Desk, mail: Mail, content: bytes, joined: Joined, now: datetime) -> ActDone:
    key = hashlib.sha256(content).hexdigest()
    request = f"eml:{joined.ticket}:{key}"
    order = Order(joined.ticket, desk.actor.person, f"{request}:anexo", now)
    attachments.attach(desk, order, texts.EML_NAME, content)

    def decide(work: UnitOfWork) -> Outcome:
        whole = next((each.id for each in attachments_of(work.connection, work.ticket_id) if each.hash == key), None)
        _insert(work, mail.sender, mail.subject, mail.mail_id, joined.message, whole)
        if joined.row and mail.returned:
            rows.change(
                work.connection, joined.row, work.at, Delivery.BOUNCED, next_at=None, reply=only_line([mail.reason])
            )
            return _told(work, Event("devolvida", work.at, order.actor, text=mail.reason or mail.subject))
        text = "\n".join(filter(None, (mail.sender, mail.subject, mail.text)))
        return _told(work, Event("recebida", work.at, order.actor, text=text))

    return decided(desk, replace(order, request=request), Permission.ACT, decide)


@needs(Permission.ACT)
def receive_pasted(desk: Desk, order: Order, message: int | None, sender: str, text: str) -> ActDone:
    """Record an answer that a person read, heard or pasted.

    Args:
        message: Id of the message of the ticket that it answers, if any.
        sender: Who answered, and by which way.

    Raises:
        Refused: The text or the sender is empty; the ticket has no such message.
    """
    who, words = written(sender).strip(), written(text, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        if not words:
            raise Refused("resposta_vazia")
        if not who:
            raise Refused("resposta_sem_autor")
        if message is not None and message_of(work.connection, work.ticket_id, message) is None:
            raise Refused("resposta_de_outra_mensagem")
        _insert(work, who, "", "", message, None)
        return _told(work, Event("recebida", work.at, order.actor, text=f"{who}\n{words}"))

    return decided(desk, replace(order, seen=None), Permission.ACT, decide)


@needs(Permission.ACT)
def note_attempt(desk: Desk, order: Order, way: str, *, reached: bool, said: str) -> ActDone:
    """Record an attempt to reach the client: the way, whether the client was reached, what was said.

    Raises:
        Refused: There is no such way; the client was reached and nothing was said.
    """
    words = written(said, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        if way not in WAYS:
            raise Refused("contato_meio", typed=way, known=", ".join(WAYS))
        if reached and not words:
            raise Refused("contato_sem_texto")
        told = texts.REACHED if reached else texts.NOT_REACHED
        text = told.format(way=way) + (f"\n{words}" if words else "")
        return Outcome(Event("contato" if reached else "tentativa", work.at, order.actor, text=text))

    return decided(desk, replace(order, seen=None), Permission.ACT, decide)


def _told(work: UnitOfWork, event: Event) -> Outcome:
    """The event, of which the ticket's owner is alerted, or its group while it has none; not of an own act."""
    if event.actor is not None and event.actor == work.before.owner:
        return Outcome(event)
    held = held_until(work.context, event.at, any_hour=False) if work.context else None
    return Outcome(event, (RaiseAlert("responsavel", held), RenewTimers()))


def _joined(connection: Connection, mail: Mail, protocol: str) -> Joined | None:
    sender = address_in(mail.sender)
    ids = (mail.returned,) if mail.returned else mail.answers
    found = of_mail_ids(connection, ids, sender)
    if protocol and (found is None or found.protocol != protocol):
        return of_protocol(connection, protocol, sender)
    if found:
        return found
    looks: Callable[[str], Joined | None] = lambda each: of_protocol(connection, each, sender)  # noqa: E731
    return next(filter(None, map(looks, protocols_in(mail.subject))), None)


def _insert(
    work: UnitOfWork, sender: str, subject: str, mail_id: str, message: int | None, attachment: int | None
) -> None:
    insert_received(
        work.connection,
        work.ticket_id,
        work.before.version + 1,
        at=work.at,
        sender=sender,
        subject=subject,
        mail_id=mail_id,
        message=message,
        attachment=attachment,
    )


def _at_most(desk: Desk) -> int:
    return desk.unit.attachment_mib * rules.MIB

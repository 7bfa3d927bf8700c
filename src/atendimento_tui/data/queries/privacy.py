"""What the desk has about a person, whether or not the actor may know of it: for anonymising, which tells nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlmodel import col

from atendimento_tui.contracts.privacy import Expired, Protection
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, row_of
from atendimento_tui.data.visible import restricted

_T = tables.Ticket


def protection_of(connection: Connection, person: int) -> Protection | None:
    """What protects the record of a person; None if there is no such person."""
    row = row_of(connection, tables.Beneficiary, id=person)
    return Protection(row.held_because, row.anonymised_on) if row else None


def tickets_of(connection: Connection, person: int) -> Sequence[tuple[int, bool, datetime | None]]:
    """Id, whether it is open, and when it ended, of every ticket about the person."""
    ticket = plain(tables.Ticket).c
    wanted = select(ticket.id, ticket.is_open, ticket.closed_at).where(ticket.beneficiary_id == person)
    return [(row.id, row.is_open, row.closed_at) for row in connection.execute(wanted.order_by(ticket.id))]


def has_waiting_message(connection: Connection, tickets: Sequence[int], waiting: Sequence[str]) -> bool:
    """Whether a message of these tickets is in one of these states of the outbox."""
    to, message = plain(tables.Addressee), plain(tables.Message)
    wanted = select(to.c.id).join(message, message.c.id == to.c.message_id)
    of_these = (message.c.ticket_id.in_(tickets), to.c.state.in_(waiting))
    return connection.scalar(wanted.where(*of_these).limit(1)) is not None


def answers_of(connection: Connection, ticket: int) -> Sequence[tuple[int, str]]:
    """Row and field of every answer of a ticket that was not erased."""
    answer = plain(tables.FieldValue).c
    wanted = select(answer.id, answer.key).where(answer.ticket_id == ticket, answer.salt != "")
    return [(row.id, row.key) for row in connection.execute(wanted.order_by(answer.id))]


def events_with_texts(connection: Connection, ticket: int) -> Sequence[int]:
    """Numbers of the events of a ticket that have a text."""
    event = plain(tables.Event).c
    wanted = select(event.seq).where(event.ticket_id == ticket, event.salt != "").order_by(event.seq)
    return list(connection.scalars(wanted))


def texts_of(connection: Connection, person: int, tickets: Sequence[int]) -> dict[str, int]:
    """Table -> number of its rows of a person, and of these tickets, that have something to be erased."""
    event, message, task = plain(tables.Event).c, plain(tables.Message).c, plain(tables.Task).c
    of_person = (tables.Bill, tables.BeneficiaryContact, tables.BeneficiaryAddress)
    of_tickets = (tables.Received, tables.Attachment, tables.ExternalNumber)
    counted: dict[Any, Any] = {each: plain(each).c.beneficiary_id == person for each in of_person}
    counted |= {each: plain(each).c.ticket_id.in_(tickets) for each in of_tickets}
    booking = plain(tables.Booking).c
    is_theirs = or_(booking.ticket_id.in_(tickets), booking.beneficiary_id == person)
    counted[tables.Booking] = and_(is_theirs, or_(booking.name != "", booking.reason != ""))
    for table, text in ((tables.Event, event.salt), (tables.Message, message.body), (tables.Task, task.text)):
        counted[table] = and_(plain(table).c.ticket_id.in_(tickets), text != "")
    return {
        plain(table).name: connection.scalar(select(func.count()).select_from(plain(table)).where(condition)) or 0
        for table, condition in counted.items()
    }


def own_requesters(connection: Connection, tickets: Sequence[int]) -> Sequence[int]:
    """The requesters of these tickets who are requesters of no other ticket."""
    ticket = plain(tables.Ticket).c
    ours = select(ticket.requester_id).where(ticket.id.in_(tickets), ticket.requester_id.is_not(None))
    others = select(ticket.requester_id).where(ticket.id.not_in(tickets), ticket.requester_id.in_(ours))
    found = connection.scalars(ours.where(ticket.requester_id.not_in(others)).distinct())
    return [number for number in found if number is not None]


def values_of_stream(connection: Connection, area: str, key: str) -> Sequence[tuple[int, str]]:
    """Number of the event and field of every typed value of a stream that was not erased, once."""
    event, value = plain(tables.TrailEvent), plain(tables.TrailValue)
    wanted = (
        select(event.c.seq, value.c.field)
        .join(event, event.c.id == value.c.event_id)
        .where(event.c.area == area, event.c.key == key, value.c.salt != "")
        .distinct()
        .order_by(event.c.seq, value.c.field)
    )
    return [(row.seq, row.field) for row in connection.execute(wanted)]


def expired(connection: Connection, closed_before: datetime, today: date, limit: int) -> list[Expired]:
    """People whose last ticket ended before an instant, whose cover has ended, and whose data nothing holds.

    `since` is the day on which the last ticket ended.
    """
    person = tables.Beneficiary
    ended, is_open = func.max(col(_T.closed_at)), func.max(_number(col(_T.is_open)))
    of_person: Any = select(
        col(_T.beneficiary_id).label("person"), ended.label("ended"), is_open.label("is_open"), func.count().label("n")
    )
    grouped = of_person.where(col(_T.beneficiary_id).is_not(None)).group_by(col(_T.beneficiary_id)).subquery()
    until = col(person.active_until)
    wanted = (
        select(col(person.id), col(person.name), grouped.c.ended)
        .join(grouped, grouped.c.person == col(person.id))
        .where(
            grouped.c.ended < closed_before,
            grouped.c.is_open == 0,
            or_(until == "", until < today.isoformat()),
            col(person.held_because) == "",
            col(person.anonymised_on) == "",
        )
        .order_by(grouped.c.ended, col(person.id))
        .limit(limit)
    )
    rows = connection.execute(wanted).all()
    seen: Any = select(col(_T.beneficiary_id), func.count()).where(col(_T.beneficiary_id).in_([row.id for row in rows]))
    shown: dict[int, int] = dict(
        connection.execute(restricted(connection, seen).group_by(col(_T.beneficiary_id))).all()
    )
    return [Expired(row.id, row.name, row.ended.date(), shown.get(row.id, 0)) for row in rows]


def _number(condition: Any) -> Any:
    return func.cast(condition, plain(tables.Ticket).c.severity.type)

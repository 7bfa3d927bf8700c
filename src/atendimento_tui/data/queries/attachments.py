"""The attachments of tickets. Their contents are in `data.contents`."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, inspect, select

from atendimento_tui.contracts.attachments import AttachmentRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted

_A, _T, _P = tables.Attachment, tables.Ticket, tables.Person


def attachments_of(connection: Connection, ticket: int) -> tuple[AttachmentRow, ...]:
    """The attachments of a ticket that the connection's actor may know of, in their order."""
    rows = _rows().where(plain(_A).c.ticket_id == ticket).order_by(plain(_A).c.seq)
    return tuple(_row(row) for row in connection.execute(restricted(connection, rows)))


def attachment(connection: Connection, number: int) -> AttachmentRow | None:
    """The attachment with this id; None if the connection's actor may not know of its ticket."""
    row = connection.execute(restricted(connection, _rows().where(plain(_A).c.id == number))).first()
    return _row(row) if row else None


def has_attachment(connection: Connection, ticket: int, seq: int) -> bool:
    """Whether a file was attached with this event of the ticket."""
    own = plain(_A).c
    return connection.scalar(select(own.id).where(own.ticket_id == ticket, own.seq == seq)) is not None


def has_attachments(connection: Connection) -> bool:
    """Whether the database is new enough to have attachments."""
    return inspect(connection).has_table(plain(_A).name)


def sizes_of_named(connection: Connection) -> dict[str, int]:
    """The hash of each content that an attachment names -> its size in bytes."""
    own = plain(_A).c
    return {row.hash: row.size for row in connection.execute(select(own.hash, own.size).distinct())}


def all_attachments(connection: Connection) -> Iterator[Any]:
    """Each attachment of any ticket with the protocol, and with kind, text and other words of its event, for proof."""
    own, ticket, event = plain(_A), plain(_T), plain(tables.Event)
    of_it = (event.c.ticket_id == own.c.ticket_id) & (event.c.seq == own.c.seq)
    rows = select(own, ticket.c.protocol, event.c.kind.label("event_kind"), event.c.text, event.c.words)
    rows = rows.join_from(own, ticket, ticket.c.id == own.c.ticket_id).outerjoin(event, of_it)
    yield from connection.execution_options(yield_per=1_000).execute(rows.order_by(own.c.id))


def events_without_attachment(connection: Connection, kind: str) -> Iterator[str]:
    """The protocols of tickets with an event of an attachment that has no row, and whose texts were not erased."""
    own, ticket, event = plain(_A), plain(_T), plain(tables.Event)
    of_it = (event.c.ticket_id == own.c.ticket_id) & (event.c.seq == own.c.seq)
    rows = select(ticket.c.protocol).join_from(event, ticket, ticket.c.id == event.c.ticket_id).outerjoin(own, of_it)
    yield from connection.scalars(
        rows.where(event.c.kind == kind, event.c.salt != "", own.c.id.is_(None)).order_by(ticket.c.protocol)
    )


def _rows() -> Select[Any]:
    own, person = plain(_A), plain(_P)
    earlier = own.alias()
    number = (
        select(func.count())
        .select_from(earlier)
        .where(earlier.c.ticket_id == own.c.ticket_id, earlier.c.seq <= own.c.seq)
        .scalar_subquery()
    )
    rows = select(own, person.c.name.label("by"), number.label("number"))
    return rows.join(plain(_T), plain(_T).c.id == own.c.ticket_id).outerjoin(person, person.c.id == own.c.actor_id)


def _row(row: Any) -> AttachmentRow:
    return AttachmentRow(
        row.id, row.ticket_id, row.seq, row.number, row.name, row.hash, row.size, row.kind, row.at, row.by or ""
    )

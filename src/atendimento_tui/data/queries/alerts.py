"""Alerts that nobody has acknowledged yet."""

from datetime import datetime

from sqlalchemy import Connection, or_, select

from atendimento_tui.contracts.alerts import AlertRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted

SHOWN = 500
"""Alerts that are read at most."""


def unseen_of(connection: Connection, person: int, now: datetime, *, ticket: int | None = None) -> list[AlertRow]:
    """The alerts of a person and of the person's groups that are not acknowledged, of visible tickets, newest first.

    Args:
        now: Those that are held until the desk opens are left out until then.
        ticket: Only those of this ticket.
    """
    own, of, event, group = (plain(each) for each in (tables.Alert, tables.Ticket, tables.Event, tables.Group))
    member = plain(tables.Membership).c
    groups = select(member.group_id).where(member.person_id == person)
    wanted = (
        select(
            *(own.c.id, own.c.ticket_id, of.c.protocol, of.c.subject, event.c.kind, own.c.created_at),
            group.c.name,
        )
        .select_from(own)
        .join(of, of.c.id == own.c.ticket_id)
        .join(event, (event.c.ticket_id == own.c.ticket_id) & (event.c.seq == own.c.event_seq))
        .outerjoin(group, group.c.id == own.c.group_id)
        .where(
            own.c.seen_at.is_(None),
            or_(own.c.person_id == person, own.c.group_id.in_(groups)),
            or_(own.c.held_until.is_(None), own.c.held_until <= now),
        )
        .order_by(own.c.id.desc())
        .limit(SHOWN)
    )
    wanted = wanted if ticket is None else wanted.where(own.c.ticket_id == ticket)
    return [
        AlertRow(row.id, row.ticket_id, row.protocol, row.subject, row.kind, row.created_at, row.name or "")
        for row in connection.execute(restricted(connection, wanted))
    ]

"""The timers of tickets: one row each, marked when it has fired."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Row, Select, bindparam, delete, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, plain, rows_of, update_many, update_one
from atendimento_tui.domain.workflow import Timer


def timers_of(connection: Connection, ticket_id: int) -> Sequence[Row[Any]]:
    """The ticket's timers, including those that have fired."""
    return rows_of(connection, tables.Timer, ticket_id=ticket_id)


def fired(known: Iterable[Row[Any]]) -> set[str]:
    """The keys of the timers that have fired."""
    return {row.key for row in known if row.fired_at is not None}


def next_due(connection: Connection, now: datetime, ticket_id: int | None = None) -> int | None:
    """The id of the timer that was due first; None if none is due by `now`.

    Args:
        ticket_id: Only timers of this ticket.
    """
    of_one = ticket_id is not None
    due = {"now": now, "ticket": ticket_id} if of_one else {"now": now}
    number: int | None = connection.scalar(_select_due(of_one=of_one), due)
    return number


def take_due(connection: Connection, now: datetime, ticket_id: int | None = None, *, waits: bool = True) -> int | None:
    """The id of the ticket whose timer was due first; None if none is due. It is locked until the transaction ends.

    Tickets that another transaction has locked are skipped; if there are no others, their locks are waited for.

    Args:
        ticket_id: Only this ticket.
        waits: Whether locks are waited for.
    """
    of_one = ticket_id is not None
    due = {"now": now, "ticket": ticket_id} if of_one else {"now": now}
    # One ticket is waited for at once.
    for skips in (True,) if not waits else (False,) if of_one else (True, False):
        number: int | None = connection.scalar(_take_due(of_one=of_one, skips=skips), due)
        if number is not None:
            return number
    return None


def write_timers(connection: Connection, ticket_id: int, known: Iterable[Row[Any]], wanted: Iterable[Timer]) -> None:
    """Replace the ticket's pending timers by the wanted ones. Fired timers are kept.

    Args:
        known: The result of `timers_of`.
    """
    due = {timer.key: timer.due_at for timer in wanted}
    pending = {row.key: row for row in known if row.fired_at is None}
    if gone := [{"gone": row.id} for key, row in pending.items() if key not in due]:
        connection.execute(_delete_timer(), gone)
    moved = {row.id: {"due_at": due[key]} for key, row in pending.items() if due.get(key, row.due_at) != row.due_at}
    update_many(connection, tables.Timer, moved)
    new = [{"ticket_id": ticket_id, "key": key, "due_at": at} for key, at in due.items() if key not in pending]
    insert_many(connection, tables.Timer, new)


def mark_fired(connection: Connection, ticket_id: int, known: Iterable[Row[Any]], timer: Timer, now: datetime) -> None:
    """Mark the timer as fired. If a repeated timer was missed several times, its last firing has no row yet.

    Args:
        known: The result of `timers_of`.
    """
    number = next((row.id for row in known if row.key == timer.key), None)
    if number is None:
        insert_one(connection, tables.Timer, ticket_id=ticket_id, key=timer.key, due_at=timer.due_at, fired_at=now)
    else:
        update_one(connection, tables.Timer, number, {"fired_at": now})


@cache
def _select_due(*, of_one: bool) -> Select[Any]:
    timer = plain(tables.Timer)
    due = select(timer.c.id).where(timer.c.fired_at.is_(None), timer.c.due_at <= bindparam("now"))
    due = due.where(timer.c.ticket_id == bindparam("ticket")) if of_one else due
    return due.order_by(timer.c.due_at, timer.c.id).limit(1)


@cache
def _take_due(*, of_one: bool, skips: bool) -> Select[Any]:
    timer, ticket = plain(tables.Timer), plain(tables.Ticket)
    due = _select_due(of_one=of_one).with_only_columns(timer.c.ticket_id).join_from(timer, ticket)
    return due.with_for_update(key_share=True, skip_locked=skips, of=ticket)


@cache
def _delete_timer() -> Delete:
    timer = plain(tables.Timer)
    return delete(timer).where(timer.c.id == bindparam("gone"))

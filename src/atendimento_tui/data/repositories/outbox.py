"""Writes of the outbox: what a worker takes and records, and what people decide."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, or_, select, update

from atendimento_tui.contracts.outbox import Taken
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, update_one
from atendimento_tui.data.queries.outbox import thread_of
from atendimento_tui.domain.outbox import DEAD_AFTER, Delivery

_TAKEN = (Delivery.PENDING, Delivery.FAILED)
"""States of what a worker takes, once its instant has come."""


def take(connection: Connection, now: datetime, worker: str, new_id: Callable[[], str]) -> Taken | None:
    """Take what is due first; None if nothing is. It is `enviando` once the transaction is committed.

    Rows that another worker is taking are skipped, so no two workers take the same.

    Args:
        new_id: Makes a Message-ID. A row that was tried before keeps its own.
    """
    row = connection.execute(_next(), {"now": now}).first()
    if row is None:
        return None
    mail_id = row.mail_id or new_id()
    thread = [each for each in thread_of(connection, row.ticket_id, row.address) if each != mail_id]
    values = {"state": Delivery.SENDING, "worker": worker, "state_at": now, "next_at": None, "mail_id": mail_id}
    update_one(connection, tables.Addressee, row.id, {**values, "attempts": row.attempts + 1, "reply": ""})
    return Taken(
        id=row.id,
        message=row.message_id,
        ticket=row.ticket_id,
        attempts=row.attempts + 1,
        mail_id=mail_id,
        address=row.address,
        subject=row.subject,
        body=row.body,
        written_at=row.created_at,
        thread=thread,
        papers=row.papers.split(),
    )


def record(
    connection: Connection,
    taken: Taken,
    worker: str,
    state: Delivery,
    now: datetime,
    reply: str,
    next_at: datetime | None,
) -> bool:
    """Record the result of what a worker took. One that was believed dead tells the truth late.

    Returns:
        Whether it was recorded; not if somebody has decided about the row meanwhile.
    """
    values = {"to_state": state, "at": now, "words": reply, "again": next_at}
    mine = {"this_row": taken.id, "mine": worker, "attempt": taken.attempts}
    return bool(connection.execute(_record(), values | mine).rowcount)


def postpone(connection: Connection, now: datetime, reply: str, next_after: Callable[[int], datetime | None]) -> bool:
    """Record a failed attempt of what is due first, which the server never got, because it was not reached.

    Args:
        next_after: Attempts -> when the next one is.

    Returns:
        Whether there was anything due.
    """
    row = connection.execute(_next(), {"now": now}).first()
    if row is None:
        return False
    attempts = row.attempts + 1
    values = {"state": Delivery.FAILED, "state_at": now, "attempts": attempts, "next_at": next_after(attempts)}
    update_one(connection, tables.Addressee, row.id, {**values, "reply": reply})
    return True


def abandoned(connection: Connection, now: datetime, is_gone: Callable[[str], bool]) -> int:
    """Mark what dead workers were sending as uncertain: nobody knows whether the server has it.

    Args:
        is_gone: Whether a worker, by its name, is known to be dead.

    Returns:
        The number of rows.
    """
    to = plain(tables.Addressee)
    held = select(to.c.id, to.c.worker, to.c.state_at).where(to.c.state == Delivery.SENDING)
    dead = [
        row.id
        for row in connection.execute(held.with_for_update(skip_locked=True))
        if row.state_at is None or now - row.state_at >= DEAD_AFTER or is_gone(row.worker)
    ]
    for number in dead:
        update_one(connection, tables.Addressee, number, {"state": Delivery.UNCERTAIN, "state_at": now})
    return len(dead)


def change(connection: Connection, number: int, now: datetime, state: Delivery, **values: object) -> None:
    """Put a row into another state, because a person decided so."""
    update_one(connection, tables.Addressee, number, {"state": state, "state_at": now, **values})


def hold_all(connection: Connection, now: datetime) -> None:
    """Hold what waits on a desk that was restored or moved: the other desk may have sent it, or may send it."""
    to = plain(tables.Addressee)
    waits = to.c.state.in_((Delivery.PENDING, Delivery.FAILED))
    held: dict[str, Any] = {"state": Delivery.HELD, "state_at": now, "next_at": None}
    connection.execute(update(to).where(waits).values(held))
    lost: dict[str, Any] = {"state": Delivery.UNCERTAIN, "state_at": now}
    connection.execute(update(to).where(to.c.state == Delivery.SENDING).values(lost))


@cache
def _next() -> Select[Any]:
    to, message = plain(tables.Addressee), plain(tables.Message)
    columns = (to.c.id, to.c.message_id, to.c.attempts, to.c.mail_id, to.c.address)
    of_message = (message.c.created_at, message.c.papers)
    return (
        select(*columns, message.c.ticket_id, message.c.subject, message.c.body, *of_message)
        .join_from(to, message)
        .where(or_(*(to.c.state == state for state in _TAKEN)), to.c.next_at <= bindparam("now"))
        .order_by(to.c.next_at, to.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=to)
    )


@cache
def _record() -> Update:
    to = plain(tables.Addressee)
    known: Sequence[str] = (Delivery.SENDING, Delivery.UNCERTAIN)
    mine = (to.c.id == bindparam("this_row"), to.c.worker == bindparam("mine"), to.c.attempts == bindparam("attempt"))
    values: dict[str, Any] = {
        "state": bindparam("to_state"),
        "state_at": bindparam("at"),
        "reply": bindparam("words"),
        "next_at": bindparam("again"),
    }
    return update(to).where(*mine, to.c.state.in_(known)).values(values)

"""What happens by itself: reminders, automatic closings, warnings, breaches. Once, whoever sweeps first, however late.

Each happening is one transaction: the event is stamped with the instant at which it was due, and its timer is marked
fired with it, so a sweep that is killed anywhere has done it whole or not at all.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update
from sqlmodel import col

from atendimento_tui.data import models, store
from atendimento_tui.data.engine import insert_one, reading, writing
from atendimento_tui.domain import workflow
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.ticket import Event
from atendimento_tui.domain.workflow import Deed, Timer
from atendimento_tui.services import deeds
from atendimento_tui.services.desk import Desk

log = logging.getLogger(__name__)


def sweep(desk: Desk, now: datetime, ticket_id: int | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Let everything happen that was due until `now`, in the order in which it was due.

    Args:
        desk: The desk.
        now: The present instant.
        ticket_id: Only for this ticket.
        stopped: Whether to leave the rest to somebody else: asked before each thing that happens.

    Returns:
        How many things happened.
    """
    happened = 0
    now = now.astimezone(UTC)
    # One by one, because what happens may bring about what comes next: a reminder the following one.
    while not stopped() and (timer_id := _next_due(desk, now, ticket_id)):
        happened += _fire(desk, timer_id, now)
    return happened


def is_due(connection: Connection, ticket_id: int, now: datetime) -> bool:
    """Whether something of this ticket was due until `now` and has not happened."""
    wanted = _due(now.astimezone(UTC)).where(col(models.Timer.ticket_id) == ticket_id)
    return connection.scalar(wanted.limit(1)) is not None


def _due(now: datetime) -> Select[Any]:
    return select(col(models.Timer.id)).where(col(models.Timer.fired_at).is_(None), col(models.Timer.due_at) <= now)


def _next_due(desk: Desk, now: datetime, ticket_id: int | None) -> int | None:
    wanted = _due(now)
    if ticket_id is not None:
        wanted = wanted.where(col(models.Timer.ticket_id) == ticket_id)
    order = (col(models.Timer.due_at), col(models.Timer.id))
    with reading(desk.engine) as connection:
        found: int | None = connection.scalar(wanted.order_by(*order).limit(1))
    return found


def _fire(desk: Desk, timer_id: int, now: datetime) -> bool:
    """Let one thing happen; nothing where somebody else was faster or the ticket moved on."""
    with writing(desk.engine) as connection:
        row = connection.execute(select(models.Timer).where(col(models.Timer.id) == timer_id)).one_or_none()
        if row is None or row.fired_at is not None or row.due_at > now:
            return False
        ticket = store.load(connection, row.ticket_id, to_change=True)
        setting = desk.setting(ticket.process) if ticket else None
        assert ticket, "a timer is of a ticket"
        assert setting, "only tickets with a process have timers"
        timer = workflow.next_due(ticket, setting, _fired(connection, row.ticket_id), now)
        if timer is None:
            deeds.set_timers(connection, setting, row.ticket_id, ticket)  # put at its right instant, or taken away
            return False
        _mark_fired(connection, row.ticket_id, timer, now)
        # What makes a term shorter may make it past: a ticket's history never goes back in time.
        timer = replace(timer, due_at=max(timer.due_at, ticket.changed_at or timer.due_at))
        try:
            deed = workflow.happened(ticket, setting, timer)
        except Refused as refusal:  # the process lets a timer do what its own guard forbids: told, and not tried again
            log.warning("timer %s refused: %s", timer.key, refusal.code)
            deed = Deed(Event("tempo", timer.due_at, None, text=timer.key))
        deeds.write(
            connection,
            desk,
            row.ticket_id,
            ticket,
            deed,
            recorded_at=now,
            request_id=f"tempo:{row.ticket_id}:{timer.key}",
        )
        return True


def _mark_fired(connection: Connection, ticket_id: int, timer: Timer, now: datetime) -> None:
    """Note that it happened; of a reminder that was missed several times only the last one did."""
    one = (col(models.Timer.ticket_id) == ticket_id, col(models.Timer.key) == timer.key)
    if not connection.execute(update(models.Timer).where(*one).values(fired_at=now)).rowcount:
        insert_one(connection, models.Timer, ticket_id=ticket_id, key=timer.key, due_at=timer.due_at, fired_at=now)


def _fired(connection: Connection, ticket_id: int) -> set[str]:
    fired = select(col(models.Timer.key)).where(
        col(models.Timer.ticket_id) == ticket_id, col(models.Timer.fired_at).is_not(None)
    )
    return set(connection.scalars(fired))

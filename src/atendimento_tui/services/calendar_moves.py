"""Moves running clocks to the newest versions of their calendars, after a change was confirmed.

It is done in small transactions, by every sweep until no clock is left, so that it goes on wherever it was interrupted.
An act on a ticket that is not moved yet moves it first (`unit_of_work.begin_work`).
"""

from collections.abc import Callable
from datetime import datetime

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import Connection, reading, writing
from atendimento_tui.data.queries.calendars import newest_version, tickets_running_on
from atendimento_tui.data.repositories import timers
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.timers import note_timers
from atendimento_tui.services.unit_of_work import begin_work

AT_ONCE = 20
"""Maximum tickets of one transaction: others who write wait for it."""


@needs(Permission.USE)
def move_running_clocks(desk: Desk, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Move all running clocks that count on a superseded version.

    Args:
        desk: The desk.
        now: The present instant.
        stopped: Whether to stop; called before each transaction.

    Returns:
        The number of tickets that were moved.
    """
    desk = desk.acting_as(SYSTEM)  # whoever started it
    with reading(desk.engine) as connection:
        desk.learn_calendars(newest_version(connection), connection)
    moved = 0
    while desk.superseded and not stopped():
        with reading(desk.engine) as connection:
            waiting = tickets_running_on(connection, list(desk.superseded), AT_ONCE)
        if not waiting:
            break
        with writing(desk.engine) as connection:
            for ticket in waiting:
                moved += _move(connection, desk, ticket, now)
    return moved


def _move(connection: Connection, desk: Desk, ticket_id: int, now: datetime) -> bool:
    work = begin_work(connection, desk, Order(ticket_id, None, "", now), Permission.USE)
    assert work, "a clock is of a ticket"
    if not work.was_moved:  # by another sweep meanwhile
        return False
    if work.context and work.before.step:
        known = timers.timers_of(connection, ticket_id)
        note_timers(connection, work.context, ticket_id, work.before, known)
    return True

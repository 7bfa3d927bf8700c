"""Whether the desk's tables say what its history says: nothing may stand in a ticket that no event put there."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from atendimento_tui.data import store
from atendimento_tui.data.engine import reading
from atendimento_tui.domain.ticket import replay
from atendimento_tui.services.desk import Desk


def differences(desk: Desk) -> list[str]:
    """What the rows of tickets and clocks say otherwise than their replayed events; nothing, when all is well."""
    with reading(desk.engine) as connection:
        return [line for _, lines in compared(connection, desk.calendar) for line in lines]


def compared(connection: Connection, calendars: store.Calendars) -> Iterator[tuple[str, list[str]]]:
    """Each ticket's protocol with what its rows say otherwise than its replayed events."""
    for row in store.stored_rows(connection):
        yield row["protocol"], list(_of_ticket(connection, calendars, row))


def _of_ticket(connection: Connection, calendars: store.Calendars, row: dict[str, Any]) -> Iterator[str]:
    name, events = row["protocol"], store.events_of(connection, row["id"])
    replayed = replay(events)
    for column, value in store.ticket_row(replayed, calendars).items():
        if row[column] != value:
            yield f"{name}: {column} is {row[column]!r}, its events say {value!r}"
    clocks = store.clocks_of(connection, row["id"])
    if clocks != replayed.clocks:
        yield f"{name}: its clocks are {clocks!r}, its events say {replayed.clocks!r}"
    if any(earlier.at > later.at for earlier, later in pairwise(events)):
        yield f"{name}: its history goes back in time"

"""Comparison of the tables with the history: tickets and clocks must equal their replayed events."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from atendimento_tui.data.engine import Connection, snapshot
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.clocks import all_clocks
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import Clock
from atendimento_tui.domain.tickets import Event, replay
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

AT_ONCE = 500
"""Number of tickets in a batch."""


@needs(Permission.VERIFY)
def differences(desk: Desk) -> list[str]:
    """The differences between rows of tickets and clocks and their replayed events."""
    with snapshot(desk.engine) as connection:
        return [line for _, lines in compared(connection, desk.calendars(connection)) for line in lines]


def compared(connection: Connection, calendars: tickets.Calendars) -> Iterator[tuple[str, list[str]]]:
    """Each ticket's protocol with the differences between its rows and its replayed events."""
    for some in tickets.stored_rows(connection, AT_ONCE):
        yield from _compared(connection, some, calendars)


def sample(connection: Connection, calendars: tickets.Calendars, count: int) -> Iterator[tuple[str, list[str]]]:
    """As `compared`, of up to `count` tickets."""
    yield from _compared(connection, tickets.sampled_rows(connection, count), calendars)


def _compared(
    connection: Connection, some: list[dict[str, Any]], calendars: tickets.Calendars
) -> Iterator[tuple[str, list[str]]]:
    numbers = [row["id"] for row in some]
    histories = tickets.histories(connection, numbers)
    clocks: dict[int, list[Clock]] = {ticket: [] for ticket in numbers}
    for ticket, clock in all_clocks(connection, numbers):
        clocks[ticket].append(clock)
    for row in some:
        ticket = row["id"]
        yield row["protocol"], list(_of_ticket(row, histories.get(ticket, []), tuple(clocks[ticket]), calendars))


def _of_ticket(
    row: dict[str, Any], events: list[Event], clocks: tuple[Clock, ...], calendars: tickets.Calendars
) -> Iterator[str]:
    name = row["protocol"]
    replayed = replay(events)
    for column, value in tickets.ticket_row(replayed, calendars).items():
        if row[column] != value:
            yield f"{name}: {column} is {row[column]!r}, its events say {value!r}"
    if clocks != replayed.clocks:
        yield f"{name}: its clocks are {clocks!r}, its events say {replayed.clocks!r}"
    if any(earlier.at > later.at for earlier, later in pairwise(events)):
        yield f"{name}: its history goes back in time"

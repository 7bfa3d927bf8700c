"""Comparison of the tables with the history: tickets and clocks must equal their replayed events."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

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
    last = 0
    while some := tickets.stored_rows(connection, last, AT_ONCE):
        last = some[-1]["id"]
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
        ticket, name = row["id"], row["protocol"]
        found = differences_of(row, histories.get(ticket, []), tuple(clocks[ticket]), calendars)
        yield name, [f"{name}: {difference.line}" for difference in found]


class Difference(NamedTuple):
    """What differs, as a column or a word, and what it is and should be."""

    what: str
    line: str


def differences_of(
    row: dict[str, Any], events: list[Event], clocks: tuple[Clock, ...], calendars: tickets.Calendars
) -> Iterator[Difference]:
    """The differences between a ticket's row and clocks and its replayed events.

    Args:
        row: The columns of its row.
        clocks: In the order of their starts.
    """
    replayed = replay(events)
    for column, value in tickets.ticket_row(replayed, calendars).items():
        if row[column] != value:
            yield Difference(column, f"{column} is {row[column]!r}, its events say {value!r}")
    if clocks != replayed.clocks:
        yield Difference("clocks", f"its clocks are {clocks!r}, its events say {replayed.clocks!r}")
    if any(earlier.at > later.at for earlier, later in pairwise(events)):
        yield Difference("at", "its history goes back in time")

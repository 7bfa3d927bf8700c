"""Reads the waiting list, with what is offered."""

from dataclasses import replace

from atendimento_tui.contracts.waiting import WaitingRow
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries import waiting as queries
from atendimento_tui.data.queries.bookings import held_for_list


def rows_of(connection: Connection, ticket: int | None = None) -> list[WaitingRow]:
    """Who is on the list, in its order; without tickets that the connection's actor may not know of.

    Args:
        ticket: Only this ticket.
    """
    found = queries.listed(connection, ticket)
    offers = held_for_list(connection, [each.entry.offered for each in found if each.entry.offered])
    return [replace(each, offer=offers[each.entry.offered]) if each.entry.offered else each for each in found]

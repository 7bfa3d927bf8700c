"""Small queries about tickets."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, literal, select, union_all
from sqlmodel import SQLModel

from atendimento_tui.contracts.tickets import NamedTicket
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted

_BARE_PROTOCOL = 14
"""Digits of a protocol number without the registration."""

_MOST_NAMED = 50

_T = plain(tables.Ticket).c


def tickets_named(connection: Connection, protocols: Sequence[str], registration: str) -> list[NamedTicket]:
    """The tickets with these protocol numbers, which may lack the registration, sorted by protocol; at most 50."""
    complete = [*protocols, *(f"{registration}{number}" for number in protocols if len(number) == _BARE_PROTOCOL)]
    found: Any = select(_T.id, _T.protocol, _T.subject).where(_T.protocol.in_(complete))
    rows: Any = connection.execute(restricted(connection, found).order_by(_T.protocol).limit(_MOST_NAMED))
    return [NamedTicket(row.id, row.protocol, row.subject) for row in rows]


def origins(connection: Connection) -> dict[int, tuple[str, str | None]]:
    """Id of every ticket that the actor may know of -> its protocol, and its number in the system it came from."""
    every: Any = select(_T.id, _T.protocol, _T.origin)
    return {row.id: (row.protocol, row.origin) for row in connection.execute(restricted(connection, every))}


def finished_intakes(connection: Connection, tickets: Collection[int]) -> dict[int, str]:
    """Id -> protocol number, for those of these tickets whose intake is finished."""
    ticket = (_T.id, _T.protocol)
    # Only opening gives a ticket a step. Its state does not tell: its process may end it as abandoned too.
    finished: Any = select(*ticket).where(_T.id.in_(tickets), _T.step != "")
    return {row.id: row.protocol for row in connection.execute(finished)}


def hidden_tickets(connection: Connection, tickets: Collection[int]) -> set[int]:
    """Those of these tickets that exist and that the connection's actor may not know of."""
    these = select(_T.id).where(_T.id.in_(tickets))
    seen = restricted(connection, these)
    return set() if seen is these else {*connection.scalars(these)} - {*connection.scalars(seen), None}


def is_hidden(connection: Connection, protocol: str) -> bool:
    """Whether this is the protocol of a ticket that the connection's actor may not know of."""
    named: Any = select(_T.id).where(_T.protocol == protocol)
    number = None if restricted(connection, named) is named else connection.scalar(named)
    return number is not None and number in hidden_tickets(connection, [number])


def names_in_history(connection: Connection, ticket: int) -> dict[str, dict[int, str]]:
    """Field of a ticket -> id -> name, to show names instead of ids in a ticket's history.

    Args:
        ticket: The ticket. Only its own requester is read, because a desk may have many.
    """
    found: dict[str, dict[int, str]] = {"owner": {}, "group": {}, "process": {}, "requester": {}}
    for field, number, name in connection.execute(_names_in_history(), {"ticket": ticket}):
        found[field][number] = name
    return found


@cache
def _names_in_history() -> Any:
    named: dict[str, type[SQLModel]] = {"owner": tables.Person, "group": tables.Group, "process": tables.Process}
    everybody = [select(literal(field), plain(table).c.id, plain(table).c.name) for field, table in named.items()]
    requester, ticket = plain(tables.Requester), plain(tables.Ticket)
    own = select(literal("requester"), requester.c.id, requester.c.name).join(
        ticket, ticket.c.requester_id == requester.c.id
    )
    return union_all(*everybody, own.where(ticket.c.id == bindparam("ticket")))

"""Whether the request of an act was written already: each is written once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    bindparam,
    cast,
    literal,
    select,
    union_all,
)

from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.data import tables
from atendimento_tui.data.engine import (
    advisory_lock,
    plain,
)
from atendimento_tui.data.queries.people import actor_of, groups_of_actor
from atendimento_tui.domain.access import Actor


def find_by_request(connection: Connection, request_id: str) -> ActDone | None:
    """The result of the request if it was written already. Other transactions with this request wait for this one."""
    advisory_lock(connection, request_id)
    found = connection.execute(_select_done(), {"request": request_id}).one_or_none()
    return ActDone(found.id, found.protocol, found.version, repeated=True) if found else None


@cache
def _select_done() -> Select[Any]:
    ticket, happened = plain(tables.Ticket), plain(tables.Event)
    found = select(ticket.c.id, ticket.c.protocol, ticket.c.version)
    by_event = found.join_from(ticket, happened, happened.c.ticket_id == ticket.c.id)
    return by_event.where(happened.c.request_id == bindparam("request"))


@dataclass(frozen=True, slots=True)
class First:
    """What the first act of a ticket needs to know.

    Attributes:
        done: The result of the request, if it was written already.
        actor: The person who acts, as the database has them now.
        secret_group: The group of the service, if that is secret.
    """

    done: ActDone | None
    actor: Actor
    secret_group: int | None


def find_first_request(connection: Connection, request_id: str, person: int | None, service: int) -> First:
    """As `find_by_request`, for the first act of a ticket of this version of a service. It is one statement."""
    advisory_lock(connection, request_id)
    done, actor, secret = None, Actor(person, ""), None
    values = {"request": request_id, "actor": person, "service": service}
    for kind, *found in connection.execute(_select_first(), values):
        if kind == _DONE:
            ticket, protocol, version, _ = found
            done = ActDone(ticket, protocol, version, repeated=True)
        elif kind == _SECRET:
            secret = int(found[0])
        else:
            actor = actor_of(*found)
    return First(done, actor, secret)


_DONE, _PERSON, _SECRET = "done", "person", "secret"
"""What a row of `_select_first` is about."""


@cache
def _select_first() -> Any:
    person, own = plain(tables.Person), groups_of_actor().scalar_subquery()
    done = _select_done()
    first = done.with_only_columns(literal(_DONE), *done.selected_columns, literal(""), maintain_column_froms=True)
    who = select(literal(_PERSON), person.c.id, person.c.role, cast(person.c.active, Integer), own)
    service = plain(tables.Process).c
    secret = select(literal(_SECRET), service.secret_group_id, literal(""), literal(0), literal(""))
    of_service = secret.where(service.id == bindparam("service"), service.secret_group_id.is_not(None))
    return union_all(first, who.where(person.c.id == bindparam("actor")), of_service)

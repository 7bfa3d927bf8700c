"""Reads passwords and sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, cast, func, or_, select, true
from sqlmodel import col

from atendimento_tui.contracts.access import OnDuty, SessionRow, WayInChanged
from atendimento_tui.contracts.people import Member
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, row_of
from atendimento_tui.domain.text import folded

_S, _P, _C, _F = tables.AccessSession, tables.Person, tables.Credential, tables.SignInFailure
_M = tables.Membership

ENTERED, WAY_IN = "entrada", "acesso_de_fora"
"""Kinds of events of a person: entering; getting a password or a login from somebody outside of a secret group."""


def with_login(connection: Connection, login: str) -> Row[Any] | None:
    """The person who may act with this login; None if there is none."""
    return row_of(connection, _P, login=login, active=True)


def person_with_id(connection: Connection, person: int) -> Row[Any] | None:
    """A person, whether he may act or not."""
    return row_of(connection, _P, id=person)


def credential_of(connection: Connection, person: int) -> Row[Any] | None:
    """The password of a person; None if he has none."""
    return connection.execute(select(_C).where(col(_C.person_id) == person)).first()


def has_passwords(connection: Connection) -> bool:
    """Whether anybody who may act has a password."""
    people = select(col(_C.person_id)).join(_P, col(_P.id) == col(_C.person_id)).where(col(_P.active) == true())
    return connection.execute(people.limit(1)).first() is not None


def member_with_id(connection: Connection, person: int) -> Member | None:
    """A person who may act, with his groups."""
    row = row_of(connection, _P, id=person, active=True)
    if row is None:
        return None
    of = tables.Membership
    groups = connection.scalars(select(col(of.group_id)).where(col(of.person_id) == person).order_by(col(of.group_id)))
    return Member(row.id, row.name, row.role, tuple(groups))


def taken_logins(connection: Connection) -> set[str]:
    """All logins, also of people who may not act any more."""
    return {login for login in connection.scalars(select(col(_P.login)).where(col(_P.login).is_not(None))) if login}


def failures_of(connection: Connection, bucket: str) -> Row[Any] | None:
    """The failed sign-ins of a bucket of logins."""
    return connection.execute(select(_F).where(col(_F.bucket) == bucket)).first()


def session_with(connection: Connection, token_hash: str) -> Row[Any] | None:
    """The session with this hash of its secret."""
    return row_of(connection, _S, token_hash=token_hash)


def secret_groups_with(connection: Connection, person: int) -> dict[int, str]:
    """Id -> name of the secret groups of a person in which there is something to protect.

    Left out is a group in which nobody has entered yet, and that has no tickets: its first members get their first
    passwords from whoever keeps the people.
    """
    of, event, process, ticket = plain(_M), plain(tables.TrailEvent), plain(tables.Process), plain(tables.Ticket)
    group = plain(tables.Group)
    as_key = cast(of.c.person_id, String)
    entered = select(of.c.group_id).join(event, (event.c.key == as_key) & (event.c.area == "pessoa"))
    has_ticket = select(process.c.secret_group_id).join(ticket, ticket.c.process_id == process.c.id)
    secret = select(process.c.secret_group_id).where(process.c.secret_group_id.is_not(None))
    own = select(of.c.group_id).where(of.c.person_id == person)
    wanted = select(group.c.id, group.c.name).where(
        group.c.id.in_(own),
        group.c.id.in_(secret),
        or_(
            group.c.id.in_(entered.where(event.c.kind == ENTERED)),
            group.c.id.in_(has_ticket.where(process.c.secret_group_id.is_not(None))),
        ),
    )
    found = sorted(connection.execute(wanted), key=lambda row: folded(row.name))
    return {row.id: row.name for row in found}


def last_entered(connection: Connection, person: int) -> datetime | None:
    """When a person entered last; None if never."""
    event = plain(tables.TrailEvent)
    own = (event.c.area == "pessoa", event.c.key == str(person), event.c.kind == ENTERED)
    found: datetime | None = connection.scalar(select(func.max(event.c.at)).where(*own))
    return found


def ways_in_changed(connection: Connection, member: Member, after: datetime) -> tuple[WayInChanged, ...]:
    """What a member of secret groups is told (`WayInChanged`), oldest first: acts after an instant, not one's own."""
    groups = secret_groups_with(connection, member.id)
    if not groups:
        return ()
    of, event = plain(_M), plain(tables.TrailEvent)
    person, actor = plain(_P).alias("person_changed"), plain(_P).alias("actor")
    told = (
        select(person.c.name, func.coalesce(actor.c.name, "").label("actor"), event.c.at)
        .join_from(event, person, event.c.key == cast(person.c.id, String))
        .outerjoin(actor, actor.c.id == event.c.actor_id)
        .where(
            event.c.area == "pessoa",
            event.c.kind == WAY_IN,
            event.c.at > after,
            event.c.actor_id.is_distinct_from(member.id),
            person.c.id.in_(select(of.c.person_id).where(of.c.group_id.in_(list(groups)))),
        )
        .order_by(event.c.at, event.c.id)
    )
    return tuple(WayInChanged(row.name, row.actor, row.at) for row in connection.execute(told))


def sessions(connection: Connection, now: datetime, kinds: Sequence[str] = ()) -> list[SessionRow]:
    """The sessions that are valid, oldest first.

    Args:
        connection: The transaction.
        now: The present instant.
        kinds: Only these kinds; all if empty.
    """
    rows = _valid(now).order_by(col(_S.created_at), col(_S.id))
    if kinds:
        rows = rows.where(col(_S.kind).in_(kinds))
    return [SessionRow(**row._mapping) for row in connection.execute(rows)]  # noqa: SLF001 - public in SQLAlchemy


def on_duty(connection: Connection, kind: str, seen_after: datetime, now: datetime) -> list[OnDuty]:
    """The people with a session of this kind that was seen after an instant, sorted by name."""
    seen = _valid(now).where(col(_S.kind) == kind, col(_S.seen_at) > seen_after, col(_P.active) == true())
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(seen.order_by(col(_P.id), col(_S.created_at), col(_S.id))):
        found.setdefault(row.person, []).append(row)
    by_name = sorted(found.items(), key=lambda person: folded(person[1][0].name))
    return [
        OnDuty(person, rows[0].name, rows[0].role, rows[0].created_at, tuple(row.place for row in rows))
        for person, rows in by_name
    ]


def _valid(now: datetime) -> Any:
    return (
        select(
            col(_S.id),
            col(_S.person_id).label("person"),
            func.coalesce(col(_P.name), col(_S.name)).label("name"),
            func.coalesce(col(_P.role), col(_S.role)).label("role"),
            col(_S.kind),
            col(_S.place),
            col(_S.created_at),
            col(_S.seen_at),
            col(_S.expires_at),
        )
        .outerjoin(_P, col(_P.id) == col(_S.person_id))
        .where(col(_S.revoked_at).is_(None), col(_S.expires_at) > now)
    )

"""Writes passwords, failed sign-ins and sessions."""

from datetime import datetime

from sqlalchemy import Connection, delete, update
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one
from atendimento_tui.domain.accounts import Failures

_S, _C, _F = tables.AccessSession, tables.Credential, tables.SignInFailure


def store_password(
    connection: Connection, person: int, hashed: str, now: datetime, *, ends: datetime | None = None
) -> None:
    """Replace the password of a person.

    Args:
        connection: The transaction.
        person: The person's id.
        hashed: The hash of the password.
        now: The present instant.
        ends: When a one-time password ends; None for one that the person chose.
    """
    values = {"hash": hashed, "must_change": ends is not None, "changed_at": now, "expires_at": ends}
    if not connection.execute(update(_C).where(col(_C.person_id) == person).values(values)).rowcount:
        insert_many(connection, _C, [{"person_id": person, **values}])


def replace_hash(connection: Connection, person: int, old: str, new: str) -> None:
    """Replace the hash of the same password, unless the password was changed meanwhile."""
    same = (col(_C.person_id) == person, col(_C.hash) == old)
    connection.execute(update(_C).where(*same).values(hash=new))


def store_failures(connection: Connection, bucket: str, failures: Failures) -> None:
    """Replace the failures of a bucket of logins."""
    values = {"in_a_row": failures.count, "last_at": failures.last_at}
    if not connection.execute(update(_F).where(col(_F.bucket) == bucket).values(values)).rowcount:
        insert_many(connection, _F, [{"bucket": bucket, **values}])


def forget_failures(connection: Connection, bucket: str) -> None:
    """Delete the failures of a bucket of logins."""
    connection.execute(delete(_F).where(col(_F.bucket) == bucket))


def delete_old_failures(connection: Connection, until: datetime) -> None:
    """Delete the failures of all logins that failed last at this instant or before."""
    connection.execute(delete(_F).where(col(_F.last_at) <= until))


def insert_session(
    connection: Connection,
    token_hash: str,
    kind: str,
    now: datetime,
    expires: datetime,
    *,
    person: int | None = None,
    place: str = "",
    name: str = "",
    role: str = "",
) -> int:
    """Insert a session.

    Returns:
        Its id.
    """
    own = {"person_id": person, "place": place, "name": name, "role": role}
    times = {"created_at": now, "seen_at": now, "expires_at": expires}
    return insert_one(connection, _S, token_hash=token_hash, kind=kind, **own, **times)


def note_seen(connection: Connection, session: int, now: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(update(_S).where(col(_S.id) == session).values(seen_at=now))


def revoke_session(connection: Connection, session: int, by: int | None, now: datetime) -> None:
    """End a session, so that its secret is refused."""
    connection.execute(update(_S).where(col(_S.id) == session).values(revoked_at=now, revoked_by=by))


def delete_session(connection: Connection, session: int) -> None:
    """Delete the session of a person who signed out."""
    connection.execute(delete(_S).where(col(_S.id) == session))


def delete_old_sessions(connection: Connection, until: datetime) -> None:
    """Delete the sessions that ended at this instant or before."""
    connection.execute(delete(_S).where((col(_S.expires_at) <= until) | (col(_S.revoked_at) <= until)))


def set_entry(connection: Connection, way: str) -> None:
    """Change how people enter the desk."""
    connection.execute(update(tables.Unit).values(entry=way))

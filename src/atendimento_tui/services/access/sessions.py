"""Sessions: of windows, of `atendimento entrar`, of scripts; and who is on duty."""

from collections.abc import Callable
from datetime import datetime

from atendimento_tui.contracts.access import OnDuty, SessionRow, SignedIn
from atendimento_tui.data.engine import Connection, reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    COMMAND,
    FORGOTTEN_AFTER,
    PRESENT_FOR,
    SESSION_FOR,
    TOLD_FOR,
    WINDOW,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.trail import Stream, person_stream
from atendimento_tui.services.access.common import at_or_now
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    new_token,
    token_hash,
)


def begin(connection: Connection, person: int, kind: str, place: str, at: datetime, *, again: bool = False) -> SignedIn:
    """Begin a session of a person who has proved who they are.

    Args:
        again: Whether it goes on after a lock, so that only what is newer than the last entry is told.

    Raises:
        Refused: `entrada_recusada`: the person may not act any more.
    """
    member = queries.member_with_id(connection, person)
    if member is None:  # deactivated while the password was checked
        raise Refused("entrada_recusada")
    access.delete_old_sessions(connection, at - SESSION_FOR[COMMAND])
    access.delete_old_failures(connection, at - FORGOTTEN_AFTER)
    token = new_token()
    access.insert_session(
        connection, token_hash(token), kind, at, at + SESSION_FOR[kind], person=person, place=entered(place)[:100]
    )
    since = at - TOLD_FOR
    if (last := queries.last_entered(connection, person)) and (again or last < since):
        since = last
    told = queries.ways_in_changed(connection, member, since)
    trail.record(connection, person_stream(person), queries.ENTERED, actor=person, at=at)
    return SignedIn(member, member.role, token, member.name, told)


@needs(Permission.USE)
def resume(desk: Desk, token: str, now: datetime | None = None) -> SignedIn:
    """The session of a kept secret, of a person or of a script.

    Raises:
        Refused: `sessao_encerrada`: it has ended, was revoked, or its person may not act any more.
    """
    with reading(desk.engine) as connection:
        return _resumed(connection, token, now)


@needs(Permission.USE)
def see(desk: Desk, token: str, now: datetime | None = None) -> None:
    """Note that a window's session is in use.

    Raises:
        Refused: As `resume`.
    """
    with writing(desk.engine, announced=False) as connection:
        _resumed(connection, token, now)
        row = queries.session_with(connection, token_hash(token))
        if row:
            access.note_seen(connection, row.id, at_or_now(connection, now))


def _resumed(connection: Connection, token: str, now: datetime | None) -> SignedIn:
    row = queries.session_with(connection, token_hash(token))
    if row is None or row.revoked_at is not None or at_or_now(connection, now) >= row.expires_at:
        raise Refused("sessao_encerrada")
    if row.person_id is None:
        return SignedIn(None, row.role, name=row.name)
    member = queries.member_with_id(connection, row.person_id)
    if member is None:
        raise Refused("sessao_encerrada")
    return SignedIn(member, member.role, name=member.name)


@needs(Permission.USE)
def sign_out(desk: Desk, token: str, now: datetime | None = None) -> None:
    """End the own session of a person. One that has ended already is none."""
    with writing(desk.engine, announced=False) as connection:
        row = queries.session_with(connection, token_hash(token))
        if row and row.person_id is not None and row.revoked_at is None:
            access.delete_session(connection, row.id)
            trail.record(
                connection, person_stream(row.person_id), "saida", actor=row.person_id, at=at_or_now(connection, now)
            )


@needs(Permission.USE)
def note_lock(desk: Desk, token: str, *, locked: bool, now: datetime | None = None) -> None:
    """Record that a window was locked or unlocked."""
    with writing(desk.engine, announced=False) as connection:
        row = queries.session_with(connection, token_hash(token))
        if row and row.person_id is not None:
            kind = "bloqueio" if locked else "desbloqueio"
            trail.record(
                connection, person_stream(row.person_id), kind, actor=row.person_id, at=at_or_now(connection, now)
            )


@needs(Permission.ACCOUNTS)
def sessions(desk: Desk, now: datetime | None = None) -> list[SessionRow]:
    """The valid sessions, oldest first: of windows that were seen lately, of commands, of scripts."""
    with reading(desk.engine) as connection:
        at = at_or_now(connection, now)
        return [row for row in queries.sessions(connection, at) if row.kind != WINDOW or at - row.seen_at < PRESENT_FOR]


@needs(Permission.ACCOUNTS)
def revoke_sessions(desk: Desk, person: int, now: datetime | None = None) -> int:
    """End all sessions of a person. Windows are locked within a minute; nothing that was typed is lost.

    Returns:
        How many.
    """

    def of_person(row: SessionRow) -> bool:
        return row.person == person

    return revoke(desk, of_person, person_stream(person), "sessao_encerrada", now)


def revoke(
    desk: Desk,
    which: Callable[[SessionRow], bool],
    stream: Stream,
    kind: str,
    now: datetime | None,
    name: str | None = None,
) -> int:
    """End the sessions that `which` selects, with one event; returns how many. `name` is that of a token."""
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.ACCOUNTS)
        at = at_or_now(connection, now)
        ended = [row for row in queries.sessions(connection, at) if which(row)]
        for row in ended:
            access.revoke_session(connection, row.id, desk.actor.person, at)
        if ended:
            changes = {"nome": (name, None)} if name else {"sessoes": (len(ended), 0)}
            trail.record(connection, stream, kind, actor=desk.actor.person, at=at, changes=changes)
    return len(ended)


@needs(Permission.USE)
def on_duty(desk: Desk, now: datetime | None = None) -> list[OnDuty]:
    """The people with an open window, sorted by name. A window that was not seen for three minutes is gone."""
    with reading(desk.engine) as connection:
        at = at_or_now(connection, now)
        return queries.on_duty(connection, WINDOW, at - PRESENT_FOR, at)

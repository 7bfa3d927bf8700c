"""Signing in: passwords, sessions, scripts' tokens, who is on duty.

A sign-in counts as failed before its password is checked, in a transaction of its own. So attempts at the same time
are all counted, and a process that is killed meanwhile gains nothing. Passwords are hashed outside transactions. A
login that does not exist takes the same steps as a wrong password, waits as long, and gets the same answer: the
failures of all logins are counted alike, in buckets.

`now` is handed in by tests only. Without it the clock of the database is used, which is the same for all machines.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from atendimento_tui.contracts.access import Entry, OnDuty, SessionRow, SignedIn
from atendimento_tui.contracts.people import Member
from atendimento_tui.data.engine import Connection, advisory_lock, file_of, instant, reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.queries.people import members
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.data.repositories.people import insert_people
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    COMMAND,
    FORGOTTEN_AFTER,
    ONE_TIME_FOR,
    PASSWORD,
    PRESENT_FOR,
    PROGRAM,
    SESSION_FOR,
    SYSTEM_ACCOUNT,
    TOLD_FOR,
    UNKNOWN,
    WINDOW,
    Failures,
    attempt,
    bucket_of,
    checked_password,
    compared_login,
    normalised_password,
    one_time_password,
)
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.trail import Stream
from atendimento_tui.services.access_control import needs, require_now, secrets_opened
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    USUAL,
    Cost,
    hashed,
    is_outdated,
    matches,
    new_token,
    token_hash,
)

_LEADING = ("supervisor", "administrador")
"""Roles that can get the first password of a desk."""

_UNIT = Stream("unidade", "")

_TOKENS_AT_MOST = 200
_TOKEN_DAYS_AT_MOST = 3650


def _person(person: int) -> Stream:
    return Stream("pessoa", str(person))


def _own(desk: Desk) -> Stream:
    """The stream of the person who acts; of the unit if it is the owner of the database."""
    return _person(desk.actor.person) if desk.actor.person else _UNIT


@needs(Permission.USE)
def entry(desk: Desk) -> Entry:
    """How one enters this desk."""
    with reading(desk.engine) as connection:
        everybody = members(connection)
        first = next((each for each in everybody if each.role in _LEADING), None)
        row = queries.person_with_id(connection, first.id) if first else None
        return Entry(
            desk.unit.entry,
            queries.has_passwords(connection),
            first,
            (row.login or "") if row else "",
            owns(desk),
        )


@needs(Permission.USE)
def owns(desk: Desk) -> bool:
    """Whether this process can do everything with the database, so that rights bind it in the product only.

    It owns the file, or it has the address of a database on a server with its password.
    """
    file = file_of(desk.engine.url)
    if file is None or not hasattr(os, "geteuid"):
        return True
    return os.geteuid() in (0, file.stat().st_uid)


# Signing in and out.


@needs(Permission.USE)
def sign_in(
    desk: Desk,
    login: str,
    password: str,
    *,
    kind: str = WINDOW,
    place: str = "",
    new_password: str = "",
    only: int | None = None,
    now: datetime | None = None,
    cost: Cost = USUAL,
) -> SignedIn:
    """Begin a session of a person with a password.

    Args:
        desk: The desk.
        login: As it was typed.
        password: As it was typed.
        kind: `janela` or `comando`.
        place: Machine and terminal.
        new_password: Replaces a one-time password, which must be changed.
        only: Only this person; of a locked window.
        now: See the module.
        cost: The parameters of new hashes.

    Raises:
        Refused: `entrada_recusada`: login or password is wrong; `entrada_espere`: after too many failures;
            `senha_a_trocar`: a one-time password is right, and needs `new_password`; `senha_vencida`: it has ended.
    """
    person, at = _check_password(desk, login, password, only, now, cost)
    row, stored = person
    ends = stored.expires_at
    if ends is not None and at >= ends:
        raise Refused("senha_vencida")
    new = ""
    if stored.must_change:
        if not new_password:
            raise Refused("senha_a_trocar")
        new = hashed(_checked_new(desk, row, new_password, password), cost)
    elif is_outdated(stored.hash, cost):
        new = hashed(normalised_password(password), cost)
    with writing(desk.engine) as connection:
        if stored.must_change:
            access.store_password(connection, row.id, new, at)
            trail.record(connection, _person(row.id), "senha", actor=row.id, at=at)
        elif new:
            access.replace_hash(connection, row.id, stored.hash, new)
        return _begin(connection, row.id, kind, place, at, again=only is not None)


@needs(Permission.USE)
def sign_in_as_account(
    desk: Desk, account: str, *, kind: str = WINDOW, place: str = "", now: datetime | None = None
) -> SignedIn:
    """Begin a session of the person with the login of this account of the operating system.

    Raises:
        Refused: `conta_desconhecida`: nobody who may act has this login.
    """
    with writing(desk.engine) as connection:
        row = queries.with_login(connection, compared_login(account))
        if row is None:
            raise Refused("conta_desconhecida", account=account)
        return _begin(connection, row.id, kind, place, _at(connection, now))


def _begin(
    connection: Connection, person: int, kind: str, place: str, at: datetime, *, again: bool = False
) -> SignedIn:
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
    trail.record(connection, _person(person), queries.ENTERED, actor=person, at=at)
    return SignedIn(member, member.role, token, member.name, told)


def _check_password(
    desk: Desk, login: str, password: str, only: int | None, now: datetime | None, cost: Cost
) -> tuple[tuple[Any, Any], datetime]:
    """The row of the person with this login and password, and that of the password; the instant.

    Raises:
        Refused: As `sign_in`.
    """
    typed, given = compared_login(login), normalised_password(password)
    bucket = bucket_of(typed)
    with writing(desk.engine, announced=False) as connection:
        at = _at(connection, now)
        row = queries.with_login(connection, typed)
        stored = queries.credential_of(connection, row.id if row else 0)  # the same work without a person
        left = _count_attempt(connection, bucket, at)
    if left:
        raise Refused("entrada_espere", wait=left)
    is_right = matches(stored.hash if stored else None, given, cost)
    if row is None or stored is None or not is_right or only not in (None, row.id):
        with writing(desk.engine, announced=False) as connection:
            if row or not _count_attempt(connection, UNKNOWN, at):  # so that guessed logins do not fill the trail
                trail.record(connection, _person(row.id) if row else _UNIT, "entrada_recusada", actor=None, at=at)
        raise Refused("entrada_recusada")
    with writing(desk.engine, announced=False) as connection:
        access.forget_failures(connection, bucket)
    return (row, stored), at


def _count_attempt(connection: Connection, bucket: str, now: datetime) -> timedelta:
    """Count an attempt as failed.

    Returns:
        How long it has to wait; it is not counted then.
    """
    advisory_lock(connection, f"entrada {bucket}")
    row = queries.failures_of(connection, bucket)
    failures, left = attempt(Failures(row.in_a_row, row.last_at) if row else None, now)
    access.store_failures(connection, bucket, failures)
    return left


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
            access.note_seen(connection, row.id, _at(connection, now))


def _resumed(connection: Connection, token: str, now: datetime | None) -> SignedIn:
    row = queries.session_with(connection, token_hash(token))
    if row is None or row.revoked_at is not None or _at(connection, now) >= row.expires_at:
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
            trail.record(connection, _person(row.person_id), "saida", actor=row.person_id, at=_at(connection, now))


@needs(Permission.USE)
def note_lock(desk: Desk, token: str, *, locked: bool, now: datetime | None = None) -> None:
    """Record that a window was locked or unlocked."""
    with writing(desk.engine, announced=False) as connection:
        row = queries.session_with(connection, token_hash(token))
        if row and row.person_id is not None:
            kind = "bloqueio" if locked else "desbloqueio"
            trail.record(connection, _person(row.person_id), kind, actor=row.person_id, at=_at(connection, now))


@needs(Permission.USE)
def unlock(
    desk: Desk,
    person: int,
    token: str,
    password: str,
    *,
    new_password: str = "",
    place: str = "",
    now: datetime | None = None,
    cost: Cost = USUAL,
) -> SignedIn:
    """Check the password of the person whose window is locked.

    The session is replaced by a new one, whether it goes on, has ended or was revoked.

    Raises:
        Refused: As `sign_in`; `sessao_encerrada`: the person may not act any more.
    """
    with reading(desk.engine) as connection:
        row = queries.person_with_id(connection, person)
    if row is None or not row.active:
        raise Refused("sessao_encerrada")
    again = sign_in(
        desk,
        row.login or "",
        password,
        place=place,
        new_password=new_password,
        only=person,
        now=now,
        cost=cost,
    )
    with writing(desk.engine, announced=False) as connection:
        if (former := queries.session_with(connection, token_hash(token))) and former.revoked_at is None:
            access.delete_session(connection, former.id)
    return again


# Passwords.


@needs(Permission.USE)
def set_first_password(
    desk: Desk,
    password: str,
    *,
    login: str = "",
    name: str = "",
    now: datetime | None = None,
    cost: Cost = USUAL,
) -> str:
    """Set the first password of a desk in which nobody has one.

    Args:
        desk: The desk.
        password: As it was typed.
        login: Of somebody of the supervision.
        name: If nobody may act at this desk, as after an import: the name of a new person of the supervision.
        now: See the module.
        cost: The parameters of the hash.

    Returns:
        The login.

    Raises:
        Refused: Somebody has a password; the process does not own the database; the login is not of the supervision;
            the password is not good enough.
    """
    if not owns(desk):
        raise Refused("primeira_senha_de_quem")
    with reading(desk.engine) as connection:
        if queries.has_passwords(connection):
            raise Refused("primeira_senha_ja_ha")
        row = queries.with_login(connection, compared_login(login)) if login else None
        is_empty = not members(connection)
    own_name = row.name if row else ""
    if row is None and name and is_empty:
        own_name = checked_name(name, "supervisor")
    elif row is None or row.role not in _LEADING:
        raise Refused("primeira_senha_supervisao", login=login)
    own = row.login if row else ""
    new = hashed(checked_password(password, login=own, names=(own_name, desk.unit.name)), cost)
    with writing(desk.engine) as connection:
        advisory_lock(connection, "primeira senha")
        if queries.has_passwords(connection):
            raise Refused("primeira_senha_ja_ha")
        at = _at(connection, now)
        person = row.id if row else insert_people(connection, {own_name: "supervisor"})[own_name]
        access.store_password(connection, person, new, at)
        trail.record(connection, _person(person), "senha", actor=person, at=at)
        first = queries.person_with_id(connection, person)
        assert first, "it was written"
        return str(first.login)


@needs(Permission.USE)
def change_password(
    desk: Desk, login: str, old: str, new: str, *, now: datetime | None = None, cost: Cost = USUAL
) -> None:
    """Change one's own password. Other sessions of the person go on.

    Raises:
        Refused: As `sign_in`; the new password is not good enough.
    """
    (row, _stored), at = _check_password(desk, login, old, None, now, cost)
    hash_of_new = hashed(_checked_new(desk, row, new, old), cost)
    with writing(desk.engine) as connection:
        access.store_password(connection, row.id, hash_of_new, at)
        trail.record(connection, _person(row.id), "senha", actor=row.id, at=at)


@needs(Permission.USE)
def change_own_password(
    desk: Desk, person: int, old: str, new: str, *, now: datetime | None = None, cost: Cost = USUAL
) -> None:
    """The same, of the person at a window.

    Raises:
        Refused: As `change_password`.
    """
    with reading(desk.engine) as connection:
        row = queries.person_with_id(connection, person)
    change_password(desk, (row.login or "") if row else "", old, new, now=now, cost=cost)


def _checked_new(desk: Desk, row: Any, new: str, old: str) -> bytes:
    if normalised_password(new) == normalised_password(old):
        raise Refused("senha_igual")
    return checked_password(new, login=row.login or "", names=(row.name, desk.unit.name))


@needs(Permission.ACCOUNTS)
def give_one_time_password(desk: Desk, person: int, now: datetime | None = None, *, cost: Cost = USUAL) -> str:
    """Give a person a password that is valid for one sign-in, within three days. Failures of the login are forgotten.

    Args:
        desk: The desk.
        person: Who gets it.
        now: See the module.
        cost: The parameters of the hash.

    Returns:
        The password. It is not stored anywhere, and shown once.

    Raises:
        Refused: There is no such person, or he may not act any more; he is a member of a secret group, and the actor is
            neither a member nor an administrator.
    """
    password = one_time_password()
    new = hashed(normalised_password(password), cost)
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.ACCOUNTS)
        row = queries.person_with_id(connection, person)
        if row is None or not row.active or row.login is None:
            raise Refused("pessoa_sem_login")
        opened = secrets_opened(connection, actor, person, row.name)
        at = _at(connection, now)
        access.store_password(connection, person, new, at, ends=at + ONE_TIME_FOR)
        access.forget_failures(connection, bucket_of(row.login))
        trail.record(connection, _person(person), "senha_de_uma_vez", actor=actor.person, at=at)
        if opened:
            groups = {"groups": (None, ", ".join(opened))}
            trail.record(connection, _person(person), queries.WAY_IN, actor=actor.person, at=at, changes=groups)
    return password


@needs(Permission.UNIT)
def change_entry(desk: Desk, way: str, now: datetime | None = None) -> None:
    """Change how people enter the desk: `senha` or `sistema`."""
    assert way in (PASSWORD, SYSTEM_ACCOUNT)
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.UNIT)
        access.set_entry(connection, way)
        changes = {"entry": (desk.unit.entry, way)}
        trail.record(connection, _UNIT, "entrada", actor=desk.actor.person, at=_at(connection, now), changes=changes)
    desk.info()


# Sessions and tokens.


@needs(Permission.ACCOUNTS)
def sessions(desk: Desk, now: datetime | None = None) -> list[SessionRow]:
    """The valid sessions, oldest first: of windows that were seen lately, of commands, of scripts."""
    with reading(desk.engine) as connection:
        at = _at(connection, now)
        return [row for row in queries.sessions(connection, at) if row.kind != WINDOW or at - row.seen_at < PRESENT_FOR]


@needs(Permission.ACCOUNTS)
def revoke_sessions(desk: Desk, person: int, now: datetime | None = None) -> int:
    """End all sessions of a person. Windows are locked within a minute; nothing that was typed is lost.

    Returns:
        How many.
    """

    def of_person(row: SessionRow) -> bool:
        return row.person == person

    return _revoke(desk, of_person, _person(person), "sessao_encerrada", now)


@needs(Permission.ACCOUNTS)
def create_token(desk: Desk, name: str, role: str, *, days: int | None = None, now: datetime | None = None) -> str:
    """Make a script's token.

    Args:
        desk: The desk.
        name: What it is for.
        role: What it may do.
        days: How long it is valid; a year if None.
        now: See the module.

    Returns:
        The secret. It is not stored anywhere, and shown once.

    Raises:
        Refused: There is a valid token of this name; there are too many; the days are not possible.
    """
    own = checked_name(name, "token")
    if days is not None and not 1 <= days <= _TOKEN_DAYS_AT_MOST:
        raise Refused("token_dias", most=_TOKEN_DAYS_AT_MOST)
    lasts = timedelta(days=days) if days else SESSION_FOR[PROGRAM]
    token = new_token()
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.ACCOUNTS)
        advisory_lock(connection, "tokens")
        at = _at(connection, now)
        known = queries.sessions(connection, at, (PROGRAM,))
        if any(row.name == own for row in known):
            raise Refused("token_em_uso", name=own)
        if len(known) >= _TOKENS_AT_MOST:
            raise Refused("tokens_demais", most=_TOKENS_AT_MOST)
        access.insert_session(connection, token_hash(token), PROGRAM, at, at + lasts, name=own, role=role)
        made = {"nome": (None, own), "papel": (None, role)}
        trail.record(connection, _own(desk), "token_criado", actor=desk.actor.person, at=at, changes=made)
    return token


@needs(Permission.ACCOUNTS)
def tokens(desk: Desk, now: datetime | None = None) -> list[SessionRow]:
    """The valid tokens of scripts, oldest first."""
    with reading(desk.engine) as connection:
        return queries.sessions(connection, _at(connection, now), (PROGRAM,))


@needs(Permission.ACCOUNTS)
def revoke_token(desk: Desk, name: str, now: datetime | None = None) -> None:
    """End a script's token.

    Raises:
        Refused: There is none of this name.
    """
    own = entered(name).strip()

    def named(row: SessionRow) -> bool:
        return row.kind == PROGRAM and row.name == own

    if not _revoke(desk, named, _own(desk), "token_encerrado", now, own):
        raise Refused("token_desconhecido", name=own)


def _revoke(
    desk: Desk,
    which: Callable[[SessionRow], bool],
    stream: Stream,
    kind: str,
    now: datetime | None,
    name: str | None = None,
) -> int:
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.ACCOUNTS)
        at = _at(connection, now)
        ended = [row for row in queries.sessions(connection, at) if which(row)]
        for row in ended:
            access.revoke_session(connection, row.id, desk.actor.person, at)
        if ended:
            changes = {"nome": (name, None)} if name else {"sessoes": (len(ended), 0)}
            trail.record(connection, stream, kind, actor=desk.actor.person, at=at, changes=changes)
    return len(ended)


@needs(Permission.ACCOUNTS)
def person_with_login(desk: Desk, login: str) -> int:
    """The id of the person with a login.

    Raises:
        Refused: Nobody who may act has it.
    """
    with reading(desk.engine) as connection:
        row = queries.with_login(connection, compared_login(login))
    if row is None:
        raise Refused("login_desconhecido", login=login)
    return int(row.id)


@needs(Permission.USE)
def member_of_account(desk: Desk, account: str) -> Member:
    """The person with the login of this account of the operating system, for one command.

    Raises:
        Refused: As `sign_in_as_account`.
    """
    with reading(desk.engine) as connection:
        row = queries.with_login(connection, compared_login(account)) if account else None
        member = queries.member_with_id(connection, row.id) if row else None
    if member:
        return member
    if not account:
        raise Refused("conta_sem_nome")
    raise Refused("conta_desconhecida", account=account)


@needs(Permission.USE)
def on_duty(desk: Desk, now: datetime | None = None) -> list[OnDuty]:
    """The people with an open window, sorted by name. A window that was not seen for three minutes is gone."""
    with reading(desk.engine) as connection:
        at = _at(connection, now)
        return queries.on_duty(connection, WINDOW, at - PRESENT_FOR, at)


def _at(connection: Connection, now: datetime | None) -> datetime:
    return now if now is not None else instant(connection)

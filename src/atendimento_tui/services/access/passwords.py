"""Setting and changing passwords."""

from datetime import datetime
from typing import Any

from atendimento_tui.data.engine import advisory_lock, reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.queries.people import members
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.data.repositories.people import insert_people
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    ONE_TIME_FOR,
    bucket_of,
    checked_password,
    compared_login,
    normalised_password,
    one_time_password,
)
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import person_stream
from atendimento_tui.services.access.attempts import check_password
from atendimento_tui.services.access.common import at_or_now
from atendimento_tui.services.access.entry import LEADING, owns
from atendimento_tui.services.access_control import needs, require_now, secrets_opened
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    USUAL,
    Cost,
    hashed,
)


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
    elif row is None or row.role not in LEADING:
        raise Refused("primeira_senha_supervisao", login=login)
    own = row.login if row else ""
    new = hashed(checked_password(password, login=own, names=(own_name, desk.unit.name)), cost)
    with writing(desk.engine) as connection:
        advisory_lock(connection, "primeira senha")
        if queries.has_passwords(connection):
            raise Refused("primeira_senha_ja_ha")
        at = at_or_now(connection, now)
        person = row.id if row else insert_people(connection, {own_name: "supervisor"})[own_name]
        access.store_password(connection, person, new, at)
        trail.record(connection, person_stream(person), "senha", actor=person, at=at)
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
    (row, _stored), at = check_password(desk, login, old, None, now, cost)
    hash_of_new = hashed(checked_new(desk.unit.name, row, new, old), cost)
    with writing(desk.engine) as connection:
        access.store_password(connection, row.id, hash_of_new, at)
        trail.record(connection, person_stream(row.id), "senha", actor=row.id, at=at)


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


def checked_new(unit: str, row: Any, new: str, old: str) -> bytes:
    """A new password in the form that is hashed.

    Raises:
        Refused: It is the old one, or not good enough.
    """
    if normalised_password(new) == normalised_password(old):
        raise Refused("senha_igual")
    return checked_password(new, login=row.login or "", names=(row.name, unit))


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
        at = at_or_now(connection, now)
        access.store_password(connection, person, new, at, ends=at + ONE_TIME_FOR)
        access.forget_failures(connection, bucket_of(row.login))
        trail.record(connection, person_stream(person), "senha_de_uma_vez", actor=actor.person, at=at)
        if opened:
            groups = {"groups": (None, ", ".join(opened))}
            trail.record(connection, person_stream(person), queries.WAY_IN, actor=actor.person, at=at, changes=groups)
    return password

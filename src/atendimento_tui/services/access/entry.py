"""How one enters a desk: the way, the logins, the first person."""

import os
from datetime import datetime

from atendimento_tui.contracts.access import Entry
from atendimento_tui.contracts.people import Member
from atendimento_tui.data.engine import file_of, reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.queries.people import members
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    PASSWORD,
    SYSTEM_ACCOUNT,
    compared_login,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import UNIT
from atendimento_tui.services.access.common import at_or_now
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk

LEADING = ("supervisor", "administrador")
"""Roles that can get the first password of a desk."""


@needs(Permission.USE)
def entry(desk: Desk) -> Entry:
    """How one enters this desk."""
    with reading(desk.engine) as connection:
        everybody = members(connection)
        first = next((each for each in everybody if each.role in LEADING), None)
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


@needs(Permission.UNIT)
def change_entry(desk: Desk, way: str, now: datetime | None = None) -> None:
    """Change how people enter the desk: `senha` or `sistema`."""
    assert way in (PASSWORD, SYSTEM_ACCOUNT)
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.UNIT)
        access.set_entry(connection, way)
        changes = {"entry": (desk.unit.entry, way)}
        trail.record(
            connection, UNIT, "entrada", actor=desk.actor.person, at=at_or_now(connection, now), changes=changes
        )
    desk.info()


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

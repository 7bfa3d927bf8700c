"""Signing in: with a password, as an account of the operating system, at a locked window."""

from datetime import datetime

from atendimento_tui.contracts.access import SignedIn
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    WINDOW,
    compared_login,
    normalised_password,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import person_stream
from atendimento_tui.services.access.attempts import check_password
from atendimento_tui.services.access.common import at_or_now
from atendimento_tui.services.access.passwords import checked_new
from atendimento_tui.services.access.sessions import begin
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    USUAL,
    Cost,
    hashed,
    is_outdated,
    token_hash,
)


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
    person, at = check_password(desk, login, password, only, now, cost)
    row, stored = person
    ends = stored.expires_at
    if ends is not None and at >= ends:
        raise Refused("senha_vencida")
    new = ""
    if stored.must_change:
        if not new_password:
            raise Refused("senha_a_trocar")
        new = hashed(checked_new(desk.unit.name, row, new_password, password), cost)
    elif is_outdated(stored.hash, cost):
        new = hashed(normalised_password(password), cost)
    with writing(desk.engine) as connection:
        if stored.must_change:
            access.store_password(connection, row.id, new, at)
            trail.record(connection, person_stream(row.id), "senha", actor=row.id, at=at)
        elif new:
            access.replace_hash(connection, row.id, stored.hash, new)
        return begin(connection, row.id, kind, place, at, again=only is not None)


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
        return begin(connection, row.id, kind, place, at_or_now(connection, now))


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

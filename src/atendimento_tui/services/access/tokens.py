"""Tokens: the sessions of scripts."""

from datetime import datetime, timedelta

from atendimento_tui.contracts.access import SessionRow
from atendimento_tui.data.engine import advisory_lock, reading, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    PROGRAM,
    SESSION_FOR,
)
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.services.access.common import at_or_now, own_stream
from atendimento_tui.services.access.sessions import revoke
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    new_token,
    token_hash,
)

_TOKENS_AT_MOST = 200
_TOKEN_DAYS_AT_MOST = 3650


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
        at = at_or_now(connection, now)
        known = queries.sessions(connection, at, (PROGRAM,))
        if any(row.name == own for row in known):
            raise Refused("token_em_uso", name=own)
        if len(known) >= _TOKENS_AT_MOST:
            raise Refused("tokens_demais", most=_TOKENS_AT_MOST)
        access.insert_session(connection, token_hash(token), PROGRAM, at, at + lasts, name=own, role=role)
        made = {"nome": (None, own), "papel": (None, role)}
        trail.record(connection, own_stream(desk.actor), "token_criado", actor=desk.actor.person, at=at, changes=made)
    return token


@needs(Permission.ACCOUNTS)
def tokens(desk: Desk, now: datetime | None = None) -> list[SessionRow]:
    """The valid tokens of scripts, oldest first."""
    with reading(desk.engine) as connection:
        return queries.sessions(connection, at_or_now(connection, now), (PROGRAM,))


@needs(Permission.ACCOUNTS)
def revoke_token(desk: Desk, name: str, now: datetime | None = None) -> None:
    """End a script's token.

    Raises:
        Refused: There is none of this name.
    """
    own = entered(name).strip()

    def named(row: SessionRow) -> bool:
        return row.kind == PROGRAM and row.name == own

    if not revoke(desk, named, own_stream(desk.actor), "token_encerrado", now, own):
        raise Refused("token_desconhecido", name=own)

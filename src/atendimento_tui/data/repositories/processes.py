"""The versions of services."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, false, select, true, update
from sqlmodel import col

from atendimento_tui import domain
from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_one, row_of
from atendimento_tui.data.queries.processes import secret_group_of

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process

_P = tables.Process


def lock_catalogue(connection: Connection) -> None:
    """Lock the catalogue until the transaction ends."""
    advisory_lock(connection, "catalogo")


def offers_own(connection: Connection, key: str) -> bool:
    """Whether the desk offers a version of its own under the key, not the one that is shipped with the program."""
    is_offered = (col(_P.key) == key, col(_P.is_offered) == true())
    return connection.scalar(select(col(_P.id)).where(*is_offered, col(_P.is_shipped) == false())) is not None


def stop_offering(connection: Connection, key: str) -> None:
    """Stop offering all versions of the key for new tickets."""
    connection.execute(update(_P).where(col(_P.key) == key).values(is_offered=False))


def offer_known(connection: Connection, content_hash: str, *, offers: bool) -> bool:
    """Set whether the version with this content is offered.

    Returns:
        Whether such a version exists.
    """
    same = col(_P.content_hash) == content_hash
    return bool(connection.execute(update(_P).where(same).values(is_offered=offers)).rowcount)


def set_secret_group(connection: Connection, key: str, group: int) -> None:
    """Make all versions of the key secret: their tickets exist for the members of the group only."""
    connection.execute(update(_P).where(col(_P.key) == key).values(secret_group_id=group))


def insert_process(
    connection: Connection,
    process: "Process",
    text: str,
    content_hash: str,
    *,
    offers: bool,
    shipped: bool,
    secret_group: int | None = None,
) -> None:
    """Insert a new version in the current format."""
    insert_one(
        connection,
        _P,
        key=process.key,
        name=process.name,
        content_hash=content_hash,
        content=text,
        format=domain.process.stored.FORMAT,
        is_offered=offers,
        is_shipped=shipped,
        secret_group_id=secret_group,
    )


def imported_service(connection: Connection, name: str) -> int:
    """The id of the service of this name without a process, for an imported history. It is inserted if missing."""
    known = row_of(connection, _P, name=name, content_hash=None)
    if known is None:
        lock_catalogue(connection)  # so that only one transaction inserts it
        known = row_of(connection, _P, name=name, content_hash=None)
    return (
        int(known.id)
        if known
        else insert_one(connection, _P, key=name, name=name, secret_group_id=secret_group_of(connection, name))
    )

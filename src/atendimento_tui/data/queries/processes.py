"""The versions of services."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, true
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import row_of

_P = tables.Process


@dataclass(frozen=True, slots=True)
class StoredProcess:
    """A version as it is stored.

    Attributes:
        content: Its file; empty for the service of an imported history.
        format: The version of the format that the file is written in.
    """

    content: str
    format: int


def stored_process(connection: Connection, version: int) -> StoredProcess | None:
    """A version by its number."""
    row = row_of(connection, _P, id=version)
    return StoredProcess(row.content, row.format) if row else None


def offered_processes(connection: Connection) -> list[tuple[int, str]]:
    """Number and key of the versions that tickets may be opened by, by name."""
    offered = select(col(_P.id), col(_P.key)).where(col(_P.is_offered) == true()).order_by(col(_P.name))
    return [(row.id, row.key) for row in connection.execute(offered)]


def content_hashes(connection: Connection) -> set[str | None]:
    """The hashes of all versions."""
    return set(connection.scalars(select(col(_P.content_hash))))

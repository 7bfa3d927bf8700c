"""The versions of services."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, true
from sqlmodel import col

from atendimento_tui.data import tables

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


def stored_processes(connection: Connection, versions: Sequence[int]) -> dict[int, StoredProcess]:
    """Versions by their numbers, in one statement; numbers that there are not are left out."""
    found: Any = select(col(_P.id), col(_P.content), col(_P.format)).where(col(_P.id).in_(versions))
    return {row.id: StoredProcess(row.content, row.format) for row in connection.execute(found)}


def offered_processes(connection: Connection) -> list[tuple[int, str]]:
    """Number and key of the versions that tickets may be opened by, by name."""
    offered = select(col(_P.id), col(_P.key)).where(col(_P.is_offered) == true()).order_by(col(_P.name))
    return [(row.id, row.key) for row in connection.execute(offered)]


def content_hashes(connection: Connection) -> set[str | None]:
    """The hashes of all versions."""
    return set(connection.scalars(select(col(_P.content_hash))))

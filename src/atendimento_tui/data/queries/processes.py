"""The versions of services."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, true

from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import offered_to
from atendimento_tui.domain.text import folded

_P = plain(tables.Process).c


@dataclass(frozen=True, slots=True)
class StoredProcess:
    """A stored version of a process.

    Attributes:
        content: The text of its file; empty for the service of an imported history.
        format: The format version of the file.
    """

    content: str
    format: int


def stored_processes(connection: Connection, versions: Sequence[int]) -> dict[int, StoredProcess]:
    """Id -> version, read by one statement; unknown ids are ignored."""
    found: Any = select(_P.id, _P.content, _P.format).where(_P.id.in_(versions))
    return {row.id: StoredProcess(row.content, row.format) for row in connection.execute(found)}


def offered_processes(connection: Connection) -> list[tuple[int, str]]:
    """Id and key of the versions that are offered to the connection's actor for new tickets, sorted by name."""
    offered: Any = select(_P.id, _P.key, _P.name).where(_P.is_offered == true(), *offered_to(connection))
    found = sorted(connection.execute(offered.order_by(_P.id)), key=lambda row: folded(row.name))
    return [(row.id, row.key) for row in found]


def secret_group_of(connection: Connection, key: str) -> int | None:
    """The group of a secret service; None if it is not secret, or unknown."""
    secret = select(_P.secret_group_id).where(_P.key == key, _P.secret_group_id.is_not(None))
    return connection.scalars(secret).first()


def secret_groups(connection: Connection) -> frozenset[int]:
    """The groups of all secret services."""
    groups = connection.scalars(select(_P.secret_group_id).where(_P.secret_group_id.is_not(None)))
    return frozenset(group for group in groups if group is not None)


def content_hashes(connection: Connection) -> set[str | None]:
    """The hashes of all versions."""
    return set(connection.scalars(select(_P.content_hash)))

"""Writes the rows of attachments."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from atendimento_tui.contracts.attachments import Attached
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, lock_tables, plain


def insert_attachment(
    connection: Connection, ticket: int, seq: int, file: Attached, *, at: datetime, actor: int | None
) -> int:
    """Insert an attachment, whose content is stored already.

    Args:
        seq: Number of the event of the ticket.

    Returns:
        Its id.
    """
    own = {"name": file.name, "hash": file.hash, "size": file.size, "kind": file.kind}
    return insert_one(connection, tables.Attachment, ticket_id=ticket, seq=seq, **own, at=at, actor_id=actor)


def still_unnamed(connection: Connection, keys: Collection[str]) -> Sequence[str]:
    """Those of these hashes that no attachment names. Until the transaction ends, none is attached."""
    own = plain(tables.Attachment)
    lock_tables(connection, [own])
    named = set(connection.scalars(select(own.c.hash).where(own.c.hash.in_(keys))))
    return sorted(set(keys) - named)

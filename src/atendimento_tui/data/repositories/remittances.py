"""Writes remittances and their items."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, update

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, plain, update_one
from atendimento_tui.domain.remittances import IN_BATCH, ON_THE_WAY, Verdict


def insert_batch(connection: Connection, group: int, year: int, at: datetime) -> int:
    """Insert an open batch.

    Returns:
        Its id.
    """
    return insert_one(connection, tables.Remittance, group_id=group, year=year, opened_at=at)


def insert_items(
    connection: Connection, batch: int, ticket: int, documents: Iterable[tuple[str, str]], at: datetime, by: int | None
) -> None:
    """Insert documents of a ticket into a batch.

    Args:
        documents: Key and name of each.
    """
    own = {"remittance_id": batch, "ticket_id": ticket, "state": IN_BATCH, "reason": "", "said_by": ""}
    rows = [{**own, "document": key, "name": name, "at": at, "actor_id": by} for key, name in documents]
    insert_many(connection, tables.RemittanceItem, rows)


def close_batch(connection: Connection, batch: int, year: int, number: int, at: datetime, by: int | None) -> None:
    """Give the batch its number. Its items are on the way from then on."""
    update_one(connection, tables.Remittance, batch, {"year": year, "number": number, "closed_at": at, "closed_by": by})
    own = plain(tables.RemittanceItem)
    values = {"state": ON_THE_WAY, "at": at, "actor_id": by}
    connection.execute(update(own).where(own.c.remittance_id == batch).values(**values))


def decide_item(connection: Connection, item: int, verdict: Verdict, at: datetime, by: int | None) -> None:
    """Write what became of an item; one that leaves its open batch is deleted."""
    own = plain(tables.RemittanceItem)
    if verdict.state is None:
        connection.execute(delete(own).where(own.c.id == item))
    else:
        values = {"state": verdict.state, "reason": verdict.reason, "said_by": verdict.said_by}
        update_one(connection, tables.RemittanceItem, item, {**values, "at": at, "actor_id": by})

"""Copies all rows of a desk into another database and compares them there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select

from atendimento_tui.data import tables
from atendimento_tui.data.digest import Digest, digest_of
from atendimento_tui.data.engine import converting_errors, lock_tables, merge_counts, reset_sequences
from atendimento_tui.data.tables.columns import APART, DERIVED

AT_ONCE = 1_000
"""Rows that are read and written together."""

TICKETS = str(tables.Ticket.__tablename__)
"""The table of tickets."""


def lock_all(connection: Connection) -> None:
    """Lock all tables against writes of others until the transaction ends."""
    lock_tables(connection, _ordered())


def count_rows(connection: Connection) -> dict[str, int]:
    """Table -> number of its rows."""
    with converting_errors(connection.engine.url):
        return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in _ordered()}


def copy_rows(old: Connection, new: Connection, copied: Callable[[int], None]) -> dict[str, Digest]:
    """Copy all rows into another database with empty tables. Referenced tables come first.

    Errors of `old` are raised as `DatabaseUnavailable`, so that they can be distinguished from errors of `new`.

    Args:
        copied: Called with the number of rows copied so far.

    Returns:
        Table -> digest of the rows that were read.
    """
    done, digests = 0, {}
    for table in _ordered():
        digest = Digest()
        for batch in _batches(old, table):
            new.execute(insert(table), [dict(row._mapping) for row in batch])  # noqa: SLF001 - public in SQLAlchemy
            digest += digest_of(batch)
            done += len(batch)
            copied(done)
        digests[table.name] = digest
    reset_sequences(new, _ordered())
    merge_counts(new)
    return digests


def first_difference(connection: Connection, digests: Mapping[str, Digest]) -> str | None:
    """The name of the first table whose rows differ from the digest; None if all are equal."""
    for table in _ordered():
        if sum(map(digest_of, _batches(connection, table)), Digest()) != digests[table.name]:
            return table.name
    return None


def _ordered() -> list[Table]:
    """All tables that are neither derived nor kept apart; referenced ones come first."""
    return [table for table in tables.Unit.metadata.sorted_tables if not {APART, DERIVED} & table.info.keys()]


def _batches(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """All rows of a table, in batches of `AT_ONCE`."""
    some = {"yield_per": AT_ONCE}
    with (
        converting_errors(connection.engine.url),
        connection.execute(select(table), execution_options=some) as found,
    ):
        yield from map(list, found.partitions())

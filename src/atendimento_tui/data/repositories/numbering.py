"""Series of numbers without gaps."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_many, plain


def next_in_series(connection: Connection, series: str, *, after: str = "") -> int:
    """The next number of a series, without gaps: it is taken only if the transaction is committed.

    Args:
        after: The series that a new series continues, if that exists.
    """
    of_series = {"of_series": series}
    number: int | None = connection.scalar(_raise_number(), of_series)
    if number is None:
        advisory_lock(connection, series)  # so that only one transaction inserts it
        number = connection.scalar(_raise_number(), of_series)
    if number is None:
        numbering = plain(tables.Numbering)
        former = connection.scalar(select(numbering.c.last).where(numbering.c.series == after))
        number = (former or 0) + 1
        insert_many(connection, tables.Numbering, [{"series": series, "last": number}])
    return number


@cache
def _raise_number() -> ReturningUpdate[Any]:
    numbering = plain(tables.Numbering)
    last = numbering.c.last
    return update(numbering).where(numbering.c.series == bindparam("of_series")).values(last=last + 1).returning(last)

"""Definitions that columns and indexes of several tables share."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Index, TextClause, text, type_coerce
from sqlmodel.sql.sqltypes import UTCDateTime

EMPTY = {"server_default": text("''")}
"""For a column that a later migration added: the value of the rows that existed before."""


DERIVED = "derived"
"""Key in the `info` of a table that triggers fill from others, so that it is not copied."""

APART = "apart"
"""Key in the `info` of the table of contents, which is copied by itself (`data.contents`)."""


def number_by_default(number: int) -> dict[str, TextClause]:
    """As `EMPTY`, for a column of numbers."""
    return {"server_default": text(str(number))}


OPEN, UNFIRED, RUNNING = text("is_open = 1"), text("fired_at IS NULL"), text("stopped_at IS NULL")
GUIA = text("key = 'guia'")
UNSEEN = text("seen_at IS NULL")
SECRET = text("secret_group_id IS NOT NULL")


def open_index(name: str, *columns: str) -> Index:
    """An index of open tickets only, so that it stays small when the history grows."""
    return Index(name, *columns, sqlite_where=OPEN)


class _Instant(UTCDateTime):
    """As SQLModel's type of instants; reading one from SQLite takes a third of the time."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        return _instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def instant(column: Any) -> ColumnElement[datetime]:
    """The column of instants, for a statement that reads many rows."""
    return type_coerce(column, _Instant()).label(column.key)


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{stored}+00:00") if stored else None

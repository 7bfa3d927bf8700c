"""Definitions that columns and indexes of several tables share."""

from sqlalchemy import Index, TextClause, text

EMPTY = {"server_default": text("''")}
"""For a column that a later migration added: the value of the rows that existed before."""


def number_by_default(number: int) -> dict[str, TextClause]:
    """As `EMPTY`, for a column of numbers."""
    return {"server_default": text(str(number))}


OPEN, UNFIRED = text("is_open = 1"), text("fired_at IS NULL")


def open_index(name: str, *columns: str) -> Index:
    """An index of open tickets only, so that it stays small when the history grows."""
    return Index(name, *columns, sqlite_where=OPEN)

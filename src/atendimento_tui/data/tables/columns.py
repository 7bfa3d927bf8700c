"""Definitions that columns and indexes of several tables share."""

from sqlalchemy import Index, text

EMPTY = {"server_default": text("''")}
"""For a column that a later migration added: the value of the rows that existed before."""

OPEN, UNFIRED = text("is_open = 1"), text("fired_at IS NULL")


def open_index(name: str, *columns: str) -> Index:
    """An index of open tickets only, so that it stays small when the history grows."""
    return Index(name, *columns, sqlite_where=OPEN)

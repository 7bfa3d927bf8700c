"""What columns and indexes of several tables share."""

from sqlalchemy import Index, text

EMPTY = {"server_default": text("''")}
"""Of a column that came with a later migration: what rows that were there before have in it."""

OPEN, UNFIRED = text("is_open = 1"), text("fired_at IS NULL")


def open_index(name: str, *columns: str) -> Index:
    """An index over the open tickets only: it stays small however long the history grows."""
    return Index(name, *columns, sqlite_where=OPEN)

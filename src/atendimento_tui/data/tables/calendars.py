"""The versions of each named calendar."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Calendar(SQLModel, table=True):
    """One version of a named calendar. Never changed: a new version is a new row, and clocks keep theirs."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    spec: str
    """`CalendarSpec` as JSON."""
    resolved: str
    """Its `ResolvedDays` as JSON, so that opening the desk computes no holidays."""
    created_at: datetime

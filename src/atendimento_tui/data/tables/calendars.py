"""The versions of each named calendar."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY, number_by_default


class Calendar(SQLModel, table=True):
    """One version of a calendar, whole: it has the days of the versions before it until its day of effect.

    Rows are only inserted. Running clocks move to the newest version of their series, stopped ones keep theirs.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    spec: str
    """`CalendarSpec` as JSON."""
    resolved: str
    """Its `ResolvedDays` as JSON, so that opening the desk computes no holidays."""
    created_at: datetime
    """When it was confirmed."""
    series: int = Field(default=0, sa_column_kwargs=number_by_default(0))
    """The id of the first version."""
    effective_from: date | None = None
    """The first day on which it may differ from the version before; None for the first version."""
    confirmed_by: int | None = None
    reason: str = Field(default="", sa_column_kwargs=EMPTY)

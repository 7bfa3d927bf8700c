"""The desk itself."""

from sqlmodel import Field, SQLModel


class Unit(SQLModel, table=True):
    """The desk itself. One row."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str = ""
    hours_calendar: int
    """The calendar of the opening hours."""
    legal_calendar: int
    """The calendar of terms in days."""
    is_demo: bool = False

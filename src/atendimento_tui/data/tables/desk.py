"""The desk itself."""

from sqlalchemy import text
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
    entry: str = Field(default="senha", sa_column_kwargs={"server_default": text("'senha'")})
    """How people enter: `senha` or `sistema` (see `domain.accounts`)."""
    lock_minutes: int = Field(default=10, sa_column_kwargs={"server_default": text("10")})
    """Minutes without a key until a window is locked; 0 for never."""

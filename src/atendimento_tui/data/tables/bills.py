"""Bank bills of beneficiaries, as they were imported."""

from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY


class Bill(SQLModel, table=True):
    """A bill. Its value and its due date come from the import and are never computed again."""

    id: int | None = Field(default=None, primary_key=True)
    beneficiary_id: int = Field(foreign_key="beneficiary.id", index=True)
    competence: str
    """The month that it is for: `2026-11`."""
    code: str = Field(unique=True)
    """The 44 digits of the bar code."""
    cents: int
    due_on: str
    """ISO date."""
    paid_on: str = Field(default="", sa_column_kwargs=EMPTY)
    """ISO date; empty while it is not paid."""

"""The operator's procedures."""

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY


class ProcedureCode(SQLModel, table=True):
    """A procedure of a table of TUSS, or of the operator's own. Its changes are events of a stream."""

    __tablename__ = "procedure_code"  # `procedure` is a word of SQL
    __table_args__ = (
        UniqueConstraint("code", "table_code"),
        Index("ix_procedure_code_search", "search").ddl_if(dialect="postgresql"),  # of trigrams; in SQLite a table
    )

    id: int | None = Field(default=None, primary_key=True)
    table_code: str
    code: str
    term: str
    first_day: str
    """ISO date; empty for always."""
    last_day: str
    """ISO date; empty for none."""
    opme: str
    pac: str
    elective: str
    audit: str
    covered: str
    """These flags are `sim`, `nao`, or empty."""
    rn566: str
    source: str = Field(default="", sa_column_kwargs=EMPTY)
    search: str
    """`domain.procedures.search_text`."""

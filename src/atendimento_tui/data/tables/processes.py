"""The versions of each service, and its series of numbers."""

from sqlalchemy import Index, false, text
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY, SECRET


class Process(SQLModel, table=True):
    """One version of a service, known by the hash of its content. A running ticket keeps its version."""

    __table_args__ = (Index("ix_process_secret", "secret_group_id", sqlite_where=SECRET),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    name: str
    content_hash: str | None = Field(default=None, unique=True, index=True)
    """None for the service of an imported history, which has no process."""
    content: str = Field(default="", sa_column_kwargs=EMPTY)
    """The process's file, as it was written."""
    format: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """The version of the format that the file is written in (`domain.process.stored.FORMAT`)."""
    is_offered: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether new tickets may be opened by it: the newest version of each service."""
    is_shipped: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether it came with the program, and so gives way to what comes with the next one."""
    secret_group_id: int | None = None
    """The group for whose members alone its tickets exist (`data.visible`). All versions of a key have the same one."""


class Numbering(SQLModel, table=True):
    """The last number given in a series (a day's protocols): taken and raised in the transaction that uses it."""

    series: str = Field(primary_key=True)
    last: int

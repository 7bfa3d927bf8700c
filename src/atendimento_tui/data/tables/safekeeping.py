"""Backup copies of the desk."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class Copy(SQLModel, table=True):
    """A backup copy that was made, is being made, or failed. The file itself does not contain its own row."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    path: str
    machine: str
    kind: str
    """`contracts.safekeeping`: automatic, asked for, before a migration."""
    size: int | None = Field(default=None, sa_type=BigInteger)
    digest: str = ""
    """SHA-256 of the file."""
    checked_at: datetime | None = None
    """When it was checked after it was written; until then it is not complete."""
    problem: str = ""
    """The code of the refusal if it failed."""
    detail: str = ""
    deleted_at: datetime | None = None
    """When the file was deleted by the rule of retention."""

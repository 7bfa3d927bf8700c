"""Passwords, failed sign-ins, and sessions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY


class Credential(SQLModel, table=True):
    """The password of a person, hashed."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    hash: str
    """By argon2id, with its parameters and its salt."""
    must_change: bool = False
    """It is a one-time password: the next sign-in has to choose another one."""
    changed_at: datetime
    expires_at: datetime | None = None
    """When a one-time password ends."""


class SignInFailure(SQLModel, table=True):
    """Failed sign-ins in a row, by bucket of the login, whether it exists or not (`domain.accounts.bucket_of`).

    All logins that do not exist share the row of the empty bucket too.
    """

    __tablename__ = "sign_in_failure"

    bucket: str = Field(primary_key=True)
    in_a_row: int
    last_at: datetime


class AccessSession(SQLModel, table=True):
    """A session: of a window, of `atendimento entrar`, or a script's token. Ended ones of people are deleted later."""

    __tablename__ = "access_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, index=True)
    """SHA-256 of the secret, which is random and long."""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """None for a script's token."""
    name: str = Field(default="", sa_column_kwargs=EMPTY)
    """The name of a script's token."""
    role: str = Field(default="", sa_column_kwargs=EMPTY)
    """The role of a script's token."""
    kind: str
    place: str = Field(default="", sa_column_kwargs=EMPTY)
    """Machine and terminal."""
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_by: int | None = Field(default=None, foreign_key="person.id")

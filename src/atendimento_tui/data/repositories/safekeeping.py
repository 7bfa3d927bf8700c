"""Writes about backup copies: their rows, and the marks of a restored desk."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, update

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, plain, update_one


def insert_copy(connection: Connection, *, at: datetime, path: str, machine: str, kind: str) -> int:
    """Insert a copy that begins now.

    Returns:
        Its id.
    """
    row = {"size": None, "digest": "", "checked_at": None, "problem": "", "detail": "", "deleted_at": None}
    return insert_one(connection, tables.Copy, at=at, path=path, machine=machine, kind=kind, **row)


def note_checked(connection: Connection, copy: int, *, size: int, digest: str, checked_at: datetime) -> None:
    """Note that the copy is complete and was checked."""
    update_one(connection, tables.Copy, copy, {"size": size, "digest": digest, "checked_at": checked_at})


def note_failed(connection: Connection, copy: int, problem: str, detail: str) -> None:
    """Note why the copy failed."""
    update_one(connection, tables.Copy, copy, {"problem": problem, "detail": detail})


def note_deleted(connection: Connection, copy: int, at: datetime) -> None:
    """Note that the file was deleted by the rule of retention."""
    update_one(connection, tables.Copy, copy, {"deleted_at": at})


def forget_copy(connection: Connection, copy: int) -> None:
    """Delete the row of a copy that was not continued."""
    rows = plain(tables.Copy)
    connection.execute(rows.delete().where(rows.c.id == copy))


def forget_unfinished(connection: Connection, before: datetime) -> None:
    """Delete the rows of copies that began before an instant and were not completed: their process was killed."""
    rows = plain(tables.Copy)
    connection.execute(rows.delete().where(rows.c.checked_at.is_(None), rows.c.problem == "", rows.c.at <= before))


def hold_sending(connection: Connection, since: datetime | None) -> None:
    """Note that the desk was restored and sends nothing; None releases it."""
    connection.execute(update(plain(tables.Unit)).values(restored_at=since))


def end_windows(connection: Connection, now: datetime) -> None:
    """End what the windows and scripts of the copied desk had: open tickets and sessions, also later revoked ones."""
    connection.execute(plain(tables.Presence).delete())
    sessions = plain(tables.AccessSession)
    connection.execute(update(sessions).where(sessions.c.revoked_at.is_(None)).values(revoked_at=now))


def set_series(connection: Connection, last: Mapping[str, int]) -> None:
    """Set the last number of each of these series; missing ones are inserted."""
    numbering = plain(tables.Numbering)
    for name, number in last.items():
        mine = numbering.c.series == name
        if not connection.execute(update(numbering).where(mine).values(last=number)).rowcount:
            insert_many(connection, tables.Numbering, [{"series": name, "last": number}])

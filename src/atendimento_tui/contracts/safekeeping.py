"""Backup copies of a desk."""

from dataclasses import dataclass
from datetime import datetime

AUTOMATIC, ASKED, BEFORE_MIGRATION = "automatica", "pedida", "migracao"
"""Why a copy is made: by rule once a day, because somebody asked for it, before a migration."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy as the desk recorded it, or as it was found in the folder.

    Attributes:
        at: The instant of the copy: everything that was written before is in it.
        path: Its absolute path on its machine.
        machine: The name of its machine; empty if it was only found in the folder.
        kind: Why it was made; empty if it was only found in the folder.
        size: Its bytes; None if it was not completed.
        digest: Its SHA-256 in hexadecimal digits, or empty.
        checked_at: When it was checked after it was written; None if it is not complete or has no record.
        problem: The code of the refusal if it failed, else empty.
        detail: The error number or code of the refusal.
        deleted_at: When it was deleted by rule.
        is_here: Whether the file is at its path; None if it is on another machine.
    """

    id: int | None
    at: datetime
    path: str
    machine: str
    kind: str
    size: int | None
    digest: str
    checked_at: datetime | None
    problem: str
    detail: str
    deleted_at: datetime | None
    is_here: bool | None = None

    @property
    def is_good(self) -> bool:
        """Whether it was completed and checked, and not deleted since."""
        return self.checked_at is not None and not self.problem and self.deleted_at is None


@dataclass(frozen=True, slots=True)
class CopiesView:
    """What the dialog of copies shows.

    Attributes:
        copies: Newest first.
        folder: Where this machine makes automatic copies; None if it makes none.
        days: Of how many days, weeks and months the newest automatic copy is kept.
    """

    copies: tuple[CopyRow, ...]
    folder: str | None
    days: int
    weeks: int
    months: int

"""Drafts of intakes: what was typed and is not in the database yet, on disk, so that a killed terminal loses nothing.

A draft is one file in the folder of its desk, written whole and put in place at once: whoever reads it finds the text
of some moment, never half of one. Names of files and folders say nothing of a person. While a window has a draft in
hand it holds a lock that falls with the process, so that no other window offers what somebody is typing.
"""

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from atendimento_tui import paths
from atendimento_tui.data import models
from atendimento_tui.data.engine import reading
from atendimento_tui.domain.words import State
from atendimento_tui.results import Draft
from atendimento_tui.services.desk import Desk

try:
    import fcntl
except ImportError:  # no such locks on Windows: every draft is offered there
    fcntl = None  # type: ignore[assignment]

_DRAFT, _LOCK = ".json", ".lock"


class Keeper:
    """Keeps the draft of one intake. Threads may share it: the newest draft wins, whichever thread comes last.

    Args:
        folder: Where the drafts of the desk are.
        request: Id of the intake's first act.
    """

    def __init__(self, folder: Path, request: str) -> None:
        self._file = folder / f"{request}{_DRAFT}"
        self._lock_file = folder / f"{request}{_LOCK}"
        self._one_at_a_time = threading.Lock()
        self._kept = 0
        self._gone = False
        self._held: int | None = None

    def take(self) -> bool:
        """Hold the draft, so that it is offered nowhere else.

        Returns:
            Whether nobody else does.
        """
        if self._held is not None:
            return True
        _make_folder(self._file.parent)
        self._held = _locked(self._lock_file)
        return self._held is not None

    def keep(self, number: int, draft: Draft) -> None:
        """Write the draft, unless a later one was written already or it was thrown away.

        Args:
            number: Which state of the draft it is, counted up by whoever types.
        """
        with self._one_at_a_time:
            if number > self._kept and not self._gone:
                _make_folder(self._file.parent)
                _write(self._file, _written(draft))
                self._kept = number

    def discard(self) -> None:
        """Throw the draft away: it was finished, or somebody said so."""
        with self._one_at_a_time:
            self._gone = True
            self._file.unlink(missing_ok=True)
            self._lock_file.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Let others offer it; what is written stays."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)


def keeper(desk: Desk, request: str) -> Keeper:
    """The keeper of an intake's draft."""
    return Keeper(folder_of(desk), request)


def folder_of(desk: Desk) -> Path:
    """Where this user's drafts for the desk are."""
    url = desk.engine.url
    place = str(Path(str(url.database)).resolve()) if url.get_backend_name() == "sqlite" else str(url)
    return paths.drafts_folder() / hashlib.sha256(place.encode()).hexdigest()[:16]


def waiting(desk: Desk) -> list[Draft]:
    """The drafts that nobody has in hand, newest first. One whose ticket was opened after all is thrown away."""
    drafts = list(_unheld(folder_of(desk)))
    opened = _opened(desk, [draft.ticket for draft in drafts])
    for draft in drafts:
        if opened.get(draft.ticket) == draft.protocol:
            keeper(desk, draft.request).discard()
    left = [draft for draft in drafts if opened.get(draft.ticket) != draft.protocol]
    return sorted(left, key=lambda draft: draft.begun_at, reverse=True)


def _unheld(folder: Path) -> Iterator[Draft]:
    for path in sorted(folder.glob(f"*{_DRAFT}")):
        lock = _locked(path.with_suffix(_LOCK))
        if lock is None:
            continue
        try:
            yield _read(path.read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            continue  # not ours, or of another version: left where it is
        finally:
            os.close(lock)


def _opened(desk: Desk, tickets: list[int]) -> dict[int, str]:
    """Those of the tickets that are no longer only begun, with their numbers."""
    if not tickets:
        return {}
    begun_no_more = select(col(models.Ticket.id), col(models.Ticket.protocol)).where(
        col(models.Ticket.id).in_(tickets), col(models.Ticket.state) != State.ABANDONED
    )
    with reading(desk.engine) as connection:
        return {row.id: row.protocol for row in connection.execute(begun_no_more)}


def _written(draft: Draft) -> bytes:
    """The draft as JSON in ASCII: that holds every text there is, half letters too."""
    facts = asdict(draft) | {"begun_at": draft.begun_at.isoformat(), "answers": dict(draft.answers)}
    facts["registering"] = dict(draft.registering)
    return json.dumps(facts).encode("ascii")


def _read(text: str) -> Draft:
    facts: dict[str, Any] = json.loads(text)
    known = {each.name: facts[each.name] for each in fields(Draft) if each.name in facts}
    for name in ("answers", "registering"):
        known[name] = {str(key): str(value) for key, value in known.get(name, {}).items()}
    return Draft(**known | {"begun_at": datetime.fromisoformat(known["begun_at"])})


def _make_folder(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)


def _write(path: Path, data: bytes) -> None:
    """Put the data in place at once, for the owner's eyes only: a power cut leaves the old or the new, whole."""
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    with contextlib.suppress(OSError):  # a folder cannot be flushed everywhere
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _locked(path: Path) -> int | None:
    """An open file that nobody else has locked, locked; None where somebody has."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if fcntl is None:
        return descriptor
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor

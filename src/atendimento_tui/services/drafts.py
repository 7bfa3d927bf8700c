"""Drafts: typed text that is not in the database yet, on disk, so that a killed terminal loses nothing.

There are drafts of intakes, and of acts on a ticket. A draft is one file in the folder of its desk, replaced
atomically, so that a reader never finds a partial text. Names of files and folders contain no personal data. A window
holds a lock on the drafts that it edits, which ends with the process, so that no other window offers them.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from atendimento_tui import paths
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.tickets import finished_intakes
from atendimento_tui.data.repositories.tickets import find_by_request
from atendimento_tui.outputs.in_place import write_again
from atendimento_tui.services.desk import Desk

try:
    import fcntl
except ImportError:  # no such locks on Windows: all drafts are offered there
    fcntl = None  # type: ignore[assignment]

_DRAFT, _WORDS, _LOCK = ".json", ".words", ".lock"


class Keeper:
    """Saves one draft. Thread-safe: the newest state is kept, in whatever order threads write.

    Args:
        folder: The desk's folder of drafts.
        name: The name of its file: for an intake the id of its first act.
        kind: The suffix of its file.
    """

    def __init__(self, folder: Path, name: str, kind: str = _DRAFT) -> None:
        self._file = folder / f"{name}{kind}"
        self._lock_file = folder / f"{name}{_LOCK}"
        self._one_at_a_time = threading.Lock()
        self._kept = 0
        self._gone = False
        self._held: int | None = None

    def take(self) -> bool:
        """Lock the draft, so that no other window offers it.

        Returns:
            Whether it was free.
        """
        with self._one_at_a_time:
            if self._held is None and not self._gone:
                _make_folder(self._file.parent)
                self._held = _locked(self._lock_file)
            return self._held is not None

    def keep(self, number: int, draft: Draft | Unsent | None) -> None:
        """Save the draft, unless a later state was saved already or it was discarded.

        Args:
            number: Number of the state, increased by the caller.
            draft: The state; None deletes the file.
        """
        with self._one_at_a_time:
            if number <= self._kept or self._gone:
                return
            if draft is None:
                self._file.unlink(missing_ok=True)
            else:
                _make_folder(self._file.parent)
                write_again(self._file, self._file.with_suffix(".tmp"), _written(draft))
            self._kept = number

    def discard(self) -> None:
        """Delete the draft, because it was finished or discarded by the user."""
        with self._one_at_a_time:
            self._gone = True
            self._file.unlink(missing_ok=True)
            self._lock_file.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Release the lock; the file stays."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)


def keeper(desk: Desk, request: str) -> Keeper:
    """The keeper of an intake's draft."""
    return Keeper(folder_of(desk), request)


def words_keeper(desk: Desk, what: str, protocol: str, key: str) -> Keeper:
    """The keeper of an act's draft.

    Args:
        desk: The desk.
        what: The act's key.
        protocol: The ticket's number.
        key: The draft's key.
    """
    return Keeper(folder_of(desk), f"{_act_name(what, protocol)}-{key}", _WORDS)


def left_behind(desk: Desk, what: str, protocol: str) -> tuple[Keeper, Unsent] | None:
    """Drafts of acts that no window has locked, locked by this one. Those that were written after all are deleted."""
    folder = folder_of(desk)
    for path in sorted(folder.glob(f"{_act_name(what, protocol)}-*{_WORDS}")):
        keeper = Keeper(folder, path.stem, _WORDS)
        if not keeper.take():
            continue
        try:
            unsent = _read_words(path.read_text("utf-8"))
            if not _is_written(desk, unsent.request):
                return keeper, unsent
            keeper.discard()
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            keeper.release()  # not a draft of this version: ignored
        except BaseException:
            keeper.release()
            raise
    return None


def folder_of(desk: Desk) -> Path:
    """The user's folder of drafts for the desk."""
    url = desk.engine.url
    place = str(Path(str(url.database)).resolve()) if url.get_backend_name() == "sqlite" else str(url)
    return paths.drafts_folder() / hashlib.sha256(place.encode()).hexdigest()[:16]


def waiting(desk: Desk) -> list[Draft]:
    """The unlocked drafts, newest first. Those whose ticket was opened after all are deleted."""
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
            continue  # not a draft of this version: ignored
        finally:
            os.close(lock)


def _opened(desk: Desk, tickets: list[int]) -> dict[int, str]:
    """Those of the tickets that were opened, with their numbers."""
    if not tickets:
        return {}
    with reading(desk.engine) as connection:
        return finished_intakes(connection, tickets)


def _is_written(desk: Desk, request: str) -> bool:
    with reading(desk.engine) as connection:
        return find_by_request(connection, request) is not None


def _act_name(what: str, protocol: str) -> str:
    return hashlib.sha256(f"{what} {protocol}".encode()).hexdigest()[:16]


def _written(draft: Draft | Unsent) -> bytes:
    """The draft as JSON in ASCII, which can encode any string, also lone surrogates."""
    return json.dumps(asdict(draft), default=datetime.isoformat).encode("ascii")


def _read(text: str) -> Draft:
    facts: dict[str, Any] = json.loads(text)
    known = {each.name: facts[each.name] for each in fields(Draft) if each.name in facts}
    for name in ("answers", "registering"):
        known[name] = _texts(known.get(name, {}))
    return Draft(**known | {"begun_at": datetime.fromisoformat(known["begun_at"])})


def _read_words(text: str) -> Unsent:
    facts: dict[str, Any] = json.loads(text)
    return Unsent(str(facts["key"]), str(facts["aim"]), _texts(facts["words"]))


def _texts(facts: Mapping[str, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in facts.items()}


def _make_folder(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)


def _locked(path: Path) -> int | None:
    """The file, opened and locked; None if another process has locked it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if fcntl is None:
        return descriptor
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor

"""Drafts: typed text that is not in the database yet, on disk, so that a killed terminal loses nothing.

There are drafts of intakes, and of acts on a ticket. A draft is one file in the folder of its desk, replaced
atomically, so that a reader never finds a partial text. Names of files and folders contain no personal data. A window
holds a lock on the drafts that it edits, which ends with the process, so that no other window offers them.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from atendimento_tui import paths
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.tickets import finished_intakes, hidden_tickets, is_hidden
from atendimento_tui.data.repositories.requests import find_by_request
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs.in_place import write_again
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

try:
    import fcntl
except ImportError:  # no such locks on Windows: all drafts are offered there
    fcntl = None  # type: ignore[assignment]

DraftT = TypeVar("DraftT", Draft, Unsent)

_INTAKE, _WORDS, _LOCK = ".json", ".words", ".lock"


class DraftFile:
    """The file of one draft.

    Args:
        folder: The desk's folder of drafts.
        name: Its name: for an intake the id of its first act.
        kind: Its suffix.
        owner: Id of the person who writes it. Others are not offered it. None in a demonstration without a person.
    """

    def __init__(self, folder: Path, name: str, kind: str = _INTAKE, owner: int | None = None) -> None:
        self._owner = owner
        self._file = folder / f"{name}{kind}"
        self._lock_file = folder / f"{name}{_LOCK}"
        self._held: int | None = None

    def lock(self) -> bool:
        """Lock the draft, so that no other window offers it.

        Returns:
            Whether it was free.
        """
        if self._held is None:
            _make_folder(self._file.parent)
            self._held = _locked(self._lock_file)
        return self._held is not None

    def save(self, draft: Draft | Unsent) -> None:
        """Lock and save the draft. If it is empty, the file is deleted."""
        self.lock()
        if draft.is_empty:
            self._file.unlink(missing_ok=True)
        else:
            write_again(self._file, self._file.with_suffix(".tmp"), _written(draft, self._owner))

    def discard(self) -> None:
        """Delete the draft, because it was finished or discarded by the user."""
        self._file.unlink(missing_ok=True)
        self._lock_file.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Release the lock; the file stays."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)


@needs(Permission.USE)
def intake_file(desk: Desk, request: str) -> DraftFile:
    """The file of an intake's draft."""
    return DraftFile(folder_of(desk), request, owner=desk.actor.person)


@needs(Permission.USE)
@contextmanager
def locked(desk: Desk, draft: Draft) -> Iterator[DraftFile]:
    """The locked file of an intake's draft; unlocked again if the block raises.

    If the disk refuses the lock, the intake goes on without one.

    Raises:
        Refused: The draft is open in another window.
    """
    file = intake_file(desk, draft.request)
    is_free = True
    with suppress(OSError):
        is_free = file.lock()
    if not is_free:
        raise Refused("rascunho_em_uso", protocol=draft.protocol)
    with _released_on_error(file):
        yield file


@needs(Permission.USE)
def act_file(desk: Desk, what: str, protocol: str, key: str) -> DraftFile:
    """The file of an act's draft.

    Args:
        desk: The desk.
        what: The act's key.
        protocol: The ticket's number.
        key: The draft's key.
    """
    return DraftFile(folder_of(desk), f"{_act_name(what, protocol)}-{key}", _WORDS, desk.actor.person)


def request_of(unsent: Unsent) -> str:
    """The id of an act, derived from its draft: the same words sent again are the same act."""
    content = json.dumps([unsent.key, unsent.aim, sorted(unsent.words.items())])
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:32]


@needs(Permission.USE)
def find_unsent(desk: Desk, what: str, protocol: str) -> tuple[DraftFile, Unsent] | None:
    """The first draft of an act that no window has locked, locked. Those whose act was written are deleted.

    Of a ticket that the desk's actor may not know of, there is none: people may share an account of the system.
    """
    for file, unsent in _unlocked(desk, f"{_act_name(what, protocol)}-*{_WORDS}", _read_words):
        with _released_on_error(file), reading(desk.engine) as connection:
            if is_hidden(connection, protocol):
                file.release()
                return None
            if find_by_request(connection, request_of(unsent)) is None:
                return file, unsent
            file.discard()
    return None


@needs(Permission.USE)
def folder_of(desk: Desk) -> Path:
    """The user's folder of drafts for the desk."""
    return paths.drafts_folder() / desk.key


@needs(Permission.USE)
def waiting(desk: Desk) -> list[Draft]:
    """The unlocked drafts of intakes, newest first. Those whose ticket was opened after all are deleted."""
    drafts = []
    for file, draft in _unlocked(desk, f"*{_INTAKE}", _read):
        file.release()
        drafts.append(draft)
    if not drafts:
        return []
    with reading(desk.engine) as connection:
        begun = [draft.ticket for draft in drafts]
        opened, hidden = finished_intakes(connection, begun), hidden_tickets(connection, begun)
    drafts = [draft for draft in drafts if draft.ticket not in hidden]
    for draft in drafts:
        if opened.get(draft.ticket) == draft.protocol:
            intake_file(desk, draft.request).discard()
    left = [draft for draft in drafts if opened.get(draft.ticket) != draft.protocol]
    return sorted(left, key=lambda draft: draft.begun_at, reverse=True)


def _unlocked(desk: Desk, pattern: str, read: Callable[[str], DraftT]) -> Iterator[tuple[DraftFile, DraftT]]:
    """The person's drafts that no window has locked, each locked now. Files that are no drafts are ignored.

    A draft without an owner, of a version before there were accounts, is anybody's.
    """
    for path in sorted(folder_of(desk).glob(pattern)):
        file = DraftFile(path.parent, path.stem, path.suffix, desk.actor.person)
        if not file.lock():
            continue
        try:
            text = path.read_text("utf-8")
            draft = read(text) if json.loads(text).get("owner") in (None, desk.actor.person) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            file.release()
        else:
            if draft is None:
                file.release()
            else:
                yield file, draft


@contextmanager
def _released_on_error(file: DraftFile) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.release()
        raise


def _act_name(what: str, protocol: str) -> str:
    return hashlib.sha256(f"{what} {protocol}".encode()).hexdigest()[:16]


def _written(draft: Draft | Unsent, owner: int | None) -> bytes:
    """The draft and its owner as JSON in ASCII, which can encode any string, also lone surrogates."""
    return json.dumps(asdict(draft) | {"owner": owner}, default=datetime.isoformat).encode("ascii")


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

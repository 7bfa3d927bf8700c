"""Watches a database for commits of this and other processes, and for the loss of the connection."""

import random
from collections.abc import Callable
from threading import Event
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.data.changes import Snapshot
from atendimento_tui.data.engine import backend, file_of, unavailable
from atendimento_tui.data.unavailable import DatabaseUnavailable

OnStatus: TypeAlias = Callable[[DatabaseUnavailable | None], None]
"""Callback for the state of the connection: why the database is lost, or None when it is available."""

_RETRY_S = (0.5, 1.5)
"""Bounds of the random delay before a retry. It is random so that not all windows connect at once."""


def watch(
    engine: Engine, on_change: Callable[[Changes], None], stopped: Event, on_status: OnStatus = lambda _: None
) -> None:
    """Call `on_change` after each commit of something that windows show, until `stopped` is set.

    This blocks, so it needs a thread of its own. Several commits may be reported by one call. If the database is lost,
    connecting is retried until it succeeds; then `on_change` is called with `ANYTHING`.

    Args:
        engine: The database.
        on_change: Called with what changed.
        stopped: Set to stop watching.
        on_status: Called when watching begins, when the database is lost, when the reason of the loss changes, and when
            the database is available again.
    """
    kind = backend(engine.url)
    lost: DatabaseUnavailable | None = None
    snapshot: Snapshot | None = None

    def listening() -> None:
        nonlocal lost, snapshot
        snapshot = Snapshot.first(engine) if file_of(engine.url) else None
        was_lost, lost = lost, None
        on_status(None)
        if was_lost:
            on_change(ANYTHING)

    def changed(changes: Changes | None) -> None:
        nonlocal snapshot
        if changes is None:
            assert snapshot, "a server reports what changed"
            changes, snapshot = snapshot.changes_since(engine)
        if changes:
            on_change(changes)

    while not stopped.is_set():
        try:
            kind.listen(engine, changed, stopped, listening)
            return
        except (DBAPIError, DatabaseUnavailable, kind.RAW_ERROR) as error:
            why = error if isinstance(error, DatabaseUnavailable) else unavailable(error, engine.url)
            if why.code == "banco_sem_conexao":
                why = DatabaseUnavailable("banco_perdido")
            if not stopped.is_set() and (lost is None or lost.code != why.code):
                lost = why
                on_status(why)
            stopped.wait(random.uniform(*_RETRY_S))

"""Hearing that somebody changed the database, in this program or in another one, and whether it can be heard at all."""

import random
from collections.abc import Callable
from threading import Event
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.data.changes import Look
from atendimento_tui.data.engine import backend, file_of, unavailable
from atendimento_tui.data.unavailable import DatabaseUnavailable

Reached: TypeAlias = Callable[[DatabaseUnavailable | None], None]
"""Told why the database is lost, or None when it answers."""

_AGAIN_S = (0.5, 1.5)
"""Bounds of the random wait before a lost database is asked again: a server that comes back is not stormed."""


def watch(engine: Engine, heard: Callable[[Changes], None], stopped: Event, reached: Reached = lambda _: None) -> None:
    """Call `heard` after each commit of something that windows show, until `stopped` is set.

    Blocks: give it a thread of its own. Many commits between two looks are heard once. A database that is lost is asked
    again until it is back; what happened meanwhile is heard then.

    Args:
        engine: The database.
        heard: Told what changed. After the database was lost it is not known what.
        stopped: Set when nobody listens any more.
        reached: Told when listening begins, when the database is lost, when it is lost for another reason, and when
            it is back.
    """
    kind = backend(engine.url)
    lost: DatabaseUnavailable | None = None
    look: Look | None = None

    def listening() -> None:
        nonlocal lost, look
        look = Look.first(engine) if file_of(engine.url) else None
        was_lost, lost = lost, None
        reached(None)
        if was_lost:
            heard(ANYTHING)

    def changed(told: Changes | None) -> None:
        nonlocal look
        if told is None:
            assert look, "a server tells what changed"
            told, look = look.changes_since(engine)
        if told:
            heard(told)

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
                reached(why)
            stopped.wait(random.uniform(*_AGAIN_S))

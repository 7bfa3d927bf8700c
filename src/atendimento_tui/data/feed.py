"""Hearing that somebody changed the database, in this program or in another one, and whether it can be heard at all."""

import random
from collections.abc import Callable
from threading import Event
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from atendimento_tui.data.engine import backend, unavailable
from atendimento_tui.data.unavailable import DatabaseUnavailable

Reached: TypeAlias = Callable[[DatabaseUnavailable | None], None]
"""Told why the database is lost, or None when it answers."""

_AGAIN_S = (0.5, 1.5)
"""Bounds of the random wait before a lost database is asked again: a server that comes back is not stormed."""


def watch(engine: Engine, heard: Callable[[], None], stopped: Event, reached: Reached = lambda _: None) -> None:
    """Call `heard` after each commit of anybody, until `stopped` is set. Blocks: give it a thread of its own.

    Many commits between two looks are heard once. A database that is lost is asked again until it is back; what
    happened meanwhile is heard then.

    Args:
        engine: The database.
        heard: Called when something changed.
        stopped: Set when nobody listens any more.
        reached: Told when listening begins, when the database is lost, when it is lost for another reason, and when
            it is back.
    """
    kind = backend(engine.url)
    lost: DatabaseUnavailable | None = None

    def listening() -> None:
        nonlocal lost
        was_lost, lost = lost, None
        reached(None)
        if was_lost:
            heard()

    while not stopped.is_set():
        try:
            kind.listen(engine, heard, stopped, listening)
            return
        except (DBAPIError, DatabaseUnavailable, kind.RAW_ERROR) as error:
            why = error if isinstance(error, DatabaseUnavailable) else unavailable(error, engine.url)
            if why.code == "banco_sem_conexao":
                why = DatabaseUnavailable("banco_perdido")
            if not stopped.is_set() and (lost is None or lost.code != why.code):
                lost = why
                reached(why)
            stopped.wait(random.uniform(*_AGAIN_S))

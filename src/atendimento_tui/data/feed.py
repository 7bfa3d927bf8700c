"""Hearing that somebody changed the database, in this program or in another one, and whether it can be heard at all."""

import random
from collections.abc import Callable
from threading import Event

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from atendimento_tui.data.engine import backend

_AGAIN_S = (0.5, 1.5)
"""Bounds of the random wait before a lost database is asked again: a server that comes back is not stormed."""


def watch(
    engine: Engine, heard: Callable[[], None], stopped: Event, reached: Callable[[bool], None] = lambda _: None
) -> None:
    """Call `heard` after each commit of anybody, until `stopped` is set. Blocks: give it a thread of its own.

    Many commits between two looks are heard once. A database that is lost is asked again until it is back; what
    happened meanwhile is heard then.

    Args:
        engine: The database.
        heard: Called when something changed.
        stopped: Set when nobody listens any more.
        reached: Told when listening begins, when the database is lost, and when it is back.
    """
    kind, is_lost = backend(engine.url), False
    lost_error = (DBAPIError, kind.RAW_ERROR)

    def listening() -> None:
        nonlocal is_lost
        was_lost, is_lost = is_lost, False
        reached(True)
        if was_lost:
            heard()

    while not stopped.is_set():
        try:
            kind.listen(engine, heard, stopped, listening)
            return
        except lost_error:
            if not is_lost and not stopped.is_set():
                is_lost = True
                reached(False)
            stopped.wait(random.uniform(*_AGAIN_S))

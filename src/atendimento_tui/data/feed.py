"""Hearing that somebody changed the database, in this program or in another one."""

from collections.abc import Callable
from threading import Event

from sqlalchemy import Engine

EVERY_S = 0.15
"""How often SQLite is asked; one question costs a few microseconds."""


def watch(engine: Engine, heard: Callable[[], None], stopped: Event) -> None:
    """Call `heard` after each commit of anybody, until `stopped` is set. Blocks: give it a thread of its own.

    SQLite's `data_version` changes for a connection when another one has committed. Many commits between two looks
    are heard once.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        last = None
        while not stopped.wait(EVERY_S if last is not None else 0):
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
            if last is not None and version != last:
                heard()
            last = version
    finally:
        raw.close()

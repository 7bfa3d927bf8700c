"""The program's own screen on a pty: opening it, and what to wait for."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from atendimento_tui.texts import window as texts
from atendimento_tui.texts.formats import protocol_short
from benchmarks.window import Window

QUEUE_ORDER = "FROM ticket WHERE is_open = 1 ORDER BY severity, queue_due, id"


def opened(path: str | Path, actor: str | None = None, *, answers: bool = True) -> Window:
    """The program on a desk."""
    who = ["--como", actor] if actor else []
    return Window(["-m", "atendimento_tui", "--banco", str(path), *who], answers=answers)


def begun(window: Window) -> float:
    """Wait for the first frame; return when it came."""
    return window.wait_for(texts.LOADING)


def at_rest(path: Path, actor: str | None = None, database: str | None = None) -> Window:
    """The program on a desk, its queue shown and counted and the ticket beside it read.

    Args:
        path: The desk's file.
        database: Where the same desk is, if it is not the file's that is to be opened.
    """
    window = opened(database or path, actor)
    window.wait_for(first_protocol(path))
    window.quiet(0.7)
    return window


def first_protocol(path: Path) -> str:
    """The first protocol number of the queue, as the screen shows it."""
    with closing(sqlite3.connect(path)) as connection:
        [protocol] = connection.execute(f"SELECT protocol {QUEUE_ORDER} LIMIT 1").fetchone()
        return protocol_short(protocol, datetime.now(UTC).year)

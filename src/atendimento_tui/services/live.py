"""Hearing what others do."""

from collections.abc import Callable
from threading import Event

from atendimento_tui.data import feed
from atendimento_tui.services.desk import Desk


def watch(desk: Desk, heard: Callable[[], None], stopped: Event) -> None:
    """Call `heard` after each change of the desk by anybody, until `stopped` is set. Blocks."""
    feed.watch(desk.engine, heard, stopped)

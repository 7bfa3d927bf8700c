"""Hearing what others do."""

from collections.abc import Callable
from threading import Event

from atendimento_tui.data import feed
from atendimento_tui.data.feed import Reached
from atendimento_tui.services.desk import Desk


def watch(desk: Desk, heard: Callable[[], None], stopped: Event, reached: Reached) -> None:
    """Call `heard` after each change of the desk by anybody, until `stopped` is set. Blocks.

    Args:
        desk: The desk.
        heard: Called when something changed.
        stopped: Set when nobody listens any more.
        reached: Told why the desk's database is lost; None when listening begins, and when the database is back.
    """
    feed.watch(desk.engine, heard, stopped, reached)

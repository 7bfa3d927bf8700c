"""Notification of changes by other windows."""

from collections.abc import Callable
from threading import Event

from atendimento_tui.contracts.changes import Changes
from atendimento_tui.data import feed
from atendimento_tui.data.feed import Reached
from atendimento_tui.services.desk import Desk


def watch(desk: Desk, heard: Callable[[Changes], None], stopped: Event, reached: Reached) -> None:
    """Call `heard` after each change of the desk, until `stopped` is set. Blocks.

    Args:
        desk: The desk.
        heard: Called with what changed.
        stopped: Set to stop watching.
        reached: Called with the reason when the database is lost, with None when watching begins and when it is back.
    """
    feed.watch(desk.engine, heard, stopped, reached)

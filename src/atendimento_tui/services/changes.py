"""Notification of changes by other windows."""

from collections.abc import Callable
from threading import Event

from atendimento_tui.contracts.changes import Changes
from atendimento_tui.data import feed
from atendimento_tui.data.feed import OnStatus
from atendimento_tui.domain.access import Permission
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk


@needs(Permission.USE)
def watch(desk: Desk, on_change: Callable[[Changes], None], stopped: Event, on_status: OnStatus) -> None:
    """Call `on_change` after each change of the desk, until `stopped` is set. Blocks.

    Args:
        desk: The desk.
        on_change: Called with what changed.
        stopped: Set to stop watching.
        on_status: Called with the reason when the database is lost, with None when watching begins and when it is back.
    """
    feed.watch(desk.engine, on_change, stopped, on_status)

"""Alerts that were acknowledged."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import update_many


def mark_seen(connection: Connection, alerts: Iterable[int], at: datetime) -> None:
    """Note that these alerts were acknowledged."""
    update_many(connection, tables.Alert, {alert: {"seen_at": at} for alert in alerts})

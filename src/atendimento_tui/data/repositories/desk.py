"""The desk's unit."""

from dataclasses import asdict

from sqlalchemy import Connection

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many


def insert_unit(connection: Connection, unit: UnitInfo) -> None:
    """Insert the desk's unit."""
    insert_many(connection, tables.Unit, [asdict(unit)])

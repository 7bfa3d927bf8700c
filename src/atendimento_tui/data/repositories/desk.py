"""The desk's unit."""

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlmodel import col

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, update_one


def insert_unit(connection: Connection, unit: UnitInfo) -> None:
    """Insert the desk's unit."""
    insert_many(connection, tables.Unit, [asdict(unit)])


def update_unit(connection: Connection, values: Mapping[str, object]) -> None:
    """Change columns of the desk's unit."""
    number = connection.scalar(select(col(tables.Unit.id)))
    assert number, "a desk has a unit"
    update_one(connection, tables.Unit, number, values)

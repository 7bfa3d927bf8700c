"""Writes who offers appointments, where and when."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete
from sqlmodel import SQLModel

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, plain, update_one

TABLES: Mapping[str, type[SQLModel]] = MappingProxyType(
    {"specialty": tables.Specialty, "provider": tables.Provider, "site": tables.Site, "hours": tables.Availability}
)
"""What is kept -> its table."""


def insert(connection: Connection, kind: str, values: Mapping[str, object]) -> int:
    """Insert a row of a table of `TABLES`.

    Returns:
        Its id.
    """
    return insert_one(connection, TABLES[kind], **values)


def update(connection: Connection, kind: str, key: int, values: Mapping[str, object]) -> None:
    """Update some columns of a row."""
    if values:
        update_one(connection, TABLES[kind], key, values)


def set_specialties(connection: Connection, provider: int, specialties: Iterable[int]) -> None:
    """Give a professional these specialties."""
    own = plain(tables.ProviderSpecialty)
    connection.execute(delete(own).where(own.c.provider_id == provider))
    rows = [{"provider_id": provider, "specialty_id": each} for each in sorted(set(specialties))]
    insert_many(connection, tables.ProviderSpecialty, rows)


def set_exceptions(connection: Connection, hours: int, days: Mapping[date, bool]) -> None:
    """Give an availability these days that are not as its rule says: day -> whether it is added."""
    own = plain(tables.AvailabilityException)
    connection.execute(delete(own).where(own.c.availability_id == hours))
    rows = [{"availability_id": hours, "day": day, "added": added} for day, added in sorted(days.items())]
    insert_many(connection, tables.AvailabilityException, rows)


def insert_absence(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert an absence.

    Returns:
        Its id.
    """
    return insert_one(connection, tables.ProviderAbsence, **values)


def delete_absence(connection: Connection, number: int) -> None:
    """Delete an absence. The event of it stays."""
    own = plain(tables.ProviderAbsence)
    connection.execute(delete(own).where(own.c.id == number))

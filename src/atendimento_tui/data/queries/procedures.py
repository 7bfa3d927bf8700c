"""The operator's procedures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import contains, ids_with, is_one_of, rows_of
from atendimento_tui.domain.procedures import Procedure

_P = tables.ProcedureCode

_READ_AT_MOST = 400
"""Maximum procedures with the words of a search that are read and ranked."""

COLUMNS = {each.name: "table_code" if each.name == "table" else each.name for each in fields(Procedure)}
"""Field of `Procedure` -> its column."""


def with_code(connection: Connection, code: str) -> list[Procedure]:
    """The procedures with this code, one a table."""
    return [_procedure(row) for row in rows_of(connection, _P, code=code)]


def is_empty(connection: Connection) -> bool:
    """Whether there is no procedure."""
    return connection.execute(select(col(_P.id)).limit(1)).first() is None


def with_codes(connection: Connection, codes: Collection[str]) -> dict[tuple[str, str], tuple[int, Procedure]]:
    """Table and code -> the row's id and the procedure, for each of these codes in every table."""
    wanted: Select[Any] = select(_P).where(is_one_of(connection, col(_P.code), "codes"))
    rows = connection.execute(wanted, {"codes": [*codes]})
    return {(row.table_code, row.code): (row.id, _procedure(row)) for row in rows}


def with_pieces(connection: Connection, pieces: Sequence[str]) -> list[Procedure]:
    """Some of the procedures whose indexed text has all these pieces, in no order.

    Args:
        pieces: Each of three characters or more.
    """
    ids = ids_with(connection, "procedure_code", pieces, _READ_AT_MOST)
    return [_procedure(row) for row in (_scanned(connection, pieces) if ids is None else _of_ids(connection, ids))]


def _of_ids(connection: Connection, ids: Sequence[int]) -> Iterable[Row[Any]]:
    wanted: Select[Any] = select(_P).where(is_one_of(connection, col(_P.id), "ids"))
    return connection.execute(wanted, {"ids": [*ids]})


def _scanned(connection: Connection, pieces: Sequence[str]) -> Iterable[Row[Any]]:
    """Without an index, the table is read."""
    wanted: Select[Any] = select(_P).limit(_READ_AT_MOST)
    return connection.execute(wanted.where(*(contains(connection, col(_P.search), piece) for piece in pieces)))


def _procedure(row: Row[Any]) -> Procedure:
    return Procedure(**{name: getattr(row, column) for name, column in COLUMNS.items()})

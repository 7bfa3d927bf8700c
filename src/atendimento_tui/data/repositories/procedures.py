"""The operator's procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, update_many
from atendimento_tui.data.queries.procedures import COLUMNS
from atendimento_tui.domain.procedures import Procedure, search_text


def insert_procedures(connection: Connection, procedures: Sequence[Procedure]) -> None:
    """Insert procedures."""
    insert_many(connection, tables.ProcedureCode, [_columns(each) for each in procedures])


def update_procedures(connection: Connection, procedures: Mapping[int, Procedure]) -> None:
    """Update procedures by the ids of their rows."""
    update_many(connection, tables.ProcedureCode, {key: _columns(each) for key, each in procedures.items()})


def _columns(procedure: Procedure) -> dict[str, str]:
    values = {COLUMNS[name]: value for name, value in asdict(procedure).items()}
    return {**values, "search": search_text(procedure.table, procedure.code, procedure.term)}

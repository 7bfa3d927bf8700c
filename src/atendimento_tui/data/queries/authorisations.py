"""Guias: the tickets that have a number of a guia."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, literal_column, select
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import is_one_of, plain
from atendimento_tui.data.visible import of_visible, restricted
from atendimento_tui.domain.authorisations import NUMBER, STATE

_T, _V = tables.Ticket, tables.FieldValue


def tickets_with_guia(connection: Connection, number: str, limit: int) -> list[int]:
    """The tickets that have, or had, a guia of this number and that the actor may know of, newest first."""
    wanted: Any = select(col(_T.id)).join(_V, col(_V.ticket_id) == col(_T.id))
    # The key is written into the statement, so that the index of this key is used.
    wanted = wanted.where(literal_column("field_value.key") == literal_column(f"'{NUMBER}'"), col(_V.text) == number)
    found = connection.scalars(restricted(connection, wanted).order_by(col(_T.id).desc()).limit(limit))
    return [*dict.fromkeys(found)]


def having_guia(connection: Connection, tickets: Sequence[int]) -> set[int]:
    """Those of these tickets that have, or had, a guia or a state of one."""
    value = plain(_V).c
    wanted = select(value.ticket_id).where(
        is_one_of(connection, value.ticket_id, "tickets"),
        value.key.in_((NUMBER, STATE)),
        *of_visible(connection, value.ticket_id),
    )
    return {*connection.scalars(wanted, {"tickets": [*tickets]})}

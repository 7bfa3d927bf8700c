"""The imported bank bills of beneficiaries."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlmodel import col

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import is_one_of

_B = tables.Bill


def bills_of(connection: Connection, beneficiary: int) -> tuple[BillRow, ...]:
    """The bills of a beneficiary, the newest month first."""
    wanted: Select[Any] = select(_B).where(col(_B.beneficiary_id) == beneficiary)
    ordered = wanted.order_by(col(_B.competence).desc(), col(_B.due_on), col(_B.id))
    return tuple(_row(row) for row in connection.execute(ordered))


def bills_with(connection: Connection, codes: Collection[str]) -> dict[str, tuple[int, BillRow]]:
    """Bar code -> the row's id and the bill, for those of these codes that were imported."""
    wanted: Select[Any] = select(_B).where(is_one_of(connection, col(_B.code), "codes"))
    return {row.code: (row.id, _row(row)) for row in connection.execute(wanted, {"codes": [*codes]})}


def _row(row: Row[Any]) -> BillRow:
    paid = date.fromisoformat(row.paid_on) if row.paid_on else None
    due = date.fromisoformat(row.due_on)
    return BillRow(row.beneficiary_id, row.competence, row.code, row.cents, due, paid)

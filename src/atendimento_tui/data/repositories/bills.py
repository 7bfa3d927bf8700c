"""Writes the imported bank bills of beneficiaries."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, update_many


def insert_bills(connection: Connection, bills: Sequence[BillRow]) -> None:
    """Insert bills."""
    insert_many(connection, tables.Bill, [_columns(each) for each in bills])


def update_bills(connection: Connection, bills: Mapping[int, BillRow]) -> None:
    """Update bills by the ids of their rows."""
    update_many(connection, tables.Bill, {key: _columns(each) for key, each in bills.items()})


def _columns(bill: BillRow) -> dict[str, object]:
    return {
        "beneficiary_id": bill.beneficiary,
        "competence": bill.competence,
        "code": bill.code,
        "cents": bill.cents,
        "due_on": bill.due_on.isoformat(),
        "paid_on": bill.paid_on.isoformat() if bill.paid_on else "",
    }

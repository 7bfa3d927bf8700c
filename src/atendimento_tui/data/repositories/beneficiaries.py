"""The beneficiaries: the people whom the plan covers."""

from collections.abc import Mapping

from sqlalchemy import Connection

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one
from atendimento_tui.domain.text import searched_name


def insert_beneficiary(connection: Connection, facts: Mapping[str, str]) -> BeneficiaryRow:
    """Insert a beneficiary.

    Args:
        facts: Field of `BeneficiaryRow` -> value, without the id.
    """
    key = insert_one(connection, tables.Beneficiary, **facts, search=searched_name(facts["name"]))
    return BeneficiaryRow(key, **facts)

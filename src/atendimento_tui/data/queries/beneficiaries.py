"""The beneficiaries: the people whom the plan covers."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select
from sqlmodel import col

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import contains, row_of
from atendimento_tui.domain.text import folded, search_forms

_B = tables.Beneficiary


def beneficiary(connection: Connection, number: int | None) -> BeneficiaryRow | None:
    """A beneficiary by id; None if `number` is None or unknown."""
    row = row_of(connection, _B, id=number) if number is not None else None
    return _row(row) if row else None


def with_facts(connection: Connection, facts: Mapping[str, str]) -> BeneficiaryRow | None:
    """The first beneficiary with these values.

    Args:
        facts: Column -> value.
    """
    same: Select[Any] = select(_B)
    same = same.where(*(getattr(_B, name) == value for name, value in facts.items()))
    row = connection.execute(same.order_by(col(_B.id)).limit(1)).first()
    return _row(row) if row else None


def with_digits(connection: Connection, digits: str, limit: int) -> list[BeneficiaryRow]:
    """Beneficiaries with these digits in their CPF, card or phone, sorted by name."""
    numbers = (col(_B.cpf), col(_B.card), col(_B.phone))
    return _found(connection, _by_name(limit).where(or_(*(number.contains(digits) for number in numbers))))


def with_words(connection: Connection, words: Sequence[str], limit: int) -> list[BeneficiaryRow]:
    """Beneficiaries with all these folded words in their name, sorted by name."""
    found = _by_name(limit)
    for word in words:
        found = found.where(or_(*(contains(connection, col(_B.search), form) for form in search_forms(word))))
    return _found(connection, found)


def _by_name(limit: int) -> Select[Any]:
    every: Select[Any] = select(_B)
    return every.order_by(col(_B.name), col(_B.id)).limit(limit)


def _found(connection: Connection, wanted: Select[Any]) -> list[BeneficiaryRow]:
    return sorted(map(_row, connection.execute(wanted)), key=lambda row: folded(row.name))


def _row(row: Row[Any]) -> BeneficiaryRow:
    return BeneficiaryRow(**{name: getattr(row, name) for name in BeneficiaryRow.__dataclass_fields__})

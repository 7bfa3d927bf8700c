"""Beneficiaries: the people whom the health plan covers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BeneficiaryRow:
    """A beneficiary; numbers are masked when they are shown."""

    id: int
    name: str
    cpf: str
    card: str
    phone: str
    born_on: str
    plan: str

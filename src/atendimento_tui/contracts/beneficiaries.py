"""The people whom the plan covers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BeneficiaryRow:
    """Somebody whom the plan covers; numbers are masked where they are shown."""

    id: int
    name: str
    cpf: str
    card: str
    phone: str
    born_on: str
    plan: str

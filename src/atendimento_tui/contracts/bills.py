"""Bank bills of beneficiaries."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class BillRow:
    """An imported bill.

    Attributes:
        beneficiary: Id of the beneficiary whose bill it is.
        competence: The month that it is for: `2026-11`.
        code: The 44 digits of the bar code.
        paid_on: The day of the payment; None while it is not paid.
    """

    beneficiary: int
    competence: str
    code: str
    cents: int
    due_on: date
    paid_on: date | None = None

    def days_overdue(self, today: date) -> int:
        """The days since the due date of a bill that is not paid; 0 if it is not overdue."""
        return 0 if self.paid_on else max(0, (today - self.due_on).days)

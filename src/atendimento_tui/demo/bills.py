"""The bank bills of the demonstration: of each holder some months, paid, overdue and open."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.data.bill_lists import BillLine
from atendimento_tui.domain.bills import made_bill

_BANK = "999"
"""A bank that does not exist."""

_MONTHS = range(-3, 2)
"""The months of the bills, counted from the present one."""

_DUE_DAY = 10
_VALUES = (38_990, 52_740, 81_215, 127_480)
"""In centavos."""


def bills_of(holders: Sequence[BeneficiaryRow], today: date) -> Iterator[BillLine]:
    """The bills of these people. That of the next month is open; every third person has not paid the last two."""
    number = 0
    for place, holder in enumerate(holders):
        for months in _MONTHS:
            number += 1
            month = today.replace(day=1) + relativedelta(months=months)
            due, cents = month.replace(day=_DUE_DAY), _VALUES[place % len(_VALUES)]
            is_paid = due < today and (months < -1 or place % 3 > 0)
            paid_on = due - timedelta(days=place % 4) if is_paid else None
            code = made_bill(_BANK, due, cents, f"{holder.id:010}{month:%Y%m}{number:09}").code
            yield BillLine(number, ("cpf", holder.cpf), f"{month:%Y-%m}", code, cents, due, paid_on, says_paid=True)

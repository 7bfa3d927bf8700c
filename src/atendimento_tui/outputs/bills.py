"""What is said of a bank bill: an imported one has its own values, of another one only the digits are known."""

from datetime import date

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.domain.bills import Bill, dates_of_factor
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.texts import bills as texts
from atendimento_tui.texts import formats


def bill_rows(bill: BillRow | Bill, today: date) -> tuple[tuple[str, str], ...]:
    """Name and value of each fact; that an imported bill is paid or overdue is said."""
    if isinstance(bill, Bill):
        return ((texts.DIGITS, _said_by_digits(bill, today)),)
    return (
        (texts.MONTH, masked_as("competencia", bill.competence)),
        (texts.VALUE, formats.money(bill.cents)),
        (texts.DUE, " · ".join(filter(None, (formats.date(bill.due_on), late_or_paid(bill, today))))),
    )


def bill_line(bill: BillRow | Bill, today: date) -> str:
    """The facts of a bill in one line."""
    if isinstance(bill, Bill):
        return _said_by_digits(bill, today)
    month, value = masked_as("competencia", bill.competence), formats.money(bill.cents)
    line = texts.IMPORTED_BILL.format(month=month, value=value, due=formats.date(bill.due_on))
    return " · ".join(filter(None, (line, late_or_paid(bill, today))))


def late_or_paid(bill: BillRow, today: date) -> str:
    """Whether it is paid, or for how long it has been overdue; empty for neither."""
    if bill.paid_on:
        return texts.PAID.format(day=formats.date(bill.paid_on))
    days = bill.days_overdue(today)
    return (texts.OVERDUE_ONE if days == 1 else texts.OVERDUE.format(days=days)) if days else ""


def _said_by_digits(bill: Bill, today: date) -> str:
    """The value and the due date, or both dates that the factor can mean, the nearer one first."""
    value = formats.money(bill.cents) if bill.cents else texts.OPEN_VALUE
    if bill.factor is None:
        return texts.NO_DUE_DATE.format(value=value)
    near, other = dates_of_factor(bill.factor, today)
    return texts.TWO_DATES.format(value=value, near=formats.date(near), other=formats.date(other))

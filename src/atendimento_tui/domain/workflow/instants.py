"""Computes instants on the desk's calendars from amounts of time that a process names."""

from datetime import UTC, date, datetime, time, timedelta

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.process.amounts import amount_basis, read_amount
from atendimento_tui.domain.workflow.context import ProcessContext


def held_until(context: ProcessContext, at: datetime, *, any_hour: bool) -> datetime | None:
    """When a message or an alert may be sent: the next opening of the desk; None if it may be sent at once.

    Args:
        any_hour: The message may be sent at any hour.
    """
    if any_hour or context.process.any_hour:
        return None
    opens_at = context.hours.next_open(at).astimezone(UTC)
    return opens_at if opens_at > at else None


def later(context: ProcessContext, calendar_name: str, amount: str, times: int, start: datetime) -> datetime:
    """The instant `times` x `amount` after `start`. Days are business days; the result is then an open instant.

    Args:
        calendar_name: The calendar on which the amount counts.
        amount: Such as `2h` or `1d`.
    """
    calendar = context.calendar_named(calendar_name)
    number = times * read_amount(amount, amount_basis(amount))
    if amount_basis(amount) == "horas":
        return calendar.add(start, timedelta(seconds=number)).astimezone(UTC)
    local = start.astimezone(calendar.tz)
    day = calendar.add_days(local.date(), number, DayCount.BUSINESS_AFTER)
    return opening_of(context, day, local.time())


def opening_of(context: ProcessContext, day: date, at: time = time()) -> datetime:
    """The first instant, at or after this local time of the day, at which the desk is open."""
    hours = context.hours
    return hours.next_open(datetime.combine(day, at, hours.tz)).astimezone(UTC)

"""Instants that a process names by an amount of time, on the desk's calendars."""

from datetime import UTC, date, datetime, time, timedelta

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.process.schema import amount_basis, read_amount
from atendimento_tui.domain.workflow.context import ProcessContext


def held_until(context: ProcessContext, at: datetime, *, any_hour: bool) -> datetime | None:
    """Until when what is addressed to a person is held, so that it leaves within the desk's hours; None: not at all.

    Args:
        any_hour: The message may leave at any hour.
    """
    if any_hour or context.process.any_hour:
        return None
    opens_at = context.hours.next_open(at).astimezone(UTC)
    return opens_at if opens_at > at else None


def later(context: ProcessContext, calendar_name: str, amount: str, times: int, start: datetime) -> datetime:
    """`amount` so many times after an instant; days are business days, and end when the desk is open."""
    calendar = context.calendar_named(calendar_name)
    number = times * read_amount(amount, amount_basis(amount))
    if amount_basis(amount) == "horas":
        return calendar.add(start, timedelta(seconds=number)).astimezone(UTC)
    local = start.astimezone(calendar.tz)
    day = calendar.add_days(local.date(), number, DayCount.BUSINESS_AFTER)
    return opening_of(context, day, local.time())


def opening_of(context: ProcessContext, day: date, at: time = time()) -> datetime:
    """The first instant from that time of the day on at which the desk is open."""
    hours = context.hours
    return hours.next_open(datetime.combine(day, at, hours.tz)).astimezone(UTC)

"""Countdowns and the ledger of a clock, in words."""

from datetime import UTC, datetime, timedelta

from atendimento_tui.texts import formats, words

DAY_S = 86_400
TODAY = "hoje"


def countdown(remaining_s: int, days: int | None, basis: str) -> str:
    """The remaining time, in the unit of the term.

    Args:
        remaining_s: Working seconds; negative once overdue.
        days: For a term in days, the days left after today; None for a term in hours.
        basis: The term's.

    Returns:
        For hours `2h14`, `9m41s` near the end, `−0h40` once overdue; for days `3d úteis`, `2d`, `hoje` on the last one.
    """
    if days is None:
        return formats.worked(remaining_s)
    if days == 0:
        return TODAY
    if basis.startswith("business"):
        return formats.days_left(days)
    return f"{formats.MINUS if days < 0 else ''}{abs(days)}d"


def target(amount: int, basis: str) -> str:
    """The target: `16h00`, `7 dias úteis`, `10 dias corridos`."""
    if basis == "horas":
        return formats.worked(amount)
    if basis.startswith("business"):
        return f"{amount} {'dia útil' if amount == 1 else 'dias úteis'}"
    return f"{amount} {'dia corrido' if amount == 1 else 'dias corridos'}"


def ledger_line(start: datetime, end: datetime, *, counted: bool, reason: str, name: str | None) -> str:
    """One interval: when, how long, whether it counted, or why not."""
    seconds = (end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(seconds=1)  # real time
    whole_days = reason == "day" or (seconds >= DAY_S and not counted)
    length = (
        f"{round(seconds / DAY_S)}d" if whole_days and seconds % DAY_S in (0, DAY_S - 1) else formats.worked(seconds)
    )
    why = words.SKIPPED[reason] + (f": {name}" if name else "")
    sign = "+" if counted else " "
    return f"{sign} {_page_rows(start, end)}  {length:>8}  {why}"


def _page_rows(start: datetime, end: datetime) -> str:
    first = f"{formats.weekday(start)} {formats.short_date(start)} {_clock(start)}"
    if end.date() == start.date():
        return f"{first} – {_clock(end)}".ljust(33)
    return f"{first} – {formats.weekday(end)} {formats.short_date(end)} {_clock(end)}".ljust(33)


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else formats.clock(at)

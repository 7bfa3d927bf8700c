"""The rules of backup copies: which are kept, when the next one is due, when the last one is too old."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from atendimento_tui.domain.protocol import PROTOCOL_SERIES, read_protocol, series_of
from atendimento_tui.domain.refusals import Refused

WARN_AFTER = timedelta(days=2)
"""Age of the last good copy from which on the header warns."""

RETRY_AFTER = timedelta(hours=1)
"""Time after an attempt that failed, or whose process ended, until the next automatic copy is tried."""


SKIPPED_OTHERS = 1_000
"""Numbers that are skipped in other series than the protocols if only the last protocol is known."""

SKIPPED_AT_MOST = 100_000
"""Most numbers that can be skipped: a day has room for ten times as many protocols."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How many automatic copies are kept: the newest one of each of so many days, weeks and months."""

    days: int = 7
    weeks: int = 4
    months: int = 12


def kept(copies: Iterable[datetime], retention: Retention, zone: tzinfo) -> frozenset[datetime]:
    """The instants of the good copies that are kept. The newest one always is.

    Days, weeks (from Monday) and months without a copy do not count, so that nothing is deleted only because no copies
    were made for a while. At most `days + weeks + months` copies are kept, and at least one.
    """
    newest_first = sorted(copies, reverse=True)
    periods: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
        (max(retention.days, 1), lambda day: day),
        (retention.weeks, lambda day: day.isocalendar()[:2]),
        (retention.months, lambda day: (day.year, day.month)),
    )
    chosen: set[datetime] = set()
    for count, period_of in periods:
        newest: dict[Hashable, datetime] = {}
        for at in newest_first:
            newest.setdefault(period_of(at.astimezone(zone).date()), at)
        chosen.update(list(newest.values())[:count])
    return frozenset(chosen)


def is_due(good: Iterable[datetime], tried: Iterable[datetime], now: datetime, zone: tzinfo) -> bool:
    """Whether an automatic copy is due: today has no good one, and none was tried within the last hour.

    Args:
        good: The instants of the good automatic copies.
        tried: Those of automatic copies that failed or are not complete.
    """
    today = now.astimezone(zone).date()
    if any(at.astimezone(zone).date() == today for at in good):
        return False
    return not any(at <= now < at + RETRY_AFTER for at in tried)


def is_too_old(last_good: datetime | None, now: datetime) -> bool:
    """Whether the header warns.

    Args:
        last_good: The instant of the last good copy, or that since which one is missing; None if none is expected.
    """
    return last_good is not None and now - last_good > WARN_AFTER


def jumps(
    series: Mapping[str, int],
    today: date,
    registration: str,
    *,
    others: Collection[str] = (),
    last_protocol: str | None = None,
    skip: int | None = None,
) -> dict[str, tuple[int, int]]:
    """The series that a restored desk continues at a later number, so that it gives none a second time.

    The lost desk may have given numbers after the copy was made. Protocols are numbered by day, so those of earlier
    days are never given again; other series are numbered by year.

    Args:
        series: The series in the copy, each with its last number.
        today: The local day.
        registration: The ANS registration of the unit, or empty.
        others: Series of which the copy has no number yet, and the lost desk may have given some.
        last_protocol: The last protocol that the lost desk gave, without separators.
        skip: How many numbers are skipped in each series.

    Returns:
        Series -> its last number before and after the jump.

    Raises:
        Refused: Neither is given; the protocol cannot be one of this desk, or is of a later day; `skip` is out of its
            range.
    """
    if last_protocol is None and skip is None:
        raise Refused("restaurar_numeros")
    if skip is not None and not 0 <= skip <= SKIPPED_AT_MOST:
        raise Refused("restaurar_pular", most=SKIPPED_AT_MOST)
    own = series_of(today)
    after = {own: series.get(own, 0) + (skip or 0)}
    if last_protocol is not None:
        read = read_protocol(last_protocol, registration)
        if read is None or read[0] > today:
            raise Refused("restaurar_protocolo", text=last_protocol)
        if read[0] == today:
            after[own] = max(after[own], read[1] + (skip or 0))
    secret = series_of(today, secret=True)  # nobody may be asked for the last one of these
    for name in dict.fromkeys((*series, *others)):
        if name == secret or not (name.startswith(PROTOCOL_SERIES) or _is_past(name, today.year)):
            after[name] = series.get(name, 0) + (SKIPPED_OTHERS if skip is None else skip)
    return {name: (series.get(name, 0), last) for name, last in after.items() if last != series.get(name, 0)}


def _is_past(series: str, year: int) -> bool:
    """Whether the series is one of an earlier year."""
    found = re.search(r" ([0-9]{4})$", series)
    return found is not None and int(found[1]) < year

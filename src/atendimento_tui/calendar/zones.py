"""When a zone changes its offset from UTC.

`zoneinfo` gives the offset at an instant but not its next change, so the changes of a year are found by probing, once
for each zone and year.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from atendimento_tui.calendar.errors import UnknownZoneError
from atendimento_tui.calendar.instants import DAY, SECOND, microseconds

FIRST_YEAR = 1840
"""No zone of the database changed earlier: the oldest change (Pacific/Kosrae) is in 1844."""

# The database lists single changes up to 2087 (Africa/Casablanca); later ones follow a yearly rule of weekdays. The
# Gregorian calendar repeats every 400 years, weekdays included, and so do the changes.
_RULED_YEAR = 2100
_GREGORIAN_YEARS = 400
_GREGORIAN_CYCLE = 146_097 * DAY

# The closest two changes of a zone are 6.9 days apart (America/Recife, 2000), so probing every five days finds all.
_PROBE = timedelta(days=5)


class Change(NamedTuple):
    """A change of offset: from the instant on, `after` holds. All in microseconds."""

    at: int
    after: int


def zone_named(tz: str | ZoneInfo) -> ZoneInfo:
    """The zone of this name.

    Raises:
        UnknownZoneError: when it is not in the database.
    """
    if isinstance(tz, ZoneInfo):
        return tz
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError, AttributeError):
        # Besides a missing key: an absolute or empty path, a folder's name ("America"), a value that is not a string.
        raise UnknownZoneError("unknown_zone", f"unknown time zone {tz!r}", zone=tz) from None


def new_year(year: int) -> int:
    """The instant at which a year begins in UTC; the year 10000 is allowed."""
    before = year - 1
    return (before * 365 + before // 4 - before // 100 + before // 400) * DAY


def offset_at_new_year(zone: ZoneInfo, year: int) -> int:
    """The zone's offset in microseconds at the beginning (UTC) of a year.

    For the year 1 it is that of January 2: west of Greenwich the local time would be before the first datetime.
    """
    return microseconds(_offset(zone, datetime(year, 1, 2 if year == 1 else 1, tzinfo=zone)))


@lru_cache(maxsize=16_384)
def changes_of_year(zone: ZoneInfo, year: int) -> tuple[Change, ...]:
    """The changes after the beginning of a year, up to and including the beginning of the next, both in UTC."""
    if year < FIRST_YEAR:
        return ()
    if year >= _RULED_YEAR + _GREGORIAN_YEARS:
        cycles = (year - _RULED_YEAR) // _GREGORIAN_YEARS
        model = changes_of_year(zone, year - cycles * _GREGORIAN_YEARS)
        return tuple(Change(at + cycles * _GREGORIAN_CYCLE, after) for at, after in model)
    return _probed(zone, year)


def _probed(zone: ZoneInfo, year: int) -> tuple[Change, ...]:
    changes = []
    moment = datetime(year, 1, 1, tzinfo=zone)
    # The last day of the last year is left out: east of Greenwich its local time would be after the last datetime.
    end = datetime(year + 1, 1, 1, tzinfo=zone) if year < 9999 else datetime(9999, 12, 31, tzinfo=zone)
    offset = _offset(zone, moment)
    while moment < end:
        probe = min(moment + _PROBE, end)
        after = _offset(zone, probe)
        if after != offset:
            changes.append(_narrowed(zone, moment, probe))
        moment, offset = probe, after
    return tuple(changes)


def _narrowed(zone: ZoneInfo, before: datetime, after: datetime) -> Change:
    """The only change in (before, after], to the second, which is the resolution of the database."""
    old = _offset(zone, before)
    unchanged, changed = 0, (after - before) // timedelta(seconds=1)
    while changed - unchanged > 1:
        middle = (unchanged + changed) // 2
        if _offset(zone, before + timedelta(seconds=middle)) == old:
            unchanged = middle
        else:
            changed = middle
    at = new_year(before.year) + microseconds(before - datetime(before.year, 1, 1, tzinfo=zone)) + changed * SECOND
    return Change(at, microseconds(_offset(zone, after)))


def _offset(zone: ZoneInfo, utc: datetime) -> timedelta:
    """The offset at an instant, given as `ZoneInfo.fromutc` expects it: in UTC, but labelled with the zone."""
    offset = zone.fromutc(utc).utcoffset()
    assert offset is not None, "a ZoneInfo always knows its offset"
    return offset

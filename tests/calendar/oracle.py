"""Working time by a slow and simple method: check the local time at every step, and count.

It imports nothing of the product and shares no idea with it: an instant is open when the wall's time, at that instant
and in that zone, lies in an interval of the wall's date. A step is a second; a minute is as exact where the hours, the
pauses, the ends and the changes of the zone all fall on whole minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

Hours: TypeAlias = Sequence[tuple[time, time]]
Pause: TypeAlias = tuple[datetime, datetime, str]
Line: TypeAlias = tuple[datetime, datetime, str, str | None]


@dataclass
class Oracle:
    """A calendar that counts by steps."""

    week: Mapping[int, Hours]
    tz: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    special: Mapping[date, Hours] = field(default_factory=dict)
    step: timedelta = timedelta(seconds=1)
    later: Mapping[date, Mapping[int, Hours]] = field(default_factory=dict)

    def is_open(self, at: datetime) -> bool:
        wall = at.astimezone(ZoneInfo(self.tz)).replace(tzinfo=None)
        return any(start <= wall.time() and (end == time(0) or wall.time() < end) for start, end in self.hours(wall))

    def hours(self, day: date) -> Hours:
        day = date(day.year, day.month, day.day)
        if day in self.special:
            return self.special[day]
        week = self.week
        for begins in sorted(self.later):
            if begins <= day:
                week = self.later[begins]
        return () if day in self.holidays else week.get(day.weekday(), ())

    def add(self, start: datetime, amount: timedelta, pauses: Sequence[Pause], horizon: datetime) -> datetime | None:
        """The due instant, or None when it is not met before the horizon."""
        now, worked = start.astimezone(UTC), timedelta()
        if not amount:
            return next((at for at in self.steps(now, horizon) if self.is_open(at)), None)
        for at in self.steps(now, horizon):
            worked += self.step if self.is_open(at) and not paused(at, pauses) else timedelta()
            if worked == amount:
                return at + self.step
        return None

    def subtract(self, start: datetime, amount: timedelta, horizon: datetime) -> datetime | None:
        """The same, backward."""
        now, worked = start.astimezone(UTC), timedelta()
        while now > horizon:
            now -= self.step
            worked += self.step if self.is_open(now) else timedelta()
            if worked == amount:
                return now
        return None

    def between(self, start: datetime, end: datetime, pauses: Sequence[Pause]) -> timedelta:
        counted = (at for at in self.steps(start, end) if self.is_open(at) and not paused(at, pauses))
        return sum((self.step for _ in counted), timedelta())

    def explain(self, start: datetime, end: datetime, pauses: Sequence[Pause]) -> list[Line]:
        """Start, end, reason and name of each piece; the pauses may not overlap."""
        lines: list[Line] = []
        for at in self.steps(start, end):
            reason, name = self.reason(at, pauses)
            if lines and lines[-1][2:] == (reason, name):
                lines[-1] = (lines[-1][0], at + self.step, reason, name)
            else:
                lines.append((at, at + self.step, reason, name))
        return lines

    def reason(self, at: datetime, pauses: Sequence[Pause]) -> tuple[str, str | None]:
        if self.is_open(at):
            return next((("pause", name) for start, end, name in pauses if start <= at < end), ("open", None))
        day = at.astimezone(ZoneInfo(self.tz)).date()
        if day in self.special:
            return "special", self.holidays.get(day)
        return ("holiday", self.holidays[day]) if day in self.holidays else ("closed", None)

    def steps(self, start: datetime, end: datetime) -> Iterator[datetime]:
        now = start.astimezone(UTC)
        while now < end:
            yield now
            now += self.step


def paused(at: datetime, pauses: Sequence[Pause]) -> bool:
    return any(start <= at < end for start, end, _ in pauses)

"""Changes of a calendar: what somebody asks for, and the version that follows from it.

A calendar is a series of versions. Each version is whole: it has the days and hours of the former ones before its day
of effect, and its own from then on. So a later version counts the time before it as they did.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from atendimento_tui.calendar.business import BusinessCalendar, Day
from atendimento_tui.calendar.errors import RefusedError
from atendimento_tui.calendar.named import (
    CalendarSpec,
    HalfDay,
    Intervals,
    LaterRules,
    ResolvedDays,
    resolve,
)

DAYS_BACK = 7
"""A single day may be changed up to so many days afterwards, with a reason (docs/rules.md, "Changes of a calendar")."""


@dataclass(frozen=True)
class CalendarChange:
    """What is asked for. Only the given parts change.

    Attributes:
        since: The day from which `week`, `optional_days` and `half_days` hold.
        week: The new hours of the week. They hold until the next planned change of hours.
        optional_days: The new `optional_days` of the rules.
        half_days: The new `half_days` of the rules.
        closed: Single closed days, by name.
        hours: Single days with other hours.
        as_usual: Single days whose own entry is removed, also one of the town.
        municipal: Closed days of the town, by name.
    """

    since: date | None = None
    week: Mapping[str, Intervals] | None = None
    optional_days: tuple[str, ...] | None = None
    half_days: tuple[HalfDay, ...] | None = None
    closed: Mapping[date, str] = field(default_factory=dict)
    hours: Mapping[date, Intervals] = field(default_factory=dict)
    as_usual: frozenset[date] = frozenset()
    municipal: Mapping[date, str] = field(default_factory=dict)

    @property
    def changes_rules(self) -> bool:
        """Whether it changes more than single days."""
        return self.week is not None or self.optional_days is not None or self.half_days is not None

    def days(self) -> Iterator[date]:
        """The single days that it names."""
        return chain(self.closed, self.hours, self.as_usual, self.municipal)


def day_of_effect(change: CalendarChange, today: date, reason: str) -> date:
    """The first day that the change touches.

    Args:
        today: The present day in the calendar's zone.
        reason: Why a past day is changed; empty if no reason was given.

    Raises:
        RefusedError: `nothing_changes`; `no_day` (rules without `since`); `day_past` (rules before today, or a single
            day more than `DAYS_BACK` days ago); `past_without_reason`.
    """
    if change.changes_rules and change.since is None:
        raise RefusedError("no_day", "rules change from a day on")
    if change.changes_rules and change.since and change.since < today:
        raise RefusedError("day_past", f"{change.since} is past", day=change.since)
    days = [*change.days(), *([change.since] if change.changes_rules and change.since else [])]
    if not days:
        raise RefusedError("nothing_changes", "the change is empty")
    first = min(days)
    if first < today - timedelta(days=DAYS_BACK):
        raise RefusedError("day_past", f"{first} is past", day=first)
    if first < today and not reason:
        raise RefusedError("past_without_reason", f"{first} is past: say why", day=first)
    return first


def changed_spec(spec: CalendarSpec, change: CalendarChange) -> CalendarSpec:
    """The written calendar after a change.

    Raises:
        ValidationError: The new hours are invalid, or an optional day is unknown.
    """
    days = {day: what for day, what in spec.days.items() if day not in change.as_usual}
    municipal = {day: name for day, name in spec.municipal_days.items() if day not in change.as_usual}
    content = spec.model_dump() | {
        "days": days | dict(change.closed) | dict(change.hours),
        "municipal_days": municipal | dict(change.municipal),
    }
    if change.changes_rules and change.since:
        content["later"] = {day: rules.model_dump() for day, rules in _later(spec, change, change.since).items()}
    return CalendarSpec.model_validate(content)


def _later(spec: CalendarSpec, change: CalendarChange, since: date) -> dict[date, LaterRules]:
    """The later rules with those that begin on `since`. Planned ones after it keep what they change themselves."""
    new = {
        name: value for name in ("week", "optional_days", "half_days") if (value := getattr(change, name)) is not None
    }
    before = spec.rules_on(since)
    own = {name: getattr(before, name) for name in ("week", "optional_days", "half_days")}
    later = {day: each for day, each in spec.later.items() if day < since}
    later[since] = LaterRules.model_validate(own | new)
    for day in sorted(day for day in spec.later if day > since):
        planned = {name: getattr(spec.later[day], name) for name in own}
        new = {name: value for name, value in new.items() if planned[name] == own[name]}
        later[day] = LaterRules.model_validate(planned | new)
    return later


def next_version(spec: CalendarSpec, former: ResolvedDays, effect: date, last_year: int) -> ResolvedDays:
    """The resolved days of the version that follows: the former ones before its day of effect, then its own.

    Args:
        spec: The calendar after the change.
        former: The resolved days of the version before.
        effect: The day of effect.
        last_year: The last year whose holidays are resolved.
    """
    own = resolve(spec, effect.year, max(last_year, former.last_year or last_year))
    return ResolvedDays(
        holidays={
            **{day: name for day, name in former.holidays.items() if day < effect},
            **{day: name for day, name in own.holidays.items() if day >= effect},
        },
        special_days={
            **{day: hours for day, hours in former.special_days.items() if day < effect},
            **{day: hours for day, hours in own.special_days.items() if day >= effect},
        },
        first_year=former.first_year,
        last_year=own.last_year,
        source=own.source,
    )


def days_that_differ(
    former: BusinessCalendar, new: BusinessCalendar, first: date, last: date
) -> Iterator[tuple[Day, Day]]:
    """The days from first to last whose hours or names differ, before and after."""
    day = first
    while day <= last:
        before, after = former.day(day), new.day(day)
        if before != after:
            yield before, after
        day += timedelta(days=1)

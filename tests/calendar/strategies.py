"""Random calendars, in zones and years with unusual clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from hypothesis import strategies as st

from atendimento_tui.calendar import BusinessCalendar
from tests.calendar.oracle import Hours, Oracle, Pause

# A zone, and instants near which its offset changes.
STRANGE: list[tuple[str, str]] = [
    ("America/Sao_Paulo", "2018-11-04T03:00+00:00"),  # 00:00 becomes 01:00: the day has no midnight
    ("America/Sao_Paulo", "2019-02-17T02:00+00:00"),  # 00:00 becomes 23:00 of the day before
    ("America/Sao_Paulo", "2026-05-01T12:00+00:00"),  # nothing happens any more
    ("America/Recife", "2000-10-12T03:00+00:00"),  # two changes within a week
    ("America/St_Johns", "2006-10-29T02:31+00:00"),  # at 00:01, by a zone of half an hour
    ("America/St_Johns", "2011-03-13T03:31+00:00"),
    ("America/New_York", "2024-03-10T07:00+00:00"),
    ("America/New_York", "2024-11-03T06:00+00:00"),
    ("America/Scoresbysund", "2025-03-30T01:00+00:00"),  # the last hour of a day is skipped
    ("Europe/Berlin", "2037-10-25T01:00+00:00"),
    ("Europe/Berlin", "2450-03-27T01:00+00:00"),  # far ahead, where only the rule is left
    ("Asia/Tehran", "2015-03-21T20:30+00:00"),
    ("Australia/Lord_Howe", "2024-04-06T15:00+00:00"),  # half an hour
    ("Pacific/Apia", "2011-12-30T10:00+00:00"),  # a whole date is skipped
    ("Pacific/Kwajalein", "1993-08-21T12:00+00:00"),
    ("Antarctica/Troll", "2023-03-26T01:00+00:00"),  # two hours
    ("Africa/Casablanca", "2030-01-06T02:00+00:00"),
    ("America/Manaus", "1914-01-01T04:00:04+00:00"),  # from the sun's time, odd to the second
    ("UTC", "2024-02-29T00:00+00:00"),
]

MINUTE = timedelta(minutes=1)
CLOCK: TypeAlias = timedelta


@dataclass(frozen=True)
class Case:
    """A calendar and its oracle, about an instant."""

    oracle: Oracle
    about: datetime

    @property
    def calendar(self) -> BusinessCalendar:
        oracle = self.oracle
        return BusinessCalendar(oracle.week, oracle.tz, oracle.holidays, oracle.special, oracle.later)


def clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


@st.composite
def day_hours(draw: st.DrawFn, least: int = 0) -> Hours:
    """Up to three intervals; often a whole day, and often round midnight."""
    if draw(st.integers(0, 4)) == 0:
        return [(time(0), time(0))]
    edge = st.one_of(st.integers(0, 1440), st.sampled_from([0, 1, 30, 60, 120, 150, 1380, 1410, 1440]))
    count = draw(st.integers(least, 3))
    edges = sorted(draw(st.lists(edge, min_size=2 * count, max_size=2 * count, unique=True)))
    return [(clock(start), clock(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


@st.composite
def cases(draw: st.DrawFn, step: timedelta = MINUTE) -> Case:
    """A calendar near an unusual instant; with a step of a minute only if the zone changes at whole minutes."""
    tz, instant = draw(st.sampled_from(STRANGE))
    about = datetime.fromisoformat(instant)
    if about.second and step == MINUTE:
        step = timedelta(seconds=1)
    week = draw(st.dictionaries(st.integers(0, 6), day_hours(), max_size=7))
    week[about.weekday()] = draw(day_hours(least=1))
    near = st.integers(-4, 4).map(lambda days: (about + timedelta(days)).date())
    names = st.sampled_from(["Natal", "Finados", "Carnaval"])
    holidays: dict[date, str] = draw(st.dictionaries(near, names, max_size=3))
    special: dict[date, Hours] = draw(st.dictionaries(near, day_hours(), max_size=3))
    weeks = st.dictionaries(st.integers(0, 6), day_hours(), max_size=7)
    later = draw(st.dictionaries(near, weeks, max_size=2)) if draw(st.booleans()) else {}
    if later:  # the last one opens, as the first does: the properties count for years
        later[max(later)][about.weekday()] = draw(day_hours(least=1))
    return Case(Oracle(week, tz, holidays, special, step, later), about)


def instants(case: Case, reach: timedelta) -> st.SearchStrategy[datetime]:
    """Instants on the case's steps, near the change."""
    step = case.oracle.step
    count = st.one_of(st.integers(-2, 2), st.integers(-(reach // step), reach // step))
    return count.map(lambda n: case.about.astimezone(UTC) + n * step)


def lengths(case: Case, most: timedelta) -> st.SearchStrategy[timedelta]:
    """Positive lengths in whole steps."""
    return st.integers(1, most // case.oracle.step).map(lambda n: n * case.oracle.step)


@st.composite
def pauses(draw: st.DrawFn, case: Case, reach: timedelta) -> list[Pause]:
    """A few pauses in order; they may touch but not overlap."""
    ends = sorted(draw(st.lists(instants(case, reach), max_size=6)))
    names = st.sampled_from(["cliente", "fornecedor"])
    return [(start, end, draw(names)) for start, end in zip(ends[::2], ends[1::2], strict=False)]

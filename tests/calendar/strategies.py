"""Random calendars, in zones and years with unusual clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeAlias, TypeVar

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
ValueT = TypeVar("ValueT")


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


# Strategies are made once: hypothesis examines each new one again, which takes longer than drawing from it.

_ONE_OF_FIVE = st.integers(0, 4)
_EDGE = st.one_of(st.integers(0, 1440), st.sampled_from([0, 1, 30, 60, 120, 150, 1380, 1410, 1440]))
_COUNTS = [st.integers(least, 3) for least in range(2)]
_EDGES = [st.lists(_EDGE, min_size=2 * count, max_size=2 * count, unique=True) for count in range(4)]


@st.composite
def _day_hours(draw: st.DrawFn, least: int) -> Hours:
    if draw(_ONE_OF_FIVE) == 0:
        return [(time(0), time(0))]
    edges = sorted(draw(_EDGES[draw(_COUNTS[least])]))
    return [(clock(start), clock(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


_DAY_HOURS = _day_hours(least=0)
"""Up to three intervals; often a whole day, and often round midnight."""

_OPEN_DAY_HOURS = _day_hours(least=1)
"""As `_DAY_HOURS`, but not closed all day."""

WEEKS = st.dictionaries(st.integers(0, 6), _DAY_HOURS, max_size=7)

_NEAR = st.integers(-4, 4)
_HOLIDAYS = st.dictionaries(_NEAR, st.sampled_from(["Natal", "Finados", "Carnaval"]), max_size=3)
_SPECIAL = st.dictionaries(_NEAR, _DAY_HOURS, max_size=3)
_LATER = st.dictionaries(_NEAR, WEEKS, max_size=2)
"""Days before or after the instant of a case -> what is there."""

_STRANGE = st.sampled_from(STRANGE)
_PAUSED_BY = st.sampled_from(["cliente", "fornecedor"])


@st.composite
def cases(draw: st.DrawFn, step: timedelta = MINUTE) -> Case:
    """A calendar near an unusual instant; with a step of a minute only if the zone changes at whole minutes."""
    tz, instant = draw(_STRANGE)
    about = datetime.fromisoformat(instant)
    if about.second and step == MINUTE:
        step = timedelta(seconds=1)
    week = draw(WEEKS)
    week[about.weekday()] = draw(_OPEN_DAY_HOURS)

    def near(found: dict[int, ValueT]) -> dict[date, ValueT]:
        return {(about + timedelta(days)).date(): value for days, value in found.items()}

    holidays, special = near(draw(_HOLIDAYS)), near(draw(_SPECIAL))
    later = near(draw(_LATER)) if draw(st.booleans()) else {}
    if later:  # the last one opens, as the first does: the properties count for years
        later[max(later)][about.weekday()] = draw(_OPEN_DAY_HOURS)
    return Case(Oracle(week, tz, holidays, special, step, later), about)


@cache
def _steps(most: int) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(-2, 2), st.integers(-most, most))


def instants(case: Case, reach: timedelta) -> st.SearchStrategy[datetime]:
    """Instants on the case's steps, near the change."""
    step = case.oracle.step
    return _steps(reach // step).map(lambda n: case.about.astimezone(UTC) + n * step)


def lengths(case: Case, most: timedelta) -> st.SearchStrategy[timedelta]:
    """Positive lengths in whole steps."""
    return st.integers(1, most // case.oracle.step).map(lambda n: n * case.oracle.step)


@st.composite
def pauses(draw: st.DrawFn, case: Case, reach: timedelta) -> list[Pause]:
    """A few pauses in order; they may touch but not overlap."""
    ends = sorted(draw(st.lists(instants(case, reach), max_size=6)))
    return [(start, end, draw(_PAUSED_BY)) for start, end in zip(ends[::2], ends[1::2], strict=False)]

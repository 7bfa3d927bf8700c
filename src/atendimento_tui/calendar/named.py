"""Calendars as people write them: hours of the week, holidays of a place, half days, days of the town.

A written calendar (`CalendarSpec`) is resolved once, for a span of years, into plain days (`ResolvedDays`). The desk
stores both, so that building the calendar again does not need the `holidays` package.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from importlib.metadata import version
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_validator,
)

from atendimento_tui.calendar.business import BusinessCalendar
from atendimento_tui.calendar.errors import CalendarError, SpecError
from atendimento_tui.calendar.hours import day_spans, week_spans
from atendimento_tui.calendar.written_hours import WEEKDAYS, weekdays
from atendimento_tui.calendar.zones import zone_named

OPTIONAL_DAYS = (
    "Carnaval",
    "Quarta-feira de Cinzas",
    "Corpus Christi",
    "Dia do Servidor Público",
    "Véspera de Natal",
    "Véspera de Ano-Novo",
)
"""Optional days (`pontos facultativos`) as `holidays` names them; each is closed only where a calendar lists it."""

HalfDay: TypeAlias = Literal["cinzas", "24/12", "31/12"]

_ASH_WEDNESDAY = "Quarta-feira de Cinzas"
_HALF_DAYS: Mapping[HalfDay, tuple[str, time, time]] = {
    "cinzas": (_ASH_WEDNESDAY, time(14), time(0)),
    "24/12": ("Véspera de Natal", time(0), time(13)),
    "31/12": ("Véspera de Ano-Novo", time(0), time(13)),
}
"""Key -> name, and the hours between which the desk is open (Portaria MGI 11.460/2025)."""

HALF_DAY_OF: Mapping[str, HalfDay] = {name: word for word, (name, _, _) in _HALF_DAYS.items()}
"""Optional day -> its word in `half_days`, for those that may be half days."""

_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|às?|até)\s*(\d{1,2}):(\d{2})")

Interval: TypeAlias = tuple[time, time]
Intervals: TypeAlias = tuple[Interval, ...]


def _read_interval(written: object) -> object:
    if not isinstance(written, str):
        return written
    match = _INTERVAL.fullmatch(written.strip())
    if match is None:
        raise ValueError(f"“{written}” não é um intervalo como 09:00-18:00")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    try:
        # 24:00 is valid as an end only: the end of the day.
        end = time(0) if (end_hour, end_minute) == (24, 0) else time(end_hour, end_minute)
        return time(start_hour, start_minute), end
    except ValueError as error:
        raise ValueError(f"“{written}” tem uma hora que não existe") from error


def _whole_minutes(interval: Interval) -> Interval:
    # It could not be stored.
    if any(at.second or at.microsecond for at in interval):
        raise ValueError("um intervalo tem horas e minutos, sem segundos")
    return interval


def _write_interval(interval: Interval) -> str:
    start, end = interval
    return f"{start:%H:%M}-{end:%H:%M}"


WrittenInterval: TypeAlias = Annotated[
    Interval, BeforeValidator(_read_interval), AfterValidator(_whole_minutes), PlainSerializer(_write_interval)
]

Week: TypeAlias = dict[str, tuple[WrittenInterval, ...]]
"""Weekdays (`seg`, `seg-sex`, `ter,qui`) -> intervals."""


class LaterRules(BaseModel):
    """Hours and optional days that hold from a date on.

    Attributes:
        week: As that of a `CalendarSpec`.
        optional_days: As those of a `CalendarSpec`.
        half_days: As those of a `CalendarSpec`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, validate_by_name=True, validate_by_alias=True)

    week: Week = Field(validation_alias="semana")
    optional_days: tuple[str, ...] = Field(validation_alias="facultativos", default=())
    half_days: tuple[HalfDay, ...] = Field(validation_alias="meios_expedientes", default=())

    @field_validator("optional_days")
    @classmethod
    def _known_optional(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return _known_optional_days(names)

    @model_validator(mode="after")
    def _validate_hours(self) -> Self:
        _validate_rules(self)
        return self


class WrittenWeek(BaseModel):
    """The part of a written calendar that is needed after its days are resolved.

    A stored calendar is read as this: it stays readable when later versions of `CalendarSpec` refuse it.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, validate_by_name=True, validate_by_alias=True)

    name: str = Field(validation_alias="nome")
    tz: str = Field(validation_alias="fuso", default="America/Sao_Paulo")
    week: Week = Field(validation_alias="semana")
    later: dict[date, LaterRules] = Field(validation_alias="mudancas", default={}, exclude_if=lambda later: not later)
    """The rules that replace the first ones, each from its date on."""

    def hours(self) -> dict[int, Intervals]:
        """The intervals of each weekday in the first week, Monday = 0."""
        return _hours(self.week)

    def later_hours(self) -> dict[date, dict[int, Intervals]]:
        """Date -> the intervals of each weekday from then on."""
        return {day: _hours(rules.week) for day, rules in self.later.items()}


def _hours(week: Week) -> dict[int, Intervals]:
    hours: dict[int, Intervals] = {}
    for words, intervals in week.items():
        for weekday in weekdays(words):
            if weekday in hours:
                raise ValueError(f"“{WEEKDAYS[weekday]}” aparece duas vezes na semana")
            hours[weekday] = intervals
    return hours


class CalendarSpec(WrittenWeek):
    """A calendar as it is written, in TOML or at the first run, and stored.

    Attributes:
        name: Its name.
        week: Weekdays (`seg`, `seg-sex`, `ter,qui`) -> intervals.
        country: `BR`, or empty for no holidays at all.
        uf: The state whose holidays count too.
        optional_days: Those of `OPTIONAL_DAYS` on which the desk does not open.
        half_days: `cinzas` opens at 14h; `24/12` and `31/12` close at 13h.
        days: Other days: date -> the name of a closed day, or the intervals of a day with other hours.
        municipal_days: Closed days of the town, by name (see `town_days`).
        later: Rules (hours, optional days) that replace these from a date on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    name: str = Field(validation_alias="nome", min_length=1)
    country: Literal["BR", ""] = Field(validation_alias="pais", default="BR")
    uf: str | None = None
    optional_days: tuple[str, ...] = Field(validation_alias="facultativos", default=())
    half_days: tuple[HalfDay, ...] = Field(validation_alias="meios_expedientes", default=())
    days: dict[date, str | tuple[WrittenInterval, ...]] = Field(validation_alias="dias", default={})
    municipal_days: dict[date, str] = Field(validation_alias="municipais", default={})

    @field_validator("optional_days")
    @classmethod
    def _known_optional(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return _known_optional_days(names)

    @model_validator(mode="after")
    def _validate_hours(self) -> Self:
        """Wrong hours or zones are refused here, when the calendar is written, and not at its first use."""
        try:
            zone_named(self.tz)
            for day, what in self.days.items():
                day_spans(() if isinstance(what, str) else what, day)
        except CalendarError as error:
            raise ValueError(str(error)) from error
        _validate_rules(self)
        return self

    def rules_on(self, day: date) -> "CalendarSpec | LaterRules":
        """The rules that hold on a day."""
        rules = self.rules()
        return rules[max(each for each in rules if each <= day)]

    def rules(self) -> dict[date, "CalendarSpec | LaterRules"]:
        """Date -> the rules that hold from then on, in order; the first ones hold from `date.min`."""
        return {date.min: self, **dict(sorted(self.later.items()))}


def _known_optional_days(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in OPTIONAL_DAYS:
            raise ValueError(f"“{name}” não é um ponto facultativo conhecido; há {', '.join(OPTIONAL_DAYS)}")
    return names


def _validate_rules(rules: CalendarSpec | LaterRules) -> None:
    try:
        week_spans(_hours(rules.week))
    except CalendarError as error:
        raise ValueError(str(error)) from error
    for word in rules.half_days:
        if _HALF_DAYS[word][0] in rules.optional_days:
            raise ValueError(f"“{_HALF_DAYS[word][0]}” não pode ser dia fechado e meio expediente")


class ResolvedDays(BaseModel):
    """The days on which a calendar differs from its week, resolved for a span of years.

    Attributes:
        holidays: Closed days, by name; also those with other hours, for their name.
        special_days: Days with other hours; they take precedence over the closed ones.
        first_year: The first resolved year; outside these years only the week is known.
        last_year: The last resolved year, inclusive.
        source: The source of the place's holidays, with its version.
    """

    model_config = ConfigDict(frozen=True)

    holidays: dict[date, str] = Field(default={})
    special_days: dict[date, tuple[WrittenInterval, ...]] = Field(default={})
    first_year: int | None = None
    last_year: int | None = None
    source: str = ""


def resolve(spec: CalendarSpec, first_year: int, last_year: int) -> ResolvedDays:
    """The closed and special days of a span of years, from the spec and the `holidays` package.

    Precedence: days written in the spec, days of the town, fixed holidays, optional days.

    Args:
        spec: The calendar as written.
        first_year: The first year to resolve.
        last_year: The last one, inclusive. Days written in the spec and days of the town are kept for any year.

    Raises:
        SpecError: The state is not a Brazilian one.
    """
    closed, special, source = _days_of_place(spec, first_year, last_year)
    for day, name in spec.municipal_days.items():
        is_known = day in closed and day not in special and name not in closed[day].split("; ")
        closed[day] = f"{closed[day]}; {name}" if is_known else name
        special.pop(day, None)
    for day, what in spec.days.items():
        special.pop(day, None)
        if isinstance(what, str):
            closed[day] = what
        else:
            special[day] = what
    return ResolvedDays(
        holidays=dict(sorted(closed.items())),
        special_days=dict(sorted(special.items())),
        first_year=first_year,
        last_year=last_year,
        source=source,
    )


def _days_of_place(
    spec: CalendarSpec, first_year: int, last_year: int
) -> tuple[dict[date, str], dict[date, Intervals], str]:
    """The closed days by name, the half days, and their source."""
    closed: dict[date, str] = {}
    special: dict[date, Intervals] = {}
    if not spec.country:
        return closed, special, ""
    fixed, optional, source = _holidays(spec.uf, first_year, last_year)
    rules = spec.rules()
    for (first, of_period), end in zip(rules.items(), [*list(rules)[1:], date.max], strict=True):
        halves = {_HALF_DAYS[word][0]: _HALF_DAYS[word][1:] for word in of_period.half_days}
        hours = _hours(of_period.week)
        for day, name in optional.items():
            if not first <= day < end:
                continue
            if name in halves and hours.get(day.weekday()):
                special[day] = _between(hours[day.weekday()], *halves[name])
                closed[day] = name  # only its name: a special day takes precedence over a closed one
            elif name in of_period.optional_days:
                closed[day] = name
    for day, name in fixed.items():
        special.pop(day, None)
        closed[day] = name
    return closed, special, source


def build(spec: WrittenWeek, resolved: ResolvedDays) -> BusinessCalendar:
    """The calendar of a spec and its resolved days."""
    return BusinessCalendar(spec.hours(), spec.tz, resolved.holidays, resolved.special_days, spec.later_hours())


def legal_spec(
    tz: str, uf: str | None, municipal_days: Mapping[date, str] | None = None, optional_days: Sequence[str] = ()
) -> CalendarSpec:
    """The calendar of terms in days: Monday to Friday, all day, except the holidays of the place.

    Optional days bind the public service only. They count as business days unless listed, which gives the earlier due
    date.
    """
    return CalendarSpec(
        name="Dias úteis",
        tz=tz,
        week={"seg-sex": ((time(0), time(0)),)},
        uf=uf,
        optional_days=tuple(optional_days),
        municipal_days=dict(municipal_days or {}),
    )


@lru_cache(maxsize=64)
def _holidays(uf: str | None, first_year: int, last_year: int) -> tuple[Mapping[date, str], Mapping[date, str], str]:
    """The fixed and the optional days of the place, and the package's version.

    A desk resolves both of its calendars, and a change of one resolves it twice, always for the same years.

    The language is always given: by default the package uses the machine's locale, which may be English.
    """
    from holidays import country_holidays  # late: slow, and only new calendars need it

    years = range(first_year, last_year + 1)

    def of(category: str) -> dict[date, str]:
        days = country_holidays("BR", subdiv=uf, years=years, language="pt_BR", categories=(category,))
        return {day: str(name) for day, name in days.items()}

    try:
        return of("public"), of("optional"), f"holidays {version('holidays')}"
    except NotImplementedError as error:
        raise SpecError("unknown_uf", f"{uf!r} is no state of Brazil", uf=uf) from error


def _between(intervals: Intervals, opening: time, closing: time) -> Intervals:
    """The parts of the intervals from opening to closing; a time(0) closing is the end of the day."""

    def end_key(at: time) -> tuple[bool, time]:
        return at == time(0), at

    clipped = ((max(start, opening), min(end, closing, key=end_key)) for start, end in intervals)
    return tuple((start, end) for start, end in clipped if end == time(0) or start < end)

"""Calendars: their versions, what a change would do, and its confirmation.

A change is previewed first. Confirming it writes the next version of the calendar, which new tickets use at once; the
clocks that run are moved afterwards (`services/calendar_moves.py`).
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from atendimento_tui.calendar import BusinessCalendar, RefusedError
from atendimento_tui.calendar.changes import (
    DAYS_BACK,
    CalendarChange,
    changed_spec,
    day_of_effect,
    days_that_differ,
    next_version,
)
from atendimento_tui.calendar.named import HALF_DAY_OF, OPTIONAL_DAYS, CalendarSpec, ResolvedDays, build
from atendimento_tui.contracts.calendars import CalendarPreview, CalendarVersion, MovedClock
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries.calendars import (
    newest_version,
    ticket_labels,
    tickets_running_on,
    tickets_to_tell,
    told_dates_of,
    versions_of,
)
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.calendars import YEARS_AHEAD, insert_version, written_calendar
from atendimento_tui.data.repositories.clocks import all_clocks
from atendimento_tui.data.written import checked_week, problem_of
from atendimento_tui.domain import calendar_moves
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.calendar_moves import Calendars
from atendimento_tui.domain.clocks import term_of
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import folded, written
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.trail import Stream, Value
from atendimento_tui.domain.words import DECEMBER
from atendimento_tui.services import openings
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import typed_day

AREA = "calendario"
"""Area of the streams of calendars; the key is the number of the series."""

DAYS_AT_MOST = 60
"""Maximum changed days that a preview lists."""

_YEARS_SHOWN = 3
"""Years after the day of effect in which a preview looks for changed days."""

_AT_ONCE = 500
_CANDIDATE = 0
"""Stands for the number of the version that a preview does not write."""


@dataclass(frozen=True)
class _Next:
    """The version that would follow."""

    base: CalendarVersion
    series: Sequence[CalendarVersion]
    former: CalendarSpec
    spec: CalendarSpec
    resolved: ResolvedDays
    before: BusinessCalendar
    after: BusinessCalendar
    effect: date


@needs(Permission.USE)
def calendars(desk: Desk) -> list[CalendarVersion]:
    """The newest version of each calendar, the desk's own first."""
    with reading(desk.engine) as connection:
        return _newest(connection)


@needs(Permission.USE)
def versions(desk: Desk, name: str) -> list[CalendarVersion]:
    """The versions of a calendar, the newest first.

    Raises:
        Refused: There is no such calendar.
    """
    with reading(desk.engine) as connection:
        return versions_of(connection, _named(connection, name).series)[::-1]


@needs(Permission.USE)
def calendar(desk: Desk, name: str) -> tuple[CalendarVersion, CalendarSpec, BusinessCalendar]:
    """The newest version of a calendar, as it is written and as it counts.

    Raises:
        Refused: There is no such calendar.
    """
    with reading(desk.engine) as connection:
        version = _named(connection, name)
        spec, _ = written_calendar(connection, version.id)
        return version, spec, desk.calendar(version.id, connection)


@needs(Permission.USE)
def without_next_year(desk: Desk, now: datetime) -> list[str]:
    """In December: the desk's own calendars that lack own or town holidays of the next year (`lacks_next_year`)."""
    today = now.astimezone(desk.zone).date()
    if today.month != DECEMBER:
        return []
    found = []
    with reading(desk.engine) as connection:
        for version in _newest(connection)[:2]:
            spec, _ = written_calendar(connection, version.id)
            if lacks_next_year(spec, today.year):
                found.append(version.name)
    return found


def lacks_next_year(spec: CalendarSpec, year: int) -> bool:
    """Whether a holiday of the town in this year has no namesake in the next one, or own days have no successor at all.

    A town's holidays return under their names; own days, as a day of mourning, may be single.
    """
    names = {
        wanted: {folded(name) for day, name in spec.municipal_days.items() if day.year == wanted}
        for wanted in (year, year + 1)
    }
    years = {day.year for day in (*spec.municipal_days, *spec.days)}
    return bool(names[year] - names[year + 1]) or (year in years and year + 1 not in years)


def change_of_hours(typed: str, since: str) -> CalendarChange:
    """The change to other hours of the week.

    Args:
        typed: `seg-sex 8-12 13-18`.
        since: The day from which they hold, as people write days.

    Raises:
        Refused: They cannot be read.
    """
    wrong = Wrong()
    week: dict[str, Any] = {}
    day = None
    with wrong.at("hours"):
        week = checked_week(typed)
    with wrong.at("since"):
        day = typed_day(since)
    wrong.refuse()
    return CalendarChange(since=day, week=week)


def change_of_day(day: str, name: str = "", hours: str = "") -> CalendarChange:
    """The change of a single day: closed by a name, or with other hours.

    Args:
        day: As people write days.
        name: Why it is closed: the holiday's name.
        hours: Its hours, `8-12`; empty for a closed day.

    Raises:
        Refused: They cannot be read; a closed day has no name.
    """
    wrong = Wrong()
    with wrong.at("day"):
        at = typed_day(day)
    with wrong.at("hours"):
        intervals = checked_week(f"seg {hours}")["seg"] if hours.strip() else ()
    with wrong.at("name"):
        called = written(name).strip()
        if not called and not hours.strip():
            raise Refused("dia_sem_nome")
    wrong.refuse()
    return CalendarChange(hours={at: intervals}) if intervals else CalendarChange(closed={at: called})


OPTIONAL = ("fecha", "meio", "abre")
"""What a desk does on an optional day: it is closed, open for half a day, or open as usual."""


def optional_days() -> tuple[str, ...]:
    """The optional days of the place, by name."""
    return OPTIONAL_DAYS


@needs(Permission.CALENDARS)
def change_of_optional_day(desk: Desk, name: str, day: str, how: str, since: str) -> CalendarChange:
    """The change of what a calendar does on an optional day of the place (`ponto facultativo`), each year.

    Args:
        name: The calendar's name.
        day: The optional day, one of `OPTIONAL_DAYS`; case and accents do not matter.
        how: One of `OPTIONAL`.
        since: The day from which it holds, as people write days.

    Raises:
        Refused: There is no such calendar or optional day; it has no half day; it is no day.
    """
    _, spec, _ = calendar(desk, name)
    wrong = Wrong()
    first = found = None
    with wrong.at("since"):
        first = typed_day(since)
    with wrong.at("day"):
        found = next((each for each in OPTIONAL_DAYS if folded(each) == folded(day)), None)
        if found is None:
            raise Refused("facultativo_sem_nome", name=day, known=", ".join(OPTIONAL_DAYS))
        if how == "meio" and found not in HALF_DAY_OF:
            raise Refused("facultativo_sem_meio", name=found, known=", ".join(HALF_DAY_OF))
    wrong.refuse()
    assert first, "a day that cannot be read was refused"
    assert found, "an unknown name was refused"
    rules = spec.rules_on(first)
    closed = tuple(each for each in rules.optional_days if each != found)
    halves = tuple(each for each in rules.half_days if each != HALF_DAY_OF.get(found))
    return CalendarChange(
        since=first,
        optional_days=(*closed, found) if how == "fecha" else closed,
        half_days=(*halves, HALF_DAY_OF[found]) if how == "meio" else halves,
    )


def change_back(day: str) -> CalendarChange:
    """The change by which a single day is again as the week and the holidays of the place say.

    Raises:
        Refused: It is no day.
    """
    return CalendarChange(as_usual=frozenset((typed_day(day),)))


@needs(Permission.CALENDARS)
def preview(desk: Desk, name: str, change: CalendarChange, now: datetime, reason: str = "") -> CalendarPreview:
    """What a change would do, without writing anything.

    Args:
        name: The calendar's name; `expediente` and `legal` are the desk's own.
        reason: Why a past day is changed.

    Raises:
        Refused: There is no such calendar; the change is empty, invalid, or of a day that is past.
    """
    with reading(desk.engine) as connection:
        new = _next(desk, connection, name, change, now, reason)
        moves, running = _moves(desk, connection, new)
    last = date(min(new.effect.year + _YEARS_SHOWN, date.max.year), 12, 31)
    differ = list(islice(days_that_differ(new.before, new.after, new.effect, last), DAYS_AT_MOST + 1))
    groups = Counter(move.group or "" for move in moves)
    shown, more = tuple(differ[:DAYS_AT_MOST]), len(differ) > DAYS_AT_MOST
    return CalendarPreview(new.base, new.effect, shown, more, tuple(moves), running, dict(groups.most_common()))


@needs(Permission.CALENDARS)
def confirm(desk: Desk, name: str, change: CalendarChange, seen: int, now: datetime, reason: str = "") -> int:
    """Write the version that follows from a change. New tickets use it at once, and so does the agenda of its sites.

    Args:
        seen: The number of the version that the preview followed.

    Returns:
        The number of the new version.

    Raises:
        Refused: As `preview`; or somebody has changed the calendar since the preview. Nothing was written.
    """
    actor = desk.actor.person
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.CALENDARS)
        advisory_lock(connection, "calendarios")
        new = _next(desk, connection, name, change, now, reason)
        if new.base.id != seen:
            last = versions_of(connection, new.base.series)[-1]
            at = last.created_at.astimezone(desk.zone)
            raise Refused("calendario_alterado", calendar=last.name, actor=last.confirmed_by, at=at)
        number = insert_version(
            connection,
            new.base,
            new.spec,
            new.resolved,
            effective_from=new.effect,
            actor=actor,
            at=now.astimezone(UTC),
            reason=written(reason).strip(),
        )
        stream, changes = Stream(AREA, str(new.base.series)), dict(_changes(new, written(reason).strip()))
        trail.record(connection, stream, "alterado", actor=actor, at=now, changes=changes)
        desk.learn_calendars(newest_version(connection), connection)
        own = {"expediente": desk.unit.hours_calendar, "legal": desk.unit.legal_calendar}
        names = {new.base.name, *(name for name, version in own.items() if version == number)}
        openings.of_calendars(desk, connection, names, now)
    return number


def _newest(connection: Connection) -> list[CalendarVersion]:
    by_series = {version.series: version for version in versions_of(connection)}
    own = unit(connection)
    first = (own.hours_calendar, own.legal_calendar) if own else ()
    return sorted(by_series.values(), key=lambda version: (version.id not in first, version.series))


def _named(connection: Connection, name: str) -> CalendarVersion:
    known, own = _newest(connection), unit(connection)
    numbers = {"expediente": own.hours_calendar, "legal": own.legal_calendar} if own else {}
    wanted = folded(name)
    for version in known:
        if wanted == folded(version.name) or numbers.get(wanted) == version.id:
            return version
    raise Refused("calendario_sem_nome", name=name, known=", ".join(version.name for version in known))


def _next(desk: Desk, connection: Connection, name: str, change: CalendarChange, now: datetime, reason: str) -> _Next:
    base = _named(connection, name)
    former, resolved = written_calendar(connection, base.id)
    today = now.astimezone(ZoneInfo(former.tz)).date()
    try:
        effect = day_of_effect(change, today, written(reason).strip())
        spec = changed_spec(former, change)
        new = next_version(spec, resolved, effect, today.year + YEARS_AHEAD)
        after = build(spec, new)
    except RefusedError as error:
        raise _refusal(error) from error
    except ValidationError as error:
        raise Refused("calendario_invalido", problem=problem_of(error)[1]) from error
    series = versions_of(connection, base.series)
    return _Next(base, series, former, spec, new, desk.calendar(base.id, connection), after, effect)


def _refusal(error: RefusedError) -> Refused:
    day = error.values.get("day")
    match error.code:
        case "nothing_changes":
            return Refused("calendario_sem_mudanca")
        case "no_day":
            return Refused("calendario_sem_dia")
        case "past_without_reason":
            return Refused("calendario_sem_motivo", day=day)
        case _:
            return Refused("calendario_no_passado", day=day, days=DAYS_BACK)


def _moves(desk: Desk, connection: Connection, new: _Next) -> tuple[list[MovedClock], int]:
    """The clocks that would move, the largest move first, and the number of all that run on the calendar."""
    newest = {version.id: _CANDIDATE for version in new.series}

    def calendar_of(version: int) -> BusinessCalendar:
        return new.after if version == _CANDIDATE else desk.calendar(version, connection)

    found: list[MovedClock] = []
    running = 0
    tickets = tickets_running_on(connection, list(newest))
    for start in range(0, len(tickets), _AT_ONCE):
        some = tickets[start : start + _AT_ONCE]
        labels, told = ticket_labels(connection, some), told_dates_of(connection, some)
        for ticket, of_ticket in groupby(all_clocks(connection, some), key=itemgetter(0)):
            clocks = Ticket(clocks=tuple(clock for _, clock in of_ticket))
            running += sum(clock.calendar in newest for clock in clocks.live_clocks)
            was_told = [(each.cycle, each.kind, each.calendar) for each in told.get(ticket, ())]
            moves = calendar_moves.moves(clocks, newest, calendar_of, was_told)
            found += _of_ticket(labels[ticket], moves, calendar_of)
    return sorted(found, key=lambda move: (-abs(move.after - move.before), move.protocol, move.kind)), running


def _of_ticket(label: Any, moves: Sequence[calendar_moves.Move], calendar_of: Calendars) -> Iterator[MovedClock]:
    for move in moves:
        if move.before != move.after:
            told = calendar_moves.due_on(move.clock, move.told, calendar_of) if move.told is not None else None
            yield MovedClock(
                label.id, label.protocol, label.service, move.clock.kind, label.group, move.before, move.after, told
            )


@needs(Permission.READ)
def to_tell(desk: Desk) -> list[MovedClock]:
    """The running clocks whose requesters were told another date than that of now, and were not sent the new one.

    Returns:
        For each `before`, the date that was told, and `after`, the date now.
    """
    with reading(desk.engine) as connection:
        tickets = tickets_to_tell(connection)
        labels, told = ticket_labels(connection, tickets), told_dates_of(connection, tickets)
        found = []
        for ticket, of_ticket in groupby(all_clocks(connection, tickets), key=itemgetter(0)):
            dates = {(each.cycle, each.kind, each.calendar): each.due_at for each in told.get(ticket, ())}
            for clock in calendar_moves.to_tell(Ticket(clocks=tuple(clock for _, clock in of_ticket)), dates):
                label, due = labels[ticket], term_of(clock, desk.calendar(clock.calendar, connection)).due_at
                was = dates.get((clock.cycle, clock.kind, clock.told_calendar or 0), due)
                found.append(MovedClock(ticket, label.protocol, label.service, clock.kind, label.group, was, due))
    return found


def _changes(new: _Next, reason: str) -> Iterator[tuple[str, tuple[Value, Value]]]:
    """The parts of the written calendar that change, as texts."""
    yield "vigencia", (None, new.effect.isoformat())
    if reason:
        yield "motivo", (None, reason)
    before, after = new.former.model_dump(mode="json"), new.spec.model_dump(mode="json")
    for part in sorted(before.keys() | after.keys()):
        yield from _differences(part, before.get(part), after.get(part))


def _differences(part: str, before: object, after: object) -> Iterator[tuple[str, tuple[Value, Value]]]:
    if before == after:
        return
    if part in ("days", "municipal_days", "later"):
        old = before if isinstance(before, dict) else {}
        new = after if isinstance(after, dict) else {}
        for day in sorted(old.keys() | new.keys()):
            if old.get(day) != new.get(day):
                yield f"{part} {day}", (_as_text(old.get(day)), _as_text(new.get(day)))
        return
    yield part, (_as_text(before), _as_text(after))


def _as_text(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

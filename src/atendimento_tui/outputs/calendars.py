"""Calendars as lines and as JSON: their versions, a year's closed days, what a change does."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar, Day
from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.calendars import CalendarPreview, CalendarVersion, MovedClock
from atendimento_tui.outputs.as_text import one_line
from atendimento_tui.texts import calendars as texts
from atendimento_tui.texts import formats, words

MOVES_SHOWN = 20
"""Moved clocks that are printed without `--json`."""


def version_line(version: CalendarVersion, zone: ZoneInfo) -> str:
    """The newest version of a calendar, in one line."""
    since = texts.SINCE.format(day=formats.date(version.effective_from)) if version.effective_from else texts.FIRST
    at = formats.date(version.created_at.astimezone(zone))
    who = version.confirmed_by or words.SYSTEM
    return one_line(f"{version.name:20}  {since}  {texts.CONFIRMED.format(at=at, who=who)}")


def week_lines(spec: CalendarSpec) -> Iterator[str]:
    """The hours of the week, those that are planned too."""
    yield one_line(_week(spec.week))
    for day, rules in sorted(spec.later.items()):
        yield one_line(f"{texts.FROM_DAY.format(day=formats.date(day))}: {_week(rules.week)}")


def _week(week: Any) -> str:
    return "; ".join(f"{days} {_hours(hours)}" for days, hours in week.items())


def _hours(hours: Sequence[Any]) -> str:
    if not hours:
        return texts.CLOSED
    return " ".join(f"{formats.clock(start)}-{_end(formats.clock(end))}" for start, end in hours)


def _end(at: str) -> str:
    return "24:00" if at == "00:00" else at


def marked_days(calendar: BusinessCalendar, first: date, last: date) -> Iterator[Day]:
    """The days from first to last that are holidays or have their own hours."""
    day = first
    while day <= last:
        if (found := calendar.day(day)).reason != "closed":
            yield found
        day += timedelta(days=1)


def day_line(day: Day) -> str:
    """A day: its date, its hours, its name."""
    return one_line(f"{formats.weekday(day.date)} {formats.date(day.date)}  {day_text(day)}")


def day_text(day: Day) -> str:
    """The hours of a day, and why they are these."""
    reason = day.name or texts.REASON[day.reason] if day.hours == () or day.reason != "closed" else ""
    return "  ".join(filter(None, (_hours(day.hours), reason)))


def preview_lines(preview: CalendarPreview, zone: ZoneInfo, at_most: int = MOVES_SHOWN) -> Iterator[str]:
    """What a change does: the days, the number of clocks by group, the largest moves."""
    yield texts.EFFECT.format(name=preview.base.name, day=formats.date(preview.effect))
    for before, after in preview.days:
        yield one_line(
            f"  {formats.weekday(after.date)} {formats.date(after.date)}: {day_text(before)} → {day_text(after)}"
        )
    if preview.more_days:
        yield f"  {texts.MORE_DAYS}"
    yield texts.MOVES.format(count=formats.number(len(preview.moves)), running=formats.number(preview.running))
    for group, count in preview.by_group.items():
        yield one_line(f"  {group or texts.NO_GROUP}: {formats.number(count)}")
    for move in preview.moves[:at_most]:
        yield move_line(move, zone)
    if len(preview.moves) > at_most:
        yield f"  {texts.MORE_MOVES.format(count=formats.number(len(preview.moves) - at_most))}"


def move_line(move: MovedClock, zone: ZoneInfo) -> str:
    """A clock that moves: from when to when, and the date that was told."""
    before, after = (formats.instant(at.astimezone(zone)) for at in (move.before, move.after))
    told = texts.WAS_TOLD.format(due=formats.instant(move.told.astimezone(zone))) if move.told else ""
    name = words.clock(move.kind)
    return one_line("  ".join(("", formats.protocol_groups(move.protocol), name, f"{before} → {after}{told}")))


def untold_text(move: MovedClock, zone: ZoneInfo) -> str:
    """The date that was told, and the date now."""
    told, due = (formats.instant(at.astimezone(zone)) for at in (move.before, move.after))
    return texts.TO_TELL_LINE.format(told=told, due=due)


def untold_line(move: MovedClock, zone: ZoneInfo) -> str:
    """A ticket whose requester was told another date, as `calendarios a-avisar` lists it."""
    about = (formats.protocol_groups(move.protocol), move.service, words.clock(move.kind), untold_text(move, zone))
    return one_line("  ".join(about))


def untold_json(move: MovedClock) -> dict[str, Any]:
    """The same, as JSON."""
    return {
        "protocolo": move.protocol,
        "servico": move.service,
        "grupo": move.group,
        "tipo": move.kind,
        "informado": move.before.isoformat(),
        "vence": move.after.isoformat(),
    }


def version_json(version: CalendarVersion) -> dict[str, Any]:
    """A version, as `calendarios listar --json` lists it."""
    return {
        "nome": version.name,
        "versao": version.id,
        "vigencia": version.effective_from.isoformat() if version.effective_from else None,
        "confirmada_em": version.created_at.isoformat(),
        "confirmada_por": version.confirmed_by,
        "motivo": version.reason,
    }


def day_json(day: Day) -> dict[str, Any]:
    """A day."""
    hours = [f"{formats.clock(start)}-{_end(formats.clock(end))}" for start, end in day.hours]
    return {"dia": day.date.isoformat(), "horas": hours, "motivo": day.reason, "nome": day.name}


def preview_json(preview: CalendarPreview) -> dict[str, Any]:
    """What a change does."""
    return {
        "calendario": preview.base.name,
        "vigencia": preview.effect.isoformat(),
        "dias": [{"antes": day_json(before), "depois": day_json(after)} for before, after in preview.days],
        "correndo": preview.running,
        "por_grupo": dict(preview.by_group),
        "movidos": [
            {
                "protocolo": move.protocol,
                "servico": move.service,
                "grupo": move.group,
                "tipo": move.kind,
                "antes": move.before.isoformat(),
                "depois": move.after.isoformat(),
                "informado": move.told.isoformat() if move.told else None,
            }
            for move in preview.moves
        ],
    }

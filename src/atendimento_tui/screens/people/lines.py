"""People and groups as rows of a list and as lines of the panel. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui.contracts.people import GroupRow, GroupView, Held, PersonRow, PersonView
from atendimento_tui.contracts.settings import UnitSettings
from atendimento_tui.contracts.trail import StreamEvent
from atendimento_tui.outputs.as_text import standing_of, standing_with_shift
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import people as texts
from atendimento_tui.texts import settings as setting_texts
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line

Kept: TypeAlias = PersonRow | GroupRow
"""What a row of a list of this place shows. A setting of the unit is only its texts."""

PEOPLE_COLUMNS = (
    (texts.COLUMN_NAME, 18, 3, 4),
    (texts.COLUMN_LOGIN, 12, 1, 1),
    (texts.COLUMN_ROLE, 11, 0, 2),
    (texts.COLUMN_STANDING, 17, 0, 3),
    (texts.COLUMN_GROUPS, 12, 3, 0),
)
GROUP_COLUMNS = ((texts.COLUMN_GROUP, 20, 2, 2), (texts.COLUMN_HELD, 9, 0, 1), (texts.COLUMN_MEMBERS, 16, 4, 0))


UNIT_COLUMNS = ((texts.COLUMN_SETTING, 26, 0, 2), (texts.COLUMN_VALUE, 20, 1, 1))


def unit_rows(settings: UnitSettings) -> list[Line[Kept]]:
    """The settings of the unit."""
    return [
        Line(number, (setting_texts.LABEL[key], str(value)), None)
        for number, (key, value) in enumerate(settings.values.items(), 1)
    ]


def unit_lines(settings: UnitSettings, zone: ZoneInfo) -> list[Content]:
    """What was changed in the unit, newest first."""
    lines = [plain(texts.UNIT_EVENTS, "bold")]
    lines += [line for event in settings.events for line in event_lines(event, settings.names, zone, of_unit=True)]
    return lines if settings.events else [*lines, plain(texts.UNIT_NO_EVENTS)]


def person_row(row: PersonRow) -> Line[Kept]:
    """A person in the list."""
    cells = (row.name, row.login, words.ROLE.get(row.role, row.role), standing_of(row), ", ".join(row.groups))
    return Line(row.id, cells, row, "" if row.is_active else "dim")


def group_row(row: GroupRow) -> Line[Kept]:
    """A group in the list."""
    name = row.name if row.is_active else f"{row.name} ({texts.GROUP_INACTIVE})"
    cells = (name, formats.number(row.held), ", ".join(row.members))
    return Line(row.id, cells, row, "" if row.is_active else "dim")


def person_lines(row: PersonRow, zone: ZoneInfo) -> Iterator[Content]:
    """The facts of a person."""
    yield plain(row.name, "bold")
    yield from _facts(
        (
            (texts.COLUMN_LOGIN, row.login),
            (texts.COLUMN_ROLE, words.ROLE.get(row.role, row.role)),
            (texts.COLUMN_STANDING, standing_with_shift(row, zone)),
            (texts.COLUMN_GROUPS, ", ".join(row.groups)),
            (texts.COLUMN_HOURS, row.hours or texts.HOURS_OF_DESK),
            *([(texts.COLUMN_EMAIL, row.email)] if row.email else []),
        )
    )
    for absence in row.absences:
        days = texts.DAYS.format(first=formats.date(absence.period.first), last=formats.date(absence.period.last))
        yield plain(texts.ABSENCE.format(days=days, reason=absence.reason))


def group_lines(row: GroupRow) -> Iterator[Content]:
    """The facts of a group."""
    yield plain(row.name, "bold")
    if not row.is_active:
        yield plain(texts.GROUP_INACTIVE)
    yield plain(texts.HELD_COUNT.format(count=formats.number(row.held)))
    if row.email:
        yield from _facts([(texts.COLUMN_EMAIL, row.email)])
    yield Content("")
    yield plain(texts.COLUMN_MEMBERS, "bold")
    yield from (plain(name) for name in row.members or (texts.NO_MEMBERS,))


def view_lines(view: PersonView | GroupView, zone: ZoneInfo) -> list[Content]:
    """What somebody holds, and what was changed, newest first."""
    lines = [Content(""), plain(texts.HELD_TITLE.format(count=formats.number(view.row.held)), "bold")]
    lines += held_lines(view.held, view.row.held)
    if isinstance(view, GroupView) and view.services:
        lines += [Content(""), plain(texts.SERVICES_TITLE, "bold"), *map(plain, view.services)]
    lines += [Content(""), plain(texts.EVENTS_TITLE, "bold")]
    return lines + [line for event in view.events for line in event_lines(event, view.names, zone)]


def held_lines(held: Sequence[Held], total: int) -> list[Content]:
    """The tickets that somebody holds, one a line."""
    lines = [
        plain("  ".join((formats.protocol_groups(each.protocol), each.subject, each.group or ""))) for each in held
    ]
    if total > len(held):
        lines.append(plain(texts.HELD_MORE.format(count=formats.number(total - len(held)))))
    return lines or [plain(texts.HELD_NOTHING)]


def event_lines(
    event: StreamEvent, names: Mapping[int, str], zone: ZoneInfo, *, of_unit: bool = False
) -> Iterator[Content]:
    """An event: when, who, what, from what to what."""
    kinds, fields = texts.EVENT, texts.FIELD
    if of_unit:  # which has events of people too: a token of the database's owner
        kinds, fields = {**kinds, **setting_texts.EVENT}, {**fields, **setting_texts.COLUMN}
    at = event.at.astimezone(zone)
    actor = names.get(event.actor or 0, words.SYSTEM)
    yield plain(f"{formats.date(at)} {at:%H:%M}  {actor} {kinds.get(event.kind, event.kind)}")
    for name, (before, after) in event.changes.items():
        was, is_now = (_value(name, value, names) for value in (before, after))
        yield plain(f"    {fields.get(name, name)}: {was} → {is_now}")


def _value(name: str, value: object, names: Mapping[int, str]) -> str:
    if value is None or value == "":
        return words.NOTHING
    if name == "member" and isinstance(value, int):
        return names.get(value, words.NOTHING)
    if name in ("role", "papel"):
        return words.ROLE.get(str(value), str(value))
    if name.endswith("_day"):
        return formats.date(date.fromisoformat(str(value)))
    return str(value)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[Content]:
    for name, value in facts:
        yield Content("").join([plain(f"{name}: ", "bold"), plain(value or words.NOTHING)])

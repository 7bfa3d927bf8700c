"""Import of hours of professionals: a list by its map, or an iCalendar file of one professional.

The same file again changes nothing. What a line names and is not there yet is added.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.providers import AgendaImport, Changed
from atendimento_tui.data.agenda_lists import HOURS, PROVIDER, SITE, read_agenda, read_agenda_map
from atendimento_tui.data.calendar_events import CalendarEvent, of_event, read_events
from atendimento_tui.data.engine import undone_if_refused
from atendimento_tui.data.logs import Progress
from atendimento_tui.data.mapped_csv import MappedLine
from atendimento_tui.data.queries import providers as queries
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.refusals import Refusal, Refused, Wrong
from atendimento_tui.services import availability, providers
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.list_import import Count, batches
from atendimento_tui.services.providers import Change
from atendimento_tui.services.typed_hours import HoursAsked, asked_hours, slot_minutes

_AT_ONCE = 100
"""Lines in one transaction: each may compute the agenda of a professional anew."""

ItemT = TypeVar("ItemT", MappedLine, CalendarEvent)


@dataclass(slots=True)
class _Count(Count):
    """What an import has done so far."""

    unplaced: set[int] = field(default_factory=set)
    unkeyed: int = 0

    def whole(self) -> AgendaImport:
        """The result."""
        done = self.done()
        whole = (done.new, done.changed, done.same, done.problems, done.problems_count, len(self.unplaced))
        return AgendaImport(*whole, self.unkeyed)


class _Trial(Exception):
    """Undoes a transaction of a trial."""


@needs(Permission.SUPPLY)
def import_agenda(
    desk: Desk, path: Path, map_file: Path, now: datetime, progress: Progress, *, trial: bool = False
) -> AgendaImport:
    """Import a list of hours by its map.

    Args:
        progress: Called with bytes read and bytes to read.
        trial: Only say what would be done.

    Raises:
        Refused: The file or its map cannot be read.
    """
    agenda_map, count = read_agenda_map(map_file), _Count()

    def put(it: Change, line: MappedLine) -> Changed:
        said = {word: value.strip() for word, value in line.values.items() if value.strip()}
        specialty = said.get("especialidade", "")
        who = {item: said[word] for word, item in PROVIDER.items() if word in said}
        if specialty:
            does = providers.put(it, providers.SPECIALTY, {"name": specialty}).key
            known = next((each for each in it.known.providers.values() if each.name == who.get("name")), None)
            own = {*(known.specialties if known else ()), does}
            who["specialties"] = it.known.names_of(sorted(own))
        doctor = providers.put(it, providers.PROVIDER, who).key
        site = providers.put(it, providers.SITE, {item: said[word] for word, item in SITE.items() if word in said}).key
        one, where = it.known.providers[doctor], it.known.sites[site]
        named = {"provider": one.registration or one.name, "site": f"{where.name}, {where.city}"}
        hours = {item: said[word] for word, item in HOURS.items() if word in said}
        asked = asked_hours(it, named | {"specialty": specialty} | hours)
        if key := said.get("chave"):
            asked = [
                replace(each, source=agenda_map.nome, source_key=f"{key} {number}")
                for number, each in enumerate(asked, start=1)
            ]
        done = availability.put_hours(it, asked, line=key or "")
        count.unkeyed += done.is_new and not key
        return done

    def whole() -> Iterator[MappedLine]:
        for line in read_agenda(path, agenda_map, progress):
            if line.problem:
                count.leave_out(line.number, line.problem)
            else:
                yield line

    _import(desk, whole(), lambda line, problem: count.leave_out(line.number, problem), put, count, now, trial=trial)
    return count.whole()


@needs(Permission.SUPPLY)
def import_calendar(
    desk: Desk,
    path: Path,
    now: datetime,
    *,
    provider: str | int,
    site: str,
    specialty: str = "",
    slot: str = "",
    trial: bool = False,
) -> AgendaImport:
    """Import the events of an iCalendar file as hours of a professional at a site.

    Args:
        provider: Their name, number of the council, or id.
        slot: The minutes of a slot, as typed; empty for the usual ones.
        trial: Only say what would be done.

    Raises:
        Refused: There is no such professional or site; the file cannot be read.
    """
    count, known, wrong = _Count(), providers.supply(desk), Wrong()
    who = where = only = None
    minutes, events, problems = 0, list[CalendarEvent](), list[tuple[int, Refusal]]()
    with wrong.at("provider"):
        who = providers.provider_named(known, provider)
    with wrong.at("site"):
        where = providers.site_named(known, site)
    with wrong.at("specialty"):
        only = providers.specialty_named(known, specialty).id if specialty.strip() else None
    with wrong.at("slot"):
        minutes = slot_minutes(slot)
    with wrong.at("file"):
        events, problems = read_events(path, ZoneInfo(ZONE_OF_UF[where.state if where else desk.unit.uf]))
    wrong.refuse()
    assert who, "an unknown name was refused"
    assert where, "an unknown name was refused"
    for number, problem in problems:
        count.leave_out(number, problem)

    def put(it: Change, event: CalendarEvent) -> Changed:
        asked = HoursAsked(
            who.id,
            where.id,
            only,
            event.rule,
            event.first,
            event.until,
            event.starts,
            event.ends,
            minutes,
            zone=event.zone,
            left_out=event.left_out,
            added=event.added,
            source="icalendar",
            source_key=event.key,
        )
        return availability.put_hours(it, [asked])

    def leave_out(event: CalendarEvent, problem: Refusal) -> None:
        count.leave_out(event.number, of_event(event.title, problem))

    _import(desk, events, leave_out, put, count, now, trial=trial)
    return count.whole()


def _import(
    desk: Desk,
    items: Iterable[ItemT],
    leave_out: Callable[[ItemT, Refusal], None],
    put: Callable[[Change, ItemT], Changed],
    count: _Count,
    now: datetime,
    *,
    trial: bool,
) -> None:
    for some in batches(items, _AT_ONCE):
        with suppress(_Trial), providers.changing(desk, now) as it:
            for item in some:
                try:
                    with undone_if_refused(it.connection):
                        done = put(it, item)
                except Refused as refused:
                    it.known = queries.supply(it.connection)
                    wrong = next(iter(refused.refusal.beside.values()), refused.refusal)
                    leave_out(item, wrong)
                    continue
                count.new += done.is_new
                count.changed += bool(done.fields) and not done.is_new
                count.same += not done.fields
                count.unplaced.update(done.unplaced)
            if trial:
                raise _Trial

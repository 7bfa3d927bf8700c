"""The people of the desk: adding, changing, leaving; and what all changes of people and groups share.

Each function is one transaction. The same request again changes nothing: a person who has the wanted values already is
returned as they are. Who leaves is deactivated, never deleted, so that the history keeps the name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.named import CalendarSpec, ResolvedDays, build
from atendimento_tui.contracts.people import GroupRow, Held, PersonRow, PersonView, Staff
from atendimento_tui.data.engine import Connection, advisory_lock, instant, reading, writing
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.data.queries.access import WAY_IN, on_duty
from atendimento_tui.data.queries.people import members_of, person_names
from atendimento_tui.data.queries.processes import secret_groups
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import staff as rows
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.calendars import written_calendar
from atendimento_tui.data.written import checked_week
from atendimento_tui.domain.access import Actor, Permission, Role, may_change_members, reach
from atendimento_tui.domain.accounts import PRESENT_FOR, WINDOW
from atendimento_tui.domain.people import Shift, must_keep_a_supervisor, shift_at
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import Changes, Stream, group_stream, person_stream
from atendimento_tui.services.access_control import needs, require_now, secrets_opened
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.person_items import FIELDS, Facts, facts_of

HELD_SHOWN = 50
"""Tickets of a person or a group that are shown together."""

LOCK = "pessoas"
"""The advisory lock of people and groups: their rules are about all of them together."""


@dataclass(slots=True)
class Change:
    """A change of people and groups, in its transaction.

    Attributes:
        actor: Who asks, as the database has them now.
        seen: The version that the person saw; None changes the present one.
        known: The people and groups before the change.
    """

    connection: Connection
    desk: Desk
    actor: Actor
    now: datetime
    seen: int | None
    known: Staff

    @property
    def today(self) -> date:
        """The local day."""
        return day_of(self.desk.zone, self.now)

    def must_be_seen(self, stream: Stream, version: int, name: str) -> None:
        """Refuse a change of what somebody else has changed meanwhile."""
        if self.seen is None or self.seen == version:
            return
        last = events_of(self.connection, stream)[-1:]
        actor = person_names(self.connection).get(last[0].actor or 0) if last else None
        raise Refused("cadastro_mudou", name=name, actor=actor, version=version)

    def record(self, stream: Stream, kind: str, changes: Changes = MappingProxyType({})) -> None:
        """Write the event of the change."""
        trail.record(self.connection, stream, kind, actor=self.desk.actor.person, at=self.now, changes=changes)

    def may_change_members(self, groups: Iterable[GroupRow]) -> None:
        """Refuse a change of a secret group by somebody who is not in it."""
        secret = secret_groups(self.connection)
        for group in groups:
            members = members_of(self.connection, group.id) if group.id in secret else ()
            if not may_change_members(self.actor, group.id, members, secret):
                raise Refused("grupo_so_membros", name=group.name)

    def set_active(self, row: PersonRow | GroupRow, *, active: bool, check: Callable[[], None] = lambda: None) -> None:
        """Deactivate or reactivate a person or a group; nothing happens if that is so already.

        Args:
            check: Refuses what is not allowed.

        Raises:
            Refused: As `must_be_seen` and `check`.
        """
        if row.is_active == active:
            return
        is_person = isinstance(row, PersonRow)
        stream = person_stream(row.id) if is_person else group_stream(row.id)
        self.must_be_seen(stream, row.version, row.name)
        check()
        update = rows.update_person if is_person else rows.update_group
        update(self.connection, row.id, row.version, active=active)
        kind = ("reativada" if active else "desativada") if is_person else ("reativado" if active else "desativado")
        self.record(stream, kind)

    def person_after(self, person: int) -> PersonRow:
        """A person as the change leaves them."""
        return person_of(queries.staff(self.connection, self.today), person)


@needs(Permission.PEOPLE)
@contextmanager
def changing(desk: Desk, now: datetime, seen: int | None = None) -> Iterator[Change]:
    """A transaction that changes people or groups. Others wait.

    Raises:
        Refused: The person who asks has lost the right meanwhile.
    """
    with writing(desk.engine) as connection:
        advisory_lock(connection, LOCK)
        known = queries.staff(connection, day_of(desk.zone, now))
        yield Change(connection, desk, require_now(connection, desk, Permission.PEOPLE), now, seen, known)


@needs(Permission.USE)
def staff(desk: Desk, now: datetime) -> Staff:
    """All people and groups, those who have left last, and who is on duty by the clock of the database."""
    with reading(desk.engine) as connection:
        known, at = queries.staff(connection, day_of(desk.zone, now)), instant(connection)
        here = {each.person for each in on_duty(connection, WINDOW, at - PRESENT_FOR, at)}
        shifts = shifts_of(desk, connection, {row.hours for row in known.people}, now)
    people = (replace(row, is_on_duty=row.id in here, shift=shifts[row.hours]) for row in known.people)
    return replace(known, people=tuple(people))


def shifts_of(desk: Desk, connection: Connection, hours: Iterable[str], now: datetime) -> dict[str, Shift]:
    """Written weekly hours -> whether it is in them. Empty ones are those of the desk, whose holidays are free."""
    hours = set(hours)
    version = desk.superseded.get(desk.unit.hours_calendar, desk.unit.hours_calendar)
    calendars = {"": desk.calendar(version, connection)}
    if hours - {""}:
        desk_week, days = written_calendar(connection, version)
        holidays = {day: name for day, name in days.holidays.items() if day not in days.special_days}
        for each in hours - {""}:
            week = CalendarSpec(name=desk_week.name, tz=desk_week.tz, week=checked_week(each))
            calendars[each] = build(week, ResolvedDays(holidays=holidays))
    return {each: shift_at(calendars[each], now) for each in hours}


@needs(Permission.PEOPLE)
def view_person(desk: Desk, now: datetime, person: int) -> PersonView:
    """A person with the tickets that they hold, and what was changed.

    Raises:
        Refused: There is no such person.
    """
    with reading(desk.engine) as connection:
        row = person_of(queries.staff(connection, day_of(desk.zone, now)), person)
        events = tuple(reversed(events_of(connection, person_stream(person))))
        held = held_shown(desk.actor, queries.held(connection, person=person, limit=HELD_SHOWN))
        return PersonView(row, held, events, person_names(connection))


def held_shown(actor: Actor, held: Iterable[Held]) -> tuple[Held, ...]:
    """What the person who asks may see of the tickets: without `atendimento.ver`, not their subjects."""
    may_read = reach(actor.role, Permission.READ)
    return tuple(each if may_read else replace(each, subject="") for each in held)


@needs(Permission.PEOPLE)
def add_person(desk: Desk, typed: Mapping[str, str], now: datetime) -> PersonRow:
    """Add a person. The same data again is the same person.

    Args:
        typed: The items of `FIELDS`, as typed; a missing login is derived from the name.

    Raises:
        Refused: An item is invalid; the login belongs to somebody else; without a login, the name does.
    """
    with changing(desk, now) as change:
        facts = facts_of(change.known, typed)
        return stored(change.known, facts) or change.person_after(insert(change, facts))


def stored(known: Staff, facts: Facts) -> PersonRow | None:
    """The person who has these values already; None if the login is free.

    Raises:
        Refused: The login belongs to somebody else.
    """
    for row in known.people:
        if row.login == facts.login:
            if row.is_active and Facts.of(row) == facts:
                return row
            if row.is_active:
                raise Refused("login_de_outro", login=row.login, name=row.name)
            raise Refused("login_de_quem_saiu", login=row.login, name=row.name)
    return None


def insert(change: Change, facts: Facts) -> int:
    """Insert a person with these values.

    Returns:
        The person's id.
    """
    person = rows.insert_person(
        change.connection, name=facts.name, login=facts.login, role=facts.role, hours=facts.hours
    )
    groups = _groups(change.known, facts.groups)
    change.may_change_members(groups)
    rows.add_memberships(change.connection, [(group.id, person) for group in groups])
    change.record(
        person_stream(person), "incluida", {name: (None, to) for name, to in facts.as_changes().items() if to}
    )
    return person


@needs(Permission.PEOPLE)
def change_person(
    desk: Desk, person: int, typed: Mapping[str, str], now: datetime, *, seen: int | None = None
) -> PersonRow:
    """Change items of a person.

    Args:
        typed: Some of the items of `FIELDS`, as typed.
        seen: The version that the person saw; None changes the present one.

    Raises:
        Refused: An item is invalid; the login belongs to somebody else; the last supervisor would get another role;
            somebody else has changed the person meanwhile; the login of a member of a secret group is changed by
            somebody else than a member or an administrator.
    """
    with changing(desk, now, seen) as change:
        row = person_of(change.known, person)
        before = Facts.of(row)
        after = facts_of(change.known, {**before.as_changes(), **typed}, login=row.login)
        if after == before:
            return row
        change.must_be_seen(person_stream(person), row.version, row.name)
        for other in change.known.people:
            if other.id != person and other.login == after.login:
                raise Refused("login_de_outro", login=other.login, name=other.name)
        if row.is_active and row.role == Role.SUPERVISOR != after.role:
            must_keep_a_supervisor(_roles_without(change.known, person), row.name)
        opened: tuple[str, ...] = ()
        if after.login != before.login:
            opened = secrets_opened(change.connection, change.actor, person, row.name)
        own = {group.id for group in _groups(change.known, before.groups)}
        new = {group.id for group in _groups(change.known, after.groups)}
        change.may_change_members(group for group in change.known.groups if group.id in own ^ new)
        rows.remove_memberships(change.connection, [(group, person) for group in sorted(own - new)])
        rows.add_memberships(change.connection, [(group, person) for group in sorted(new - own)])
        values = {name: getattr(after, name) for name in ("name", "login", "role", "hours")}
        rows.update_person(change.connection, person, row.version, **values)
        was, is_now = before.as_changes(), after.as_changes()
        changes = {name: (was[name], is_now[name]) for name in FIELDS if was[name] != is_now[name]}
        change.record(person_stream(person), "alterada", changes)
        if opened:
            change.record(person_stream(person), WAY_IN, {"groups": (None, ", ".join(opened))})
        return change.person_after(person)


@needs(Permission.PEOPLE)
def deactivate_person(
    desk: Desk, person: int, now: datetime, *, seen: int | None = None, confirmed: bool = False
) -> PersonRow:
    """Let a person act no more. `leaving` hands over what they hold.

    Args:
        seen: The version that the person saw; None changes the present one.
        confirmed: The person has confirmed that they deactivate themselves.

    Raises:
        Refused: It is the last supervisor; it is the person who asks, without confirmation; somebody else has changed
            the person meanwhile.
    """
    with changing(desk, now, seen) as change:
        row = person_of(change.known, person)

        def check() -> None:
            if row.role == Role.SUPERVISOR:
                must_keep_a_supervisor(_roles_without(change.known, person), row.name)
            if person == desk.actor.person and not confirmed:
                raise Refused("desativar_a_si")

        change.set_active(row, active=False, check=check)
        return change.person_after(person)


@needs(Permission.PEOPLE)
def reactivate_person(desk: Desk, person: int, now: datetime, *, seen: int | None = None) -> PersonRow:
    """Let a person act again, with the same login and groups.

    Raises:
        Refused: Somebody else has changed the person meanwhile.
    """
    with changing(desk, now, seen) as change:
        change.set_active(person_of(change.known, person), active=True)
        return change.person_after(person)


def day_of(zone: ZoneInfo, now: datetime) -> date:
    """The day of an instant in a zone."""
    return now.astimezone(zone).date()


def _groups(known: Staff, names: Iterable[str]) -> list[GroupRow]:
    return [group for group in known.groups if group.name in names]


def person_of(known: Staff, person: int) -> PersonRow:
    """The person with this id.

    Raises:
        Refused: There is none.
    """
    for row in known.people:
        if row.id == person:
            return row
    raise Refused("pessoa_sumiu")


def _roles_without(known: Staff, person: int) -> list[str]:
    return [row.role for row in known.people if row.is_active and row.id != person]


def typed_day(typed: str) -> date:
    """A day as people write it.

    Raises:
        Refused: It is missing, or no day.
    """
    day = read_value(FieldRule.model_validate({"chave": "dia", "rotulo": "Dia", "tipo": "data"}), typed)
    if not day:
        raise Refused("ausencia_sem_dia")
    return date.fromisoformat(day)

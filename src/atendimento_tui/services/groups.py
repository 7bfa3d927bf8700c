"""The groups of the desk: adding, renaming, their members, and groups that are not used any more.

A group is never deleted. Services name groups, so a renamed group keeps its former names.
"""

from collections.abc import Iterable
from datetime import datetime

from atendimento_tui.contracts.people import GroupRow, GroupView, Staff
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.data.queries.people import person_names
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import staff as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded, written
from atendimento_tui.domain.trail import group_stream, person_stream
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import HELD_SHOWN, Change, changing, day_of, held_shown, person_of


def group_named(known: Staff, wanted: str) -> GroupRow:
    """The group of this name; case and accents do not matter.

    Raises:
        Refused: There is none; it has the most similar name.
    """
    word = folded(entered(wanted).strip())
    for row in known.groups:
        if folded(row.name) == word:
            return row
    raise Refused("grupo_desconhecido", name=wanted, nearest=nearest(wanted, [row.name for row in known.groups]))


@needs(Permission.PEOPLE)
def view_group(desk: Desk, now: datetime, group: int) -> GroupView:
    """A group with the tickets that it holds, the services that name it, and what was changed.

    Raises:
        Refused: There is no such group.
    """
    with reading(desk.engine) as connection:
        row = _group(queries.staff(connection, day_of(desk.zone, now)), group)
        events = tuple(reversed(events_of(connection, group_stream(group))))
        held = held_shown(desk.actor, queries.held(connection, group=group, limit=HELD_SHOWN))
        return GroupView(row, held, _services(connection, desk, row), events, person_names(connection))


@needs(Permission.PEOPLE)
def add_group(desk: Desk, name: str, now: datetime) -> GroupRow:
    """Add a group without members. The same name again is the same group.

    Raises:
        Refused: The name is invalid, or a group has or had it.
    """
    title = checked_name(written(name), "grupo")
    with changing(desk, now) as change:
        for row in change.known.groups:
            if row.name == title and row.is_active:
                return row
        _must_be_free(change, title)
        group = rows.insert_new_group(change.connection, title)
        change.record(group_stream(group), "incluido", {"name": (None, title)})
        return _after(change, group)


@needs(Permission.PEOPLE)
def rename_group(desk: Desk, group: int, name: str, now: datetime, *, seen: int | None = None) -> GroupRow:
    """Give a group another name. Services that name it by the old one still find it.

    Args:
        seen: The version that the person saw; None changes the present one.

    Raises:
        Refused: The name is invalid, or another group has or had it; somebody else has changed the group meanwhile.
    """
    title = checked_name(written(name), "grupo")
    with changing(desk, now, seen) as change:
        row = _group(change.known, group)
        if row.name == title:
            return row
        change.must_be_seen(group_stream(group), row.version, row.name)
        _must_be_free(change, title, own=group)
        rows.keep_former_name(change.connection, group, row.name)
        rows.drop_former_name(change.connection, title)
        rows.update_group(change.connection, group, row.version, name=title)
        change.record(group_stream(group), "renomeado", {"name": (row.name, title)})
        return _after(change, group)


@needs(Permission.PEOPLE)
def set_member(desk: Desk, group: int, person: int, now: datetime, *, belongs: bool) -> GroupRow:
    """Make a person a member of a group, or end the membership. It is an event of the group and one of the person."""
    with changing(desk, now) as change:
        row, member = _group(change.known, group), person_of(change.known, person)
        if (row.name in member.groups) == belongs:
            return row
        if belongs and not (row.is_active and member.is_active):
            raise Refused("membro_de_quem_saiu", name=member.name, group=row.name)
        change.may_change_members([row])
        write = rows.add_memberships if belongs else rows.remove_memberships
        write(change.connection, [(group, person)])
        rows.update_group(change.connection, group, row.version)
        rows.update_person(change.connection, person, member.version)
        after = {*member.groups, row.name} if belongs else {*member.groups} - {row.name}
        change.record(person_stream(person), "alterada", {"groups": (_joined(member.groups), _joined(after))})
        kind = "membro_entrou" if belongs else "membro_saiu"
        change.record(group_stream(group), kind, {"member": (None, person) if belongs else (person, None)})
        return _after(change, group)


@needs(Permission.PEOPLE)
def deactivate_group(desk: Desk, group: int, now: datetime, *, seen: int | None = None) -> GroupRow:
    """Let a group get no more tickets.

    Args:
        seen: The version that the person saw; None changes the present one.

    Raises:
        Refused: It holds open tickets, or a service names it; somebody else has changed the group meanwhile.
    """
    with changing(desk, now, seen) as change:
        row = _group(change.known, group)

        def check() -> None:
            if services := _services(change.connection, desk, row):
                raise Refused("grupo_de_servico", group=row.name, services=", ".join(services))
            if row.held:
                raise Refused("grupo_com_atendimentos", group=row.name, count=row.held)

        change.set_active(row, active=False, check=check)
        return _after(change, group)


@needs(Permission.PEOPLE)
def reactivate_group(desk: Desk, group: int, now: datetime, *, seen: int | None = None) -> GroupRow:
    """Let a group get tickets again, with the same members.

    Raises:
        Refused: Somebody else has changed the group meanwhile.
    """
    with changing(desk, now, seen) as change:
        change.set_active(_group(change.known, group), active=True)
        return _after(change, group)


def _services(connection: Connection, desk: Desk, row: GroupRow) -> tuple[str, ...]:
    """Names of the services in use that name the group, by its present name or a former one."""
    names = {row.name, *(name for name, group in queries.former_names(connection).items() if group == row.id)}
    versions = queries.versions_in_use(connection)
    desk.read_processes(versions, connection)
    processes = [desk.process_if_any(version, connection) for version in versions]
    found = {each.name for each in processes if each and not names.isdisjoint(each.groups())}
    return tuple(sorted(found, key=folded))


def _must_be_free(change: Change, title: str, own: int = 0) -> None:
    """Refuse a name that another group has or had: a service that names it would find the wrong group."""
    for row in change.known.groups:
        if row.id != own and folded(row.name) == folded(title):
            raise Refused("grupo_ja_existe", group=row.name) if row.is_active else Refused("grupo_saiu", group=row.name)
    titles = {row.id: row.name for row in change.known.groups}
    for name, group in queries.former_names(change.connection).items():
        if group != own and folded(name) == folded(title):
            raise Refused("grupo_se_chamava", name=name, group=titles[group])


def _group(known: Staff, group: int) -> GroupRow:
    for row in known.groups:
        if row.id == group:
            return row
    raise Refused("grupo_sumiu")


def _after(change: Change, group: int) -> GroupRow:
    return _group(queries.staff(change.connection, change.today), group)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=folded))

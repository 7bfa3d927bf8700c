"""The e-mail addresses of people and groups, to which their messages are sent."""

from datetime import datetime

from atendimento_tui.contracts.people import GroupRow, PersonRow
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.data.repositories import staff as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.outbox import checked_address
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import group_stream, person_stream
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import changing, person_of


@needs(Permission.PEOPLE)
def set_group_email(desk: Desk, group: int, typed: str, now: datetime, *, seen: int | None = None) -> GroupRow:
    """Give a group another e-mail address; an empty one takes it away.

    Args:
        typed: The address, as typed.
        seen: The version that the person saw; None changes the present one.

    Raises:
        Refused: It is no address; there is no such group; somebody else has changed the group meanwhile; the group is
            secret and the person is not in it.
    """
    address = checked_address(typed) if typed.strip() else ""
    with changing(desk, now, seen) as change:
        row = _group(change.known.groups, group)
        if row.email == address:
            return row
        change.must_be_seen(group_stream(group), row.version, row.name)
        change.may_change_members([row])  # what is sent there is read there
        rows.update_group(change.connection, group, row.version, email=address)
        change.record(group_stream(group), "alterado", {"email": (row.email or None, address or None)})
        return _group(queries.staff(change.connection, change.today).groups, group)


@needs(Permission.PEOPLE)
def set_person_email(desk: Desk, person: int, typed: str, now: datetime, *, seen: int | None = None) -> PersonRow:
    """Give a person another e-mail address; as `set_group_email`."""
    address = checked_address(typed) if typed.strip() else ""
    with changing(desk, now, seen) as change:
        row = person_of(change.known, person)
        if row.email == address:
            return row
        change.must_be_seen(person_stream(person), row.version, row.name)
        rows.update_person(change.connection, person, row.version, email=address)
        change.record(person_stream(person), "alterada", {"email": (row.email or None, address or None)})
        return change.person_after(person)


def _group(groups: tuple[GroupRow, ...], group: int) -> GroupRow:
    for row in groups:
        if row.id == group:
            return row
    raise Refused("grupo_sumiu")

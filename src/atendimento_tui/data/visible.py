"""Which tickets an actor may know of. This is the only place that decides it.

A connection knows its actor (`engine_for`). Every statement that reads tickets for people has the conditions of this
module: the role's reach (`domain.access.PERMISSIONS`), and secrecy. A secret service has a group (`sigilo` in its
file). Its tickets exist only for the members of that group at that moment, and for the desk itself.

Where a desk has no secret service, no statement has a condition about secrecy (`Secrets`).
`tests/rooms/test_visible.py` finds statements without these conditions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, bindparam, false, or_, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.domain.access import SYSTEM, Actor, Permission, Reach, reach

_VIEWER = "viewer"
"""The execution option of a connection that has its `Viewer`."""


@dataclass(slots=True)
class Secrets:
    """Whether the desk has a secret service, as far as is known. All actors of an open desk share it."""

    exist: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads by a connection."""

    actor: Actor
    secrets: Secrets


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see, without the viewer's ids, so that statements are built once for all viewers.

    Attributes:
        reach: On which tickets the role has the permission.
        hides_secrets: Whether secret tickets of other groups are left out.
        is_person: Whether the groups are those of a person, as the database has them.
    """

    reach: Reach
    hides_secrets: bool
    is_person: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.reach is Reach.ALL and not self.hides_secrets

    @property
    def only_hides(self) -> bool:
        """Whether nothing but secret tickets is left out."""
        return self.reach is Reach.ALL and self.hides_secrets

    @property
    def is_subtracted(self) -> bool:
        """Whether a count is that of all tickets, without those that `is_hidden_by` finds, if any."""
        return self.reach is Reach.ALL


def engine_for(engine: Engine, actor: Actor, secrets: Secrets) -> Engine:
    """The same engine, whose connections read for this actor."""
    return engine.execution_options(**{_VIEWER: Viewer(actor, secrets)})


def sight_of(connection: Connection, permission: Permission = Permission.READ) -> tuple[Sight, Mapping[str, object]]:
    """What the connection's actor may see, and the values of the parameters of `conditions`.

    A connection without an actor is that of the desk itself, as in a migration.
    """
    viewer: Viewer | None = connection.get_execution_options().get(_VIEWER)
    actor = viewer.actor if viewer else SYSTEM
    hides_secrets = bool(viewer and viewer.secrets.exist and not actor.is_system)
    sight = Sight(reach(actor.role, permission), hides_secrets, actor.person is not None)
    if sight.is_whole:
        return sight, {}
    return sight, {"seer": actor.person} if sight.is_person else {"seer_groups": sorted(actor.groups)}


@cache
def conditions(sight: Sight) -> tuple[ColumnElement[bool], ...]:
    """The conditions on the table of tickets."""
    ticket = plain(tables.Ticket).c
    if sight.reach is Reach.NONE:
        return (false(),)
    found: list[ColumnElement[bool]] = []
    if sight.reach is Reach.HELD:
        held: list[ColumnElement[bool]] = [ticket.group_id.in_(_own_groups(sight))]
        held += [ticket.owner_id == bindparam("seer")] if sight.is_person else []
        held += [ticket.process_id.in_(_secret_services(sight, own=True))] if sight.hides_secrets else []
        found.append(or_(*held))
    if sight.hides_secrets:
        found.append(ticket.process_id.not_in(_secret_services(sight, own=False)))
    return tuple(found)


def is_hidden_by(sight: Sight) -> ColumnElement[bool]:
    """The condition that a ticket is secret to the viewer, for counts from which these few are subtracted."""
    return plain(tables.Ticket).c.process_id.in_(_secret_services(sight, own=False))


def restricted(connection: Connection, statement: Select[Any]) -> Select[Any]:
    """The statement, which reads the table of tickets, without those that the connection's actor may not know of."""
    sight, values = sight_of(connection)
    return statement if sight.is_whole else statement.where(*conditions(sight)).params(**values)


def without_secrets(connection: Connection, statement: Select[Any]) -> Select[Any]:
    """The statement, which reads the table of tickets, without secret ones of other groups than the actor's.

    For what a role does with tickets that it may not read, as handing over what somebody held who leaves.
    """
    seen, values = sight_of(connection)
    if not seen.hides_secrets:
        return statement
    return statement.where(*conditions(replace(seen, reach=Reach.ALL))).params(**values)


def is_not_secret() -> ColumnElement[bool]:
    """The condition that a ticket is not secret, for what is told to anybody."""
    service = plain(tables.Process).c
    secret = select(service.id).where(service.secret_group_id.is_not(None))
    return plain(tables.Ticket).c.process_id.not_in(secret)


def of_visible(connection: Connection, ticket_id: Any) -> list[ColumnElement[bool]]:
    """The condition that a column has the id of a ticket that the actor may know of; none if that is every ticket."""
    if sight_of(connection)[0].is_whole:
        return []
    return [ticket_id.in_(restricted(connection, select(plain(tables.Ticket).c.id)))]


def offered_to(connection: Connection) -> list[ColumnElement[bool]]:
    """The conditions on the table of services: who opens a ticket of a service will see it."""
    sight, values = sight_of(connection)
    service = plain(tables.Process).c
    own = service.id.in_(_secret_services(sight, own=True).params(**values))
    others = service.id.not_in(_secret_services(sight, own=False).params(**values))
    return [] if sight.is_whole else [others] if sight.reach is Reach.ALL else [own]


def _own_groups(sight: Sight) -> Any:
    """The groups of the actor, as they are now."""
    if not sight.is_person:
        return bindparam("seer_groups", expanding=True)
    member = plain(tables.Membership).c
    return select(member.group_id).where(member.person_id == bindparam("seer"))


def _secret_services(sight: Sight, *, own: bool) -> Select[Any]:
    """The versions of secret services of the actor's groups, or of others."""
    service, groups = plain(tables.Process).c, _own_groups(sight)
    is_own = service.secret_group_id.in_(groups) if own else service.secret_group_id.not_in(groups)
    return select(service.id).where(service.secret_group_id.is_not(None), is_own)

"""Which permission each service needs. A public function with a desk names its own by `needs`.

The decorator checks the role that the desk was opened with, before anything is read. A service that acts on a ticket
checks the person again in its transaction, as the database has them then (`unit_of_work.begin_work`); so does one that
changes people, groups, accounts or settings (`require_now`).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.access import member_with_id, secret_groups_with
from atendimento_tui.domain.access import Actor, Permission, require, require_way_in
from atendimento_tui.services.desk import Desk

Arguments = ParamSpec("Arguments")
ResultT = TypeVar("ResultT")


def needs(permission: Permission) -> Callable[[Callable[Arguments, ResultT]], Callable[Arguments, ResultT]]:
    """Refuse a call of the service by an actor whose role lacks the permission. Its desk is a positional argument.

    Raises:
        Refused: As `domain.access.require`, when the service is called.
    """

    def protect(service: Callable[Arguments, ResultT]) -> Callable[Arguments, ResultT]:
        @wraps(service)
        def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResultT:
            require(next(each for each in args if isinstance(each, Desk)).actor, permission)
            return service(*args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return protect


def permission_of(service: object) -> Permission | None:
    """The permission that a service names; None if it names none."""
    found = getattr(service, "permission", None)
    return found if isinstance(found, Permission) else None


def require_now(connection: Connection, desk: Desk, permission: Permission) -> Actor:
    """The desk's actor as the database has them now, whose window may not know of a change yet.

    Raises:
        Refused: As `domain.access.require`.
    """
    actor = desk.actor
    if actor.person is not None:
        member = member_with_id(connection, actor.person)
        actor = member.actor if member else Actor(actor.person, "")
    require(actor, permission)
    return actor


def secrets_opened(connection: Connection, actor: Actor, person: int, name: str) -> tuple[str, ...]:
    """Names of the secret groups that are opened to the actor, who is not in them, by changing how a member enters.

    Args:
        person: The member.
        name: The member's name.

    Raises:
        Refused: As `domain.access.require_way_in`.
    """
    groups = secret_groups_with(connection, person)
    opened = tuple(title for group, title in groups.items() if group not in actor.groups)
    require_way_in(actor, name, opened)
    return opened

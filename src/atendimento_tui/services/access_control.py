"""Which permission each service needs. A public function with a desk names its own by `needs`.

The decorator checks the role that the desk was opened with, before anything is read. A service that acts on a ticket
checks the person again in its transaction, as the database has them then (`unit_of_work.begin_work`).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from atendimento_tui.domain.access import Permission, require
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

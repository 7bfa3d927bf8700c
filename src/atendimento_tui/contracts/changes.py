"""What was committed to the database, so that a window knows what to read again."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """What was committed since the previous notification.

    Attributes:
        acts: Each act as (ticket id, request id); the request id is empty if it has none. None if the acts are not
            known, so that anything may have changed.
        other: Whether something other than tickets changed: people, groups, calendars, who has a ticket open.
    """

    acts: frozenset[tuple[int, str]] | None = frozenset()
    other: bool = False

    def __bool__(self) -> bool:
        return self.other or self.acts is None or bool(self.acts)

    def __or__(self, later: "Changes") -> "Changes":
        acts = None if self.acts is None or later.acts is None else self.acts | later.acts
        return Changes(acts, self.other or later.other)

    @property
    def tickets(self) -> frozenset[int] | None:
        """The ids of the changed tickets; None if they are not known."""
        return None if self.acts is None else frozenset(ticket for ticket, _ in self.acts)

    def touches(self, ticket: int | None) -> bool:
        """Whether the ticket may have changed."""
        return self.acts is None or ticket in (self.tickets or ())

    def without(self, requests: Collection[str]) -> "Changes":
        """The changes without the acts of these requests."""
        if self.acts is None:
            return self
        return Changes(frozenset(act for act in self.acts if act[1] not in requests), self.other)


ANYTHING = Changes(None, other=True)
"""Changes that are not known."""

NAMED_AT_MOST = 50
"""Maximum number of acts that are listed; more are reported as `ANYTHING`."""

"""What others committed: which places of a window show something that is no longer so."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """What was committed since the last look.

    Attributes:
        acts: Each act: id of its ticket, and id of its request, which is empty where it had none. None where it is not
            known what was done: anything may be another thing now.
        besides: Whether something else changed too: people, groups, calendars, who has a ticket open.
    """

    acts: frozenset[tuple[int, str]] | None = frozenset()
    besides: bool = False

    def __bool__(self) -> bool:
        return self.besides or self.acts is None or bool(self.acts)

    def __or__(self, later: "Changes") -> "Changes":
        acts = None if self.acts is None or later.acts is None else self.acts | later.acts
        return Changes(acts, self.besides or later.besides)

    @property
    def tickets(self) -> frozenset[int] | None:
        """The tickets that were acted on; None where it is not known which."""
        return None if self.acts is None else frozenset(ticket for ticket, _ in self.acts)

    def touches(self, ticket: int | None) -> bool:
        """Whether the ticket may be another one now."""
        return self.acts is None or ticket in (self.tickets or ())

    def without(self, requests: Collection[str]) -> "Changes":
        """The same but for the acts of these requests."""
        if self.acts is None:
            return self
        return Changes(frozenset(act for act in self.acts if act[1] not in requests), self.besides)


ANYTHING = Changes(None, besides=True)
"""It is not known what changed."""

NAMED_AT_MOST = 50
"""More acts than these are not named one by one."""

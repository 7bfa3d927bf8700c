"""The people of the desk."""

from dataclasses import dataclass

from atendimento_tui.domain.access import Actor


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the desk who may act.

    Attributes:
        groups: Ids of the person's groups.
    """

    id: int
    name: str
    role: str
    groups: tuple[int, ...] = ()

    @property
    def actor(self) -> Actor:
        """The person as the actor of a desk (`Desk.acting_as`)."""
        return Actor(self.id, self.role, frozenset(self.groups))


@dataclass(frozen=True, slots=True)
class Receiver:
    """A group or a person that a ticket may be handed over to.

    Attributes:
        aside: Text behind the name: a person's groups.
    """

    name: str
    aside: str = ""
    group: int | None = None
    owner: int | None = None

"""The people of the desk."""

from dataclasses import dataclass


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

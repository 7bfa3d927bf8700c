"""Our people, as screens and services know them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of ours who may act.

    Attributes:
        groups: Ids of the groups this person works in.
    """

    id: int
    name: str
    role: str
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a ticket may be handed over to: a group or a person.

    Attributes:
        aside: What is told behind the name: a person's groups.
    """

    name: str
    aside: str = ""
    group: int | None = None
    owner: int | None = None

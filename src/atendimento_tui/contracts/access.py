"""Who signed in, sessions, and who is on duty."""

from dataclasses import dataclass
from datetime import datetime

from atendimento_tui.contracts.people import Member


@dataclass(frozen=True, slots=True)
class Entry:
    """How one enters a desk.

    Attributes:
        way: `senha`, `sistema` or `escolha`.
        has_passwords: Whether anybody who may act has a password.
        first: The person who gets the first password; None if nobody may act.
        first_login: That person's login.
        is_owner: Whether this process may do everything with the database: it owns the file, or has the address of a
            server's database.
    """

    way: str
    has_passwords: bool
    first: Member | None
    first_login: str
    is_owner: bool


@dataclass(frozen=True, slots=True)
class WayInChanged:
    """A member of a secret group got a password or a login from somebody who is not in the group.

    Attributes:
        name: The member.
        actor: Who did it.
    """

    name: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that began or goes on.

    Attributes:
        member: The person; None for a script's token.
        role: The role of the person or of the token.
        token: The session's secret; empty if the caller has it already.
        name: The name of the person or of the token.
        told: What members of secret groups are told when they enter, oldest first.
    """

    member: Member | None
    role: str
    token: str = ""
    name: str = ""
    told: tuple[WayInChanged, ...] = ()

    def __repr__(self) -> str:
        """Without the token."""
        return f"SignedIn({self.name!r})"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list.

    Attributes:
        name: The name of the person or of the script's token.
        kind: `janela`, `comando` or `programa`.
        place: Where it is: machine and terminal.
    """

    id: int
    person: int | None
    name: str
    role: str
    kind: str
    place: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A person with a window that was seen within the last minutes.

    Attributes:
        since: When the first of the person's present windows was opened.
        places: Where these windows are: machine and terminal.
    """

    person: int
    name: str
    role: str
    since: datetime
    places: tuple[str, ...]

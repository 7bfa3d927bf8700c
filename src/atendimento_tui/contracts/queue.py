"""Requests to the queue and their results."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.domain.clocks import Term
    from atendimento_tui.domain.words import Severity, State

SortKey = tuple[int, datetime, int]
"""Severity rank, instant and id: a ticket's place in the queue."""


class Tab(StrEnum):
    """The tabs of the queue."""

    MINE = "minha"
    GROUP = "grupo"
    VALIDATION = "validacao"
    THIRD_PARTY = "terceiros"
    FALLING_DUE = "vencendo"
    ALL = "todas"


@dataclass(frozen=True, slots=True)
class QueueView:
    """The tickets of the queue that a person looks at.

    Attributes:
        viewer: The person of the tabs `minha` and `grupo`; with None they are empty.
        filter: Words that must all be found; accents and case do not matter.
    """

    tab: Tab = Tab.ALL
    filter: str = ""
    viewer: "Member | None" = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A ticket as the queue shows it."""

    key: int
    """The ticket's id."""
    version: int
    protocol: str
    origin: str | None
    service: str
    step: str
    group: str | None
    owner_id: int | None
    owner: str | None
    requester: str | None
    subject: str
    severity: "Severity"
    state: "State"
    term: "Term | None"
    sort_key: SortKey
    group_id: int | None = None
    is_secret: bool = False
    """Whether it exists only for the members of a group."""


@dataclass(frozen=True, slots=True)
class QueueWindow:
    """Consecutive rows of the queue.

    Attributes:
        total: Number of tickets in the view.
        first: Ordinal of the first row.
        counted: Whether the total was counted with these rows; otherwise it is the requested one.
    """

    view: QueueView
    total: int
    first: int
    rows: tuple[QueueRow, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which rows of the queue to read.

    Attributes:
        first: Ordinal of the first row.
        count: Number of rows.
        after, before: The place of the adjacent row, if known: the rows are then found without counting.
        around: The ticket that the rows should include, wherever it is now.
        total: Number of tickets in the view, if no change is known since it was counted; it is then not counted again.
        exact: Whether an unknown total must be counted. If not, rows that are found without it do not wait for it.
    """

    first: int
    count: int
    after: SortKey | None = None
    before: SortKey | None = None
    around: int | None = None
    total: int | None = None
    exact: bool = True

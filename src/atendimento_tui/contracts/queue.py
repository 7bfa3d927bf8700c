"""What is asked of the queue and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from atendimento_tui.contracts.people import Member
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.words import Severity, State

SortKey = tuple[int, datetime, int]
"""Severity rank, instant and id: a ticket's place in the queue."""


class Tab(StrEnum):
    """The parts of the queue."""

    MINE = "minha"
    GROUP = "grupo"
    VALIDATION = "validacao"
    THIRD_PARTY = "terceiros"
    FALLING_DUE = "vencendo"
    ALL = "todas"


@dataclass(frozen=True, slots=True)
class QueueView:
    """Which tickets of the queue one person looks at.

    Attributes:
        viewer: Whose `minha` and `grupo` are meant; None sees nothing there.
        filter: Words that must all be found; accents and case do not matter.
    """

    tab: Tab = Tab.ALL
    filter: str = ""
    viewer: Member | None = None


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
    severity: Severity
    state: State
    term: Term | None
    sort_key: SortKey


@dataclass(frozen=True, slots=True)
class QueueWindow:
    """A stretch of the queue, in its order.

    Attributes:
        total: How many tickets the view has in all.
        first: Ordinal of the first row.
        counted: Whether the total is exact as of these rows; otherwise it is what was known.
    """

    view: QueueView
    total: int
    first: int
    rows: tuple[QueueRow, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which stretch of the queue is wanted.

    Attributes:
        first: Ordinal of its first row, as the asker reckons it.
        count: How many rows.
        after, before: The place of the row next to the stretch, where the asker has it: found without counting.
        around: The ticket that the stretch should hold, wherever it stands now.
        total: How many tickets the view has, where the asker knows of no change since it was told: so much is not
            counted again for every page.
    """

    first: int
    count: int
    after: SortKey | None = None
    before: SortKey | None = None
    around: int | None = None
    total: int | None = None

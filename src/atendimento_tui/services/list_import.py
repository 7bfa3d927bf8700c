"""Import of a list, batch by batch: one that was interrupted is run again, and finds what it wrote."""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from atendimento_tui.contracts.imports import ListImport
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.services.access_control import require_now
from atendimento_tui.services.desk import Desk

LineT = TypeVar("LineT")

LINES_AT_ONCE = 500
"""Lines in one transaction: few enough that others may write in between, many enough to be fast."""

PROBLEMS_SHOWN = 100
"""How many wrong lines are named."""


@dataclass(slots=True)
class Count:
    """What an import has done so far.

    Attributes:
        seen: What identifies an item of the list -> the line on which it stands.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[tuple[int, Refusal]] = field(default_factory=list)
    problems_count: int = 0
    seen: dict[Hashable, int] = field(default_factory=dict)

    def first(self, item: Hashable, number: int) -> int:
        """The line on which an item stands first: this one, unless another one had it before."""
        return self.seen.setdefault(item, number)

    def leave_out(self, number: int, problem: Refusal) -> None:
        """Count a wrong line, and name it if it is among the first."""
        self.problems_count += 1
        if len(self.problems) < PROBLEMS_SHOWN:
            self.problems.append((number, problem))

    def done(self) -> ListImport:
        """The result."""
        problems = tuple(sorted(self.problems, key=lambda each: each[0]))
        return ListImport(self.new, self.changed, self.same, problems, self.problems_count)


def batches(lines: Iterable[LineT], size: int = LINES_AT_ONCE) -> Iterator[list[LineT]]:
    """The lines in batches, each of which is written in one transaction."""
    each = iter(lines)
    while batch := list(islice(each, size)):
        yield batch


@dataclass(frozen=True, slots=True)
class Writer:
    """How batches are written.

    Attributes:
        permission: What the actor needs, in each transaction.
        lock: The advisory lock, which keeps what lines are compared with from changing.
        is_trial: Whether nothing is written; then the transactions only read.
    """

    desk: Desk
    permission: Permission
    lock: str
    is_trial: bool

    @contextmanager
    def transaction(self) -> Iterator[tuple[Connection, int | None]]:
        """The transaction of a batch, with the id of the person who acts.

        Raises:
            Refused: As `require_now`.
        """
        if self.is_trial:
            with reading(self.desk.engine) as connection:
                yield connection, self.desk.actor.person
            return
        with writing(self.desk.engine) as connection:
            actor = require_now(connection, self.desk, self.permission)
            advisory_lock(connection, self.lock)
            yield connection, actor.person

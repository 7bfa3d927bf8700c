"""The positions of changed tickets among the loaded rows, so that most changes need no other row read again."""

from collections.abc import Sequence
from dataclasses import dataclass

from atendimento_tui.contracts.queue import QueueRow, QueueView, Tab
from atendimento_tui.domain.words import State


@dataclass(frozen=True, slots=True)
class LoadedRows:
    """A contiguous part of the queue.

    Attributes:
        first: Ordinal of the first row.
        total: The number of rows of the view.
    """

    rows: tuple[QueueRow, ...]
    first: int
    total: int


def placed(view: QueueView, loaded: LoadedRows, changed: Sequence[QueueRow], cursor: int | None) -> LoadedRows | None:
    """The loaded rows with changed tickets put in their positions.

    Args:
        view: The view of the queue.
        loaded: The rows as they were read, with correct ordinals.
        changed: The changed tickets, open or closed.
        cursor: Id of the ticket under the cursor.

    Returns:
        None if the positions cannot be computed; then rows must be read. The total may be wrong if a ticket that was
        not loaded came into the view or left it; it must be counted.
    """
    known = {row.key: row for row in loaded.rows}
    kept = [row for row in loaded.rows if row.key not in {each.key for each in changed}]
    if not kept:
        return None
    reaches_end = loaded.first + len(loaded.rows) >= loaded.total
    total = loaded.total
    for row in changed:
        before = known.get(row.key)
        here = _belongs(view, before, row)
        if here is None or (before is None and loaded.first > 0):
            return None  # it may be above the loaded rows, which would change all ordinals
        if not here:
            total -= before is not None
            continue
        if loaded.first > 0 and row.sort_key < kept[0].sort_key:
            return None
        if reaches_end or row.sort_key < kept[-1].sort_key:
            kept.append(row)
            kept.sort(key=lambda each: each.sort_key)
            total += before is None
        elif row.key == cursor:
            return None  # the cursor follows its ticket
    return LoadedRows(tuple(kept), loaded.first, max(total, loaded.first + len(kept)))


def counts_change(before: QueueRow, after: QueueRow) -> bool:
    """Whether the count of a tab or of overdue tickets may have changed."""
    return (_counted_by(before), before.term) != (_counted_by(after), after.term)


def _counted_by(row: QueueRow) -> tuple[object, ...]:
    return row.owner_id, row.group, row.state


def _belongs(view: QueueView, before: QueueRow | None, row: QueueRow) -> bool | None:
    """Whether the view contains the ticket; None if the row does not tell."""
    if not row.state.is_open:
        return False
    if view.filter.strip():
        return None
    match view.tab:
        case Tab.ALL:
            return True
        case Tab.MINE:
            return view.viewer is not None and row.owner_id == view.viewer.id
        case Tab.VALIDATION:
            return row.state is State.VALIDATION
        case Tab.THIRD_PARTY:
            return row.state is State.WAITING
        case Tab.GROUP if before is not None and before.group == row.group:
            return True
        case _:  # the group's id is not in the row; what falls due changes with time
            return None

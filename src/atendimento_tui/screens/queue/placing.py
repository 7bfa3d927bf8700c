"""Where tickets that changed belong among the rows at hand: most changes need no other row read anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from atendimento_tui.contracts.queue import QueueRow, QueueView, Tab
from atendimento_tui.domain.words import State


@dataclass(frozen=True, slots=True)
class AtHand:
    """A stretch of the queue.

    Attributes:
        first: Ordinal of its first row.
        total: How many rows the view has.
    """

    rows: tuple[QueueRow, ...]
    first: int
    total: int


def placed(view: QueueView, at_hand: AtHand, changed: Sequence[QueueRow], cursor: int | None) -> AtHand | None:
    """The stretch with the tickets as they are now.

    Args:
        view: What is looked at.
        at_hand: The rows as they were read; each ordinal is true.
        changed: Tickets that changed, open or not, as they are now.
        cursor: Id of the ticket under the cursor.

    Returns:
        None where it cannot be told from these rows: then they are to be read. The total may be wrong where a ticket
        that was not at hand came or went; it is to be counted.
    """
    known = {row.key: row for row in at_hand.rows}
    kept = [row for row in at_hand.rows if row.key not in {each.key for each in changed}]
    if not kept:
        return None
    reaches_end = at_hand.first + len(at_hand.rows) >= at_hand.total
    total = at_hand.total
    for row in changed:
        before = known.get(row.key)
        here = _belongs(view, before, row)
        if here is None or (before is None and at_hand.first > 0):
            return None  # it may have come or gone above, which would move every ordinal
        if not here:
            total -= before is not None
            continue
        if at_hand.first > 0 and row.sort_key < kept[0].sort_key:
            return None
        if reaches_end or row.sort_key < kept[-1].sort_key:
            kept.append(row)
            kept.sort(key=lambda each: each.sort_key)
            total += before is None
        elif row.key == cursor:
            return None  # the cursor follows its ticket
    return AtHand(tuple(kept), at_hand.first, max(total, at_hand.first + len(kept)))


def counts_move(before: QueueRow, after: QueueRow) -> bool:
    """Whether a tab, or the number of overdue tickets, may count otherwise."""
    return (_part(before), before.term) != (_part(after), after.term)


def _part(row: QueueRow) -> tuple[object, ...]:
    return row.owner_id, row.group, row.state


def _belongs(view: QueueView, before: QueueRow | None, row: QueueRow) -> bool | None:
    """Whether the view has the ticket; None where its row does not tell."""
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
        case _:  # the group's number is not in the row; time alone changes what falls due
            return None

"""Reading the queue: a page at a time, with exact counts.

Everybody of the desk may ask. What a role does not see is left out (`data.visible`): for some the queue is empty.
"""

from collections.abc import Collection
from datetime import datetime

from atendimento_tui.contracts.queue import PageRequest, QueueRow, QueueView, QueueWindow, SortKey, Tab
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.queue import QueueReader, overdue_count, ticket_rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk


@needs(Permission.USE)
def window(desk: Desk, view: QueueView, wanted: PageRequest, now: datetime) -> QueueWindow:
    """A page of the view, in the queue's order, with the total of the request or else the exact one.

    Where the total need not be exact, the rows around a ticket and the first rows do not wait until the view is
    counted. Their total is exact only where they reach the end.
    """
    known = None if view.tab is Tab.FALLING_DUE else wanted.total  # this tab changes with time alone
    with reading(desk.engine) as connection:
        reader = QueueReader(connection, view, now)
        if known is None and not wanted.exact:
            place = _place(reader, wanted.around)
            if place or wanted.first <= 0:
                first, rows = _page_rows(reader, wanted, place, 0)
                return QueueWindow(view, first + len(rows), first, tuple(rows), counted=len(rows) < wanted.count)
        total = reader.count() if known is None else known
        first, rows = _page_rows(reader, wanted, _place(reader, wanted.around), total)
    return QueueWindow(view, total, first, tuple(rows), counted=known is None)


@needs(Permission.USE)
def first_rows(desk: Desk, view: QueueView, count: int, around: int | None, now: datetime) -> QueueWindow:
    """The first rows of a view, or those around a ticket, without counting the view."""
    with reading(desk.engine) as connection:
        reader = QueueReader(connection, view, now)
        first, rows = _page_rows(reader, PageRequest(0, count), _place(reader, around), 0)
    return QueueWindow(view, first + len(rows), first, tuple(rows), counted=len(rows) < count)


@needs(Permission.USE)
def counts(desk: Desk, view: QueueView, now: datetime) -> dict[Tab, int]:
    """The exact number of tickets of each tab with the view's filter."""
    with reading(desk.engine) as connection:
        return QueueReader(connection, view, now).tab_counts()


@needs(Permission.USE)
def rows(desk: Desk, tickets: Collection[int]) -> list[QueueRow]:
    """Tickets as the queue shows them, open or not, in the queue's order."""
    with reading(desk.engine) as connection:
        return ticket_rows(connection, tickets)


@needs(Permission.USE)
def counts_with_overdue(desk: Desk, view: QueueView, now: datetime) -> tuple[dict[Tab, int], int]:
    """The counts of the tabs, and the number of overdue tickets of the desk."""
    with reading(desk.engine) as connection:
        return QueueReader(connection, view, now).tab_counts(), overdue_count(connection, now)


@needs(Permission.USE)
def overdue(desk: Desk, now: datetime) -> int:
    """The number of overdue tickets of the desk."""
    with reading(desk.engine) as connection:
        return overdue_count(connection, now)


@needs(Permission.USE)
def listed(desk: Desk, filter_text: str, limit: int, now: datetime) -> list[QueueRow]:
    """The first tickets of the whole queue that match the filter."""
    with reading(desk.engine) as connection:
        return QueueReader(connection, QueueView(filter=filter_text), now).after(limit)


def _place(reader: QueueReader, ticket: int | None) -> tuple[int, SortKey] | None:
    """The ordinal and the sort key of the ticket in the view; None if it is not in the view, or `ticket` is None."""
    return None if ticket is None else reader.place(ticket)


def _page_rows(
    reader: QueueReader, wanted: PageRequest, place: tuple[int, SortKey] | None, total: int
) -> tuple[int, list[QueueRow]]:
    first, count = wanted.first, wanted.count
    if place:
        return _around(reader, place, count)
    if wanted.after:
        return first, reader.after(count, wanted.after)
    if wanted.before:
        rows = reader.before(count, wanted.before)
        return max(first + count - len(rows), 0), rows
    if first <= 0:
        return 0, reader.after(count)
    if first + count >= total:
        rows = reader.before(count)
        return total - len(rows), rows
    return first, reader.at(count, first)


def _around(reader: QueueReader, place: tuple[int, SortKey], count: int) -> tuple[int, list[QueueRow]]:
    """The ticket's row with an equal number of rows before and after it."""
    ordinal, key = place
    before = reader.before(max(count // 2, 1), key)
    start = before[-1].sort_key if before else None
    before = before[: count // 2]
    return ordinal - len(before), before + reader.after(count - len(before), start)

"""Tickets that wait for documents, as rows of the list and lines of the panel. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui.contracts.documents import WaitingDocument, WaitingTicket
from atendimento_tui.domain.text import folded, is_found, searched, searched_name
from atendimento_tui.texts import documents as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line

MISSING, TO_CHECK = 0, 1
"""The tabs: what is missing, what came and was not decided."""

COLUMNS = (
    (texts.COLUMN_PERSON, 16, 1, 3),
    (texts.COLUMN_WHAT, 22, 5, 4),
    (texts.COLUMN_AGE, 8, 0, 2),
    (texts.COLUMN_SERVICE, 12, 1, 0),
    (texts.COLUMN_PROTOCOL, 11, 0, 1),
)


def shown(row: WaitingTicket, tab: int) -> Sequence[WaitingDocument]:
    """The documents of a row that a tab is about."""
    return row.missing if tab == MISSING else row.to_check


def line_of(row: WaitingTicket, tab: int, now: datetime, zone: ZoneInfo) -> Line[WaitingTicket]:
    """A row of the list; `bold` if a correction is overdue."""
    documents = shown(row, tab)
    today = now.astimezone(zone).date()
    what = ", ".join(f"{texts.SIGN[each.state]} {each.name}" for each in documents)
    cells = (
        row.person or texts.NOBODY,
        what,
        texts.age((now - since_of(row, tab)).total_seconds()),
        row.service,
        formats.protocol_short(row.protocol, today.year),
    )
    is_late = any(each.due_on and each.due_on < today for each in documents)
    return Line(row.ticket, cells, row, "bold" if is_late else "")


def since_of(row: WaitingTicket, tab: int) -> datetime:
    """Since when the oldest of the documents of a tab is in its state."""
    return min(each.since for each in shown(row, tab))


def arranged(rows: Sequence[WaitingTicket], tab: int, order: int) -> list[WaitingTicket]:
    """The rows of a tab in an order: the oldest first, by person, by what is missing."""
    own = [row for row in rows if shown(row, tab)]
    by_age = sorted(own, key=lambda row: (since_of(row, tab), row.ticket))
    if order == 1:
        return sorted(by_age, key=lambda row: (not row.person, folded(row.person)))
    if order == 2:
        return sorted(by_age, key=lambda row: [folded(each.name) for each in shown(row, tab)])
    return by_age


def contains(row: WaitingTicket, words: Sequence[str]) -> bool:
    """Whether a row has all the words of a filter."""
    names = " ".join(each.name for each in (*row.missing, *row.to_check))
    text = f"{searched(f'{row.protocol} {row.service} {names} {row.step}')} {searched_name(row.person)}"
    return all(is_found(word, text) for word in words)


def panel(row: WaitingTicket, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    """What is known of the documents of a ticket."""
    yield plain(row.person or texts.NOBODY, "bold")
    yield plain(f"{row.service} · {row.step}", "dim")
    yield plain(formats.protocol_groups(row.protocol), "dim")
    today = now.astimezone(zone).date()
    for title, documents in ((texts.TABS[MISSING], row.missing), (texts.TABS[TO_CHECK], row.to_check)):
        if documents:
            yield plain("")
            yield plain(title, "bold")
        for each in documents:
            yield from _document(each, now, zone, today)


def _document(each: WaitingDocument, now: datetime, zone: ZoneInfo, today: date) -> Iterator[Content]:
    style = "$text-error" if each.state == "recusado" else ""
    yield plain(f"{texts.SIGN[each.state]} {each.name}: {texts.STATE[each.state]}", style)
    at = formats.moment(each.since.astimezone(zone), now.astimezone(zone))
    again = texts.AGAIN.format(count=each.asked_again + 1) if each.asked_again else ""
    yield plain(f"  {texts.SINCE.format(at=at)}{again}", "dim")
    if each.due_on:
        late = each.due_on < today
        words = texts.DUE_LATE if late else texts.DUE
        yield plain(f"  {words.format(day=formats.date(each.due_on))}", "$text-error" if late else "dim")

"""Remittances and their documents as rows of the two lists. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui import outputs
from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.domain.remittances import IN_BATCH, ON_THE_WAY, PENDING, TAKEN, TURNED_DOWN
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import remittances as texts
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line

BATCH_COLUMNS = (
    (texts.GROUP, 10, 1, 7),
    (texts.BATCH, 8, 0, 6),
    (texts.DAY, 5, 0, 1),
    (texts.STANDS, 10, 0, 2),
    (texts.DOCUMENTS, 4, 0, 0),
    (texts.WAY, 9, 0, 5),
    (texts.TAKEN_COUNT, 6, 0, 3),
    (texts.REFUSED_COUNT, 6, 0, 4),
)
ITEM_COLUMNS = (
    (texts.PERSON, 12, 2, 3),
    (texts.DOCUMENT, 12, 2, 4),
    (texts.STANDS, 10, 2, 2),
    (texts.PROTOCOL, 11, 0, 1),
)


def batch_line(row: RemittanceRow, items: Sequence[ItemRow], zone: ZoneInfo) -> Line[RemittanceRow]:
    """A remittance as a row. Its day is that on which it was closed, or begun if it is open."""
    states = Counter(each.state for each in items)
    is_open = row.number is None
    standing = texts.OPEN if is_open else texts.STATE[ON_THE_WAY] if row.pending else texts.ANSWERED
    cells = (
        row.group,
        texts.NEXT if is_open else outputs.remittances.number_of(row),
        formats.short_date((row.closed_at or row.opened_at).astimezone(zone).date()),
        standing,
        formats.number(len(items)),
        *(formats.number(states[state]) for state in (ON_THE_WAY, TAKEN, TURNED_DOWN)),
    )
    return Line(row.id, cells, row, "bold" if is_open else "" if row.pending else "dim")


def item_line(item: ItemRow, year: int) -> Line[ItemRow]:
    """A document as a row."""
    cells = (
        item.about or texts.NOBODY,
        item.name,
        outputs.remittances.state_of(item),
        formats.protocol_short(item.protocol, year),
    )
    return Line(item.id, cells, item, "" if item.state in PENDING else "dim")


def about(item: ItemRow, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    """What is known of the document under the cursor, in full."""
    yield plain(f"{item.name} · {item.about or texts.NOBODY}", "bold")
    yield plain(outputs.remittances.state_of(item), "$text-error" if item.state == TURNED_DOWN else "")
    at = formats.moment(item.at.astimezone(zone), now.astimezone(zone))
    yield plain(texts.SINCE.format(at=at, by=item.by or words.SYSTEM), "dim")


def counts(items: Sequence[ItemRow]) -> str:
    """How many documents are in an open remittance, and how many are on the way."""
    states = Counter(each.state for each in items)
    return texts.COUNTS.format(open=formats.number(states[IN_BATCH]), way=formats.number(states[ON_THE_WAY]))

"""A guia as a row of the list, and as lines of the panel. Pure."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui import outputs
from atendimento_tui.contracts.authorisations import Guia
from atendimento_tui.contracts.tickets import TicketView
from atendimento_tui.domain.authorisations import TOLD
from atendimento_tui.screens.tickets.parts import clocks_part
from atendimento_tui.texts import authorisations as texts
from atendimento_tui.texts import formats, words
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import CellText, Column

_COLUMNS = (
    (texts.COLUMN_PROTOCOL, 15, 0, 5),
    (texts.COLUMN_STATE, 18, 2, 4),
    (texts.COLUMN_NUMBER, 12, 0, 3),
    (texts.COLUMN_ABOUT, 16, 2, 2),
    (texts.COLUMN_DUE, 10, 0, 1),
)
"""Title, width, share of the remaining width, and priority of each column."""


class ListRow(NamedTuple):
    """A found guia as a row of the list.

    Attributes:
        key: The id of its ticket.
        cells: The texts of its columns.
    """

    key: int
    version: int
    cells: tuple[str, ...]
    guia: Guia


def list_row(guia: Guia, now: datetime, zone: ZoneInfo) -> ListRow:
    """The row of a guia."""
    row, local = guia.row, now.astimezone(zone)
    due = formats.date(row.term.due_at.astimezone(zone)) if row.term else words.STATE[row.state]
    cells = (formats.protocol_short(row.protocol, local.year), outputs.authorisations.state(guia))
    return ListRow(row.key, row.version, (*cells, guia.number or words.NOTHING, guia.beneficiary, due), guia)


def columns() -> list[Column[ListRow]]:
    """The columns of the list."""

    def cell(at: int) -> Column[ListRow]:
        title, width, flex, priority = _COLUMNS[at]

        def render(row: ListRow, _width: int) -> CellText:
            return CellText(row.cells[at])

        return Column(f"column-{at}", title, width, render, flex=flex, priority=priority)

    return [cell(at) for at in range(len(_COLUMNS))]


def panel_lines(guia: Guia, view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    """All that somebody who asks for the guia is told, its dates, and who was told before."""
    row = guia.row
    yield plain(formats.protocol_groups(row.protocol), "bold")
    yield plain(outputs.authorisations.state(guia), "bold")
    day: Callable[[str], str] = lambda value: formats.date(date.fromisoformat(value)) if value else ""  # noqa: E731
    facts = (
        (texts.FACT_NUMBER, guia.number or words.NOTHING),
        (texts.FACT_PASSWORD, guia.password),
        (texts.FACT_VALID, day(guia.valid_until)),
        (texts.FACT_ABOUT, guia.beneficiary),
        (texts.FACT_SERVICE, row.service),
        (texts.FACT_SUBJECT, row.subject),
        (texts.FACT_STEP, row.step),
        (texts.FACT_ASKED, formats.moment(view.opened_at.astimezone(zone), now.astimezone(zone))),
    )
    for name, value in facts:
        if value:
            yield Content("").join([plain(f"{name}: ", "dim"), plain(value)])
    yield Content("")
    yield from clocks_part(view, now, zone)
    told = [line for line in view.history if line.kind == TOLD]
    yield Content("")
    yield plain(texts.TOLD_TITLE, "bold")
    for line in reversed(told):
        when = formats.moment(line.at.astimezone(zone), now.astimezone(zone))
        yield plain(f"{when}  {line.text} ({line.actor or words.SYSTEM})")
    if not told:
        yield plain(texts.TOLD_NOBODY, "dim")

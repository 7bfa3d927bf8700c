"""A guia as a row of the list, and as lines of the panel. Pure."""

from collections.abc import Iterator
from datetime import date, datetime
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
from atendimento_tui.widgets.window_table import Line

COLUMNS = (
    (texts.COLUMN_PROTOCOL, 15, 0, 5),
    (texts.COLUMN_STATE, 18, 2, 4),
    (texts.COLUMN_NUMBER, 12, 0, 3),
    (texts.COLUMN_ABOUT, 16, 2, 2),
    (texts.COLUMN_DUE, 10, 0, 1),
)
"""Title, width, share of the remaining width, and priority of each column."""


def line_of(guia: Guia, now: datetime, zone: ZoneInfo) -> Line[Guia]:
    """A guia as a row of the list."""
    row, local = guia.row, now.astimezone(zone)
    due = formats.date(row.term.due_at.astimezone(zone)) if row.term else words.STATE[row.state]
    cells = (formats.protocol_short(row.protocol, local.year), outputs.authorisations.state(guia))
    return Line(row.key, (*cells, guia.number or words.NOTHING, guia.beneficiary, due), guia)


def panel_lines(guia: Guia, view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    """All that somebody who asks for the guia is told, its dates, and who was told before."""
    row = guia.row
    yield plain(formats.protocol_groups(row.protocol), "bold")
    yield plain(outputs.authorisations.state(guia), "bold")
    facts = (
        (texts.FACT_NUMBER, guia.number or words.NOTHING),
        (texts.FACT_PASSWORD, guia.password),
        (texts.FACT_VALID, formats.date(date.fromisoformat(guia.valid_until)) if guia.valid_until else ""),
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

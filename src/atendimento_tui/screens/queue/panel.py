"""The panel beside the queue: data, clocks and history of the ticket under the cursor."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from atendimento_tui import outputs
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.tickets import ClockView, TicketView


class TicketPanel(VerticalScroll, can_focus=False):
    """A ticket, read only.

    Attributes:
        row: The row of the ticket shown, if any.
        shows_others: Whether it shows that others have the ticket open.
    """

    row: "QueueRow | None" = None
    shows_others = False

    @property
    def ticket(self) -> int | None:
        """Id of the ticket shown, if any."""
        return self.row.key if self.row else None

    def compose(self) -> ComposeResult:
        """One widget for all lines, because the panel is always painted as a whole."""
        yield Lines(id="ticket")

    def show(self, view: "TicketView", now: datetime, zone: "ZoneInfo") -> None:
        """Show a ticket, with the newest history first, because only the top is visible."""
        row = self.row = view.row
        self.shows_others = bool(view.others_here)
        facts = (
            (texts.DETAIL_SUBJECT, row.subject),
            (texts.DETAIL_REQUESTER, row.requester),
            (texts.DETAIL_STATE, f"{words.STATE[row.state]}{f' · {row.step}' if row.step else ''}"),
            (texts.DETAIL_GROUP, row.group),
            (texts.DETAIL_OWNER, row.owner),
            (texts.DETAIL_OPENED, formats.moment(view.opened_at.astimezone(zone), now.astimezone(zone))),
            (texts.DETAIL_ORIGIN, row.origin),
            (texts.DETAIL_OTHERS_HERE, ", ".join(view.others_here)),
        )
        lines = [plain(formats.protocol_groups(row.protocol), "bold"), plain(row.service), Content("")]
        lines += [_fact(name, value) for name, value in facts if value]
        lines += [Content(""), plain(texts.DETAIL_CLOCKS, "bold")]
        lines += [
            plain(outputs.as_text.clock_line(clock, now, zone)) for clock in sorted(view.clocks, key=_newest_cycle)
        ]
        lines += [Content(""), plain(texts.DETAIL_HISTORY, "bold")]
        lines += [
            plain(text) for line in reversed(view.history[-30:]) for text in outputs.as_text.history_lines(line, zone)
        ]
        self.query_one("#ticket", Lines).show(lines)
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show nothing."""
        self.row, self.shows_others = None, False
        self.query_one("#ticket", Lines).show(())


def _newest_cycle(view: "ClockView") -> int:
    """Sorts the newest cycle first; within one, the order stays: the first due, first."""
    return -view.clock.cycle


def _fact(name: str, value: str) -> Content:
    return Content("").join([plain(f"{name}: ", "bold"), plain(value, multiline=True)])

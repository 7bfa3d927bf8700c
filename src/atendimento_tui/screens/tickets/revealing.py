"""Complete values in an open ticket: a reason is typed, then they are shown until the dialog is closed."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content

from atendimento_tui import services
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.tickets.display import TicketDisplay
from atendimento_tui.texts import formats
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.contracts.tickets import ActDone, Order
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.screens.tickets.acting import Shown
    from atendimento_tui.services.desk import Desk


class TicketRevealing(TicketDisplay):
    """The look at complete values."""

    def reveal(self) -> None:
        """Ask why, and show the complete values."""
        view = self.view
        assert view, "why_not refuses it before the ticket is read"
        row, seen = view.row, list[tuple[str, str]]()
        kept = self.desk_app.draft_of("revelar", row.protocol)

        def send(given: "Words", done: "Callable[[object], None]", refused: "Callable[[Refusal], None]") -> None:
            def do(desk: "Desk", order: "Order") -> "ActDone":
                act, lines = services.revealing.reveal_ticket(desk, order, given["reason"])
                seen[:] = lines
                return act

            def finish(shown: "tuple[ActDone, Shown]") -> None:
                done(shown)
                kept.written(kept.now)
                self._show_act(texts.REVEALED, *shown, {})
                lines = [_line(*each) for each in seen]
                title = texts.REVEALED_TITLE.format(protocol=formats.protocol_groups(row.protocol))
                self.app.push_screen(dialogs.reading.ReadingDialog(title, lines, texts.REVEALED_HINT))

            self.desk_app.perform(self._and_read(do), row.key, row.version, uuid4().hex, finish, refused)

        items = {"reason": dialogs.keep.Item(texts.REVEAL_REASON, note=texts.REVEAL_NOTE)}
        title = texts.REVEAL_TITLE.format(protocol=formats.protocol_groups(row.protocol))
        self.app.push_screen(dialogs.keep.KeepDialog(title, items, send, kept), lambda _: kept.closed())


def _line(name: str, value: str) -> Content:
    return Content("").join([plain(f"{name}: ", "dim"), plain(value)])

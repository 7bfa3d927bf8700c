"""The place of the outbox: what waits, what failed, what is uncertain; and the acts on one of these messages."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from textual.app import ComposeResult

from atendimento_tui import services
from atendimento_tui.actions.areas.outbox import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.outbox import OutboxRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.outbox import Delivery, needs_a_person
from atendimento_tui.outputs.as_text import outbox_line, outbox_text
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.asking_path import ask_path
from atendimento_tui.screens.giving import copy_link
from atendimento_tui.screens.list_place import ListPlace
from atendimento_tui.texts import formats
from atendimento_tui.texts import outbox as texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line, LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.contracts.received import ReceivedMail
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

_COLUMNS = (
    (texts.NUMBER, 7, 0, 1),
    (texts.PROTOCOL, 15, 0, 2),
    (texts.STANDS, 26, 3, 4),
    (texts.TO, 18, 2, 3),
    (texts.SUBJECT, 16, 3, 0),
)


class OutboxScreen(ListPlace[OutboxRow]):
    """The place of the outbox.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#saida"
    ENTER = "saida.ver"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._with_all = False
        self.table = LoadedTable(_COLUMNS, self.cursor_moved, empty_text=texts.READING, id="saida")

    def body(self) -> ComposeResult:
        """The counts and the list."""
        yield Bar(id="title")
        yield self.table

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the outbox again."""
        del changes
        every = self._with_all
        self.load(lambda desk, _now: services.outbox.listed(desk, every=every), self._show)

    def forget(self) -> None:
        """Show no rows."""
        self._show([])

    def _show(self, rows: list[OutboxRow]) -> None:
        info = self.desk_app.desk_info
        if not self.is_built or info is None:
            return
        now, zone = self._now(), info.hours.tz
        self.table.empty_text = texts.EMPTY_LIST if info.unit.sends_mail else texts.NOT_SENDING
        self.table.fill([_line(row, now, zone) for row in rows])
        failed = sum(needs_a_person(row.state, row.next_at) for row in rows)
        counts = texts.COUNTS.format(failed=formats.number(failed), count=formats.number(len(rows)))
        right = [Piece(texts.WITH_ALL)] if self._with_all else []
        self.query_one("#title", Bar).set([Piece(f" {counts} ", "bold")], right)
        self.cursor_moved()

    # Acts; the registry has the names of these methods.

    def toggle_all(self) -> None:
        """Show what is over too, or not."""
        self._with_all = not self._with_all
        self.desk_changed()

    def view_row(self) -> None:
        """Show the whole message."""
        number = self._row().id

        def show(row: OutboxRow) -> None:
            info = self.desk_app.desk_info
            assert info, "a row is shown only of an open desk"
            lines = [plain(line) for line in outbox_text(row, self._now(), info.hours.tz)]
            title = texts.ONE_TITLE.format(number=row.id)
            self.app.push_screen(dialogs.reading.ReadingDialog(title, lines, texts.READING_HINT))

        self.ask(("saida", number), lambda desk, _now: services.outbox.one(desk, number), show)

    def receive(self) -> None:
        """Ask for the file of an e-mail, and let it join the ticket that it answers."""

        def receive(path: Path) -> None:
            def told(done: "ReceivedMail") -> None:
                words = texts.KNOWN if done.is_known else texts.BOUNCE if done.is_bounce else texts.RECEIVED
                self.changed(words.format(protocol=formats.protocol_groups(done.protocol)))
                self.desk_app.read_alerts()

            self.desk_app.serve(lambda desk, now: services.received.receive_file(desk, path, now), told)

        ask_path(self, texts.FILE_TITLE_ANY, receive)

    def resend(self) -> None:
        """Send the message again; of a doubt it is asked first."""
        row = self._row()

        def send() -> None:
            request = uuid4().hex
            self.desk_app.serve(
                lambda desk, now: services.outbox.resend(desk, _order(desk, row, request, now), row.id),
                lambda _: self.changed(texts.RESENT.format(number=row.id)),
            )

        if row.state == Delivery.UNCERTAIN:
            self.confirm(texts.RESEND_DOUBT, texts.RESEND_YES, send)
        else:
            send()

    def correct_address(self) -> None:
        """Ask for the right address, and let the message be sent there."""
        row = self._row()
        item = dialogs.keep.Item(texts.ADDRESS, row.address)
        self._ask(
            row, "endereco", texts.ADDRESS_TITLE, {"text": item}, services.outbox.correct_address, texts.ADDRESSED
        )

    def copy_link(self) -> None:
        """Copy the link that opens WhatsApp with the text of the message."""
        row = self._row()
        if row.channel != "whatsapp":
            self.desk_app.show_message(texts.LINK_ONLY_WHATSAPP, warning=True)
            return
        copy_link(self.desk_app, row.ticket, row.id, row.body, has_files=bool(row.papers or row.attached))

    def give_up(self) -> None:
        """Ask why the message is not sent."""
        item = dialogs.keep.Item(texts.REASON)
        self._ask(self._row(), "desistir", texts.GIVE_UP_TITLE, {"text": item}, services.outbox.give_up, texts.GAVE_UP)

    def confirm_delivered(self) -> None:
        """Ask how the message was delivered."""
        item = dialogs.keep.Item(texts.HOW)
        act = services.outbox.confirm_delivered
        self._ask(self._row(), "entregue", texts.DELIVERED_TITLE, {"text": item}, act, texts.DONE_BY_HAND)

    def _ask(
        self,
        row: OutboxRow,
        verb: str,
        title: str,
        items: "dict[str, dialogs.keep.Item]",
        act: "Callable[[Desk, Order, int, str], ActDone]",
        done: str,
    ) -> None:
        """Ask for a text, and do the act with it."""

        def work(desk: "Desk", now: datetime, given: "Words", request: str) -> str:
            act(desk, _order(desk, row, request, now), row.id, given["text"])
            return given["text"]

        def finish(text: str) -> None:
            self.changed(done.format(number=row.id, address=text.strip()))

        about = (row.address or row.to, row.subject)
        title = title.format(number=row.id)
        self.keep(title, items, work, finish, draft=(f"saida.{verb}", str(row.id)), above=[*filter(None, about)])


def _order(desk: "Desk", row: OutboxRow, request: str, now: datetime) -> Order:
    return Order(row.ticket, desk.actor.person, request, now)


def _line(row: OutboxRow, now: datetime, zone: ZoneInfo) -> Line[OutboxRow]:
    """A row of the list. The registration in a protocol is the same for the whole desk."""
    number, protocol, *others = outbox_line(row, now, zone)
    over = row.state in (Delivery.SENT, Delivery.DELIVERED, Delivery.GIVEN_UP, Delivery.NEVER)
    style = "bold" if needs_a_person(row.state, row.next_at) else "dim" if over else ""
    return Line(row.id, (number, protocol.partition(".")[2] or protocol, *others), row, style)

"""The screen of an open ticket: its actions."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from atendimento_tui import compat, services
from atendimento_tui.actions import PROCESS, Action, Facts, of_process, shown_in
from atendimento_tui.actions.areas.queue import PLACE as QUEUE
from atendimento_tui.actions.areas.tickets import PLACE
from atendimento_tui.contracts.messages import MessageView, Recipient
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import (
    ActionView,
    NamedTicket,
)
from atendimento_tui.outputs.as_text import history_lines, new_date_message
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.giving import Giving, copy_link
from atendimento_tui.screens.tickets import parts
from atendimento_tui.screens.tickets.acting import Target
from atendimento_tui.screens.tickets.documents import DocumentActs
from atendimento_tui.screens.tickets.revealing import TicketRevealing
from atendimento_tui.screens.tickets.systems import TicketSystems
from atendimento_tui.texts import calendars as calendar_texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import outbox as outbox_texts
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.bars import Piece, WrappingBar

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


class TicketScreen(DocumentActs, TicketSystems, TicketRevealing, Giving):
    """An open ticket."""

    WHERE = PLACE.where

    _of_step: tuple[Action, ...] = ()
    """The actions of its step."""

    # Actions.

    def possible_actions(self) -> Iterable[Action]:
        """The actions of the ticket's step, then those of the place."""
        return (*self._of_step, *super().possible_actions())

    def shown_ticket(self) -> QueueRow | None:
        """The ticket, if an action of its step books a slot."""
        return self.view.row if self.view and any(each.books for each in self._actions()) else None

    def current_ticket(self) -> QueueRow | None:
        """The open ticket."""
        return self.view.row if self.view else None

    def facts(self) -> Facts:
        """The state of the place, with data of the whole ticket."""
        view = self.view
        return replace(
            super().facts(),
            has_documents=bool(view and view.documents),
            has_corrections=bool(view and view.corrections),
            has_new_date=bool(view and view.to_tell),
            has_alert=any(each.ticket == self._ticket for each in self.desk_app.alerts),
        )

    def do_step_action(self, key: str) -> None:
        """Do the action of the step with this key in the process."""
        assert self.view, "why_not refuses it before the ticket is read"
        self.do_action(self.view.row, next(each for each in self._actions() if each.key == key))

    def why_not(self, action: str) -> str | None:
        """Why an action is not possible now, as a sentence; None if it is possible."""
        if action.startswith(PROCESS):
            found = next((each for each in self._actions() if f"{PROCESS}{each.key}" == action), None)
            return self.reason_of(found) if found else texts.NO_LONGER
        return super().why_not(action)

    def _actions(self) -> tuple[ActionView, ...]:
        return self.view.actions if self.view else ()

    def offer(self, actions: tuple[ActionView, ...]) -> None:
        """Make the actions of the step available: by key, in the action bar, help and palette."""
        of_step = tuple(of_process(each.key, each.letter, each.label) for each in actions)
        if of_step != self._of_step:
            self._of_step = of_step
            bindings = ((key, f"screen.do({each.id!r})", each.title) for each in of_step for key in each.keys)
            compat.rebind(self, bindings)
        self._paint_actions(actions)

    def _paint_actions(self, actions: tuple[ActionView, ...]) -> None:
        pieces = []
        for each in actions:
            click, dim = f"screen.do({f'{PROCESS}{each.key}'!r})", "dim" if each.why_not else ""
            key = [Piece(each.letter, f"{dim} bold $accent".strip(), click)] if each.letter else []
            pieces.append([*key, Piece(f" {each.label}" if key else each.label, dim, click)])
        facts = self.facts()
        for action in [each for each in shown_in(PLACE.where) if each.in_action_bar and each.is_offered(facts)]:
            click, dim = f"screen.do({action.id!r})", "dim" if action.why_not(facts) else ""
            key_name = self.desk_app.key_of(action)
            pieces.append(
                [Piece(key_name, f"{dim} bold $accent".strip(), click), Piece(f" {action.title}", dim, click)]
            )
        if not actions:
            pieces.insert(0, [Piece(texts.NO_STEP_ACTIONS, "dim")])
        self.query_one("#actions", WrappingBar).set(pieces)

    def correct_an_answer(self) -> None:
        """Choose an answer and correct it."""
        assert self.view, "why_not refuses it before the ticket is read"
        self.choose_correction(self.view)

    def acknowledge(self) -> None:
        """Note that the person read the alerts of the ticket."""
        self.act_on_ticket("acknowledge", then=self.desk_app.read_alerts)

    def alerts_changed(self) -> None:
        """Show the alerts of the ticket, and whether they can be acknowledged."""
        super().alerts_changed()
        if self.view:
            self.offer(self.view.actions)

    def give_papers(self) -> None:
        """Choose a paper, and how it is given."""
        assert self.view, "why_not refuses it before the ticket is read"
        row = self.view.row
        self.offer_papers(row.key, row.protocol, self.view.papers, self.view.messages)

    def give(self, key: str, way: Way) -> None:
        """Give a paper."""
        self.act_on_ticket("give", target=Target((key, way)))

    def give_message(self, message: MessageView, recipient: Recipient) -> None:
        """Copy the link of a message by WhatsApp, or note that it was sent."""
        row = self._row()

        def copy() -> None:
            copy_link(self.desk_app, row.key, recipient.id, message.body, has_files=bool(message.carries))

        label = outbox_texts.GIVE_COPY_FILES if message.carries else outbox_texts.GIVE_COPY
        done = partial(self.act_on_ticket, "deliver_message", row, Target(recipient.id))
        choices: list[dialogs.choose.Choice[Callable[[], None]]] = [
            dialogs.choose.Choice(copy, label, ", ".join(message.carries)),
            dialogs.choose.Choice(done, outbox_texts.GIVE_DONE),
        ]
        title = outbox_texts.GIVE_TITLE.format(protocol=formats.protocol_groups(row.protocol))
        self.choose(title, choices, message.body.partition("\n")[0], lambda do: do())

    def go(self, mode: str) -> None:
        """Go to a place. For the queue, which is below it, the ticket is closed."""
        if mode == QUEUE.where:
            self.go_back()
        else:
            self.desk_app.go(mode)

    def go_back(self) -> None:
        """Close the ticket."""
        if not self.is_current:  # the key was pressed twice
            return
        self.leave_ticket()
        self.dismiss(None)

    def tell_new_date(self) -> None:
        """Choose whether a message tells the requester the new date; then the message, or the reason, is written."""
        view = self.view
        assert view, "why_not refuses it before the ticket is read"
        message = new_date_message(view, self._zone)
        choices = [
            dialogs.choose.Choice(
                ("tell_new_date", message), calendar_texts.NEW_DATE_SEND, calendar_texts.NEW_DATE_SEND_NOTE
            ),
            dialogs.choose.Choice(
                ("dismiss_new_date", message), calendar_texts.NEW_DATE_KNOWN, calendar_texts.NEW_DATE_KNOWN_NOTE
            ),
        ]
        title = calendar_texts.NEW_DATE_TITLE.format(protocol=formats.protocol_groups(view.row.protocol))
        self.choose(title, choices, "", lambda chosen: self.act_on_ticket(chosen[0], view.row, Target(chosen[1])))

    # Copying, and going to a mentioned ticket.

    def copy_protocol(self) -> None:
        """Copy the protocol, a line of the history, or all of it."""
        assert self.view, "why_not refuses it before the ticket is read"
        protocol = self.view.row.protocol
        history = ["\n".join(history_lines(line, self._zone)) for line in self.view.history]
        lines = texts.COPY_LINES_ONE if len(history) == 1 else texts.COPY_LINES.format(count=len(history))
        choices = [
            dialogs.choose.Choice(protocol, texts.COPY_PROTOCOL.format(protocol=formats.protocol_groups(protocol))),
            dialogs.choose.Choice("\n".join(history), texts.COPY_HISTORY, lines),
            *(dialogs.choose.Choice(line, " ".join(line.split())) for line in reversed(history)),
        ]

        def chosen(text: str | None) -> None:
            if text is not None:
                self.app.copy_to_clipboard(text)
                self.desk_app.show_message(texts.COPIED_TEXT)

        title = texts.COPY_TITLE.format(protocol=formats.protocol_groups(protocol))
        self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.COPY_PLACEHOLDER), chosen)

    def go_to_named(self) -> None:
        """Go to the ticket whose protocol is mentioned here; if there are several, choose."""
        if not self.view:
            return
        text, own = "\n".join(parts.all_texts(self.view)), self.view.row.protocol

        def read(desk: "Desk", _now: datetime) -> list[NamedTicket]:
            return services.tickets.named_tickets(desk, text, own)

        self.desk_app.serve(read, self._offer_named)

    def _offer_named(self, found: list[NamedTicket]) -> None:
        if not self.is_current:
            return
        if len(found) > 1:
            choices = [
                dialogs.choose.Choice(each, formats.protocol_groups(each.protocol), each.subject) for each in found
            ]
            dialog = dialogs.choose.ChooseDialog(texts.NAMED_TITLE, choices, texts.NAMED_PLACEHOLDER)
            self.app.push_screen(dialog, lambda each: self._go_to(each) if each else None)
        elif found:
            self._go_to(found[0])
        else:
            self.desk_app.show_message(texts.NO_NAMED, warning=True)

    def _go_to(self, named: NamedTicket) -> None:
        self.app.push_screen(TicketScreen(named.key, self._now))

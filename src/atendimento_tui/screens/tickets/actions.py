"""The actions on a ticket, with the same keys in the queue and in the open ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from atendimento_tui import domain, outputs, services
from atendimento_tui.domain.access import OF_TICKETS, Actor, Permission, require_on_ticket
from atendimento_tui.domain.words import State
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.continuing import offer_next
from atendimento_tui.screens.tickets.acting import Acting, Shown, Target
from atendimento_tui.screens.tickets.verbs import VERBS
from atendimento_tui.texts import bills as bill_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import tickets as texts

if TYPE_CHECKING:
    from atendimento_tui.actions import Facts
    from atendimento_tui.contracts.bills import BillRow
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.tickets import ActDone, ActionView, Explanation, TicketView
    from atendimento_tui.domain.tickets import Ticket
    from atendimento_tui.services.desk import Desk


class TicketActions(Acting):
    """A place with the actions on its current ticket."""

    def facts(self) -> "Facts":
        """The state of the place, with data of the current ticket."""
        facts, row, person = super().facts(), self.current_ticket(), self.desk_app.person
        if row is None:
            return facts
        return replace(
            facts,
            has_ticket=True,
            closed_as="" if row.state.is_open else words.STATE[row.state],
            owner="" if row.owner_id is None else row.owner or words.NOBODY,
            is_mine=person is not None and row.owner_id == person.id,
            is_waiting=row.state is State.WAITING,
            is_in_validation=row.state is State.VALIDATION,
            has_term=row.term is not None,
        )

    def require(self, actor: Actor, permission: Permission) -> None:
        """Refuse what the role forbids on the current ticket."""
        row = self.current_ticket()
        if row is None or row.is_secret or not permission.startswith(OF_TICKETS):
            super().require(actor, permission)
        else:
            require_on_ticket(actor, permission, protocol=row.protocol, group=row.group_id, owner=row.owner_id)

    def act_on_ticket(
        self,
        verb: str,
        row: "QueueRow | None" = None,
        target: Target | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Do a verb.

        Args:
            verb: Its name in `verbs.VERBS`.
            row: The ticket; by default the current one.
            target: The target; if the verb needs one and none is passed, the person chooses it.
            then: Called after the act.
        """
        self.act(VERBS[verb], row or self._row(), target, then)

    # Actions of the process.

    def choose_action(self) -> None:
        """Choose an action of the step, or a task to mark as done."""
        row = self._row()

        def choose(view: "TicketView") -> None:
            choices = [
                dialogs.choose.Choice(partial(self.do_action, view.row, each), each.label, self._aside(each))
                for each in view.actions
            ]
            choices += [
                dialogs.choose.Choice(
                    partial(self.act_on_ticket, "finish_task", view.row, Target(task)),
                    texts.FINISH_TASK.format(text=task.text),
                )
                for task in view.tasks
                if task.done_at is None
            ]
            if view.corrections:
                choices.append(dialogs.choose.Choice(partial(self.choose_correction, view), texts.CORRECT_CHOICE))
            if not choices:
                self.desk_app.show_message(texts.NO_ACTIONS, warning=True)
                return
            title = texts.CHOOSE_ACTION.format(protocol=formats.protocol_groups(row.protocol))
            self.choose(title, choices, texts.CHOOSE_ACTION_PLACEHOLDER, lambda do: do())

        self.ask(("agir", row.key), self.reading(row.key), choose)

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads the whole ticket."""
        person = self.desk_app.person
        return lambda desk, done, now: self._reading(done.ticket, person, done.after)(desk, now)

    def reading(self, ticket: int) -> "Callable[[Desk, datetime], TicketView]":
        """A function that reads a whole ticket, with the possible actions of the person and its other visitors."""
        return self._reading(ticket, self.desk_app.person)

    def _reading(
        self, ticket: int, person: "Member | None", known: "Ticket | None" = None
    ) -> "Callable[[Desk, datetime], TicketView]":
        role, own = (person.role, person.id) if person else ("", None)

        def read(desk: "Desk", now: datetime) -> "TicketView":
            return services.tickets.ticket_view(
                desk, now, ticket_id=ticket, role=role, known=known, viewer=own, with_presence=True
            )

        return read

    def do_action(self, row: "QueueRow", action: "ActionView") -> None:
        """Do an action of the step: by its dialog, or in the agenda if it books. Or show why it is not possible."""
        if reason := self.reason_of(action):
            self.desk_app.show_message(reason, warning=True)
        elif action.books:
            self.desk_app.look_for_slot(row)
        elif bill := next((rule for rule in action.asks if rule.imported), None):
            self._choose_bill(row, action, bill.key)
        else:
            self.act_on_ticket("act", row, Target(action, {"action": action.label}, key=action.key))

    def _choose_bill(self, row: "QueueRow", action: "ActionView", field: str) -> None:
        """Choose one of the beneficiary's bills before the dialog of the action opens, which shows its line."""

        def read(desk: "Desk", _now: datetime) -> "tuple[BillRow, ...]":
            return services.bills.bills_of_ticket(desk, row.key)

        def offer(found: "tuple[BillRow, ...]") -> None:
            info = self.desk_app.desk_info
            assert info, "the desk is open"
            today = self.desk_app.now().astimezone(info.hours.tz).date()
            choices = [dialogs.choose.Choice(bill, outputs.bills.bill_line(bill, today)) for bill in found]
            title = bill_texts.CHOOSE.format(title=action.label)
            self.choose(title, choices, bill_texts.CHOOSE_PLACEHOLDER, chosen)

        def chosen(bill: "BillRow") -> None:
            given = replace(action, given={**action.given, field: bill.code})
            self.act_on_ticket("act", row, Target(given, {"action": action.label}, key=f"{action.key}.{bill.code}"))

        self.ask(("boleto", row.key), read, offer)

    def choose_correction(self, view: "TicketView") -> None:
        """Choose an answer and correct it."""

        def chosen(correction: "ActionView") -> None:
            self.act_on_ticket("correct", view.row, Target(correction, {"field": correction.label}, key=correction.key))

        choices = [
            dialogs.choose.Choice(
                each, each.label, domain.process.values.masked(rule, each.given.get(rule.key, "")) or words.NOTHING
            )
            for each in view.corrections
            for rule in each.asks
        ]
        title = texts.CORRECT_CHOOSE.format(protocol=formats.protocol_groups(view.row.protocol))
        self.choose(title, choices, texts.CORRECT_PLACEHOLDER, chosen)

    def reason_of(self, action: "ActionView") -> str | None:
        """Why an action of the step is not possible now, as a sentence; None if it is possible."""
        return self.desk_app.refusal_text(action.why_not) if action.why_not else None

    def _aside(self, action: "ActionView") -> str:
        return self.reason_of(action) or action.letter or ""

    def begin_next(self) -> None:
        """Begin a service that continues the ended ticket."""
        row = self._row()
        offer_next(self, row.key, row.protocol)

    # Reading.

    def explain(self) -> None:
        """Show why the ticket is due when it is due."""
        row = self._row()

        def read(desk: "Desk", now: datetime) -> "Explanation":
            return services.tickets.explain(desk, now, ticket_id=row.key)

        def show(explained: "Explanation") -> None:
            if info := self.desk_app.desk_info:
                self.app.push_screen(dialogs.explain.ExplainDialog(explained, self.desk_app.now(), info.hours.tz))

        self.ask(("explicar", row.key), read, show)

    def copy_protocol(self) -> None:
        """Copy the protocol number to the clipboard."""
        protocol = self._row().protocol
        self.app.copy_to_clipboard(protocol)
        self.desk_app.show_message(texts.COPIED.format(protocol=formats.protocol_groups(protocol)))

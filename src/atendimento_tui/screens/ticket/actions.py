"""The actions on a ticket, with the same keys in the queue and in the open ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from atendimento_tui.actions import Facts
from atendimento_tui.contracts.people import Member, Receiver
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import ActDone, ActionView, Explanation, Order, TaskView, TicketView
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.screens.ticket.acting import Acting, Shown, with_text_only
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import ticket as texts

if TYPE_CHECKING:
    from atendimento_tui.domain.ticket import Ticket
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk


class TicketActions(Acting):
    """A place with the actions on its current ticket."""

    def facts(self) -> Facts:
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

    # Acts without a dialog.

    def claim(self) -> None:
        """Make the person the owner of the ticket."""

        def act(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import acts

            return acts.claim(desk, order)

        self._act(self._row(), act, texts.CLAIMED)

    def resume(self) -> None:
        """Resume the paused ticket."""

        def act(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import acts

            return acts.resume(desk, order)

        self._act(self._row(), act, texts.RESUMED)

    def finish_task(self, row: QueueRow, task: TaskView) -> None:
        """Mark a task as done."""

        def act(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import acts

            return acts.finish_task(desk, order, task.id)

        self._act(row, act, texts.TASK_DONE)

    # Acts with a dialog.

    def comment(self) -> None:
        """Write a comment."""
        from atendimento_tui.screens.dialogs.comment import CommentDialog

        def act(desk: "Desk", order: Order, text: str) -> ActDone:
            from atendimento_tui.services import acts

            return acts.comment(desk, order, text)

        self._write("comentar", CommentDialog, with_text_only(act), self._row(), texts.COMMENTED)

    def pause(self) -> None:
        """Pause the ticket, with a reason."""
        from atendimento_tui.screens.dialogs.pause import PauseDialog

        def act(desk: "Desk", order: Order, text: str) -> ActDone:
            from atendimento_tui.services import acts

            return acts.pause(desk, order, text)

        self._write("pausar", PauseDialog, with_text_only(act), self._row(), texts.PAUSED)

    def hand_over(self) -> None:
        """Hand the ticket over to a group or a person, with a reason."""
        row = self._row()

        def read(desk: "Desk", _now: datetime) -> list[Receiver]:
            from atendimento_tui.services.view import receivers

            return receivers(desk)

        def choose(found: list[Receiver]) -> None:
            from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

            choices = [Choice(each, each.name, texts.HAND_OVER_GROUP if each.group else each.aside) for each in found]
            title = texts.HAND_OVER_TITLE.format(protocol=formats.protocol_groups(row.protocol))
            self.app.push_screen(ChooseDialog(title, choices, texts.HAND_OVER_PLACEHOLDER), chosen)

        def chosen(receiver: Receiver | None) -> None:
            if receiver:
                self._hand_over_to(row, receiver)

        self.ask(("encaminhar", row.key), read, choose)

    def _hand_over_to(self, row: QueueRow, receiver: Receiver) -> None:
        def act(desk: "Desk", order: Order, text: str) -> ActDone:
            from atendimento_tui.services import acts

            return acts.hand_over(desk, order, text, group=receiver.group, owner=receiver.owner)

        title = texts.HAND_OVER_REASON.format(protocol=formats.protocol_groups(row.protocol), name=receiver.name)
        aim = f"{receiver.group} {receiver.owner}"
        self._give_reason("encaminhar", title, act, row, texts.HANDED_OVER, aim=aim, name=receiver.name)

    def change_severity(self) -> None:
        """Change the severity, with a reason."""
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        row = self._row()

        def chosen(severity: Severity | None) -> None:
            if severity:
                self._change_severity_to(row, severity)

        choices = [Choice(each, words.SEVERITY[each]) for each in reversed(Severity) if each != row.severity]
        title = texts.SEVERITY_TITLE.format(protocol=formats.protocol_groups(row.protocol))
        self.app.push_screen(ChooseDialog(title, choices, texts.SEVERITY_PLACEHOLDER), chosen)

    def _change_severity_to(self, row: QueueRow, severity: Severity) -> None:
        def act(desk: "Desk", order: Order, text: str) -> ActDone:
            from atendimento_tui.services import acts

            return acts.raise_severity(desk, order, severity, text)

        word = words.SEVERITY[severity]
        title = texts.SEVERITY_REASON.format(protocol=formats.protocol_groups(row.protocol), severity=word)
        self._give_reason("criticidade", title, act, row, texts.SEVERITY_CHANGED, aim=severity, severity=word)

    # Actions of the process.

    def choose_action(self) -> None:
        """Choose an action of the step, or a task to mark as done."""
        row = self._row()

        def choose(view: TicketView) -> None:
            from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

            choices = [
                Choice(partial(self.do_action, view.row, each), each.label, self._aside(each)) for each in view.actions
            ]
            choices += [
                Choice(partial(self.finish_task, view.row, task), texts.FINISH_TASK.format(text=task.text))
                for task in view.tasks
                if task.done_at is None
            ]
            if view.corrections:
                choices.append(Choice(partial(self.choose_correction, view), texts.CORRECT_CHOICE))
            if not choices:
                self.desk_app.show_message(texts.NO_ACTIONS, warning=True)
                return
            title = texts.CHOOSE_ACTION.format(protocol=formats.protocol_groups(row.protocol))
            chosen: Callable[[Callable[[], None] | None], None] = lambda do: do() if do else None  # noqa: E731
            self.app.push_screen(ChooseDialog(title, choices, texts.CHOOSE_ACTION_PLACEHOLDER), chosen)

        self.ask(("agir", row.key), self.reading(row.key), choose)

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads the whole ticket."""
        person = self.desk_app.person
        return lambda desk, done, now: self._reading(done.ticket, person, done.after)(desk, now)

    def reading(self, ticket: int) -> "Callable[[Desk, datetime], TicketView]":
        """A function that reads a whole ticket, with the possible actions of the person and its other visitors."""
        return self._reading(ticket, self.desk_app.person)

    def _reading(
        self, ticket: int, person: Member | None, known: "Ticket | None" = None
    ) -> "Callable[[Desk, datetime], TicketView]":
        role, own = (person.role, person.id) if person else ("", None)

        def read(desk: "Desk", now: datetime) -> TicketView:
            from atendimento_tui.services.view import ticket_view

            return ticket_view(desk, now, ticket_id=ticket, role=role, known=known, viewer=own, looks_around=True)

        return read

    def do_action(self, row: QueueRow, action: ActionView) -> None:
        """Open the dialog of an action of the step, or show why it is not possible."""
        from atendimento_tui.screens.dialogs.act import ActDialog
        from atendimento_tui.screens.dialogs.write import TEXT

        if reason := self.reason_of(action):
            self.desk_app.show_message(reason, warning=True)
            return

        def act(desk: "Desk", order: Order, given: "Words") -> ActDone:
            from atendimento_tui.domain.workflow import Answer
            from atendimento_tui.services import acts

            values = {key: value for key, value in given.items() if key != TEXT}
            return acts.act(desk, order, action.key, Answer(given.get(TEXT, ""), values))

        self._write(f"acao.{action.key}", partial(ActDialog, action), act, row, texts.ACTED, action=action.label)

    def choose_correction(self, view: TicketView) -> None:
        """Choose an answer and correct it."""
        from atendimento_tui.domain.process.values import masked
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        def chosen(correction: ActionView | None) -> None:
            if correction:
                self.correct(view.row, correction)

        choices = [
            Choice(each, each.label, masked(rule, each.given.get(rule.key, "")) or words.NOTHING)
            for each in view.corrections
            for rule in each.asks
        ]
        title = texts.CORRECT_CHOOSE.format(protocol=formats.protocol_groups(view.row.protocol))
        self.app.push_screen(ChooseDialog(title, choices, texts.CORRECT_PLACEHOLDER), chosen)

    def correct(self, row: QueueRow, correction: ActionView) -> None:
        """Ask for the correct answer and the reason."""
        from atendimento_tui.screens.dialogs.act import CorrectDialog
        from atendimento_tui.screens.dialogs.write import TEXT

        def act(desk: "Desk", order: Order, given: "Words") -> ActDone:
            from atendimento_tui.services import acts

            return acts.correct_answer(desk, order, correction.key, given.get(correction.key, ""), given.get(TEXT, ""))

        what = f"corrigir.{correction.key}"
        dialog = partial(CorrectDialog, correction)
        self._write(what, dialog, act, row, texts.CORRECTED, field=correction.label)

    def reason_of(self, action: ActionView) -> str | None:
        """Why an action of the step is not possible now, as a sentence; None if it is possible."""
        return self.desk_app.refusal_text(action.why_not) if action.why_not else None

    def _aside(self, action: ActionView) -> str:
        return self.reason_of(action) or action.letter or ""

    # Reading.

    def explain(self) -> None:
        """Show why the ticket is due when it is due."""
        from atendimento_tui.screens.dialogs.explain import ExplainDialog

        row = self._row()

        def read(desk: "Desk", now: datetime) -> Explanation:
            from atendimento_tui.services.view import explain

            return explain(desk, now, ticket_id=row.key)

        def show(explained: Explanation) -> None:
            if info := self.desk_app.desk_info:
                self.app.push_screen(ExplainDialog(explained, self.desk_app.now(), info.hours.tz))

        self.ask(("explicar", row.key), read, show)

    def copy_protocol(self) -> None:
        """Copy the protocol number to the clipboard."""
        protocol = self._row().protocol
        self.app.copy_to_clipboard(protocol)
        self.desk_app.show_message(texts.COPIED.format(protocol=formats.protocol_groups(protocol)))

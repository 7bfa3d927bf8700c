"""The screen of a new intake: choose the service, get the protocol number, fill in the form, show the slip."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.content import Content
from textual.widgets import Static

from atendimento_tui import outputs, services
from atendimento_tui.actions import Facts, named
from atendimento_tui.actions.areas.intake import PLACE
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens import beneficiaries
from atendimento_tui.screens.beneficiaries.search import PersonSearch
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.texts import formats, papers, window
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.services.desk import Desk
from atendimento_tui.screens.fields import Row, show_focused
from atendimento_tui.screens.giving import Giving
from atendimento_tui.screens.intake.drafting import Drafting
from atendimento_tui.screens.intake.steps import ASKING, CHOOSING, DONE, Search, Slip


class IntakeScreen(Drafting, Giving):
    """Opens a new ticket."""

    WHERE = PLACE.where

    _saved_ticket: TicketView | None = None
    """The ticket of the slip, once it was read."""
    _was_left = False
    """Whether another place was shown since."""

    def built(self) -> None:
        """Paint the frame, and read the services if the desk is open."""
        self.tick(self._now())
        self.paint_footer()
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_resize(self) -> None:
        """Paint the footer for the new width, and keep the field with the focus in sight."""
        self.after_refresh(self.paint_footer)
        self.after_refresh(lambda: show_focused(self))

    @on(Row.Corrected)
    def _corrected(self) -> None:
        """Remove the refusal when all errors of the form are corrected."""
        if not any(row.is_wrong for row in self.query(Row)):
            self._show_error("")

    def on_screen_resume(self) -> None:
        """Read services and promises again: they may have changed."""
        if not self.is_built:
            return
        about = self.desk_app.about
        if self._step == DONE and (about or self._was_left):
            self.begin_another()
        elif self._step == CHOOSING:
            self._read()
        elif wanted := self.desk_app.next_service:
            self.desk_app.next_service = None
            self.desk_app.show_message(texts.FINISH_FIRST_THEN.format(service=wanted.name), warning=True)
        elif about:
            self.desk_app.show_message(texts.FINISH_FIRST.format(name=about.name))
        self._ask_promises()

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Read the services."""
        super().desk_opened(desk_info)
        self._read()

    def person_changed(self, person: "Member | None") -> None:
        """Leave the former person's form, whose draft stays for them, or slip, and read the drafts of this one."""
        super().person_changed(person)
        self._requests.clear()
        self._is_left = True
        if self._step == ASKING and self._form is not None and not self._saving:
            self._close_form()
        elif self._step == DONE:
            self.begin_another()
        elif self._step == CHOOSING:
            self._read()

    def tick(self, now: datetime) -> None:
        """Compute the promises every minute."""
        super().tick(now)
        if self._promised_at and now.replace(second=0, microsecond=0) != self._promised_at:
            self._ask_promises()

    def _ask_promises(self) -> None:
        """Compute when the solution would be due, and show it in the form."""
        form = self._form
        if form is None or self._step != ASKING or not form.is_mounted:
            return
        process, answers = form.draft().process, form.answers()
        self._promised_at = self._now().replace(second=0, microsecond=0)

        def promises(desk: "Desk", now: datetime) -> tuple[dict[Severity, datetime], datetime]:
            return services.intake.promises(desk, process, answers, now), now

        def show(promised: tuple[dict[Severity, datetime], datetime]) -> None:
            if self.desk_app.desk_info and form.is_attached:
                form.promise(*promised, self.desk_app.desk_info.hours.tz)

        self.desk_app.serve(promises, show)

    @on(PersonSearch.Searched)
    def _find_person(self, event: PersonSearch.Searched) -> None:
        beneficiaries.search.find_people(self.desk_app, event)

    @on(PersonSearch.Unknown)
    def _register_person(self, event: PersonSearch.Unknown) -> None:
        """Register an unknown person. The input of the dialog is part of the draft until it is saved."""
        form, text, search = self._form, event.text, event.search
        if form is None:
            return
        kept = form.registering
        facts = kept if kept.get("typed") == text else beneficiaries.register.facts_from_search(text)

        def typed(facts: beneficiaries.register.Facts) -> None:
            form.registering = {**facts, "typed": text}
            self._typed()

        def register(
            facts: beneficiaries.register.Facts,
            then: Callable[[BeneficiaryRow], None],
            refused: Callable[[Refusal], None],
        ) -> None:
            def add(desk: "Desk", now: datetime) -> BeneficiaryRow:
                return services.beneficiaries.add_beneficiary(desk, now, **facts)

            self.desk_app.serve(add, then, refused)

        def registered(person: BeneficiaryRow | None) -> None:
            if person:
                form.registering = {}
                search.confirm(person)

        self.app.push_screen(beneficiaries.register.RegisterDialog(facts, typed, register), registered)

    @on(IntakeForm.Save)
    def save(self) -> None:
        """Open the ticket. A refusal is shown, and all input stays."""
        form = self._form
        if form is None or self._saving:
            return
        if not form.check():
            self._show_error(window.CHECK_FIELDS)
            return
        self._typed()
        self._field_left()
        self._saving, self._is_left, form.disabled = True, False, True
        draft, asked = form.draft(), form.asked()

        def finish(desk: "Desk", order: Order) -> ActDone:
            return services.intake.finish(
                desk,
                order,
                services.intake.Intake(
                    severity=asked.severity,
                    requester=asked.requester,
                    subject=asked.subject,
                    channel=asked.channel,
                    beneficiary=asked.beneficiary,
                    answers=asked.answers,
                ),
            )

        self.desk_app.perform(finish, draft.ticket, draft.version, draft.finishing, self._saved, self._not_saved)

    def _not_saved(self, refusal: Refusal) -> None:
        """Show the refusal; if no beneficiary is confirmed, at that field."""
        self._saving = False
        self._refused(refusal)
        form = self._form
        if form is None:
            return
        form.disabled = False
        if refusal.code == "sem_beneficiario":
            form.ask_for_beneficiary()
        else:
            form.query_one("#gravar").focus()
        if self._is_left:
            self._close_form()

    def _saved(self, done: ActDone) -> None:
        """Delete the draft and show the slip."""
        self._saving = False
        draft, self._draft = self._draft, None
        if self._form:
            self._form.remove()
        self._form = self._promised_at = None
        self._saved_ticket, self._was_left = None, False
        self._slip_protocol = formats.protocol_groups(done.protocol)
        self._show_slip((texts.SLIP_PROTOCOL + ": " + self._slip_protocol,))
        if done.said:
            self.desk_app.show_message(done.said, warning=True)
        self._go(DONE)
        self.query_one(Slip).focus()
        if self._is_left:
            self.begin_another()

        def slip(desk: "Desk", now: datetime) -> tuple[TicketView, tuple[str, ...]]:
            found = services.intake.slip(desk, done.ticket, now)
            return found.ticket, tuple(outputs.slip.slip_lines(found))

        def show(found: tuple[TicketView, tuple[str, ...]]) -> None:
            self._saved_ticket = found[0]
            self._show_slip(found[1])
            self._tell_due(found[0])

        assert draft is not None
        draft.discard(lambda: self.desk_app.serve(slip, show))

    def _show_slip(self, lines: tuple[str, ...]) -> None:
        self._slip = lines
        self.query_one("#slip", Static).update(Content("\n").join([plain(line) for line in lines]))

    def _tell_due(self, view: TicketView) -> None:
        """Say which papers are to be printed now."""
        if names := ", ".join(paper.name for paper in view.papers if paper.is_due):
            [action] = named(("novo.entregar",))
            key = self.desk_app.key_of(action)
            self.desk_app.show_message(papers.DUE_TOLD.format(names=names, key=key))

    def give_papers(self) -> None:
        """Choose a paper of the saved ticket, and how it is given."""
        if view := self._saved_ticket:
            self.offer_papers(view.row.key, view.row.protocol, view.papers)
        else:  # it is being read
            self.desk_app.show_message(window.STILL_LOADING)

    def give(self, key: str, way: Way) -> None:
        """Give a paper of the saved ticket."""
        view = self._saved_ticket
        assert view, "it is offered after it was read"

        def do(desk: "Desk", order: Order) -> ActDone:
            return services.papers.give(desk, order, key, way)

        def given(done: ActDone) -> None:
            left = tuple(replace(each, is_due=False) if each.key == key else each for each in view.papers)
            self._saved_ticket = replace(view, papers=left)
            self.desk_app.show_message(papers.ACT_SAID.format(said=done.said))
            self.desk_app.acted(done.ticket, shown_by=self)

        self.desk_app.perform(do, view.row.key, view.row.version, uuid4().hex, given)

    def go(self, mode: str) -> None:
        """Go to a place. From the slip, the key of this place begins another intake."""
        if mode == PLACE.where and self._step == DONE:
            self.begin_another()
        else:
            self.desk_app.go(mode)

    def on_screen_suspend(self) -> None:
        """Another place is shown, or a dialog."""
        self._was_left = self.app.current_mode != PLACE.where

    def facts(self) -> Facts:
        """The state of the place, with the step of the intake."""
        step = self._step
        return replace(
            super().facts(),
            is_choosing=step == CHOOSING,
            is_done=step == DONE,
            is_draft=step == CHOOSING and isinstance(self._offer(), Draft),
        )

    def fills_a_form(self) -> bool:
        """Whether the form is shown."""
        return self._step == ASKING

    def copy_slip(self) -> None:
        """Copy the slip to the clipboard. `give_papers` also records that it was given in this way."""
        self.app.copy_to_clipboard("\n".join(self._slip))
        self.desk_app.show_message(texts.SLIP_COPIED.format(protocol=self._slip_protocol))

    def begin_another(self) -> None:
        """Go from the slip to the next intake."""
        self._go(CHOOSING)
        self.query_one(Search).focus()
        self._read()

    def key_escape(self) -> None:
        """Go back: from the slip or the form to the services, from there to the queue. The draft is saved."""
        search = self.query_one(Search)
        if self._step == ASKING:
            if not self._saving and self._form is not None:  # without a form it is being put aside
                self._close_form()
        elif self._step == DONE:
            self.begin_another()
        elif search.value:
            search.value = ""
        else:
            self.desk_app.about = None
            self._fill()
            self.desk_app.go("fila")

"""An intake that has begun: its number, its form, and its draft until it is saved or discarded."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.content import Content
from textual.widgets import Digits, Static

from atendimento_tui import services
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.processes import Service
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import DraftSession

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process
    from atendimento_tui.services.desk import Desk
from atendimento_tui.screens.intake.choosing import Choosing
from atendimento_tui.screens.intake.steps import ASKING, CHOOSING, Search


class Drafting(Choosing):
    """An intake that has begun, with a draft until it is finished or discarded."""

    def _ask_promises(self) -> None:
        """Compute when the solution would be due, and show it in the form."""
        raise NotImplementedError

    def _take(self, offer: Service | Draft, search_text: str, answers: Mapping[str, str] | None = None) -> None:
        """Begin an intake of a service, or continue a draft. Asks first who works here, if that is unknown."""
        if self._beginning or self._draft is not None:  # an intake has begun; its form may not be visible yet
            return
        if self.desk_app.person is None:
            self.desk_app.choose_person(lambda: self._take(offer, search_text, answers))
            return
        self._beginning, self._is_left = True, False
        actor = self.desk_app.person.id
        search = self.query_one(Search)
        self._search_text, search.value = search_text, search.value.removeprefix(search_text)
        if isinstance(offer, Service):
            request = self._requests.setdefault(offer.version, uuid4().hex)
            draft = Draft(
                request=request,
                finishing=uuid4().hex,
                process=offer.version,
                service=offer.process.name,
                ticket=0,
                protocol="",
                version=0,
                begun_at=self._now(),
                severity=offer.process.default_severity,
                answers=answers or {},
            )
        else:
            draft = offer

        def begin(desk: "Desk", now: datetime) -> "tuple[DraftSession[Draft], Process]":
            with services.drafts.locked(desk, draft) as file:
                done = services.intake.begin(desk, draft.process, actor, draft.request, now)
                begun = replace(draft, ticket=done.ticket, protocol=done.protocol, version=done.version)
                session = DraftSession(self.desk_app, begun, lambda _: file, self._draft_not_saved, self._ask_promises)
                with suppress(OSError):  # the number is given all the same
                    session.save()
                return session, desk.process(draft.process)

        self.hold_keys()
        self.desk_app.serve(begin, self._begun, self._not_begun)

    def _not_begun(self, refusal: Refusal) -> None:
        """Restore the search text, because the intake was refused."""
        self._beginning = False
        self.let_keys_act()
        search = self.query_one(Search)
        search.value = self._search_text + search.value
        self._refused(refusal)

    def _begun(self, begun: "tuple[DraftSession[Draft], Process]") -> None:
        """Show the number and the form."""
        session, process = begun
        self._beginning = False
        self._draft = self.desk_app.drafts[self.WHERE] = session
        draft = session.now
        self._requests.pop(draft.process, None)
        protocol = formats.protocol_groups(draft.protocol)
        head = [plain(texts.PROTOCOL), plain(protocol, "bold reverse"), plain(process.name)]
        self.query_one("#number", Static).update(Content("  ").join(head))
        self.query_one("#big", Digits).update(plain(protocol).plain)
        about, self.desk_app.about = self.desk_app.about, None
        is_new = not draft.beneficiary_text and draft.beneficiary is None
        self._form = IntakeForm(process, draft, about if is_new else None)
        self.query_one(f"#{ASKING}").mount(self._form, after="#big")

    @on(IntakeForm.Ready)
    def _form_ready(self) -> None:
        """Show the form with the focus in the first field, which gets the text typed before."""
        if self._form is None:
            return
        if self._is_left:
            self._close_form()
            self.let_keys_act()
            return
        self._go(ASKING)
        self._form.focus_first()
        if not self._form.propose():
            self._form.write_first(self._take_early_text())
        self._ask_promises()
        self.let_keys_act()

    def _take_early_text(self) -> str:
        """Remove and return the text that was typed into the search field for the form."""
        search = self.query_one(Search)
        early, search.value = search.value, ""
        return early

    @on(IntakeForm.Changed)
    def _typed(self) -> None:
        if self._draft and self._form:
            self._draft.change(self._form.draft())  # when the window closes, it is too late

    @on(IntakeForm.Left)
    def _field_left(self) -> None:
        if self._draft:
            self._draft.save_now()

    def _draft_not_saved(self, refusal: Refusal) -> None:
        self._show_error(texts.DRAFT_NOT_KEPT.format(reason=self.desk_app.refusal_text(refusal)))

    def _close_form(self) -> None:
        """Close the form and keep its draft, which is shown in the list."""
        self._typed()
        form, draft = self._form, self._draft
        assert form is not None
        assert draft is not None
        self._form = self._promised_at = None

        def save_and_release(desk: "Desk", _now: datetime) -> tuple[list[Service], list[Draft]]:
            draft.save_and_release()
            return services.processes.offered(desk), services.drafts.waiting(desk)

        def saved(listed: tuple[list[Service], list[Draft]]) -> None:
            self._draft = None
            form.remove()
            self._go(CHOOSING)
            self.query_one(Search).focus()
            self._listed(listed)

        def not_saved(refusal: Refusal) -> None:  # the form stays open
            self._form = form
            self._draft_not_saved(refusal)

        self.desk_app.serve(save_and_release, saved, not_saved)

"""An intake under way: its number, its form, and its draft on the disk until it is written or thrown away."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.content import Content
from textual.widgets import Digits, Static

from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.processes import Service
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import KEEP_AFTER_S

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.services.drafts import Keeper
from atendimento_tui.screens.intake.choosing import Choosing
from atendimento_tui.screens.intake.steps import ASKING, CHOOSING, Search


class Drafting(Choosing):
    """An intake that was begun has a draft until it is finished or thrown away."""

    def _ask_promises(self) -> None:
        """When the solution would be due, as things stand."""
        raise NotImplementedError

    def before_exit(self) -> None:
        """The program ends: keep what is on no disk yet, here and now.

        What a thread was asked to write counts as unwritten, since the program may end before the thread runs; the
        keeper writes no state twice.
        """
        for keeper, state, draft in (self._aside, (self._keeper, self._states, self._latest)):
            if keeper and draft:
                with suppress(OSError):
                    keeper.keep(state, draft)

    def _take(self, offer: Service | Draft, looked_for: str) -> None:
        """Begin by a service, or go on with a draft; who is at the window is asked first."""
        if self._beginning or self._form is not None:  # its number is given, though the form may not be seen yet
            return
        if self.desk_app.person is None:
            self.desk_app.choose_person(lambda: self._take(offer, looked_for))
            return
        self._beginning = True
        actor = self.desk_app.person.id
        search = self.query_one(Search)
        self._looked_for, search.value = looked_for, search.value.removeprefix(looked_for)
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
            )
        else:
            draft = offer

        def begin(desk: "Desk", now: datetime) -> "tuple[Draft, Keeper, Process]":
            from atendimento_tui.domain.refusals import Refused
            from atendimento_tui.services import drafts, intake

            keeper = drafts.keeper(desk, draft.request)
            held = True
            with suppress(OSError):  # where no draft can be kept, the number is given all the same
                held = keeper.take()
            if not held:
                raise Refused("rascunho_em_uso", protocol=draft.protocol)
            try:
                done = intake.begin(desk, draft.process, actor, draft.request, now)
                begun = replace(draft, ticket=done.ticket, protocol=done.protocol, version=done.version)
                with suppress(OSError):
                    keeper.keep(1, begun)
                return begun, keeper, desk.process(draft.process)
            except BaseException:
                keeper.release()
                raise

        self.desk_app.serve(begin, self._begun, self._not_begun)

    def _not_begun(self, refusal: Refusal) -> None:
        """There is no number: what was looked for stands there again."""
        self._beginning = False
        search = self.query_one(Search)
        search.value = self._looked_for + search.value
        self._refused(refusal)

    def _begun(self, begun: "tuple[Draft, Keeper, Process]") -> None:
        """The number is there: show it, and ask."""
        draft, self._keeper, process = begun
        self._beginning = False
        self._requests.pop(draft.process, None)
        self._latest, self._states, self._states_kept = draft, 1, 1
        protocol = formats.protocol_groups(draft.protocol)
        head = [plain(texts.PROTOCOL), plain(protocol, "bold reverse"), plain(process.name)]
        self.query_one("#number", Static).update(Content("  ").join(head))
        self.query_one("#big", Digits).update(plain(protocol).plain)
        self._form = IntakeForm(process, draft)
        self.query_one(f"#{ASKING}").mount(self._form, after="#big")

    @on(IntakeForm.Ready)
    def _form_stands(self) -> None:
        """Show it with the cursor in the first field; what was typed faster than that is there already."""
        if self._form is None:
            return
        self._go(ASKING)
        self._form.focus_first()
        self._form.write_first(self._early())
        self._ask_promises()

    def _early(self) -> str:
        """Take what was typed for the form into the search above it."""
        search = self.query_one(Search)
        early, search.value = search.value, ""
        return early

    @on(IntakeForm.Changed)
    def _typed(self) -> None:
        if self._form is None:
            return
        self._states += 1
        self._latest = self._form.draft()  # now, since on leaving the fields go before the screen does
        if self._keep_timer is None:
            self._keep_timer = self.set_timer(KEEP_AFTER_S, self._keep_soon)

    @on(IntakeForm.Left)
    def _left_a_field(self) -> None:
        self._keep()

    def _keep_soon(self) -> None:
        self._keep_timer = None
        self._keep()
        self._ask_promises()

    def _keep(self) -> None:
        """Write the draft, if something was typed since it was written."""
        draft, keeper, state = self._latest, self._keeper, self._states
        if draft is None or keeper is None or state == self._states_kept:
            return
        self._states_kept = state

        self.desk_app.serve(lambda _desk, _now: keeper.keep(state, draft), lambda _: None, self._not_kept)

    def _not_kept(self, refusal: Refusal) -> None:
        self._show_error(texts.DRAFT_NOT_KEPT.format(reason=self.desk_app.refusal_text(refusal)))

    def _put_aside(self) -> None:
        """Leave the form as it is: it is offered again."""
        form, keeper = self._form, self._keeper
        assert form is not None
        assert keeper is not None
        draft, state = form.draft(), self._states
        self._aside = keeper, state, draft
        self._form = self._keeper = self._promised_at = None

        def keep(desk: "Desk", _now: datetime) -> tuple[list[Service], list[Draft]]:
            from atendimento_tui.services import drafts, processes

            keeper.keep(state, draft)
            keeper.release()
            return processes.offered(desk), drafts.waiting(desk)

        def kept(listed: tuple[list[Service], list[Draft]]) -> None:
            form.remove()
            self._go(CHOOSING)
            self.query_one(Search).focus()
            self._listed(listed)

        def not_kept(refusal: Refusal) -> None:  # then it stays on the screen
            self._form, self._keeper = form, keeper
            self._not_kept(refusal)

        self.desk_app.serve(keep, kept, not_kept)

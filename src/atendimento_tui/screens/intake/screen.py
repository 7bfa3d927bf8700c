"""A new intake: the service, the protocol number at once, what is asked, the promise, the slip."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Digits, Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui.actions import Facts, Where
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.processes import Service
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.text import searched, searched_words
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.screens.intake.person import PersonSearch
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts
from atendimento_tui.texts import window as screen_texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import KEEP_AFTER_S

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.services.drafts import Keeper

CHOOSING, ASKING, DONE = "choosing", "asking", "done"


class _Search(LineInput):
    """Where the service is looked for; the arrows move in the list all the while."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
    ]


class _Offers(OptionList, can_focus=False):
    """Drafts and services."""


class _Slip(VerticalScroll):
    """What is handed to whoever asked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.do('novo.seguinte')", show=False)]


class IntakeScreen(Place):
    """Takes what comes in. Each intake that was begun has a draft until it is finished or thrown away."""

    WHERE = Where.INTAKE
    AUTO_FOCUS = "_Search"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-tiny"),
        (40, "-narrow"),
        (80, "-medium"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._services: Sequence[Service] = ()
        self._drafts: Sequence[Draft] = ()
        self._offers: list[Service | Draft] = []
        self._requests: dict[int, str] = {}
        self._beginning = self._saving = False
        self._looked_for = ""
        self._form: IntakeForm | None = None
        self._keeper: Keeper | None = None
        self._latest: Draft | None = None
        self._states = self._states_kept = 0
        self._aside: tuple[Keeper | None, int, Draft | None] = (None, 0, None)
        """What is being put aside: its keeper, its state and the draft, until they are on the disk."""
        self._keep_timer: Timer | None = None
        self._slip: tuple[str, ...] = ()
        self._slip_protocol = ""
        self._promised_at: datetime | None = None
        super().__init__()

    def body(self) -> ComposeResult:
        """The three steps, one of which is seen."""
        with ContentSwitcher(initial=CHOOSING, id="steps"):
            with Vertical(id=CHOOSING):
                yield Static(texts.CHOOSE_TITLE, classes="title")
                yield _Search(placeholder=texts.CHOOSE_PLACEHOLDER, compact=True, id="search")
                yield Static(id="waiting", classes="note")
                yield _Offers(compact=True, id="offers")
                yield Static(classes="refusal")
                yield Static(id="choosing-hint", classes="hint")
            with Vertical(id=ASKING):
                yield Static(id="number")
                yield Digits(id="big")
                yield Static(classes="refusal")
                yield Static(texts.FORM_HINT, classes="hint")
            with _Slip(id=DONE):
                yield Static(texts.SLIP_TITLE, classes="title")
                yield Static(id="slip")
                yield Static(texts.SLIP_HINT, classes="hint")
        yield Static(screen_texts.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """The desk is open already, or tells when it is."""
        self.tick(self._now())
        self.paint_footer()
        if self.desk_app.face:
            self.desk_opened(self.desk_app.face)

    def on_resize(self) -> None:
        """Another width has room for other words."""
        self.call_after_refresh(self.paint_footer)

    def on_screen_resume(self) -> None:
        """Back from another place: what is offered may have changed, and time went on."""
        if self._step == CHOOSING:
            self._read()
        self._ask_promises()

    def on_unmount(self) -> None:
        """The window closes."""
        self.put_away()
        if self._keeper:
            self._keeper.release()

    # What the application tells.

    def desk_opened(self, face: DeskInfo) -> None:
        """The database is open: what does the desk offer?"""
        super().desk_opened(face)
        self._read()

    def tick(self, now: datetime) -> None:
        """Every minute the promises are other ones."""
        super().tick(now)
        if self._promised_at and now.replace(second=0, microsecond=0) != self._promised_at:
            self._ask_promises()

    def put_away(self) -> None:
        """The program ends: keep what is on no disk yet, here and now.

        What a thread was asked to write counts as unwritten, since the program may end before the thread runs; the
        keeper writes no state twice.
        """
        for keeper, state, draft in (self._aside, (self._keeper, self._states, self._latest)):
            if keeper and draft:
                with suppress(OSError):
                    keeper.keep(state, draft)

    # Choosing.

    @property
    def _step(self) -> str:
        return self.query_one(ContentSwitcher).current or CHOOSING

    def _go(self, step: str) -> None:
        self.query_one(ContentSwitcher).current = step
        for told in self.query(".refusal"):
            assert isinstance(told, Static)
            told.update("")
        self.paint_footer()

    def _read(self) -> None:
        """Read what is offered and which drafts wait."""
        if not self.desk_app.face:
            return

        def read(desk: "Desk", _now: datetime) -> tuple[list[Service], list[Draft]]:
            from atendimento_tui.services import drafts, processes

            return processes.offered(desk), drafts.waiting(desk)

        self.desk_app.serve(read, self._listed, self._refused)

    def _listed(self, listed: tuple[list[Service], list[Draft]]) -> None:
        self._services, self._drafts = listed
        self._fill()

    def _fill(self) -> None:
        """Drafts while nothing is typed, services by what is typed."""
        typed = searched_words(self.query_one(_Search).value)
        self._offers = self._offered(typed)
        offers = self.query_one(_Offers)
        offers.clear_options()
        if self._offers:
            offers.add_options([Option(self._offer_line(offer)) for offer in self._offers])
            offers.highlighted = 0
        elif self.desk_app.face:
            offers.add_option(Option(texts.CHOOSE_NOTHING if self._services else texts.CHOOSE_EMPTY, disabled=True))
        waiting, count = self.query_one("#waiting", Static), len(self._drafts)
        waiting.update(texts.DRAFTS_TITLE_ONE if count == 1 else plain(texts.DRAFTS_TITLE.format(count=count)))
        waiting.display = bool(count) and not typed
        key = self.key_of("novo.descartar")
        hint = plain(texts.CHOOSE_HINT_DRAFTS.format(key=key)) if count else plain(texts.CHOOSE_HINT)
        self.query_one("#choosing-hint", Static).update(hint)
        self.paint_footer()

    def _offered(self, typed: Sequence[str]) -> list[Service | Draft]:
        services = [service for service in self._services if _has(service, typed)]
        return [*([] if typed else self._drafts), *services]

    def _offer_line(self, offer: Service | Draft) -> Content:
        if isinstance(offer, Service):
            name, aside = plain(offer.process.name, "bold"), plain(offer.process.description, "dim")
            return Content("  ").join([name, aside])
        zone = self.desk_app.face.hours.tz if self.desk_app.face else None
        when = formats.moment(offer.begun_at.astimezone(zone), self._now().astimezone(zone))
        protocol = formats.protocol_groups(offer.protocol)
        return plain(texts.DRAFT.format(protocol=protocol, service=offer.service, when=when), "$text-warning")

    def action_move(self, by: int) -> None:
        """Move in the list."""
        offers = self.query_one(_Offers)
        if self._offers:
            offers.highlighted = ((offers.highlighted or 0) + by) % len(self._offers)

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        """Offer what fits; a letter that was still on its way here when the form came is the form's."""
        if self._step == ASKING and self._form is not None:
            self._form.write_first(self._early())
        elif not self._beginning:
            self._fill()

    @on(Input.Submitted, "#search")
    def _chosen(self, event: Input.Submitted) -> None:
        """Take what the list showed at Enter; what was typed since is for the first field of the form."""
        now_there = self.query_one(_Search).value
        if event.value == now_there:
            offer = self._offer()
        else:
            offer = next(iter(self._offered(searched_words(event.value))), None)
        if offer:
            self._take(offer, event.value)

    @on(OptionList.OptionSelected, "#offers")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self._offers:
            self._take(self._offers[event.option_index], self.query_one(_Search).value)

    def _offer(self) -> Service | Draft | None:
        highlighted = self.query_one(_Offers).highlighted
        return self._offers[highlighted] if self._offers and highlighted is not None else None

    def _take(self, offer: Service | Draft, looked_for: str) -> None:
        """Begin by a service, or go on with a draft; who is at the window is asked first."""
        if self._beginning or self._form is not None:  # its number is given, though the form may not be seen yet
            return
        if self.desk_app.person is None:
            self.desk_app.choose_person(lambda: self._take(offer, looked_for))
            return
        self._beginning = True
        actor = self.desk_app.person.id
        search = self.query_one(_Search)
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
        search = self.query_one(_Search)
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
        search = self.query_one(_Search)
        early, search.value = search.value, ""
        return early

    def discard(self) -> None:
        """Throw a draft away, once it was said twice."""
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        offer = self._offer()
        assert isinstance(offer, Draft), "why_not refuses it elsewhere"
        protocol = formats.protocol_groups(offer.protocol)

        def decided(really: bool | None) -> None:
            if really:
                self.desk_app.serve(throw_away, thrown_away, self._refused)

        def throw_away(desk: "Desk", _now: datetime) -> None:
            from atendimento_tui.services import drafts

            drafts.keeper(desk, offer.request).discard()

        def thrown_away(_: None) -> None:
            self.desk_app.say(texts.DISCARDED.format(protocol=protocol))
            self._read()

        choices = [Choice(False, texts.DISCARD_NO), Choice(True, texts.DISCARD_YES)]
        self.app.push_screen(ChooseDialog(texts.DISCARD_TITLE.format(protocol=protocol), choices), decided)

    # Asking.

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
        self._tell(texts.DRAFT_NOT_KEPT.format(reason=self.desk_app.told(refusal)))

    def _ask_promises(self) -> None:
        """When the solution would be due, as things stand."""
        form = self._form
        if form is None or self._step != ASKING or not form.is_mounted:
            return
        process, answers = form.draft().process, form.answers()
        self._promised_at = self._now().replace(second=0, microsecond=0)

        def promises(desk: "Desk", now: datetime) -> tuple[dict[Severity, datetime], datetime]:
            from atendimento_tui.services import intake

            return intake.promises(desk, process, answers, now), now

        def show(promised: tuple[dict[Severity, datetime], datetime]) -> None:
            if self.desk_app.face and form.is_attached:
                form.promise(*promised, self.desk_app.face.hours.tz)

        self.desk_app.serve(promises, show)

    @on(PersonSearch.Searched)
    def _look_for(self, event: PersonSearch.Searched) -> None:
        text, search = event.text, event.search

        def find(desk: "Desk", _now: datetime) -> list[BeneficiaryRow]:
            from atendimento_tui.services import intake

            return intake.find_beneficiaries(desk, text)

        def show(found: list[BeneficiaryRow]) -> None:
            if search.is_attached:
                search.show(found, text)

        self.desk_app.serve(find, show)

    @on(PersonSearch.Unknown)
    def _write_down(self, event: PersonSearch.Unknown) -> None:
        """Write down whom nobody knows; what is typed of them belongs to the draft until it is written."""
        from atendimento_tui.screens.dialogs.register import Facts, RegisterDialog, taken_over

        form, text, search = self._form, event.text, event.search
        if form is None:
            return
        kept = form.registering
        facts = kept if kept.get("typed") == text else taken_over(text)

        def typed(facts: Facts) -> None:
            form.registering = {**facts, "typed": text}
            self._typed()

        def register(facts: Facts, then: Callable[[BeneficiaryRow], None], refused: Callable[[Refusal], None]) -> None:
            def add(desk: "Desk", now: datetime) -> BeneficiaryRow:
                from atendimento_tui.services.people import add_beneficiary

                return add_beneficiary(desk, now, **facts)

            self.desk_app.serve(add, then, refused)

        def registered(person: BeneficiaryRow | None) -> None:
            if person:
                form.registering = {}
                search.confirm(person)

        self.app.push_screen(RegisterDialog(facts, typed, register), registered)

    # Saving.

    @on(IntakeForm.Save)
    def save(self) -> None:
        """Open the ticket with what was asked; a refusal is told here and nothing goes away."""
        form = self._form
        if form is None or self._saving:
            return
        if not form.check():
            self._tell(texts.CHECK_FIELDS)
            return
        self._keep()
        self._saving, form.disabled = True, True
        draft, asked = form.draft(), form.asked()

        def finish(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import intake

            return intake.finish(
                desk,
                order,
                intake.Intake(
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
        """Tell why; where somebody is to be confirmed first, there."""
        self._saving = False
        self._refused(refusal)
        form = self._form
        if form is None:
            return
        form.disabled = False
        if refusal.code == "sem_beneficiario":
            form.ask_whom()
        else:
            form.query_one("#gravar").focus()

    def _saved(self, done: ActDone) -> None:
        """It is in the queue: the draft goes, the slip comes."""
        self._saving = False
        keeper, self._keeper = self._keeper, None
        if self._form:
            self._form.remove()
        self._form = self._promised_at = None
        self._slip_protocol = formats.protocol_groups(done.protocol)
        self._show_slip((texts.SLIP_PROTOCOL + ": " + self._slip_protocol,))
        self._go(DONE)
        self.query_one(_Slip).focus()

        def tidy(desk: "Desk", now: datetime) -> tuple[str, ...]:
            from atendimento_tui.outputs.slip import slip_lines
            from atendimento_tui.services import intake

            if keeper:
                keeper.discard()
            return tuple(slip_lines(intake.slip(desk, done.ticket, now), now))

        self.desk_app.serve(tidy, self._show_slip)

    def _show_slip(self, lines: tuple[str, ...]) -> None:
        self._slip = lines
        self.query_one("#slip", Static).update(Content("\n").join([plain(line) for line in lines]))

    def _refused(self, refusal: Refusal) -> None:
        self._tell(self.desk_app.told(refusal))

    def _tell(self, said: str) -> None:
        """Tell where one is looking. What else is under way goes on: only the request that failed is over."""
        step = f"#{ASKING if self._step == ASKING else CHOOSING}"
        self.query_one(step).query_one(".refusal", Static).update(plain(said))

    # Steps.

    def facts(self) -> Facts:
        """How things stand, with the step that one is in."""
        step = self._step
        return replace(
            super().facts(),
            is_choosing=step == CHOOSING,
            is_done=step == DONE,
            is_draft=step == CHOOSING and isinstance(self._offer(), Draft),
        )

    def fills_a_form(self) -> bool:
        """Whether something is asked just now."""
        return self._step == ASKING

    def copy_slip(self) -> None:
        """Send the slip to the clipboard."""
        self.app.copy_to_clipboard("\n".join(self._slip))
        self.desk_app.say(texts.SLIP_COPIED.format(protocol=self._slip_protocol))

    def begin_another(self) -> None:
        """From the slip to the next intake."""
        self._go(CHOOSING)
        self.query_one(_Search).focus()
        self._read()

    def key_escape(self) -> None:
        """One step back: from the slip and the form to the services, from there to the queue. Nothing is lost."""
        search = self.query_one(_Search)
        if self._step == ASKING:
            if not self._saving:
                self._put_aside()
        elif self._step == DONE:
            self.begin_another()
        elif search.value:
            search.value = ""
        else:
            self.desk_app.go("fila")

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
            self.query_one(_Search).focus()
            self._listed(listed)

        def not_kept(refusal: Refusal) -> None:  # then it stays on the screen
            self._form, self._keeper = form, keeper
            self._not_kept(refusal)

        self.desk_app.serve(keep, kept, not_kept)


def _has(service: Service, words: Sequence[str]) -> bool:
    """Whether every word stands in the service's name or description."""
    text = searched(f"{service.process.name} {service.process.description}")
    return all(word in text for word in words)

"""The form of an intake, which a process describes. It keeps all input, also of hidden fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from atendimento_tui import domain
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.domain import phones
from atendimento_tui.domain.process.fields import asks_severity, values_for_conditions
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.beneficiaries.search import PersonSearch
from atendimento_tui.screens.fields import Field, Row, UnaskedNotice, field_of, label_of, show_errors, value_of
from atendimento_tui.screens.lookup import ProcedureInput, propose
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import intake as texts
from atendimento_tui.texts.refusals import sentence
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.many_lines import ManyLines
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import FieldRule, Process

_PERSON_ROW, _REQUESTER_ROW = "pergunta-pessoa", "pergunta-solicitante"
"""Names of rows that no field of a process can have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for the service."""

    severity: Severity
    requester: str
    subject: str
    channel: str
    beneficiary: int | None
    answers: Mapping[str, str]


class IntakeForm(VerticalScroll, can_focus=False):
    """The questions of an intake.

    Args:
        process: The process of the service.
        draft: The input so far.
        about: The beneficiary for whom the intake was begun, whose identity is asked first.
    """

    class Ready(Message):
        """All fields exist."""

    class Changed(Message):
        """The input has changed."""

    class Left(Message):
        """A field has lost the focus."""

    class Save(Message):
        """The button was pressed."""

    def __init__(self, process: "Process", draft: Draft, about: BeneficiaryRow | None = None) -> None:
        super().__init__()
        self._about = about
        self.process = process
        self.registering = draft.registering
        self._draft = draft
        self._rules = {rule.key: rule for rule in process.fields if not rule.later}
        self._asks_severity = asks_severity(process)
        self._proposed: dict[str, str] = {}
        """Key of a field -> the value that the table of procedures proposed."""

    def compose(self) -> ComposeResult:
        """Requester, channel, severity, subject; then the fields of the process."""
        yield from self._who()
        draft = self._draft
        channels = {channel: channel for channel in self.process.channels}
        yield Row(texts.CHANNEL, OneOf(channels, draft.channel, optional=True, id="canal"))
        if self._asks_severity:
            severities = {severity.value: words.SEVERITY[severity] for severity in reversed(Severity)}
            yield Row(texts.SEVERITY, OneOf(severities, draft.severity, id="criticidade"))
        yield Row(
            texts.SUBJECT, LineInput(draft.subject, placeholder=texts.SUBJECT_PLACEHOLDER, compact=True, id="assunto")
        )
        for rule in self._rules.values():
            field = field_of(rule, draft.answers.get(rule.key, ""), f"campo-{rule.key}")
            yield Row(label_of(rule, required=rule.required), field, rule.help, name=_row(rule.key))
        if not self._asks_severity:
            yield Row(texts.PROMISES, Static(id="promessa"))
        yield UnaskedNotice()
        yield Button(texts.SAVE, compact=True, id="gravar")

    def _who(self) -> Iterator[Widget]:
        draft, asks = self._draft, self.process.requester
        if asks == "beneficiario":
            search = PersonSearch(draft.beneficiary_text, draft.beneficiary, must=True, name="pessoa")
            yield Row(texts.BENEFICIARY, search, name=_PERSON_ROW)
        if asks == "pessoa":
            search = PersonSearch(draft.requester, draft.beneficiary, name="pessoa")
            yield Row(texts.REQUESTER, search, name=_REQUESTER_ROW)
            return
        label = texts.REQUESTER_OF if asks == "beneficiario" else texts.REQUESTER_INSTITUTION
        field = LineInput(draft.requester, placeholder=texts.REQUESTER_PLACEHOLDER, compact=True, id="solicitante")
        yield Row(label, field, name=_REQUESTER_ROW)

    def on_mount(self) -> None:
        """Hide the fields that these answers make unnecessary."""
        if any(rule.type == "telefone" for rule in self._rules.values()):
            Thread(target=phones.prepare, daemon=True).start()
        self._show_asked_fields()
        self.post_message(self.Ready())

    def focus_first(self) -> None:
        """Focus the first field."""
        self._first().focus(scroll_visible=False)  # it is at the top, and the form has no size yet

    def propose(self) -> bool:
        """Ask the identity of the person for whom the intake was begun.

        Returns:
            Whether there is one, and the service asks for a person.
        """
        people = list(self.query(PersonSearch))
        if self._about is None or not people:
            return False
        people[0].propose(self._about)
        return True

    def write_first(self, early: str) -> None:
        """Insert text into the first field that was typed before it had the focus."""
        if early:
            self._first().insert_text_at_cursor(early)

    def _first(self) -> LineInput:
        return self.query(LineInput).first()

    # Input.

    def draft(self) -> Draft:
        """All input, unchanged, also of hidden fields."""
        people = list(self.query(PersonSearch))
        person = people[0] if people else None
        own = self.process.requester == "pessoa"
        return replace(
            self._draft,
            severity=self._severity,
            channel=self._one_of("canal").value,
            beneficiary=person.chosen if person else None,
            beneficiary_text=person.text if person and not own else "",
            requester=person.text if person and own else self.query_one("#solicitante", LineInput).value,
            subject=self.query_one("#assunto", LineInput).value,
            answers=self.answers(),
            registering=self.registering,
        )

    def answers(self) -> dict[str, str]:
        """Key of a field of the process -> its input; without empty fields."""
        values = {key: value_of(self._widget(key)) for key in self._rules}
        return {key: value for key, value in values.items() if value}

    def asked(self) -> Asked:
        """The answers for the service. Without another requester, the beneficiary is the requester."""
        draft = self.draft()
        requester = draft.requester
        typed = draft.beneficiary_text
        if not requester.strip() and (draft.beneficiary or not any(c.isdigit() for c in typed)):
            requester = typed  # a name; personal numbers must not appear in lists
        return Asked(
            Severity(draft.severity), requester, draft.subject, draft.channel, draft.beneficiary, draft.answers
        )

    def promise(self, due: Mapping[Severity, datetime], now: datetime, zone: ZoneInfo) -> None:
        """Show when the solution would be due: for each severity if it is asked, else in its own row.

        Args:
            due: Severity -> due instant.
            now: The current instant.
            zone: The zone of the desk.
        """
        local = now.astimezone(zone)
        if not self._asks_severity:
            at = due.get(Severity(self._severity))
            text = formats.moment(at.astimezone(zone), local) if at else texts.NO_PROMISE
            self.query_one("#promessa", Static).update(plain(text))
            return
        options = {
            severity.value: f"{words.SEVERITY[severity]}: "
            + (formats.moment(due[severity].astimezone(zone), local) if severity in due else texts.NO_PROMISE)
            for severity in reversed(Severity)
        }
        if due:
            self._one_of("criticidade").options = options

    def check(self) -> bool:
        """Show the errors of all fields, and focus the first field with one.

        Returns:
            Whether there are none.
        """
        problems = {_row(rule.key): self._problem(rule, required=True) for rule in self._asked_rules()}
        problems[_REQUESTER_ROW] = self._requester_problem()
        if self.process.requester == "beneficiario" and self.query_one(PersonSearch).chosen is None:
            problems[_PERSON_ROW] = sentence("sem_beneficiario", {})
        errors = {name: problem for name, problem in problems.items() if problem}
        show_errors({row.id: row for row in self.query(Row) if row.id}, errors)
        return not errors

    def ask_for_beneficiary(self) -> None:
        """Show at the search field that no beneficiary is confirmed."""
        self.query_one(PersonSearch).ask()
        self.query_one(f"#{_PERSON_ROW}", Row).show_error(sentence("sem_beneficiario", {}))

    # Events.

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    @on(PersonSearch.Changed)
    def _something_changed(self, event: Message) -> None:
        event.stop()
        self._show_asked_fields()
        self.post_message(self.Changed())

    @on(ProcedureInput.Known)
    def _propose(self, event: ProcedureInput.Known) -> None:
        """Propose what the table says of the code; the person decides."""
        event.stop()
        procedure = event.known.procedure if event.known else None
        source = (event.field.id or "").removeprefix("campo-")
        found = domain.process.facts.proposals(self.process.fields, source, procedure, self._rules)
        propose(found, self._proposed, {key: self._widget(key) for key in found})

    @on(PersonSearch.Changed)
    def _somebody_else(self) -> None:
        name = _PERSON_ROW if self.process.requester == "beneficiario" else _REQUESTER_ROW
        self.query_one(f"#{name}", Row).show_error("")

    @on(Input.Submitted)
    @on(OneOf.Submitted)
    @on(PersonSearch.Done)
    def _next(self, event: Message) -> None:
        event.stop()
        self.screen.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Save())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check the field that has lost the focus."""
        key = (event.widget.id or "").removeprefix("campo-")
        if key in self._rules:
            self._tell(_row(key), self._problem(self._rules[key], required=False))
        self._tell(_REQUESTER_ROW, self._requester_problem())
        self.post_message(self.Left())

    # Helpers.

    def _tell(self, name: str, problem: str) -> None:
        """Show the error of a field that was left, if any. One that is shown stays until the field is changed."""
        row = self.query_one(f"#{name}", Row)
        if problem and not row.is_wrong:
            row.show_error(problem)

    def _problem(self, rule: "FieldRule", *, required: bool) -> str:
        """The error of a field; empty for none."""
        value = entered(value_of(self._widget(rule.key)), multiline=True).strip()
        if not value:
            return sentence("campo_vazio", {"field": rule.label}) if rule.required and required else ""
        try:
            domain.process.values.read_value(rule, value)
        except Refused as refused:
            return desk_app(self.screen).refusal_text(refused.refusal)
        return ""

    def _requester_problem(self) -> str:
        """The error of the requester's name; empty for none."""
        name = self.draft().requester
        if name.strip():
            try:
                domain.names.checked_name(name, "solicitante")
            except Refused as refused:
                return desk_app(self.screen).refusal_text(refused.refusal)
        return ""

    def _asked_rules(self) -> "list[FieldRule]":
        held = {"criticidade": self._severity}
        return domain.workflow.fields_asked(
            self.process, values_for_conditions(self.process.fields, self.answers(), held)
        )

    def _show_asked_fields(self) -> None:
        asked = {rule.key for rule in self._asked_rules()}
        for key in self._rules:
            self.query_one(f"#{_row(key)}", Row).display = key in asked
        self.query_one(UnaskedNotice).show_count(len(self.answers().keys() - asked))

    @property
    def _severity(self) -> str:
        """The chosen severity; if it is not asked, that of the draft."""
        return self._one_of("criticidade").value if self._asks_severity else self._draft.severity

    def _one_of(self, name: str) -> OneOf:
        return self.query_one(f"#{name}", OneOf)

    def _widget(self, key: str) -> Field:
        widget = self.query_one(f"#campo-{key}")
        assert isinstance(widget, Input | ManyLines | OneOf)
        return widget


def _row(key: str) -> str:
    """The id of the row of a field."""
    return f"linha-{key}"

"""Computes the outcome of an act: an action, an opening or a timer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from atendimento_tui.domain.clocks import term_of
from atendimento_tui.domain.process.schema import BACK, ActionRule, EffectRule, Process, StepRule
from atendimento_tui.domain.process.subject import updated_subject
from atendimento_tui.domain.process.values import is_stored_form
from atendimento_tui.domain.refusals import Refusal, Refused, Wrong
from atendimento_tui.domain.tickets import FIELD, Event, Ticket, Value
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.domain.workflow.clock_effects import clock_changes
from atendimento_tui.domain.workflow.conditions import merged, rules_that_apply
from atendimento_tui.domain.workflow.context import ProcessContext, values_of
from atendimento_tui.domain.workflow.effects import NUMBER_TO_COME, Outcome, RenewTimers, alerts, effects_of
from atendimento_tui.domain.workflow.possible import action_of, check_possible, fields_asked
from atendimento_tui.domain.workflow.timers import Timer


@dataclass(frozen=True, slots=True)
class Answer:
    """The input of a person for an action.

    Attributes:
        text: The free text.
        values: Answers to the fields that it asks for, in their stored form (`values.read_value`).
        wrong: Key of a field -> why the text typed into it is not a valid answer.
        facts: Values that a table gives to fields that nobody is asked, because of these answers (`process.facts`).
    """

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, Refusal] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


def act(
    ticket: Ticket, context: ProcessContext, key: str, *, actor: int | None, role: str, at: datetime, answer: Answer
) -> Outcome:
    """Do an action of the ticket's step.

    Raises:
        Refused: The step has no such action, or it is not possible now.
    """
    process = context.process
    action = action_of(ticket, process, key)
    if not_asked := [each for each in answer.values if each not in action.asks]:
        raise Refused("acao_nao_pede", action=action.label, field=not_asked[0])
    given = {**values_of(ticket), **answer.values}
    asked = {rule.key for rule in fields_asked(process, given, action)}
    answers = {key: value for key, value in answer.values.items() if key in asked} | {**answer.facts}
    check_answers(process, ticket, answers)
    answered = replace(ticket, fields={**ticket.fields, **answers})
    text = "" if action.text == "nenhum" else answer.text.strip()
    if answer.wrong:
        _refuse_form(action, process, answered, answer.wrong, text)
    check_possible(action, answered, context, role, at)
    if action.text == "obrigatorio" and not text:
        raise Refused(
            "acao_sem_texto", action=action.label, beside={"": Refusal("acao_sem_texto", {"action": action.label})}
        )
    event = Event("acao", at, actor, text=text, action=action.label)
    return _apply(ticket, context, action.does, event, answers)


def open_ticket(
    ticket: Ticket,
    context: ProcessContext,
    values: Mapping[str, Value],
    answers: Mapping[str, str],
    event: Event,
    *,
    unchecked: Mapping[str, str] = MappingProxyType({}),
) -> Outcome:
    """Put the ticket into the first step of its process, with the answers of intake, and start its clocks.

    Args:
        ticket: The ticket before: new, or with its protocol only.
        values: Fields of `Ticket` (severity, requester, subject...).
        answers: Fields of the process, in their stored form (`values.read_value`).
        event: The act: its kind, its actor and its instant.
        unchecked: Answers that are not checked, for a preview of the opening while the form is being filled in.

    Raises:
        Refused: An answer is not of its field's type.
    """
    check_answers(context.process, ticket, answers)
    begun = replace(event, changes={**event.changes, **ticket.change(**values)})
    given, first = {**unchecked, **answers}, context.process.steps[0]
    return _apply(ticket, context, context.process.on_opening, begun, given, step=first)


def fire_timer(ticket: Ticket, context: ProcessContext, timer: Timer) -> Outcome:
    """The outcome of a timer, at the instant at which it was due, or of the ticket's last event if that is later.

    If its action is not possible in the ticket's present state, the outcome is an alert only.
    """
    at = max(timer.due_at, ticket.changed_at or timer.due_at)
    if timer.rule is None:
        event = Event("prazo_vencido" if timer.breach else "prazo_atencao", at, None, text=timer.clock or "")
        return _alert_outcome(context, event, ("responsavel", "supervisao") if timer.breach else ("responsavel",))
    event = Event("tempo", at, None, text=timer.rule.key)
    try:
        if timer.rule.action is not None:
            return _act_by_timer(ticket, context, timer.rule.action, at)
        return _apply(ticket, context, timer.rule.does or (), event, {})
    except Refused:
        return _alert_outcome(context, event, ("responsavel", "supervisao"))


def due_by_severity(context: ProcessContext, answers: Mapping[str, str], at: datetime) -> dict[Severity, datetime]:
    """When a ticket opened at `at` would be due for each severity, the most severe first.

    This is the due instant of the clock `solucao`; for a service without one, of the first clock that opening starts
    (`primeira_resposta` excluded).
    """
    due: dict[Severity, datetime] = {}
    for severity in reversed(Severity):
        event = Event("aberto", at, None)
        opening = open_ticket(Ticket(), context, {"severity": severity}, {}, event, unchecked=answers)
        clocks = [c for c in Ticket().evolve(opening.event).live_clocks if c.kind != ClockKind.FIRST_ANSWER]
        to_solution = [clock for clock in clocks if clock.kind == ClockKind.SOLUTION]
        if clock := next(iter((*to_solution, *clocks)), None):
            due[severity] = term_of(clock, context.calendars[clock.calendar]).due_at
    return due


def _act_by_timer(ticket: Ticket, context: ProcessContext, key: str, at: datetime) -> Outcome:
    step = context.process.step(ticket.step)
    action = next(each for each in step.actions if each.key == key)
    check_possible(action, ticket, context, None, at)
    return _apply(ticket, context, action.does, Event("acao", at, None, action=action.label), {})


def _refuse_form(action: ActionRule, process: Process, ticket: Ticket, wrong: Mapping[str, Refusal], text: str) -> None:
    """Refuse an action's form with all its errors, one for each field."""
    found = Wrong()
    for rule in fields_asked(process, values_of(ticket), action):
        if rule.key in wrong:
            found.found[rule.key] = wrong[rule.key]
        elif rule.required and not ticket.fields.get(rule.key, "").strip():
            found.found[rule.key] = Refusal("acao_campo", {"action": action.label, "field": rule.label})
    if action.text == "obrigatorio" and not text:
        found.found[""] = Refusal("acao_sem_texto", {"action": action.label})
    found.refuse()


def check_answers(process: Process, ticket: Ticket, answers: Mapping[str, str]) -> None:
    """Refuse an answer that is not in its stored form. Services parse typed texts; this is a second check."""
    for key, value in answers.items():
        rule = process.field(key)
        if value != ticket.fields.get(key) and not is_stored_form(rule, value):
            raise Refused("campo_invalido", field=rule.label, typed=value)


def _apply(
    ticket: Ticket,
    context: ProcessContext,
    does: Sequence[EffectRule],
    event: Event,
    answers: Mapping[str, str],
    *,
    step: StepRule | None = None,
) -> Outcome:
    """The outcome of an act: its event with the changes of its effects, and the effects.

    Args:
        does: The effect rules of the act. Those whose conditions hold are applied.
        event: The act: its actor, its instant and its text; its changes are fields of `Ticket` only.
        answers: Fields of the process that get a value in the act.
        step: The step that the ticket goes to, if no effect names one.
    """
    severity = str(event.changes.get("severity", ("", ticket.severity))[1])
    answered = replace(ticket, fields={**ticket.fields, **answers}, severity=severity)
    rules = rules_that_apply(does, answered, context, event.at)
    effects = merged(rules)
    step = step or _next_step(ticket, context, effects)
    fields = {**answers, **{key: _incremented(ticket.fields.get(key, "")) for key in effects.count}, **effects.set}
    numbers = _numbers_to_take(ticket, context.process, effects, fields)
    fields |= dict.fromkeys(numbers, NUMBER_TO_COME)
    subject = {} if numbers else _subject_change(ticket, context.process, event, fields)
    moves = _ticket_changes(ticket, context, effects, event, step, fields)
    event = replace(event, changes={**event.changes, **subject, **ticket.change_fields(fields), **moves})
    event = replace(event, clocks=(*event.clocks, *clock_changes(ticket, context, effects, event)))
    tasks = [each.task for each in rules if each.task]
    return Outcome(event, effects_of(effects, tasks, numbers, context, event))


def with_numbers(ticket: Ticket, process: Process, event: Event, numbers: Mapping[str, str]) -> Event:
    """The event of an outcome with the numbers that were taken for it, and with the subject that contains them.

    Args:
        ticket: The ticket before the event.
        numbers: Field -> number, for each field whose value is `NUMBER_TO_COME`.
    """
    if not numbers:
        return event
    taken = {f"{FIELD}{key}": (ticket.fields.get(key), number) for key, number in numbers.items()}
    event = replace(event, changes={**event.changes, **taken})
    fields = {name.removeprefix(FIELD): str(to) for name, (_, to) in event.changes.items() if name.startswith(FIELD)}
    return replace(event, changes={**event.changes, **_subject_change(ticket, process, event, fields)})


def _subject_change(
    ticket: Ticket, process: Process, event: Event, fields: Mapping[str, str]
) -> dict[str, tuple[Value, Value]]:
    """The change of the derived subject by these answers; empty if a person typed a subject in the act."""
    return {} if "subject" in event.changes else ticket.change(subject=updated_subject(ticket, process, fields))


def _alert_outcome(context: ProcessContext, event: Event, to: Sequence[str]) -> Outcome:
    """An outcome that raises alerts and does nothing else."""
    return Outcome(event, (*alerts(context, to, event.at), RenewTimers()))


def _next_step(ticket: Ticket, context: ProcessContext, effects: EffectRule) -> StepRule | None:
    if effects.go is None:
        return None
    if effects.go == BACK and not ticket.former_step:
        raise Refused("acao_sem_volta", protocol=ticket.protocol)
    return context.process.step(ticket.former_step if effects.go == BACK else effects.go)


def _numbers_to_take(
    ticket: Ticket, process: Process, effects: EffectRule, fields: Mapping[str, str]
) -> dict[str, str]:
    """Field -> series of each number to take. A field that has a number keeps it: another one would leave a gap."""
    values = {**ticket.fields, **fields}
    return {key: process.series_of(key) for key in effects.number if not values.get(key)}


def _incremented(number: str) -> str:
    """A number plus one, in its stored form."""
    raised = f"{Decimal(number or 0) + 1:f}"
    return raised.rstrip("0").rstrip(".") if "." in raised else raised


def _ticket_changes(
    ticket: Ticket,
    context: ProcessContext,
    effects: EffectRule,
    event: Event,
    step: StepRule | None,
    fields: Mapping[str, str],
) -> dict[str, tuple[Value, Value]]:
    """The changes of step, state, group, owner, severity and cycle."""
    to: dict[str, Value] = {}
    named = effects.group or (step.group if step else None)
    if effects.group_from:
        named = {**ticket.fields, **fields}.get(effects.group_from) or named
    if step:
        to |= {"step": step.key, "step_name": step.name, "state": step.state}
    if named and (group := context.groups.get(named)) is not None:
        to["group"] = group
    if effects.owner:
        to["owner"] = None if effects.owner == "ninguem" else event.actor
    if effects.severity:
        to["severity"] = effects.severity
    if effects.new_cycle:
        to["cycle"] = ticket.cycle + 1
    changes = ticket.change(**to)
    if step and effects.go is not None and step.key == ticket.step:
        changes["step"] = (step.key, step.key)  # the ticket enters its step again, so `step_since` is renewed
    return changes

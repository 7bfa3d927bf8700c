"""What may happen to a ticket now, by its process: which actions, why not the others, and what each one does.

Pure: the ticket, the process, the calendars and the instant are handed in, and what comes out is a `Deed`, which a
service writes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.domain import acts
from atendimento_tui.domain.asking import asked, in_force
from atendimento_tui.domain.clocks import HOURS, Clock, Term, term_of
from atendimento_tui.domain.process import (
    BACK,
    BASES,
    DOCUMENT,
    RECEIVED,
    SEVERITY,
    ActionRule,
    Condition,
    DocumentRule,
    Effects,
    FieldRule,
    Process,
    StepRule,
    TaskRule,
    TimerRule,
    amount_basis,
    hold_in,
    read_amount,
)
from atendimento_tui.domain.refusals import Refusal, Refused, Wrong
from atendimento_tui.domain.subject import resubject
from atendimento_tui.domain.ticket import FIELD, ClockChange, Event, Ticket, Value
from atendimento_tui.domain.values import is_kept
from atendimento_tui.domain.words import ClockKind, Nature, Severity, State

_RESTING = (State.WAITING, State.VALIDATION)
_SECOND = timedelta(seconds=1)
_NOTHING = Effects()


def _no_number(series: str) -> str:
    raise LookupError(f"no numbers are issued here: {series}")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a ticket's process runs.

    Attributes:
        calendar: The calendar of a version's number.
        version_of: The version of a calendar's name; `expediente` and `legal` are the desk's own.
        group_of: The id of a group's name; None where there is no such group.
        next_number: The next number of a series; asked only for what is really done.
    """

    process: Process
    calendar: Callable[[int], BusinessCalendar]
    version_of: Callable[[str], int]
    group_of: Callable[[str], int | None]
    next_number: Callable[[str], str] = _no_number


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do that is not a step."""

    text: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What an act does, to be written in one transaction.

    Attributes:
        messages: Keys of the process's messages to write.
        alerts: Who is alerted.
    """

    event: Event
    messages: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Possible:
    """An action of the ticket's step.

    Attributes:
        why_not: The code of why it is not possible now, with what its sentence needs; None where it is.
        asks: The fields that it asks for, those that apply now.
    """

    action: ActionRule
    why_not: Refused | None
    asks: tuple[FieldRule, ...]


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that happens by itself.

    Attributes:
        key: Its own word: what has happened once under it does not happen again.
        rule: The step's timer; None for the warning or breach of a clock, which `clock` names.
    """

    key: str
    due_at: datetime
    rule: TimerRule | None = None
    clock: str | None = None
    breach: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gives with an action.

    Attributes:
        text: Words of their own.
        values: Answers to the fields that it asks for, as `values.read_value` gives them.
        wrong: Key of a field -> why what was typed into it is no answer.
    """

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, Refusal] = field(default_factory=dict)


# What is asked.


def values_of(ticket: Ticket) -> dict[str, str]:
    """What conditions and targets look at: the fields, and the severity under `criticidade`."""
    return {**ticket.fields, SEVERITY: ticket.severity}


def fields_asked(process: Process, values: Mapping[str, str], action: ActionRule | None = None) -> list[FieldRule]:
    """The fields that intake, or an action, asks for with these values, as they are kept."""
    keys = action.asks if action else [rule.key for rule in process.fields if not rule.later]
    return asked(process.fields, keys, values)


def missing_answers(asked: Iterable[FieldRule], values: Mapping[str, str]) -> list[str]:
    """Labels of the fields that must have an answer and have none."""
    return [rule.label for rule in asked if rule.required and not values.get(rule.key, "").strip()]


def documents_needed(process: Process, values: Mapping[str, str]) -> list[DocumentRule]:
    """The documents that are needed with these values."""
    counting = in_force(process.fields, values)
    return [rule for rule in process.documents if hold_in(rule.when, counting)]


def documents_missing(process: Process, ticket: Ticket) -> list[DocumentRule]:
    """The documents that are needed and were not received, or were refused."""
    needed = documents_needed(process, values_of(ticket))
    return [rule for rule in needed if ticket.fields.get(f"{DOCUMENT}{rule.key}") != RECEIVED]


def _check_answers(process: Process, ticket: Ticket, answers: Mapping[str, str]) -> None:
    """What enters a ticket is in the form that is kept: a service reads what was typed, this is the wall behind it."""
    for key, value in answers.items():
        rule = process.field(key)
        if value != ticket.fields.get(key) and not is_kept(rule, value):
            raise Refused("campo_invalido", field=rule.label, typed=value)


# What is possible.


def possible(ticket: Ticket, setting: Setting, role: str, now: datetime) -> list[Possible]:
    """The actions of the ticket's step that a person of this role is shown, and why some are not possible now."""
    if not ticket.step:  # it has come to no process yet
        return []
    values = values_of(ticket)
    shown = [
        action
        for action in setting.process.step(ticket.step).actions
        if not action.by_itself and _unmet(action.when, ticket, setting, now) is None
    ]
    return [
        Possible(
            action,
            _refusal(action, ticket, setting, role, now, to_be_asked=action.asks),
            tuple(fields_asked(setting.process, values, action)),
        )
        for action in shown
    ]


def act(
    ticket: Ticket, setting: Setting, key: str, *, actor: int | None, role: str, at: datetime, answer: Answer
) -> Deed:
    """Do an action of the ticket's step.

    Raises:
        Refused: The step has no such action, or it is not possible now.
    """
    process = setting.process
    action = _action(ticket, process, key)
    if alien := [each for each in answer.values if each not in action.asks]:
        raise Refused("acao_nao_pede", action=action.label, field=alien[0])
    given = {**values_of(ticket), **answer.values}
    apply = {rule.key for rule in fields_asked(process, given, action)}
    answers = {key: value for key, value in answer.values.items() if key in apply}
    _check_answers(process, ticket, answers)
    answered = replace(ticket, fields={**ticket.fields, **answers})
    text = "" if action.text == "nenhum" else answer.text.strip()
    if answer.wrong:
        _refuse_form(action, process, answered, answer.wrong, text)
    _check_possible(action, answered, setting, role, at)
    if action.text == "obrigatorio" and not text:
        raise Refused(
            "acao_sem_texto", action=action.label, beside={"": Refusal("acao_sem_texto", {"action": action.label})}
        )
    event = Event("acao", at, actor, text=text, action=action.label)
    return _carried_out(ticket, setting, action.does, event, answers)


def _refuse_form(action: ActionRule, process: Process, ticket: Ticket, wrong: Mapping[str, Refusal], text: str) -> None:
    """Refuse what was typed for an action by all that is wrong with it."""
    found = Wrong()
    for rule in fields_asked(process, values_of(ticket), action):
        if rule.key in wrong:
            found.found[rule.key] = wrong[rule.key]
        elif rule.required and not ticket.fields.get(rule.key, "").strip():
            found.found[rule.key] = Refusal("acao_campo", {"action": action.label, "field": rule.label})
    if action.text == "obrigatorio" and not text:
        found.found[""] = Refusal("acao_sem_texto", {"action": action.label})
    found.refuse()


def _check_possible(action: ActionRule, ticket: Ticket, setting: Setting, role: str | None, at: datetime) -> None:
    """Refuse an action that is not possible with all that is answered."""
    if _unmet(action.when, ticket, setting, at):
        raise Refused("acao_nao_cabe", action=action.label, protocol=ticket.protocol)
    asks = fields_asked(setting.process, values_of(ticket), action)
    if missing := [rule for rule in asks if rule.required and not ticket.fields.get(rule.key, "").strip()]:
        beside = {rule.key: Refusal("acao_campo", {"action": action.label, "field": rule.label}) for rule in missing}
        raise Refused("acao_campo", action=action.label, field=", ".join(rule.label for rule in missing), beside=beside)
    if refusal := _refusal(action, ticket, setting, role, at):
        raise refusal


def _action(ticket: Ticket, process: Process, key: str) -> ActionRule:
    step = process.step(ticket.step)
    for action in step.actions:
        if action.key == key and not action.by_itself:
            return action
    raise Refused("acao_desconhecida", action=key, step=step.name, protocol=ticket.protocol)


def _refusal(
    action: ActionRule,
    ticket: Ticket,
    setting: Setting,
    role: str | None,
    now: datetime,
    *,
    to_be_asked: Collection[str] = (),
) -> Refused | None:
    """Why the action is not possible; None where it is. What is still to be asked is not held against it.

    Args:
        role: That of the person; None for the desk itself, which may do everything.
    """
    if action.roles and role is not None and role not in action.roles:
        return Refused("acao_papel", action=action.label, roles=", ".join(action.roles))
    depends = [each for each in action.does if any(condition.field in to_be_asked for condition in each.when)]
    goes = _merged(_happening(action.does, ticket, setting, now)).go
    if goes == BACK and not ticket.former_step and not any(each.go for each in depends):
        return Refused("acao_sem_volta", protocol=ticket.protocol)
    needs = [condition for condition in action.needs if condition.field not in to_be_asked]
    unmet = _unmet(needs, ticket, setting, now)
    return _why(unmet, action, ticket, setting) if unmet else None


def _why(unmet: Condition, action: ActionRule, ticket: Ticket, setting: Setting) -> Refused:
    process = setting.process
    if unmet.field is not None and not unmet.holds_in(values_of(ticket)):
        label = "criticidade" if unmet.field == SEVERITY else process.field(unmet.field).label
        return Refused("acao_campo", action=action.label, field=label)
    if unmet.checklist == "completa" and (missing := documents_missing(process, ticket)):
        return Refused("acao_documentos", action=action.label, missing=", ".join(rule.name for rule in missing))
    if unmet.checklist == "incompleta" and not documents_missing(process, ticket):
        return Refused("acao_documentos_completos", action=action.label)
    return Refused("acao_fora_do_prazo", action=action.label, protocol=ticket.protocol)


def _unmet(conditions: Iterable[Condition], ticket: Ticket, setting: Setting, now: datetime) -> Condition | None:
    """The first of the conditions that does not hold."""
    return next((each for each in conditions if not _holds(each, ticket, setting, now)), None)


def _holds(condition: Condition, ticket: Ticket, setting: Setting, now: datetime) -> bool:
    if condition.within is not None and not _is_within(ticket, setting, condition.within, now):
        return False
    if condition.checklist is not None:
        is_complete = not documents_missing(setting.process, ticket)
        if is_complete != (condition.checklist == "completa"):
            return False
    return condition.holds_in(values_of(ticket))


def _live(ticket: Ticket, kind: str) -> Clock | None:
    """The cycle's live clock of this kind; there is never more than one."""
    return next((c for c in ticket.live_clocks if c.kind == kind and c.cycle == ticket.cycle), None)


def _is_within(ticket: Ticket, setting: Setting, kind: str, now: datetime) -> bool:
    """Whether the clock lives and is not overdue."""
    clock = _live(ticket, kind)
    if clock is None:
        return False
    return clock.paused_at is not None or now <= term_of(clock, setting.calendar(clock.calendar)).due_at


# Correcting an answer.


def correctable(ticket: Ticket, process: Process, role: str) -> list[FieldRule]:
    """The fields whose answers a person of this role may correct: those that are asked with the answers as they are."""
    if not ticket.step or not State(ticket.state).is_open:
        return []
    return asked(process.fields, [rule.key for rule in process.fields if role in rule.correct_by], values_of(ticket))


def correct(
    ticket: Ticket, setting: Setting, key: str, value: str, *, actor: int | None, role: str, at: datetime, reason: str
) -> Deed:
    """Correct the answer to a field, with the reason; what is promised follows the corrected answer.

    Args:
        value: As `values.read_value` gives it.

    Raises:
        Refused: The ticket has ended, nobody of this role corrects that field, it is not asked with the other answers,
            the answer is the one that stands already or none where one is required, or no reason is given.
    """
    acts.must_be_open(ticket)
    rule = next((rule for rule in setting.process.fields if rule.key == key), None)
    if rule is None or not rule.correct_by:
        raise Refused("correcao_nao_prevista", field=rule.label if rule else key)
    if role not in rule.correct_by:
        raise Refused("correcao_papel", field=rule.label, roles=", ".join(rule.correct_by))
    if rule not in correctable(ticket, setting.process, role):
        raise Refused("correcao_nao_cabe", field=rule.label, protocol=ticket.protocol)
    if rule.required and not value:
        raise Refused("campo_vazio", field=rule.label)
    if value == ticket.fields.get(key, ""):
        raise Refused("correcao_igual", field=rule.label)
    if not reason.strip():
        raise Refused("correcao_sem_motivo", field=rule.label)
    _check_answers(setting.process, ticket, {key: value})
    about = ticket.change(subject=resubject(ticket, setting.process, {key: value}))
    changes = {**about, **ticket.change_fields({key: value})}
    return Deed(followed(ticket, setting, Event("corrigido", at, actor, text=reason.strip(), changes=changes)))


# What an action does.


def opened(
    ticket: Ticket,
    setting: Setting,
    values: Mapping[str, Value],
    answers: Mapping[str, str],
    event: Event,
    *,
    unchecked: Mapping[str, str] = MappingProxyType({}),
) -> Deed:
    """The ticket comes to the first step of its process, with what intake asked, and its clocks start.

    Args:
        ticket: As it stands before: new, or with its protocol only.
        values: Fields of `Ticket` (severity, requester, subject...).
        answers: Fields of the process, as `values.read_value` gives them.
        event: Who, when, and the act's word.
        unchecked: Answers as they are typed so far, for an opening that is only tried.

    Raises:
        Refused: An answer is not of its field's type.
    """
    _check_answers(setting.process, ticket, answers)
    begun = replace(event, changes={**event.changes, **ticket.change(**values)})
    given, first = {**unchecked, **answers}, setting.process.steps[0]
    return _carried_out(ticket, setting, setting.process.on_opening, begun, given, step=first)


def _carried_out(
    ticket: Ticket,
    setting: Setting,
    does: Sequence[Effects],
    event: Event,
    answers: Mapping[str, str],
    *,
    step: StepRule | None = None,
) -> Deed:
    """The event with what the effects add to it.

    Args:
        does: The effects, of which those happen whose conditions hold.
        event: Who, when, what was said; its changes are fields of `Ticket` only.
        answers: Fields that get a value with it.
        step: Where the ticket goes, when the effects do not say it.
    """
    severity = str(event.changes.get("severity", ("", ticket.severity))[1])
    answered = replace(ticket, fields={**ticket.fields, **answers}, severity=severity)
    happening = _happening(does, answered, setting, event.at)
    effects = _merged(happening)
    step = step or _step_to(ticket, setting, effects)
    fields = _fields_set(ticket, setting, effects, answers)
    about = {} if "subject" in event.changes else ticket.change(subject=resubject(ticket, setting.process, fields))
    moves = _moves(ticket, setting, effects, event, step, fields)
    changes = {**event.changes, **about, **ticket.change_fields(fields), **moves}
    event = replace(event, changes=changes)
    return Deed(
        replace(event, clocks=(*event.clocks, *_clock_changes(ticket, setting, effects, event))),
        messages=effects.messages,
        tasks=tuple(_task(setting, each.task, event.at) for each in happening if each.task),
        alerts=effects.alert,
    )


def _happening(does: Sequence[Effects], ticket: Ticket, setting: Setting, at: datetime) -> list[Effects]:
    """Those of the effects whose conditions hold."""
    return [effects for effects in does if _unmet(effects.when, ticket, setting, at) is None]


def _merged(parts: Sequence[Effects]) -> Effects:
    """Effects that happen together, as one. Of a word that takes one value, the last one that is written counts."""
    if len(parts) <= 1:
        return parts[0] if parts else _NOTHING
    said: dict[str, Any] = {}
    for part in parts:
        for name in part.model_fields_set - {"when", "task"}:
            value, before = getattr(part, name), said.get(name)
            if isinstance(value, tuple):
                value = tuple(dict.fromkeys((*(before or ()), *value)))
            elif isinstance(value, dict):
                value = {**(before or {}), **value}
            said[name] = value
    goes = [part for part in parts if part.go is not None]
    said["new_cycle"] = bool(goes) and goes[-1].new_cycle  # a cycle begins where the ticket goes
    return Effects.model_construct(**said)


def _step_to(ticket: Ticket, setting: Setting, effects: Effects) -> StepRule | None:
    if effects.go is None:
        return None
    if effects.go == BACK and not ticket.former_step:
        raise Refused("acao_sem_volta", protocol=ticket.protocol)
    return setting.process.step(ticket.former_step if effects.go == BACK else effects.go)


def _fields_set(ticket: Ticket, setting: Setting, effects: Effects, answers: Mapping[str, str]) -> dict[str, str]:
    fields = {**answers, **{key: _one_more(ticket.fields.get(key, "")) for key in effects.count}, **effects.set}
    series = {key: setting.process.series_of(key) for key in effects.number}
    # Always in the order of the series: two who take several numbers never wait for each other.
    for key in sorted(series, key=series.__getitem__):
        if not {**ticket.fields, **fields}.get(key):  # a number that is not used would leave a gap
            fields[key] = setting.next_number(series[key])
    return fields


def _one_more(number: str) -> str:
    """A number raised by one, in the form that is kept."""
    raised = f"{Decimal(number or 0) + 1:f}"
    return raised.rstrip("0").rstrip(".") if "." in raised else raised


def _moves(
    ticket: Ticket,
    setting: Setting,
    effects: Effects,
    event: Event,
    step: StepRule | None,
    fields: Mapping[str, str],
) -> dict[str, tuple[Value, Value]]:
    """Step, state, group, owner, severity and cycle, as far as they change."""
    to: dict[str, Value] = {}
    named = effects.group or (step.group if step else None)
    if effects.group_from:
        named = {**ticket.fields, **fields}.get(effects.group_from) or named
    if step:
        to |= {"step": step.key, "step_name": step.name, "state": step.state}
    if named and (group := setting.group_of(named)) is not None:
        to["group"] = group
    if effects.owner:
        to["owner"] = None if effects.owner == "ninguem" else event.actor
    if effects.severity:
        to["severity"] = effects.severity
    if effects.new_cycle:
        to["cycle"] = ticket.cycle + 1
    changes = ticket.change(**to)
    if step and effects.go is not None and step.key == ticket.step:
        changes["step"] = (step.key, step.key)  # it comes to the step anew: a new stay
    return changes


class _Moved:
    """A ticket on which changes of clocks are tried, so that only those that change something are kept."""

    def __init__(self, ticket: Ticket, at: datetime) -> None:
        self.ticket = ticket
        self.at = at
        self.changes: list[ClockChange] = []

    def do(self, change: ClockChange) -> None:
        after = self.ticket.evolve(Event("", self.at, None, clocks=(change,)))
        if (after.clocks, after.unpromised) != (self.ticket.clocks, self.ticket.unpromised):
            self.ticket = after
            self.changes.append(change)


def _clock_changes(before: Ticket, setting: Setting, effects: Effects, event: Event) -> list[ClockChange]:
    """What happens to the clocks: what is written, and what the step brings with it (CONTRACTS, "Clocks and cycles").

    Args:
        event: With its changes, and without clocks.
    """
    process, at = setting.process, event.at
    moved = _Moved(before, at)
    for kind in effects.stop:
        moved.do(ClockChange("stop", kind))
    for kind in effects.cancel:
        moved.do(ClockChange("cancel", kind))
    # From here on the ticket is where it goes: in its new step, and perhaps in a new cycle.
    after = before.evolve(event)
    kept = moved.ticket.unpromised if after.cycle == before.cycle else after.unpromised
    moved.ticket = replace(after, clocks=moved.ticket.clocks, unpromised=kept)
    state = State(moved.ticket.state)
    for kind in effects.start:
        if _live(moved.ticket, kind) is None:
            promise = _promise(setting, kind, values_of(moved.ticket))
            moved.do(promise or ClockChange("want", kind))
    why_it_rested = _rest_reason(before, process)
    for kind in effects.reinstate:
        moved.do(ClockChange("reinstate", kind, reason=why_it_rested))
    _follow(moved, setting)
    moves, rests = bool(event.changes.keys() & {"step", "state"}), state in _RESTING
    ours = acts.kinds_of_ours(moved.ticket)
    for kind in (*(ours if moves and state is State.OPEN else ()), *effects.resume):
        moved.do(ClockChange("resume", kind))
    why_it_rests = _rest_reason(moved.ticket, process)
    for kind in ours if moves and rests else ():  # a step that rests too rests for its own reason
        moved.do(ClockChange("rest_on", kind, reason=why_it_rests))
    for kind in (*effects.pause, *(ours if rests else ())):
        moved.do(ClockChange("pause", kind, reason=why_it_rests))
    if not state.is_open:
        _end_all(moved, before)
    return moved.changes


def _end_all(moved: _Moved, before: Ticket) -> None:
    """On a ticket that has ended only clocks of the client run that began with its end, or after it."""
    op: Literal["stop", "cancel"] = "stop" if moved.ticket.state == State.DONE else "cancel"
    ran_before = before.live_clocks if State(before.state).is_open else []
    for clock in moved.ticket.live_clocks:
        began_before = any((c.cycle, c.kind) == (clock.cycle, clock.kind) for c in ran_before)
        if clock.nature is not Nature.CLIENT or began_before:
            moved.do(ClockChange(op, clock.kind))
    for kind in moved.ticket.unpromised:
        moved.do(ClockChange("cancel", kind))


def _rest_reason(ticket: Ticket, process: Process) -> str:
    """Why clocks rest as the ticket stands: what a person said when pausing it, or what its step waits for."""
    step = process.step(ticket.step) if ticket.step else None
    if step is None or step.state is State.OPEN:
        for clock in ticket.live_clocks:
            if clock.paused_at:
                return clock.pauses[-1].reason
    return step.rest_reason if step else ""


def _promise(setting: Setting, kind: str, values: Mapping[str, str]) -> ClockChange | None:
    """What is promised with these values, as the start of its clock; None where nothing is. The one place to ask."""
    rule = setting.process.clocks[kind]
    amount = rule.amount(values)
    if amount is None:
        return None
    calendar = setting.version_of(rule.calendar)
    nature = setting.process.nature_of(kind)
    return ClockChange("start", kind, calendar=calendar, basis=BASES[rule.basis], target=amount, nature=nature)


def _follow(moved: _Moved, setting: Setting) -> None:
    """Make the cycle's clocks those that are promised as the ticket stands.

    A live clock gets the target that its values choose, and is given up where they choose none; one that was asked for
    starts when something is promised for it. What ends with the ticket is not begun any more.
    """
    values = values_of(moved.ticket)
    for clock in moved.ticket.live_clocks:
        if clock.cycle != moved.ticket.cycle or clock.kind not in setting.process.clocks:
            continue
        promise = _promise(setting, clock.kind, values)
        if promise is None:
            moved.do(ClockChange("cancel", clock.kind))
            moved.do(ClockChange("want", clock.kind))
        elif promise.target != clock.target:
            moved.do(ClockChange("retarget", clock.kind, target=promise.target))
    for kind in [kind for kind, is_wanted in moved.ticket.unpromised.items() if is_wanted]:
        promise = _promise(setting, kind, values)
        if promise and (State(moved.ticket.state).is_open or promise.nature is Nature.CLIENT):
            moved.do(promise)


def followed(ticket: Ticket, setting: Setting, event: Event) -> Event:
    """An act's event with what it does to the clocks, where it changes what is promised: a severity, an answer.

    Args:
        ticket: As it stands before.
        event: Without clocks of its own.
    """
    if not any(name == "severity" or name.startswith(FIELD) for name in event.changes):
        return event
    return replace(event, clocks=(*event.clocks, *_clock_changes(ticket, setting, _NOTHING, event)))


def promises(setting: Setting, answers: Mapping[str, str], at: datetime) -> dict[Severity, datetime]:
    """When the ticket would be due for each severity, the worst one first, were it opened at `at` (row X2).

    What is told is the clock to solution; a service without one tells the first of those that opening starts.
    """
    due: dict[Severity, datetime] = {}
    unnumbered = replace(setting, next_number=lambda _: "")
    for severity in reversed(Severity):
        event = Event("aberto", at, None)
        opening = opened(Ticket(), unnumbered, {"severity": severity}, {}, event, unchecked=answers)
        told = [c for c in Ticket().evolve(opening.event).live_clocks if c.kind != ClockKind.FIRST_ANSWER]
        to_solution = [clock for clock in told if clock.kind == ClockKind.SOLUTION]
        if clock := next(iter((*to_solution, *told)), None):
            due[severity] = term_of(clock, setting.calendar(clock.calendar)).due_at
    return due


def _task(setting: Setting, task: TaskRule, at: datetime) -> Task:
    calendar = "legal" if task.within.endswith("d") else "expediente"
    return Task(task.text, _later(setting, calendar, task.within, 1, at) if task.within else None)


# What happens by itself.


def timers(ticket: Ticket, setting: Setting, fired: Collection[str]) -> list[Timer]:
    """What happens to the ticket by itself as it stands, each at its instant, those that have happened left out."""
    found = [*_clock_timers(ticket, setting), *_step_timers(ticket, setting, fired)]
    return [timer for timer in found if timer.key not in fired]


def next_due(ticket: Ticket, setting: Setting, fired: Collection[str], now: datetime) -> Timer | None:
    """What happens next, of all that should have happened by `now`; to be asked again after each.

    Of a repeated timer that was missed several times in a row (the program was off) only the last time is left, so that
    nobody is sent five reminders at once.
    """
    waiting = timers(ticket, setting, fired)
    # Nothing is repeated beyond what may take the ticket out of its step.
    until = min([now, *(timer.due_at for timer in waiting if timer.rule and not timer.rule.every)])
    waiting = [_caught_up(ticket, setting, timer, until) for timer in waiting]
    first = min(waiting, key=lambda timer: (timer.due_at, timer.key), default=None)
    return first if first and first.due_at <= now else None


def _caught_up(ticket: Ticket, setting: Setting, timer: Timer, until: datetime) -> Timer:
    """Of a repeated timer, its last time until then, if there was any."""
    if timer.rule is None or not timer.rule.every:
        return timer
    while (again := _repeated(ticket, setting, timer.rule, {timer.key})).due_at <= until:
        timer = again
    return timer


def _clock_timers(ticket: Ticket, setting: Setting) -> Iterator[Timer]:
    """The warning and the breach of each running clock of ours. A clock with another target promises anew."""
    for clock in ticket.live_clocks:
        if clock.nature is Nature.CLIENT or clock.paused_at:
            continue
        term = term_of(clock, setting.calendar(clock.calendar))
        name = f"{clock.kind}.{clock.cycle}.{_stamp(clock.started_at)}.{clock.target}"
        if warn_at := _warned_at(setting, clock, term):
            yield Timer(f"atencao.{name}", warn_at, clock=clock.kind)
        # Exactly on the due instant is on time: the promise is broken a moment later.
        yield Timer(f"vencido.{name}", term.due_at + _SECOND, clock=clock.kind, breach=True)


def _warned_at(setting: Setting, clock: Clock, term: Term) -> datetime | None:
    """When people are warned: when the desk is open first from then on, and before the promise is broken.

    A term in days is warned of when the desk opens on that day. Where it is closed all that day, people are warned on
    the last day before on which it opens, if that is not the day on which the term began; else on the next one, if the
    term does not end before; else at once. They are not warned of what is due before the desk opens at all.
    """
    if setting.process.any_hour:
        return term.warn_at
    hours, at = setting.calendar(setting.version_of("expediente")), term.warn_at
    if clock.basis != HOURS and at > clock.started_at:
        zone = setting.calendar(clock.calendar).tz
        day, first_day = at.astimezone(zone).date(), clock.started_at.astimezone(zone).date()
        if not hours.is_business_day(day):
            before = hours.add_days(day, -1, DayCount.BUSINESS_AFTER)
            day = before if before > first_day else day
        at = datetime.combine(day, time(), hours.tz)
    found = (hours.next_open(each).astimezone(UTC) for each in (at, clock.started_at))
    return next((warned_at for warned_at in found if warned_at <= term.due_at), None)


def held_until(setting: Setting, at: datetime, *, any_hour: bool) -> datetime | None:
    """Until when what is addressed to a person is held, so that it leaves within the desk's hours; None: not at all.

    Args:
        any_hour: The message may leave at any hour.
    """
    if any_hour or setting.process.any_hour:
        return None
    opens_at = setting.calendar(setting.version_of("expediente")).next_open(at).astimezone(UTC)
    return opens_at if opens_at > at else None


def _step_timers(ticket: Ticket, setting: Setting, fired: Collection[str]) -> Iterator[Timer]:
    if not ticket.step or ticket.step_since is None:
        return
    for rule in setting.process.step(ticket.step).timers:
        if rule.every:
            yield _repeated(ticket, setting, rule, fired)
        elif due_at := _due_once(ticket, setting, rule, ticket.step_since):
            stay = _step_key(ticket, rule)
            # On another day it happens anew. Before 0011 the day was not part of the key.
            if not rule.on_day:
                yield Timer(stay, due_at, rule)
            elif stay not in fired:
                yield Timer(f"{stay}.{ticket.fields[rule.on_day]}", due_at, rule)


def _due_once(ticket: Ticket, setting: Setting, rule: TimerRule, since: datetime) -> datetime | None:
    if rule.after:
        return _later(setting, rule.calendar, rule.after, 1, since)
    if rule.on_day:
        day = ticket.fields.get(rule.on_day)
        return _opening_of(setting, date.fromisoformat(day)) if day else None
    clock = _live(ticket, rule.clock) if rule.clock else None
    if clock is None or clock.paused_at:
        return None
    shared = replace(clock, target=clock.target * rule.share // 100)
    return term_of(shared, setting.calendar(clock.calendar)).due_at


def _repeated(ticket: Ticket, setting: Setting, rule: TimerRule, fired: Collection[str]) -> Timer:
    """The next time of a timer that happens again and again."""
    assert rule.every
    assert ticket.step_since
    name = f"{_step_key(ticket, rule)}."
    times = 1 + max((int(key.removeprefix(name)) for key in fired if key.startswith(name)), default=0)
    return Timer(f"{name}{times}", _later(setting, rule.calendar, rule.every, times, ticket.step_since), rule)


def _step_key(ticket: Ticket, rule: TimerRule) -> str:
    assert ticket.step_since
    return f"{ticket.step}.{rule.key}.{_stamp(ticket.step_since)}"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S%f}"


def _later(setting: Setting, calendar_name: str, amount: str, times: int, start: datetime) -> datetime:
    """`amount` so many times after an instant; days are business days, and end when the desk is open."""
    calendar = setting.calendar(setting.version_of(calendar_name))
    number = times * read_amount(amount, amount_basis(amount))
    if amount_basis(amount) == "horas":
        return calendar.add(start, timedelta(seconds=number)).astimezone(UTC)
    local = start.astimezone(calendar.tz)
    day = calendar.add_days(local.date(), number, DayCount.BUSINESS_AFTER)
    return _opening_of(setting, day, local.time())


def _opening_of(setting: Setting, day: date, at: time = time()) -> datetime:
    """The first instant from that time of the day on at which the desk is open."""
    hours = setting.calendar(setting.version_of("expediente"))
    return hours.next_open(datetime.combine(day, at, hours.tz)).astimezone(UTC)


def happened(ticket: Ticket, setting: Setting, timer: Timer) -> Deed:
    """What a timer does, at the instant at which it was due, or at that of the ticket's last event if that is later.

    What the timer cannot do as the ticket stands is not done, and somebody is told.
    """
    at = max(timer.due_at, ticket.changed_at or timer.due_at)
    if timer.rule is None:
        event = Event("prazo_vencido" if timer.breach else "prazo_atencao", at, None, text=timer.clock or "")
        return Deed(event, alerts=("responsavel", "supervisao") if timer.breach else ("responsavel",))
    event = Event("tempo", at, None, text=timer.rule.key)
    try:
        if timer.rule.action is not None:
            return _done_by_itself(ticket, setting, timer.rule.action, at)
        return _carried_out(ticket, setting, timer.rule.does or (), event, {})
    except Refused:
        return Deed(event, alerts=("responsavel", "supervisao"))


def _done_by_itself(ticket: Ticket, setting: Setting, key: str, at: datetime) -> Deed:
    step = setting.process.step(ticket.step)
    action = next(each for each in step.actions if each.key == key)
    _check_possible(action, ticket, setting, None, at)
    return _carried_out(ticket, setting, action.does, Event("acao", at, None, action=action.label), {})

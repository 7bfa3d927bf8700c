"""Ways through a process, found on paper by its rules: nothing is written, and nothing here knows a service by name."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from types import MappingProxyType

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.fields import values_for_conditions
from atendimento_tui.domain.process.schema import DOCUMENT, RECEIVED, FieldRule, Process
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.ticket import Event, Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, Outcome, ProcessContext, TakeNumber
from atendimento_tui.services import acts
from atendimento_tui.services.desk import Desk

VARIANTS_AT_MOST = 24
"""Combinations of choices that are tried at intake: a process whose steps need more is not walked whole."""

_BETWEEN = timedelta(minutes=30)
"""Between two acts on paper."""

_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "texto": ("Conforme combinado com quem pediu",),
    "texto_longo": ("Conferido com quem pediu; os detalhes estão no histórico.",),
    "numero": ("1",),
    "data": ("02/03/2026",),
    "hora": ("10:30",),
    "cpf": ("529.982.247-25",),
    "cnpj": ("12.ABC.345/01DE-35",),
    "cns": ("700000000000005",),
    "telefone": ("(11) 98765-4321",),
    "email": ("contato@exemplo.com.br",),
    "dinheiro": ("R$ 150,00",),
    "competencia": ("10/2026",),
    "procedimento": ("40304361",),
    "pessoa": ("Dra. Helena Prado",),
    "protocolo": ("20260302000001",),
    "sim_nao": ("sim", "não"),
}
"""What may be typed into a field of each type."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A way to a step: what intake asks, then the actions with their answers; documents come in among them, each
    under the key of its field."""

    answers: Mapping[str, str]
    acts: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    ticket: Ticket
    walk: Walk
    at: datetime = field(default=datetime(2026, 3, 2, 14, tzinfo=UTC))


def walks(context: ProcessContext) -> dict[str, Walk]:
    """A shortest way to each step that people can bring a ticket to."""
    found: dict[str, Walk] = {}
    for trial in _trials(context, _begun(context), "supervisor"):
        found.setdefault(trial.ticket.step, trial.walk)
        if len(found) == len(context.process.steps):
            break
    return found


def way(context: ProcessContext, stops: Sequence[str], given: Mapping[str, str]) -> Walk:
    """A shortest way through these steps, one after the other, by what an attendant may do.

    Args:
        given: Answers to choices of the intake that are to be these.

    Raises:
        LookupError: There is none.
    """
    begun: Iterable[_Trial] = _begun(context, given)
    for stop in stops:
        found = next((trial for trial in _trials(context, begun, "atendente") if trial.ticket.step == stop), None)
        if found is None:
            raise LookupError(f"no way through {stops} of {context.process.key}")
        begun = [found]
    return next(iter(begun)).walk


def rehearsed(context: ProcessContext, walk: Walk, severity: Severity) -> list[Ticket]:
    """The ticket of a walk after its opening and after each act; somebody claims it before each act."""
    trial = next(_begun(context, walk.answers, severity))
    tickets = [trial.ticket]
    for action, answer in walk.acts:
        owned = replace(trial, ticket=replace(trial.ticket, owner=1))
        trial = _acted(context, owned, action, answer, "atendente")
        tickets.append(trial.ticket)
    return tickets


def _trials(context: ProcessContext, begun: Iterable[_Trial], role: str) -> Iterator[_Trial]:
    """All that can come of these beginnings, the shortest ways first; each state once."""
    counted = {key for _, effects in context.process.effects() for key in effects.count}  # else a loop never ends
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    trials = deque(begun)
    while trials:
        trial = trials.popleft()
        fields = sorted((key, value) for key, value in trial.ticket.fields.items() if key not in counted)
        mark = (trial.ticket.step, tuple(fields))
        if mark in seen:
            continue
        seen.add(mark)
        yield trial
        trials.extend(_next(context, trial, role))


def do_act(desk: Desk, order: Order, action: str, answer: Answer) -> None:
    """Do one act of a walk."""
    if action.startswith(DOCUMENT):
        acts.check_document(desk, order, action.removeprefix(DOCUMENT), answer.text)
    else:
        acts.act(desk, order, action, answer)


def _begun(
    context: ProcessContext, given: Mapping[str, str] = MappingProxyType({}), severity: Severity = Severity.MEDIUM
) -> Iterator[_Trial]:
    for answers in _answer_sets(context.process, given):
        kept = {
            rule.key: read_value(rule, answers[rule.key])
            for rule in workflow.fields_asked(
                context.process, values_for_conditions(context.process.fields, answers, {})
            )
            if rule.key in answers
        }
        start = _Trial(Ticket(), Walk(answers))
        values = {"severity": severity, "protocol": "1"}
        outcome = workflow.open_ticket(start.ticket, context, values, kept, Event("aberto", start.at, 1))
        yield _Trial(_after(start.ticket, context, outcome), start.walk)


def _answer_sets(process: Process, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Answers to everything that intake may ask, one set for each combination of choices, up to a sensible number."""
    rules = [rule for rule in process.fields if not rule.later]
    options = [(given[rule.key],) if rule.key in given else _typed(rule) for rule in rules]
    for number, values in enumerate(product(*options)):
        if number >= VARIANTS_AT_MOST:
            return
        yield dict(zip((rule.key for rule in rules), values, strict=True))


def _typed(rule: FieldRule) -> tuple[str, ...]:
    return rule.options or _SAMPLES[rule.type]


def _next(context: ProcessContext, trial: _Trial, role: str = "supervisor") -> Iterator[_Trial]:
    at = trial.at + _BETWEEN
    if missing := workflow.documents_missing(context.process, trial.ticket):
        yield _received(trial, [f"{DOCUMENT}{rule.key}" for rule in missing], at)
    for each in workflow.possible(trial.ticket, context, role, at):
        if each.why_not:
            continue
        for values in product(*(_typed(rule) for rule in each.asks)):
            typed = dict(zip((rule.key for rule in each.asks), values, strict=True))
            text = "" if each.action.text == "nenhum" else "Conforme combinado com quem pediu."
            try:
                yield _acted(context, trial, each.action.key, Answer(text, typed), role)
            except Refused:
                continue


def _acted(context: ProcessContext, trial: _Trial, action: str, answer: Answer, role: str) -> _Trial:
    """The trial with one more act.

    Args:
        answer: As it is typed.

    Raises:
        Refused: It is not possible.
    """
    at = trial.at + _BETWEEN
    if action.startswith(DOCUMENT):
        return _received(trial, [action], at)
    kept = {key: read_value(context.process.field(key), value) for key, value in answer.values.items()}
    given = Answer(answer.text, kept)
    outcome = workflow.act(trial.ticket, context, action, actor=1, role=role, at=at, answer=given)
    so_far = (*trial.walk.acts, (action, answer))
    return _Trial(_after(trial.ticket, context, outcome), Walk(trial.walk.answers, so_far), at)


def _after(ticket: Ticket, context: ProcessContext, outcome: Outcome) -> Ticket:
    """The ticket after an act, with some number in each field that gets one."""
    taken = {each.field: "2026000001" for each in outcome.effects if isinstance(each, TakeNumber)}
    return ticket.evolve(workflow.with_numbers(ticket, context.process, outcome.event, taken))


def _received(trial: _Trial, documents: Sequence[str], at: datetime) -> _Trial:
    """The same with everything handed in."""
    changes = trial.ticket.change_fields(dict.fromkeys(documents, RECEIVED))
    so_far = (*trial.walk.acts, *((key, Answer(RECEIVED)) for key in documents))
    return _Trial(trial.ticket.evolve(Event("documento", at, 1, changes=changes)), Walk(trial.walk.answers, so_far), at)

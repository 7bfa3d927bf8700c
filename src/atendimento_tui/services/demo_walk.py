"""A ticket in every step of every service of the catalogue: the ways there are found by trying them out, then lived.

Nothing here knows a service by name: a service that is added is furnished too.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.fields import as_kept
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
    """A shortest way to each step that people can bring a ticket to, found on paper: nothing is written."""
    found: dict[str, Walk] = {}
    counted = {key for _, effects in context.process.effects() for key in effects.count}  # else a loop never ends
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    trials = deque(_begun(context))
    while trials:
        trial = trials.popleft()
        fields = sorted((key, value) for key, value in trial.ticket.fields.items() if key not in counted)
        mark = (trial.ticket.step, tuple(fields))
        if mark in seen:
            continue
        seen.add(mark)
        found.setdefault(trial.ticket.step, trial.walk)
        if len(found) < len(context.process.steps):
            trials.extend(_next(context, trial))
    return found


def do_act(desk: Desk, order: Order, action: str, answer: Answer) -> None:
    """Do one act of a walk."""
    if action.startswith(DOCUMENT):
        acts.check_document(desk, order, action.removeprefix(DOCUMENT), answer.text)
    else:
        acts.act(desk, order, action, answer)


def _begun(context: ProcessContext) -> Iterator[_Trial]:
    for answers in _answer_sets(context.process):
        kept = {
            rule.key: read_value(rule, answers[rule.key])
            for rule in workflow.fields_asked(context.process, as_kept(context.process.fields, answers, {}))
            if rule.key in answers
        }
        start = _Trial(Ticket(), Walk(answers))
        values = {"severity": Severity.MEDIUM, "protocol": "1"}
        outcome = workflow.open_ticket(start.ticket, context, values, kept, Event("aberto", start.at, 1))
        yield _Trial(_after(start.ticket, context, outcome), start.walk)


def _answer_sets(process: Process) -> Iterator[dict[str, str]]:
    """Answers to everything that intake may ask, one set for each combination of choices, up to a sensible number."""
    rules = [rule for rule in process.fields if not rule.later]
    options = [_typed(rule) for rule in rules]
    for number, values in enumerate(product(*options)):
        if number >= VARIANTS_AT_MOST:
            return
        yield dict(zip((rule.key for rule in rules), values, strict=True))


def _typed(rule: FieldRule) -> tuple[str, ...]:
    return rule.options or _SAMPLES[rule.type]


def _next(context: ProcessContext, trial: _Trial) -> Iterator[_Trial]:
    at = trial.at + timedelta(minutes=30)
    if missing := workflow.documents_missing(context.process, trial.ticket):
        yield _received(trial, [f"{DOCUMENT}{rule.key}" for rule in missing], at)
    for each in workflow.possible(trial.ticket, context, "supervisor", at):
        if each.why_not:
            continue
        for values in product(*(_typed(rule) for rule in each.asks)):
            typed = dict(zip((rule.key for rule in each.asks), values, strict=True))
            kept = {rule.key: read_value(rule, typed[rule.key]) for rule in each.asks}
            text = "" if each.action.text == "nenhum" else "Conforme combinado com quem pediu."
            answer = Answer(text, kept)
            try:
                outcome = workflow.act(
                    trial.ticket,
                    context,
                    each.action.key,
                    actor=1,
                    role="supervisor",
                    at=at,
                    answer=answer,
                )
            except Refused:
                continue
            so_far = (*trial.walk.acts, (each.action.key, Answer(text, typed)))
            yield _Trial(_after(trial.ticket, context, outcome), Walk(trial.walk.answers, so_far), at)


def _after(ticket: Ticket, context: ProcessContext, outcome: Outcome) -> Ticket:
    """The ticket after an act, with some number in each field that gets one."""
    taken = {each.field: "2026000001" for each in outcome.effects if isinstance(each, TakeNumber)}
    return ticket.evolve(workflow.with_numbers(ticket, context.process, outcome.event, taken))


def _received(trial: _Trial, documents: Sequence[str], at: datetime) -> _Trial:
    """The same with everything handed in."""
    changes = trial.ticket.change_fields(dict.fromkeys(documents, RECEIVED))
    so_far = (*trial.walk.acts, *((key, Answer(RECEIVED)) for key in documents))
    return _Trial(trial.ticket.evolve(Event("documento", at, 1, changes=changes)), Walk(trial.walk.answers, so_far), at)

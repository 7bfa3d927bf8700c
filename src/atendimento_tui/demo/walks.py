"""Sequences of acts through a process (walks), found by simulating its rules without a database. For any process."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from types import MappingProxyType

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain import workflow
from atendimento_tui.domain.bookings import CODE
from atendimento_tui.domain.documents import ACCEPTED, RECEIVED, DocumentState, written_state
from atendimento_tui.domain.process.fields import values_for_conditions
from atendimento_tui.domain.process.schema import DOCUMENT, ActionRule, FieldRule, Process
from atendimento_tui.domain.process.values import kind_of, options_of, read_value
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, ProcessContext
from atendimento_tui.domain.workflow.documents import documents_not_accepted
from atendimento_tui.domain.workflow.effects import Outcome, TakeNumber
from atendimento_tui.services import acts, agenda, attachments, received, tickets
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts import outbox

VARIANTS_AT_MOST = 24
"""Limit of combinations of choices tried at intake. A step that needs others is not found."""

_REFUSAL = "Ilegível; trazer outra cópia"
"""Why a document is refused in a walk."""

_DEPARTMENT = "Vera, do setor, por telefone"
"""Who accepts documents in a walk."""

_BETWEEN = timedelta(minutes=30)
"""Time between two simulated acts."""

_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "texto": ("Conforme combinado com quem pediu",),
    "texto_longo": ("Conferido com quem pediu; os detalhes estão no histórico.",),
    "numero": ("1",),
    "numero_boleto": ("99991.23459 67890.123457 67890.123457 9 16370000012345",),
    "boleto": ("99991.23459 67890.123457 67890.123457 9 16370000012345",),
    "data": ("02/03/2026",),
    "hora": ("10:30",),
    "cpf": ("529.982.247-25",),
    "cnpj": ("12.ABC.345/01DE-35",),
    "cns": ("700000000000005",),
    "telefone": ("(11) 98765-4321",),
    "email": ("contato@exemplo.com.br",),
    "conselho": ("CRM/SP 123456",),
    "dinheiro": ("R$ 150,00",),
    "competencia": ("10/2026",),
    "procedimento": ("40304361",),
    "pessoa": ("Dra. Helena Prado",),
    "protocolo": ("20260302000001",),
    "cep": ("01310-100",),
    "uf": ("SP",),
    "carteirinha": ("0012345678",),
    "vaga": ("1.1.1@2026-03-02T10:00-03:00",),
    "cadastro": ("Conforme o comprovante",),
    "sim_nao": ("sim", "não"),
}
"""Type of a field -> possible answers."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A sequence of acts that leads to a step.

    Attributes:
        answers: The answers at intake.
        acts: Actions with their answers. A received document is an act with the key of its field.
    """

    answers: Mapping[str, str]
    acts: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    ticket: Ticket
    walk: Walk
    at: datetime = field(default=datetime(2026, 3, 2, 14, tzinfo=UTC))


def walks(context: ProcessContext) -> dict[str, Walk]:
    """A shortest walk to each step that people can reach."""
    found: dict[str, Walk] = {}
    steps = _steps_led_to(context.process)
    for trial in _trials(context, _start_trials(context), "supervisor"):
        found.setdefault(trial.ticket.step, trial.walk)
        if steps <= found.keys():
            break
    return found


def _steps_led_to(process: Process) -> set[str]:
    """The first step, and those that an action of people leads to."""
    actions = [action for step in process.steps for action in step.actions if not action.by_itself]
    named = {rule.go for action in actions for rule in action.does}
    return {step.key for step in process.steps if step is process.steps[0] or step.key in named}


def find_walk(context: ProcessContext, stops: Sequence[str], given: Mapping[str, str]) -> Walk:
    """A shortest walk through these steps in their order, by the actions of an attendant.

    Args:
        given: Fixed answers to choices of the intake.

    Raises:
        LookupError: There is no such walk.
    """
    begun: Iterable[_Trial] = _start_trials(context, given)
    for stop in stops:
        found = next((trial for trial in _trials(context, begun, "atendente") if trial.ticket.step == stop), None)
        if found is None:
            raise LookupError(f"no walk through {stops} of {context.process.key}")
        begun = [found]
    return next(iter(begun)).walk


def simulate(context: ProcessContext, walk: Walk, severity: Severity) -> list[Ticket]:
    """The ticket after the opening and after each act of a walk. It has an owner before each act."""
    trial = next(_start_trials(context, walk.answers, severity))
    tickets = [trial.ticket]
    for action, answer in walk.acts:
        owned = replace(trial, ticket=replace(trial.ticket, owner=1))
        trial = _trial_after(context, owned, action, answer, "atendente")
        tickets.append(trial.ticket)
    return tickets


def _trials(context: ProcessContext, begun: Iterable[_Trial], role: str) -> Iterator[_Trial]:
    """All states that can be reached from these trials, each once, by number of acts (breadth first)."""
    counted = {
        key for _, effects in context.process.effects() for key in effects.count
    }  # ignored, else a loop would never end
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
        trials.extend(_next_trials(context, trial, role))


def do_act(desk: Desk, order: Order, action: str, answer: Answer) -> None:
    """Do one act of a walk."""
    document = action.removeprefix(DOCUMENT)
    if document != action and answer.text == ACCEPTED:
        acts.record_document(desk, order, document, workflow.Recorded(ACCEPTED, said_by=_DEPARTMENT))
    elif document != action:
        acts.check_document(desk, order, document, answer.text)
    else:
        if books(answer):
            answer = _with_free_slot(desk, order, answer)
        try:
            acts.act(desk, order, action, answer)
        except Refused as refused:
            if not _bring(desk, order, refused.code):
                raise
            acts.act(desk, order, action, answer)


def books(answer: Answer) -> bool:
    """Whether an answer has a slot."""
    return any(re.fullmatch(CODE, value) for value in answer.values.values())


def _with_free_slot(desk: Desk, order: Order, answer: Answer) -> Answer:
    """The answer with the soonest free slot instead of its own, if the agenda has one."""
    free = agenda.lookup(desk, AgendaFilter(), order.now).first
    if free is None:
        return answer
    asked = {key: free.key.code if re.fullmatch(CODE, value) else value for key, value in answer.values.items()}
    return replace(answer, values=asked)


def _bring(desk: Desk, order: Order, wanted: str) -> bool:
    """Bring what an act was refused for: a file, or an answer to forward. Whether it was one of them."""
    before = replace(order, request=f"{order.request}:antes", seen=None)
    if wanted == "anexa_sem_arquivo":
        attachments.attach(desk, before, outbox.DEMO_FILE, outbox.DEMO_ANSWER.encode())
    elif wanted == "encaminha_sem_resposta":
        view = tickets.ticket_view(desk, order.now, ticket_id=order.ticket)
        asked = next(message.id for message in view.messages if message.recipient == "grupo")
        received.receive_pasted(desk, before, asked, outbox.DEMO_SENDER, outbox.DEMO_ANSWER)
    else:
        return False
    return True


def _start_trials(
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
        yield _Trial(_ticket_after(start.ticket, context, outcome), start.walk)


def _answer_sets(process: Process, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Answers to all fields of the intake, one set for each combination of choices, up to the limit."""
    rules = [rule for rule in process.fields if not rule.later]
    options = [(given[rule.key],) if rule.key in given else _possible_answers(rule) for rule in rules]
    for number, values in enumerate(product(*options)):
        if number >= VARIANTS_AT_MOST:
            return
        yield dict(zip((rule.key for rule in rules), values, strict=True))


def _possible_answers(rule: FieldRule) -> tuple[str, ...]:
    return options_of(rule) or _SAMPLES[kind_of(rule)]


def _next_trials(context: ProcessContext, trial: _Trial, role: str = "supervisor") -> Iterator[_Trial]:
    at = trial.at + _BETWEEN
    if missing := workflow.documents_missing(context.process, trial.ticket):
        yield _checked(trial, [f"{DOCUMENT}{rule.key}" for rule in missing], RECEIVED, at)
    elif _asks_for_verdicts(context.process) and (undecided := documents_not_accepted(context.process, trial.ticket)):
        documents = [f"{DOCUMENT}{rule.key}" for rule in undecided]
        yield _checked(trial, documents, ACCEPTED, at)
        yield _checked(trial, documents[:1], _REFUSAL, at)
    for each in workflow.possible(trial.ticket, context, role, at):
        if each.why_not:
            continue
        for typed in _action_answers(context.process, trial.ticket, each.action):
            text = "" if each.action.text == "nenhum" else "Conforme combinado com quem pediu."
            try:
                yield _trial_after(context, trial, each.action.key, Answer(text, typed), role)
            except Refused:
                continue


def _action_answers(process: Process, ticket: Ticket, action: ActionRule) -> Iterator[dict[str, str]]:
    """Sample answers to the fields of an action, each to those that are asked with the others."""
    rules = [rule for rule in process.fields if rule.key in action.asks]
    seen: set[tuple[tuple[str, str], ...]] = set()
    for values in product(*(_possible_answers(rule) for rule in rules)):
        typed = dict(zip((rule.key for rule in rules), values, strict=True))
        known = values_for_conditions(process.fields, typed, workflow.values_of(ticket))
        asked = {rule.key: typed[rule.key] for rule in workflow.fields_asked(process, known, action)}
        if (mark := tuple(asked.items())) not in seen:
            seen.add(mark)
            yield asked


def _trial_after(context: ProcessContext, trial: _Trial, action: str, answer: Answer, role: str) -> _Trial:
    """The trial after one more act.

    Args:
        answer: The answer as people type it.

    Raises:
        Refused: The act is not possible.
    """
    at = trial.at + _BETWEEN
    if action.startswith(DOCUMENT):
        return _checked(trial, [action], answer.text, at)
    kept = {key: read_value(context.process.field(key), value) for key, value in answer.values.items()}
    given = Answer(answer.text, kept)
    outcome = workflow.act(trial.ticket, context, action, actor=1, role=role, at=at, answer=given)
    so_far = (*trial.walk.acts, (action, answer))
    return _Trial(_ticket_after(trial.ticket, context, outcome), Walk(trial.walk.answers, so_far), at)


def _ticket_after(ticket: Ticket, context: ProcessContext, outcome: Outcome) -> Ticket:
    """The ticket after an outcome, with a sample number in each field that gets one."""
    taken = {each.field: "2026000001" for each in outcome.effects if isinstance(each, TakeNumber)}
    return ticket.evolve(workflow.with_numbers(ticket, context.process, outcome.event, taken))


def _asks_for_verdicts(process: Process) -> bool:
    """Whether a condition of the process is about accepted documents."""
    needs = [*(action.needs for step in process.steps for action in step.actions)]
    return any(condition.checklist == "aceita" for each in needs for condition in each)


def _checked(trial: _Trial, documents: Sequence[str], verdict: str, at: datetime) -> _Trial:
    """The trial after these documents were received, accepted, or refused for a reason."""
    value = written_state(DocumentState(ACCEPTED)) if verdict == ACCEPTED else verdict
    changes = trial.ticket.change_fields(dict.fromkeys(documents, value))
    so_far = (*trial.walk.acts, *((key, Answer(verdict)) for key in documents))
    return _Trial(trial.ticket.evolve(Event("documento", at, 1, changes=changes)), Walk(trial.walk.answers, so_far), at)

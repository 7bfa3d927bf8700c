"""What is recorded of a document: how it came, what was decided, how often it was asked for again."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain import workflow
from atendimento_tui.domain.documents import (
    ACCEPTED,
    AWAITED,
    RECEIVED,
    REFUSED,
    WAYS,
    DocumentState,
    read_state,
    written_state,
)
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import Recorded
from tests.domain.walk import FILES

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
MORE = """
[[documentos]]
chave = "certidao"
nome = "Certidão"
copia = ["original", "copia"]
porque = "prova o óbito"

[[documentos]]
chave = "senha"
nome = "Carteira"
guarda = false
"""


@pytest.fixture(scope="module")
def process() -> Process:
    text = FILES["maioridade"].read_text("utf-8")
    return read_process(text.replace("[mensagens.recibo]", f"{MORE}\n[mensagens.recibo]", 1))


def record(ticket: Ticket, process: Process, document: str, *recorded: Recorded) -> Ticket:
    for each in recorded:
        event = workflow.record_document(ticket, process, document, each, actor=7, at=AT)
        ticket = ticket.evolve(event)
    return ticket


def refused(ticket: Ticket, process: Process, document: str, recorded: Recorded) -> str:
    with pytest.raises(Refused) as raised:
        record(ticket, process, document, recorded)
    return raised.value.code


def told(process: Process, document: str, *recorded: Recorded) -> list[str]:
    ticket, found = Ticket(step="balcao"), []
    for each in recorded:
        event = workflow.record_document(ticket, process, document, each, actor=7, at=AT)
        found.append(event.text)
        ticket = ticket.evolve(event)
    return found


STATES = st.builds(
    DocumentState,
    state=st.sampled_from([AWAITED, RECEIVED, ACCEPTED, REFUSED]),
    way=st.sampled_from(["", *WAYS]),
    attachment=st.none() | st.integers(1, 999),
    reason=st.text(),
    said_by=st.text(),
    asked_again=st.integers(0, 99),
    due=st.just("") | st.dates().map(date.isoformat),
    arrived_at=st.just("") | st.just("2026-03-02T12:00:00+00:00"),
    arrived_by=st.none() | st.integers(1, 99),
)


@given(STATES)
def test_a_state_is_read_as_it_was_written(state: DocumentState) -> None:
    assert read_state(written_state(state)) == state


@given(st.text(min_size=1).filter(lambda text: text != RECEIVED))
def test_an_older_verdict_is_received_or_the_reason_of_a_refusal(reason: str) -> None:
    assert read_state(RECEIVED) == DocumentState(RECEIVED)
    assert read_state(reason) == DocumentState(REFUSED, reason=reason, asked_again=1)
    assert read_state("") == DocumentState()


def test_a_document_comes_is_refused_comes_again_and_is_accepted(process: Process) -> None:
    due = date(2026, 3, 20)
    steps = (
        Recorded(RECEIVED, "copia"),
        Recorded(REFUSED, reason="ilegível", said_by="Cadastro, por telefone", due=due),
        Recorded(RECEIVED, "original"),
        Recorded(REFUSED, reason="vencido"),
        Recorded(RECEIVED, "original"),
        Recorded(ACCEPTED, said_by="Cadastro"),
    )
    assert told(process, "rg", *steps) == [
        "RG: recebido (cópia em papel)",
        "RG: ilegível (disse Cadastro, por telefone; corrigir até 20/03/2026)",
        "RG: recebido (original visto)",
        "RG: vencido",
        "RG: recebido (original visto)",
        "RG: aceito (Cadastro)",
    ]
    ticket = Ticket(step="balcao")
    state = workflow.state_of(record(ticket, process, "rg", *steps[:2]), "rg")
    assert (state.reason, state.said_by, state.due_on, state.asked_again) == ("ilegível", steps[1].said_by, due, 1)
    assert (state.arrived_at, state.decided_by, state.since) == (state.decided_at, 7, AT)
    state = workflow.state_of(record(ticket, process, "rg", *steps), "rg")
    assert (state.state, state.way, state.reason, state.due, state.asked_again) == (ACCEPTED, "original", "", "", 2)


@pytest.mark.parametrize(
    ("before", "document", "recorded", "code"),
    [
        ((), "outro", Recorded(RECEIVED), "documento_desconhecido"),
        ((), "rg", Recorded(REFUSED), "documento_sem_motivo"),
        ((), "rg", Recorded(ACCEPTED), "documento_nao_chegou"),
        ((), "rg", Recorded(AWAITED), "documento_nao_chegou"),
        ((), "rg", Recorded(RECEIVED, "arquivo"), "documento_sem_anexo"),
        ((), "rg", Recorded(RECEIVED, "copia", attachment=3), "documento_sem_anexo"),
        ((), "certidao", Recorded(RECEIVED, "arquivo", attachment=3), "documento_forma"),
        ((), "senha", Recorded(RECEIVED, "copia"), "documento_forma"),
        ((Recorded(RECEIVED, "copia"),), "rg", Recorded(RECEIVED, "copia"), "documento_igual"),
        ((Recorded(REFUSED, reason="x"),), "rg", Recorded(ACCEPTED), "documento_nao_chegou"),
        ((Recorded(REFUSED, reason="x"),), "rg", Recorded(REFUSED, reason="x"), "documento_igual"),
        ((Recorded(RECEIVED), Recorded(ACCEPTED)), "rg", Recorded(RECEIVED, "original"), "documento_ja_aceito"),
    ],
)
def test_what_does_not_fit_is_refused(
    process: Process, before: tuple[Recorded, ...], document: str, recorded: Recorded, code: str
) -> None:
    ticket = record(Ticket(step="balcao"), process, "rg", *before)
    assert refused(ticket, process, document, recorded) == code


def test_a_mistake_is_taken_back_and_still_tells_how_often_it_was_asked_for(process: Process) -> None:
    steps = (Recorded(REFUSED, reason="ilegível"), Recorded(RECEIVED, "copia"), Recorded(AWAITED))
    ticket = record(Ticket(step="balcao"), process, "rg", *steps)
    assert workflow.state_of(ticket, "rg") == DocumentState(asked_again=1)
    assert ("RG", "") in workflow.missing_with_reasons(process, ticket)


def test_an_action_that_needs_accepted_documents_says_which_are_not() -> None:
    text = FILES["maioridade"].read_text("utf-8").replace('checklist = "completa"', 'checklist = "aceita"')
    process = read_process(text)
    step = next(step.key for step in process.steps if any(each.key == "remeter" for each in step.actions))
    ticket, context = Ticket(step=step), workflow.ProcessContext(process, {}, {}, {})

    def why_not(ticket: Ticket) -> Refused | None:
        found = workflow.possible(ticket, context, "atendente", AT)
        return next(each.why_not for each in found if each.action.key == "remeter")

    needed = workflow.documents_needed(process, workflow.values_of(ticket))
    for rule in needed:
        ticket = record(ticket, process, rule.key, Recorded(RECEIVED))
    first, *others = needed
    ticket = record(ticket, process, first.key, Recorded(ACCEPTED))
    refusal = why_not(ticket)
    assert refusal
    assert refusal.code == "acao_documentos_aceitos"
    assert refusal.values["missing"] == ", ".join(rule.name for rule in others)
    for rule in others:
        ticket = record(ticket, process, rule.key, Recorded(ACCEPTED))
    assert why_not(ticket) is None

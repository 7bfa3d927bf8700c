"""Documents travel to a department: two services of the counter from the first key to their end, with refusals."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.data.queries import remittances as queries
from atendimento_tui.domain import documents as document_rules
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.documents import ACCEPTED, DocumentState
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.remittances import ON_THE_WAY, PENDING, verdict_of
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, Recorded
from atendimento_tui.services import acts, papers, proof, remittances
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from tests.living import ANA, BRUNO, CELIA, NAMES, rows
from tests.secret import set_groups, set_role
from tests.services.test_processes import ProcessTicket, local

SCHOOL = {"instituicao": "Colégio São José", "erp": "2026/004178"}
MARTA = "Marta, do cadastro, por telefone, às 14h30"


@pytest.fixture
def life(desk: Desk) -> Iterator[ProcessTicket]:
    """A desk where Célia alone is of the cadastro."""
    number = {name: key for key, name in rows(desk, "SELECT id, name FROM staff_group")}
    set_groups(desk, ANA, number["Atendimento"])
    set_groups(desk, BRUNO, number["Atendimento"])
    set_groups(desk, CELIA, number["Cadastro"])
    set_role(desk, CELIA, Role.DEPARTMENT)
    yield ProcessTicket(desk, local(13, 10))
    assert proof.prove(desk).faults == ()


def opened(life: ProcessTicket, service: str, answers: Mapping[str, str]) -> None:
    life.open(service, Severity.MEDIUM, **answers)


def receive(life: ProcessTicket, *documents: str) -> None:
    for document in documents:
        acts.check_document(life.desk, life.order(), document, "recebido")


def items(life: ProcessTicket) -> dict[str, str]:
    """Document -> state of its newest item, of the ticket in hand."""
    _, found = remittances.listed(life.desk, every=True)
    return {each.document: each.state for each in found if each.ticket == life.ticket}


def close(life: ProcessTicket) -> RemittanceRow:
    return remittances.close(life.desk, "Cadastro", life.now)


def decide(life: ProcessTicket, document: str, reason: str = "", said_by: str = MARTA, actor: int = ANA) -> None:
    remittances.decide(life.desk, life.order(actor), document, reason=reason, said_by=said_by)


def waits(life: ProcessTicket) -> list[str]:
    return [each.name for each in life.view().papers if each.is_due]


def test_a_dependent_of_age_from_the_counter_over_a_correction_to_the_last_visit(life: ProcessTicket) -> None:
    # The counter: the protocol on paper, the register, both clocks of the law; a document is missing.
    opened(life, "plano_maioridade", SCHOOL)
    assert waits(life) == ["Protocolo de entrega de documentos"]
    assert rows(life.desk, "SELECT count(*) FROM register_entry") == [(1,)]
    assert life.clock("sac").term.due_at == local(20, 23, 59, 59)
    assert life.clock("resposta_ans").term.due_at == local(23, 23, 59, 59)  # Tiradentes is no business day
    term = life.view().row.term
    assert term is not None
    assert term.due_at == local(20, 23, 59, 59), "the earlier one alarms"
    assert [(each.system, each.number) for each in life.view().external] == [("ERP Solus", "2026/004178")]
    receive(life, "rg", "cpf", "matricula")
    assert life.refused("levar") == "acao_documentos"
    receive(life, "frequencia")
    life.act("levar")
    assert (life.step, life.view().row.group, life.view().row.owner) == ("No cadastro", "Cadastro", None)
    assert items(life) == dict.fromkeys(("rg", "cpf", "matricula", "frequencia"), "na_remessa")

    # The batch of the day travels; cadastro takes three documents and refuses one.
    batch = close(life)
    assert (batch.number, batch.year, batch.items, batch.pending, batch.closed_by) == (1, 2026, 4, 4, "")
    assert set(items(life).values()) == {"a_caminho"}
    life.at(14, 9)
    for document in ("rg", "cpf", "matricula"):
        decide(life, document)
    assert life.refused("corretos", volta_em="30/04/2026") == "acao_documentos_aceitos"
    decide(life, "frequencia", "É do ano passado", said_by="", actor=CELIA)
    assert items(life)["frequencia"] == "recusado"
    life.act("incorretos", ajuste="Trazer a frequência deste ano.", actor=CELIA)
    assert (life.step, life.view().row.group) == ("Avisar o beneficiário", "Atendimento")
    life.act("avisado", contato="WhatsApp")
    assert life.step == "Aguardando correção"
    assert "Trazer a frequência deste ano." in life.view().messages[-1].body
    assert dict(life.view().answers)["Vezes que voltou para correção"] == "1"
    assert life.clock("correcao").term.due_at == local(14, 23, 59, 59, month=5)

    # The correction travels alone, in the next batch.
    life.at(16, 10)
    assert life.refused("trouxe") == "acao_documentos"
    receive(life, "frequencia")
    life.act("trouxe")
    life.act("levar")
    assert close(life).items == 1
    decide(life, "frequencia", actor=CELIA, said_by="")
    life.act("corretos", volta_em="22/04/2026", actor=CELIA)
    assert (life.step, life.clock("sac").result) == ("Aguardando o beneficiário", "no_prazo")

    # The follow-up date, and the visit.
    sweep(life.desk, local(22, 9))
    assert [task.text for task in life.view().tasks][-1] == "Procurar o beneficiário"
    life.at(22, 11).act("adiar", volta_em="24/04/2026")
    life.at(24, 9).act("concluir", "Veio e levou a carteirinha.")
    assert life.view().closed_at == local(24, 9)
    assert [each.number for each in remittances.listed(life.desk, every=True)[0]] == [2, 1]
    assert remittances.listed(life.desk) == ((), ())


@pytest.mark.parametrize("lives", ["sim", "não"])
def test_a_change_of_holder_is_signed_by_both_only_while_the_present_one_lives(
    life: ProcessTicket, tmp_path: Path, lives: str
) -> None:
    answers = {"titular_atual": "João Sá", "titular_futuro": "Rita Sá", "cpf_futuro": "529.982.247-25"}
    opened(life, "troca_titularidade", answers | {"atual_vivo": lives})
    is_alive = lives == "sim"
    form = "formulario_ambos" if is_alive else "formulario_novo"
    assert [each.key for each in life.view().papers if each.is_due] == [form]
    papers.give(life.desk, life.order(), form, Way("arquivo", folder=tmp_path))
    [file] = tmp_path.iterdir()
    text = pdf_text(file.read_bytes())
    assert "Titular atual" in text
    assert "529.982.247-25" not in text, "masked on paper too"
    needed = {each.key for each in life.view().documents}
    assert ("obito" in needed) is not is_alive

    signed = {"assinou_futuro": "sim", "erp": "S-77"} | ({"assinou_atual": "não"} if is_alive else {})
    if is_alive:
        assert life.refused("assinado", "", ANA, **signed) == "acao_campo"
        signed["assinou_atual"] = "sim"
    life.act("assinado", "", ANA, **signed)
    assert "Protocolo de entrega de documentos" in waits(life)
    receive(life, *needed - {"endereco"})
    assert life.refused("levar") == "acao_documentos"
    receive(life, "endereco")
    life.act("levar")
    close(life)
    for document in needed:
        decide(life, document)
    life.act("corretos", actor=CELIA)
    assert (life.step, life.view().messages[-1].body.endswith("passou a Rita Sá.")) == ("Concluído", True)


def test_a_correction_that_never_comes_ends_the_change_after_its_reminders(life: ProcessTicket) -> None:
    life.open(
        "troca_titularidade", atual_vivo="sim", titular_atual="A B", titular_futuro="C D", cpf_futuro="52998224725"
    )
    life.act("assinado", assinou_futuro="sim", assinou_atual="sim", erp="S-1")
    receive(life, *(each.key for each in life.view().documents))
    life.act("levar")
    close(life)
    decide(life, "rg", "Ilegível")
    life.act("incorretos", ajuste="RG legível", actor=CELIA)
    life.act("avisado", contato="telefone")
    for day in range(14, 30):
        sweep(life.desk, local(day, 20))
    assert (life.step, life.view().row.state) == ("Sem correção no prazo", "abandonado")
    assert sum("precisa de uma correção" in each.body for each in life.view().messages) >= 3


def test_numbers_are_without_gaps_a_department_and_year(life: ProcessTicket) -> None:
    found = []
    for when in (local(30, 10, month=12), local(31, 10, month=12), local(2, 10, month=1) + timedelta(days=365)):
        life.now = when
        opened(life, "plano_maioridade", SCHOOL)
        receive(life, "rg", "cpf", "matricula", "frequencia")
        life.act("levar")
        row = close(life)
        found.append((row.number, row.year))
    assert found == [(1, 2026), (2, 2026), (1, 2027)]


def test_what_is_refused_changes_nothing(life: ProcessTicket) -> None:
    with pytest.raises(Refused, match="remessa_vazia"):
        close(life)
    with pytest.raises(Refused, match="grupo_desconhecido_remessa"):
        remittances.close(life.desk, "Almoxarifado", life.now)
    holder = {"titular_atual": "João Sá", "atual_vivo": "não", "titular_futuro": "Rita Sá"}
    with pytest.raises(Refused, match="campo_invalido_cpf"):
        opened(life, "troca_titularidade", holder | {"cpf_futuro": "529.982.247-26"})
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    stale = life.view().row.version
    acts.comment(life.desk, life.order(BRUNO), "Conferi a matrícula.")
    with pytest.raises(Refused, match="mudou"):
        acts.act(life.desk, replace(life.order(), seen=stale), "levar", Answer("", {}))
    assert items(life) == {}
    life.act("levar")
    with pytest.raises(Refused, match="documento_nao_a_caminho"):
        decide(life, "rg")  # still in the open batch
    close(life)
    with pytest.raises(Refused, match="remessa_quem_disse"):
        decide(life, "rg", said_by=" ")
    decide(life, "rg")
    with pytest.raises(Refused, match="documento_nao_a_caminho"):
        decide(life, "rg")
    attendant = life.desk.acting_as(Actor(CELIA, Role.DEPARTMENT, frozenset({1})))
    with pytest.raises(Refused, match="papel_nao_pode"):
        remittances.close(attendant, "Cadastro", life.now)
    assert items(life) == {"rg": "recebido", **dict.fromkeys(("cpf", "matricula", "frequencia"), "a_caminho")}


def test_a_department_sees_and_decides_only_on_its_own_documents(life: ProcessTicket) -> None:
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    close(life)
    number = {name: key for key, name in rows(life.desk, "SELECT id, name FROM staff_group")}
    own = life.desk.acting_as(Actor(CELIA, Role.DEPARTMENT, frozenset({number["Cadastro"]})))
    other = life.desk.acting_as(Actor(BRUNO, Role.DEPARTMENT, frozenset({number["Suporte N1"]})))
    assert len(remittances.listed(own)[1]) == 4
    assert remittances.listed(other) == ((), ())
    set_role(life.desk, BRUNO, Role.DEPARTMENT)
    set_groups(life.desk, BRUNO, number["Suporte N1"])
    with pytest.raises(Refused):
        remittances.decide(other, life.order(BRUNO), "rg", said_by=MARTA)
    remittances.decide(own, life.order(CELIA), "rg")
    [taken] = [each for each in remittances.listed(own)[1] if each.document == "rg"]
    assert (taken.state, taken.by, taken.said_by) == ("recebido", NAMES[CELIA], "")


def test_documents_of_remittances_that_are_over_are_counted_without_being_read(
    life: ProcessTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_taken in (True, True, False):
        opened(life, "plano_maioridade", SCHOOL)
        receive(life, "rg", "cpf", "matricula", "frequencia")
        life.act("levar")
        close(life)
        for document in ("rg", "cpf", "matricula", "frequencia") if is_taken else ("rg",):
            decide(life, document)
    read = Counter[str]()
    made = queries._item  # noqa: SLF001 - each row that is read becomes an item here

    def counted(row: Any) -> ItemRow:
        read["items"] += 1
        return made(row)

    monkeypatch.setattr(queries, "_item", counted)
    [row], found = remittances.listed(life.desk)
    assert (row.number, row.items, row.pending, len(found), read["items"]) == (3, 4, 3, 4, 4)
    monkeypatch.setattr(queries, "MOST_CLOSED", 1)
    every, found = remittances.listed(life.desk, every=True)
    assert [(each.number, each.items, each.pending) for each in every] == [(3, 4, 3), (2, 4, 0)]
    assert read["items"] == 4 + len(found) == 4 + 8
    assert remittances.with_number(life.desk, "Cadastro", 2026, 1).items == 4, "also those that are not listed"
    assert read["items"] == 12


def test_a_department_decides_on_papers_whose_ticket_has_ended(life: ProcessTicket) -> None:
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    close(life)
    decide(life, "frequencia", "É do ano passado")
    life.act("incorretos", ajuste="Trazer a frequência deste ano.", actor=CELIA)
    life.act("avisado", contato="WhatsApp")
    life.act("desistiu", "Mudou de plano.")
    before = life.view().history
    for document in ("cpf", "matricula"):
        decide(life, document)
    decide(life, "rg", "Rasgado")
    assert items(life) == {"rg": "recusado", "cpf": "recebido", "matricula": "recebido", "frequencia": "recusado"}
    assert life.view().history == before
    assert remittances.listed(life.desk) == ((), ())
    with pytest.raises(Refused, match="documento_nao_a_caminho"):
        decide(life, "rg")
    assert differences(life.desk) == []


def test_a_department_decides_on_a_paper_whose_document_was_accepted_while_the_batch_was_open(
    life: ProcessTicket,
) -> None:
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    acts.record_document(life.desk, life.order(), "rg", Recorded(ACCEPTED, said_by=MARTA))
    close(life)
    assert items(life)["rg"] == "a_caminho"
    decide(life, "rg")
    assert items(life)["rg"] == "recebido"


def test_a_document_refused_at_the_counter_leaves_the_open_batch(life: ProcessTicket) -> None:
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    acts.check_document(life.desk, life.order(CELIA), "rg", "Vencido")
    assert items(life) == dict.fromkeys(("cpf", "matricula", "frequencia"), "na_remessa")
    assert close(life).items == 3


def test_the_list_is_a_paper_with_a_row_for_each_document_and_lines_to_sign(
    life: ProcessTicket, tmp_path: Path
) -> None:
    opened(life, "plano_maioridade", SCHOOL)
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    row = close(life)
    said = remittances.deliver_list(life.desk, row.id, Way("arquivo", folder=tmp_path), life.now)
    [file] = tmp_path.iterdir()
    assert str(file) in said
    text = pdf_text(file.read_bytes())
    for part in ("Remessa 1/2026", "Cadastro", "RG", "Comprovante de matrícula", "Maria da Conceição", "Recebido por"):
        assert part in text, part
    assert remittances.with_number(life.desk, "cadastro", 2026, 1) == row
    with pytest.raises(Refused, match="remessa_desconhecida"):
        remittances.with_number(life.desk, "Cadastro", 2026, 2)


@given(
    st.sampled_from([*PENDING, "recebido", "recusado"]),
    st.sampled_from([document_rules.AWAITED, document_rules.RECEIVED, document_rules.ACCEPTED, document_rules.REFUSED]),
)
def test_only_a_pending_item_changes_and_only_one_on_the_way_gets_a_verdict(item: str, state: str) -> None:
    verdict = verdict_of(item, DocumentState(state, reason="x"))
    if item not in PENDING or state == document_rules.RECEIVED:
        assert verdict is None
    if verdict is not None and verdict.state is not None:
        assert item == ON_THE_WAY
        assert (verdict.state == "recebido") is (state == document_rules.ACCEPTED)


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)

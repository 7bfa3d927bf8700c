"""Services written by newcomers from the guide alone: every action of every step is done, and one day of each."""

from collections import deque
from datetime import datetime
from pathlib import Path

import pytest

from atendimento_tui.contracts.messages import MessageView
from atendimento_tui.demo import walks
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.services import acts, processes
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.databases import mostly_on_files
from tests.living import BRUNO, CELIA, rows
from tests.services.test_processes import ProcessTicket, local

SERVICES = sorted((Path(__file__).parents[1] / "processes").glob("*.toml"))


def included(desk: Desk, name: str) -> ProcessContext:
    """The service of a file, offered by the desk."""
    [path] = [each for each in SERVICES if each.stem == name]
    process = processes.include_file(desk, path, make_groups=True)
    [version] = [each.version for each in processes.offered(desk) if each.key == process.key]
    context = desk.context(Ticket(process=version))
    assert context
    return context


def ways_to_act(context: ProcessContext) -> dict[tuple[str, str], walks.Walk]:
    """For every action of every step, a path that ends with it, found from the file."""
    found: dict[tuple[str, str], walks.Walk] = {}
    trials, seen = deque(walks._start_trials(context)), set()  # noqa: SLF001 - every path that the demonstration may choose
    while trials:
        trial = trials.popleft()
        counted = {key for _, effects in context.process.effects() for key in effects.count}
        mark = (
            trial.ticket.step,
            tuple(sorted(pair for pair in trial.ticket.fields.items() if pair[0] not in counted)),
        )
        if mark in seen:
            continue
        seen.add(mark)
        for after in walks._next_trials(context, trial):  # noqa: SLF001 - as above
            action = after.walk.acts[-1][0]
            if not action.startswith("documento_"):
                found.setdefault((trial.ticket.step, action), after.walk)
            trials.append(after)
    return found


@mostly_on_files("path", SERVICES, *(path for path in SERVICES if path.stem in ("plano_maioridade", "valor")))
def test_every_action_of_every_step_leads_to_an_end(desk: Desk, path: Path) -> None:
    context = included(desk, path.stem)
    life = ProcessTicket(desk, local(13, 10))
    found = ways_to_act(context)
    actions = [(step, action) for step in context.process.steps for action in step.actions]
    assert found.keys() == {(step.key, action.key) for step, action in actions if not action.by_itself}
    for (_, action), way in found.items():
        life.open(context.process.key, Severity.MEDIUM, **way.answers)
        for key, answer in way.acts:
            walks.do_act(desk, life.order(CELIA), key, answer)
        rule = next(each for step, each in actions if each.key == action)
        assert life.events("acao")[-1][1] == rule.label
    life.now = local(13, 10, month=9)
    sweep(desk, life.now)
    views = [ticket_view(desk, life.now, ticket_id=number) for (number,) in rows(desk, "SELECT id FROM ticket")]
    done = {line.action for view in views for line in view.history if line.kind == "acao"}
    assert {action.label for _, action in actions} == done
    ended = {view.row.step for view in views if view.closed_at}
    assert {step.name for step in context.process.steps if not step.state.is_open} == ended
    assert differences(desk) == []


# A day of each.


@pytest.fixture
def life(desk: Desk) -> ProcessTicket:
    """Monday, 13 April, ten in the morning."""
    return ProcessTicket(desk, local(13, 10))


def due(life: ProcessTicket, kind: str) -> datetime:
    return life.clock(kind).term.due_at


def last_message(life: ProcessTicket) -> MessageView:
    return life.view().messages[-1]


def receive(life: ProcessTicket, *documents: str) -> None:
    for document in documents:
        acts.check_document(life.desk, life.order(), document, "recebido")


def test_a_corrected_registration_continues(life: ProcessTicket) -> None:
    included(life.desk, "atualizacao_cadastral")
    life.open("atualizacao_cadastral", cpf="529.982.247-25", o_que="telefone", agora="(11) 98765-4321")
    assert due(life, "resposta_ans") == local(23, 23, 59, 59)  # seven business days, over Tiradentes
    life.at(13, 10, 20).act("inconsistente", inconsistencia="O telefone tem um dígito a menos.")
    assert life.step == "Aguardando correção"
    assert last_message(life).body.endswith("O telefone tem um dígito a menos.")
    assert due(life, "correcao") == local(20, 23, 59, 59)
    life.at(15, 9).act("corrigiu", agora="(11) 98765-4322")
    assert (life.step, life.clock("correcao").result) == ("Conferir os dados", "cancelado")
    assert "O que está errado" not in dict(life.view().answers)
    assert life.refused("atualizar") == "acao_documentos"
    receive(life, "comprovante")
    life.act("atualizar")
    assert life.view().closed_at == local(15, 9)
    assert life.clock("resposta_ans").result == "no_prazo"
    assert last_message(life).body.endswith("seu cadastro foi atualizado (telefone).")


def test_a_registration_that_is_not_corrected_is_abandoned_at_the_end_of_its_day(life: ProcessTicket) -> None:
    included(life.desk, "atualizacao_cadastral")
    life.open("atualizacao_cadastral", cpf="529.982.247-25", o_que="nome", agora="Maria da Conceição Lima")
    life.act("inconsistente", inconsistencia="O nome não confere com o documento.")
    sweep(life.desk, local(21, 9))
    life.at(22, 9)
    assert (life.step, life.view().closed_at) == ("Abandonado", local(20, 23, 59, 59))


def test_a_charge_is_contested_and_paid_back_at_the_cash_desk(life: ProcessTicket) -> None:
    included(life.desk, "contestacao_cobranca")
    life.open(
        "contestacao_cobranca",
        boleto="34191.79001",
        procedimento="40304361",
        competencia="02/2026",
        valor="R$ 150,50",
        protocolo_dado="por escrito",
    )
    actual, to_accounts = life.view().messages
    assert actual.body.startswith("Protocolo 123456.20260413.000001, contestação da competência 02/2026.")
    assert "Valor: R$ 150,50" in to_accounts.body
    assert life.view().row.group == "Contas médicas"
    assert life.refused("respondeu", resultado="indevida", resposta="Houve cobrança dupla.") == "acao_campo"
    life.at(14, 9).act("respondeu", resultado="indevida", valor_indevido="R$ 100,00", resposta="Houve cobrança dupla.")
    assert (life.step, life.view().row.group) == ("Responder ao cliente", "Atendimento")
    offered = [action.label for action in life.view().actions]
    assert offered == ["Desconto na fatura atual", "Desconto em faturas futuras"]
    assert life.refused("desconto_atual") == "acao_sem_texto"
    life.act("desconto_atual", "Combinado por telefone.")
    assert "o desconto de R$ 100,00 na fatura atual" in last_message(life).body
    assert dict(life.view().answers)["Forma do desconto"] == "fatura atual"
    before = len(life.view().messages)
    sweep(life.desk, local(23, 9))  # five business days later, over Tiradentes
    life.at(23, 9)
    assert len(life.view().messages) == before + 1
    assert life.view().tasks[-1].text == "Chamar o cliente à tesouraria"
    life.act("compareceu", actor=BRUNO)
    assert life.step == "Concluído"


def test_hidden_fields_are_not_required(life: ProcessTicket) -> None:
    included(life.desk, "foco")
    life.open("foco", liga="não")
    life.act("a", visto="isto se vê")
    assert dict(life.view().answers) == {"Liga": "não", "Visto": "isto se vê"}
    life.act("fim")
    assert life.view().closed_at == local(13, 10)


def test_a_lost_book_is_searched_charged_and_replaced(life: ProcessTicket) -> None:
    included(life.desk, "livro_perdido")
    life.open("livro_perdido", tombo="1.234", titulo="Dom Casmurro", perdido_em="01/02/2026")
    assert due(life, "retorno") == local(13, 14, 30)
    assert dict(life.view().answers)["Número de tombo"] == "1.234"
    sweep(life.desk, local(13, 14))  # it asks for attention by then
    life.at(13, 14)
    assert life.refused("cobrar") == "acao_campo"
    life.act("cobrar", reposicao="R$ 39,90")
    assert (life.step, life.clock("retorno").result) == ("Aguardando reposição", "no_prazo")
    assert last_message(life).subject == "Livro Dom Casmurro"
    assert last_message(life).body == "Perdido em 01/02/2026. Reponha o exemplar ou pague R$ 39,90."
    life.at(20, 11).act("reposto")
    assert life.step == "Encerrado"


def test_a_plan_of_age_comes_back_for_a_document_and_is_followed_up_on_its_day(life: ProcessTicket) -> None:
    included(life.desk, "plano_maioridade")
    life.open("plano_maioridade", instituicao="Universidade Federal", copia="papel", erp="4711")
    assert life.view().row.owner == "Ana Lima"
    assert life.refused("levar") == "acao_documentos"
    life.act("falta", ajuste="Falta o comprovante de frequência.", canal_contato="WhatsApp")
    assert due(life, "correcao") == local(13, 23, 59, 59, month=5)
    life.at(16, 9).act("trouxe")
    receive(life, "rg", "cpf", "matricula", "frequencia")
    life.act("levar")
    assert (life.step, life.view().row.group, life.view().row.owner) == ("No cadastro", "Cadastro", None)
    first = dict(life.view().answers)["Remessa ao cadastro"]
    life.at(17, 9).act("devolver", ajuste="Documento ilegível.", canal_contato="telefone", actor=BRUNO)
    life.act("trouxe")
    life.act("levar")
    answers = dict(life.view().answers)
    assert answers["Voltas"] == "2"
    assert int(answers["Remessa ao cadastro"].replace(".", "")) == int(first.replace(".", "")) + 1
    life.act("corretos", volta_em="27/04/2026")
    assert life.clock("resposta_ans").result == "no_prazo"
    sweep(life.desk, local(27, 8, 59))
    life.at(27, 8, 59)
    assert "Procurar o beneficiário" not in [task.text for task in life.view().tasks]
    sweep(life.desk, local(27, 9))
    life.at(27, 9)
    assert "Procurar o beneficiário" in [task.text for task in life.view().tasks]
    life.act("concluir")
    assert life.step == "Concluído"


def test_a_holder_who_died_is_replaced_with_the_certificate(life: ProcessTicket) -> None:
    included(life.desk, "troca_titularidade")
    life.open(
        "troca_titularidade",
        titular_atual="José Lima",
        atual_vivo="não",
        titular_futuro="Maria Lima",
        cpf_futuro="529.982.247-25",
    )
    assert [document.name for document in life.view().documents][2] == "Certidão de óbito"
    assert "Titular futuro: Maria Lima, CPF" in last_message(life).body
    assert life.refused("assinado", assinou_futuro="não") == "acao_campo"
    life.act("assinado", assinou_futuro="sim")
    receive(life, "rg", "cpf", "obito", "endereco")
    life.at(13, 11).act("levar", erp="4711")
    assert (life.step, life.view().row.owner) == ("No cadastro", None)
    life.at(14, 9).act("devolver", "Falta a assinatura na página 2.", actor=BRUNO)
    assert life.step == "Avisar o cliente"
    life.act("avisado", "Traga a página 2 assinada.", canal_contato="WhatsApp")
    assert last_message(life).body.endswith("o cadastro pede outro documento. Traga a página 2 assinada.")
    life.at(15, 9).act("trouxe")
    assert (life.step, life.clock("correcao").result) == ("No cadastro", "cancelado")
    life.act("correto", actor=BRUNO)
    assert last_message(life).body.endswith("a titularidade passou a Maria Lima.")
    assert life.step == "Concluído"


def test_a_value_that_is_shown_again_does_not_change(life: ProcessTicket) -> None:
    included(life.desk, "valor")
    life.open("valor", quanto="R$ 150,50", nn="1,5", doc="529.982.247-25", volta_em="31/12/2026")
    before = dict(life.view(role="atendente").answers)
    assert (before["Quanto"], before["Número"], before["Volta em"]) == ("R$ 150,50", "1,5", "31/12/2026")
    life.act("rever", quanto="R$ 150,50", doc="529.982.247-25", volta_em="31/12/2026")
    life.act("revern", nn="1,5")
    assert dict(life.view(role="atendente").answers) == before
    life.act("fim")
    assert life.step == "Fim"

"""Each shipped service on a terminal: opened by F3 with all fields, and processed by keys until its end."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TypeAlias

import pytest

from atendimento_tui.services.beneficiaries import add_beneficiary
from tests.full import some
from tests.small_desk import SmallDesk
from tests.terminal.conftest import OpenTerminal
from tests.terminal.harness import Terminal

SERVICES = ("Dúvida", "Falha técnica", "Solicitação de procedimento", "Sugestão de melhoria")
MARIA = "Maria [/] Conceição"

Fill: TypeAlias = Callable[[Terminal], None]
"""Fills in the current field and goes to the next one."""

SIZES = (120, 40), (80, 24)


def at_sizes(kept: int) -> pytest.MarkDecorator:
    """Both sizes if tests are run in full; else one, which differs between services."""
    return pytest.mark.parametrize(("cols", "rows"), some(SIZES, kept), ids=lambda size: str(size))


# Steps of a person. Each waits for its effect before the next key.


def first_field(text: str) -> Fill:
    """The first field, which has the focus; the terminal cursor may not be there yet."""

    def fill(terminal: Terminal) -> None:
        _write(terminal, text)
        terminal.press("tab")

    return fill


def field(label: str, text: str) -> Fill:
    """A text field."""

    def fill(terminal: Terminal) -> None:
        terminal.wait_until(partial(_in_line, label), what=f"has its cursor at {label}")
        _write(terminal, text)
        terminal.press("tab")

    return fill


def choice_field(label: str, word: str) -> Fill:
    """A choice. It has no cursor, but another background; the first letter of a word chooses it."""

    def fill(terminal: Terminal) -> None:
        terminal.wait_until(lambda t: len(t.backgrounds(label)) > 1, what=f"goes to {label}")
        terminal.press(word[0])
        terminal.wait_for(f"● {word}")
        terminal.press("tab")
        terminal.wait_until(lambda t: len(t.backgrounds(label)) < 2, what=f"leaves {label}")

    return fill


def person(typed: str, name: str) -> Fill:
    """A person in the first field, found by a part of the data and confirmed."""

    def fill(terminal: Terminal) -> None:
        _write(terminal, typed)
        terminal.wait_for(name)
        terminal.press("enter")
        terminal.wait_for("Enter: confere, é a pessoa")
        row = terminal.cursor.row
        terminal.press("enter")
        terminal.wait_for(f"identidade confirmada: {name}")
        terminal.wait_until(partial(_in_another_row, row), what="goes on")

    return fill


def take(terminal: Terminal, service: str, *fills: Fill) -> None:
    """Open a ticket of the service, and show it from the queue."""
    terminal.wait_for("A fila está vazia.")
    terminal.press("f3")
    terminal.wait_for(service)
    terminal.type(service[:6].lower())
    terminal.wait_until(lambda t: [each for each in SERVICES if each in t.text()] == [service], what="has found it")
    terminal.press("enter")
    terminal.wait_for("Canal")
    for fill in fills:
        fill(terminal)
    terminal.press("ctrl+s")
    terminal.wait_for("Atendimento gravado")
    terminal.press("f2")
    terminal.wait_for("6 Todas 1")
    terminal.press("enter")
    terminal.wait_for("h Criticidade")


def act(terminal: Terminal, letter: str, label: str, *texts: str) -> None:
    """Press the letter of an action, fill in its fields, save, and wait for the result."""
    terminal.wait_for(f"{letter} {label[:9]}")  # a key works from when it is offered
    terminal.press(letter)
    terminal.wait_for("Esc volta")
    terminal.wait_for(label)
    for number, text in enumerate(texts):
        if number:
            row = terminal.cursor.row
            terminal.press("tab")
            terminal.wait_until(partial(_in_another_row, row), what="goes on")
        _write(terminal, text)
    terminal.press("ctrl+s")
    terminal.wait_for(f"{label}: gravado")
    terminal.wait_gone("Esc volta")


def claim(terminal: Terminal) -> None:
    """Claim the ticket."""
    terminal.press("a")
    terminal.wait_for("Você assumiu")


def finish_task(terminal: Terminal, words: str) -> None:
    """Mark a task as done."""
    terminal.press(".")
    terminal.wait_for("Concluir a tarefa")
    terminal.type(words)
    terminal.wait_gone("Reprovado  x")
    terminal.press("enter")
    terminal.wait_for("Tarefa concluída")


def explain(terminal: Terminal, *lines: str) -> None:
    """Show the ledger of the clock."""
    terminal.press("p")
    for text in lines:
        terminal.wait_for(text)
    terminal.press("esc")
    terminal.wait_gone("Prazo de")


def leave(terminal: Terminal) -> None:
    """Go to the queue, which no longer has the ticket, and exit."""
    terminal.press("esc")
    terminal.wait_for("A fila está vazia.")
    terminal.press("ctrl+q")
    assert terminal.exit_code() == 0
    assert terminal.modes_left_on() == set()


def history_of(desk: SmallDesk) -> list[str]:
    """The events in the file: actions by their labels, others by their kinds."""
    query = "select coalesce(json_extract(changes, '$.acao'), kind) from event order by ticket_id, seq"
    with closing(sqlite3.connect(desk.path)) as connection:
        return [word for (word,) in connection.execute(query)]


def answers(desk: SmallDesk) -> dict[str, str]:
    """The newest answers in the file."""
    with closing(sqlite3.connect(desk.path)) as connection:
        return dict(connection.execute("select key, text from field_value order by id"))


def _write(terminal: Terminal, text: str) -> None:
    """Type line by line; wait until each line is visible."""
    for number, line in enumerate(text.split("\n")):
        terminal.type("\n" * bool(number) + line)
        terminal.wait_until(partial(_in_line, line), what=f"has {line!r} in the line of its cursor")


def _in_another_row(row: int, terminal: Terminal) -> bool:
    return terminal.cursor.row != row


def _in_line(text: str, terminal: Terminal) -> bool:
    return text in terminal.screen()[terminal.cursor.row]


# Requests to the support desk.

CALLER = (first_field("Hospital São João [b]"), choice_field("Canal", "telefone"))
SUBJECT = field("Assunto", "Laudos não saem")
INSTITUTION = (*CALLER, choice_field("Criticidade", "alta"), SUBJECT)
CONTACT = (field("E-mail de quem", "ti@saojoao.com.br"), field("Telefone de quem", "(11) 98765-4321"))


@at_sizes(1)
def test_a_falha_tecnica_is_rejected_approved_reopened_and_closed(
    open_terminal: OpenTerminal, others: SmallDesk, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    take(
        terminal,
        "Falha técnica",
        *INSTITUTION,
        field("Produto", "Prontuário Íris"),
        field("Versão", "9.1.3"),
        choice_field("Ambiente", "produção"),
        field("O que acontece", "Trava ao abrir\n[laudo] de imagem"),
        *CONTACT,
    )
    claim(terminal)
    act(terminal, "n", "Encaminhar ao N2", "Causa desconhecida")
    explain(terminal, "Prazo de 8h00")
    act(terminal, "v", "Registrar solução paliativa", "Abrir pelo navegador")
    act(terminal, "d", "Encaminhar ao P&D", "1. Abrir\n2. Travar")
    act(terminal, "l", "Liberar a versão corrigida", "9.1.4")
    act(terminal, "o", "Versão aplicada: apresentar a solução", "Atualize para a 9.1.4")
    finish_task(terminal, "ligar e explicar")
    act(terminal, "x", "Reprovado", "Ainda trava")
    act(terminal, "o", "Versão aplicada: apresentar a solução")
    act(terminal, "v", "Aprovado")
    act(terminal, "b", "Reabrir", "Voltou a travar")
    act(terminal, "o", "Versão aplicada: apresentar a solução")
    act(terminal, "v", "Aprovado")
    leave(terminal)
    assert history_of(others) == [
        "iniciado",
        "aberto",
        "assumido",
        "Encaminhar ao N2",
        "Registrar solução paliativa",
        "Encaminhar ao P&D",
        "Liberar a versão corrigida",
        "Versão aplicada: apresentar a solução",
        "tarefa",
        "Reprovado",
        "Versão aplicada: apresentar a solução",
        "Aprovado",
        "Reabrir",
        "Versão aplicada: apresentar a solução",
        "Aprovado",
    ]
    assert answers(others) == {
        "produto": "Prontuário Íris",
        "versao": "9.1.3",
        "ambiente": "produção",
        "descricao": "Trava ao abrir\n[laudo] de imagem",
        "email": "ti@saojoao.com.br",
        "telefone": "+5511987654321",
        "paliativa": "Abrir pelo navegador",
        "passos": "1. Abrir\n2. Travar",
        "versao_corrigida": "9.1.4",
        "solucao": "Atualize para a 9.1.4",
    }


@at_sizes(1)
def test_a_duvida_waits_for_the_client_and_is_answered(
    open_terminal: OpenTerminal, others: SmallDesk, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    take(
        terminal,
        "Dúvida",
        *INSTITUTION,
        field("Produto", "Prontuário Íris"),
        field("O que quer saber", "Como assinar\num laudo?"),
        *CONTACT,
    )
    claim(terminal)
    explain(terminal, "(primeira resposta)", "Prazo de 2h00")
    act(terminal, "q", "Pedir informação ao cliente", "Qual o certificado?")
    act(terminal, "o", "O cliente informou", "A3")
    act(terminal, "n", "Encaminhar ao N2", "Certificado A3")
    act(terminal, "o", "Responder", "Instale o leitor")
    act(terminal, "v", "Aprovado")
    leave(terminal)
    assert history_of(others) == [
        "iniciado",
        "aberto",
        "assumido",
        "Pedir informação ao cliente",
        "O cliente informou",
        "Encaminhar ao N2",
        "Responder",
        "Aprovado",
    ]
    assert answers(others) == {
        "produto": "Prontuário Íris",
        "pergunta": "Como assinar\num laudo?",
        "email": "ti@saojoao.com.br",
        "telefone": "+5511987654321",
        "resposta": "Instale o leitor",
    }


@at_sizes(0)
def test_a_sugestao_without_a_term_is_accepted_and_delivered(
    open_terminal: OpenTerminal, others: SmallDesk, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    take(
        terminal,
        "Sugestão de melhoria",
        *CALLER,
        SUBJECT,
        field("Produto", "Prontuário Íris"),
        field("O que melhorar", "Assinar em lote\npoupa tempo"),
        CONTACT[0],
    )
    claim(terminal)
    terminal.press("p")
    terminal.wait_for("Este atendimento não tem prazo.")
    act(terminal, "n", "Encaminhar a quem decide", "Pedido por três clientes")
    act(terminal, "v", "Aceitar", "Entra na próxima versão")
    act(terminal, "o", "Entregue numa versão", "9.2")
    leave(terminal)
    assert history_of(others) == [
        "iniciado",
        "aberto",
        "assumido",
        "Encaminhar a quem decide",
        "Aceitar",
        "Entregue numa versão",
    ]
    assert answers(others) == {
        "produto": "Prontuário Íris",
        "sugestao": "Assinar em lote\npoupa tempo",
        "email": "ti@saojoao.com.br",
        "parecer": "Entra na próxima versão",
        "versao": "9.2",
    }


# Requests to the operator, which are about a beneficiary.


@pytest.fixture
def maria(others: SmallDesk) -> int:
    """Register beneficiaries; returns the id of Maria."""
    now = others.clock()
    add_beneficiary(others.desk, now, name="Mário Prata", cpf="111.444.777-35", born_on="1975-07-01")
    facts = {"cpf": "529.982.247-25", "card": "0012345678", "born_on": "1980-03-12", "phone": "(11) 98765-4321"}
    return add_beneficiary(others.desk, now, name=MARIA, **facts).id


def take_procedure(terminal: Terminal, typed: str, *fills: Fill, audit: str) -> None:
    """Open a request for Maria."""
    take(
        terminal,
        "Solicitação de procedimento",
        person(typed, MARIA),
        first_field("João, o filho"),
        choice_field("Canal", "balcão"),
        field("Assunto", "Artroscopia"),
        field("E-mail", "maria@exemplo.com.br"),
        field("Médico solicitante", "Dra. Íris"),
        field("Registro do médico", "CRM/SP 123456"),
        field("Código do procedimento", "30733057"),
        choice_field("Caráter", "eletiva"),
        choice_field("Classe", "OPME"),
        choice_field("Precisa de auditoria", audit),
        *fills,
    )


ASKED = {
    "email": "maria@exemplo.com.br",
    "medico": "Dra. Íris",
    "conselho": "CRM/SP 123456",
    "procedimento": "30733057",
    "carater": "eletiva",
    "classe": "OPME",
}


def about(desk: SmallDesk) -> list[int]:
    """The beneficiaries of the tickets."""
    with closing(sqlite3.connect(desk.path)) as connection:
        return [someone for (someone,) in connection.execute("select beneficiary_id from ticket")]


@at_sizes(0)
def test_a_procedure_is_audited_and_denied_with_reason_and_clause(
    open_terminal: OpenTerminal, others: SmallDesk, maria: int, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    original = field("Protocolo negado, se isto é", "326305.20260105.000007")
    take_procedure(terminal, "529.982", original, audit="sim")
    claim(terminal)
    act(terminal, "n", "Enviar à auditoria")
    explain(terminal, "Prazo de 10")
    act(terminal, "d", "Pedir documentos ao prestador", "Falta o laudo")
    act(terminal, "o", "Documentação recebida", "Laudo anexado")
    act(terminal, "x", "Negar", "O material não tem\nregistro na Anvisa.", "Cláusula 7.2")
    terminal.wait_for("Cláusula 7.2")
    leave(terminal)
    assert history_of(others) == [
        "iniciado",
        "aberto",
        "assumido",
        "Enviar à auditoria",
        "Pedir documentos ao prestador",
        "Documentação recebida",
        "Negar",
    ]
    assert about(others) == [maria]
    assert answers(others) == ASKED | {
        "auditoria": "sim",
        "original": "32630520260105000007",
        "situacao": "Negado",
        "motivo": "O material não tem\nregistro na Anvisa.",
        "clausula": "Cláusula 7.2",
    }


@at_sizes(1)
def test_a_procedure_without_audit_is_covered_with_the_number_of_its_guia(
    open_terminal: OpenTerminal, others: SmallDesk, maria: int, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    take_procedure(terminal, "conceic", audit="não")
    claim(terminal)
    explain(terminal, "Prazo de 10")  # OPME counts as high complexity
    act(terminal, "v", "Tem cobertura: emitir a guia")
    guia = f"{others.clock().year}000001"
    terminal.wait_for(f"Número da guia: {guia}")
    leave(terminal)
    assert history_of(others) == ["iniciado", "aberto", "assumido", "Tem cobertura: emitir a guia"]
    assert about(others) == [maria]
    assert answers(others) == ASKED | {"auditoria": "nao", "situacao": "Autorizado", "guia": guia}

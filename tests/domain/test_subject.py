"""The subject of a ticket: derived from its answers, unless a person typed it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.subject import LONGEST, subject_of, updated_subject
from atendimento_tui.domain.tickets import Ticket

FILE = """
chave = "duvida"
nome = "Dúvida"
assunto = "{produto}: {pergunta}"
[[campos]]
chave = "produto"
rotulo = "Produto"
[[campos]]
chave = "pergunta"
rotulo = "Pergunta"
tipo = "texto_longo"
[[campos]]
chave = "valor"
rotulo = "Valor"
tipo = "dinheiro"
[[campos]]
chave = "cpf"
rotulo = "CPF"
tipo = "cpf"
[[campos]]
chave = "quem"
rotulo = "Quem"
tipo = "pessoa"
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""

PROCESS = read_process(FILE)


def with_subject(subject: str) -> Process:
    return read_process(FILE.replace("{produto}: {pergunta}", subject))


@pytest.mark.parametrize(
    ("answers", "subject"),
    [
        ({"produto": "Prontuário", "pergunta": "Como imprimo?"}, "Prontuário: Como imprimo?"),
        ({"produto": "Prontuário", "pergunta": "\n\nComo imprimo?\nJá tentei tudo."}, "Prontuário: Como imprimo?"),
        ({"pergunta": "Como imprimo?"}, "Como imprimo?"),
        ({"produto": "Prontuário"}, "Prontuário"),
        ({"produto": "{pergunta}", "pergunta": "x"}, "{pergunta}: x"),
        ({}, "Dúvida"),
    ],
)
def test_the_subject_is_derived_from_the_answers(answers: dict[str, str], subject: str) -> None:
    assert subject_of(PROCESS, answers) == subject


def test_values_in_it_are_formatted_for_users() -> None:
    assert subject_of(with_subject("{servico} de {valor}"), {"valor": "15050"}) == "Dúvida de R$ 150,50"


def test_without_a_template_it_is_the_name_of_the_service() -> None:
    assert subject_of(with_subject(""), {"produto": "Prontuário"}) == "Dúvida"


@given(st.text(), st.text())
def test_it_is_one_short_line_and_not_empty(product: str, question: str) -> None:
    subject = subject_of(PROCESS, {"produto": product, "pergunta": question})
    assert 0 < len(subject) <= LONGEST
    assert len(subject.splitlines()) == 1


def test_a_long_subject_is_cut_at_a_word() -> None:
    subject = subject_of(PROCESS, {"pergunta": "palavra " * 100})
    assert subject.endswith("palavra…")


def test_it_follows_the_answers_until_a_person_types_another() -> None:
    ticket = Ticket(subject="Prontuário: Como?", fields={"produto": "Prontuário", "pergunta": "Como?"})
    assert updated_subject(ticket, PROCESS, {"produto": "Agenda"}) == "Agenda: Como?"
    assert updated_subject(replace(ticket, subject="Meu assunto"), PROCESS, {"produto": "Agenda"}) == "Meu assunto"


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("{produto", "processo_chaves"),
        ("{produtto}", "processo_desconhecido"),
        ("{protocolo}", "processo_desconhecido"),
        ("{cpf}", "processo_assunto_pessoal"),
        ("{produto} de {quem}", "processo_assunto_pessoal"),
    ],
)
def test_an_invalid_template_is_refused_on_loading(subject: str, code: str) -> None:
    with pytest.raises(ProcessError) as refused:
        with_subject(subject)
    assert (refused.value.code, refused.value.place) == (code, "assunto")

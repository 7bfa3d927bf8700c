"""Rendering of messages."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.outgoing import MessageRule
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.templates import filled, filled_line
from tests.domain.walk import FILES


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_a_text_of_people_cannot_add_a_header(end: str) -> None:
    message = MessageRule.model_validate({"assunto": "Chamado: {assunto}", "texto": "{assunto}"})
    subject, body = message.written({"assunto": f"ajuda{end}Bcc: todos@exemplo.com.br"})
    assert len(subject.splitlines()) == 1
    assert "Bcc: todos@exemplo.com.br" in body
    mail = EmailMessage()
    mail["Subject"] = subject  # the library refuses a line end
    assert mail["Bcc"] is None


@given(st.text(), st.text())
def test_control_characters_are_removed(template: str, fact: str) -> None:
    facts = {"campo": fact}
    line, text = filled_line(template + "{campo}", facts), filled(template + "{campo}", facts)
    assert len(line.splitlines()) <= 1
    assert not [c for c in line if ord(c) < 32 or 127 <= ord(c) < 160]
    assert not [c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]


def test_a_placeholder_is_replaced_once_and_an_unknown_one_is_empty() -> None:
    assert filled("{a} e {b}", {"a": "{b}", "b": "{a}"}) == "{b} e {a}"
    assert filled("[{nada}]", {}) == "[]"


WHOLE = FILES["solicitacao_procedimento"].read_text("utf-8")


def test_placeholders_of_clocks_are_checked_on_loading() -> None:
    assert read_process(WHOLE.replace("{vence}", "{vence.auditoria}"))
    with pytest.raises(ProcessError) as raised:
        read_process(WHOLE.replace("{vence}", "{vence.auditória}"))
    assert (raised.value.code, raised.value.values["nearest"]) == ("processo_desconhecido", "vence.auditoria")
    with pytest.raises(ProcessError):
        read_process(WHOLE.replace("{vence}", "{vence.solucao}"))  # a kind that this process has no clock of


def test_an_unknown_placeholder_is_reported_with_its_place() -> None:
    start = WHOLE.index("assunto = ", WHOLE.index("[mensagens"))
    with pytest.raises(ProcessError) as raised:
        read_process(WHOLE[:start] + 'assunto = "{protocol}"' + WHOLE[WHOLE.index("\n", start) :])
    assert raised.value.place.endswith(".assunto")

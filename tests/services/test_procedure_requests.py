"""The request of a procedure, from the first words at the counter to the answer: whole cases and their refusals."""

from dataclasses import replace
from pathlib import Path

import pytest

from atendimento_tui.data.catalog import shipped
from atendimento_tui.domain.access import UNNAMED
from atendimento_tui.domain.procedures import HIGH, OTHER
from atendimento_tui.domain.protocol import protocols_in
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, procedures, processes
from atendimento_tui.services.audit import differences
from atendimento_tui.services.authorisations import find_guias
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.next_services import next_services
from atendimento_tui.texts import formats
from tests.living import ANA, confirmed
from tests.services.test_processes import ProcessTicket, local

ECG, TOMOGRAPHY, KNEE, LENS, BLOOD = "40101010", "41001079", "30726034", "30306027", "40304361"
WHY = {"motivo": "O plano contratado não prevê este procedimento.", "clausula": "Cláusula 12.3"}


@pytest.fixture
def counter(desk: Desk) -> ProcessTicket:
    """Friday, 10 April, in the morning, with the short list of procedures."""
    life = ProcessTicket(desk, local(10, 10))
    procedures.include_examples(life.desk, life.now)
    return life


def asked(life: ProcessTicket, code: str, audit: str = "sim", kind: str = "demais", **more: str) -> ProcessTicket:
    answers = {"medico": "Dra. Íris Prado", "conselho": "crm sp 123.456", "procedimento": code, "carater": "eletiva"}
    answers |= {"classe": kind, "auditoria": audit, **more}
    given = {key: value for key, value in answers.items() if value}
    return life.open("solicitacao_procedimento", Severity.MEDIUM, **given)


def fields(life: ProcessTicket) -> dict[str, str]:
    return dict(life.view().answers)


def due(life: ProcessTicket) -> dict[str, str]:
    """Kind of each running clock -> its last day."""
    return {
        each.clock.kind: f"{each.term.due_at.astimezone(life.desk.zone):%d/%m}"
        for each in life.view().clocks
        if each.clock.stopped_at is None
    }


def test_without_audit_and_covered_the_guia_is_told_at_once(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    assert fields(counter)["Procedimento"] == "ECG convencional de até 12 derivações"
    assert fields(counter)["Cobertura, pela tabela"] == "sim"
    assert fields(counter)["Registro do médico no conselho"] == "CRM/SP 123456"
    assert counter.view().row.subject == "40101010 ECG convencional de até 12 derivações · eletiva"
    assert due(counter) == {"resposta_ans": "17/04", "rn566": "24/04"}, "the request's day counts for RN 566"
    assert counter.refused("enviar_para_longe") == "acao_desconhecida"
    counter.act("autorizar")
    assert counter.step == "Guia emitida"
    assert fields(counter)["Situação da guia"] == "Autorizado"
    assert fields(counter)["Número da guia"] in counter.view().messages[-1].body
    assert due(counter) == {}
    assert differences(counter.desk) == []


def test_without_audit_and_not_covered_the_written_reason_is_told(counter: ProcessTicket) -> None:
    asked(counter, "81000065", audit="nao")
    assert fields(counter)["Cobertura, pela tabela"] == "não"
    assert counter.refused("negar", clausula=WHY["clausula"]) == "acao_campo"
    assert counter.refused("negar", motivo="Em análise", clausula=WHY["clausula"]) == "campo_invalido_texto"
    counter.act("negar", "", ANA, **WHY)
    body = counter.view().messages[-1].body
    assert WHY["motivo"] in body
    assert WHY["clausula"] in body
    assert "Número da guia" not in fields(counter)


def test_a_laboratory_test_has_the_shorter_term_of_its_limit(counter: ProcessTicket) -> None:
    """RN 566, item X: three business days with the request's day, before the five of RN 623."""
    asked(counter, BLOOD, audit="nao")
    assert due(counter) == {"resposta_ans": "17/04", "rn566": "14/04"}
    assert counter.view().row.term is not None
    assert f"{counter.view().row.term.due_at.astimezone(counter.desk.zone):%d/%m}" == "14/04"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("action", "state"),
    [("autorizar", "Autorizado"), ("autorizar_parte", "Autorizado parcialmente"), ("negar", "Negado")],
)
def test_with_audit_the_term_is_told_and_then_the_answer(counter: ProcessTicket, action: str, state: str) -> None:
    asked(counter, TOMOGRAPHY)
    counter.act("enviar_auditoria")
    assert counter.step == "Em auditoria"
    assert "17/04/2026" in counter.view().messages[-1].body
    counter.at(13, 9).act("pedir_justificativa", "Falta o laudo.")
    assert fields(counter)["Situação da guia"] == "Aguardando justificativa técnica do solicitante"
    counter.at(14, 9).act("recebido", "Chegou.")
    counter.at(15, 9).act(action, "", ANA, **(WHY if action != "autorizar" else {}))
    assert fields(counter)["Situação da guia"] == state
    assert ("Número da guia" in fields(counter)) == (action != "negar")
    assert differences(counter.desk) == []


def test_opme_counts_as_high_complexity_unless_its_flags_say_neither(counter: ProcessTicket) -> None:
    asked(counter, KNEE, kind="OPME")
    assert due(counter) == {"auditoria": "27/04", "rn566": "12/05"}
    asked(counter, LENS, kind="OPME")
    assert due(counter) == {"auditoria": "27/04", "rn623": "17/04", "rn566": "24/04"}, "both dates are there"
    counter.act("enviar_auditoria")
    assert "17/04/2026" in counter.view().messages[-1].body, "the earlier one is told"
    assert due(counter)["rn623"] == "17/04"


def test_an_urgent_request_is_answered_on_its_day(counter: ProcessTicket) -> None:
    asked(counter, KNEE, audit="", kind="OPME", carater="urgência ou emergência")
    assert due(counter) == {"resposta_ans": "10/04"}
    assert counter.refused("enviar_auditoria") == "acao_nao_cabe"
    counter.act("autorizar")


def test_a_corrected_code_brings_its_own_facts_and_terms(counter: ProcessTicket) -> None:
    asked(counter, "40304362", audit="nao")
    assert "Procedimento" not in fields(counter), "an unknown code with a wrong digit is possible"
    assert due(counter) == {"resposta_ans": "17/04"}
    acts.correct_answer(counter.desk, counter.order(), "procedimento", TOMOGRAPHY, "O pedido diz outro.")
    assert fields(counter)["Procedimento"] == "TC - Tórax"
    assert fields(counter)["Prazo da RN 623, pela tabela"] == HIGH
    assert due(counter) == {"resposta_ans": "27/04", "rn566": "12/05"}
    acts.correct_answer(counter.desk, counter.order(), "procedimento", BLOOD, "Agora sim.")
    assert fields(counter)["Prazo da RN 623, pela tabela"] == OTHER
    assert due(counter) == {"resposta_ans": "17/04", "rn566": "14/04"}
    assert differences(counter.desk) == []


def test_what_is_no_code_and_no_council_is_refused_and_nothing_is_lost(counter: ProcessTicket) -> None:
    with pytest.raises(Refused) as refused:
        asked(counter, "joelho", conselho="CRM 123456")
    assert {key: each.code for key, each in refused.value.values["beside"].items()} == {  # type: ignore[attr-defined]
        "procedimento": "campo_invalido_procedimento",
        "conselho": "campo_invalido_conselho",
    }


def test_an_act_on_a_stale_ticket_is_refused(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    seen = counter.order()
    counter.act("autorizar")
    with pytest.raises(Refused):
        acts.act(counter.desk, seen, "negar", Answer("", WHY))


CHANGES = {
    'OPME = "10d", demais = "5d" }\nquando = [{ campo = "auditoria", igual = "sim" }]': (
        'OPME = "10d", demais = "3d" }\nquando = [{ campo = "auditoria", igual = "sim" }]'
    ),
    'nome = "Em auditoria"': 'nome = "Na auditoria médica"',
    'chave = "pedir_justificativa"': 'chave = "pedir_laudo"',
    'numera = "guia", define = { situacao = "Autorizado" }': 'define = { situacao = "Autorizado", guia = "a caminho" }',
}
"""A term, the name of a step, an action's key and what an action does, as an operator changes them."""


def test_a_running_request_goes_on_by_its_own_version_after_the_service_was_changed(
    counter: ProcessTicket, tmp_path: Path
) -> None:
    asked(counter, TOMOGRAPHY).act("enviar_auditoria")
    running = counter.ticket
    changed = dict(shipped())["solicitacao_procedimento.toml"]
    for old, new in CHANGES.items():
        assert old in changed, old
        changed = changed.replace(old, new)
    (tmp_path / "pedido.toml").write_text(changed, "utf-8")
    processes.include_file(counter.desk, tmp_path / "pedido.toml")
    asked(counter, TOMOGRAPHY).act("enviar_auditoria")
    assert (counter.step, due(counter)["auditoria"]) == ("Na auditoria médica", "15/04")
    assert counter.refused("pedir_justificativa", "Falta o laudo.") == "acao_desconhecida"
    counter.act("autorizar")
    assert fields(counter)["Número da guia"] == "a caminho"
    counter.ticket = running
    assert (counter.step, due(counter)["auditoria"]) == ("Em auditoria", "17/04")
    assert counter.refused("pedir_laudo", "Falta o laudo.") == "acao_desconhecida"
    counter.at(13, 9).act("pedir_justificativa", "Falta o laudo.")
    counter.at(14, 9).act("recebido", "Chegou.")
    counter.act("autorizar")
    number = fields(counter)["Número da guia"]
    assert number in counter.view().messages[-1].body
    assert [ticket for ticket, _, _ in found(counter, number)] == [counter.view().row.protocol]
    assert differences(counter.desk) == []


# Guias.


def found(life: ProcessTicket, typed: str) -> list[tuple[str, str, int | None]]:
    return [(each.row.protocol, each.number, each.code) for each in find_guias(life.desk, typed, life.now)]


def test_a_guia_is_found_by_protocol_number_and_beneficiary_also_after_the_end(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    protocol, person = counter.view().row.protocol, counter.view().beneficiary
    assert person is not None
    assert found(counter, protocol) == [(protocol, "", 2)]
    counter.act("autorizar", "", ANA, senha="S-77", validade="31/12/2026")
    [guia] = find_guias(counter.desk, fields(counter)["Número da guia"], counter.now)
    assert (guia.state, guia.code, guia.password, guia.valid_until) == ("Autorizado", 1, "S-77", "2026-12-31")
    assert guia.beneficiary == person.name
    expected = [(protocol, guia.number, 1)]
    short = formats.protocol_short(protocol, counter.now.year)
    for typed in (protocol, formats.protocol_groups(protocol), short, guia.number, person.name.upper(), person.cpf):
        assert found(counter, typed) == expected, typed
    assert found(counter, "ninguém disso") == found(counter, "") == found(counter, "%") == []
    counter.desk = counter.desk.acting_as(UNNAMED)
    assert found(counter, guia.number) == expected
    assert found(counter, person.cpf) == []
    with pytest.raises(Refused, match="papel_nao_pode"):
        found(counter, person.name)


def test_who_asks_for_the_state_is_told_and_the_telling_is_an_event(counter: ProcessTicket) -> None:
    asked(counter, TOMOGRAPHY)
    for way, to, code in (("pombo", "Maria", "guia_sem_meio"), ("telefone", " ", "guia_sem_quem")):
        with pytest.raises(Refused, match=code):
            acts.tell_state(counter.desk, counter.order(), way, to)
    acts.tell_state(counter.desk, counter.order(), "telefone", "Maria, filha")
    counter.act("enviar_auditoria")
    counter.act("negar", "", ANA, **WHY)
    acts.tell_state(counter.desk, counter.order(), "balcão", "a própria")
    reader = counter.desk.acting_as(UNNAMED)
    acts.note_state_shown(reader, replace(counter.order(None), request="guia"), "comando", "o aplicativo")
    acts.note_state_shown(reader, replace(counter.order(None), request="guia"), "comando", "o aplicativo")
    told = [line.text for line in counter.view().history if line.kind == "situacao_informada"]
    assert told == [
        "Em análise · telefone · Maria, filha",
        "Negado · balcão · a própria",
        "Negado · comando · o aplicativo",
    ]
    assert differences(counter.desk) == []


def test_an_unknown_protocol_is_told_and_links_nothing(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    known = counter.view().row.protocol
    [reanalysis] = [each for each in processes.offered(counter.desk) if each.key == "reanalise"]
    said = []
    for number in (known, "20200102000009"):
        begun = intake.begin(counter.desk, reanalysis.version, ANA, f"liga-{number}", counter.now)
        counter.ticket = begun.ticket
        about = confirmed(counter.desk, reanalysis, counter.now)
        answers = {"original": number, "pedido": "Trouxe o laudo."}
        given = intake.Intake(Severity.MEDIUM, "Maria", "", "telefone", about, answers)
        said.append(intake.finish(counter.desk, counter.order(), given).said)
    assert said[0] == ""
    assert "20200102.000009 não é de nenhum atendimento desta mesa: nada foi ligado" in said[1]


def test_the_services_that_continue_a_ticket_are_of_its_area_and_begin_with_its_protocol(
    counter: ProcessTicket,
) -> None:
    asked(counter, ECG, audit="nao")
    person, following = next_services(counter.desk, counter.ticket)
    assert person == counter.view().beneficiary
    shown = formats.protocol_groups(counter.view().row.protocol)
    assert [(each.name, each.link, dict(each.answers)) for each in following] == [
        ("Reanálise de negativa", "reanálise", {"original": shown}),  # it alone needs the former one
        ("Agendamento de consulta", "retorno", {"origem": shown}),
        ("Solicitação de procedimento", "novo pedido", {"original": shown}),
    ]
    counter.open("sugestao_melhoria", produto="Agenda", sugestao="Um botão")
    assert next_services(counter.desk, counter.ticket)[1] == []


def test_a_service_without_a_guia_has_no_state_to_tell(counter: ProcessTicket) -> None:
    counter.open("sugestao_melhoria", produto="Agenda", sugestao="Um botão")
    with pytest.raises(Refused, match="guia_sem_situacao"):
        acts.tell_state(counter.desk, counter.order(), "telefone", "Maria")
    assert found(counter, counter.view().row.protocol) == []


def test_a_denial_is_a_paper_with_reason_and_clause(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    assert "negativa" not in [paper.key for paper in counter.view().papers]
    counter.act("negar", "", ANA, **WHY, tabela38="3287 sem cobertura pelo plano")
    assert [(paper.key, paper.name) for paper in counter.view().papers] == [("negativa", "Resposta por escrito")]


def test_a_denied_request_is_looked_at_again_under_a_protocol_of_its_own(counter: ProcessTicket) -> None:
    asked(counter, ECG, audit="nao")
    counter.act("negar", "", ANA, **WHY)
    denied, protocol = counter.ticket, counter.view().row.protocol
    counter.at(13, 9)
    counter.open("reanalise", Severity.MEDIUM, original=formats.protocol_groups(protocol), pedido="Trouxe o laudo.")
    again = counter.view()
    assert again.row.protocol != protocol
    assert again.row.group == "Ouvidoria"
    assert due(counter) == {"resposta_ans": "23/04"}, "seven business days, over Tiradentes"
    assert fields(counter)["Protocolo do pedido negado"] == formats.protocol_groups(protocol)
    counter.ticket = denied
    last = counter.view().history[-1]
    assert (last.kind, last.text) == ("ligado", f"reanálise: {formats.protocol_groups(again.row.protocol)}")
    assert again.row.protocol in protocols_in(last.text), "the key for a quoted ticket leads there"
    counter.ticket = again.row.key
    assert counter.refused("manter", motivo="Mantido.", clausula=WHY["clausula"]) == "campo_invalido_texto"
    counter.act("manter", "", ANA, **WHY)
    assert WHY["motivo"] in counter.view().messages[-1].body
    assert differences(counter.desk) == []


def test_a_number_that_the_desk_does_not_have_stays_an_answer(counter: ProcessTicket) -> None:
    counter.open("reanalise", Severity.MEDIUM, original="20200102000009", pedido="É do sistema antigo.")
    assert fields(counter)["Protocolo do pedido negado"] == "20200102.000009"
    assert differences(counter.desk) == []

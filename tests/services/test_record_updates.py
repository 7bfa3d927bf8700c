"""A change of the beneficiary's data, from the message to the CRM: the counter's day, on both databases."""

from datetime import UTC
from typing import Any

import pytest

from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import beneficiary_stream
from atendimento_tui.services import acts, beneficiaries, blocks, queue, revealing
from atendimento_tui.services.beneficiaries import record_of
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.proof import prove
from atendimento_tui.services.sweep import sweep
from atendimento_tui.texts.refusals import sentence
from tests.living import ANA, BRUNO, NOW, member
from tests.services.test_processes import ProcessTicket, local

SERVICE = "atualizacao_cadastral"
ADDRESS = {"cep": "01310-100", "rua": "Avenida Paulista", "numero": "1000", "cidade": "São Paulo", "uf": "SP"}
ASKED: dict[str, Any] = {
    "muda_identidade": "não",
    "muda_contato": "sim",
    "telefone": "(11) 91111-2222",
    "muda_endereco": "sim",
    **ADDRESS,
}


@pytest.fixture
def life(desk: Desk) -> ProcessTicket:
    """Monday, 13 April, 9:05: Maria asks by WhatsApp for another telephone and another address."""
    person = beneficiaries.add_beneficiary(
        desk, NOW, name="Maria da Conceição", cpf="529.982.247-25", born_on="12/03/1980"
    )
    beneficiaries.change_record(desk, person.id, {"phone": "(11) 98765-4321", "street": "Rua Augusta"}, NOW)
    return ProcessTicket(desk, local(13, 9, 5)).open(SERVICE, **ASKED)


def record(life: ProcessTicket) -> dict[str, str]:
    with reading(life.desk.engine) as connection:
        return dict(record_of(connection, 1).values)


def receive(life: ProcessTicket, document: str, verdict: str = "recebido") -> None:
    acts.check_document(life.desk, life.order(), document, verdict)


def test_old_stands_beside_new_until_it_is_written_and_only_atualizado_no_crm_ends_it(life: ProcessTicket) -> None:
    view = life.view()
    answers = dict(view.answers)
    assert answers["Telefone"] == "(11) *****-4321 → (11) *****-2222"
    assert answers["Logradouro"] == "Rua Augusta → Avenida Paulista"
    assert answers["CEP"] == "— → 01310-100"
    assert [each.name for each in view.documents] == ["Comprovante de endereço"], "a name does not change"

    assert life.refused("conferido", contato_confere="sim", endereco_confere="sim") == "acao_documentos"
    receive(life, "residencia")
    [action] = [each for each in life.view().actions if each.key == "conferido"]
    assert action.notes["contato_confere"] == "Telefone: (11) *****-4321 → (11) *****-2222"
    assert action.notes["endereco_confere"].splitlines()[1] == "Logradouro: Rua Augusta → Avenida Paulista"
    assert life.refused("conferido", contato_confere="sim") == "acao_campo", "each part is compared"
    life.at(13, 9, 9).act("conferido", contato_confere="sim", endereco_confere="sim")
    assert (life.step, record(life)["street"]) == ("Atualizar no CRM", "Rua Augusta"), "nothing is written yet"

    life.at(13, 9, 12).act("atualizado", actor=BRUNO)
    assert life.view().row.state == "concluido"
    now = record(life)
    assert (now["phone"], now["street"], now["cep"]) == ("+5511911112222", "Avenida Paulista", "01310100")
    with reading(life.desk.engine) as connection:
        last = events_of(connection, beneficiary_stream(1))[-1]
    assert (last.kind, last.actor, last.at) == ("atualizado", BRUNO, local(13, 9, 12).astimezone(UTC))
    assert last.changes["street"] == ("Rua Augusta", "Avenida Paulista")
    assert last.changes["protocolo"] == (None, life.view().row.protocol)
    ends = [line for line in life.view().history if line.kind == "acao" and line.action == "Atualizado no CRM"]
    assert [(line.actor, line.at) for line in ends] == [("Bruno Castro", local(13, 9, 12).astimezone(UTC))]
    assert dict(life.view().answers)["Logradouro"] == "Avenida Paulista"
    told = life.view().messages[-1].body
    assert "Telefone: (11) *****-4321 → (11) *****-2222" in told
    assert "91111" not in told
    assert prove(life.desk).faults == ()


def test_a_part_that_does_not_agree_is_left_out(life: ProcessTicket) -> None:
    receive(life, "residencia")
    life.act("conferido", contato_confere="sim", endereco_confere="não")
    life.act("atualizado")
    assert (record(life)["phone"], record(life)["street"]) == ("+5511911112222", "Rua Augusta")
    assert "Paulista" not in life.view().messages[-1].body


def test_nothing_that_agrees_is_nothing_to_write(life: ProcessTicket) -> None:
    receive(life, "residencia")
    life.act("conferido", contato_confere="não", endereco_confere="não")
    assert life.refused("atualizado") == "nada_confirmado"
    life.act("reconferir")
    assert life.step == "Conferir os dados"


def test_the_inconsistent_goes_back_is_corrected_and_compared_again(life: ProcessTicket) -> None:
    assert life.refused("inconsistente", inconsistencia="CEP") == "campo_curto"
    life.act("inconsistente", inconsistencia="O CEP não é o da rua do comprovante.")
    assert "O CEP não é o da rua" in life.view().messages[-1].body
    assert life.view().row.state == "aguardando"
    assert life.refused("corrigiu", cep="0131") == "campo_invalido_cep"
    life.at(14, 10).act("corrigiu", cep="01311-000")
    assert dict(life.view().answers)["CEP"] == "— → 01311-000"
    receive(life, "residencia")
    life.act("conferido", contato_confere="sim", endereco_confere="sim")
    life.act("inconsistente", inconsistencia="O número não aparece no comprovante.")
    life.act("corrigiu", numero="1001")
    assert life.refused("conferido") == "acao_campo", "what was confirmed before is compared again"
    life.act("conferido", contato_confere="sim", endereco_confere="sim")
    life.act("atualizado")
    assert (record(life)["cep"], record(life)["street_number"]) == ("01311000", "1001")
    assert dict(life.view().answers)["Vezes que voltou para correção"] == "2"


def test_who_does_not_correct_is_reminded_and_the_request_ends(life: ProcessTicket) -> None:
    life.act("inconsistente", inconsistencia="O CEP não é o da rua do comprovante.")
    sweep(life.desk, local(17, 18))
    assert "ainda falta corrigir" in life.view().messages[-1].body
    sweep(life.desk, local(22, 9))
    assert (life.view().row.state, record(life)["street"]) == ("abandonado", "Rua Augusta")


def test_a_record_that_changed_after_it_was_compared_is_not_overwritten(life: ProcessTicket) -> None:
    receive(life, "residencia")
    life.at(13, 10).act("conferido", contato_confere="sim", endereco_confere="sim")
    mine = life.desk.acting_as(member(ANA).actor)
    beneficiaries.change_record(mine, 1, {"phone": "(11) 93333-4444"}, local(13, 10, 5))
    life.at(13, 10, 10)
    with pytest.raises(Refused, match="cadastro_mudou_depois") as raised:
        life.act("atualizado")
    said = sentence(*raised.value.refusal)
    assert "Ana Lima" in said
    assert "“Telefone”" in said
    assert record(life)["phone"] == "+5511933334444"
    life.act("reconferir")
    life.act("conferido", contato_confere="sim", endereco_confere="sim")
    life.at(13, 10, 20).act("atualizado")
    assert record(life)["phone"] == "+5511911112222"


def test_a_value_that_no_record_can_have_is_refused_and_the_ticket_stays(life: ProcessTicket) -> None:
    born = ProcessTicket(life.desk, local(13, 11), requests=life.requests).open(
        SERVICE, muda_identidade="sim", nascimento="01/01/2030", muda_contato="não", muda_endereco="não"
    )
    receive(born, "identidade")
    born.act("conferido", identidade_confere="sim")
    assert born.refused("atualizado") == "nascimento_impossivel"
    assert born.step == "Atualizar no CRM"


def test_an_address_of_a_message_is_not_searched(life: ProcessTicket) -> None:
    receive(life, "residencia")
    life.act("conferido", contato_confere="sim", endereco_confere="sim")
    life.at(13, 12)
    assert queue.listed(life.desk, "paulista", 9, life.now) == []
    assert [row.key for row in queue.listed(life.desk, "conceicao", 9, life.now)] == [life.ticket]


def test_the_block_for_the_crm_and_the_look_at_complete_values_are_told_by_events(life: ProcessTicket) -> None:
    _, block = blocks.copy_block(life.desk, life.order(), "CRM")
    assert "Telefone: (11) 98765-4321 → (11) 91111-2222\nCEP: — → 01310-100\n" in block
    _, seen = revealing.reveal_ticket(life.desk, life.order(), "comparar com o comprovante")
    assert dict(seen)["CPF"] == "529.982.247-25"
    assert ("Telefone", "(11) 98765-4321 → (11) 91111-2222") in seen
    last = life.view().history[-1]
    assert (last.kind, last.actor, last.text) == ("revelado", "Ana Lima", "comparar com o comprovante")
    for reason in ("", " ver "):
        with pytest.raises(Refused, match="sem_motivo_de_ver"):
            revealing.reveal_ticket(life.desk, life.order(), reason)
    assert "91111" not in repr(life.view().answers), "shown for that look only"

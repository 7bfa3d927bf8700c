"""An answer of every type, in all places of the services that show answers."""

import json
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.contracts.tickets import TicketView
from atendimento_tui.domain.process.schema import FieldType
from atendimento_tui.domain.process.values import for_editing
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs import as_json, as_text
from atendimento_tui.services import processes
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts import bills
from tests.every_type import EVERY_TYPE, EVERY_TYPE_PROCESS
from tests.living import rows
from tests.services.test_processes import ProcessTicket, local

ZONE = ZoneInfo("America/Sao_Paulo")
TYPED: dict[str, Any] = {f"c_{kind}": forms.typed for kind, forms in EVERY_TYPE.items()}


@pytest.fixture
def life(desk: Desk, tmp_path: Path) -> ProcessTicket:
    path = tmp_path / "tudo.toml"
    path.write_text(EVERY_TYPE_PROCESS, "utf-8")
    life = ProcessTicket(desk, local(10, 10))
    processes.include_file(life.desk, path)
    return life.open("tudo", **TYPED)


def kept(life: ProcessTicket) -> dict[str, str]:
    """The newest value of each field, read past the product."""
    found = rows(life.desk, "SELECT key, text FROM field_value WHERE ticket_id = ? ORDER BY id", life.ticket)
    return {str(key).removeprefix("c_"): str(text) for key, text in found}


def asked_again(view: TicketView) -> dict[str, Any]:
    """What stands in the fields of the action that asks all of them again."""
    [action] = [each for each in view.actions if each.key == "rever"]
    return {rule.key: for_editing(rule, action.given[rule.key]) for rule in action.asks}


def test_every_type_of_field_is_tested() -> None:
    assert set(EVERY_TYPE) == set(get_args(FieldType))


def test_answers_of_intake_are_stored_in_one_form(life: ProcessTicket) -> None:
    assert kept(life) == {kind: forms.kept for kind, forms in EVERY_TYPE.items()}


def test_an_unchanged_answer_in_an_action_changes_nothing(life: ProcessTicket) -> None:
    again = asked_again(life.view())
    assert again == {f"c_{kind}": forms.again for kind, forms in EVERY_TYPE.items()}
    life.act("rever", **again)
    assert kept(life) == {kind: forms.kept for kind, forms in EVERY_TYPE.items()}
    assert len(rows(life.desk, "SELECT id FROM field_value")) == len(EVERY_TYPE)
    assert life.view().history[-1].changes == ()


def test_only_the_answer_that_was_changed_is_changed(life: ProcessTicket) -> None:
    life.act("rever", **{**asked_again(life.view()), "c_dinheiro": "R$ 1.150,50", "c_cpf": "111.444.777-35"})
    was = {kind: forms.kept for kind, forms in EVERY_TYPE.items()}
    assert kept(life) == was | {"dinheiro": "115050", "cpf": "11144477735"}
    [money, cpf] = life.view().history[-1].answers
    assert {money, cpf} == {("Campo dinheiro", "R$ 1.150,50"), ("Campo cpf", "***.444.777-**")}


SAID_BY_DIGITS = "R$ 123,45 · vence em 22/02/2025 (o fator serve também para 03/07/2000)"


def test_ticket_and_history_show_values_formatted_for_users(life: ProcessTicket) -> None:
    view = life.view()
    forms = {f"Campo {kind}": forms.shown for kind, forms in EVERY_TYPE.items()}
    said = {
        "Campo boleto: valor e vencimento": SAID_BY_DIGITS,
        "Campo numero_boleto: valor e vencimento": bills.ONLY_NUMBER,
    }
    assert dict(view.answers) == forms | said
    assert dict(view.history[-1].answers) == forms
    line = view.history[-1]
    assert dict(line.answers) == forms
    lines = list(as_text.ticket(view, life.now, ZONE))
    assert {f"{name}: {value}".replace("\n", " ") for name, value in forms.items()} <= set(lines)


def test_a_message_has_formatted_values_and_a_subject_of_one_line(life: ProcessTicket) -> None:
    life.act("rever")
    [message] = life.view().messages
    assert message.subject == "R$ 150,50 em 01/02/2026, uma outra"
    assert message.body == "\n".join(f"{kind}: {forms.shown}" for kind, forms in EVERY_TYPE.items())


def test_other_programs_get_the_stored_form_and_no_personal_number(life: ProcessTicket) -> None:
    view = life.view()
    data = json.loads(json.dumps(as_json.ticket(view, None, life.now, ZONE)))
    changed = data["historico"][-1]["mudou"]
    found = {key.partition("c_")[2]: change["para"] for key, change in changed.items() if "c_" in key}
    assert found == {kind: forms.exported for kind, forms in EVERY_TYPE.items()}
    for kind in ("cpf", "cns", "telefone"):
        assert EVERY_TYPE[kind].kept not in json.dumps(data)


def test_a_telephone_without_area_is_refused_with_the_area_codes(life: ProcessTicket) -> None:
    assert life.refused("rever", c_telefone="3333-4444") == "campo_sem_ddd"
    with pytest.raises(Refused) as raised:
        add_beneficiary(life.desk, life.now, name="Rui Costa", born_on="12/03/1980", phone="3333-4444")
    assert (raised.value.code, raised.value.values["typed"]) == ("campo_sem_ddd", "3333-4444")


def test_a_person_is_found_by_a_telephone_in_usual_forms(life: ProcessTicket) -> None:
    person = add_beneficiary(life.desk, life.now, name="Rui Costa", cpf="529.982.247-25", phone="11 3333-4444 r. 205")
    assert person.phone == "+551133334444;ext=205"
    with pytest.raises(Refused) as raised:
        add_beneficiary(life.desk, life.now, name="Ana Costa", cpf="529.982.247-25")
    assert raised.value.values["cpf"] == "***.982.247-**"

"""The place of beneficiaries: finding people as one types, records, changes, complete values, intakes from there."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from atendimento_tui.config import Settings
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.bill_lists import BillLine
from atendimento_tui.domain.access import SYSTEM
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import beneficiaries, bill_import, intake, privacy, processes
from atendimento_tui.texts import formats
from atendimento_tui.widgets.line_input import LineInput
from tests.driver import Window
from tests.screens.conftest import NARROW, USUAL, WIDE, BlockService, OpenWindow, become, no_harm
from tests.small_desk import ANA, CELIA, SmallDesk
from tests.some_bills import bill

BIG = (120, 40)
HOLDER = {
    "name": "Maria [/] D'Ávila",
    "cpf": "529.982.247-25",
    "born_on": "12/03/1980",
    "card": "0012345678",
    "plan": "Essencial",
    "phone": "(11) 98765-4321",
    "email": "maria@exemplo.com",
    "street": "Avenida Paulista",
    "street_number": "1000",
    "city": "São Paulo",
    "uf": "SP",
}
CHILD = {"name": "Téo D'Ávila", "born_on": "20/05/2008", "holder": "0012345678", "relation": "filho(a)"}


def register(desk: SmallDesk, *people: Mapping[str, str]) -> list[int]:
    return [beneficiaries.add_beneficiary(desk.desk, desk.clock(), **each).id for each in people]


def place(window: Window) -> Window:
    return window.queue().press("ir.beneficiarios").place("BeneficiariesScreen")


@pytest.fixture
def family(others: SmallDesk) -> list[int]:
    return register(others, HOLDER, CHILD, {"name": "Rui Costa", "born_on": "01/02/1990"})


@pytest.fixture
def window(open_window: OpenWindow, family: list[int]) -> Window:
    assert family
    return place(open_window(actor=ANA, size=BIG))


def test_the_place_looks_like_this_and_fits(window: Window) -> None:
    window.type("avila").shows("Téo").press_key("down").rest()
    for width, height in (BIG, USUAL):
        window.resize(width, height).snapshot(f"beneficiaries-{width}x{height}")
    for size in (WIDE, USUAL, NARROW):
        no_harm(window.resize(*size))
    window.press_key("enter").dialog("ReadingDialog")
    for size in (WIDE, USUAL, NARROW):
        no_harm(window.resize(*size))


def test_people_are_found_as_one_types_and_masked_until_somebody_says_why_and_only_for_that_look(
    window: Window,
) -> None:
    for typed in ("529.982", "0012", "98765", "maria d'avila"):
        window.type(typed).shows("Maria [/] D'Ávila").shows("***.982.247-**").does_not_show("Rui Costa")
        assert not any(hidden in window.text() for hidden in ("529.982.247", "0012345678", "98765-4321"))
        window.press_key("escape").shows("Digite parte do CPF")
    window.type("maria").shows("Maria [/]").press_key("down", "enter").dialog("ReadingDialog")
    window.shows("A*** P***").shows("**/**/1980").shows("m***@exemplo.com").shows("Téo D'Ávila").shows("filho(a)")
    window.press_key("escape").no_dialog().press_key("r").dialog("KeepDialog").press_key("ctrl+s").shows("Diga por que")
    window.paste("conferir o endereço").press_key("ctrl+s").dialog("ReadingDialog")
    window.shows("Avenida Paulista").shows("529.982.247-25").press_key("escape").no_dialog()
    window.press_key("enter").dialog("ReadingDialog").shows("A*** P***").does_not_show("Paulista")
    window.press_key("end").shows("viu os dados completos").shows("conferir o endereço").press_key("escape").no_dialog()


def test_a_part_of_the_record_is_changed_and_masked_values_stay(window: Window, family: list[int]) -> None:
    window.type("maria").shows("Maria [/]").press_key("down", "a").dialog("ChooseDialog").type("contatos")
    window.press_key("enter").dialog("KeepDialog").shows("m***@exemplo.com").press_key("tab")
    window.paste("11 3333-4444; 12").press_key("ctrl+s").shows("não é um telefone")
    window.press_key("escape").no_dialog()
    window.press_key("a").dialog("ChooseDialog").type("endereço").press_key("enter").dialog("KeepDialog")
    window.paste("01310-100").press_key("ctrl+s").no_dialog().shows("está como pedido")
    values = beneficiaries.reveal_record(window.app.desk, family[0], "conferir", window.app.now()).values  # type: ignore[arg-type]
    assert (values["cep"], values["street"], values["phone"]) == ("01310-100", "Avenida Paulista", "(11) 98765-4321")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    window: Window, family: list[int], others: SmallDesk
) -> None:
    def contacts() -> Window:
        return window.press_key("a").dialog("ChooseDialog").type("contatos").press_key("enter").dialog("KeepDialog")

    def change(**values: str) -> None:
        beneficiaries.change_record(others.desk, family[0], values, others.clock())

    window.type("maria").shows("Maria [/]").press_key("down")
    contacts().press_key("tab").paste("(11) 3333-4444")
    change(email="nova@exemplo.com.br")
    window.press_key("ctrl+s").shows("enquanto você olhava").shows("(11) 3333-4444").shows("n***@exemplo.com.br")
    window.press_key("escape").no_dialog()
    contacts().shows("(11) 3333-4444").shows("n***@exemplo.com.br")
    change(email="outra@exemplo.com.br")
    window.press_key("ctrl+s").shows("enquanto você olhava").press_key("ctrl+s").no_dialog().shows("está como pedido")
    values = beneficiaries.reveal_record(others.desk, family[0], "conferir", others.clock()).values
    assert (values["email"], values["other_phones"]) == ("outra@exemplo.com.br", "(11) 3333-4444")


def test_who_is_not_found_is_registered_with_what_was_typed(window: Window, block_service: BlockService) -> None:
    find = block_service(beneficiaries, "find_beneficiaries")
    window.press_at_once(*"maria", "enter").until(lambda: find.calls > 0, "people are being searched for")
    find.release()
    window.shows("Maria [/]").rest().no_dialog().press_key("escape", "escape")
    window.type("111.444.777-35").shows("Enter cadastra").press_key("enter").dialog("KeepDialog")
    assert window.app.screen.query_one("#campo-cpf", LineInput).value == "111.444.777-35"
    window.paste("Bia [/] Nunes").press_key("ctrl+s").no_dialog().shows("Bia [/] Nunes está no cadastro")
    window.shows("***.444.777-**")


def test_the_draft_of_one_person_is_not_offered_for_another(window: Window) -> None:
    def searched(name: str) -> Window:
        window.press_key("escape").no_dialog().press_key("escape").type(name).shows("Enter cadastra")
        return window.press_key("enter").dialog("KeepDialog")

    window.type("Zózimo Novo").shows("Enter cadastra").press_key("enter").dialog("KeepDialog")
    window.press_key("tab").type("Zó")
    assert names(searched("Bia Nunes")) == ("Bia Nunes", "")
    assert names(searched("zozimo novo")) == ("zozimo novo", "Zó")


def names(window: Window) -> tuple[str, str]:
    """Name and social name in the dialog."""
    fields = [window.app.screen.query_one(f"#campo-{key}", LineInput) for key in ("name", "social_name")]
    return fields[0].value, fields[1].value


def test_f3_begins_an_intake_for_the_person_and_asks_the_identity(window: Window) -> None:
    """Not for the person whom somebody else looked up at this window, who searches anew."""
    window.type("maria").shows("Maria [/]").press_key("down", "f3").place("IntakeScreen").shows("para Maria [/]")
    become(window.press("ir.beneficiarios").place("BeneficiariesScreen"), "celia").does_not_show("Maria [/]")
    window.press("ir.novo").place("IntakeScreen").shows("qual serviço?").does_not_show("para Maria")
    window.press("ir.beneficiarios").place("BeneficiariesScreen")
    window.type("maria").shows("Maria [/]").press_key("down", "f3").place("IntakeScreen")
    window.shows("Novo atendimento para Maria [/] D'Ávila").type("procedimento").press_key("enter")
    window.shows("Pergunte a data de nascimento").press_key("enter").shows("identidade confirmada: Maria [/] D'Ávila")
    window.press_key("escape").shows("qual serviço?").does_not_show("para Maria")


def test_the_tickets_of_a_person_are_listed_and_opened(
    open_window: OpenWindow, family: list[int], others: SmallDesk
) -> None:
    [service] = [each for each in processes.offered(others.desk) if each.key == "duvida"]
    begun = intake.begin(others.desk, service.version, None, "begin", others.clock())
    answers = {"produto": "Agenda", "pergunta": "Como remarco?", "email": "rui@exemplo.com"}
    asked = intake.Intake(Severity.LOW, "Rui Costa", "Remarcar", beneficiary=family[0], answers=answers)
    done = intake.finish(others.desk, Order(begun.ticket, None, "finish", others.clock()), asked)
    window = place(open_window(actor=ANA, size=BIG))
    window.type("rui").shows("Rui Costa").press_key("down", "t").shows("ainda não tem atendimentos")
    window.press("beneficiarios.procurar").press_key("delete").type("maria").shows("Maria [/]")
    window.press_key("down", "t").dialog("ChooseDialog").shows(formats.protocol_groups(done.protocol))
    window.press_key("enter").place("TicketScreen").shows("Remarcar")


def test_bills_are_in_the_record_and_dependents_who_come_of_age_are_listed(window: Window, others: SmallDesk) -> None:
    def line(number: int, month: str, due: date, paid: date | None) -> BillLine:
        code = bill(due, 39_000, number).code
        return BillLine(number, ("cpf", "52998224725"), month, code, 39_000, due, paid, says_paid=True)

    late, paid = date(2026, 4, 10), date(2026, 3, 10)
    lines = [
        line(1, "2026-04", late, None),
        line(2, "2026-03", paid, paid),
        line(3, "2026-05", date(2026, 5, 10), None),
    ]
    assert bill_import.write_bills(others.desk.acting_as(SYSTEM), lines, others.clock()).new == 3
    window.type("maria").shows("Maria [/]").press_key("down", "enter").dialog("ReadingDialog").shows("Boletos")
    days = (others.clock().date() - late).days
    window.shows(f"vencido há {days} dias").shows("pago em 10/03/2026").shows("R$ 390,00").press_key("escape")
    window.no_dialog()
    window.press("beneficiarios.idades").dialog("ChooseDialog")
    window.shows("Téo D'Ávila").shows("18 anos em 20/05/2026").shows("titular Maria [/]").shows("│ D'Ávila")
    window.press_key("enter").dialog("ReadingDialog").shows("Família no plano").press_key("escape").no_dialog()


@pytest.fixture
def keeper(open_window: OpenWindow, family: list[int]) -> Window:
    """The place of a supervisor."""
    assert family
    return place(open_window(actor=CELIA, size=BIG))


def somebody(window: Window, name: str) -> Window:
    return window.type(name).shows(name).press_key("down").rest()


def test_the_data_of_a_person_are_saved_in_a_folder_that_is_said(
    open_window: OpenWindow, family: list[int], tmp_path: Path
) -> None:
    folder = tmp_path / "papéis"
    window = place(open_window(actor=CELIA, size=BIG, settings=Settings(papers_folder=folder)))
    somebody(window, "Rui Costa").press_key("e").dialog("KeepDialog").shows(str(folder)[:40]).press_key("ctrl+s")
    window.shows("Diga por que").type("pediu no balcão").press_key("tab", "right", "ctrl+s").no_dialog()
    [path] = folder.iterdir()
    window.shows("Gravado em").shows("que só você pode ler")
    assert path.suffix == ".txt"
    assert "Rui Costa" in path.read_text("utf-8")
    window.press_key("enter").dialog("ReadingDialog").shows("exportou os dados completos").press_key("escape")
    assert family


def test_those_out_of_the_term_are_listed_and_data_are_held_with_a_reason_and_freed(
    keeper: Window, family: list[int], others: SmallDesk
) -> None:
    def held(reason: str) -> None:
        privacy.hold(others.desk, family[2], reason, others.clock())

    keeper.press_key("down", "v").shows("Ninguém tem todos os atendimentos fora do prazo")
    window = somebody(keeper.press("beneficiarios.procurar"), "Rui Costa")
    window.press_key("l").dialog("KeepDialog").press_key("ctrl+s").shows("Diga por que")
    held("ação 1")
    window.paste("processo 12 [/]").press_key("ctrl+s").shows("retidos por outro motivo: ação 1. Nada foi")
    held("")
    window.press_key("ctrl+s").no_dialog().shows("ficam retidos")
    window.press_key("x").dialog("ReadingDialog").shows("não pode ser anonimizado").shows("retidos: processo 12 [/]")
    window.press_key("escape").no_dialog().press_key("l").dialog("ChooseDialog").shows("retidos: processo 12 [/]")
    held("ação 2")
    window.press_key("down", "enter").no_dialog().shows("outro motivo: ação 2")
    window.press_key("l").dialog("ChooseDialog").shows("retidos: ação 2").press_key("down", "enter").no_dialog()
    window.shows("não estão mais retidos")


def test_anonymising_shows_what_goes_and_wants_the_name(
    open_window: OpenWindow, family: list[int], others: SmallDesk
) -> None:
    window = place(open_window(actor=CELIA, size=BIG))
    somebody(window, "Rui Costa").press_key("x").dialog("KeepDialog").rest()
    for width, height in (BIG, USUAL):
        window.resize(width, height).snapshot(f"anonymise-{width}x{height}")
    window.type("pedido no balcão").press_key("tab").type("rui c").press_key("ctrl+s").shows("não é o desta pessoa")
    window.press_key("escape").no_dialog().press_key("x").dialog("KeepDialog").shows("pedido no balcão")
    window.press_key("ctrl+s").shows("não é o desta pessoa").paste("rui costa").press_key("ctrl+s")
    window.dialog("ReadingDialog").shows(f"Anonimizado {family[2]}").press_key("escape").no_dialog()
    window.does_not_show("Rui Costa")
    assert privacy.erasure(others.desk, family[2], others.clock()).refusal == Refusal("ja_anonimizado")


def test_an_attendant_sees_that_personal_data_are_for_supervisors(open_window: OpenWindow, family: list[int]) -> None:
    assert family
    window = place(open_window(actor=ANA, size=BIG))
    for key in ("e", "l", "x"):
        somebody(window, "Rui Costa").press_key(key).no_dialog().shows("não pode")
        window.press_key("escape", "escape").forget_toasts()


def test_a_ticket_shows_complete_values_after_a_reason_and_once(
    open_window: OpenWindow, family: list[int], others: SmallDesk
) -> None:
    [service] = [each for each in processes.offered(others.desk) if each.key == "atualizacao_cadastral"]
    begun = intake.begin(others.desk, service.version, None, "begin", others.clock())
    answers = {"muda_identidade": "não", "muda_contato": "sim", "telefone": "11 91111-2222", "muda_endereco": "não"}
    answers["correio"] = "maria@exemplo.com.br"
    asked = intake.Intake(Severity.LOW, "Maria", "Telefone novo", beneficiary=family[0], answers=answers)
    done = intake.finish(others.desk, Order(begun.ticket, None, "finish", others.clock()), asked)
    window = open_window(actor=ANA, size=BIG).queue()
    window.let(lambda: window.app.show_ticket(done.ticket)).place("TicketScreen").shows("(11) *****-4321 → ")
    window.press_key("v").dialog("ActDialog").shows("O contato confere")
    window.shows("Telefone: (11) *****-4321 → (11) *****-2222 ")
    window.shows("E-mail: maria@exemplo.com → maria@exemplo.com.br ").press_key("escape").no_dialog()
    window.press("atendimento.completo").dialog("KeepDialog").press_key("ctrl+s").shows("Diga por que")
    window.paste("comparar com o comprovante").press_key("ctrl+s").dialog("ReadingDialog")
    window.shows("(11) 98765-4321 → (11) 91111-2222").shows("529.982.247-25").press_key("escape").no_dialog()
    window.shows("viu os dados completos").shows("comparar com o comprovante").does_not_show("91111-2222")

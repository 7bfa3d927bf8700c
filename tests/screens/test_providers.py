"""The place of the agenda's supply: a professional from nothing to a bookable slot, by keys alone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui.services import agenda, availability, providers
from tests.an_agenda import booked, doctor, furnish
from tests.driver import Window
from tests.living import rows
from tests.screens.conftest import NARROW, USUAL, OpenWindow, no_harm
from tests.services.test_agenda_import import EVENTS, LINES, MAP
from tests.services.test_agenda_import import HEAD as HEAD_OF_HOURS
from tests.small_desk import CELIA, SmallDesk, local

BIG = (120, 40)


def supply(window: Window) -> Window:
    """A window that shows the place."""
    return window.queue().press("ir.escolher").press_key("o").place("SupplyScreen").rest()


@pytest.fixture
def place(open_window: OpenWindow) -> Window:
    """The place, of a desk that has none yet, for a supervisor."""
    return supply(open_window(actor=CELIA, size=BIG))


@pytest.fixture
def doctors(others: SmallDesk) -> dict[str, int]:
    """Two professionals in two cities."""
    desk, now = others.desk, others.clock()
    furnish(desk, now)
    return {
        "Bia": doctor(desk, "Bia [b]Rocha[/]", hours="qua-sex 8-12 13-17", slot=20, now=now),
        "Álvaro": doctor(desk, "Álvaro Nunes", "Clínica médica", site="Clínica Praia", hours="seg 9-11", now=now),
    }


def fill(window: Window, *values: str, by: Callable[[Window, str], Window] = Window.paste) -> Window:
    """Fill in one field after the other, from the one with the focus."""
    window.dialog("KeepDialog")
    for number, value in enumerate(values):
        if number:
            window.press_key("tab")
        if value:
            by(window.press_key("ctrl+u"), value)
    return window


def test_a_professional_from_nothing_to_a_bookable_slot(place: Window, others: SmallDesk) -> None:
    place.shows("Nenhum profissional.").press("oferta.padrao").shows("Especialidades incluídas").shows("Cardiologia")
    place.press_key("2").shows("Nenhum local.").press_key("i")
    fill(place, "Clínica Praia", "Rua Um, 10", "Santos", by=Window.type).press_key("ctrl+s").no_dialog()
    place.shows("Clínica Praia: incluído.").shows("Santos/SP")
    place.press_key("1", "i")
    fill(place, "Bia Rocha", "crm sp 12345", "Cardiologia", by=Window.type).press_key("ctrl+s").no_dialog()
    place.shows("Bia Rocha: incluído. Enter abre").shows("CRM/SP 12345").press_key("enter").place("ProviderScreen")
    place.shows("Nenhum horário.").press_key("i")
    fill(place, "qua, sex 8-12 13-17", "", "20", by=Window.type).press_key("ctrl+s").no_dialog()
    place.shows("qua, sex 8-12 13-17").shows("Próxima vaga: hoje 10:00, Clínica Praia")
    place.press("ir.agenda").place("AgendaScreen").shows("1ª vaga: hoje 10:00")
    assert rows(others.desk, "SELECT slot_minutes, starts FROM availability ORDER BY id") == [(20, 480), (20, 780)]


@pytest.mark.usefixtures("doctors")
def test_it_looks_like_this_and_fits(open_window: OpenWindow) -> None:
    window = supply(open_window(actor=CELIA, size=BIG)).shows("Bia [b]Rocha[/]").press_key("end").shows("Próxima vaga")
    for width, height in (BIG, USUAL):
        window.resize(width, height).snapshot(f"supply-{width}x{height}")
        window.press_key("2").snapshot(f"supply-sites-{width}x{height}").press_key("1")
        window.press_key("enter").place("ProviderScreen").shows("Próxima vaga").snapshot(f"provider-{width}x{height}")
        window.press_key("escape").place("SupplyScreen").rest()
    window.press_key("enter").place("ProviderScreen").press_key("i").dialog("KeepDialog").snapshot("hours-form-80x24")
    window.press_key("escape").no_dialog().press_key("enter").dialog("ReadingDialog").snapshot("provider-all-80x24")
    window.press_key("escape").no_dialog()
    no_harm(window.resize(*NARROW))
    no_harm(window.press_key("escape").place("SupplyScreen").rest())


@pytest.mark.usefixtures("doctors")
def test_the_list_is_found_by_typing_and_reached_from_the_agenda(open_window: OpenWindow) -> None:
    window = open_window(size=USUAL).queue().press("ir.agenda").place("AgendaScreen").rest().press_key("down", "o")
    window.place("SupplyScreen").shows("Álvaro Nunes").press_key("slash").type("praia").does_not_show("Rocha")
    window.shows("Álvaro Nunes").press_key("enter", "enter").place("ProviderScreen").shows("seg 9-11")
    window.press_key("escape").place("SupplyScreen").press_key("escape").shows("Rocha").press_key("3")
    window.shows("Acupuntura").press_key("enter").dialog("ReadingDialog").shows("nenhum prazo da RN 566")
    window.shows("Traga os exames").press_key("escape").no_dialog()


class TestChanges:
    @pytest.fixture
    def bia(self, open_window: OpenWindow, doctors: dict[str, int]) -> Window:
        """Bia, opened."""
        assert doctors
        window = supply(open_window(actor=CELIA, size=BIG)).shows("Bia").press_key("end", "enter")
        return window.place("ProviderScreen").shows("Próxima vaga")

    def test_hours_are_changed_as_they_were_typed(self, bia: Window, others: SmallDesk) -> None:
        bia.press_key("a").dialog("KeepDialog").shows("qua-sex 8-12 13-17").shows("Clínica Centro, São Paulo")
        fill(bia, "qua-sex 8-11 14-16 18-19", "clinica praia", "30").press_key("ctrl+s").no_dialog()
        bia.shows("qua-sex 8-11 14-16 18-19").shows("30 min").shows("Clínica Praia").does_not_show("8-12")
        assert rows(
            others.desk, "SELECT starts, ends FROM availability WHERE provider_id = 1 AND active ORDER BY 1"
        ) == [
            (480, 660),
            (840, 960),
            (1080, 1140),
        ]

    def test_what_others_change_meanwhile_stays(self, bia: Window, others: SmallDesk, doctors: dict[str, int]) -> None:
        bia.press_key("c").dialog("KeepDialog").press_key("end").type(" Sá")
        providers.change(others.desk, "provider", doctors["Bia"], {"squeeze_ins": "2"}, others.clock())
        bia.press_key("ctrl+s").no_dialog().shows("Bia [b]Rocha[/] Sá")
        supply_now = providers.supply(others.desk).providers[doctors["Bia"]]
        assert (supply_now.name, supply_now.squeeze_ins) == ("Bia [b]Rocha[/] Sá", 2)

    def test_a_day_is_left_out_and_added_and_hours_end(self, bia: Window, others: SmallDesk) -> None:
        fill(bia.press_key("minus"), "24/04/2026").press_key("ctrl+s").no_dialog().shows("Sem os dias: 24/04/2026")
        fill(bia.press_key("plus"), "27/04/2026").press_key("ctrl+s").no_dialog().shows("A mais: 27/04/2026")
        fill(bia.press_key("e"), "30/04/2026").press_key("ctrl+s").no_dialog().shows("30/04/2026")
        others.clock.now += timedelta(days=10)
        bia.press_key("f").dialog("KeepDialog").press_key("escape").no_dialog()
        bia.let(bia.app.place.desk_changed).shows("Nenhum horário.").shows("Nenhuma vaga livre")
        bia.press_key("t").shows("também os que terminaram").shows("qua-sex 8-12 13-17")
        bia.press_key("a").dialog("KeepDialog")
        bia.let_focus(bia.app.screen.query_one("#campo-until")).press_key("ctrl+u", "ctrl+s").no_dialog()
        bia.shows("Próxima vaga")

    def test_an_absence_over_booked_time_is_said_and_leads_to_the_list(
        self, bia: Window, others: SmallDesk, doctors: dict[str, int]
    ) -> None:
        booked(others.desk, doctors["Bia"], local(23, 9), name="Zulmira Quaresma", minutes=20)
        fill(bia.press_key("f"), "23/04/2026", "", "congresso").press_key("ctrl+s").no_dialog()
        bia.shows("Agendamentos que ficaram sem horário: 1.").shows("m lista").forget_toasts().shows(
            "Ausência: 23/04/2026: congresso"
        )
        bia.press_key("m").dialog("ChooseDialog").shows("Zulmira Quaresma").press_key("enter")
        bia.shows("Copiar a mensagem").press_key("enter").no_dialog()
        bia.shows("Mensagem copiada").press_key("f").dialog("ChooseDialog").press_key("down", "enter").no_dialog()
        bia.rest().does_not_show("congresso")
        assert agenda.to_move(others.desk, others.clock()) == []

    def test_who_is_offered_no_more_goes_from_the_list_and_comes_back(
        self, bia: Window, others: SmallDesk, doctors: dict[str, int]
    ) -> None:
        booked(others.desk, doctors["Bia"], local(23, 9), minutes=20)
        bia.press_key("d").dialog("ChooseDialog").shows("Deixar de oferecer").press_key("down", "enter").no_dialog()
        bia.shows("Inativo: não aparece na agenda.").shows("Agendamentos que ficaram sem horário: 1.").forget_toasts()
        bia.press_key("d").shows("Já está inativo.").press_key("escape").place("SupplyScreen").rest()
        bia.does_not_show("Rocha").press_key("t").shows("Bia [b]Rocha[/]").press_key("end", "r").dialog("ChooseDialog")
        bia.press_key("down", "enter").no_dialog().rest()
        assert providers.supply(others.desk).providers[doctors["Bia"]].is_active
        assert agenda.to_move(others.desk, others.clock()) == []


def test_a_list_is_imported_after_its_trial(place: Window, tmp_path: Path, others: SmallDesk) -> None:
    (tmp_path / "rede.csv").write_text(HEAD_OF_HOURS + LINES, "utf-8")
    (tmp_path / "mapa.toml").write_text(MAP, "utf-8")
    place.press_key("I").dialog("ChooseDialog").press_key("enter")
    fill(place, str(tmp_path / "rede.csv"), str(tmp_path / "nada.toml")).press_key("ctrl+s")
    place.shows("(não existe)").press_key("ctrl+u").paste(str(tmp_path / "mapa.toml")).press_key("ctrl+s")
    place.dialog("ChooseDialog").shows("Novos: 2 · alterados: 0").shows("linhas erradas: 3").shows("linha 5")
    place.does_not_show("sem chave").press_key("escape").no_dialog()
    (tmp_path / "mapa.toml").write_text(MAP.replace('chave = "Id"\n', ""), "utf-8")
    place.press_key("I").dialog("ChooseDialog").press_key("enter")
    fill(place, str(tmp_path / "rede.csv"), str(tmp_path / "mapa.toml")).press_key("ctrl+s")
    place.dialog("ChooseDialog").shows("Linhas novas sem chave: 2")
    assert providers.supply(others.desk).providers == {}
    place.press_key("end", "up", "enter").dialog("ChooseDialog").press_key("down", "enter").no_dialog()
    place.shows("Horários novos: 2").shows("Bia Rocha").shows("Cardiologia, Pediatria")
    place.press_key("I").dialog("ChooseDialog").press_key("enter")
    fill(place, str(tmp_path / "rede.csv"), str(tmp_path / "mapa.toml")).press_key("ctrl+s")
    place.dialog("ReadingDialog").shows("linha 5").shows("Nada a importar").press_key("escape").no_dialog()


@pytest.mark.usefixtures("doctors")
def test_a_calendar_is_imported_for_the_opened_professional(open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / "bia.ics").write_text(EVENTS.replace("\n", "\r\n"), "utf-8")
    window = supply(open_window(actor=CELIA, size=BIG)).press_key("enter").place("ProviderScreen").shows("seg 9-11")
    fill(window.press_key("I"), str(tmp_path / "outro.ics"), "Clínica Lua").press_key("ctrl+s")
    window.shows("Não foi possível ler").shows("Clínica Lua").press_key("ctrl+u").paste(str(tmp_path / "bia.ics"))
    window.press_key("tab", "ctrl+u").paste("Clínica Praia").press_key("ctrl+s").dialog("ChooseDialog").shows(
        "Novos: 3"
    )
    window.press_key("down", "enter").no_dialog().shows("Horários novos: 3").press_key("t").shows("seg, qua 8-12")


@pytest.mark.usefixtures("doctors")
def test_errors_stand_beside_their_fields_and_a_draft_is_kept(open_window: OpenWindow) -> None:
    window = supply(open_window(actor=CELIA, size=BIG)).press_key("i")
    fill(window, "Davi [/] Melo", "12", "Cardiologia, Astrologia").press_key("ctrl+s")
    window.shows("Não há cadastro da especialidade “Astrologia”").shows("corrija o que está marcado")
    window.press_key("escape").no_dialog().press_key("i").dialog("KeepDialog").shows("Davi [/] Melo").shows(
        "Astrologia"
    )
    window.press_key("tab").press_key("ctrl+u").press_key("tab", "ctrl+u").paste("Cardiologia").press_key("ctrl+s")
    window.no_dialog().shows("Davi [/] Melo: incluído").press_key("enter").place("ProviderScreen").shows(
        "Nenhum horário"
    )
    fill(window.press_key("i"), "seg 8", "Clínica Lua", "7").press_key("ctrl+s")
    window.shows("falta a hora em que fecha").shows("Clínica Lua").shows("“7” não serve")
    window.press_key("escape").no_dialog()


@pytest.mark.usefixtures("doctors")
def test_names_are_completed_without_accents(open_window: OpenWindow, others: SmallDesk) -> None:
    window = supply(open_window(actor=CELIA, size=BIG)).press_key("i")
    fill(window, "Davi Melo", "", "acup").shows("acupuntura").press_key("right").type(", CLINICA").press_key("right")
    window.press_key("ctrl+s").no_dialog().shows("Especialidades: Clínica médica, Acupuntura")
    window.press_key("enter").place("ProviderScreen")
    fill(window.press_key("i").rest(), "seg 8-12", "clinica p").press_key("right").shows("Clínica Praia, Santos")
    window.press_key("ctrl+s").no_dialog().shows("Próxima vaga: seg 08:00, Clínica Praia")
    assert rows(others.desk, "SELECT count(*) FROM provider_specialty WHERE provider_id = 3") == [(2,)]


@pytest.mark.usefixtures("doctors")
def test_others_look_and_do_not_change(open_window: OpenWindow) -> None:
    window = supply(open_window(size=BIG)).press_key("i").shows("pode").no_dialog().forget_toasts()
    window.press_key("a").no_dialog().press_key("end", "enter").place("ProviderScreen").shows("qua-sex 8-12 13-17")
    for key in ("i", "a", "e", "minus", "plus", "f", "c", "d", "I"):
        window.press_key(key).rest().no_dialog()
    window.press_key("enter").dialog("ReadingDialog").shows("Horários").press_key("escape").no_dialog()


def test_texts_of_people_are_no_markup(open_window: OpenWindow, others: SmallDesk) -> None:
    desk, now = others.desk, others.clock()
    furnish(desk, now)
    doctor(desk, "[/] [red]Ana[/]", hours="qua 8-12", now=now)
    providers.change(desk, "site", "Clínica Centro", {"address": "[/] [b]Rua[/] '; DROP"}, now)
    availability.add_absence(desk, "[/] [red]Ana[/]", "23/04/2026", "", "[/] [b]x", now)
    window = supply(open_window(actor=CELIA, size=BIG)).shows("[/] [red]Ana[/]").shows("[/] [b]x")
    no_harm(window.press_key("enter").place("ProviderScreen").shows("[/] [b]x"))
    no_harm(window.press_key("enter").dialog("ReadingDialog").shows("[/] [b]x"))
    window.press_key("escape", "escape").place("SupplyScreen").press_key("2").shows("[/] [b]Rua[/]")
    no_harm(window)

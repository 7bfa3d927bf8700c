"""The place of people and groups: what it shows, what can be done there, and what it asks first."""

import pytest

from atendimento_tui.domain.words import Severity
from atendimento_tui.outputs.slip import slip_lines
from atendimento_tui.services import absences, leaving, staff
from atendimento_tui.services.access import sign_in
from atendimento_tui.services.addresses import set_group_email
from atendimento_tui.services.intake import slip
from atendimento_tui.services.settings import change_setting
from atendimento_tui.widgets.line_input import LineInput
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow, no_harm
from tests.small_desk import ANA, BRUNO, CELIA, SmallDesk

BIG = (120, 40)
HOSTILE = "[/] =1+1 \u202e '; DROP"


def people(window: Window) -> Window:
    """A window that shows the place."""
    return window.queue().press("ir.escolher").press_key("p").place("PeopleScreen").shows("Bruno Castro")


@pytest.fixture
def place(open_window: OpenWindow) -> Window:
    """The place, for a supervisor, in a wide window with the panel."""
    return people(open_window(actor=CELIA, size=BIG))


def cells(window: Window, column: int) -> list[str]:
    """What the rows of the list that is shown have in a column."""
    return [row.cells[column] for row in window.app.place.table.loaded_rows]  # type: ignore[attr-defined]


def at(window: Window, name: str) -> Window:
    """Move the cursor to a row of the list that is shown."""
    window.until(lambda: name in cells(window, 0), f"{name} is in the list")
    return window.let(lambda: window.app.place.table.move_to(cells(window, 0).index(name)))  # type: ignore[attr-defined]


def fields(window: Window, *keys: str) -> list[str]:
    """What stands in lines of the dialog."""
    return [window.app.screen.query_one(f"#campo-{key}", LineInput).value for key in keys]


def test_people_and_groups_look_like_this(place: Window) -> None:
    for width, height in (BIG, USUAL):
        place.resize(width, height).press_key("1").snapshot(f"people-{width}x{height}")
        place.press_key("2").shows("Em aberto").snapshot(f"groups-{width}x{height}")


@pytest.mark.parametrize("size", some([WIDE, USUAL, NARROW], 2))
def test_it_fits_into_every_size(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = people(open_window(actor=CELIA, size=size))
    no_harm(window)
    window.press_key("i").dialog("KeepDialog").shows("Login")
    no_harm(window)
    window.press_key("escape").no_dialog().press_key("enter").dialog("ReadingDialog")
    no_harm(window)


class TestPeople:
    def test_who_is_added_has_the_cursor_and_the_draft_of_a_half_filled_form_is_kept(self, place: Window) -> None:
        place.press_key("i").dialog("KeepDialog").type("Dora [/] Nunes").press_key("escape").no_dialog()
        place.press_key("i").dialog("KeepDialog").shows("Dora [/] Nunes").press_key("ctrl+s").no_dialog()
        place.shows("Dora [/] Nunes entrou no cadastro, com o login dora.nunes.")
        at(place, "Dora [/] Nunes").shows("incluiu no cadastro")
        name = place.press_key("i").dialog("KeepDialog").app.screen.query_one("#campo-name", LineInput)
        assert name.value == ""
        place.press_key("escape").no_dialog()
        at(place, CELIA).press_key("i").dialog("KeepDialog").paste("Eva Nunes").press_key("ctrl+s").no_dialog()
        place.press_key("s").dialog("ChooseDialog").shows("Dar a Eva Nunes uma senha nova?").shows("Enter confirma")
        place.press_key("escape").no_dialog().press_key("2", "i").dialog("KeepDialog").type("Ouvidoria")
        place.press_key("ctrl+s").no_dialog().press_key("a").dialog("KeepDialog").shows("Alterar Ouvidoria")
        place.press_key("escape").no_dialog()

    def test_all_errors_stand_beside_their_fields_and_go_when_they_are_corrected(self, place: Window) -> None:
        place.press_key("i").dialog("KeepDialog").press_key("tab").type("a b").press_key("tab", "tab")
        place.paste("Suporte N9").press_key("tab").type("seg 9").press_key("ctrl+s")
        place.shows("Falta o nome da pessoa").shows("não serve").shows("Não há grupo chamado “Suporte N9”")
        place.press_key("tab", "tab", "tab", "tab").shows("falta a hora").press_key("ctrl+u").does_not_show(
            "falta a hora"
        )
        place.press_key("shift+tab", "ctrl+u").does_not_show("Não há grupo").press_key(
            "shift+tab", "shift+tab", "shift+tab"
        )
        place.shows("Falta o nome").shows("não serve").shows("corrija o que está marcado")
        place.type("Dora").does_not_show("Falta o nome").shows("não serve").shows("corrija o que está marcado")
        place.press_key("tab").type("c").does_not_show("não serve").does_not_show("corrija o que está marcado")
        place.press_key("escape").no_dialog()

    def test_two_errors_are_in_sight_in_a_low_terminal(self, open_window: OpenWindow) -> None:
        window = people(open_window(actor=CELIA, size=USUAL))
        window.press_key("i").dialog("KeepDialog").paste("Dora Nunes").press_key("tab", "tab", "tab")
        window.paste("Suporte N9").press_key("tab").paste("seg 8-25").press_key("ctrl+s")
        window.shows("Não há grupo chamado “Suporte N9”").shows("O horário “seg 8-25” não é válido")
        window.press_key("escape").no_dialog()

    def test_a_change_on_another_window_is_told_and_nothing_typed_is_lost(
        self, place: Window, others: SmallDesk
    ) -> None:
        at(place, BRUNO).press_key("a").dialog("KeepDialog").press_key("end").type(" Sá")
        staff.change_person(others.desk, 2, {"login": "bruno.c"}, others.clock())
        place.press_key("ctrl+s").shows("alterou “Bruno Castro” enquanto você olhava").shows("Bruno Castro Sá")
        place.press_key("escape").no_dialog()
        place.until(lambda: "bruno.c" in cells(place, 1), "the other change is listed")
        place.press_key("a").dialog("KeepDialog")
        assert fields(place, "name", "login", "hours") == ["Bruno Castro Sá", "bruno.c", ""]
        staff.change_person(others.desk, 2, {"hours": "seg-sex 8-12"}, others.clock())
        place.press_key("ctrl+s").shows("enquanto você olhava")
        assert fields(place, "name", "login", "hours") == ["Bruno Castro Sá", "bruno.c", "seg-sex 8-12"]
        place.press_key("ctrl+s").no_dialog()
        [bruno] = [row for row in staff.staff(others.desk, others.clock()).people if row.id == 2]
        assert (bruno.name, bruno.login, bruno.hours) == ("Bruno Castro Sá", "bruno.c", "seg-sex 8-12")
        at(place, bruno.name).press_key("e").dialog("KeepDialog").paste("b@b.br")
        staff.change_person(others.desk, 2, {"hours": ""}, others.clock())
        place.press_key("ctrl+s").shows("enquanto você olhava").press_key("ctrl+s").no_dialog().shows("b@b.br")

    def test_an_absence_is_noted_and_removed_and_an_absent_receiver_is_asked_about_once(
        self, place: Window, others: SmallDesk
    ) -> None:
        at(place, BRUNO).press_key("f").dialog("KeepDialog").paste("22/04/2026").press_key("tab").paste("30/04/2026")
        place.press_key("tab").paste("férias").press_key("ctrl+s").no_dialog().shows("ausente até 30/04/2026")
        at(place, BRUNO).shows("Ausência de 22/04/2026 a 30/04/2026: férias").press_key("f").dialog("ChooseDialog")
        place.press_key("down", "enter").no_dialog().shows("foi retirada").does_not_show("ausente até")
        away = {"first": "22/04/2026", "last": "30/04/2026", "reason": "férias"}
        absences.add_absence(others.desk, 1, away, others.clock())
        others.open("Da Bruno", owner=BRUNO)
        place.read_panel()
        at(place, BRUNO).press_key("d").dialog("ChooseDialog").paste("ana lima").shows("ausente até 30/04")
        place.press_key("enter").shows("Ana Lima está ausente até 30/04/2026. Passar assim mesmo?")
        place.press_key("down", "enter").dialog("KeepDialog").press_key("escape").no_dialog()

    def test_who_leaves_is_listed_with_what_they_hold_and_it_goes_to_somebody_else(
        self, place: Window, others: SmallDesk
    ) -> None:
        others.open("Da Bruno", owner=BRUNO)
        place.read_panel()
        at(place, BRUNO).press_key("d").dialog("ChooseDialog").shows("A quem passam?").paste("ana lima").press_key(
            "enter"
        )
        place.dialog("KeepDialog").shows("Da Bruno").shows("Passam para: Ana Lima").press_key("ctrl+s").no_dialog()
        place.shows("Bruno Castro não atende mais.").does_not_show("bruno.castro")
        place.press_key("t").shows("também quem saiu").shows("bruno.castro")
        at(place, BRUNO).press_key("r").dialog("ChooseDialog").press_key("down", "enter").no_dialog()
        place.shows("Bruno Castro atende de novo")

    def test_a_one_time_password_is_shown_once_and_lets_in_and_the_last_supervisor_stays(
        self, place: Window, others: SmallDesk
    ) -> None:
        at(place, BRUNO).press_key("s").dialog("ChooseDialog").press_key("down", "enter").dialog("ReadingDialog")
        [line] = [line for line in place.lines() if "Senha: " in line]
        password = line.partition("Senha: ")[2].split()[0]
        place.press_key("escape").no_dialog().does_not_show(password)
        new = "uma senha bem longa"
        signed = sign_in(others.desk, "bruno.castro", password, new_password=new)
        assert signed.member
        assert signed.member.name == BRUNO
        at(place, CELIA).press_key("d").dialog("ChooseDialog").shows("É o seu próprio cadastro.")
        place.press_key("enter").no_dialog().press_key("d").dialog("ChooseDialog").press_key("down", "enter")
        place.dialog("KeepDialog").shows("Nada em aberto.").press_key("ctrl+s")
        place.shows("é a única pessoa da supervisão")

    def test_the_filter_finds_by_every_column_and_hostile_text_in_a_field_harms_nothing(self, place: Window) -> None:
        place.press_key("slash").paste("supervisao").does_not_show("Bruno Castro").shows("Célia Prado")
        place.press_key("enter", "escape").shows("Bruno Castro")
        place.press_key("slash").type("zzz").shows("Nada com essas palavras.").press_key("escape", "escape")
        place.shows("Bruno Castro")
        place.press_key("i").dialog("KeepDialog").paste(HOSTILE).press_key("ctrl+s").no_dialog()
        no_harm(place)
        at(place, HOSTILE).press_key("enter").dialog("ReadingDialog")
        no_harm(place)


class TestGroups:
    def test_a_group_is_added_filled_renamed_and_deactivated_unless_a_service_names_it_after_what_it_holds(
        self, place: Window, others: SmallDesk
    ) -> None:
        place.press_key("2").press_key("i").dialog("KeepDialog").paste("Cobrança").press_key("ctrl+s").no_dialog()
        at(place, "Cobrança").press_key("m").dialog("ChooseDialog").type("bruno").press_key("enter")
        place.shows("Bruno Castro está em “Cobrança”.").dialog("ChooseDialog").shows("● está no grupo")
        place.press_key("escape").no_dialog()
        at(place, "Cobrança").press_key("a").dialog("KeepDialog").press_key("end").type(" 2")
        [group] = [row for row in staff.staff(others.desk, others.clock()).groups if row.name == "Cobrança"]
        set_group_email(others.desk, group.id, "c@b.br", others.clock())
        place.press_key("ctrl+s").shows("enquanto você olhava").press_key("ctrl+s")
        place.no_dialog().shows("Célia Prado deu outro").shows("nome: Cobrança → Cobrança 2")
        at(place, "Suporte N1").press_key("d").shows("não pode ser desativado: serviços encaminham a ele")
        place.press_key("i").dialog("KeepDialog").paste("Vendas").press_key("ctrl+s").no_dialog()
        at(place, "Vendas").press_key("d").dialog("ChooseDialog").press_key("down", "enter").no_dialog()
        place.shows("não é mais usado").press_key("t").shows("Vendas (desativado)")
        at(place, "Vendas (desativado)").press_key("r").shows("recebe atendimentos de novo")
        others.open("Da recepção", group="Recepção")
        place.read_panel()
        at(place, "Recepção").press_key("d").dialog("ChooseDialog").type("p&d").press_key("enter").dialog("KeepDialog")
        place.shows("Da recepção").press_key("ctrl+s").no_dialog().shows("“Recepção” não é mais usado")


def test_without_the_right_the_keys_say_so(open_window: OpenWindow) -> None:
    window = people(open_window(actor=ANA, size=USUAL))
    for key in ("i", "a", "f", "d", "s"):
        window.forget_toasts().press_key(key).no_dialog().shows("O papel atendimento não pode")
    window.press_key("enter").dialog("ReadingDialog").shows("ana.lima").press_key("escape").no_dialog()
    window.press("geral.ajuda").dialog("HelpDialog").shows("O papel atendimento não pode alterar pessoas e grupos.")


def test_the_key_that_ends_the_program_does_so_here_too(open_window: OpenWindow) -> None:
    people(open_window(size=USUAL)).press_key("f10").left(0)


def test_the_list_follows_changes_of_other_windows(place: Window, others: SmallDesk) -> None:
    staff.add_person(others.desk, {"name": "Dora Nunes", "role": "atendente"}, others.clock())
    place.shows("Dora Nunes")
    leaving.let_go(others.desk, 2, others.clock(), leaving.TO_THE_QUEUE, "saiu", "r")
    place.does_not_show("bruno.castro")


def test_handing_a_ticket_over_to_somebody_who_is_absent_is_asked_about(desk: Window, others: SmallDesk) -> None:
    away = {"first": "22/04/2026", "last": "30/04/2026", "reason": "férias"}
    absences.add_absence(others.desk, 2, away, others.clock())
    desk.press("fila.encaminhar").dialog("ChooseDialog").type("bruno").shows("ausente até 30/04").press_key("enter")
    desk.shows("Bruno Castro está ausente até 30/04/2026.").press_key("enter").no_dialog()
    desk.press("fila.encaminhar").dialog("ChooseDialog").type("bruno").press_key("enter").shows("assim mesmo?")
    desk.press_key("down", "enter").dialog("ReasonDialog").press_key("escape").no_dialog()


def test_who_is_off_duty_is_said_where_a_ticket_is_handed_over(desk: Window, others: SmallDesk) -> None:
    staff.change_person(others.desk, 2, {"hours": "seg-sex 13-18"}, others.clock())
    desk.press("fila.encaminhar").dialog("ChooseDialog").type("bruno").shows("fora do horário até qua 13:00")


class TestUnit:
    def test_the_settings_look_like_this(self, open_window: OpenWindow) -> None:
        people(open_window(actor=CELIA, size=USUAL)).press_key("3").shows("Registro ANS").snapshot("unit-80x24")

    def test_a_setting_is_changed_its_history_is_shown_and_the_header_follows(
        self, place: Window, others: SmallDesk
    ) -> None:
        place.press_key("3").shows("Nada ainda.")
        at(place, "Telefones").press_key("a").dialog("KeepDialog").paste("3333-4444").press_key("ctrl+s")
        place.shows("escreva com o DDD").press_key("home").type("11 ").press_key("ctrl+s").no_dialog()
        place.shows("Célia Prado alterou a").shows("telefones: — → (11) 3333-4444")
        place.press_key("i").no_dialog().shows("Isto se faz nas abas Pessoas e Grupos.")
        place.press_key("enter").dialog("ReadingDialog").shows("telefones: — → (11) 3333-4444").press_key("escape")
        place.no_dialog()
        at(place, "Nome da unidade").press_key("a").dialog("KeepDialog").press_key("end").type(" Sul [/]")
        change_setting(others.desk, "nome", "Clínica Alvorada", others.clock())
        place.press_key("ctrl+s").shows("Alvorada”. Confira e grave de novo.").press_key("ctrl+s").no_dialog().shows(
            "(supervisão) · Clínica Aurora Sul [/]"
        )


def test_the_texts_and_contacts_of_the_unit_are_on_the_slip(others: SmallDesk) -> None:
    for key, text in (
        ("comprovante_topo", "Guarde este número"),
        ("comprovante_rodape", "Obrigado"),
        ("email", "a@b.br"),
    ):
        change_setting(others.desk, key, text, others.clock())
    protocol = others.begin("duvida", severity=Severity.CRITICAL, pergunta="Como?", produto="Prontuário")
    lines = [*slip_lines(slip(others.desk, others.key_of(protocol), others.clock()))]
    assert lines[:2] == ["Clínica Aurora", "Guarde este número"]
    assert lines[-2:] == ["a@b.br", "Obrigado"]

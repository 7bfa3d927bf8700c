"""Dialogs: focus, input, errors; none opens over another."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from atendimento_tui.actions import key_name, registry
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens.beneficiaries.register import Facts, RegisterDialog
from atendimento_tui.services import processes
from atendimento_tui.services import tickets as ticket_service
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.widgets.dialog import Dialog
from tests.driver import Window
from tests.screens.conftest import BLOCKED_AT_MOST_S, BlockService, OpenWindow
from tests.screens.test_ticket import DELIVERY, opened
from tests.small_desk import ANA, BRUNO, Clock, SmallDesk

FOCUS = Path(__file__).parents[1] / "processes" / "foco.toml"
"""A service whose action asks two fields, the first of which is not asked with every answer."""


@pytest.fixture
def hidden_first(others: SmallDesk) -> str:
    """A ticket whose action has a hidden field before a visible one."""
    processes.include_file(others.desk, FOCUS)
    return others.begin("foco", severity=Severity.CRITICAL, liga="nao")


class TestFocus:
    def test_the_first_visible_field_has_the_focus(self, open_window: OpenWindow, hidden_first: str) -> None:
        window = opened(open_window(), hidden_first).press_key("v").dialog("ActDialog").does_not_show("Escondido")
        window.type("isto foi digitado").press_key("ctrl+s").no_dialog()
        window.shows("Visto: isto foi digitado")

    def test_text_typed_right_after_the_key_goes_into_the_first_field(
        self, open_window: OpenWindow, hidden_first: str
    ) -> None:
        window = opened(open_window(), hidden_first).press_at_once("v", *"depressa").shows("depressa")
        window.press_key("ctrl+s").no_dialog().shows("Visto: depressa")

    def test_input_of_hidden_fields_is_reported(self, open_window: OpenWindow, others: SmallDesk) -> None:
        path = others.path.with_name("entrega.toml")
        path.write_text(DELIVERY, "utf-8")
        processes.include_file(others.desk, path)
        ticket = others.begin("entrega", severity=Severity.CRITICAL, produto="boleto")
        window = opened(open_window(), ticket).press_key("m").dialog("ActDialog").press_key("c", "tab")
        window.type("Rua das Flores, 10").does_not_show("não será gravada").press_key("shift+tab", "b")
        window.shows("Uma resposta não será gravada: com as outras, ela não é pedida.")
        window.press_key("c").does_not_show("não será gravada").shows("Rua das Flores, 10")


class TestOneAtATime:
    """On a slow database, a late result does not disturb what a person does meanwhile."""

    def test_keys_typed_before_a_dialog_has_its_data_go_into_it(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str], block_service: BlockService
    ) -> None:
        receivers = block_service(ticket_service, "receivers")
        before = others.events(tickets["critical"])
        desk.press_at_once("e", *"ana")
        desk.until(lambda: receivers.calls > 0, "the receivers are being read")
        receivers.release()
        desk.dialog("ChooseDialog").rest()
        assert desk.app.screen.query_one(Input).value == "ana"
        desk.press_key("escape").no_dialog()
        assert others.events(tickets["critical"]) == before

    def test_keys_typed_while_a_ticket_is_read_act_on_it(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str], block_service: BlockService
    ) -> None:
        views = block_service(ticket_service, "ticket_view")
        desk.press_at_once("enter", "c", *"ligou").place_is("TicketScreen")
        desk.until(lambda: views.calls > 0, "the ticket is being read")
        views.release()
        desk.dialog("CommentDialog").press_key("ctrl+s").no_dialog().rest()
        assert others.events(tickets["critical"])[-1] == ("comentado", ANA, "ligou")

    def test_keys_do_not_wait_long_for_a_slow_service(self, desk: Window, block_service: BlockService) -> None:
        receivers = block_service(ticket_service, "receivers")
        desk.app.hold_at_most_s = 0.0
        desk.press_at_once("e")
        desk.until(lambda: receivers.calls > 0, "the receivers are being read")
        desk.press_at_once("c").dialog("CommentDialog")
        receivers.release()
        desk.rest().dialog("CommentDialog")

    def test_keys_go_on_after_a_refusal(self, desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise Refused("fora_de_vista")

        monkeypatch.setattr(ticket_service, "receivers", refuse)
        desk.press_at_once("e", "c").dialog("CommentDialog").rest()

    def test_no_dialog_opens_over_another_dialog(self, desk: Window, block_service: BlockService) -> None:
        receivers = block_service(ticket_service, "receivers")
        desk.app.hold_at_most_s = 0.0
        desk.press_at_once("e").until(lambda: receivers.calls > 0, "the receivers are asked for")
        desk.press_at_once("c").dialog("CommentDialog").press_at_once(*"oi")
        receivers.release()
        desk.rest().type(" de novo").shows("oi de novo").dialog("CommentDialog")
        desk.press_key("escape").rest().no_dialog()

    def test_the_last_of_several_keys_opens_the_only_dialog(
        self, desk: Window, others: SmallDesk, block_service: BlockService
    ) -> None:
        others.begin("duvida", severity=Severity.CRITICAL, pergunta="Como?", produto="Prontuário")
        desk.read_panel().press_key("home")
        receivers = block_service(ticket_service, "receivers")
        desk.app.hold_at_most_s = 0.0
        desk.press_at_once("e", "e", "p").dialog("ExplainDialog")
        receivers.release()
        desk.rest().dialog("ExplainDialog").press_key("escape").rest().no_dialog()
        assert receivers.calls == 1

    def test_a_result_for_a_left_place_opens_no_dialog(self, desk: Window, block_service: BlockService) -> None:
        receivers = block_service(ticket_service, "receivers")
        desk.app.hold_at_most_s = 0.0
        desk.press_at_once("e").until(lambda: receivers.calls > 0, "the receivers are asked for")
        desk.press_at_once("f3").place_is("IntakeScreen")
        desk.press_at_once("f2").place_is("QueueScreen")
        receivers.release()
        desk.rest().no_dialog().press("fila.encaminhar").dialog("ChooseDialog")

    def test_a_late_read_does_not_replace_the_result_of_an_act(
        self, desk: Window, tickets: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen = opened(desk, tickets["critical"]).app.place
        real, may_go_on, calls = ticket_service.ticket_view, Event(), list[int]()

        def first_is_slow(*values: Any, **named: Any) -> object:
            calls.append(1)
            found = real(*values, **named)
            if len(calls) == 1:
                may_go_on.wait(BLOCKED_AT_MOST_S)
            return found

        monkeypatch.setattr(ticket_service, "ticket_view", first_is_slow)
        desk.let_at_once(screen.desk_changed).until(lambda: bool(calls), "a reading is under way")
        desk.press_at_once("c").dialog("CommentDialog").press_at_once(*"novo").press_at_once("ctrl+s").shows("novo")
        desk.no_dialog()
        may_go_on.set()
        desk.rest().shows("novo")


class TestCorrecting:
    """An answer of the intake is corrected in the ticket."""

    @pytest.fixture
    def fault(self, others: SmallDesk) -> str:
        return others.begin("falha_tecnica", severity=Severity.CRITICAL, produto="Prontuario", descricao="Não abre")

    def test_a_key_corrects_an_answer_with_a_reason(self, open_window: OpenWindow, fault: str) -> None:
        window = opened(open_window(size=(120, 40)), fault).shows(", Corrigir").press_key("comma")
        window.dialog("ChooseDialog").shows("Produto").shows("Prontuario").press_key("enter").dialog("CorrectDialog")
        window.shows("Corrigir “Produto”").press_key("end", *["backspace"] * 4).paste("ário [/]").press_key("ctrl+s")
        window.shows("Diga por que “Produto” muda").press_key("enter").paste("Ouvi errado.").press_key("ctrl+s")
        window.no_dialog().shows("“Produto” corrigido em").shows("Ana Lima corrigiu uma resposta")
        window.shows("Produto: Prontuario → Prontuário [/]").shows("Ouvi errado.")

    def test_correcting_is_among_the_actions_of_the_row(self, open_window: OpenWindow, fault: str) -> None:
        window = open_window().queue().press_key("home").press("fila.agir").dialog("ChooseDialog").type("corrigir")
        window.press_key("enter").dialog("ChooseDialog").shows("Corrigir qual resposta").type("ambiente")
        window.press_key("enter").dialog("CorrectDialog").press_key("p", "tab").type("Era a produção.")
        window.press_key("ctrl+s").no_dialog().shows("“Ambiente” corrigido em")
        opened(window, fault).shows("Ambiente: — → produção")

    def test_without_corrections_the_key_says_so(self, desk: Window, tickets: dict[str, str]) -> None:
        opened(desk, tickets["critical"]).press("atendimento.corrigir").shows("Não há resposta que você possa corrigir")


def test_the_severity_is_asked_only_if_it_matters(open_window: OpenWindow, others: SmallDesk) -> None:
    processes.include_file(others.desk, FOCUS)
    window = open_window(size=(80, 24)).queue().press("ir.novo").shows("Foco").type("foco").press_key("enter")
    window.shows("Liga").does_not_show("Criticidade").shows("Prazo prometido").shows("sem prazo prometido")
    window.paste("Loja Íris").press_key("ctrl+s").shows("Atendimento gravado")


class TestEmptyQueue:
    @pytest.fixture
    def new_desk(self, open_window: OpenWindow, tmp_path: Path) -> Window:
        """A window on a desk without tickets."""
        made = SmallDesk.make(tmp_path / "novo.db", Clock())
        made.close()
        return open_window(made.path, size=(120, 40)).shows("A fila está vazia.").rest()

    def test_an_empty_queue_shows_how_to_begin(self, new_desk: Window) -> None:
        new_desk.shows("F3 começa um atendimento novo")
        footer = new_desk.lines()[-1]
        assert footer.startswith(" F3 Novo")
        assert not any(word in footer for word in ("Abrir", "Assumir", "Comentar", "Pausar", "Retomar", "Por quê?"))

    def test_every_empty_tab_shows_what_to_do(self, new_desk: Window) -> None:
        for tab in range(1, 7):
            new_desk.press(f"fila.aba_{tab}").shows("F3 começa")

    def test_the_footer_begins_with_the_first_actions(self, open_window: OpenWindow) -> None:
        for width in (60, 80, 120):
            footer = open_window(size=(width, 24)).queue().lines()[-1]
            assert footer.startswith(" F3 Novo Enter Abrir a Assumir")
            assert footer.endswith("F1 Ajuda Ctrl+P Mais")

    def test_the_help_begins_with_the_first_actions(self, open_window: OpenWindow) -> None:
        window = open_window(size=(80, 24)).queue().press("geral.ajuda").dialog("HelpDialog")
        shown = [line.strip("│ ▁▂▃▄▅▆▇█").split(" ")[0] for line in window.lines()]
        assert [word for word in shown if word in ("F3", "Enter", "a", "c")][:4] == ["F3", "Enter", "a", "c"]

    def test_a_key_has_one_spelling(self) -> None:
        named = r"((Ctrl|Shift)\+)?([A-Z]|F\d+|Tab|Enter|Esc|Home|End|PgUp|PgDn)|[a-z0-9?!/.,;:#+=&@*%-]|[←→↑↓]"
        names = {key_name(key) for action in registry().values() for key in action.keys}
        assert [name for name in names if not re.fullmatch(named, name)] == []
        assert {"Ctrl+S", "Ctrl+L", "Ctrl+P", "Ctrl+Q", "Shift+Tab"} <= names


class TestFocusMark:
    """The field with the focus is marked without colour; F1 shows the keys of forms."""

    def test_in_the_form_of_an_intake(self, open_window: OpenWindow) -> None:
        window = open_window(size=(80, 24)).queue().press("ir.novo").shows("Falha técnica").type("falha")
        window.press_key("enter").shows("▸ Instituição que pede").press_key("tab").shows("▸ Canal")
        window.does_not_show("▸ Instituição").press_key("f1").dialog("HelpDialog").shows("Num formulário")
        window.shows("numa escolha").press_key("escape").no_dialog().shows("▸ Canal")

    def test_in_a_dialog(self, open_window: OpenWindow, others: SmallDesk) -> None:
        path = others.path.with_name("entrega.toml")
        path.write_text(DELIVERY, "utf-8")
        processes.include_file(others.desk, path)
        ticket = others.begin("entrega", severity=Severity.CRITICAL, produto="boleto")
        window = opened(open_window(size=(80, 24)), ticket).press_key("m").dialog("ActDialog").shows("▸ Forma *")
        window.press_key("c", "tab").shows("▸ Endereço *").does_not_show("▸ Forma").press_key("f1")
        window.dialog("ReadingDialog").shows("numa escolha").press_key("escape").dialog("ActDialog")

    def test_in_a_choice_f1_shows_its_keys_and_what_was_typed_stays(self, desk: Window) -> None:
        desk.press_key("u").dialog("ChooseDialog").type("bru").press_key("f1")
        desk.dialog("ReadingDialog").shows("escolhe a linha marcada").press_key("escape")
        assert desk.dialog("ChooseDialog").app.screen.query_one(Input).value == "bru"
        desk.press_key("enter").no_dialog().shows("Bruno Castro (atendimento)")

    def test_an_error_is_shown_at_its_field_which_gets_the_focus(
        self, open_window: OpenWindow, others: SmallDesk
    ) -> None:
        path = others.path.with_name("prazo.toml")
        path.write_text(DELIVERY.replace('texto = "nenhum"', 'texto = "obrigatorio"'), "utf-8")
        processes.include_file(others.desk, path)
        ticket = others.begin("entrega", severity=Severity.CRITICAL, produto="boleto")
        window = opened(open_window(size=(120, 40)), ticket).press_key("m").dialog("ActDialog").press_key("c")
        window.press_key("ctrl+s").shows("falta preencher “Endereço”")
        shown = [each for each in window.app.screen.query(".problem").results(Static) if each.display]
        assert [str(each.render()) for each in shown] == [
            "Para “Combinar a entrega”, falta preencher “Endereço”. Nada foi alterado."
        ]
        window.shows("▸ Endereço *").type("Rua 1").press_key("ctrl+s").shows("pede um texto").shows("▸ Texto *")
        window.paste("Até amanhã").press_key("ctrl+s").no_dialog()

    def test_all_errors_are_shown_at_once(self, open_window: OpenWindow, others: SmallDesk) -> None:
        path = others.path.with_name("prazo.toml")
        path.write_text(DELIVERY.replace('chave = "endereco"', 'chave = "endereco"\ntipo = "email"'), "utf-8")
        processes.include_file(others.desk, path)
        ticket = others.begin("entrega", severity=Severity.CRITICAL, produto="boleto")
        with pytest.raises(Refused) as refused:
            others.act(BRUNO, ticket, "combinar", forma="pombo", endereco="sem arroba")
        assert {key: each.code for key, each in refused.value.refusal.beside.items()} == {
            "forma": "campo_invalido_escolha"
        }
        window = opened(open_window(size=(120, 40)), ticket).press_key("m").dialog("ActDialog").press_key("c", "tab")
        window.paste("sem arroba").press_key("ctrl+s").shows("não é um e-mail").dialog("ActDialog")


class TestRegistering:
    def test_all_errors_are_shown_at_their_fields(self, open_window: OpenWindow, others: SmallDesk) -> None:
        window = open_window(size=(120, 40)).queue().press("ir.novo").shows("Falha técnica").rest()

        def register(facts: Facts, _then: object, refused: Callable[[Refusal], None]) -> None:
            try:
                add_beneficiary(others.desk, others.clock(), **facts)
            except Refused as error:
                refused(error.refusal)

        dialog = RegisterDialog({"name": "", "cpf": "1", "born_on": "31/02/2026"}, lambda _: None, register)
        window.let(lambda: window.app.push_screen(dialog)).dialog("RegisterDialog").press_key("ctrl+s")
        window.shows("corrija o que está marcado").shows("Falta o nome").shows("“1” não é um CPF").shows("31/02/2026")
        window.shows("▸ Nome *")
        wrong = [each for each in dialog.query(".problem").results(Static) if each.display]
        assert len(wrong) == 3


def test_a_dialog_is_painted_once(desk: Window) -> None:
    """Textual would paint it at each of three layouts, with the place below."""
    frames: list[dict[Widget, Region]] = []

    def note(screen: Screen[object], _frame: object) -> None:
        if isinstance(screen, Dialog):
            frames.append({widget: widget.region for widget in screen.query(".box *")})

    for key in ("f1", "c", "p", "ctrl+p", "u"):
        frames.clear()
        with patch.object(desk.app, "_display", note):
            desk.press_at_once(key).rest()
        assert frames[0] == frames[-1], key
        assert frames[0], key
        desk.press_key("escape").no_dialog()

"""A new intake: number, form, promises, slip, drafts."""

import errno
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from atendimento_tui import paths
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.processes import include_file
from atendimento_tui.widgets.line_input import LineInput
from tests.driver import Window
from tests.full import some
from tests.hostile import HOSTILE_TOGETHER
from tests.screens.conftest import BlockService, OpenWindow, become, no_harm
from tests.small_desk import SmallDesk, local

PROTOCOL = "326305.20260422.000002"
"""The next one of Wednesday, after the small desk's own."""


@pytest.fixture
def intake(desk: Window) -> Window:
    """A window of Ana with the form of a technical failure."""
    return begun(desk)


def begun(window: Window) -> Window:
    window.press("ir.novo").shows("qual serviço?").shows("Falha técnica").paste("tecnica").press_key("enter")
    return window.shows(PROTOCOL).shows("Criticidade")


def drafts() -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in sorted(paths.drafts_folder().rglob("*.json"))]


def kept(window: Window, field: str, text: str) -> Window:
    """Wait until a saved draft contains this text."""

    def is_kept() -> bool:
        found = drafts()
        return bool(found) and {**found[0], **found[0]["answers"]}.get(field) == text  # type: ignore[dict-item]

    return window.until(is_kept, f"{field} is kept as {text!r}")


class TestChoosing:
    def test_g_and_n_go_to_the_services_which_are_found_by_part_of_their_name(self, desk: Window) -> None:
        desk.press_key("g").dialog("LetterDialog").press_key("n").shows("qual serviço?").shows(
            "Falha técnica"
        ).does_not_show("Ctrl+S").does_not_show("Copiar")
        desk.type("xyz").shows("Nenhum serviço com essas palavras")
        desk.press_key("escape").shows("Falha técnica").press_key("escape").shows("Minha")

    def test_enter_pressed_twice_takes_one_number(self, desk: Window) -> None:
        desk.press("ir.novo").shows("Falha técnica").press_at_once("enter", "enter", "enter").shows(PROTOCOL)
        desk.does_not_show("000003")

    def test_it_asks_for_the_person_first(self, open_window: OpenWindow, others: SmallDesk) -> None:
        window = open_window(actor=None).queue().press("ir.novo").shows("Falha técnica").press_key("enter")
        window.dialog("ChooseDialog").type("bruno").press_key("enter").no_dialog().shows(PROTOCOL)
        assert others.events("20260422.000002") == [("iniciado", "Bruno Castro", "")]


class TestForm:
    def test_text_typed_before_the_form_is_shown_goes_into_it(self, desk: Window) -> None:
        desk.press("ir.novo").shows("Falha técnica").press_at_once("enter", "L", "o", "j").shows(PROTOCOL)
        desk.shows("Loj").rest().press_key("a").shows("Loja")

    def test_number_and_promises_are_shown_wrong_and_missing_answers_told_and_enter_and_tab_go_through_the_form(
        self, intake: Window, others: SmallDesk
    ) -> None:
        intake.shows("Falha técnica").shows("Ctrl+S Gravar").does_not_show("Copiar").does_not_show("Descartar")
        assert others.events("20260422.000002") == [("iniciado", "Ana Lima", "")]
        intake.shows("crítica: hoje 14:00").shows("alta: hoje 18:00").shows("média: amanhã 17:00")
        intake.clock.set(local(22, 10, 5))
        intake.shows("crítica: hoje 14:05")
        field = intake.app.screen.query_one("#campo-email")
        intake.let_focus(field).type("sem arroba").press_key("tab").shows("não é um e-mail").shows("sem arroba")
        intake.let_focus(field).press_key("ctrl+u", "ctrl+s").shows("corrija o que está marcado").shows(
            "Falta responder “Produto”."
        )
        assert intake.app.focused is not None
        assert intake.app.focused.id == "campo-produto"
        intake.let_focus(intake.app.screen.query_one("#solicitante"))
        intake.type("Lo").shows("Lo").app.screen.query_one("#search", Input).insert_text_at_cursor("j")
        intake.shows("Loj").rest().press_key("a").shows("Loja")
        intake.press_key("ctrl+u")
        intake.type("Loja Íris").press_key("enter", "t", "tab", "c", "enter").type("Parou [/] tudo")
        intake.shows("Loja Íris").shows("● telefone").shows("● crítica").shows("Parou [/] tudo")

    @pytest.mark.parametrize("size", some([(120, 40), (80, 24), (60, 20)], 2))
    def test_the_form_is_complete_in_every_size(self, open_window: OpenWindow, size: tuple[int, int]) -> None:
        window = begun(open_window(size=size).queue())
        window.shows("crítica: hoje 14:00")
        save(window).shows("Atendimento gravado").shows(PROTOCOL)

    def test_hostile_text(self, intake: Window) -> None:
        """Each text by itself is in the tests of drafts, and pasted into both kinds of fields in `test_hostile`."""
        line = intake.app.screen.query_one("#solicitante", LineInput)
        lines = intake.app.screen.query_one("#campo-descricao", TextArea)
        for text in HOSTILE_TOGETHER:
            intake.let(line.clear).let(lines.clear)
            intake.let_focus(line).paste(text).let_focus(lines).paste(text)
            no_harm(intake)
            kept(intake, "descricao", lines.text)
            kept(intake, "requester", line.value)


def answered(window: Window) -> Window:
    """Fill in the required fields."""
    window.paste("Loja Íris")
    for key, text in (("produto", "ERP"), ("descricao", "Não abre\n[/b] nada")):
        field = window.app.screen.query_one(f"#campo-{key}")
        window.let_focus(field).paste(text)
    return window


def save(window: Window) -> Window:
    """Fill in the required fields, and save."""
    return answered(window).press_key("ctrl+s")


class TestSaving:
    def test_the_slip_is_shown_and_the_new_ticket_is_in_the_queue(self, intake: Window, others: SmallDesk) -> None:
        save(intake).shows("Atendimento gravado").shows("Clínica Aurora").shows("Serviço: Falha técnica")
        intake.shows("Solicitante: Loja Íris").shows("Criticidade: média").shows(
            "Prazo da solução: qui 23/04/2026 17:00"
        )
        intake.shows("Registrado em: 22/04/2026 10:00").does_not_show("Não abre")
        assert [kind for kind, _, _ in others.events("20260422.000002")] == ["iniciado", "aberto"]
        assert drafts() == []
        intake.shows("y Copiar").does_not_show("Ctrl+S Gravar")
        intake.press("novo.copiar").shows("enviado à área de transferência")
        assert "Protocolo: " + PROTOCOL in intake.app.clipboard
        become(intake, "bruno").shows("qual serviço?").does_not_show("Atendimento gravado")
        intake.press("ir.fila").shows("Todas 9")
        intake.until(lambda: "ERP: Não abre" in intake.rows()[4], "it is behind what is due before")

    def test_a_refusal_keeps_all_input_saved_twice_one_ticket_is_opened_and_enter_begins_another(
        self, intake: Window, others: SmallDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from atendimento_tui.data.engine import DatabaseUnavailable
        from atendimento_tui.services import intake as service

        def busy(*_: object) -> None:
            raise DatabaseUnavailable("banco_ocupado", seconds=10)

        with monkeypatch.context() as patched:
            patched.setattr(service, "finish", busy)
            save(intake).shows("Nada foi perdido").shows("Loja Íris")
        intake.press_key("ctrl+s").press_at_once("ctrl+s", "ctrl+s").shows("Atendimento gravado")
        assert [kind for kind, _, _ in others.events("20260422.000002")] == ["iniciado", "aberto"]
        intake.press_key("enter").shows("qual serviço?").press_key("enter").shows("326305.20260422.000003")

    def test_a_failed_draft_does_not_end_a_running_save(
        self, intake: Window, monkeypatch: pytest.MonkeyPatch, block_service: BlockService
    ) -> None:
        """The form stays disabled while it is being saved, also if another request fails."""
        from atendimento_tui.services import intake as service
        from atendimento_tui.services.drafts import DraftFile

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "no space left", "draft.json")

        answered(intake).rest()
        finish = block_service(service, "finish")
        with monkeypatch.context() as patched:
            patched.setattr(DraftFile, "save", full)
            intake.press_at_once("!", "ctrl+s").until(lambda: finish.calls > 0, "it is being saved")
            intake.shows("não pôde ser guardado")
        assert intake.app.screen.query_one(IntakeForm).disabled
        intake.press_at_once("ctrl+s").until(lambda: True, "a look")
        finish.release()
        intake.shows("Atendimento gravado")
        assert finish.calls == 1


class TestDrafts:
    def test_repeated_escape_closes_the_form_once(self, intake: Window, block_service: BlockService) -> None:
        from atendimento_tui.services import drafts

        waiting = block_service(drafts, "waiting")
        intake.type("Maria").press_at_once("escape", "escape", "escape")
        intake.until(lambda: waiting.calls > 0 and not intake.app.is_handling_key, "every Escape is dealt with")
        waiting.release()
        intake.shows("Há 1 atendimento começado").rest()
        assert waiting.calls == 1

    def test_a_draft_can_be_continued_after_escape_or_another_person_and_discarding_needs_a_confirmation(
        self, intake: Window
    ) -> None:
        intake.type("Maria [b]").press_key("escape").shows("Há 1 atendimento começado")
        intake.shows(f"Continuar {PROTOCOL} · Falha técnica · começado hoje 10:00")
        intake.press_key("enter").shows("Maria [b]").does_not_show("000003")
        become(intake.press("ir.fila"), "bruno").press("ir.novo").shows("qual serviço?").does_not_show("começado")
        become(intake.press("ir.fila"), "ana").press("ir.novo").shows("Há 1 atendimento começado")
        intake.press_key("enter").shows("Maria [b]").does_not_show("000003")
        save(intake).shows("Atendimento gravado")
        assert drafts() == []
        intake.press_key("enter").shows("Falha técnica").press_key("enter").shows("326305.20260422.000003")
        intake.type("x").press_key("escape").shows("Há 1 atendimento").press("novo.descartar").dialog("ChooseDialog")
        intake.press_key("enter").no_dialog().shows("Continuar")
        intake.press("novo.descartar").dialog("ChooseDialog").press_key("down", "enter").shows("descartado")
        intake.does_not_show("Continuar")
        assert drafts() == []

    def test_another_window_offers_a_draft_only_when_it_is_closed(
        self, open_window: OpenWindow, intake: Window
    ) -> None:
        kept(intake.type("Maria"), "requester", "Maria")
        second = open_window().queue().press("ir.novo").shows("Falha técnica").does_not_show("começado")
        intake.press_key("escape").shows("Há 1 atendimento começado")
        second.press("ir.fila").press("ir.novo").shows("Há 1 atendimento começado").press_key("enter").shows("Maria")
        intake.press_key("enter").shows("está aberto em outra janela")

    def test_the_next_window_reports_the_draft(self, open_window: OpenWindow, others: SmallDesk) -> None:
        first = Window(others.path, others.clock, actor="Ana Lima")
        with first:
            kept(begun(first.queue()).type("Ação çã"), "requester", "Ação çã")
        window = open_window().queue().shows("Há 1 atendimento começado e não terminado. F3")
        window.press("ir.novo").shows("Continuar").press_key("enter").shows("Ação çã")

    def test_the_last_input_is_saved_when_the_window_closes(self, others: SmallDesk) -> None:
        with Window(others.path, others.clock, actor="Ana Lima") as window:
            begun(window.queue()).type("até o fim")
        assert drafts()[0]["requester"] == "até o fim"

    def test_input_is_saved_at_once_in_a_file_whose_name_contains_no_data_and_without_a_thread_on_exit(
        self, intake: Window, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If the terminal is lost, the program ends before its threads are done."""
        kept(intake.type("João [/"), "requester", "João [/")
        [path] = paths.drafts_folder().rglob("*.json")
        assert path.stat().st_mode & 0o777 == 0o600
        assert "326305" not in str(path.relative_to(paths.drafts_folder()))
        with monkeypatch.context() as patched:
            asked: list[object] = []
            patched.setattr(intake.app, "serve", lambda *work: asked.append(work))
            intake.type(" o fim").until(lambda: bool(asked), "a thread is asked to write it")
            intake.let(intake.app.close)
        assert drafts()[0]["requester"] == "João [/ o fim"

    def test_without_a_draft_discarding_is_refused(self, desk: Window) -> None:
        desk.press("ir.novo").shows("Falha técnica").press("novo.descartar").shows("Escolha um rascunho")


WITH_BENEFICIARY = """
chave = "cadastro"
nome = "Alteração de cadastro"
solicitante = "beneficiario"

[[campos]]
chave = "motivo"
rotulo = "Motivo"
tipo = "escolha"
opcoes = ["endereço", "nome"]

[[campos]]
chave = "certidao"
rotulo = "Tem certidão?"
tipo = "sim_nao"
quando = [{ campo = "motivo", igual = "nome" }]

[prazos.solucao]
por = "motivo"
alvo = { "endereço" = "2h", nome = "8h" }

[ao_abrir]
inicia = "solucao"

[[etapas]]
chave = "inicio"
nome = "Início"

[[etapas.acoes]]
chave = "concluir"
rotulo = "Concluir"
tecla = "o"
faz = { ir = "fim", para = "solucao" }

[[etapas]]
chave = "fim"
nome = "Concluído"
estado = "concluido"
"""


@pytest.fixture
def beneficiaries(others: SmallDesk, tmp_path: Path) -> SmallDesk:
    """A service about beneficiaries, and two beneficiaries."""
    path = tmp_path / "cadastro.toml"
    path.write_text(WITH_BENEFICIARY, "utf-8")
    include_file(others.desk, path)
    now = others.clock()
    add_beneficiary(
        others.desk, now, name="Maria [/] Conceição", cpf="529.982.247-25", card="123456789", born_on="1980-03-12"
    )
    add_beneficiary(others.desk, now, name="Mário Prata", phone="(11) 98765-4321", born_on="1962-10-05")
    return others


@pytest.mark.usefixtures("beneficiaries")
class TestBeneficiary:
    def test_the_attendant_sees_the_answer_that_the_person_must_give(
        self, open_window: OpenWindow, others: SmallDesk
    ) -> None:
        now = others.clock()
        add_beneficiary(others.desk, now, name="Só Cartão", card="000123456789", phone="(11) 98765-4321")
        add_beneficiary(others.desk, now, name="Só Número", cpf="111.444.777-35")
        window = open_window(size=(60, 20)).queue().press("ir.novo").shows("Alteração").paste("cadastro")
        window.press_key("enter").shows("Beneficiário").type("maria").shows("Maria [/] Conceição").press_key("enter")
        window.shows("Maria [/] Conceição · CPF ***.982.247-**").shows("Pergunte a data de nascimento, sem dizê-la.")
        window.press_key("ctrl+u").type("cartao").shows("Só Cartão").press_key("enter")
        window.shows("CPF não informado").shows("carteirinha, sem dizê-lo. Termina em 6789")
        window.press_key("ctrl+u").type("so num").shows("Só Número").press_key("enter").shows("No meio: 444777")

    @pytest.mark.parametrize("size", some([(120, 40), (60, 20)], 1))
    def test_nothing_is_saved_before_all_is_answered_and_a_beneficiary_confirmed(
        self, open_window: OpenWindow, others: SmallDesk, size: tuple[int, int]
    ) -> None:
        include_file(others.desk, Path(__file__).parents[1] / "processes" / "contestacao_cobranca.toml")
        window = open_window(size=(60, 20)).queue().press("ir.novo").shows("Alteração").paste("contest")
        window.press_key("enter").shows("Boleto").press_key("ctrl+s").shows("corrija o que está marcado")
        window.shows("▸ Beneficiário").shows("Diga de quem").type("mário").shows("Mário Prata")
        window.press_key("enter").shows("nascimento").press_key("enter").shows("identidade confirmada")
        window.press_key("ctrl+s").shows("▸ Boleto").shows("Falta responder “Boleto")
        window.press_key("tab").shows("▸ Procedimento").shows("Falta responder “Boleto").press_key("shift+tab")
        window.type("1").does_not_show("Falta responder “Boleto").press_key("ctrl+s").shows("▸ Procedimento")
        window.press_key("escape").resize(*size).shows("Alteração").paste("cadastro").press_key("enter")
        window.shows("Beneficiário").type("maria").shows("Maria [/] Conceição")
        window.press_key("ctrl+s").shows("corrija o que está marcado").shows("Diga de quem se trata").shows("maria")
        window.type(" con").press_key("enter").shows("nascimento").does_not_show("Diga de quem se trata")
        window.press_key("enter").shows("identidade confirmada").press_key("ctrl+s").shows("Atendimento gravado")

    def test_a_deleted_beneficiary_must_be_confirmed_again(self, open_window: OpenWindow, others: SmallDesk) -> None:
        window = open_window().queue().press("ir.novo").shows("Alteração").paste("cadastro").press_key("enter")
        window.shows("Beneficiário").type("mário").shows("Mário Prata").press_key("enter").shows("nascimento")
        window.press_key("enter").shows("identidade confirmada").type("Rosa")
        with closing(sqlite3.connect(others.path)) as connection, connection:
            connection.execute("delete from beneficiary")
        window.press_key("ctrl+s").shows("Diga de quem se trata").does_not_show("identidade confirmada")
        window.shows("Mário Prata").press_key("end").type("!").shows("Mário Prata!")

    def test_hidden_fields_keep_their_answers_and_a_person_is_found_by_number_and_name_and_confirmed(
        self, open_window: OpenWindow
    ) -> None:
        window = open_window().queue().press("ir.novo").shows("Alteração").paste("cadastro").press_key("enter")
        window.shows("Motivo").does_not_show("Tem certidão?")
        motivo = window.app.screen.query_one("#campo-motivo")
        window.let_focus(motivo).press_key("n").shows("Tem certidão?").shows("hoje 18:00").press_key("tab", "s")
        window.press_key("shift+tab", "e").does_not_show("Tem certidão?").shows("hoje 12:00")
        window.press_key("right").shows("● sim")
        window.press_key("escape").shows("Continuar").press_key("enter").shows("● nome").shows("● sim")
        window.let_focus(window.app.screen.query_one("#pessoa Input")).shows("Beneficiário")
        for typed in ("52998224", "529.982", "1234567"):
            window.type(typed).shows("Maria [/] Conceição").press_key("ctrl+u").does_not_show("Maria")
        window.type("mari").shows("Maria [/] Conceição").shows("Mário Prata")
        window.type("a conc").shows("***.982.247-**").does_not_show("Mário Prata").does_not_show("529.982")
        window.press_key("enter").shows("Resposta: 12/03/1980").press_key("escape").does_not_show("nascimento")
        window.press_key("enter").shows("Resposta: 12/03/1980").press_key("enter").shows("identidade confirmada")
        window.press_key("ctrl+s").shows("Atendimento gravado").shows("Solicitante: Maria [/] Conceição")


def of_a_beneficiary(window: Window) -> Window:
    """The form of an intake about a beneficiary."""
    window.queue().press("ir.novo").shows("Alteração").paste("cadastro").press_key("enter")
    return window.shows("Beneficiário").shows("Motivo")


def people(desk: SmallDesk) -> list[tuple[str, str, str, str, str, str]]:
    with closing(sqlite3.connect(desk.path)) as connection:
        return connection.execute(
            "select name, cpf, born_on, card, phone, plan from beneficiary order by id desc"
        ).fetchall()


@pytest.mark.usefixtures("beneficiaries")
class TestRegistering:
    @pytest.mark.parametrize("size", some([(120, 40), (80, 24), (60, 20)], 1))
    def test_an_unknown_person_is_registered_and_confirmed(
        self, open_window: OpenWindow, others: SmallDesk, size: tuple[int, int]
    ) -> None:
        window = of_a_beneficiary(open_window(size=size)).type("Otília")
        window.shows("Ninguém com esses dados").shows("Cadastrar beneficiário…").press_key("enter")
        window.dialog("RegisterDialog").shows("Otília").shows("Nascimento").shows("Esc volta")
        window.paste(" [/b] Araújo").press_key("enter").paste("111.444.777-35").press_key("enter").paste("05/10/1962")
        window.press_key("enter").type("0012.34").press_key("enter").paste("(11) 98765-4321").press_key("enter")
        window.paste("Essencial").press_key("enter").no_dialog()
        window.shows("identidade confirmada: Otília [/b] Araújo")
        assert people(others)[0] == (
            "Otília [/b] Araújo", "11144477735", "1962-10-05", "001234", "+5511987654321", "Essencial"
        )  # fmt: skip
        window.press_key("ctrl+s").shows("Atendimento gravado").shows("Otília [/b] Araújo")
        assert drafts() == []

    def test_registering_is_offered_after_the_found_people_and_the_search_text_becomes_the_right_item(
        self, open_window: OpenWindow
    ) -> None:
        window = of_a_beneficiary(open_window()).type("mari").shows("Maria [/] Conceição").shows("Mário Prata")
        window.shows("Cadastrar beneficiário…").press_key("up", "enter").dialog("RegisterDialog").shows("mari")
        window.press_key("escape").no_dialog().press_key("ctrl+u")
        for typed, field in (
            ("111.444.777-35", "cpf"),
            ("11955554444", "phone"),
            ("00990099", "card"),
            ("Zé", "name"),
        ):
            window.type(typed).shows("Cadastrar").press_key("enter").dialog("RegisterDialog")
            filled = {each.id: each.value for each in window.app.screen.query(LineInput) if each.value}
            assert filled == {field: typed}
            window.press_key("escape").no_dialog().press_key("ctrl+u")

    def test_input_is_kept_after_escape(self, open_window: OpenWindow) -> None:
        window = of_a_beneficiary(open_window()).type("Otília").shows("Cadastrar").press_key("enter")
        window.dialog("RegisterDialog").press_key("enter").type("111.4").press_key("escape").no_dialog()
        window.shows("Otília").shows("Cadastrar").press_key("enter").dialog("RegisterDialog").shows("111.4")
        window.press_key("escape").no_dialog().type(" Sá").shows("Otília Sá").shows("Cadastrar").press_key("enter")
        window.dialog("RegisterDialog").shows("Otília Sá").does_not_show("111.4")

    def test_a_refusal_is_shown_in_the_dialog_and_keeps_all_input(
        self, open_window: OpenWindow, others: SmallDesk
    ) -> None:
        window = of_a_beneficiary(open_window(size=(60, 20))).type("Otília").shows("Cadastrar").press_key("enter")
        window.dialog("RegisterDialog").press_key("ctrl+s").shows("Diga o CPF").press_key("tab")
        window.paste("529.982.247-25").press_key("ctrl+s").shows("Esse CPF já é de Maria [/] Conceição")
        window.shows("***.982.247-**").shows("529.982.247-25").shows("Otília")
        assert len(people(others)) == 2

    def test_a_killed_window_keeps_the_input(self, open_window: OpenWindow, others: SmallDesk) -> None:
        with Window(others.path, others.clock, actor="Ana Lima") as first:
            of_a_beneficiary(first).type("Otília").shows("Cadastrar").press_key("enter").dialog("RegisterDialog")
            first.press_key("enter").type("111.444")

            def is_kept() -> bool:
                return [draft["registering"] for draft in drafts()] == [
                    {"name": "Otília", "cpf": "111.444", "typed": "Otília"}
                    | dict.fromkeys(("born_on", "card", "phone", "plan"), "")
                ]

            first.until(is_kept, "what was typed is on the disk")
        window = open_window().queue().press("ir.novo").shows("Continuar").press_key("enter").shows("Otília")
        window.press_key("end", "x", "backspace").shows("Cadastrar").press_key("enter").dialog("RegisterDialog")
        window.shows("111.444")

    def test_with_an_optional_person_enter_keeps_the_text(
        self, open_window: OpenWindow, others: SmallDesk, tmp_path: Path
    ) -> None:
        path = tmp_path / "visita.toml"
        path.write_text(
            WITH_BENEFICIARY.replace('"beneficiario"', '"pessoa"')
            .replace('"cadastro"', '"visita"')
            .replace("Alteração de cadastro", "Visita com hora"),
            "utf-8",
        )
        include_file(others.desk, path)
        window = open_window().queue().press("ir.novo").type("com hora").shows("Visita").press_key("enter")
        window.shows("Solicitante").type("Rui Sá").shows("↓ e Enter cadastram").press_key("enter", "w")
        window.shows("● WhatsApp").press_key("shift+tab", "down", "enter").dialog("RegisterDialog")
        window.press_key("tab", "tab").paste("01/01/1990").press_key("ctrl+s").no_dialog()
        window.shows("identidade confirmada: Rui Sá")

    def test_hostile_text(self, open_window: OpenWindow) -> None:
        window = of_a_beneficiary(open_window(size=(60, 20))).type("zz").shows("Cadastrar").press_key("enter")
        name, number, *_ = window.dialog("RegisterDialog").app.screen.query(LineInput)
        for text in HOSTILE_TOGETHER:
            window.let(name.clear).let(number.clear).let_focus(name).paste(text).press_key("ctrl+s")
            no_harm(window.let_focus(number).paste(text).press_key("ctrl+s").dialog("RegisterDialog"))

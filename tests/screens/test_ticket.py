"""An open ticket: its display, its actions, drafts, changes of others."""

from collections.abc import Callable
from functools import partial

import pytest
from textual.widgets._toast import Toast

from atendimento_tui.domain.words import Severity
from atendimento_tui.services import processes
from atendimento_tui.widgets.bars import WrappingBar
from tests.driver import Window
from tests.full import some
from tests.hostile import HOSTILE_STRINGS
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow
from tests.small_desk import ANA, BRUNO, CELIA, SmallDesk, local

DOCUMENTS = """
chave = "maioridade"
nome = "Plano de maioridade"
[[campos]]
chave = "forma"
rotulo = "Forma"
tipo = "escolha"
opcoes = ["balcão", "correio"]
depois = true
[[campos]]
chave = "dia"
rotulo = "Dia"
tipo = "data"
depois = true
[[documentos]]
chave = "rg"
nome = "RG"
porque = "identifica quem pede"
[[documentos]]
chave = "matricula"
nome = "Comprovante de matrícula"
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "entregar"
rotulo = "Entregar"
tecla = "t"
texto = "nenhum"
exige = [{ checklist = "completa" }]
faz = { ir = "fim" }
[[etapas.acoes]]
chave = "combinar"
rotulo = "Combinar a entrega"
tecla = "m"
pede = ["forma", "dia"]
texto = "opcional"
exige = [{ campo = "forma", preenchido = true }]
[[etapas]]
chave = "fim"
nome = "Entregue"
estado = "concluido"
"""

DELIVERY = """
chave = "entrega"
nome = "Entrega"
[[campos]]
chave = "forma"
rotulo = "Forma"
tipo = "escolha"
opcoes = ["balcão", "correio"]
obrigatorio = true
depois = true
[[campos]]
chave = "endereco"
rotulo = "Endereço"
quando = [{ campo = "forma", igual = "correio" }]
obrigatorio = true
depois = true
[[campos]]
chave = "seguro"
rotulo = "Com seguro?"
tipo = "sim_nao"
quando = [{ campo = "endereco", preenchido = true }, { campo = "produto", igual = "cartão" }]
depois = true
[[campos]]
chave = "urgencia"
rotulo = "Por que é urgente"
quando = [{ campo = "criticidade", igual = "critica" }]
depois = true
[[campos]]
chave = "produto"
rotulo = "Produto"
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "combinar"
rotulo = "Combinar a entrega"
tecla = "m"
pede = ["forma", "endereco", "seguro", "urgencia"]
texto = "nenhum"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Combinada"
estado = "concluido"
"""


@pytest.fixture
def fault(others: SmallDesk) -> str:
    """A critical failure opened twenty minutes ago: the first ticket of the queue."""
    others.clock.set(local(22, 9, 40))
    protocol = others.begin(
        "falha_tecnica", severity=Severity.CRITICAL, produto="Prontuário", descricao="Não abre [/b]\nem duas salas"
    )
    others.clock.set(local(22, 10))
    return protocol


@pytest.fixture
def request_with_documents(others: SmallDesk) -> str:
    """A request that needs documents, first of the queue."""
    path = others.path.with_name("maioridade.toml")
    path.write_text(DOCUMENTS, "utf-8")
    processes.include_file(others.desk, path)
    return others.begin("maioridade", severity=Severity.CRITICAL, requester="Rui")


def opened(window: Window, protocol: str) -> Window:
    """Open a ticket from the queue."""
    window.queue()

    def place() -> int | None:
        ends = protocol.replace(".", "")
        found = (at for at, row in enumerate(window.table.loaded_rows) if row.protocol.endswith(ends))
        return next(found, None)

    window.until(lambda: place() is not None, f"{protocol} is in the queue")
    window.let(lambda: window.table.move_to(place() or 0))
    return window.press_key("enter").place("TicketScreen").shows("Agir").rest()


class TestOpening:
    def test_enter_opens_and_escape_returns_to_the_same_row(
        self, open_window: OpenWindow, tickets: dict[str, str]
    ) -> None:
        window = opened(open_window(), tickets["warning"]).shows("Relatório não abre")
        window.press_key("escape").place("QueueScreen").cursor_on(tickets["warning"])

    def test_the_data_is_shown_beside_the_history_and_clocks_change_with_time(
        self, open_window: OpenWindow, fault: str
    ) -> None:
        window = opened(open_window(size=(130, 40)), fault)
        for text in (
            "Célia Prado abriu o atendimento",
            "Solicitante: Hospital São Lucas",
            "● primeira resposta: vence hoje 10:40, 0h40 (no prazo)",
            "● solução: vence hoje 13:40, 3h40 (no prazo)",
            "O que acontece: Não abre [/b]",
            "em duas salas",
            "Nenhum documento é pedido.",
            f"Chamado 326305.2026{fault} registrado",
            "n Encaminhar ao N2",
            "o Apresentar a solução",
        ):
            window.shows(text)
        window.clock.advance(minutes=35)
        window.shows("primeira resposta: vence hoje 10:40, 5m00s (atenção)")
        window.clock.advance(seconds=1)
        window.shows("4m59s (atenção)").shows("4m59s (primeira resposta)")

    def test_an_imported_or_simple_ticket_has_no_actions_and_can_be_commented(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = opened(open_window(), tickets["critical"]).shows("Nenhuma ação nesta etapa.")
        window.press("fila.comentar").dialog("CommentDialog").type("oi").press_key("ctrl+s").no_dialog()
        window.shows("Ana Lima comentou").shows("  oi")
        assert others.events(tickets["critical"])[-1] == ("comentado", ANA, "oi")

    @pytest.mark.parametrize("size", some([WIDE, USUAL, NARROW], 0, 2))
    def test_all_parts_can_be_shown_in_every_size(
        self, open_window: OpenWindow, fault: str, size: tuple[int, int]
    ) -> None:
        window = opened(open_window(size=size), fault).shows("abriu o atendimento").shows("no prazo 0h40")
        if size != WIDE:
            window.does_not_show("Solicitante:").press_key("tab")
            window.shows("Solicitante: Hospital São Lucas").does_not_show("abriu o atendimento")
            window.press_key("tab").shows("Nenhum documento é pedido.").press_key("tab").shows("foi registrado com")
            window.press_key("tab").shows("abriu o atendimento").press_key("shift+tab").shows("foi registrado com")
            window.click("Pedido").shows("Solicitante:")
        window.press_key("x").shows("é só de supervisão")
        window.press_key("n").dialog("ActDialog").shows("Ctrl+S grava").press_key("escape").no_dialog()

    def test_a_too_small_terminal_says_so(self, open_window: OpenWindow, fault: str) -> None:
        opened(open_window(size=USUAL), fault).resize(30, 10).shows("Aumente o terminal").resize(*USUAL).shows("abriu")

    def test_hostile_texts_are_shown_as_text(self, open_window: OpenWindow, others: SmallDesk) -> None:
        protocol = others.begin(
            "falha_tecnica", severity=Severity.CRITICAL, produto="[/x]", descricao="\n".join(HOSTILE_STRINGS)
        )
        for text in HOSTILE_STRINGS:
            others.comment(BRUNO, protocol, f"{text}.")
        opened(open_window(size=(130, 40)), protocol).shows("[/x]").press_key("home").rest().press_key("end").rest()


class TestActing:
    def test_dim_actions_show_the_reason_and_the_key_of_another_opens_its_dialog(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        window = opened(open_window(), fault)
        assert window.style_of("Cancelar").color != window.style_of("Apresentar").color
        window.press_key("x").shows("“Cancelar” é só de supervisão.").no_dialog()
        window.click("Cancelar").no_dialog()
        window.press("atendimento.documentos").shows("não pede documentos")
        window.press_key("n").dialog("ActDialog").shows("Encaminhar ao N2 · 326305.")
        window.press_key("ctrl+s").shows("“Encaminhar ao N2” pede um texto.").dialog("ActDialog")
        window.paste("Causa desconhecida.").press_key("ctrl+s").no_dialog().shows("Encaminhar ao N2: gravado em")
        window.shows("Ana Lima fez “Encaminhar ao N2”").shows("etapa: Atendimento N1 → Investigação N2")
        window.shows("d Encaminhar ao P&D").does_not_show("Registrar a primeira resposta")
        assert others.events(fault)[-1] == ("acao", ANA, "Causa desconhecida.")

    def test_a_toast_does_not_cover_the_actions(self, open_window: OpenWindow, fault: str) -> None:
        window = opened(open_window(size=NARROW), fault).show_message("Gravado. " * 20).rest()
        toast, actions = window.app.screen.query_one(Toast).region, window.app.screen.query_one(WrappingBar).region
        assert toast.bottom <= actions.y
        assert actions.height > 1

    def test_a_refusal_keeps_all_fields(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        others.act(BRUNO, fault, "encaminhar_n2", "Segue.")
        window = opened(open_window(), fault).press_key("d").dialog("ActDialog").shows("Passos para reproduzir *")
        window.shows("o P&D repete e vê a falha.").press_key("ctrl+s").shows("falta preencher “Passos para reproduzir”")
        window.type("Abrir com dois convênios").press_key("tab").type("urgente").press_key("enter").no_dialog()
        window.shows("Correção no P&D").shows("Passos para reproduzir: Abrir com dois convênios")
        assert others.events(fault)[-1] == ("acao", ANA, "urgente")

    def test_an_action_without_fields_is_confirmed(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        others.act(BRUNO, fault, "solucionar", solucao="Reiniciar.")
        window = opened(open_window(), fault).press_key("v").dialog("ActDialog").shows("Texto, se quiser")
        window.press_key("enter").no_dialog().shows("Aprovado: gravado em").shows("b Reabrir")
        window.press("fila.assumir").shows("Este atendimento já está concluído.")
        window.forget_toasts().press_key("escape").place("QueueScreen").does_not_show(fault)

    def test_a_supervisor_has_more_actions(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        window = opened(open_window(actor=CELIA), fault).press_key("x").dialog("ActDialog")
        window.paste("Duplicado.").press_key("ctrl+s").no_dialog().shows("cancelado")
        assert others.events(fault)[-1] == ("acao", CELIA, "Duplicado.")

    def test_input_is_restored(self, open_window: OpenWindow, fault: str) -> None:
        window = opened(open_window(), fault).press_key("n").dialog("ActDialog").type("meio pensamento")
        window.press_key("escape").no_dialog().press_key("escape").place("QueueScreen")
        opened(window, fault).press_key("n").dialog("ActDialog").shows("meio pensamento")

    def test_help_and_palette_have_the_actions_of_the_step(self, open_window: OpenWindow, fault: str) -> None:
        window = opened(open_window(size=(120, 60)), fault).press("geral.ajuda").dialog("HelpDialog")
        window.shows("Nesta etapa").shows("Encaminhar ao N2").press_key("escape").no_dialog()
        window.press("geral.comandos").dialog("ChooseDialog").type("n2").shows("Encaminhar ao N2").press_key("enter")
        window.dialog("ActDialog")

    def test_a_task_can_be_finished_from_the_list(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        others.act(BRUNO, fault, "solucionar", solucao="Reiniciar.")
        window = opened(open_window(size=(130, 40)), fault).shows("☐ Ligar e explicar a solução passo a passo")
        window.press("fila.agir").dialog("ChooseDialog").type("ligar").press_key("enter").no_dialog()
        window.shows("☑ Ligar e explicar").shows("Tarefa concluída em")


class TestOthers:
    def test_their_changes_appear_without_a_key(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        window = opened(open_window(), fault)
        others.act(BRUNO, fault, "encaminhar_n2", "Fica com o N2.")
        window.shows("Bruno Castro fez “Encaminhar ao N2”").shows("Fica com o N2.").shows("d Encaminhar ao P&D")
        window.press_key("i").no_dialog()

    def test_a_stale_act_is_refused_and_keeps_both_texts(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        window = opened(open_window(), fault).press_key("o").dialog("ActDialog").type("Trocar o cabo.")
        others.hand_over(BRUNO, fault, CELIA, "Ela conhece.")
        window.press_key("ctrl+s").shows("Bruno Castro encaminhou às 10:00:00 de 22/04/2026: “Ela conhece.”").shows(
            "Trocar o cabo."
        )
        for size in (NARROW, WIDE, (46, 24), USUAL):
            window.resize(*size).shows("Bruno Castro encaminhou às 10:00:00 de 22/04/2026: “Ela conhece.”")
            assert window.app.screen.query_one(".refusal-text").max_scroll_y == 0, size
        window.press_key("ctrl+s").no_dialog().shows("Apresentar a solução: gravado em")

    def test_a_due_timer_fires_and_is_shown(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        window = opened(open_window(), fault)
        others.clock.now = local(22, 10, 41)
        window.let(window.app.sweep)
        window.shows("sistema avisou que um prazo venceu").shows("  primeira resposta")
        assert [kind for kind, _, _ in others.events(fault)][-2:] == ["prazo_atencao", "prazo_vencido"]

    def test_timers_due_while_no_window_ran_fire_on_opening(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        others.clock.now = local(22, 10, 41)
        fired = ["prazo_atencao", "prazo_vencido"]
        open_window().queue().until(
            lambda: [kind for kind, _, _ in others.events(fault)][-2:] == fired, "the timers fired"
        )


class TestHandingOver:
    def test_a_ticket_is_handed_to_a_person_with_a_reason(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        window = opened(open_window(), fault).press("fila.encaminhar").dialog("ChooseDialog").type("bruno")
        window.press_key("enter").dialog("ReasonDialog").shows("a Bruno Castro: por quê?").press_key("ctrl+s")
        window.shows("Diga por que encaminha").paste("Ele conhece.").press_key("ctrl+s").no_dialog()
        window.shows("encaminhado a Bruno Castro.").shows("responsável: — → Bruno Castro")
        assert others.events(fault)[-1] == ("encaminhado", ANA, "Ele conhece.")

    def test_a_ticket_is_handed_to_a_group_in_the_queue(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = open_window().queue().press("fila.encaminhar").dialog("ChooseDialog").type("recep").press_key("enter")
        window.dialog("ReasonDialog").paste("É da recepção.").press_key("ctrl+s").no_dialog().shows(
            "encaminhado a Recepção"
        )
        assert others.events(tickets["critical"])[-1] == ("encaminhado", ANA, "É da recepção.")


class TestSeverity:
    def test_a_changed_severity_changes_the_clocks(
        self, open_window: OpenWindow, others: SmallDesk, fault: str
    ) -> None:
        window = opened(open_window(size=(130, 40)), fault).press("fila.criticidade").dialog("ChooseDialog")
        window.type("média").press_key("enter").dialog("ReasonDialog").paste("Há contorno.").press_key("ctrl+s")
        window.no_dialog().shows("criticidade: crítica → média").shows("primeira resposta: vence hoje 13:40")
        assert others.events(fault)[-1] == ("criticidade", ANA, "Há contorno.")


class TestDocuments:
    def test_documents_are_checked_until_all_are_received(
        self, open_window: OpenWindow, others: SmallDesk, request_with_documents: str
    ) -> None:
        window = opened(open_window(size=(130, 40)), request_with_documents)
        window.shows("○ RG: falta").shows("identifica quem pede")
        window.press_key("t").shows("faltam documentos: RG, Comprovante de matrícula")
        window.press("atendimento.documentos").dialog("ChooseDialog").press_key("enter").shows("Chegou: cópia em papel")
        window.press_key("enter").shows("RG  recebido (original visto)").shows("Documentos de").press_key("enter")
        window.type("recusado").press_key("enter").dialog("RefuseDialog").paste("Está vencida.").press_key("ctrl+s")
        window.shows("Documentos de").shows("Comprovante de matrícula  recusado: Está vencida.")
        window.press_key("enter").type("papel").press_key("enter").no_dialog()
        window.shows("◐ Comprovante de matrícula: recebido (cópia em papel)")
        window.press_key("t").dialog("ActDialog").shows("Enter confirma").press_key("enter").no_dialog().shows(
            "Entregue"
        )
        assert [text for kind, _, text in others.events(request_with_documents) if kind == "documento"] == [
            "RG: recebido (original visto)",
            "Comprovante de matrícula: Está vencida.",
            "Comprovante de matrícula: recebido (cópia em papel)",
        ]


class TestFields:
    def test_an_action_with_a_choice_and_a_line(self, open_window: OpenWindow, request_with_documents: str) -> None:
        window = opened(open_window(), request_with_documents).press_key("m").dialog("ActDialog").shows("○ balcão")
        window.press_key("ctrl+s").shows("falta preencher “Forma”").press_key("c", "enter").type("24/04/2026")
        window.shows("● correio").press_key("enter").type("liga antes").press_key("enter").no_dialog()
        window.shows("Forma: correio").shows("liga antes")


@pytest.fixture
def deliveries(others: SmallDesk) -> Callable[..., str]:
    """Opens a delivery."""
    path = others.path.with_name("entrega.toml")
    path.write_text(DELIVERY, "utf-8")
    processes.include_file(others.desk, path)
    return partial(others.begin, "entrega")


class TestHiddenFields:
    def test_fields_depend_on_the_answers(self, open_window: OpenWindow, deliveries: Callable[..., str]) -> None:
        protocol = deliveries(produto="cartão")
        window = opened(open_window(size=(120, 40)), protocol).press_key("m").dialog("ActDialog").shows("Forma *")
        window.does_not_show("Endereço").press_key("c").shows("Endereço *").does_not_show("Com seguro?")
        window.press_key("enter").type("Rua [1").shows("Com seguro?").press_key("enter", "s").shows("● sim")
        window.press_key("shift+tab", "shift+tab", "b").does_not_show("Endereço").does_not_show("Com seguro?")
        window.press_key("c").shows("Rua [1").shows("● sim").press_key("ctrl+s").no_dialog()
        window.shows("Endereço: Rua [1").shows("Com seguro?: sim")

    def test_stored_answers_count(self, open_window: OpenWindow, deliveries: Callable[..., str]) -> None:
        urgent = deliveries(produto="boleto", severity=Severity.CRITICAL)
        usual = deliveries(produto="cartão", severity=Severity.LOW)
        window = opened(open_window(), urgent).press_key("m")
        window.dialog("ActDialog").shows("Por que é urgente").press_key("c", "enter").type("Rua 1")
        window.does_not_show("Com seguro?").press_key("escape").no_dialog().press_key("escape").place("QueueScreen")
        window = opened(window, usual).press_key("m")
        window.dialog("ActDialog").does_not_show("Por que é urgente").press_key("c", "enter").type("Rua 1")
        window.shows("Com seguro?")

    def test_a_hidden_answer_is_not_sent(self, open_window: OpenWindow, deliveries: Callable[..., str]) -> None:
        window = opened(open_window(size=(120, 40)), deliveries(produto="cartão")).press_key("m").dialog("ActDialog")
        window.press_key("c", "enter").type("Rua 1").press_key("shift+tab", "b").press_key("ctrl+s").no_dialog()
        window.shows("Forma: balcão").does_not_show("Rua 1")

    def test_a_hidden_answer_is_kept_a_shown_field_is_required_and_pasted_lines_are_joined(
        self, open_window: OpenWindow, deliveries: Callable[..., str]
    ) -> None:
        window = opened(open_window(), deliveries()).press_key("m").dialog("ActDialog").press_key("c", "enter")
        window.type("Rua 1").press_key("shift+tab", "b").does_not_show("Rua 1").press_key("escape").no_dialog()
        window.press_key("m").dialog("ActDialog").shows("● balcão").press_key("c").shows("Rua 1")
        window.press_key("enter", "ctrl+u", "ctrl+s").shows("falta preencher “Endereço”").shows("● correio")
        window.paste("Rua 1\nCasa 2").press_key("enter").no_dialog().shows("Endereço: Rua 1 Casa 2")

    def test_the_next_window_restores_all_answers(
        self, open_window: OpenWindow, others: SmallDesk, deliveries: Callable[..., str]
    ) -> None:
        protocol = deliveries(produto="cartão")
        with Window(others.path, others.clock, actor=ANA) as window:
            opened(window, protocol).press_key("m").dialog("ActDialog").press_key("c", "enter").type("Rua [/] 1")
            window.press_key("enter", "s").shows("● sim").press_key("shift+tab", "shift+tab", "b")
        window = opened(open_window(), protocol).press_key("m").dialog("ActDialog").shows("● balcão")
        window.does_not_show("Endereço").press_key("c").shows("Rua [/] 1").shows("● sim")


class TestFromTheQueue:
    def test_actions_work_in_the_queue(self, open_window: OpenWindow, others: SmallDesk, fault: str) -> None:
        window = open_window().queue().press_key("home")
        window.until(lambda: bool(window.table.cursor_row), "a row")
        while not window.look(lambda: window.table.cursor_row).protocol.endswith(fault.replace(".", "")):  # type: ignore[union-attr]
            window.press_key("j")
        window.press("fila.agir").dialog("ChooseDialog").shows("“Cancelar” é só de supervisão.").type("n2")
        window.press_key("enter").dialog("ActDialog").paste("Segue.").press_key("ctrl+s").no_dialog()
        window.place("QueueScreen").cursor_on(fault).shows("Encaminhar ao N2: gravado em")
        assert others.events(fault)[-1] == ("acao", ANA, "Segue.")

    def test_without_actions_the_key_says_so(self, open_window: OpenWindow) -> None:
        open_window().queue().press("fila.agir").shows("Não há ações da etapa").no_dialog()

"""Acts in the queue: done once, on the seen version of a ticket, without loss of typed text."""

import errno
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from textual.widgets import Input, TextArea

from atendimento_tui import paths
from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.data.engine import DatabaseUnavailable
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, drafts
from atendimento_tui.texts import formats
from tests.driver import LOCK_TIMEOUT_S, Window
from tests.full import some
from tests.screens.conftest import NARROW, OpenWindow, become
from tests.small_desk import ANA, BRUNO, CELIA, SmallDesk, local


class TestClaim:
    def test_one_key_is_enough(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        desk.queue().press("fila.assumir").shows(f"Você assumiu 326305.2026{tickets['critical']}.")
        desk.shows("Responsável: Ana Lima").shows("1 Minha 3")
        assert others.events(tickets["critical"])[-1] == ("assumido", ANA, "")

    def test_a_claim_that_is_too_late_is_refused_with_a_sentence(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk.app.place, "desk_changed", lambda _changes: None)  # the change is not received yet
        others.claim(BRUNO, tickets["critical"])
        desk.press("fila.assumir").shows("mudou enquanto você o via: Bruno Castro assumiu às 10:00:00")
        desk.shows("Nada foi alterado.")
        assert [kind for kind, _, _ in others.events(tickets["critical"])] == ["aberto", "assumido"]

    def test_it_is_dim_on_an_own_ticket_and_refused_on_that_of_another(
        self, desk: Window, tickets: dict[str, str]
    ) -> None:
        free = desk.style_of("Assumir")
        desk.press_key("j", "j", "j").cursor_on(tickets["warning"])
        assert desk.style_of("Assumir") != free
        desk.press("fila.assumir").shows("Este atendimento já é seu.")
        desk.press_key("j", "j").cursor_on(tickets["calm"])
        desk.press("fila.assumir").shows("Bruno Castro já assumiu este atendimento.")


class TestNext:
    def test_it_claims_the_first_free_ticket_and_moves_the_cursor(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press_key("end").cursor_on(tickets["timeless"])
        desk.press("fila.proximo").shows(f"Você assumiu 326305.2026{tickets['critical']}.")
        desk.cursor_on(tickets["critical"])
        assert others.events(tickets["critical"])[-1] == ("assumido", ANA, "")
        desk.press_key("equals_sign").shows(f"Você assumiu 326305.2026{tickets['late']}.").cursor_on(tickets["late"])

    def test_it_claims_only_shown_tickets(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("fila.aba_2").press("fila.proximo").shows(f"Você assumiu 326305.2026{tickets['late']}.")
        desk.press("fila.aba_1").press("fila.proximo").shows("Não há atendimento livre nesta lista")

    def test_it_asks_for_the_person_first(self, open_window: OpenWindow, tickets: dict[str, str]) -> None:
        window = open_window(actor=None).queue().press("fila.proximo").dialog("ChooseDialog").type("bruno")
        window.press_key("enter").no_dialog().shows(f"Você assumiu 326305.2026{tickets['critical']}.")


class TestDisabled:
    def test_its_key_shows_the_reason(self, desk: Window, tickets: dict[str, str]) -> None:
        for ticket, action, reason in (
            ("paused", "fila.pausar", "Já está pausado: use r para retomar."),
            ("late", "fila.retomar", "Não está pausado: o prazo já está correndo."),
            ("validation", "fila.pausar", "Aguarda a validação do cliente."),
            ("timeless", "fila.explicar", "Este atendimento não tem prazo."),
        ):
            desk.press_key("home", *["j"] * list(tickets).index(ticket)).cursor_on(tickets[ticket])
            desk.press(action).shows(reason).no_dialog().forget_toasts()

    def test_the_footer_dims_actions_not_possible_on_the_row_and_without_one_none_is(
        self, desk: Window, tickets: dict[str, str]
    ) -> None:
        possible = desk.style_of(" Comentar").color
        assert desk.style_of(" Pausar").color == possible
        assert desk.style_of(" Retomar").color != possible
        desk.press_key("j").cursor_on(tickets["paused"])
        assert desk.style_of(" Pausar").color != possible
        assert desk.style_of(" Retomar").color == possible
        desk.press("fila.filtrar").type("xyzw").press_key("enter").shows("Nada com essas palavras.")
        desk.press("fila.assumir").shows("Não há atendimento na linha do cursor.")


class TestComment:
    def test_lines_with_accents_and_a_paste_are_stored_unchanged_and_an_empty_one_is_refused(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.comentar").press_key("ctrl+s").shows("O comentário está vazio.").dialog("CommentDialog")
        desk.type("Ligação às 10h: não há café").press_key("enter")
        desk.type("[/b] segue").press_key("ctrl+s").shows("Comentário gravado").no_dialog()
        assert others.events(tickets["critical"])[-1][2] == "Ligação às 10h: não há café\n[/b] segue"
        desk.press("fila.comentar").dialog("CommentDialog").type("ok").press_key("tab", "enter").no_dialog()
        assert others.events(tickets["critical"])[-1] == ("comentado", ANA, "ok")
        desk.press("fila.comentar").dialog("CommentDialog").paste("um\ndois [red]\n").press_key("ctrl+s").no_dialog()
        assert others.events(tickets["critical"])[-1][2] == "um\ndois [red]"

    def test_a_comment_is_accepted_on_a_changed_ticket_saved_twice_it_is_written_once_and_leaves_no_draft(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.comentar").dialog("CommentDialog").type("liguei")
        others.claim(BRUNO, tickets["critical"])
        desk.press_key("ctrl+s").shows("Comentário gravado")
        assert [kind for kind, _, _ in others.events(tickets["critical"])] == ["aberto", "assumido", "comentado"]
        desk.no_dialog().press("fila.comentar").dialog("CommentDialog").type("uma vez")
        desk.press_at_once("ctrl+s", "ctrl+s", "ctrl+s").no_dialog()
        assert [text for _, _, text in others.events(tickets["critical"])[-2:]] == ["liguei", "uma vez"]
        desk.shows("Ana Lima comentou: uma vez").press("fila.comentar").dialog("CommentDialog")
        assert not [line for line in desk.lines() if "│ uma vez" in line]

    def test_escape_keeps_the_draft_of_each_ticket(self, desk: Window) -> None:
        desk.press("fila.comentar").dialog("CommentDialog").type("meio pensamento").press_key("escape").no_dialog()
        desk.press_key("j").press("fila.comentar").dialog("CommentDialog").does_not_show("meio pensamento")
        desk.press_key("escape").no_dialog().press_key("k").press("fila.comentar").shows("meio pensamento")
        desk.type(" inteiro").shows("meio pensamento inteiro")


def on_disk() -> list[dict[str, str]]:
    """The saved draft, by field."""
    return [json.loads(path.read_text("utf-8"))["words"] for path in sorted(paths.drafts_folder().rglob("*.words"))]


def kept(window: Window, *texts: str) -> Window:
    """Wait until exactly this text is saved as a draft."""
    return window.until(lambda: sorted(each[""] for each in on_disk()) == sorted(texts), f"{texts} are kept")


@contextmanager
def answers_get_lost() -> Iterator[None]:
    """Let acts be written without returning a result."""

    def but_lost(act: Callable[..., ActDone]) -> Callable[..., ActDone]:
        def done(*given: Any, **named: Any) -> ActDone:
            act(*given, **named)
            raise DatabaseUnavailable("banco_ocupado", seconds=10)

        return done

    with (
        patch.object(acts, "comment", but_lost(acts.comment)),
        patch.object(acts, "hand_over", but_lost(acts.hand_over)),
    ):
        yield


class BlockedFunction:
    """A function that blocks until it is released.

    Args:
        function: The function.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._free = threading.Event()

    def __call__(self, *given: Any) -> Any:
        assert self._free.wait(LOCK_TIMEOUT_S)
        return self._function(*given)

    def release(self) -> None:
        self._free.set()


class TestDrafts:
    """Input is saved as a draft, which the next window restores."""

    def test_input_is_saved_while_typing(self, desk: Window) -> None:
        desk.press("fila.comentar").dialog("CommentDialog").type("João [/] ação").press_key("enter").type("çã 👍")
        kept(desk, "João [/] ação\nçã 👍")

    def test_the_next_window_restores_them(self, open_window: OpenWindow, others: SmallDesk) -> None:
        with Window(others.path, others.clock, actor=ANA) as window:
            window.queue().press("fila.comentar").dialog("CommentDialog").type("meio [/").press_key("enter").type("ção")
        assert on_disk() == [{"": "meio [/\nção"}]
        window = open_window().queue().press("fila.comentar").dialog("CommentDialog").shows("meio [/").type(" inteira")
        kept(window, "meio [/\nção inteira").press_key("ctrl+s").no_dialog()
        window.until(lambda: on_disk() == [], "no draft is left")
        assert others.events(others_first(window))[-1][2] == "meio [/\nção inteira"

    def test_an_open_window_restores_them(self, open_window: OpenWindow, others: SmallDesk) -> None:
        window = open_window().queue()
        with Window(others.path, others.clock, actor=ANA) as other:
            other.queue().press("fila.pausar").dialog("PauseDialog").type("peça").press_key("escape").no_dialog()
            window.press("fila.pausar").dialog("PauseDialog").does_not_show("peça").press_key("escape").no_dialog()
        window.press("fila.pausar").dialog("PauseDialog").shows("peça").type(" nova").press_key("enter").no_dialog()
        assert others.events(others_first(window))[-1] == ("pausado", ANA, "peça nova")

    def test_input_typed_before_a_draft_is_found_comes_after_it(
        self, open_window: OpenWindow, others: SmallDesk
    ) -> None:
        with Window(others.path, others.clock, actor=ANA) as window:
            window.queue().press("fila.pausar").dialog("PauseDialog").type("peça")
        look = BlockedFunction(drafts.find_unsent)
        with patch.object(drafts, "find_unsent", look):
            window = open_window().queue()
            window.press_at_once("s").until(lambda: bool(window.app.screen.query("_Reason")), "the dialog is there")
            window.press_at_once(" ", "n").until(lambda: "n" in value(window), "it is typed")
            look.release()
            window.until(lambda: value(window) == "peça n", "both texts are there")

    def test_deleted_input_leaves_no_draft(self, desk: Window) -> None:
        kept(desk.press("fila.pausar").dialog("PauseDialog").type("a"), "a").press_key("backspace")
        desk.until(lambda: on_disk() == [], "nothing is kept")
        kept(desk.type("b"), "b").press_key("backspace", "escape").no_dialog()
        desk.until(lambda: not list(paths.drafts_folder().rglob("*.lock")), "nothing is left")
        desk.press("fila.pausar").dialog("PauseDialog").shows("Motivo da pausa")

    def test_two_windows_keep_separate_drafts(self, open_window: OpenWindow, others: SmallDesk) -> None:
        with (
            Window(others.path, others.clock, actor=ANA) as one,
            Window(others.path, others.clock, actor=ANA) as other,
        ):
            one.queue().press("fila.comentar").dialog("CommentDialog").type("um")
            other.queue().press("fila.comentar").dialog("CommentDialog").type("dois")
            kept(one, "um")
            kept(other, "um", "dois")
        window = open_window().queue()
        for _ in range(2):
            window.press("fila.comentar").dialog("CommentDialog")
            window.until(lambda: bool(area(window).text), "words are offered").press_key("ctrl+s").no_dialog()
        comments = [text for kind, _, text in others.events(others_first(window)) if kind == "comentado"]
        assert sorted(comments) == ["dois", "um"]

    def test_a_failing_disk_is_reported_once(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "rascunho")

        with patch.object(drafts, "write_again", full):
            desk.press("fila.comentar").dialog("CommentDialog").type("um").shows("não pôde ser guardado em disco")
            desk.forget_toasts().type(" dois").press_key("escape").no_dialog()
            desk.press("fila.comentar").dialog("CommentDialog").shows("um dois").type(" três")
            desk.does_not_show("não pôde").press_key("ctrl+s").no_dialog()
        assert others.events(tickets["critical"])[-1] == ("comentado", ANA, "um dois três")

    def test_an_act_sent_again_after_a_lost_answer_is_written_once(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        with answers_get_lost():
            desk.press("fila.comentar").dialog("CommentDialog").paste("uma vez").press_key("ctrl+s").shows("ocupado")
            desk.press_key("ctrl+s").rest()
        assert [kind for kind, _, _ in others.events(tickets["critical"])] == ["aberto", "comentado"]

    def test_a_changed_text_after_a_lost_answer_is_another_act(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        with answers_get_lost():
            desk.press("fila.comentar").dialog("CommentDialog").type("uma").press_key("ctrl+s").shows("ocupado")
            desk.paste(" e outra").press_key("ctrl+s").rest()
        assert [text for _, _, text in others.events(tickets["critical"])] == ["", "uma", "uma e outra"]

    def test_the_same_text_for_another_target_is_another_act(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        with answers_get_lost():
            for name in ("bruno", "recep"):
                desk.press("fila.encaminhar").dialog("ChooseDialog").type(name).press_key("enter").dialog(
                    "ReasonDialog"
                )
                desk.type("." if name == "bruno" else "").press_key("ctrl+s").shows("ocupado")
                desk.press_key("escape").no_dialog().rest()
        written = [(kind, text) for kind, _, text in others.events(tickets["critical"])]
        assert written[1:] == [("encaminhado", "."), ("encaminhado", ".")]

    def test_a_draft_of_a_written_act_is_not_restored(
        self,
        open_window: OpenWindow,
        others: SmallDesk,
        tickets: dict[str, str],
    ) -> None:
        with answers_get_lost(), Window(others.path, others.clock, actor=ANA) as window:
            window.queue().press("fila.comentar").dialog("CommentDialog").type("dito").press_key("ctrl+s")
            window.shows("ocupado")
        assert on_disk() == [{"": "dito"}]
        window = open_window().queue().press("fila.comentar").dialog("CommentDialog").rest()
        window.until(lambda: on_disk() == [], "it is known as written")
        assert area(window).text == ""
        window.type("dito").press_key("ctrl+s").no_dialog()
        assert [text for _, _, text in others.events(tickets["critical"])] == ["", "dito", "dito"]


def others_first(window: Window) -> str:
    """The protocol of the row under the cursor."""
    row = window.look(lambda: window.table.cursor_row)
    assert row
    return row.protocol


def area(window: Window) -> TextArea:
    return window.app.screen.query_one(TextArea)


def value(window: Window) -> str:
    return window.app.screen.query_one(Input).value


class TestPause:
    def test_a_reason_can_be_typed(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").paste("Aguardando a peça").press_key("enter")
        desk.shows("pausado: o prazo não corre até retomar.").no_dialog()
        assert others.events(tickets["critical"])[-1] == ("pausado", ANA, "Aguardando a peça")
        desk.until(lambda: desk.rows()[0].startswith("!! ‖"), "the row says so")

    def test_a_reason_can_be_chosen(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").press_key("down", "down", "enter").no_dialog()
        assert others.events(tickets["critical"])[-1] == ("pausado", ANA, "Aguardando documentos")

    def test_the_arrows_go_from_the_field_to_the_reasons_and_back(self, desk: Window) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").press_key("down", "up").type("outro").shows("outro")

    def test_a_pause_without_a_reason_is_refused(self, desk: Window) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").press_key("enter").shows("Diga o motivo da pausa")

    def test_one_key_resumes_the_ticket(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        desk.press_key("j").cursor_on(tickets["paused"]).press("fila.retomar").shows(
            "retomado: o prazo voltou a correr"
        )
        assert others.events(tickets["paused"])[-1] == ("retomado", ANA, "")

    def test_a_stale_pause_is_refused_once_and_keeps_its_text(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").paste("Aguardando a peça")
        others.comment(BRUNO, tickets["critical"], "Eu vou lá.")
        desk.press_key("enter").shows("mudou enquanto você o via: Bruno Castro comentou").shows("Aguardando a peça")
        assert others.events(tickets["critical"])[-1][0] == "comentado"
        desk.press_key("enter").no_dialog().shows("pausado: o prazo não corre")

    def test_a_second_change_refuses_the_pause_again(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").paste("Aguardando a peça")
        others.comment(BRUNO, tickets["critical"], "Eu vou lá.")
        desk.press_key("enter").shows("“Eu vou lá.”")
        others.comment(BRUNO, tickets["critical"], "Já cheguei.")
        desk.rest().press_key("enter").shows("“Já cheguei.”").press_key("enter").no_dialog()
        assert [kind for kind, _, _ in others.events(tickets["critical"])][-1] == "pausado"

    def test_another_refusal_does_not_update_the_seen_version(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").press_key("enter").shows("Diga o motivo da pausa")
        others.comment(BRUNO, tickets["critical"], "Eu vou lá.")
        desk.rest().paste("Aguardando a peça").press_key("enter").shows("“Eu vou lá.”")


@pytest.mark.parametrize("size", some([(80, 24), (120, 40), NARROW], 2))
class TestLongTextsOfTwoPeople:
    """Both texts can be read completely."""

    @pytest.fixture
    def long_text(self) -> str:
        return "\n".join(f"Linha {n}: o cliente disse que o cabo foi trocado e a tela ficou preta." for n in range(30))

    @pytest.fixture
    def refused(self, open_window: OpenWindow, others: SmallDesk, size: tuple[int, int], long_text: str) -> Window:
        """Ana hands a ticket over with a long reason after Bruno did, with another one."""
        others.begin("duvida", severity=Severity.CRITICAL, pergunta="Como?", produto="Prontuário")
        window = open_window(size=size).queue().press("fila.encaminhar").dialog("ChooseDialog").type("recep")
        window.press_key("enter").dialog("ReasonDialog").paste("\n".join(f"Minha linha {n}" for n in range(20)))
        protocol = window.table.cursor_row
        assert protocol
        others.hand_over(BRUNO, formats.protocol_short(protocol.protocol, 2026), CELIA, long_text)
        return window.press_key("ctrl+s").shows("mudou enquanto você o via")

    def test_the_own_text_stays_and_the_other_can_be_scrolled(self, refused: Window) -> None:
        refused.shows("Minha linha 19").shows("“Linha 0:").shows("Tab até o aviso").does_not_show("␊")
        refused.press_key("tab", "tab", "end").shows("Linha 29:").shows("repita se ainda")
        refused.shows("Minha linha 19").press_key("home").shows("mudou enquanto você o via")
        refused.press_key("shift+tab", "shift+tab", *["pageup"] * 6).shows("Minha linha 0")

    def test_a_repeated_act_is_written(self, refused: Window) -> None:
        refused.press_key("ctrl+s").no_dialog().shows("encaminhado a Recepção")


class TestClosingWhileRunning:
    def test_the_result_of_a_running_act_is_shown(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").paste("Aguardando a peça")
        with others.write_lock_held():
            desk.press_at_once("enter").press_at_once("escape").no_dialog()
        desk.shows("pausado: o prazo não corre").press_key("k")
        assert others.events(tickets["critical"])[-1][0] == "pausado"
        desk.press("fila.retomar").shows("retomado").press("fila.pausar").dialog("PauseDialog").shows("Motivo da pausa")

    def test_a_refusal_is_shown_and_the_draft_stays(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press("fila.pausar").dialog("PauseDialog").paste("Aguardando a peça")
        others.comment(BRUNO, tickets["critical"], "Eu vou lá.")
        with others.write_lock_held():
            desk.press_at_once("enter").press_at_once("escape").no_dialog()
        desk.shows("mudou enquanto você o via: Bruno Castro comentou")
        desk.press("fila.pausar").dialog("PauseDialog").shows("Aguardando a peça")


class TestExplain:
    def test_the_ledger_names_the_holiday_and_the_pause(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press_key("j", "j", "j", "j").cursor_on(tickets["resumed"]).press("fila.explicar").dialog("ExplainDialog")
        desk.shows("feriado: Tiradentes").shows("pausado: Aguardando documentos").shows("fora do expediente")
        desk.shows("Prazo de 16h00 (horas úteis), no calendário “Expediente”.")

    def test_its_sum_equals_the_target(self, desk: Window) -> None:
        desk.press("fila.explicar").shows("Por que 326305.20260422.000001 vence hoje 13:10?")
        desk.shows("Contado: 4h00. Resta: 3h10 (no prazo).")

    def test_escape_closes(self, desk: Window) -> None:
        desk.press("fila.explicar").dialog("ExplainDialog").press_key("escape").no_dialog()


class TestPerson:
    def test_the_first_act_asks_for_the_person(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = open_window(actor=None).queue().shows("ninguém escolhido").press("fila.assumir")
        window.dialog("ChooseDialog").shows("Quem está nesta janela?").type("celia").press_key("enter")
        window.shows("Você assumiu").shows("Célia Prado (supervisão)")
        assert others.events(tickets["critical"])[-1][1] == "Célia Prado"

    def test_an_act_without_a_person_is_refused_and_keeps_its_text(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = open_window(actor=None).queue().press("fila.comentar").dialog("CommentDialog").type("texto")
        window.press_key("ctrl+s").dialog("ChooseDialog").press_key("escape").dialog("CommentDialog")
        window.shows("Diga quem está agindo").shows("texto")
        window.press_key("ctrl+s").dialog("ChooseDialog").press_key("enter").shows("Comentário gravado")
        assert others.events(tickets["critical"])[-1] == ("comentado", ANA, "texto")

    def test_another_person_sees_other_tickets_and_neither_filter_nor_draft_of_the_former(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        kept(desk.press("fila.comentar").dialog("CommentDialog").type("de Ana"), "de Ana").press_key("escape")
        desk.no_dialog().press("fila.filtrar").type("zz").shows("Nada").press_key("escape")
        become(desk, "bruno").shows("1 Minha 1").shows("Bruno Castro (atendimento)").cursor_on(tickets["critical"])
        desk.press("fila.comentar").dialog("CommentDialog").rest()
        assert not area(desk).text
        desk.type("de Bruno").press_key("ctrl+s").no_dialog()
        assert others.events(tickets["critical"])[-1] == ("comentado", BRUNO, "de Bruno")
        assert on_disk() == [{"": "de Ana"}]
        become(desk, "ana").press("fila.comentar").dialog("CommentDialog").shows("de Ana")

    def test_a_search_without_result_says_so(self, desk: Window) -> None:
        desk.press("geral.pessoa").dialog("ChooseDialog").type("zz").shows("Nada com esse nome.").press_key("enter")
        desk.dialog("ChooseDialog")

    def test_the_only_person_need_not_be_chosen(self, open_window: OpenWindow, others: SmallDesk) -> None:
        path = others.path.with_name("alone.db")
        SmallDesk.make(path, others.clock, people={"Zoé": "supervisor"}).close()
        open_window(path, actor=None).queue().shows("Zoé (supervisão)").shows("A fila está vazia.")


class TestCopy:
    def test_the_protocol_is_copied_as_digits(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("fila.copiar").shows("enviado à área de transferência")
        assert desk.app.clipboard == "3263052026" + tickets["critical"].replace(".", "")


def test_acts_use_the_clock_of_the_window(desk: Window) -> None:
    desk.clock.set(local(22, 11, 30))
    desk.press("fila.assumir").shows("Você assumiu").shows("22/04/2026 11:30:00")

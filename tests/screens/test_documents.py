"""The place of documents, and documents and files in an open ticket."""

from pathlib import Path

import pytest
from PIL import Image

from atendimento_tui import paths
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import documents, processes
from tests.driver import Window
from tests.screens.conftest import BlockService, OpenWindow
from tests.screens.test_people import people
from tests.screens.test_ticket import DOCUMENTS
from tests.small_desk import ANA, SmallDesk

HOSTILE = "Rui [b]da Silva[/] d'Ávila"


@pytest.fixture
def waiting(others: SmallDesk) -> list[str]:
    """Two tickets that wait for the same documents."""
    path = others.path.with_name("maioridade.toml")
    path.write_text(DOCUMENTS, "utf-8")
    processes.include_file(others.desk, path)
    names = (HOSTILE, "Ana Beltrão")
    return [others.begin("maioridade", severity=Severity.CRITICAL, requester=name) for name in names]


def at_documents(window: Window) -> Window:
    return window.queue().press_key("f5").place("DocumentsScreen").shows("RG")


def test_all_tickets_that_wait_are_listed(open_window: OpenWindow, waiting: list[str]) -> None:
    window = at_documents(open_window(size=(120, 40)))
    window.shows("○ RG: falta")  # in the panel, which is laid out after the list is there
    for width, height in ((120, 40), (80, 24), (60, 20)):
        window.resize(width, height).shows("Rui [b]da").shows("1 O que falta 2")
        window.snapshot(f"documents-{width}x{height}")
    assert len(waiting) == 2


def test_from_the_list_to_the_ticket_what_arrived_and_back(
    open_window: OpenWindow, waiting: list[str], tmp_path: Path, block_service: BlockService
) -> None:
    (tmp_path / "rg do Rui.pdf").write_bytes(b"%PDF-1.4\n")
    lists = block_service(documents, "waiting")
    window = open_window(size=(120, 40)).queue().press_at_once("f5", "enter", "k")
    window.until(lambda: lists.calls > 0, "the list is being read")
    lists.release()  # what is typed before it is there waits for it, and then for the ticket
    window.place("TicketScreen").shows("○ RG: falta").dialog("ChooseDialog")
    window.press_key("enter").type("arquivo").press_key("enter").shows("Qual arquivo é “RG”?").press_key("enter")
    window.dialog("PathDialog").type(f"{tmp_path}/rg").shows("rg do Rui.pdf").press_key("enter")
    window.shows("1 rg do Rui.pdf").press_key("enter").shows("RG  recebido (arquivo)").press_key("escape").no_dialog()
    window.shows("anexo 1: rg do Rui.pdf").press_key("escape").place("DocumentsScreen")
    window.press_key("2").shows("A conferir 1").shows("◐ RG").press_key("enter").place("TicketScreen")
    window.press_key("k").type("RG").press_key("enter").shows("Aceito: está certo").press_key("enter")
    window.shows("RG  aceito (arquivo)").press_key("escape").no_dialog().press_key("escape").place("DocumentsScreen")
    window.shows("Nenhum documento recebido está por conferir.").press_key("1").shows("O que falta 2")
    assert waiting


def test_the_list_is_filtered_and_put_in_another_order(open_window: OpenWindow, waiting: list[str]) -> None:
    window = at_documents(open_window(size=(120, 40))).shows("há mais tempo primeiro")
    window.press_key("o").shows("por pessoa").press_key("slash").type("davila").rest()
    window.shows("Rui [b]da").does_not_show("Ana Beltrão").press_key("enter", "escape").shows("Ana Beltrão")
    window.press_key("slash").type("zzz").shows("Nada com essas palavras.")
    assert waiting


def test_another_person_does_not_get_the_filter(open_window: OpenWindow, waiting: list[str]) -> None:
    window = at_documents(open_window(actor=ANA, size=(120, 40))).press_key("slash").type("davila").press_key("enter")
    window.does_not_show("Ana Beltrão").press("geral.pessoa").dialog("ChooseDialog").type("celia").press_key("enter")
    window.no_dialog().shows("Ana Beltrão").shows("Rui [b]da")
    assert waiting
    people(window).press_key("slash").type("bruno").press_key("enter").does_not_show("Ana Lima")
    window.press("geral.pessoa").dialog("ChooseDialog").type("bruno").press_key("enter").no_dialog().shows("Ana Lima")
    assert window.app.focused is window.app.place.table  # type: ignore[attr-defined]


def test_a_desk_without_documents_says_what_appears_here(open_window: OpenWindow) -> None:
    window = open_window(size=(80, 24)).queue().press_key("g").press_key("d").place("DocumentsScreen")
    window.shows("Nenhum atendimento espera documentos.")


def test_a_file_is_attached_by_its_key_and_saved(
    open_window: OpenWindow, others: SmallDesk, waiting: list[str], tmp_path: Path
) -> None:
    (tmp_path / "[b]nota.txt").write_text("olá")
    window = at_documents(open_window(size=(80, 24))).press_key("enter").place("TicketScreen").shows("Documentos")
    window.press_key("plus").dialog("PathDialog").shows("Tab completa").type(f"{tmp_path}/").press_key("tab")
    window.press_key("enter").no_dialog().shows("Anexado: [b]nota.txt.")
    window.press_key("plus").dialog("ChooseDialog").shows("1 [b]nota.txt").type("nota").press_key("enter")
    window.shows("Abrir").type("salvar").press_key("enter").no_dialog().shows("Salvo em")
    [saved] = paths.saved_folder().iterdir()  # the toast breaks a long path anywhere
    assert (saved.name, saved.read_text()) == ("[b]nota.txt", "olá")
    assert others.events(waiting[0])[-1][2] == "[b]nota.txt"


def test_an_attached_file_is_shown_in_the_terminal(open_window: OpenWindow, waiting: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("olá [red]mundo[/red]\x1b[2J fim")
    Image.new("RGB", (4, 4), (255, 0, 0)).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_bytes((tmp_path / "b.png").read_bytes()[:50])
    window = at_documents(open_window(size=(80, 24))).press_key("enter").place("TicketScreen").shows("Documentos")
    for name in ("a.txt", "b.png", "c.png"):
        window.press_key("plus").rest()
        if name != "a.txt":
            window.dialog("ChooseDialog").press_key("enter")
        window.dialog("PathDialog").type(f"{tmp_path}/{name}").press_key("enter").no_dialog().shows(f"Anexado: {name}")
    for name, shown in (("a.txt", "olá [red]mundo[/red]"), ("b.png", "▀▀▀▀")):
        window.press_key("plus").dialog("ChooseDialog").type(name).press_key("enter").shows("Ver aqui")
        window.press_key("enter").dialog("ReadingDialog").shows(shown).press_key("escape").no_dialog()
    window.press_key("plus").dialog("ChooseDialog").type("c.png").press_key("enter").shows("Ver aqui")
    window.press_key("enter").shows("não pode ser mostrado aqui")
    assert waiting


def test_what_is_missing_is_copied_as_a_message(
    open_window: OpenWindow, waiting: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at_documents(open_window(size=(120, 40))).press_key("enter").place("TicketScreen").shows("○ RG: falta")
    copied: list[str] = []
    monkeypatch.setattr(window.app, "copy_to_clipboard", copied.append)
    window.press_key("k").type("copiar a mensagem").press_key("enter").no_dialog().shows("enviada à área")
    [text] = copied
    assert text.startswith(f"Olá, {HOSTILE}! Sobre o protocolo ")
    assert text.endswith("- RG (identifica quem pede)\n- Comprovante de matrícula")
    assert waiting

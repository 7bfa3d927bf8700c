"""The place of remittances: what it shows, what can be done there, and what the open ticket tells."""

from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui import paths
from atendimento_tui.config import Settings
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, processes, remittances
from tests.driver import Window
from tests.full import some
from tests.living import rows
from tests.screens.conftest import NARROW, USUAL, OpenWindow, no_harm
from tests.services.test_register import BEFORE, COLUMNS, workbook
from tests.services.test_register import SERVICE as REGISTERS
from tests.small_desk import ANA, BRUNO, CELIA, SUPPORT, TODAY, Clock, SmallDesk

TRAVELS = """
chave = "carteirinha"
nome = "Segunda carteirinha"
[[documentos]]
chave = "rg"
nome = "RG [b]frente[/]"
[[documentos]]
chave = "foto"
nome = "Fotografia"
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "levar"
rotulo = "Levar"
texto = "nenhum"
exige = [{ checklist = "completa" }]
faz = { ir = "setor", remete = "Suporte N1" }
[[etapas]]
chave = "setor"
nome = "No setor"
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""

SIZES = [(120, 40), USUAL, NARROW]


def carried(others: SmallDesk) -> str:
    """A ticket whose two documents are in the open remittance."""
    ticket = others.begin("carteirinha", severity=Severity.CRITICAL, requester="Rui")
    for document in ("rg", "foto"):
        acts.check_document(others.desk, others._order(ANA, ticket), document, "recebido")  # noqa: SLF001
    others.act(ANA, ticket, "levar")
    return ticket


@pytest.fixture
def travelling(others: SmallDesk) -> str:
    """A ticket whose documents are on the way; those of another one are in the open remittance."""
    path = others.path.with_name("carteirinha.toml")
    path.write_text(TRAVELS, "utf-8")
    processes.include_file(others.desk, path)
    ticket = carried(others)
    remittances.close(others.desk, SUPPORT, others.clock())
    carried(others)
    return ticket


def at_remittances(window: Window) -> Window:
    return window.queue().press("ir.escolher").press_key("r").place("RemittancesScreen")


def states(others: SmallDesk) -> list[tuple[str, str, str, str]]:
    query = "SELECT document, state, reason, said_by FROM remittance_item ORDER BY id"
    return [tuple(row) for row in rows(others.desk, query)]


@pytest.mark.usefixtures("travelling")
def test_it_looks_like_this_and_fits(open_window: OpenWindow) -> None:
    window = at_remittances(open_window(size=SIZES[0])).shows("2 na remessa · 2 a caminho").press_key("j").rest()
    for width, height in SIZES:
        window.resize(width, height).shows("1/2026").shows("RG [b]").snapshot(f"remittances-{width}x{height}")
        no_harm(window)


def test_an_empty_list_says_how_documents_come_here(open_window: OpenWindow) -> None:
    window = at_remittances(open_window(size=NARROW)).shows("Nenhuma remessa aberta nem a caminho.")
    window.shows("é levado ao setor").press_key("f").shows("Não há remessa na linha do cursor.")


def test_the_open_remittance_is_closed_and_its_list_saved(
    open_window: OpenWindow, travelling: str, others: SmallDesk, tmp_path: Path
) -> None:
    folder = tmp_path / "papeis"
    window = at_remittances(open_window(size=(120, 40), settings=Settings(papers_folder=folder))).shows("próxima")
    window.press_key("f").dialog("ChooseDialog").shows("Fechar a remessa a Suporte N1?").press_key("escape")
    window.no_dialog()
    assert [state for _, state, *_ in states(others)] == ["a_caminho"] * 2 + ["na_remessa"] * 2
    window.press_key("f").dialog("ChooseDialog").type("gravar").press_key("enter").no_dialog()
    window.shows("0 na remessa · 4 a caminho").shows("Remessa 2/2026 a Suporte N1 fechada").shows("Lista gravada")
    [file] = folder.iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    window.press_key("f").shows("já está fechada").press_key("i").dialog("ChooseDialog").type("gravar")
    window.press_key("enter").no_dialog().rest()
    assert len([*folder.iterdir()]) == 2
    assert travelling


def test_the_department_takes_one_document_and_refuses_another(
    open_window: OpenWindow, travelling: str, others: SmallDesk
) -> None:
    window = at_remittances(open_window(size=(120, 40))).press_key("r").shows("não está a caminho")
    window.press_key("j").press_key("enter").press_key("r").dialog("KeepDialog").press_key("ctrl+s")
    window.shows("Você não é de “Suporte N1”").paste("Marta, por telefone").press_key("ctrl+s").no_dialog()
    window.shows("recebido.").press_key("j").press_key("x").dialog("KeepDialog").press_key("ctrl+s")
    window.shows("Diga por que “Fotografia” foi recusado").type("Está [b]escura").press_key("enter")
    window.paste("Marta, por telefone").press_key("ctrl+s").no_dialog().shows("Fotografia de")
    assert states(others)[:2] == [
        ("rg", "recebido", "", "Marta, por telefone"),
        ("foto", "recusado", "Está [b]escura", "Marta, por telefone"),
    ]
    window.does_not_show("1/2026").press_key("t").shows("respondida")
    assert travelling


def test_a_member_of_the_department_need_not_say_who(
    open_window: OpenWindow, travelling: str, others: SmallDesk
) -> None:
    window = at_remittances(open_window(actor=BRUNO, size=(120, 40))).press_key("j").press_key("tab")
    window.press_key("r").dialog("KeepDialog").press_key("ctrl+s").no_dialog()
    assert states(others)[0] == ("rg", "recebido", "", "")
    assert travelling


def test_the_ticket_is_opened_from_its_document_and_tells_where_it_is(open_window: OpenWindow, travelling: str) -> None:
    window = at_remittances(open_window(size=(120, 40))).press_key("j").press_key("enter", "enter")
    window.place("TicketScreen").shows("remessa 1/2026 a Suporte N1: a caminho").press_key("escape")
    window.place("RemittancesScreen")
    assert travelling


@pytest.fixture
def book(others: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook that the settings name, and a protocol that it lacks."""
    file = workbook(tmp_path / "Registro [b].xlsx", *BEFORE).file
    settings = tmp_path / "config.toml"
    columns = ", ".join(f'{letter} = "{fact}"' for letter, fact in COLUMNS.items())
    settings.write_text(f"[registro]\narquivo = '{file}'\ncolunas = {{ {columns} }}", "utf-8")
    monkeypatch.setattr(paths, "settings_file", lambda: settings)
    path = others.path.with_name("entrega.toml")
    path.write_text(REGISTERS, "utf-8")
    processes.include_file(others.desk, path, make_groups=True)
    others.begin("entrega", severity=Severity.LOW, requester="Rui")
    return file


@pytest.mark.parametrize("size", some(SIZES, 1))
def test_the_register_is_written_by_a_key_once_it_was_said_what(
    open_window: OpenWindow, book: Path, size: tuple[int, int]
) -> None:
    window = at_remittances(open_window(actor=CELIA, size=size))
    window.press_key("e").dialog("ChooseDialog").shows("Seria escrito 1 protocolo").press_key("escape").no_dialog()
    before = book.read_bytes()
    window.press_key("e").dialog("ChooseDialog").press_key("down", "enter").no_dialog().shows("É o nº 42")
    assert book.read_bytes() != before
    window.forget_toasts()
    window.press_key("e").shows("Nenhum protocolo novo").no_dialog()


def test_an_open_workbook_is_said_and_the_protocol_waits(open_window: OpenWindow, book: Path) -> None:
    mark = book.with_name(f"~${book.name}")
    mark.touch()
    window = at_remittances(open_window(actor=CELIA))
    window.press_key("e").shows("está aberta em outro programa").no_dialog()
    mark.unlink()
    window.press_key("e").dialog("ChooseDialog").shows("Seria escrito 1 protocolo")


def test_a_window_writes_the_register_once_a_day_and_tells_a_failure_once(
    open_window: OpenWindow, book: Path, clock: Clock
) -> None:
    window = open_window(actor=ANA).queue()
    before = book.read_bytes()
    window.let(window.app.register_if_due)
    assert book.read_bytes() == before
    clock.set(TODAY + timedelta(days=1))
    mark = book.with_name(f"~${book.name}")
    mark.touch()
    window.let(window.app.register_if_due).shows("está aberta em outro programa")
    window.forget_toasts()
    window.let(window.app.register_if_due)
    assert "aberta em outro" not in window.text()
    mark.unlink()
    window.let(window.app.register_if_due)
    assert book.read_bytes() != before

"""Giving the slip and the papers of a ticket: after an intake and from the open ticket."""

from pathlib import Path
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image

from atendimento_tui import paths
from atendimento_tui.config import Settings
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import processes
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import USUAL, WIDE, OpenWindow
from tests.screens.test_intake import begun, save
from tests.screens.test_ticket import opened
from tests.small_desk import ANA, CELIA, SmallDesk
from tests.test_forms import form, values_of
from tests.test_printing import command

PAPERS = """
chave = "entrega"
nome = "Entrega de documentos"
[[campos]]
chave = "email"
rotulo = "E-mail"
tipo = "email"
[papeis.protocolo]
nome = "Protocolo [de entrega]"
vias = 2
modelo = "Recebemos de {solicitante} os documentos."
[papeis.troca]
nome = "Pedido de troca"
arquivo = "troca"
preenche = { "Novo titular" = "{solicitante}" }
modelo = "{solicitante} pede a troca."
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "receber"
rotulo = "Receber"
tecla = "t"
texto = "nenhum"
faz = { imprime = "protocolo" }
[[etapas.acoes]]
chave = "fechar"
rotulo = "Fechar"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def ticket(others: SmallDesk) -> str:
    path = others.path.with_name("entrega.toml")
    path.write_text(PAPERS, "utf-8")
    processes.include_file(others.desk, path)
    return others.begin("entrega", severity=Severity.CRITICAL, requester="Conceição", email="c@exemplo.com.br")


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the commands of a printing system; what is printed is in `received`."""
    command(tmp_path, "lp", f'cat > "{tmp_path}/received"; echo "$@" > "{tmp_path}/arguments"')
    command(tmp_path, "lpstat", "echo balcao; echo cadastro")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


@pytest.fixture
def no_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def told(others: SmallDesk, protocol: str) -> list[tuple[str, str | None, str]]:
    return [event for event in others.events(protocol) if event[0] == "papel"]


def choose(window: Window, words: str) -> Window:
    """Choose an entry of the open list by its words."""
    return window.dialog("ChooseDialog").type(words).press_key("enter")


def test_a_paper_that_is_due_is_first_and_is_printed_at_the_printer_of_the_settings(
    open_window: OpenWindow, ticket: str, others: SmallDesk, printer: Path
) -> None:
    window = opened(open_window(settings=Settings(printer="cadastro"), size=(130, 40)), ticket).shows("; Entregar")
    window.press_key("t").dialog("ActDialog").press_key("enter").no_dialog()
    window.shows("☐ Imprimir: Protocolo [de entrega]")
    window.press_key("semicolon").dialog("ChooseDialog").shows("a imprimir · 2 vias").press_key("enter")
    window.shows("Imprimir em cadastro").shows("Imprimir em balcao").does_not_show("Por palavra").press_key("enter")
    window.shows("Protocolo [de entrega]: 2 vias impressas em cadastro").does_not_show("☐ Imprimir")
    window.shows("Ana Lima entregou um papel")
    assert (printer / "received").read_bytes().startswith(b"%PDF")
    assert (printer / "arguments").read_text("utf-8") == "-d cadastro -n 2 -t Atendimento\n"
    assert told(others, ticket) == [("papel", ANA, "Protocolo [de entrega]: 2 vias impressas em cadastro")]


def test_the_operators_form_is_printed_and_when_it_is_broken_the_paper_without_it(
    open_window: OpenWindow, ticket: str, others: SmallDesk, printer: Path, tmp_path: Path
) -> None:
    window = opened(open_window(settings=Settings(forms_folder=tmp_path), size=(80, 24)), ticket)
    (tmp_path / "troca.pdf").write_bytes(form("Novo titular"))
    choose(window.press_key("semicolon"), "troca")
    choose(window, "balcao").shows("Pedido de troca: impresso em balcao").no_dialog()
    assert values_of((printer / "received").read_bytes()) == {"Novo titular": "Conceição"}
    (tmp_path / "troca.pdf").write_bytes(b"%PDF-1.7")
    choose(window.press_key("semicolon"), "troca")
    choose(window, "balcao").shows("O formulário troca.pdf não pode ser lido").no_dialog()
    choose(window.press_key("semicolon"), "troca")
    choose(window, "balcao, sem o formulário").no_dialog()
    window.shows("Pedido de troca: impresso em balcao")
    assert [text for _, _, text in told(others, ticket)] == ["Pedido de troca: impresso em balcao"] * 2


@pytest.mark.usefixtures("no_printer")
def test_without_a_printer_the_pdf_is_saved_and_its_path_is_said(
    open_window: OpenWindow, ticket: str, others: SmallDesk
) -> None:
    window = opened(open_window(settings=Settings(printer="sala 2")), ticket).press_key("semicolon")
    choose(window, "comprovante").dialog("ChooseDialog").shows("A impressora sala 2, do arquivo de ajustes")
    window.does_not_show("Imprimir em")
    choose(window, "pdf").shows("PDF gravado em").no_dialog()
    [file] = paths.papers_folder().glob("*.pdf")
    assert file.name == "papel-20260422-100000.pdf"
    assert told(others, ticket) == [("papel", ANA, "Comprovante: PDF gravado em arquivo")]


@pytest.mark.usefixtures("no_printer")
def test_the_slip_is_given_by_word_by_mail_and_by_the_clipboard(
    open_window: OpenWindow, ticket: str, others: SmallDesk
) -> None:
    window = opened(open_window(size=(130, 40)), ticket)
    for words, said in (
        ("palavra", "dito de viva voz"),
        ("e-mail", "e-mail escrito"),
        ("copiar", "copiado para colar"),
    ):
        choose(window.press_key("semicolon"), "comprovante")
        choose(window, words).no_dialog().shows(said)
    assert "Protocolo: 326305" in window.app.clipboard
    assert [text.partition(":")[0] for _, _, text in told(others, ticket)] == ["Comprovante"] * 3
    window.shows("solicitante").shows("Serviço: Entrega de documentos")  # the message in the ticket


@pytest.mark.usefixtures("no_printer", "ticket")
def test_without_an_address_the_mail_is_refused_and_nothing_is_recorded(
    open_window: OpenWindow, others: SmallDesk
) -> None:
    other = others.begin("entrega", severity=Severity.CRITICAL, opener=CELIA)
    window = opened(open_window(), other).press_key("semicolon")
    choose(window, "comprovante")
    choose(window, "e-mail").shows("não tem e-mail nas respostas")
    assert told(others, other) == []


def painted(window: Window) -> Image.Image:
    """The screen as a picture: each cell two pixels, one above the other, in the colours that are painted."""
    strips = window.strips()
    picture = Image.new("L", (window.app.size.width, 2 * len(strips)), 40)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            for sign in segment.text:
                style = segment.style
                for half, blocks in ((0, "▀█"), (1, "▄█")):
                    color = style and (style.color if sign in blocks else style.bgcolor)
                    if color and color.triplet:
                        picture.putpixel((x, 2 * y + half), color.triplet.red)
                x += 1
    return picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)


@pytest.mark.usefixtures("no_printer")
@pytest.mark.parametrize("size", some([USUAL, (120, 40)], 0))
def test_the_code_on_the_screen_is_the_link_with_the_protocol_and_no_personal_data(
    open_window: OpenWindow, ticket: str, others: SmallDesk, size: tuple[int, int]
) -> None:
    window = opened(open_window(size=size), ticket).press_key("semicolon")
    choose(window, "comprovante")
    choose(window, "whatsapp").dialog("LinkDialog").shows("Enter registra").shows("https://wa.me/?text=")
    [found] = zxingcpp.read_barcodes(painted(window), zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    assert unquote(found.text) == "https://wa.me/?text=Protocolo 32630520260422000002"
    window.press_key("c").shows("Link enviado")
    assert window.app.clipboard == found.text
    window.press_key("escape").no_dialog()
    assert told(others, ticket) == []
    choose(window.press_key("semicolon"), "comprovante")
    choose(window, "whatsapp").dialog("LinkDialog").press_key("enter").no_dialog().shows("link do WhatsApp")
    assert told(others, ticket) == [("papel", ANA, "Comprovante: entregue por link do WhatsApp")]


class TestAfterAnIntake:
    @pytest.mark.usefixtures("no_printer")
    def test_the_slip_is_given(self, open_window: OpenWindow, others: SmallDesk) -> None:
        window = save(begun(open_window(size=WIDE).queue())).shows("; entrega").shows("Registrado em")
        choose(window.press_key("semicolon"), "palavra").shows("dito de viva voz")
        choose(window.press_key("semicolon"), "copiar").shows("copiado para colar")
        texts = [text for _, _, text in told(others, "20260422.000002")]
        assert texts == ["Comprovante: protocolo dito de viva voz", "Comprovante: copiado para colar em outro sistema"]
        assert "Protocolo: 326305" in window.app.clipboard

    def test_a_dialog_over_the_slip_does_not_end_it_and_the_key_of_the_place_begins_another(
        self, open_window: OpenWindow
    ) -> None:
        window = save(begun(open_window(size=WIDE).queue())).shows("Registrado em")
        window.press_key("question_mark").press_key("escape").no_dialog().shows("Atendimento gravado")
        window.press("ir.novo").shows("qual serviço?").does_not_show("Atendimento gravado")

    def test_who_comes_back_from_another_place_begins_another_intake(self, open_window: OpenWindow) -> None:
        window = save(begun(open_window(size=WIDE).queue())).shows("Registrado em")
        window.press("ir.fila").place("QueueScreen").press("ir.novo").shows("qual serviço?")
        window.does_not_show("Atendimento gravado")

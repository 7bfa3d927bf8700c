"""Papers of a ticket: what they show, who prints them, what the history says."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pypdf
import pytest

from atendimento_tui.contracts.papers import SLIP, PaperView, Way
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.outputs.qr import qr_lines
from atendimento_tui.outputs.slip import whatsapp_link
from atendimento_tui.services import acts, intake, papers, processes
from atendimento_tui.services.tickets import ticket_view
from tests.living import ANA, NOW, Living, rows
from tests.test_forms import encrypted, form, plain, values_of
from tests.test_printing import command

SERVICE = """
chave = "entrega"
nome = "Entrega de documentos"
[[campos]]
chave = "titular"
rotulo = "Titular"
tipo = "escolha"
opcoes = ["vivo", "falecido"]
[[campos]]
chave = "cpf"
rotulo = "CPF"
tipo = "cpf"
[prazos.solucao]
alvo = "16h"
[ao_abrir]
inicia = "solucao"
[papeis.protocolo]
nome = "Protocolo de entrega"
vias = 2
assinaturas = ["Quem entregou", "Quem recebeu"]
modelo = "{unidade} recebeu de {solicitante}, CPF {cpf}, os documentos do protocolo {protocolo}."
[papeis.obito]
nome = "Declaração de óbito"
quando = [{ campo = "titular", igual = "falecido" }]
modelo = "O titular faleceu."
[papeis.troca]
nome = "Pedido de troca"
arquivo = "troca"
preenche = { "Novo titular" = "{solicitante}", "Protocolo" = "{protocolo}" }
modelo = "{solicitante} pede a troca."
[[etapas]]
chave = "balcao"
nome = "Balcão"
[[etapas.acoes]]
chave = "receber"
rotulo = "Receber"
faz = { ir = "fim", imprime = "protocolo" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def ticket(living: Living, tmp_path: Path) -> int:
    path = tmp_path / "entrega.toml"
    path.write_text(SERVICE, "utf-8")
    processes.include_file(living.desk, path, make_groups=True)
    return opened(living, "vivo")


def opened(living: Living, holder: str) -> int:
    desk = living.desk
    [offered] = [each for each in processes.offered(desk) if each.key == "entrega"]
    begun = intake.begin(desk, offered.version, ANA, living.request(), NOW)
    answers = {"titular": holder, "cpf": "529.982.247-25"}
    form = intake.Intake(Severity.MEDIUM, "Conceição Ávila [s/n]", "", "balcão", None, answers)
    return intake.finish(desk, living.order(begun.ticket), form).ticket


def paper(living: Living, ticket: int, key: str) -> str:
    """The text of a paper that is saved."""
    with TemporaryDirectory() as place:
        papers.give(living.desk, living.order(ticket), key, Way("arquivo", folder=Path(place)))
        [file] = Path(place).iterdir()
        return text_of(file.read_bytes())


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def view_of(living: Living, ticket: int) -> tuple[PaperView, ...]:
    return ticket_view(living.desk, NOW, ticket_id=ticket, role="atendente").papers


def test_a_paper_is_made_of_the_ticket_with_personal_answers_masked(living: Living, ticket: int) -> None:
    text = paper(living, ticket, "protocolo")
    assert "Unidade Centro recebeu de Conceição Ávila [s/n], CPF" in text
    assert "Quem entregou" in text
    assert "529" not in text.replace("\n", "")


def test_the_slip_is_a_paper_of_every_ticket(living: Living) -> None:
    imported = living.open(subject="Sem processo")
    text = paper(living, imported, SLIP)
    assert "Comprovante" in text
    assert "Protocolo" in text


def test_a_paper_that_an_act_asked_for_is_due_until_it_is_given(living: Living, ticket: int, tmp_path: Path) -> None:
    desk = living.desk
    troca = PaperView("troca", "Pedido de troca", 1, is_due=False, has_form=True)
    assert view_of(living, ticket) == (PaperView("protocolo", "Protocolo de entrega", 2, is_due=False), troca)
    acts.act(desk, living.order(ticket), "receber", Answer("", {}))
    assert [view.is_due for view in view_of(living, ticket)] == [True, False]
    papers.give(desk, living.order(ticket), "protocolo", Way("arquivo", folder=tmp_path / "papéis"))
    assert [view.is_due for view in view_of(living, ticket)] == [False, False]


def test_a_saved_paper_has_a_neutral_name_and_the_history_has_no_path(
    living: Living, ticket: int, tmp_path: Path
) -> None:
    done = papers.give(living.desk, living.order(ticket), "protocolo", Way("arquivo", folder=tmp_path))
    [file] = tmp_path.glob("*.pdf")
    assert file.name == "papel-20260302-090000.pdf"
    assert str(file) in done.said
    assert file.stat().st_mode & 0o077 == 0
    last = ticket_view(living.desk, NOW, ticket_id=ticket).history[-1]
    assert (last.kind, last.actor, last.text) == ("papel", "Ana Lima", "Protocolo de entrega: PDF gravado em arquivo")


def test_a_printed_paper_is_an_event_with_its_copies_and_printer(
    living: Living, ticket: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    command(tmp_path, "lp", f'cat > "{tmp_path}/received"; echo "$@" >> "{tmp_path}/arguments"')
    order = living.order(ticket)
    for _ in range(2):  # the same request again prints nothing
        papers.give(living.desk, order, "protocolo", Way("impressora", "balcao"))
    assert (tmp_path / "arguments").read_text("utf-8").splitlines() == ["-d balcao -n 2 -t Atendimento"]
    assert "Conceição" in text_of((tmp_path / "received").read_bytes())
    texts = [line.text for line in ticket_view(living.desk, NOW, ticket_id=ticket).history if line.kind == "papel"]
    assert texts == ["Protocolo de entrega: 2 vias impressas em balcao"]


def test_what_the_printer_refuses_is_no_event(
    living: Living, ticket: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    command(tmp_path, "lp", "exit 1")
    with pytest.raises(Refused) as refused:
        papers.give(living.desk, living.order(ticket), "protocolo", Way("impressora", "balcao"))
    assert refused.value.code == "impressao_recusada"
    assert [line.kind for line in ticket_view(living.desk, NOW, ticket_id=ticket).history] == ["iniciado", "aberto"]


def test_a_paper_whose_conditions_do_not_hold_is_refused(living: Living, ticket: int) -> None:
    other = opened(living, "falecido")
    assert [view.key for view in view_of(living, other)] == ["protocolo", "obito", "troca"]
    assert "faleceu" in paper(living, other, "obito")
    for unknown in ("obito", "nenhum"):
        with pytest.raises(Refused) as refused:
            paper(living, ticket, unknown)
        assert refused.value.code == "papel_desconhecido"


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a printer receives."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    command(tmp_path, "lp", f'cat > "{tmp_path}/received"')
    return tmp_path / "received"


def test_the_operators_form_is_filled_and_printed(living: Living, ticket: int, tmp_path: Path, printed: Path) -> None:
    (tmp_path / "troca.pdf").write_bytes(form("Novo titular", "Protocolo", "Assinatura"))
    papers.give(living.desk, living.order(ticket), "troca", Way("impressora", "balcao", forms=tmp_path))
    values = values_of(printed.read_bytes())
    assert values["Novo titular"] == "Conceição Ávila [s/n]"
    assert values["Protocolo"] == "123456.20260302.000001"
    assert not values["Assinatura"]
    last = ticket_view(living.desk, NOW, ticket_id=ticket).history[-1]
    assert (last.kind, last.text) == ("papel", "Pedido de troca: impresso em balcao")


def test_a_form_without_fields_is_printed_behind_the_filled_paper(
    living: Living, ticket: int, tmp_path: Path, printed: Path
) -> None:
    (tmp_path / "troca.pdf").write_bytes(plain())
    papers.give(living.desk, living.order(ticket), "troca", Way("impressora", "balcao", forms=tmp_path))
    text = text_of(printed.read_bytes())
    assert text.index("Conceição Ávila [s/n] pede a troca.") < text.index("FORMULARIO DA OPERADORA")


def test_without_a_folder_or_a_file_the_paper_is_printed_without_a_form(
    living: Living, ticket: int, tmp_path: Path, printed: Path
) -> None:
    for folder in (None, tmp_path, tmp_path / "nenhuma"):
        papers.give(living.desk, living.order(ticket), "troca", Way("impressora", "balcao", forms=folder))
        assert "Conceição Ávila [s/n] pede a troca." in text_of(printed.read_bytes())
        printed.unlink()


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (b"%PDF-1.7", "formulario_quebrado"),
        (encrypted(plain()), "formulario_senha"),
        (form("Nome"), "formulario_campos"),
        (bytes(10 * 1024**2 + 1), "formulario_grande"),
    ],
    ids=["broken", "encrypted", "fields", "large"],
)
def test_a_form_that_cannot_be_used_prints_nothing_and_the_paper_can_be_printed_without_it(
    living: Living, ticket: int, tmp_path: Path, printed: Path, made: bytes, code: str
) -> None:
    (tmp_path / "troca.pdf").write_bytes(made)
    order = living.order(ticket)
    with pytest.raises(Refused) as refused:
        papers.give(living.desk, order, "troca", Way("impressora", "balcao", forms=tmp_path))
    assert refused.value.code == code
    assert not printed.exists()
    assert [line.kind for line in ticket_view(living.desk, NOW, ticket_id=ticket).history] == ["iniciado", "aberto"]
    papers.give(living.desk, order, "troca", Way("impressora", "balcao"))
    assert "pede a troca" in text_of(printed.read_bytes())


def test_a_paper_given_by_somebody_else_does_not_stop_an_act(living: Living, ticket: int, tmp_path: Path) -> None:
    seen = ticket_view(living.desk, NOW, ticket_id=ticket).row.version
    papers.give(living.desk, Order(ticket, ANA, living.request(), NOW), "protocolo", Way("arquivo", folder=tmp_path))
    order = living.order(ticket, 2, seen=seen)
    done: ActDone = acts.act(living.desk, order, "receber", Answer("", {}))
    assert done.version == seen + 2


def test_the_link_has_the_protocol_and_the_due_date_and_nothing_else(living: Living) -> None:
    ticket = living.open(subject="Ana Lima não consegue entrar")
    link = whatsapp_link(intake.slip(living.desk, ticket, NOW))
    assert unquote(link) == "https://wa.me/?text=Protocolo 12345620260302000001 prazo 03/03/2026"
    assert len(qr_lines(link)) <= 19  # a terminal of 24 lines has room for the title, the link and the keys


def test_the_slip_given_again_tells_the_due_date_that_holds_now(living: Living, ticket: int) -> None:
    before = rows(living.desk, "SELECT count(*) FROM told_date WHERE ticket_id = ?", ticket)
    papers.give(living.desk, living.order(ticket), SLIP, Way("palavra"))
    after = rows(living.desk, "SELECT count(*) FROM told_date WHERE ticket_id = ?", ticket)
    assert after[0][0] == before[0][0] + 1

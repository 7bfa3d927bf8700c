"""The second copy of a bill, as at the counter: guided through the portal, or issued from the imported bills."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pypdfium2
import pytest
import zxingcpp

from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.tickets import TicketView
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, bills, intake, outbox, papers, processes
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.bill_import import import_bills
from atendimento_tui.services.delivery import deliver
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.formats import protocol_groups
from tests.living import ANA, NOW, Living
from tests.mail_server import PASSWORD, MailServer
from tests.services.test_delivery import configure, mail, running
from tests.some_bills import bill, files, row

__all__ = ["mail", "running"]

CPF, OTHER = "529.982.247-25", "111.444.777-35"
TODAY = NOW.date()
PAID, LATE, DUE = (bill(TODAY + timedelta(days=days), 35090) for days in (-40, -12, 16))
OF_OTHER = bill(TODAY, 35090, free=7)


@dataclass
class Counter:
    """The counter, with a beneficiary and the bills that the financial system knows."""

    living: Living
    person: int
    ticket: int = 0
    now: datetime = NOW

    @property
    def desk(self) -> Desk:
        return self.living.desk

    def open(self) -> "Counter":
        [service] = [each for each in processes.offered(self.desk) if each.key == "segunda_via"]
        begun = intake.begin(self.desk, service.version, ANA, self.living.request(), self.now)
        form = intake.Intake(Severity.MEDIUM, "", "", "balcão", self.person, {})
        self.ticket = intake.finish(self.desk, self.living.order(begun.ticket), form).ticket
        return self

    def act(self, action: str, text: str = "", **values: str) -> None:
        acts.act(self.desk, self.living.order(self.ticket), action, Answer(text, values))

    def refused(self, typed: str) -> str:
        """The code of the refusal to issue the bill, beside its field; nothing is changed."""
        before = self.view()
        with pytest.raises(Refused) as refused:
            self.act("emitir", boleto=typed)
        assert self.view().history == before.history
        return refused.value.refusal.beside["boleto"].code

    def paper(self) -> bytes:
        """The second copy, saved to a folder."""
        with TemporaryDirectory() as folder:
            way = Way("arquivo", folder=Path(folder))
            papers.give(self.desk, self.living.order(self.ticket), "segunda_via", way)
            [saved] = Path(folder).glob("*.pdf")
            assert "Concei" not in saved.name
            return saved.read_bytes()

    def view(self) -> TicketView:
        return ticket_view(self.desk, self.now, ticket_id=self.ticket, role="atendente")


def day(of: int) -> str:
    return f"{TODAY + timedelta(days=of):%d/%m/%Y}"


@pytest.fixture
def counter(living: Living, tmp_path: Path) -> Counter:
    person = add_beneficiary(living.desk, NOW, name="Conceição D'Ávila [B]", cpf=CPF).id
    add_beneficiary(living.desk, NOW, name="Rui Reis", cpf=OTHER)
    listed = files(
        tmp_path,
        row(CPF, "01/2026", PAID, "350,90", day(-40), day(-41)),
        row(CPF, "02/2026", LATE, "350,90", day(-12)),
        row(CPF, "03/2026", DUE, "350,90", day(16)),
        row(OTHER, "03/2026", OF_OTHER, "350,90", day(0)),
    )
    assert import_bills(living.desk, *listed, NOW, lambda *_: None).new == 4
    return Counter(living, person).open()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def read_back(pdf: bytes) -> list[str]:
    """The bar codes in the picture of the paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=300 / 72).to_pil()
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def test_the_attendant_guides_through_the_portal(counter: Counter) -> None:
    counter.act("orientar", orientado="por WhatsApp")
    view = counter.view()
    assert view.row.step == "Concluído"
    assert "menu financeiro, escolha" in " ".join(view.messages[-1].body.split())
    assert {clock.clock.kind: clock.result for clock in view.clocks} == {
        "sac": "no_prazo",
        "resposta_ans": "no_prazo",
    }


def test_a_month_is_chosen_and_the_paper_has_line_and_bar_code(counter: Counter) -> None:
    offered = bills.bills_of_ticket(counter.desk, counter.ticket)
    assert [(each.competence, each.code) for each in offered] == [
        ("2026-03", DUE.code),
        ("2026-02", LATE.code),
        ("2026-01", PAID.code),
    ]
    assert counter.view().papers == ()
    counter.act("emitir", boleto="03/2026")
    view = counter.view()
    assert dict(view.answers)["Boleto"] == DUE.shown
    assert dict(view.answers)["Boleto: valor e vencimento"] == f"03/2026 · R$ 350,90 · vence em {day(16)}"
    [paper] = view.papers
    assert (paper.key, paper.is_due) == ("segunda_via", True)
    pdf = counter.paper()
    text = text_of(pdf)
    for words in ("Conceição D'Ávila [B]", "03/2026", "R$ 350,90", day(16)):
        assert words in text
    assert DUE.line in "".join(text.split()).replace(".", "").replace("-", "")
    assert read_back(pdf) == [DUE.code]
    assert "Segunda via de boleto" in counter.view().history[-1].text
    counter.act("entregue", entrega="em papel")
    view = counter.view()
    assert view.row.step == "Concluído"
    assert not any(each.is_due for each in view.papers)


def test_an_overdue_bill_is_issued_and_said(counter: Counter) -> None:
    counter.act("emitir", boleto=LATE.shown)
    assert dict(counter.view().answers)["Boleto: valor e vencimento"].endswith("vencido há 12 dias")
    pdf = counter.paper()
    assert "vencido há 12 dias" in text_of(pdf)
    assert read_back(pdf) == [LATE.code]


def test_another_bill_may_be_issued_instead_and_its_line_sent(counter: Counter) -> None:
    counter.act("emitir", boleto=LATE.code)
    counter.act("emitir", boleto="2026-03")
    counter.act("entregue", entrega="por WhatsApp")
    assert DUE.shown in counter.view().messages[-1].body


def test_an_email_carries_the_paper_and_whatsapp_says_that_it_follows(
    counter: Counter, mail: MailServer, tmp_path: Path
) -> None:
    configure(counter.desk, mail)
    counter.act("emitir", boleto="2026-02")
    counter.act("entregue", entrega="por WhatsApp")
    [row] = outbox.listed(counter.desk, every=True)
    assert row.body.endswith(f"O boleto em PDF segue nesta conversa. Protocolo {shown_protocol(counter)}.")
    assert not any(each.is_due for each in counter.view().papers), "it is given with the message"
    assert outbox.one(counter.desk, row.id).carries == counter.view().messages[-1].carries == ("Segunda via de boleto",)
    [saved] = outbox.save_files(counter.desk, counter.living.order(counter.ticket), row.id, tmp_path / "papeis")
    assert (saved.parent.name, saved.name.startswith("papel-")) == ("papeis", True)
    assert read_back(saved.read_bytes()) == [LATE.code]
    assert counter.view().history[-1].text == "Segunda via de boleto: gravado em arquivo"
    outbox.confirm_delivered(counter.desk, counter.living.order(counter.ticket), row.id, "na conversa")

    counter.open().act("emitir", boleto="2026-02")
    acts.correct_answer(counter.desk, counter.living.order(counter.ticket), "email", "maria@exemplo.com.br", "pediu")
    counter.act("entregue", entrega="por e-mail")
    counter.now += timedelta(days=1)
    deliver(counter.desk, lambda: PASSWORD, lambda: counter.now)
    [sent] = mail.got
    [paper] = sent.iter_attachments()
    body = sent.get_body(("plain",))
    assert body is not None
    assert LATE.shown in body.get_content()
    assert (paper.get_filename(), paper.get_content_type()) == ("Segunda via de boleto.pdf", "application/pdf")
    assert read_back(paper.get_content()) == [LATE.code]
    assert "vencido há 12 dias" in text_of(paper.get_content())


def shown_protocol(counter: Counter) -> str:
    return protocol_groups(counter.view().row.protocol)


def test_what_is_refused_changes_nothing_and_says_why(counter: Counter) -> None:
    assert counter.refused("04/2026") == "boleto_sem_competencia"
    assert counter.refused("01/2026") == "boleto_pago"
    assert counter.refused(PAID.line) == "boleto_pago"
    assert counter.refused(OF_OTHER.line) == "boleto_de_fora"
    wrong = DUE.line[:9] + str((int(DUE.line[9]) + 1) % 10) + DUE.line[10:]
    assert counter.refused(wrong) == "campo_invalido_boleto"
    with pytest.raises(Refused) as refused:
        counter.act("entregue", entrega="em papel")
    assert refused.value.code.startswith("acao_")
    with pytest.raises(Refused) as unknown:
        counter.paper()
    assert unknown.value.code == "papel_desconhecido"


def test_two_bills_of_a_month_are_told_apart_by_their_line(counter: Counter, tmp_path: Path) -> None:
    second = bill(TODAY + timedelta(days=16), 35090, free=9)
    import_bills(counter.desk, *files(tmp_path, row(CPF, "03/2026", second, "350,90", day(16))), NOW, lambda *_: None)
    assert counter.refused("03/2026") == "boleto_varios"
    counter.act("emitir", boleto=second.line)
    assert dict(counter.view().answers)["Boleto"] == second.shown


def test_a_bill_that_is_not_there_is_asked_of_finance(living: Living) -> None:
    person = add_beneficiary(living.desk, NOW, name="Rui Reis", cpf=OTHER).id
    counter = Counter(living, person).open()
    with pytest.raises(Refused) as refused:
        bills.bills_of_ticket(counter.desk, counter.ticket)
    assert refused.value.code == "boleto_nenhum"
    assert counter.refused("03/2026") == "boleto_nenhum"
    counter.act("pedir", "Falta o de março.")
    view = counter.view()
    assert view.row.step == "Aguardando o financeiro"
    assert view.messages[-1].body.splitlines()[1] == "Falta o de março."
    counter.act("importado")
    assert counter.view().row.step == "Orientar ou emitir"


FIELD = '[[campos]]\nchave = "b"\nrotulo = "B"\n'
PAPER = '[papeis.p]\nnome = "P"\nmodelo = "x"\nboleto = "b"\n'


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('tipo = "texto"\nimportado = true\ndepois = true\n', "processo_importado"),
        ('tipo = "boleto"\nimportado = true\n', "processo_importado"),
        ('tipo = "boleto"\nimportado = true\ndepois = true\ncorrige = "atendente"\n', "processo_importado"),
        (f'tipo = "texto"\n{PAPER}', "processo_desconhecido"),
    ],
)
def test_the_words_about_bills_are_checked(words: str, code: str) -> None:
    step = '[[etapas]]\nchave = "fim"\nnome = "Fim"\nestado = "concluido"\n'
    with pytest.raises(ProcessError) as wrong:
        read_process(f'chave = "x"\nnome = "X"\n{FIELD}{words}{step}')
    assert wrong.value.code == code

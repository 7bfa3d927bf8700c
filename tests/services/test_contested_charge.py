"""A contested charge from the counter to its end, with real mail: due, on future bills, on the current one."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import addresses, attachments, outbox, received
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.texts import bills
from tests.living import NOW, rows
from tests.mail_server import MailServer
from tests.services.test_delivery import configure, deliver, mail, running
from tests.services.test_processes import ProcessTicket, local

__all__ = ["mail", "running"]

CONTAS, TESOURARIA, FINANCEIRO = "contas@plano.exemplo.br", "tesouraria@plano.exemplo.br", "financeiro@plano.exemplo.br"
CLIENT = "maria@exemplo.com.br"


@pytest.fixture
def life(desk: Desk, mail: MailServer) -> ProcessTicket:
    """A client at the counter on Friday, 10 April, at ten."""
    configure(desk, mail)
    for name, address in (("Contas médicas", CONTAS), ("Tesouraria", TESOURARIA), ("Financeiro", FINANCEIRO)):
        [(group,)] = rows(desk, "SELECT id FROM staff_group WHERE name = ?", name)
        addresses.set_group_email(desk, group, address, NOW)
    return ProcessTicket(desk, local(10, 10))


def opened(life: ProcessTicket, **more: str) -> ProcessTicket:
    answers: dict[str, Any] = {
        "boleto": "123456",
        "procedimento": "10101012",
        "competencia": "03/2026",
        "valor": "R$ 350,00",
        "protocolo_dado": "por palavra",
        "aviso": "e-mail",
        "email_cliente": CLIENT,
        "erp": "SOLUS 9988",
    }
    return life.open("contestacao_cobranca", **answers | more)


def sent(mail: MailServer, to: str) -> list[EmailMessage]:
    return [message for message in mail.got if message["To"] == to]


def answer(to: EmailMessage, text: str, sender: str = CONTAS) -> bytes:
    """An answer as the mail program of a department writes it."""
    made = EmailMessage(policy=SMTP)
    made["From"] = f"Contas Médicas <{sender}>"
    made["To"] = to["From"]
    made["Subject"] = f"Re: {to['Subject']}"
    made["Message-ID"] = f"<resposta-{abs(hash(text))}@plano.exemplo.br>"
    made["In-Reply-To"] = made["References"] = to["Message-ID"]
    made.set_content(text)
    return made.as_bytes()


def answered(life: ProcessTicket, mail: MailServer, result: str, value: str = "") -> None:
    """Contas médicas answers by e-mail on Tuesday, and the attendant records it."""
    deliver(life)
    [asked] = sent(mail, CONTAS)
    life.at(14, 15)
    received.receive_mail(life.desk, answer(asked, "O procedimento foi lançado em dobro."), life.now)
    more: dict[str, Any] = {"valor_indevido": value} if value else {}
    life.act("respondeu", resultado=result, resposta="Lançado em dobro, conforme a guia.", **more)


def test_the_number_of_the_bill_is_a_line_that_is_checked_or_another_number(life: ProcessTicket) -> None:
    line = "99991.23459 67890.123457 67890.123457 5 10000000012345"
    assert dict(opened(life, boleto=line).view().answers)["Boleto (linha digitável ou número)"] == line
    said = "Boleto (linha digitável ou número): valor e vencimento"
    assert dict(life.view().answers)[said].startswith("R$ 123,45")
    assert dict(opened(life, boleto="123456").view().answers)[said] == bills.ONLY_NUMBER
    with pytest.raises(Refused) as raised:
        opened(life, boleto=line.replace("99991", "99992"))
    assert raised.value.refusal.beside["boleto"].code == "campo_invalido_numero_boleto"


class TestPartlyDue:
    def test_on_future_bills_the_answer_itself_is_forwarded_to_finance(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        opened(life)
        assert life.step == "Em contas médicas"
        assert life.clock("sac").term.due_at == local(17, 23, 59, 59)
        assert life.clock("resposta_ans").term.due_at == local(22, 23, 59, 59)  # over Tiradentes
        [word] = [row for row in outbox.listed(life.desk, every=True) if row.state == "em mãos"]
        outbox.confirm_delivered(life.desk, life.order(), word.id, "dito no balcão")

        answered(life, mail, "indevida em parte", "R$ 120,00")
        [asked] = sent(mail, CONTAS)
        assert "SOLUS 9988" in asked.get_content()
        assert life.step == "Responder ao cliente"
        assert [text.splitlines()[-1] for _, text in life.events("recebida")] == [
            "O procedimento foi lançado em dobro."
        ]

        received.note_attempt(life.desk, life.order(), "telefone", reached=False, said="Caixa postal.")
        life.now += timedelta(hours=1)
        received.note_attempt(life.desk, life.order(), "telefone", reached=True, said="Quer nas faturas futuras.")
        assert [text for _, text in life.events("contato")] == [
            "por telefone: falou com o cliente\nQuer nas faturas futuras."
        ]

        life.act("faturas_futuras")
        deliver(life)
        [told] = sent(mail, FINANCEIRO)
        assert "faturas futuras" in told["Subject"]
        body, forwarded = told.get_body(("plain",)), next(told.iter_attachments())
        assert body is not None
        assert "Valor a descontar: R$ 120,00" in body.get_content()
        assert forwarded.get_content_type() == "message/rfc822"
        original = forwarded.get_content()
        assert original["From"] == f"Contas Médicas <{CONTAS}>"
        assert original.get_content().strip() == "O procedimento foi lançado em dobro."
        assert "desconto" in sent(mail, CLIENT)[-1]["Subject"]
        assert life.step == "Concluído"
        assert {clock.result for clock in life.view().clocks} == {"no_prazo"}

    def test_an_answer_that_was_pasted_is_quoted(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        [(asked,)] = rows(life.desk, "SELECT id FROM message WHERE key = 'contas'")
        received.receive_pasted(life.desk, life.order(), asked, "Zilá, por telefone", "Em dobro.\nPode descontar.")
        life.act("respondeu", resultado="indevida", valor_indevido="R$ 350,00", resposta="Lançado em dobro.")
        life.act("faturas_futuras")
        deliver(life)
        text = sent(mail, FINANCEIRO)[0].get_content()
        assert "Resposta de Zilá, por telefone, recebida em sex 10/04/2026 10:00:" in text
        assert "> Em dobro.\n> Pode descontar." in text.replace("\r\n", "\n")

    def test_without_an_answer_nothing_is_forwarded(self, life: ProcessTicket) -> None:
        opened(life).act("respondeu", resultado="indevida", valor_indevido="10", resposta="Lançado em dobro.")
        assert life.refused("faturas_futuras") == "encaminha_sem_resposta"

    def test_on_the_current_bill_the_client_is_called_until_they_come(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        answered(opened(life), mail, "indevida", "R$ 350,00")
        life.act("fatura_atual")
        deliver(life)
        assert life.step == "Cliente na tesouraria"
        assert ["R$ 350,00" in message.get_content() for message in sent(mail, TESOURARIA)] == [True]
        assert len(sent(mail, CLIENT)) == 1
        sweep(life.desk, life.at(22, 15).now)  # five business days later, over Tiradentes
        deliver(life)
        assert len(sent(mail, CLIENT)) == 2
        assert [task.text for task in life.view().tasks] == ["Chamar o cliente à tesouraria"]
        life.act("compareceu")
        assert life.step == "Concluído"


class TestDue:
    def test_the_proof_of_the_procedure_goes_to_the_patient(self, life: ProcessTicket, mail: MailServer) -> None:
        answered(opened(life), mail, "devida")
        assert life.refused("comprovante") == "anexa_sem_arquivo"
        attachments.attach(life.desk, life.order(), "guia assinada.pdf", b"%PDF-1.4 comprovante")
        life.act("comprovante")
        deliver(life)
        [message] = sent(mail, CLIENT)
        [proof] = message.iter_attachments()
        assert (proof.get_filename(), proof.get_content()) == ("guia assinada.pdf", b"%PDF-1.4 comprovante")
        assert life.step == "Concluído"

    def test_by_whatsapp_a_person_sends_it_and_says_so(self, life: ProcessTicket, mail: MailServer) -> None:
        answered(opened(life, aviso="WhatsApp"), mail, "devida")
        attachments.attach(life.desk, life.order(), "guia.pdf", b"%PDF-1.4 comprovante")
        life.act("comprovante")
        last = life.view().messages[-1]
        assert (last.channel, last.recipients[0].state) == ("whatsapp", "em mãos")
        outbox.confirm_delivered(life.desk, life.order(), last.recipients[0].id, "WhatsApp do balcão")
        assert life.view().messages[-1].recipients[0].state == "entregue"


class TestRefusals:
    def test_the_amount_is_asked_only_if_something_is_not_due(self, life: ProcessTicket) -> None:
        opened(life)
        assert life.refused("respondeu", resultado="indevida", resposta="Lançado em dobro.")
        life.act("respondeu", resultado="devida", resposta="Conferido com a guia.")
        with pytest.raises(Refused):
            life.act("faturas_futuras")

    def test_half_of_the_term_reminds_contas_medicas(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        sweep(life.desk, life.at(20, 9).now)
        deliver(life)
        assert [message["Subject"].rpartition(": ")[2] for message in sent(mail, CONTAS)][-1] == "falta a resposta"
        assert sent(mail, CONTAS)[1]["In-Reply-To"] == sent(mail, CONTAS)[0]["Message-ID"]

    def test_a_wrong_month_opens_nothing(self, life: ProcessTicket) -> None:
        with pytest.raises(Refused):
            opened(life, competencia="13/2026")

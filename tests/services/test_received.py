"""Answers that join their ticket, bounces, and what a hostile e-mail does not do."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.received_mail import LONGEST_TEXT, Mail, read_mail
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import attachments, received
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts import formats
from tests.databases import Databases
from tests.full import IN_FULL
from tests.living import audited
from tests.mail_server import MailServer
from tests.services.test_contested_charge import answer
from tests.services.test_delivery import deliver, life, mail, opened, running, states
from tests.services.test_processes import ProcessTicket

__all__ = ["life", "mail", "running"]


@pytest.fixture(params=["files", "server"] if IN_FULL else ["files"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A desk; on a server only in the long form, because the whole case of a contested charge runs there too."""
    databases: Databases = request.getfixturevalue(request.param)
    with databases.copied() as database, audited(database) as opened:
        yield opened


def letter(subject: str = "Oi", text: str = "Recebi, obrigada.", **headers: str) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Cliente <cliente@exemplo.com.br>"
    made["Subject"] = subject
    made["Message-ID"] = "<um@exemplo.com.br>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def bounce(of: EmailMessage, action: str = "failed") -> bytes:
    """A report of delivery (RFC 3464)."""
    lines = (
        "From: MAILER-DAEMON@exemplo.com.br",
        "Subject: Undelivered Mail",
        f"Message-ID: <volta-{action}@exemplo.com.br>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
        "",
        "--x",
        "Content-Type: text/plain",
        "",
        "I could not deliver it.",
        "--x",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.exemplo.com.br",
        "",
        f"Action: {action}",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 caixa inexistente",
        "",
        "--x",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: {of['Message-ID']}",
        "--x--",
        "",
    )
    return "\r\n".join(lines).encode()


class TestJoining:
    def test_an_answer_joins_by_what_it_answers_and_the_whole_of_it_is_kept(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        opened(life)
        deliver(life)
        content = answer(mail.got[0], "Olá, recebi.\nAção!", "cliente@exemplo.com.br")
        done = received.receive_mail(life.desk, content, life.now)
        assert (done.is_bounce, done.is_known) == (False, False)
        [(_, text)] = life.events("recebida")
        assert text.splitlines()[-2:] == ["Olá, recebi.", "Ação!"]
        [row] = attachments.attachments_of(life.desk, ticket_id=life.ticket)
        assert attachments.read(life.desk, row.id)[1] == content

    def test_the_same_answer_again_changes_nothing(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        deliver(life)
        content = answer(mail.got[0], "Sim.")
        received.receive_mail(life.desk, content, life.now)
        before = life.view().history
        assert received.receive_mail(life.desk, content, life.now).is_known
        assert life.view().history == before

    def test_a_protocol_in_the_subject_is_enough(self, life: ProcessTicket) -> None:
        opened(life)
        protocol = formats.protocol_groups(life.view().row.protocol)
        received.receive_mail(life.desk, letter(f"Re: protocolo {protocol}"), life.now)
        assert len(life.events("recebida")) == 1

    def test_what_belongs_nowhere_is_refused_and_a_person_may_say_where(self, life: ProcessTicket) -> None:
        opened(life)
        with pytest.raises(Refused) as raised:
            received.receive_mail(life.desk, letter(), life.now)
        assert raised.value.code == "resposta_sem_atendimento"
        assert attachments.attachments_of(life.desk, ticket_id=life.ticket) == []
        received.receive_mail(life.desk, letter(), life.now, protocol=life.view().row.protocol)
        assert len(life.events("recebida")) == 1

    def test_a_bounce_marks_what_it_returns(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        deliver(life)
        assert received.receive_mail(life.desk, bounce(mail.got[0]), life.now).is_bounce
        assert states(life) == ["devolvido"]
        assert "caixa inexistente" in life.view().messages[0].recipients[0].reply

    def test_a_saved_email_joins_the_open_ticket_whatever_it_answers_and_only_once(
        self, life: ProcessTicket, tmp_path: Path
    ) -> None:
        opened(life)
        path = tmp_path / "resposta.eml"
        path.write_bytes(letter(text="Pode descontar [/]."))
        done = received.receive_for(life.desk, life.order(), path)
        assert done.said == f"A resposta está no atendimento {formats.protocol_groups(done.protocol)}."
        assert [text.splitlines()[-1] for _, text in life.events("recebida")] == ["Pode descontar [/]."]
        with pytest.raises(Refused) as raised:
            received.receive_for(life.desk, life.order(), path)
        assert raised.value.code == "resposta_ja_recebida"
        path.write_bytes(b"")
        with pytest.raises(Refused):
            received.receive_for(life.desk, life.order(), path)

    def test_a_report_of_a_delay_is_no_bounce(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        deliver(life)
        assert read_mail(bounce(mail.got[0], "delayed")).returned == ""


class TestByHand:
    def test_an_answer_needs_its_author_and_a_text(self, life: ProcessTicket) -> None:
        opened(life)
        for sender, text in (("", "Sim."), ("Zé", "  ")):
            with pytest.raises(Refused):
                received.receive_pasted(life.desk, life.order(), None, sender, text)
        with pytest.raises(Refused):
            received.receive_pasted(life.desk, life.order(), 999, "Zé", "Sim.")
        received.receive_pasted(life.desk, life.order(), None, "Zé [/] por telefone", "Sim.")
        assert [text for _, text in life.events("recebida")] == ["Zé [/] por telefone\nSim."]

    def test_attempts_are_events_and_a_talk_says_what_was_said(self, life: ProcessTicket) -> None:
        opened(life)
        received.note_attempt(life.desk, life.order(), "WhatsApp", reached=False, said="")
        with pytest.raises(Refused):
            received.note_attempt(life.desk, life.order(), "telefone", reached=True, said=" ")
        with pytest.raises(Refused):
            received.note_attempt(life.desk, life.order(), "fumaça", reached=False, said="")
        assert [text for _, text in life.events("tentativa")] == ["por WhatsApp: não conseguiu falar"]


class TestReading:
    def test_html_becomes_text_and_control_codes_are_gone(self) -> None:
        made = EmailMessage(policy=SMTP)
        made["From"] = "a@b.br"
        made.set_content("<style>x{}</style><p>Olá <b>\x1b[31mvocê</b></p><script>mal()</script>", subtype="html")
        mail = read_mail(made.as_bytes())
        assert "mal()" not in mail.text
        assert "\x1b" not in mail.text
        assert mail.text.startswith("Olá")

    def test_an_unknown_encoding_is_still_read(self) -> None:
        raw = b"From: a@b.br\r\nContent-Type: text/plain; charset=klingon\r\n\r\nSim, a\xe7\xe3o."
        assert read_mail(raw).text == "Sim, ação."

    def test_what_is_no_mail_is_refused(self) -> None:
        with pytest.raises(Refused):
            read_mail(b"%PDF-1.4\n%....")

    def test_a_long_text_is_cut_and_many_parts_are_left(self) -> None:
        assert len(read_mail(letter(text="a " * LONGEST_TEXT)).text) <= LONGEST_TEXT
        deep = b"From: a@b.br\r\n" + b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(300)
        )
        assert isinstance(read_mail(deep), Mail)

    @given(st.binary(max_size=400))
    def test_any_bytes_are_a_mail_or_are_refused(self, content: bytes) -> None:
        for raw in (content, b"From: a@b.br\r\nSubject: " + content, b"From: a@b.br\r\n" + content):
            try:
                mail = read_mail(raw)
            except Refused:
                continue
            assert not {"\x1b", "\x00"} & set(mail.text + mail.subject + mail.sender)
            assert "\n" not in mail.subject + mail.sender

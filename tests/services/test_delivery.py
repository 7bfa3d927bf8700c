"""The worker of the outbox, against a real server with TLS and login: each way in which sending ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from atendimento_tui.contracts.outbox import OutboxRow, Sent
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.outbox import outbox_rows
from atendimento_tui.data.repositories import outbox as writes
from atendimento_tui.domain.outbox import DEAD_AFTER, DELAYS
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import addresses, delivery, diagnosis, processes, settings, smtp
from atendimento_tui.services.desk import Desk, open_desk
from tests.databases import Databases
from tests.living import NOW, rows
from tests.mail_server import LOGIN, PASSWORD, MailServer, hang_up, mail_server
from tests.older import make_older
from tests.services.test_processes import ProcessTicket, local

SERVICE = """
chave = "carta"
nome = "Carta"
[prazos.solucao]
alvo = "2h"
[[campos]]
chave = "contato"
rotulo = "E-mail do cliente"
tipo = "email"
[[campos]]
chave = "quem"
rotulo = "Quem"
[mensagens.cliente]
assunto = "Protocolo {protocolo}: {quem}"
texto = "Olá, ação e coração."
[mensagens.setor]
para = "grupo"
assunto = "Setor"
texto = "Vejam {quem}."
[mensagens.recado]
canal = "whatsapp"
texto = "Oi."
[ao_abrir]
inicia = "solucao"
mensagem = "cliente"
[[etapas]]
chave = "um"
nome = "Um"
grupo = "Contas médicas"
[[etapas.acoes]]
chave = "avisar"
rotulo = "Avisar"
tecla = "v"
faz = { mensagem = ["cliente", "setor", "recado"] }
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
tecla = "x"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def mail(running: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    running.got.clear()
    running.answers.clear()
    running.recipients.clear()
    return running


def configure(desk: Desk, mail: MailServer, **more: str) -> None:
    values = {
        "smtp_servidor": "127.0.0.1",
        "smtp_porta": str(mail.port),
        "smtp_seguranca": "starttls",
        "smtp_login": LOGIN,
        "smtp_remetente": "mesa@plano.exemplo.br",
    }
    for key, value in {**values, **more}.items():
        settings.change_setting(desk, key, value, NOW)


@pytest.fixture
def life(desk: Desk, mail: MailServer, tmp_path: Path) -> ProcessTicket:
    """A desk that sends, on Friday morning."""
    configure(desk, mail)
    path = tmp_path / "carta.toml"
    path.write_text(SERVICE, "utf-8")
    processes.include_file(desk, path, make_groups=True)
    return ProcessTicket(desk, local(10, 10))


def opened(life: ProcessTicket, quem: str = "Ação", contato: str = "cliente@exemplo.com.br") -> ProcessTicket:
    return life.open("carta", contato=contato, quem=quem)


def deliver(life: ProcessTicket, password: str = PASSWORD) -> Sent:
    return delivery.deliver(life.desk, lambda: password, lambda: life.now)


def outbox(life: ProcessTicket) -> list[OutboxRow]:
    with reading(life.desk.engine) as connection:
        return outbox_rows(connection, (), ticket=life.ticket)


def states(life: ProcessTicket) -> list[str]:
    return [row.state for row in outbox(life)]


class TestWhatIsSent:
    def test_a_message_leaves_encrypted_with_its_headers_and_its_accents(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        opened(life)
        assert states(life) == ["pendente"]
        assert deliver(life) == Sent(sent=1)
        [message], [row] = mail.got, outbox(life)
        assert (message["To"], message["From"]) == ("cliente@exemplo.com.br", "Unidade Centro <mesa@plano.exemplo.br>")
        assert message["Subject"].endswith(": Ação")
        assert message.get_content().strip() == "Olá, ação e coração."
        assert message.get_content_type() == "text/plain"
        assert message["Message-ID"] == row.mail_id
        assert (row.state, row.reply, row.attempts) == ("enviado", "250 aceita", 1)

    def test_a_text_of_people_adds_no_header(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life, quem="x\r\nBcc: outro@exemplo.com.br\r\n\r\noi")
        deliver(life)
        [message] = mail.got
        assert message["Bcc"] is None
        assert message["Subject"].endswith(": x Bcc: outro@exemplo.com.br oi")
        assert message.get_content().strip() == "Olá, ação e coração."

    def test_messages_of_a_ticket_to_one_address_are_one_thread(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        deliver(life)
        life.act("avisar")
        addresses.set_group_email(life.desk, rows(life.desk, "SELECT max(id) FROM staff_group")[0][0], "c@x.br", NOW)
        deliver(life)
        first, second = mail.got
        assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
        assert states(life) == ["enviado", "enviado", "sem endereço", "em mãos"]

    def test_a_group_gets_its_messages_at_its_own_address(self, life: ProcessTicket, mail: MailServer) -> None:
        [(group,)] = rows(life.desk, "SELECT id FROM staff_group WHERE name = 'Contas médicas'")
        addresses.set_group_email(life.desk, group, "contas@plano.exemplo.br", NOW)
        opened(life).act("avisar")
        deliver(life)
        assert [message["To"] for message in mail.got][-1] == "contas@plano.exemplo.br"
        assert mail.got[-1]["References"] is None

    def test_nothing_leaves_before_the_desk_opens(self, life: ProcessTicket) -> None:
        opened(life.at(11, 10))
        assert deliver(life) == Sent()
        assert deliver(life.at(13, 9)) == Sent(sent=1)


class TestWhatIsNotSent:
    def test_a_desk_without_a_server_writes_what_no_worker_takes(self, life: ProcessTicket, mail: MailServer) -> None:
        settings.change_setting(life.desk, "smtp_servidor", "", NOW)
        opened(life)
        configure(life.desk, mail)
        assert (states(life), deliver(life)) == (["nunca enviado"], Sent())

    def test_another_machine_sends(self, life: ProcessTicket) -> None:
        settings.change_setting(life.desk, "smtp_maquinas", "balcao-7, balcao-8", NOW)
        opened(life)
        assert (deliver(life), states(life)) == (Sent(), ["pendente"])

    def test_without_an_address_that_is_said(self, life: ProcessTicket) -> None:
        opened(life, contato="")
        assert (deliver(life), states(life)) == (Sent(), ["sem endereço"])

    @pytest.mark.parametrize(
        ("password", "problem"), [("", "smtp_sem_senha"), ("errada", "smtp_falhou")], ids=["none", "wrong"]
    )
    def test_without_the_right_password_the_messages_wait(
        self, life: ProcessTicket, mail: MailServer, password: str, problem: str
    ) -> None:
        opened(life)
        assert deliver(life, password).problem == problem
        assert not mail.got
        assert states(life) == ["pendente" if not password else "falhou"]

    def test_the_password_never_leaves_without_encryption(self, life: ProcessTicket) -> None:
        settings.change_setting(life.desk, "smtp_seguranca", "nenhuma", NOW)
        settings.change_setting(life.desk, "smtp_servidor", "correio.exemplo.com.br", NOW)
        opened(life)
        assert deliver(life).problem == "smtp_senha_aberta"

    def test_a_server_that_nobody_vouches_for_gets_nothing(
        self, life: ProcessTicket, mail: MailServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        opened(life)
        assert deliver(life).problem == "smtp_falhou"
        assert (mail.got, states(life)) == ([], ["falhou"])


class TestFailures:
    def test_what_is_refused_for_now_is_tried_again_later_with_the_same_message_id(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        mail.answers[:] = ["451 agora não", "451 agora não"]
        opened(life)
        ids = set()
        for delay in DELAYS[:2]:
            assert deliver(life) == Sent(failed=1)
            [row] = outbox(life)
            assert (row.state, row.reply, row.next_at) == ("falhou", "451 agora não", life.now + delay)
            ids.add(row.mail_id)
            assert deliver(life) == Sent()
            life.now += delay
        assert deliver(life) == Sent(sent=1)
        assert ids == {mail.got[0]["Message-ID"]}

    def test_after_the_last_delay_a_person_decides(self, life: ProcessTicket, mail: MailServer) -> None:
        opened(life)
        for delay in (*DELAYS, timedelta()):
            mail.answers[:] = ["451 agora não"]
            assert deliver(life) == Sent(failed=1)
            life.now += delay
        [row] = outbox(life)
        assert (row.state, row.next_at, row.attempts) == ("falhou", None, len(DELAYS) + 1)
        life.now += timedelta(days=90)
        assert deliver(life) == Sent()

    def test_what_is_refused_for_good_is_not_tried_again(self, life: ProcessTicket, mail: MailServer) -> None:
        mail.recipients["cliente@exemplo.com.br"] = "550 não há essa pessoa"
        opened(life)
        assert deliver(life) == Sent(failed=1)
        [row] = outbox(life)
        assert (row.state, row.reply, row.next_at) == ("recusado", "550 não há essa pessoa", None)

    def test_one_refused_message_does_not_stop_the_next(self, life: ProcessTicket, mail: MailServer) -> None:
        mail.recipients["a@exemplo.com.br"] = "550 não"
        opened(life, contato="a@exemplo.com.br")
        opened(life, contato="b@exemplo.com.br")
        assert deliver(life) == Sent(sent=1, failed=1)

    def test_a_connection_lost_after_the_text_is_a_doubt(self, life: ProcessTicket, mail: MailServer) -> None:
        mail.answers[:] = [hang_up]
        opened(life)
        assert deliver(life) == Sent(failed=1)
        assert (states(life), len(mail.got)) == (["incerto"], 1)
        life.now += timedelta(days=9)
        assert deliver(life) == Sent()

    def test_a_server_that_is_not_there_costs_one_attempt(self, life: ProcessTicket) -> None:
        settings.change_setting(life.desk, "smtp_porta", "1", NOW)
        opened(life)
        opened(life)
        assert deliver(life).problem == "smtp_falhou"
        assert sorted(row[0] for row in rows(life.desk, "SELECT state FROM addressee")) == ["falhou", "pendente"]


KILLED = """
import os, signal, sys
from datetime import datetime
from atendimento_tui.data.repositories import outbox
from atendimento_tui.services import delivery
from atendimento_tui.services.desk import open_desk

outbox.record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
now = datetime.fromisoformat(sys.argv[2])
delivery.deliver(open_desk(sys.argv[1], now), lambda: sys.argv[3], lambda: now)
"""


class TestWorkers:
    def test_one_killed_between_sending_and_recording_leaves_a_doubt_and_nothing_is_sent_twice(
        self, life: ProcessTicket, mail: MailServer
    ) -> None:
        opened(life)
        database = str(life.desk.file or life.desk.engine.url.render_as_string(hide_password=False))
        worker = subprocess.Popen([sys.executable, "-c", KILLED, database, life.now.isoformat(), PASSWORD])
        assert worker.wait() == -signal.SIGKILL
        assert (states(life), len(mail.got)) == (["enviando"], 1)
        assert deliver(life) == Sent()
        [row] = outbox(life)
        assert (row.state, row.mail_id) == ("incerto", mail.got[0]["Message-ID"])
        life.now += timedelta(days=9)
        assert (deliver(life), len(mail.got)) == (Sent(), 1)

    def test_one_of_another_machine_is_dead_after_a_while(
        self, life: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delivery, "worker_name", lambda: f"outra-maquina {os.getpid()}")

        def stop(*_: Any) -> bool:
            raise KeyboardInterrupt

        opened(life)
        with monkeypatch.context() as during:
            during.setattr(writes, "record", stop)
            with pytest.raises(KeyboardInterrupt):
                deliver(life)
        assert (deliver(life), states(life)) == (Sent(), ["enviando"])
        life.now += DEAD_AFTER
        assert (deliver(life), states(life)) == (Sent(), ["incerto"])

    def test_two_never_take_the_same(self, life: ProcessTicket, mail: MailServer) -> None:
        for number in range(6):
            opened(life, contato=f"c{number}@exemplo.com.br")
        results: list[Sent] = []
        workers = [Thread(target=lambda: results.append(deliver(life))) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sum(each.sent for each in results) == 6
        assert sorted(message["To"] for message in mail.got) == [f"c{number}@exemplo.com.br" for number in range(6)]


class TestThePassword:
    def test_is_read_from_a_file_that_only_its_owner_reads(self, tmp_path: Path) -> None:
        file = tmp_path / "senha"
        assert smtp.password(file, {}) == ""
        file.write_text("segredo com espaço\noutra linha\n", "utf-8")
        file.chmod(0o600)
        assert smtp.password(file, {}) == "segredo com espaço"
        file.chmod(0o640)
        with pytest.raises(Refused) as raised:
            smtp.password(file, {})
        assert raised.value.code == "senha_arquivo_aberto"

    def test_of_the_environment_comes_first(self, tmp_path: Path) -> None:
        named = tmp_path / "outra"
        named.write_text("do arquivo", "utf-8")
        named.chmod(0o600)
        environ = {smtp.PASSWORD_FILE_VARIABLE: str(named)}
        assert smtp.password(tmp_path / "senha", environ) == "do arquivo"
        assert smtp.password(tmp_path / "senha", environ | {smtp.PASSWORD_VARIABLE: "direta"}) == "direta"


@pytest.mark.parametrize("security", ["tls", "nenhuma"])
def test_other_ways_of_connecting(life: ProcessTicket, security: str, tmp_path: Path, monkeypatch: Any) -> None:
    with mail_server(tmp_path, security=security) as other:
        monkeypatch.setenv("SSL_CERT_FILE", str(other.certificate))
        configure(life.desk, other, smtp_seguranca=security, smtp_login="")
        opened(life)
        assert deliver(life) == Sent(sent=1)


def test_times_are_those_of_the_clock(life: ProcessTicket) -> None:
    opened(life)
    deliver(life)
    assert isinstance(at := outbox(life)[0].state_at, datetime)
    assert at == life.now


def test_what_was_written_before_the_outbox_is_never_sent(
    databases: Databases, mail: MailServer, tmp_path: Path
) -> None:
    """Migration 0033: an old e-mail was not sent and is not; the other channels are for a person to deliver."""
    today, older = databases.copy(), databases.new()
    with open_desk(today, NOW) as desk:
        path = tmp_path / "carta.toml"
        path.write_text(SERVICE, "utf-8")
        processes.include_file(desk, path, make_groups=True)
        configure(desk, mail)
        old = opened(ProcessTicket(desk, local(10, 10)))
        old.act("avisar")
        assert "pendente" in states(old)
    make_older(today, older, "0032")
    with open_desk(older, NOW) as desk:
        configure(desk, mail)
        life = ProcessTicket(desk, local(10, 10), ticket=old.ticket)
        assert (deliver(life), states(life)) == (Sent(), ["nunca enviado", "nunca enviado", "nunca enviado", "em mãos"])
        assert [row.body for row in outbox(life)][:1] == ["Olá, ação e coração."]
    for database in (today, older):
        databases.drop(database)


def test_the_diagnosis_says_whether_the_server_lets_the_desk_in(
    life: ProcessTicket, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = str(life.desk.file or life.desk.engine.url.render_as_string(hide_password=False))

    def told() -> dict[str, object]:
        return next(dict(part.values) for part in diagnosis.diagnose(database, NOW) if part.name == "email")

    monkeypatch.setenv(smtp.PASSWORD_VARIABLE, PASSWORD)
    assert told() == {"servidor": True, "seguranca": "starttls", "login": True, "conecta": True}
    monkeypatch.setenv(smtp.PASSWORD_VARIABLE, "errada")
    assert told()["conecta"] is False
    assert mail.got == []
    settings.change_setting(life.desk, "smtp_servidor", "", NOW)
    assert told() == {"servidor": False}

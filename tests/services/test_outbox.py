"""What people decide about the outbox, and how the state of a message is told."""

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.domain.mail import Letter, composed
from atendimento_tui.domain.outbox import DELAYS, Delivery, next_attempt, whatsapp_link
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.outputs.as_text import delivery_lines
from atendimento_tui.services import outbox, settings
from atendimento_tui.texts import refusals
from atendimento_tui.texts.outbox import STATE
from tests.living import NOW
from tests.mail_server import MailServer, hang_up
from tests.services.test_delivery import deliver, life, mail, opened, running, states
from tests.services.test_processes import SAO_PAULO, ProcessTicket

__all__ = ["life", "mail", "running"]


@given(st.text())
def test_a_link_has_the_text_and_nothing_else(text: str) -> None:
    clean = written(text, multiline=True).encode("utf-8", "replace").decode()
    address = urlsplit(whatsapp_link(clean))
    assert (address.scheme, address.netloc, address.path, address.fragment) == ("https", "wa.me", "/", "")
    assert parse_qs(address.query, keep_blank_values=True) == {"text": [clean]}


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_adds_a_header_or_a_recipient(subject: str, name: str) -> None:
    letter = Letter("<um@exemplo.com.br>", "mesa@exemplo.com.br", name, "ana@exemplo.com.br", subject, "Olá.")
    found = message_from_bytes(composed(letter, NOW), policy=default)
    allowed = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
    assert set(found.keys()) - {"Content-Type", "Content-Transfer-Encoding"} == allowed
    assert [each.addr_spec for each in found["To"].addresses] == ["ana@exemplo.com.br"]


@given(st.integers(-3, 20))
def test_delays_end_and_never_shrink(attempts: int) -> None:
    again = next_attempt(attempts, NOW)
    assert (again is not None) == (0 < attempts <= len(DELAYS))
    assert list(DELAYS) == sorted(DELAYS)


def row_of(life: ProcessTicket, state: str) -> int:
    """The number of the ticket's row in this state."""
    return next(row.id for row in outbox.listed(life.desk, every=True) if row.state == state)


def refusal(call: Callable[[], ActDone]) -> str:
    with pytest.raises(Refused) as raised:
        call()
    assert refusals.sentence(raised.value.code, raised.value.refusal.values).endswith(".")
    return raised.value.code


def test_a_doubt_is_sent_again_by_a_person_with_the_same_message_id(life: ProcessTicket, mail: MailServer) -> None:
    mail.answers[:] = [hang_up]
    opened(life)
    deliver(life)
    outbox.resend(life.desk, life.order(), row_of(life, "incerto"))
    assert life.events("reenviado")[0][1].endswith("cliente@exemplo.com.br")
    assert deliver(life).sent == 1
    first, second = mail.got
    assert first["Message-ID"] == second["Message-ID"]


def test_what_waits_or_was_sent_is_not_sent_again(life: ProcessTicket) -> None:
    opened(life)
    number = row_of(life, "pendente")
    assert refusal(lambda: outbox.resend(life.desk, life.order(), number)) == "saida_nao_reenvia"
    deliver(life)
    assert refusal(lambda: outbox.resend(life.desk, life.order(), number)) == "saida_nao_reenvia"
    assert refusal(lambda: outbox.give_up(life.desk, life.order(), number, "não")) == "saida_nao_desiste"
    assert states(life) == ["enviado"]


def test_a_missing_address_is_given_and_the_message_leaves(life: ProcessTicket, mail: MailServer) -> None:
    opened(life, contato="")
    number = row_of(life, "sem endereço")
    assert refusal(lambda: outbox.resend(life.desk, life.order(), number)) == "saida_sem_endereco"
    assert refusal(lambda: outbox.correct_address(life.desk, life.order(), number, "a b@c")) == "endereco_invalido"
    outbox.correct_address(life.desk, life.order(), number, " novo@exemplo.com.br ")
    deliver(life)
    assert [message["To"] for message in mail.got] == ["novo@exemplo.com.br"]


def test_who_gives_up_says_why(life: ProcessTicket) -> None:
    opened(life)
    number = row_of(life, "pendente")
    assert refusal(lambda: outbox.give_up(life.desk, life.order(), number, "  ")) == "saida_sem_motivo"
    outbox.give_up(life.desk, life.order(), number, "O cliente ligou antes.")
    assert (deliver(life).sent, states(life)) == (0, ["desistido"])
    assert outbox.listed(life.desk) == []


def test_a_message_by_hand_is_delivered_because_a_person_says_so(life: ProcessTicket) -> None:
    opened(life).act("avisar")
    number = row_of(life, "em mãos")
    assert refusal(lambda: outbox.resend(life.desk, life.order(), number)) == "saida_nao_e_email"
    outbox.confirm_delivered(life.desk, life.order(), number, "lido no balcão")
    assert states(life)[-1] == "entregue"
    assert refusal(lambda: outbox.confirm_delivered(life.desk, life.order(), number, "")) == "saida_nao_entrega"


def test_a_row_of_another_ticket_is_not_changed(life: ProcessTicket) -> None:
    opened(life)
    number = row_of(life, "pendente")
    opened(life)
    assert refusal(lambda: outbox.give_up(life.desk, life.order(), number, "engano")) == "saida_desconhecida"


def test_a_desk_that_sends_nothing_refuses_to_send_again(life: ProcessTicket) -> None:
    settings.change_setting(life.desk, "smtp_servidor", "", NOW)
    opened(life)
    number = row_of(life, "nunca enviado")
    assert refusal(lambda: outbox.resend(life.desk, life.order(), number)) == "saida_mesa_nao_envia"


def test_the_count_tells_what_waits_and_what_failed(life: ProcessTicket, mail: MailServer) -> None:
    mail.recipients["cliente@exemplo.com.br"] = "550 não há"
    opened(life)
    opened(life, contato="")
    opened(life, contato="outro@exemplo.com.br")
    assert (outbox.count(life.desk).waiting, outbox.count(life.desk).failed) == (2, 1)
    version = life.desk.info().version
    deliver(life)
    assert (outbox.count(life.desk).waiting, outbox.count(life.desk).failed) == (0, 2)
    changed = life.desk.info_if_changed(version)
    assert changed
    assert changed.unsent == 2


def test_nothing_is_called_sent_that_only_lies_there(life: ProcessTicket, mail: MailServer) -> None:
    mail.answers[:] = ["451 agora não"]
    opened(life)
    deliver(life)

    def told(state: str) -> str:
        [message] = life.view().messages
        [row] = message.recipients
        shown = replace(message, recipients=(replace(row, state=state),))
        return next(delivery_lines(shown, life.now, SAO_PAULO))

    lines = {state: told(state) for state in Delivery}
    assert lines[Delivery.SENT] == "cliente@exemplo.com.br: enviada às 10:00 ao servidor"
    assert lines[Delivery.FAILED] == "cliente@exemplo.com.br: falhou: 451 agora não; nova tentativa às 10:01"
    assert lines[Delivery.NEVER].endswith("escrita, não enviada")
    assert [state for state, line in lines.items() if "enviada às" in line] == [Delivery.SENT]
    assert STATE.keys() == set(Delivery)

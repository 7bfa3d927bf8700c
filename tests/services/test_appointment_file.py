"""The appointment as a file for a calendar: with the e-mail, saved by who acts, checked by `icalendar`."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from atendimento_tui.contracts.papers import Way
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.outgoing import APPOINTMENT_FILE
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import outbox, papers, processes, providers, settings
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts import papers as texts
from tests.an_agenda import doctor, furnish
from tests.mail_server import MailServer
from tests.services.test_bookings import ASKED, BOOKED, MONDAY, TUESDAY, act, answered
from tests.services.test_delivery import configure, deliver, mail, running
from tests.services.test_message_files import SERVICE
from tests.services.test_processes import ProcessTicket, local

__all__ = ["mail", "running"]

BY_MAIL = {"aviso": "por e-mail"}
LONG = "Jejum de água há 8 h; traga exames, e a guia. Não tome café à tarde. " * 4


@pytest.fixture
def counter(desk: Desk, mail: MailServer) -> ProcessTicket:
    """Friday, 10 April, at a desk that sends e-mail; a request whose person has an address."""
    configure(desk, mail)
    life = ProcessTicket(desk, local(10, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", now=life.now)
    providers.change(desk, providers.SPECIALTY, "Cardiologia", {"preparation": LONG}, life.now)
    return life.open("agendamento", Severity.MEDIUM, email="maria@exemplo.com.br", **ASKED)


def event_in(content: bytes) -> icalendar.Event:
    """The event of a file that is as RFC 5545 and RFC 5546, 3.2.1, want it."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.to_ical() == content
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    [event] = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    assert not event.errors
    assert {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "SEQUENCE"} <= event.keys()
    assert "ATTENDEE" not in event
    return event


def part_of(message: EmailMessage) -> bytes:
    [part] = message.iter_attachments()
    assert (part.get_content_type(), part.get_param("method"), part.get_content_charset()) == (
        "text/calendar",
        "PUBLISH",
        "utf-8",
    )
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_each_email_about_an_appointment_has_its_newest_file(counter: ProcessTicket, mail: MailServer) -> None:
    act(counter, "marcar", answered() | BY_MAIL)
    assert counter.view().messages[-1].carries == (texts.APPOINTMENT,)
    act(counter.at(10, 11), "remarcar", answered(TUESDAY) | BY_MAIL)
    deliver(counter)
    counter.at(10, 12).act("desmarcar", "Viajou.")
    deliver(counter)
    protocol = counter.view().row.protocol
    assert [part.get_filename() for each in mail.got for part in each.iter_attachments()] == [
        f"consulta-{protocol}.ics"
    ] * 3
    files = [part_of(each) for each in mail.got]
    events = [event_in(each) for each in files]
    # The first one left after the move, so it has what is true.
    assert [(each["SEQUENCE"], each.decoded("DTSTART"), each["STATUS"]) for each in events] == [
        (1, TUESDAY, "CONFIRMED"),
        (1, TUESDAY, "CONFIRMED"),
        (2, TUESDAY, "CANCELLED"),
    ]
    assert [each.decoded("DTSTAMP") for each in events] == [local(10, hour) for hour in (10, 11, 12)]
    assert len({each["UID"] for each in events}) == 1
    assert LONG.strip() in str(events[0]["DESCRIPTION"])
    assert str(events[0]["ORGANIZER"]) == "mailto:mesa@plano.exemplo.br"
    assert [word for word in ("Maria", "Palpita") if word.encode() in files[0].replace(b"\r\n ", b"")] == []


def test_by_whatsapp_nothing_goes_with_it(counter: ProcessTicket) -> None:
    act(counter, "marcar", answered() | BOOKED)
    counter.act("desmarcar", "Viajou.")
    assert [(each.channel, each.carries) for each in counter.view().messages] == [("texto", ()), ("whatsapp", ())]


def test_it_is_a_paper_of_the_ticket_from_the_booking_on(counter: ProcessTicket, tmp_path: Path) -> None:
    way = Way("arquivo", folder=tmp_path / "papeis")
    assert APPOINTMENT_FILE not in [each.key for each in counter.view().papers]
    with pytest.raises(Refused, match="papel_desconhecido"):
        papers.give(counter.desk, counter.order(), APPOINTMENT_FILE, way)
    act(counter, "marcar", answered() | BOOKED)
    assert [each.key for each in counter.view().papers] == ["consulta", APPOINTMENT_FILE]
    done = papers.give(counter.desk, counter.order(), APPOINTMENT_FILE, way)
    [file] = (tmp_path / "papeis").iterdir()
    assert file.name == f"consulta-{counter.view().row.protocol}.ics"
    assert done.said == f"Consulta para a agenda (.ics): gravado em {file}"
    event = event_in(file.read_bytes())
    assert (event.decoded("DTSTART"), event.decoded("DTSTAMP")) == (MONDAY, datetime(2026, 4, 10, 13, tzinfo=UTC))
    assert [text for _, text in counter.events("papel")] == ["Consulta para a agenda (.ics): gravado em arquivo"]


def test_what_goes_by_hand_is_saved_with_the_file(counter: ProcessTicket, tmp_path: Path) -> None:
    act(counter, "marcar", answered() | BY_MAIL)
    [row] = outbox.listed(counter.desk)
    assert outbox.one(counter.desk, row.id).carries == (texts.APPOINTMENT,)
    [path] = outbox.save_files(counter.desk, counter.order(), row.id, tmp_path)
    assert event_in(path.read_bytes())["SEQUENCE"] == 0


def test_a_unit_without_an_address_has_an_organizer_too(counter: ProcessTicket, tmp_path: Path) -> None:
    settings.change_setting(counter.desk, "smtp_remetente", "", counter.now)
    act(counter, "marcar", answered() | BOOKED)
    papers.give(counter.desk, counter.order(), APPOINTMENT_FILE, Way("arquivo", folder=tmp_path))
    [file] = tmp_path.iterdir()
    organizer = event_in(file.read_bytes())["ORGANIZER"]
    assert (str(organizer), organizer.params["CN"]) == ("invalid:nomail", counter.desk.unit.name)


def test_only_a_process_with_a_slot_may_promise_the_file_and_without_an_appointment_it_is_refused(
    counter: ProcessTicket, tmp_path: Path
) -> None:
    process = SERVICE.replace('anexa = ["laudo", "recibo"]', f'anexa = "{APPOINTMENT_FILE}"')
    with pytest.raises(ProcessError) as raised:
        read_process(process)
    assert (raised.value.code, raised.value.values["word"]) == ("processo_desconhecido", APPOINTMENT_FILE)
    slot = '[[campos]]\nchave = "vaga"\nrotulo = "Vaga"\ntipo = "vaga"\n[[documentos]]\nchave = "laudo"'
    path = tmp_path / "carta.toml"
    path.write_text(process.replace('[[documentos]]\nchave = "laudo"', slot, 1), "utf-8")
    processes.include_file(counter.desk, path)
    counter.open("carta", contato="maria@exemplo.com.br", tem_laudo="sim")
    assert counter.refused("enviar") == "anexa_papel"

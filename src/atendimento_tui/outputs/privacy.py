"""What the desk has about a person, for the person: lines, JSON, a paper."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.privacy import (
    Erasure,
    Expired,
    PersonalData,
    PersonalEvent,
    PersonalMessage,
    PersonalTicket,
)
from atendimento_tui.domain.bills import Bill
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.outputs.as_json import written
from atendimento_tui.outputs.as_text import one_line
from atendimento_tui.outputs.pdf import Paragraph, Part, Rows, Sheet, Table, pdf_bytes
from atendimento_tui.texts import beneficiaries as record_texts
from atendimento_tui.texts import bills as bill_texts
from atendimento_tui.texts import bookings as booking_texts
from atendimento_tui.texts import formats, remittances, words
from atendimento_tui.texts import privacy as texts


def as_json(data: PersonalData, zone: ZoneInfo) -> dict[str, Any]:
    """Everything as JSON; instants are in the zone of the desk."""
    return {
        "cadastro": dict(data.record),
        "historico_do_cadastro": [_event_as_json(each, zone) for each in data.changes],
        "boletos": [
            {
                "competencia": each.competence,
                "linha": Bill(each.code).line,
                "centavos": each.cents,
                "vencimento": each.due_on.isoformat(),
                "pago_em": each.paid_on.isoformat() if each.paid_on else None,
            }
            for each in data.bills
        ],
        "agendamentos": [
            {
                "em": each.local.isoformat(),
                "profissional": each.provider,
                "local": each.site,
                "estado": booking_texts.STATE[each.state],
                "nome": each.name,
                "motivo": each.reason or None,
                "protocolo": each.protocol or None,
            }
            for each in data.bookings
        ],
        "atendimentos": [
            {
                "protocolo": each.protocol,
                "servico": each.service,
                "assunto": each.subject,
                "canal": each.channel,
                "solicitante": each.requester or None,
                "aberto_em": _iso(each.opened_at, zone),
                "encerrado_em": _iso(each.closed_at, zone),
                "respostas": dict(each.answers),
                "historico": [_event_as_json(one, zone) for one in each.events],
                "mensagens": [
                    {
                        "em": _iso(one.at, zone),
                        "canal": one.channel,
                        "assunto": one.subject,
                        "texto": one.body,
                        "para": list(one.to),
                        "arquivos": list(one.files),
                    }
                    for one in each.messages
                ],
                "recebidas": [
                    {"em": _iso(one.at, zone), "de": one.sender, "assunto": one.subject, "texto": one.text}
                    for one in each.received
                ],
                "anexos": list(each.files),
                "numeros": [{"sistema": system, "numero": number} for system, number in each.numbers],
                "tarefas": list(each.tasks),
                "documentos": [
                    {"nome": one.name, "estado": one.state, "motivo": one.reason or None, "disse": one.said_by or None}
                    for one in each.documents
                ],
            }
            for each in data.tickets
        ],
    }


def expired_as_json(person: Expired) -> dict[str, Any]:
    """Somebody whose data need not be kept, as `dados-pessoais vencidos --json` lists them."""
    return {"nome": person.name, "desde": person.since.isoformat(), "atendimentos": person.tickets}


def erasure_lines(erasure: Erasure) -> Iterator[str]:
    """What anonymising would erase, what would stay, and where else the data are."""
    yield texts.WOULD.format(name=erasure.name)
    yield texts.WOULD_RECORD.format(items=", ".join(record_texts.ITEM_NAMES[key] for key in erasure.items))
    counts = (
        texts.COUNTED.format(what=texts.ROWS[key], count=formats.number(count))
        for key, count in erasure.rows.items()
        if count
    )
    if found := " · ".join(counts):
        yield texts.WOULD_ROWS.format(tickets=texts.tickets(erasure.tickets), counts=found)
    yield texts.STAYS
    yield texts.ELSEWHERE
    yield from (texts.COPY.format(path=path) for path in erasure.copies)


def lines(data: PersonalData, zone: ZoneInfo) -> Iterator[str]:
    """Everything as lines of text."""
    for part in _parts(data, zone):
        match part:
            case Paragraph(text):
                yield one_line(text)
            case Rows(rows):
                yield from (one_line(f"{name}: {value}") for name, value in rows)
            case Table(_, rows):
                yield from (one_line("  ".join(row)) for row in rows)


def _as_text_file(data: PersonalData, _unit: UnitInfo, at: datetime) -> bytes:
    return "".join(f"{line}\n" for line in lines(data, _zone(at))).encode()


def _as_json_file(data: PersonalData, _unit: UnitInfo, at: datetime) -> bytes:
    return f"{written(as_json(data, _zone(at)))}\n".encode()


def _as_pdf_file(data: PersonalData, unit: UnitInfo, at: datetime) -> bytes:
    return pdf_bytes(sheet(data, unit, _zone(at)), at)


def _zone(at: datetime) -> ZoneInfo:
    assert isinstance(at.tzinfo, ZoneInfo), "the instant is in the zone of the desk"
    return at.tzinfo


FORMS: Mapping[str, Callable[[PersonalData, UnitInfo, datetime], bytes]] = MappingProxyType(
    {"pdf": _as_pdf_file, "txt": _as_text_file, "json": _as_json_file}
)
"""Ending of a file -> its content, for an instant in the zone of the desk."""


def sheet(data: PersonalData, unit: UnitInfo, zone: ZoneInfo) -> Sheet:
    """Everything as a paper."""
    return Sheet(texts.TITLE, tuple(_parts(data, zone)), header=(unit.name,))


def _parts(data: PersonalData, zone: ZoneInfo) -> Iterator[Part]:
    yield Paragraph(texts.RECORD)
    yield Rows(tuple(data.record.items()))
    yield Paragraph(texts.CHANGES)
    yield _table(data.changes, zone, record_texts.EVENT)
    if data.bills:
        yield Paragraph(texts.BILLS)
        yield Rows(tuple(_bill(each) for each in data.bills))
    if data.bookings:
        yield Paragraph(texts.BOOKINGS)
        yield Rows(tuple(_booking(each) for each in data.bookings))
    for ticket in data.tickets:
        yield Paragraph("")
        yield Paragraph(texts.TICKET.format(protocol=formats.protocol_groups(ticket.protocol), service=ticket.service))
        yield Rows(tuple(_facts(ticket, zone)))
        yield Paragraph(texts.HISTORY)
        yield _table(ticket.events, zone, words.EVENT)
        if ticket.messages:
            yield Paragraph(texts.MESSAGES)
        for message in ticket.messages:
            yield Rows(tuple(_said(message, zone)))
        if ticket.received:
            yield Paragraph(texts.RECEIVED)
        for answer in ticket.received:
            said = f"{answer.sender}\n{answer.subject}\n{answer.text}".strip()
            yield Rows(((_shown(answer.at, zone), said),))
        yield Rows(tuple(_kept(ticket)))


def _bill(bill: BillRow) -> tuple[str, str]:
    """The month of a bill, and its value, days and digits."""
    facts = [formats.money(bill.cents), bill_texts.DUES.format(due=formats.date(bill.due_on))]
    facts += [bill_texts.PAID.format(day=formats.date(bill.paid_on))] if bill.paid_on else []
    return masked_as("competencia", bill.competence), " · ".join((*facts, Bill(bill.code).shown))


def _booking(booking: BookingRow) -> tuple[str, str]:
    """When an appointment is, and with whom, where, its state and why."""
    facts = (booking.name, booking.provider, booking.site, booking_texts.STATE[booking.state], booking.reason)
    return formats.instant(booking.local), " · ".join(filter(None, facts))


def _said(message: PersonalMessage, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    yield _shown(message.at, zone), f"{message.subject}\n{message.body}".strip()
    for name, found in ((texts.TO, message.to), (texts.SENT_FILES, message.files)):
        if found:
            yield name, ", ".join(found)


def _kept(ticket: PersonalTicket) -> Iterator[tuple[str, str]]:
    """What else the ticket has, in words."""
    documents = [
        f"{each.name}: {' · '.join(filter(None, (remittances.STATE[each.state], each.reason, each.said_by)))}"
        for each in ticket.documents
    ]
    for name, found in (
        (texts.FILES, ticket.files),
        (texts.NUMBERS, [f"{system} {number}" for system, number in ticket.numbers]),
        (texts.TASKS, ticket.tasks),
        (texts.DOCUMENTS, documents),
    ):
        if found:
            yield name, ", ".join(found)


def _facts(ticket: PersonalTicket, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    known = (
        (texts.SUBJECT, ticket.subject),
        (texts.REQUESTER, ticket.requester),
        (texts.CHANNEL, ticket.channel),
        (texts.OPENED, _shown(ticket.opened_at, zone)),
        (texts.CLOSED, _shown(ticket.closed_at, zone)),
        *ticket.answers.items(),
    )
    yield from ((name, value) for name, value in known if value)


def _table(events: tuple[PersonalEvent, ...], zone: ZoneInfo, named: Any) -> Table:
    rows = tuple(
        (_shown(each.at, zone), each.actor or texts.SYSTEM, each.action or named.get(each.kind, each.kind), each.text)
        for each in events
    )
    return Table(texts.HEADING, rows, (3, 3, 4, 6))


def _event_as_json(event: PersonalEvent, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "em": _iso(event.at, zone),
        "tipo": event.kind,
        "acao": event.action or None,
        "quem": event.actor,
        "texto": event.text,
    }


def _iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def _shown(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    local = at.astimezone(zone)
    return f"{formats.date(local)} {formats.clock(local)}"

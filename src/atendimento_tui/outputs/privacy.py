"""What the desk has about a person, for the person: lines, JSON, a paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.privacy import Expired, PersonalData, PersonalEvent, PersonalTicket
from atendimento_tui.outputs.as_text import one_line
from atendimento_tui.outputs.pdf import Paragraph, Part, Rows, Sheet, Table
from atendimento_tui.texts import beneficiaries as record_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import privacy as texts


def as_json(data: PersonalData, zone: ZoneInfo) -> dict[str, Any]:
    """Everything as JSON; instants are in the zone of the desk."""
    return {
        "cadastro": dict(data.record),
        "historico_do_cadastro": [_event_as_json(each, zone) for each in data.changes],
        "atendimentos": [
            {
                "protocolo": each.protocol,
                "servico": each.service,
                "assunto": each.subject,
                "canal": each.channel,
                "aberto_em": _iso(each.opened_at, zone),
                "encerrado_em": _iso(each.closed_at, zone),
                "respostas": dict(each.answers),
                "historico": [_event_as_json(one, zone) for one in each.events],
                "mensagens": [
                    {"em": _iso(one.at, zone), "canal": one.channel, "assunto": one.subject, "texto": one.body}
                    for one in each.messages
                ],
                "anexos": list(each.files),
            }
            for each in data.tickets
        ],
    }


def expired_as_json(person: Expired) -> dict[str, Any]:
    """Somebody whose data need not be kept, as `dados-pessoais vencidos --json` lists them."""
    return {"nome": person.name, "desde": person.since.isoformat(), "atendimentos": person.tickets}


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


def sheet(data: PersonalData, unit: UnitInfo, zone: ZoneInfo) -> Sheet:
    """Everything as a paper."""
    return Sheet(texts.TITLE, tuple(_parts(data, zone)), header=(unit.name,))


def _parts(data: PersonalData, zone: ZoneInfo) -> Iterator[Part]:
    yield Paragraph(texts.RECORD)
    yield Rows(tuple(data.record.items()))
    yield Paragraph(texts.CHANGES)
    yield _table(data.changes, zone, record_texts.EVENT)
    for ticket in data.tickets:
        yield Paragraph("")
        yield Paragraph(texts.TICKET.format(protocol=formats.protocol_groups(ticket.protocol), service=ticket.service))
        yield Rows(tuple(_facts(ticket, zone)))
        yield Paragraph(texts.HISTORY)
        yield _table(ticket.events, zone, words.EVENT)
        if ticket.messages:
            yield Paragraph(texts.MESSAGES)
        for message in ticket.messages:
            yield Rows(((_shown(message.at, zone), f"{message.subject}\n{message.body}".strip()),))
        if ticket.files:
            yield Rows(((texts.FILES, ", ".join(ticket.files)),))


def _facts(ticket: PersonalTicket, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    known = (
        (texts.SUBJECT, ticket.subject),
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
    return Table(("", "", "", ""), rows, (3, 3, 4, 6))


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

"""Tickets as JSON for other programs (docs/rules.md, "Words in the data"); instants are ISO 8601 with offset."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.access import OnDuty, SessionRow
from atendimento_tui.contracts.attachments import AttachmentRow
from atendimento_tui.contracts.documents import DocumentView, WaitingDocument, WaitingTicket
from atendimento_tui.contracts.outbox import OutboxRow
from atendimento_tui.contracts.people import GroupRow, PersonRow
from atendimento_tui.contracts.process_times import TypicalTime
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.register import RegisterRun
from atendimento_tui.contracts.safekeeping import CopyRow
from atendimento_tui.contracts.tickets import ClockView, Explanation, TicketView
from atendimento_tui.domain.clocks import Standing, Term, standing
from atendimento_tui.domain.process.amounts import read_amount
from atendimento_tui.domain.text import escaped
from atendimento_tui.outputs.waiting import as_json as waiting_as_json


def written(data: Any, *, in_ascii: bool = False) -> str:
    """The data as JSON; invisible and direction-changing characters are escaped.

    Args:
        data: What `json` can write.
        in_ascii: Whether non-ASCII characters are escaped too.
    """
    return escaped(json.dumps(data, ensure_ascii=in_ascii, indent=2))


def queue_row(row: QueueRow, calendar: BusinessCalendar | None, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """A ticket as `fila --json` lists it; the calendar is that of its term."""
    term = None
    if row.term and calendar:
        term = _term(row.term, standing(row.term, calendar, now), zone)
    return {
        "protocolo": row.protocol,
        "origem": row.origin,
        "servico": row.service,
        "assunto": row.subject,
        "solicitante": row.requester,
        "etapa": row.step,
        "grupo": row.group,
        "responsavel": row.owner,
        "criticidade": row.severity,
        "estado": row.state,
        "prazo": term,
    }


def ticket(view: TicketView, calendar: BusinessCalendar | None, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """A whole ticket, as `ver --json` shows it."""
    return queue_row(view.row, calendar, now, zone) | {
        "ciclo": view.cycle,
        "aberto_em": _iso(view.opened_at, zone),
        "encerrado_em": _iso(view.closed_at, zone),
        "importado": view.imported,
        "levou_s": None if view.process_time is None else view.process_time // timedelta(seconds=1),
        "tempo_tipico": view.usual_time or None,
        "prazos": [_clock(clock, zone) for clock in view.clocks],
        "historico": [
            {
                "numero": line.seq,
                "ato": line.kind,
                "em": _iso(line.at, zone),
                "por": line.actor,
                "texto": line.text,
                "mudou": {field: {"de": old, "para": new} for field, old, new in line.changes},
                "prazos": [
                    {"tipo": each.kind, "antes": _iso(each.before, zone), "depois": _iso(each.after, zone)}
                    for each in line.moved
                ],
            }
            for line in view.history
        ],
        "numeros_externos": [
            {"sistema": each.system, "numero": each.number, "tambem_em": list(each.also_in)} for each in view.external
        ],
        "espera": view.waiting and waiting_as_json(view.waiting, zone),
        "mensagens": [
            {
                "em": _iso(message.at, zone),
                "papel": message.recipient,
                "para": list(message.to),
                "canal": message.channel,
                "assunto": message.subject,
                "texto": message.body,
                "leva": list(message.carries),
                "entregas": [
                    {
                        "saida": each.id,
                        "para": each.name or None,
                        "endereco": each.address or None,
                        "estado": each.state,
                        "em": _iso(each.state_at, zone) if each.state_at else None,
                        "servidor": each.reply or None,
                    }
                    for each in message.recipients
                ],
            }
            for message in view.messages
        ],
    }


def outbox_row(row: OutboxRow, zone: ZoneInfo) -> dict[str, Any]:
    """A row of the outbox, as `saida --json` lists it."""
    return {
        "saida": row.id,
        "protocolo": row.protocol,
        "para": row.to or None,
        "endereco": row.address or None,
        "canal": row.channel,
        "assunto": row.subject,
        "texto": row.body,
        "escrita_em": _iso(row.at, zone),
        "estado": row.state,
        "em": _iso(row.state_at, zone) if row.state_at else None,
        "proxima_tentativa": _iso(row.next_at, zone) if row.next_at else None,
        "tentativas": row.attempts,
        "servidor": row.reply or None,
        "message_id": row.mail_id or None,
    }


def person(row: PersonRow) -> dict[str, Any]:
    """A person, as `pessoas listar --json` lists them."""
    return {
        "nome": row.name,
        "login": row.login,
        "papel": row.role,
        "ativa": row.is_active,
        "grupos": list(row.groups),
        "horario": row.hours or None,
        "email": row.email or None,
        "ausente_ate": row.absent_until.isoformat() if row.absent_until else None,
        "ausencias": [
            {"de": each.period.first.isoformat(), "ate": each.period.last.isoformat(), "motivo": each.reason}
            for each in row.absences
        ],
        "em_aberto": row.held,
        "em_servico": row.is_on_duty,
        "no_horario": row.shift.is_on if row.shift else None,
        "horario_muda_em": row.shift.changes_at.isoformat() if row.shift and row.shift.changes_at else None,
    }


def group(row: GroupRow) -> dict[str, Any]:
    """A group, as `grupos listar --json` lists it."""
    return {
        "nome": row.name,
        "ativo": row.is_active,
        "pessoas": list(row.members),
        "em_aberto": row.held,
        "email": row.email or None,
    }


def attachment(row: AttachmentRow, zone: ZoneInfo) -> dict[str, Any]:
    """An attachment, as `anexos --json` lists it."""
    return {
        "numero": row.number,
        "nome": row.name,
        "tipo": row.kind,
        "bytes": row.size,
        "sha256": row.hash,
        "em": _iso(row.at, zone),
        "quem": row.by or None,
    }


def register_run(run: RegisterRun) -> dict[str, Any]:
    """A run of the register, as `registro --json` prints it."""
    return {
        "arquivo": run.file,
        "escritos": [{"numero": row.number, "protocolo": row.protocol} for row in run.written],
        "ja_estavam": list(run.found),
        "proximo_dia": run.later,
        "copia": run.backup,
    }


def document(each: DocumentView, zone: ZoneInfo) -> dict[str, Any]:
    """A document of a ticket, as `documentos PROTOCOLO --json` lists it."""
    return {
        "chave": each.key,
        "nome": each.name,
        "porque": each.why or None,
        "necessario": each.is_needed,
        "estado": each.state,
        "como": each.way or None,
        "anexo": each.attachment[0] if each.attachment else None,
        "motivo": each.reason or None,
        "disse": each.said_by or None,
        "voltas": each.asked_again,
        "corrigir_ate": each.due_on.isoformat() if each.due_on else None,
        "chegou": _iso(each.arrived_at, zone),
        "recebeu": each.arrived_by or None,
        "julgado": _iso(each.decided_at, zone),
        "julgou": each.decided_by or None,
    }


def waiting_ticket(row: WaitingTicket, zone: ZoneInfo) -> dict[str, Any]:
    """A ticket that waits for documents, as `documentos --json` lists it."""

    def listed(documents: Sequence[WaitingDocument]) -> list[dict[str, Any]]:
        return [
            {
                "nome": each.name,
                "estado": each.state,
                "desde": _iso(each.since, zone),
                "voltas": each.asked_again,
                "corrigir_ate": each.due_on.isoformat() if each.due_on else None,
            }
            for each in documents
        ]

    return {
        "protocolo": row.protocol,
        "servico": row.service,
        "pessoa": row.person or None,
        "etapa": row.step,
        "desde": _iso(row.since, zone),
        "faltam": listed(row.missing),
        "a_conferir": listed(row.to_check),
    }


def backup(copy: CopyRow, zone: ZoneInfo | None) -> dict[str, Any]:
    """A backup copy, as `copias --json` lists it.

    Args:
        zone: The zone of the desk; None if the desk cannot be opened.
    """
    where = zone or ZoneInfo("UTC")
    return {
        "em": _iso(copy.at, where),
        "caminho": copy.path,
        "computador": copy.machine,
        "motivo": copy.kind,
        "bytes": copy.size,
        "sha256": copy.digest,
        "conferida_em": _iso(copy.checked_at, where),
        "boa": copy.is_good and copy.is_here is not False,
        "problema": copy.problem,
        "presente": copy.is_here,
    }


def explanation(explained: Explanation, zone: ZoneInfo) -> dict[str, Any]:
    """The ledger of a clock, as `explicar --json` shows it."""
    second = timedelta(seconds=1)
    return {
        "protocolo": explained.row.protocol,
        "origem": explained.row.origin,
        "prazo": _clock(explained.clock, zone),
        "intervalos": [
            {
                "inicio": _iso(line.start, zone),
                "fim": _iso(line.end, zone),
                "segundos": line.duration // second,
                "contado": line.counted,
                "motivo": line.reason,
                "nome": line.name,
            }
            for line in explained.lines
        ],
        "contado_s": explained.counted // second,
    }


def _clock(view: ClockView, zone: ZoneInfo) -> dict[str, Any]:
    standing_now = _term(view.term, view.standing, zone) if view.standing else _ended(view, zone)
    return standing_now | {
        "ciclo": view.clock.cycle,
        "calendario": view.calendar_name,
        "base": view.clock.basis,
        "alvo": view.clock.target,
        "inicio": _iso(view.clock.started_at, zone),
        "fim": _iso(view.clock.stopped_at, zone),
        "trabalhado_s": view.worked_s,
        "pausado_s": view.paused_s,
        "resultado": view.result,
    }


def _term(term: Term, stands: Standing, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "tipo": term.kind,
        "vence": None if term.paused_at else _iso(term.due_at, zone),
        "restante_s": stands.remaining_s,
        "situacao": stands.situation,
    }


def _ended(view: ClockView, zone: ZoneInfo) -> dict[str, Any]:
    return {"tipo": view.term.kind, "vence": _iso(view.term.due_at, zone), "restante_s": None, "situacao": None}


def _iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None


def session(row: SessionRow, zone: ZoneInfo) -> dict[str, Any]:
    """A session or a script's token."""
    return {
        "nome": row.name,
        "papel": row.role,
        "tipo": row.kind,
        "lugar": row.place,
        "desde": _iso(row.created_at, zone),
        "vista": _iso(row.seen_at, zone),
        "ate": _iso(row.expires_at, zone),
    }


def typical_time(time: TypicalTime) -> dict[str, Any]:
    """The attendances of a service by one channel, as `tempos --json` lists them."""
    return {
        "servico": time.service,
        "canal": time.channel or None,
        "atendimentos": time.count,
        "mediana_s": time.median // timedelta(seconds=1),
        "tempo_tipico": time.usual_time or None,
        "tempo_tipico_s": read_amount(time.usual_time, "horas") if time.usual_time else None,
    }


def on_duty(row: OnDuty, zone: ZoneInfo) -> dict[str, Any]:
    """A person with an open window."""
    return {"nome": row.name, "papel": row.role, "desde": _iso(row.since, zone), "lugares": [*row.places]}

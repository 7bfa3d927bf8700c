"""Tickets as plain lines of text: what `fila`, `ver` and `explicar` print, readable by a screen reader."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from unicodedata import combining, east_asian_width
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.access import OnDuty, SessionRow
from atendimento_tui.contracts.attachments import AttachmentRow
from atendimento_tui.contracts.documents import DocumentView, WaitingTicket
from atendimento_tui.contracts.external import ExternalNumber
from atendimento_tui.contracts.messages import MessageView
from atendimento_tui.contracts.outbox import OutboxRow
from atendimento_tui.contracts.people import GroupRow, PersonRow
from atendimento_tui.contracts.process_times import TypicalTime
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.safekeeping import CopyRow
from atendimento_tui.contracts.tickets import ClockView, Explanation, HistoryLine, MovedDate, TicketView
from atendimento_tui.domain.clocks import Standing, standing
from atendimento_tui.domain.people import Shift
from atendimento_tui.domain.text import printable
from atendimento_tui.outputs.waiting import facts as waiting_facts
from atendimento_tui.texts import attachments, documents, formats, refusals, safekeeping, system, words
from atendimento_tui.texts import calendars as calendar_texts
from atendimento_tui.texts import clocks as clock_texts
from atendimento_tui.texts import command as texts
from atendimento_tui.texts import external as external_texts
from atendimento_tui.texts import outbox as outbox_texts
from atendimento_tui.texts import people as people_texts
from atendimento_tui.texts import process_times as time_texts


def queue_line(row: QueueRow, calendar: BusinessCalendar | None, now: datetime) -> str:
    """One line of the queue; the calendar is that of its term."""
    if row.term and calendar:
        stands = standing(row.term, calendar, now)
        state = f"{words.SIGN[stands.situation]} {words.SITUATION[stands.situation]}"
        left = clock_texts.countdown(stands.remaining_s, stands.days, row.term.basis)
    else:
        state, left = f"{words.NO_CLOCK_SIGN} {words.NO_CLOCK}", ""
    cells = (
        f"{words.SEVERITY[row.severity]:8}",
        f"{state:12}",
        f"{left:>8}",
        formats.protocol_groups(row.protocol),
        row.service,
        row.requester or words.NOBODY,
        row.step or words.STATE[row.state],
        row.group or words.NOBODY,
        row.owner or words.NOBODY,
    )
    return one_line("  ".join(cells))


def ticket(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """A whole ticket: its facts, its clocks, its history."""
    row = view.row
    yield one_line(f"{formats.protocol_groups(row.protocol)} · {row.service} · {words.STATE[row.state]}")
    facts = (
        ("criticidade", words.SEVERITY[row.severity]),
        ("solicitante", row.requester),
        ("assunto", row.subject),
        ("etapa", row.step),
        ("grupo", row.group),
        ("responsável", row.owner),
        ("aberto", formats.moment(view.opened_at.astimezone(zone), now.astimezone(zone))),
        (time_texts.PROCESS_TIME.lower(), process_time(view)),
    )
    for name, value in facts:
        if value:
            yield one_line(f"{name}: {value}")
    for name, value in view.answers:
        yield one_line(f"{name}: {value}")
    for number in view.external:
        yield one_line(external_line(number))
    if view.waiting:
        yield from (one_line(f"{name}: {value}") for name, value in waiting_facts(view.waiting, zone))
    for clock in view.clocks:
        yield clock_line(clock, now, zone)
    for line in view.history:
        yield from history_lines(line, zone)
    for message in view.messages:
        at = message.at.astimezone(zone)
        label = texts.MESSAGE.format(
            to=addressees(message), channel=words.CHANNEL.get(message.channel, message.channel)
        )
        yield one_line(f"{formats.date(at)} {at:%H:%M:%S}  {label}: {message.subject or message.body}")
        yield from (one_line(f"    → {line}") for line in delivery_lines(message, now, zone))


def process_time(view: TicketView) -> str:
    """How long the attendance took, beside what it usually takes; empty if it has no time."""
    if view.process_time is None:
        return ""
    taken = formats.worked(view.process_time.total_seconds())
    return time_texts.BESIDE.format(taken=taken, usual=view.usual_time) if view.usual_time else taken


def typical_times(times: Iterable[TypicalTime]) -> Iterator[str]:
    """The lines of `tempos`, with a heading."""
    yield from in_columns(
        [
            time_texts.HEADER,
            *(
                (
                    each.service,
                    each.channel or time_texts.NO_CHANNEL,
                    formats.worked(each.median.total_seconds()),
                    formats.number(each.count),
                    each.usual_time or words.NOBODY,
                )
                for each in times
            ),
        ]
    )


def external_line(number: ExternalNumber) -> str:
    """The number of a ticket in another system, and the other tickets that have it."""
    also = external_texts.ALSO_IN.format(protocols=", ".join(map(formats.protocol_groups, number.also_in)))
    return f"{number.system}: {number.number}" + (f" ({also})" if number.also_in else "")


def in_columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines whose cells stand below each other. The last cell of a line has its own width."""
    cleaned = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cleaned, strict=True)]
    for *cells, last in cleaned:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=False)]
        yield "  ".join((*padded, last))


def _width(text: str) -> int:
    """Columns of a text on a terminal."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def people_lines(rows: Iterable[PersonRow], zone: ZoneInfo) -> Iterator[str]:
    """The lines of `pessoas listar`."""
    return in_columns(
        (
            row.login,
            row.name,
            words.ROLE.get(row.role, row.role),
            standing_with_shift(row, zone),
            ", ".join(row.groups) or words.NOTHING,
        )
        for row in rows
    )


def standing_of(row: PersonRow) -> str:
    """Whether a person is on duty, attends, is absent, or has left."""
    if not row.is_active:
        return people_texts.INACTIVE
    if row.absent_until:
        return people_texts.ABSENT_UNTIL.format(day=formats.date(row.absent_until))
    return people_texts.ON_DUTY if row.is_on_duty else people_texts.ACTIVE


def standing_with_shift(row: PersonRow, zone: ZoneInfo) -> str:
    """The standing of a person; of one who is here, also until when they work, or when they are back."""
    shift = shift_text(row.shift, zone) if row.is_active and not row.absent_until else ""
    if not shift or not row.shift:
        return standing_of(row)
    if row.is_on_duty:
        return f"{people_texts.ON_DUTY}{' ' if row.shift.is_on else ', '}{shift}"
    return people_texts.NOT_HERE.format(shift=shift) if row.shift.is_on else shift


def shift_text(shift: Shift | None, zone: ZoneInfo) -> str:
    """Until when a person works, or when they are back; empty if it is not known or more than a week away."""
    if shift is None or shift.changes_at is None:
        return ""
    at = shift.changes_at.astimezone(zone)
    if shift.is_on:
        return people_texts.WORKS_UNTIL.format(at=formats.clock(at.time()))
    return people_texts.BACK_AT.format(at=f"{formats.weekday(at.date())} {formats.clock(at.time())}")


def groups_lines(rows: Iterable[GroupRow]) -> Iterator[str]:
    """The lines of `grupos listar`."""
    return in_columns(
        (
            row.name if row.is_active else f"{row.name} ({people_texts.GROUP_INACTIVE})",
            ", ".join(row.members) or words.NOTHING,
        )
        for row in rows
    )


def backup_line(copy: CopyRow, now: datetime, zone: ZoneInfo | None) -> str:
    """One line of `copias`: instant, age, why it was made, size, check, path.

    Args:
        zone: The zone of the desk; None if the desk cannot be opened.
    """
    return one_line(
        safekeeping.LINE.format(
            at=formats.instant(copy.at.astimezone(zone or ZoneInfo("UTC"))) + ("" if zone else " UTC"),
            age=safekeeping.age((now - copy.at).total_seconds()),
            kind=safekeeping.KIND.get(copy.kind, copy.kind),
            size=safekeeping.size(copy.size),
            state=backup_state(copy),
            path=copy.path,
        )
    )


def backup_state(copy: CopyRow) -> str:
    """Whether a copy can be used, and if not, why."""
    if copy.problem:
        return safekeeping.FAILED.format(reason=_problem(copy))
    if copy.is_here is False:
        return safekeeping.DELETED_FILE
    if not copy.kind:
        return safekeeping.NOT_RECORDED
    state = safekeeping.GOOD if copy.checked_at else safekeeping.UNFINISHED
    return state if copy.is_here else f"{state}, {safekeeping.OTHER_MACHINE.format(machine=copy.machine)}"


def _problem(copy: CopyRow) -> str:
    if copy.problem == "copia_nao_gravada":
        return system.reason(int(copy.detail) if copy.detail.isdigit() else copy.detail)
    if copy.problem not in refusals.codes():
        return copy.problem
    return refusals.sentence(copy.problem, {"path": copy.path})


def clock_line(view: ClockView, now: datetime, zone: ZoneInfo) -> str:
    """The state or the result of one clock."""
    name = words.clock(view.clock.kind, view.name)
    cycle = f" (ciclo {view.clock.cycle})" if view.clock.cycle > 1 else ""
    if view.standing is None:
        result = words.RESULT[view.result or ""] if view.result else ""
        return f"{name}{cycle}: {result}, {formats.worked(view.worked_s)} contadas"
    left = _left(view, view.standing)
    if view.term.paused_at:
        return f"{name}{cycle}: {left}"
    due = formats.moment(view.term.due_at.astimezone(zone), now.astimezone(zone))
    if view.standing.days == 0:  # "vence hoje 23:59, hoje (atenção)" says it twice
        return f"{name}{cycle}: vence {due} ({words.SITUATION[view.standing.situation]}){told_text(view, zone)}"
    return f"{name}{cycle}: vence {due}, {left}{told_text(view, zone)}"


def told_text(view: ClockView, zone: ZoneInfo) -> str:
    """The date that was told of a clock that its calendar has moved since; empty if there is none."""
    if view.told is None:
        return ""
    due, how = formats.instant(view.told.due_at.astimezone(zone)), calendar_texts.HOW_TOLD[view.told.how]
    return f" ({calendar_texts.TOLD.format(due=due, how=how)})"


def history_lines(line: HistoryLine, zone: ZoneInfo) -> Iterator[str]:
    """One event: who did what and when, and what it changed."""
    at = line.at.astimezone(zone)
    text = happening(line)
    suffix = f": {text}" if text else ""
    yield one_line(f"{formats.date(at)} {at:%H:%M:%S}  {line.actor or words.SYSTEM} {act(line)}{suffix}")
    for consequence in consequences(line, zone):
        yield one_line(f"    {consequence}")


def act(line: HistoryLine) -> str:
    """What was done, in a word or two; an action of a process by its label."""
    return words.ACTED.format(action=line.action) if line.action else words.EVENT.get(line.kind, line.kind)


def moved_line(moved: MovedDate, zone: ZoneInfo) -> str:
    """A due date that a calendar's change moved: from when to when."""
    before, after = (formats.instant(at.astimezone(zone)) for at in (moved.before, moved.after))
    return calendar_texts.CLOCK_MOVED.format(clock=words.term(moved.kind, moved.name), before=before, after=after)


def new_date_message(view: TicketView, zone: ZoneInfo) -> tuple[str, str]:
    """Subject and text of the message that is proposed after a calendar's change moved a date that was told."""
    protocol = formats.protocol_groups(view.row.protocol)
    lines = [moved_line(each, zone) for each in view.to_tell]
    subject = calendar_texts.NEW_DATE_SUBJECT.format(protocol=protocol)
    body = calendar_texts.NEW_DATE_BODY.format(protocol=protocol, service=view.row.service, dates="\n".join(lines))
    return subject, body


def delivery_lines(message: MessageView, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """What became of a message, one line a recipient: `enviada às 14:03 ao servidor`, `escrita, não enviada`."""
    for row in message.recipients:
        state = outbox_texts.told(row.state, row.state_at, row.next_at, row.reply, now, zone)
        to = row.address or row.name
        named = len(message.recipients) > 1 or row.address
        yield outbox_texts.RECIPIENT.format(to=to, state=state) if named and to else state


def outbox_line(row: OutboxRow, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """A row of `atendimento saida listar`, as cells."""
    return (
        str(row.id),
        formats.protocol_groups(row.protocol),
        outbox_texts.told(row.state, row.state_at, row.next_at, row.reply, now, zone),
        row.address or row.to or words.NOTHING,
        row.subject or row.body.partition("\n")[0],
    )


def outbox_text(row: OutboxRow, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """A row of the outbox with its whole text."""
    number, protocol, state, to, _ = outbox_line(row, now, zone)
    for label, value in (
        (outbox_texts.NUMBER, number),
        (outbox_texts.PROTOCOL, protocol),
        (outbox_texts.TO, to if to == row.to or not row.to else f"{row.to} <{to}>"),
        (outbox_texts.WRITTEN, formats.instant(row.at.astimezone(zone))),
        (outbox_texts.STANDS, state),
        (outbox_texts.SUBJECT, row.subject),
        (outbox_texts.CARRIES, ", ".join(row.carries)),
    ):
        if value:
            yield one_line(f"{label}: {value}")
    yield ""
    yield from (one_line(line) for line in row.body.split("\n"))


def addressees(message: MessageView) -> str:
    """Whom a message is for: `grupo Contas médicas`, `supervisão (Célia Prado)`."""
    role = words.ADDRESSEE.get(message.recipient, message.recipient)
    names = ", ".join(message.to)
    return f"{role} {names}" if message.recipient == "grupo" and names else f"{role} ({names})" if names else role


def happening(line: HistoryLine) -> str:
    """The text of the event, or the clock or timer that it is about."""
    if line.kind == "calendario":  # older events have a line for each moved clock
        return line.text.replace("\n", "; ")
    return words.clock(line.text) if line.kind in ("prazo_atencao", "prazo_vencido") else line.text


def consequences(line: HistoryLine, zone: ZoneInfo) -> Iterator[str]:
    """What an act changed, unless its kind says so already."""
    yield from (moved_line(each, zone) for each in line.moved)
    if line.kind not in ("acao", "tempo", "encaminhado", "criticidade", "corrigido"):
        return
    if line.kind == "corrigido":
        for label, old, new in line.corrected:
            yield f"{label}: {old or words.NOTHING} → {new or words.NOTHING}"
        return
    for field, before, after in line.changes:
        if field in ("step_name", "group", "owner"):
            yield f"{words.FIELD[field]}: {before or words.NOBODY} → {after or words.NOBODY}"
        elif field == "severity":
            was, now = words.SEVERITY.get(before or "", ""), words.SEVERITY.get(after or "", "")
            yield f"{words.FIELD[field]}: {was} → {now}"
    for label, answer in line.answers:
        yield f"{label}: {answer or words.NOTHING}"


def explanation(explained: Explanation, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """The ledger of a clock: its target, every interval, the sum."""
    clock, protocol = explained.clock, formats.protocol_groups(explained.row.protocol)
    name = words.clock(clock.clock.kind, clock.name)
    if clock.term.paused_at:
        yield texts.EXPLAIN_PAUSED.format(clock=name, protocol=protocol)
    else:
        due = formats.moment(clock.term.due_at.astimezone(zone), now.astimezone(zone))
        yield texts.EXPLAIN_HEAD.format(clock=name, protocol=protocol, due=due)
    target = clock_texts.target(clock.clock.target, clock.clock.basis)
    basis = words.BASIS[clock.clock.basis]
    yield one_line(texts.EXPLAIN_TARGET.format(target=target, basis=basis, calendar=clock.calendar_name))
    for line in explained.lines:
        start, end = line.start.astimezone(zone), line.end.astimezone(zone)
        text = clock_texts.ledger_line(start, end, counted=line.counted, reason=line.reason, name=line.name)
        yield one_line(text)
    counted_s = explained.counted // timedelta(seconds=1)
    if clock.standing:
        yield texts.EXPLAIN_TOTAL.format(counted=formats.worked(counted_s), left=_left(clock, clock.standing))
    elif clock.result:
        yield texts.EXPLAIN_RESULT.format(result=words.RESULT[clock.result], counted=formats.worked(counted_s))


def _left(view: ClockView, stands: Standing) -> str:
    left = clock_texts.countdown(stands.remaining_s, stands.days, view.clock.basis)
    return f"{left} ({words.SITUATION[stands.situation]})"


def one_line(text: str) -> str:
    """The text as a single line that is safe on a terminal."""
    return printable(text, keep="").rstrip()


def document_line(each: DocumentView, zone: ZoneInfo) -> str:
    """A document of a ticket in columns separated by tabs: name, state, how it came, when, and why it was refused."""
    at = each.decided_at or each.arrived_at
    cells = (
        f"{documents.SIGN[each.state]} {each.name}",
        documents.STATE[each.state],
        documents.WAY.get(each.way, ""),
        formats.instant(at.astimezone(zone)) if at else "",
        each.reason or each.why,
    )
    return printable("\t".join(map(one_line, cells)), "\t").rstrip()


def waiting_line(row: WaitingTicket, zone: ZoneInfo) -> str:
    """A ticket that waits for documents in columns separated by tabs."""
    what = ", ".join(f"{documents.SIGN[each.state]} {each.name}" for each in (*row.missing, *row.to_check))
    since = formats.instant(row.since.astimezone(zone))
    cells = (formats.protocol_groups(row.protocol), row.person or documents.NOBODY, what, since, row.service)
    return printable("\t".join(map(one_line, cells)), "\t")


def attachment_line(row: AttachmentRow, zone: ZoneInfo) -> str:
    """An attachment in columns separated by tabs."""
    line = attachments.LINE.format(
        number=row.number,
        name=one_line(row.name),
        kind=attachments.KIND[row.kind],
        size=safekeeping.size(row.size),
        at=formats.instant(row.at.astimezone(zone)),
        by=row.by or words.SYSTEM,
    )
    return printable(line, "\t")


def session_line(row: SessionRow, zone: ZoneInfo) -> str:
    """A session or a script's token, in columns separated by tabs."""
    since, until = (formats.instant(at.astimezone(zone)) for at in (row.created_at, row.expires_at))
    return printable("\t".join((row.name, words.ROLE.get(row.role, row.role), row.kind, row.place, since, until)), "\t")


def on_duty_line(row: OnDuty, zone: ZoneInfo) -> str:
    """A person with an open window, in columns separated by tabs."""
    since = formats.instant(row.since.astimezone(zone))
    return printable("\t".join((row.name, words.ROLE.get(row.role, row.role), since, ", ".join(row.places))), "\t")

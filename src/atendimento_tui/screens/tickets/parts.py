"""The parts of an open ticket as lines, made of a frozen view of the ticket. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui import outputs
from atendimento_tui.contracts.alerts import AlertRow
from atendimento_tui.contracts.documents import DocumentView
from atendimento_tui.contracts.tickets import ClockView, HistoryLine, TaskView, TicketView
from atendimento_tui.domain.clocks import standing
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.outputs.as_text import (
    act,
    addressees,
    clock_line,
    consequences,
    delivery_lines,
    external_line,
    happening,
    process_time,
)
from atendimento_tui.texts import alerts as alert_texts
from atendimento_tui.texts import attachments as file_texts
from atendimento_tui.texts import clocks as clock_texts
from atendimento_tui.texts import documents as document_texts
from atendimento_tui.texts import formats, safekeeping, words
from atendimento_tui.texts import outbox as outbox_texts
from atendimento_tui.texts import process_times as time_texts
from atendimento_tui.texts import remittances as remittance_texts
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.text import plain

_STYLE = {"no_prazo": "$text-success", "atencao": "bold $text-warning", "vencido": "bold $text-error"}


def all_texts(view: TicketView) -> Iterator[str]:
    """All texts that people wrote in the ticket."""
    yield view.row.subject
    for line in view.history:
        yield line.text
        yield from (value for _, value in line.answers)
    yield from (value for _, value in view.answers)
    for message in view.messages:
        yield from (message.subject, message.body)
    yield from (task.text for task in view.tasks)
    yield from (protocol for number in view.external for protocol in number.also_in)


def at_instant(clock: ClockView, now: datetime) -> ClockView:
    """A clock with its standing at an instant."""
    return replace(clock, standing=standing(clock.term, clock.calendar, now)) if clock.clock.is_live else clock


def alerts(found: Sequence[AlertRow], view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    """The newest alert of the ticket that the person has not acknowledged, and how many there are: one line."""
    own = [each for each in found if each.ticket == view.row.key]
    if own:
        at = formats.moment(own[0].at.astimezone(zone), now.astimezone(zone))
        what = words.EVENT.get(own[0].kind, own[0].kind)
        text = alert_texts.IN_TICKET if len(own) == 1 else alert_texts.IN_TICKET_MANY
        yield plain(text.format(count=len(own), at=at, what=what), "bold $text-warning")


def head(view: TicketView) -> Iterator[Content]:
    row = view.row
    about = f" · {row.subject}" if row.subject != row.service else ""
    yield Content("").join([plain(formats.protocol_groups(row.protocol), "bold"), plain(f" · {row.service}{about}")])
    state = [_situation(view), plain(f" · {row.step or words.STATE[row.state]}", "bold")]
    facts = (words.SEVERITY[row.severity], row.group, row.owner or words.NOBODY)
    yield Content("").join([*state, *(plain(f" · {fact}") for fact in facts if fact)])
    if view.others_here:
        yield plain(texts.OTHERS_HERE.format(names=", ".join(view.others_here)), "bold $text-warning")


def _situation(view: TicketView) -> Content:
    """The state of the live clock that is due first; paused clocks come after running ones."""
    live = [clock for clock in view.clocks if clock.standing and clock.clock.cycle == view.cycle]
    if not live:
        return plain(f"{words.NO_CLOCK_SIGN} {words.NO_CLOCK}", "dim")
    nearest = min(live, key=lambda clock: (clock.term.paused_at is not None, clock.term.due_at))
    stands = nearest.standing
    assert stands
    left = clock_texts.countdown(stands.remaining_s, stands.days, nearest.clock.basis)
    text = f"{words.SIGN[stands.situation]} {words.SITUATION[stands.situation]} {left}"
    return plain(f"{text} ({words.clock(nearest.clock.kind, nearest.name)})", _STYLE.get(stands.situation, "dim"))


def history(view: TicketView, zone: ZoneInfo) -> Iterator[Content]:
    for line in view.history:
        yield from _event_lines(line, zone)


def _event_lines(line: HistoryLine, zone: ZoneInfo) -> Iterator[Content]:
    at = line.at.astimezone(zone)
    when = plain(f"{formats.date(at)} {at:%H:%M:%S}  ", "dim")
    yield Content("").join([when, plain(line.actor or words.SYSTEM, "bold"), plain(f" {act(line)}")])
    if text := happening(line):
        yield from (plain(f"  {part}", multiline=True) for part in text.split("\n"))
    yield from (plain(f"  {effect}", "dim", multiline=True) for effect in consequences(line, zone))


def _request(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    row = view.row
    yield plain(texts.DETAIL_REQUEST, "bold")
    facts = (
        (texts.DETAIL_REQUESTER, row.requester),
        (texts.DETAIL_BENEFICIARY, _about(view)),
        (texts.DETAIL_SUBJECT, row.subject),
        (texts.DETAIL_OPENED, formats.moment(view.opened_at.astimezone(zone), now.astimezone(zone))),
        (texts.DETAIL_CHANNEL, view.channel),
        (time_texts.PROCESS_TIME, process_time(view)),
        (texts.DETAIL_USUAL_TIME, "" if view.process_time is not None else view.usual_time),
        (texts.DETAIL_GROUP, row.group),
        (texts.DETAIL_OWNER, row.owner),
        (texts.DETAIL_CYCLE, str(view.cycle) if view.cycle > 1 else ""),
        (texts.DETAIL_ORIGIN, row.origin),
    )
    yield from (_fact(name, value) for name, value in facts if value)
    if view.waiting:
        yield from (_fact(name, value) for name, value in outputs.waiting.facts(view.waiting, zone))
    for number in view.external:
        yield plain(external_line(number), "bold $text-warning" if number.also_in else "")


def _about(view: TicketView) -> str:
    """The beneficiary: the name and the masked CPF."""
    person = view.beneficiary
    if person is None:
        return ""
    return " · ".join(filter(None, (person.name, masked_as("cpf", person.cpf))))


def clocks_part(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_CLOCKS, "bold")
    for clock in view.clocks:
        sign = f"{words.SIGN[clock.standing.situation]} " if clock.standing else "  "
        style = _STYLE.get(clock.standing.situation, "dim") if clock.standing else "dim"
        yield plain(f"{sign}{clock_line(clock, now, zone)}", style)
    if not view.clocks:
        yield plain(texts.NO_CLOCKS, "dim")


def _answers(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    del now, zone
    if view.answers:
        yield plain(texts.DETAIL_ANSWERS, "bold")
        yield from (_fact(label, value) for label, value in view.answers)


def _documents(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    del now
    yield plain(texts.DETAIL_DOCUMENTS, "bold")
    for document in view.documents:
        style = "$text-success" if document.is_here else ("$text-error" if document.reason else "")
        sign = document_texts.SIGN[document.state]
        yield plain(f"{sign} {document.name}: {document_line(document, zone)}", style)
        if document.why:
            yield plain(f"  {document.why}", "dim")
        for line in document_details(document, zone):
            yield plain(f"  {line}", "dim")
    if not view.documents:
        yield plain(texts.NO_DOCUMENTS_NEEDED, "dim")
    if view.attachments:
        yield plain("")
        yield plain(file_texts.DETAIL, "bold")
    for file in view.attachments:
        about = f"{file_texts.KIND[file.kind]}, {safekeeping.size(file.size)}"
        yield Content("  ").join([plain(f"{file.number} {file.name}"), plain(about, "dim")])


def document_line(document: DocumentView, zone: ZoneInfo) -> str:
    """The state of a document: `recebido (cópia em papel)`, `recusado: ilegível (2ª vez)`."""
    del zone
    state = document_texts.STATE[document.state]
    if document.reason:
        again = document_texts.AGAIN.format(count=document.asked_again) if document.asked_again > 1 else ""
        return f"{state}: {document.reason}{again}"
    way = document_texts.WAY.get(document.way, "")
    return f"{state} ({way})" if way else state


def document_details(document: DocumentView, zone: ZoneInfo) -> Iterator[str]:
    """Who recorded what of a document, and when; the remittance in which it travels."""
    if item := document.remittance:
        number = outputs.remittances.number_of(item)
        state = remittance_texts.STATE[item.state]
        yield remittance_texts.ON_TICKET.format(number=number, group=item.group, state=state)
    if document.attachment:
        yield document_texts.ATTACHED.format(number=document.attachment[0], name=document.attachment[1])
    for at, by, words_ in (
        (document.arrived_at, document.arrived_by, document_texts.ARRIVED),
        (document.decided_at, document.decided_by, document_texts.DECIDED),
    ):
        if at:
            yield words_.format(at=formats.instant(at.astimezone(zone)), by=by or words.SYSTEM)
    if document.said_by:
        yield document_texts.SAID_BY.format(name=document.said_by)
    if document.due_on:
        yield document_texts.DUE.format(day=formats.date(document.due_on))
    if not document.is_needed:
        yield document_texts.NOT_NEEDED


def _tasks(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_TASKS, "bold")
    due = [paper for paper in view.papers if paper.is_due]
    for paper in due:
        yield plain(texts.PAPER_DUE.format(name=paper.name))
    for task in view.tasks:
        yield plain(_task(task, now, zone), "dim" if task.done_at else "")
    if not view.tasks and not due:
        yield plain(texts.NO_TASKS, "dim")


def _task(task: TaskView, now: datetime, zone: ZoneInfo) -> str:
    if task.done_at:
        return texts.TASK_FINISHED.format(text=task.text)
    if task.due_at is None:
        return texts.TASK_OPEN.format(text=task.text)
    due = formats.moment(task.due_at.astimezone(zone), now.astimezone(zone))
    return texts.TASK_DUE.format(text=task.text, due=due)


def _messages(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_MESSAGES, "bold")
    for message in view.messages:
        when = formats.moment(message.at.astimezone(zone), now.astimezone(zone))
        channel = words.CHANNEL.get(message.channel, message.channel)
        about = f"{addressees(message)} · {channel}"
        yield Content("").join([plain(f"{when}  ", "dim"), plain(about)])
        if message.subject:
            yield plain(f"  {message.subject}", "bold")
        yield from (plain(f"  {part}") for part in message.body.split("\n"))
        if message.carries:
            yield plain(f"  {outbox_texts.CARRIES}: {', '.join(message.carries)}", "dim")
        held = message.held_until
        for line in delivery_lines(message, now, zone):
            yield plain(f"  → {line}", "dim")
        if held and held > now and message.channel != "email":
            at = formats.moment(held.astimezone(zone), now.astimezone(zone))
            yield plain(f"  {texts.LEAVES_AT.format(at=at)}", "dim")
    if not view.messages:
        yield plain(texts.NO_MESSAGES, "dim")


def _fact(name: str, value: str) -> Content:
    return Content("").join([plain(f"{name}: ", "bold"), plain(value, multiline=True)])


PARTS: dict[str, Callable[[TicketView, datetime, ZoneInfo], Iterator[Content]]] = {
    "request": _request,
    "clocks": clocks_part,
    "documents": _documents,
    "answers": _answers,
    "tasks": _tasks,
    "messages": _messages,
}
"""The parts beside the history, in their order."""

"""Personal data of a beneficiary: exported for the person, held, and anonymised on request (LGPD, art. 18)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from dateutil.relativedelta import relativedelta

from atendimento_tui import outputs
from atendimento_tui.contracts.messages import MessageView
from atendimento_tui.contracts.privacy import (
    Anonymised,
    Erasure,
    Expired,
    PersonalAnswer,
    PersonalData,
    PersonalDocument,
    PersonalEvent,
    PersonalMessage,
    PersonalTicket,
)
from atendimento_tui.data.engine import Connection, advisory_lock, reading, scrub, writing
from atendimento_tui.data.queries import beneficiaries
from atendimento_tui.data.queries import privacy as queries
from atendimento_tui.data.queries.attachments import attachments_of
from atendimento_tui.data.queries.bills import bills_of
from atendimento_tui.data.queries.bookings import bookings_of
from atendimento_tui.data.queries.desk import unit_columns
from atendimento_tui.data.queries.external import numbers_of
from atendimento_tui.data.queries.messages import messages_of
from atendimento_tui.data.queries.people import person_names, requester_name
from atendimento_tui.data.queries.queue import ticket_row as queue_row
from atendimento_tui.data.queries.received import files_of, received_of
from atendimento_tui.data.queries.remittances import items_of_ticket
from atendimento_tui.data.queries.safekeeping import copy_rows
from atendimento_tui.data.queries.tasks import tasks_of
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import privacy as rows
from atendimento_tui.data.repositories import tickets, trail
from atendimento_tui.data.repositories.attachments import still_unnamed
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.beneficiaries import ITEM
from atendimento_tui.domain.outbox import WAITS, Delivery
from atendimento_tui.domain.privacy import NAME, kept_until, stays
from atendimento_tui.domain.process.record import shown_item
from atendimento_tui.domain.process.values import shown
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import searched, written
from atendimento_tui.domain.tickets import Event, replay
from atendimento_tui.domain.trail import ANONYMISED, answer_of, beneficiary_stream, bills_stream, event_texts, field_of
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.beneficiaries import LOCK, people_in, reason_to_see, record_of, shown_events
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import day_of
from atendimento_tui.texts import privacy as texts

SHOWN_AT_MOST = 200
"""Maximum people in the list of those whose data need not be kept."""

_ANSWERS = "field_value"

_ALL_TICKETS = 1_000_000
_WAITING = tuple(map(str, (*WAITS, Delivery.FAILED, Delivery.UNCERTAIN)))


@needs(Permission.PRIVACY)
def export_person(desk: Desk, person: int, reason: str, now: datetime) -> PersonalData:
    """Everything that the desk has about a person, complete, for the person. It is an event of the record.

    Secret tickets that the actor may not know of are not in it, nor are the contents of attachments: they are saved one
    by one from their ticket.

    Raises:
        Refused: There is no such beneficiary; the reason is too short.
    """
    why = reason_to_see(reason)
    stream = beneficiary_stream(person)
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.PRIVACY)
        record = record_of(connection, person)
        trail.record(connection, stream, "exportado", actor=desk.actor.person, at=now, changes={"motivo": (None, why)})
        names = person_names(connection)
        known, _ = beneficiaries.tickets_about(connection, person, _ALL_TICKETS)
        values = {
            ITEM[key].word: shown_item(key, kept) for key, kept in record.values.items() if kept and key != "holder"
        }
        if record.holder:
            values[ITEM["holder"].word] = record_of(connection, record.holder).name
        if held := _held(connection, person):
            values["retencao"] = held
        return PersonalData(
            values,
            tuple(_ticket(connection, desk, each.ticket, names) for each in reversed(known)),
            tuple(_changes(connection, person, names)),
            bills_of(connection, person),
            tuple(bookings_of(connection, person)),
        )


@needs(Permission.PRIVACY)
def save_export(desk: Desk, person: int, reason: str, form: str, folder: Path, now: datetime) -> Path:
    """Write `export_person` to a new file in a folder. The name of the file has nothing of the person.

    Args:
        desk: The desk.
        person: Id of the beneficiary.
        reason: Who asked for it, and why.
        form: One of `outputs.privacy.FORMS`.
        folder: The folder; it is created if missing.
        now: The present instant.

    Raises:
        Refused: As `export_person`.
        OSError: The file cannot be written. The export is in the record all the same.
    """
    data = export_person(desk, person, reason, now)
    local = now.astimezone(desk.zone)
    content = outputs.privacy.FORMS[form](data, desk.unit, local)
    stem = f"{texts.FILE}-{local:%Y%m%d-%H%M%S}"
    return outputs.in_place.numbered_file(folder, stem, f".{form}", content, desk.file)


@needs(Permission.PRIVACY)
def expired(desk: Desk, now: datetime) -> list[Expired]:
    """The people whose data need not be kept any more, those for the longest time first; at most `SHOWN_AT_MOST`.

    Nothing is changed: who is anonymised is decided by a person.
    """
    today = day_of(desk.zone, now)
    with reading(desk.engine) as connection:
        years = _years(connection)
        before = datetime.combine(today - relativedelta(years=years), time(0), desk.zone)
        found = queries.expired(connection, before.astimezone(UTC), today, SHOWN_AT_MOST)
    after = relativedelta(years=years, days=1)
    return [Expired(each.number, each.name, each.since + after, each.tickets) for each in found]


@needs(Permission.PRIVACY)
def hold(desk: Desk, person: int, reason: str, now: datetime, *, seen: str | None = None) -> None:
    """Hold the person's data, as for a lawsuit, or end that with an empty reason. The same again changes nothing.

    Args:
        desk: The desk.
        person: Id of the beneficiary.
        reason: Why; empty ends the hold.
        now: The present instant.
        seen: The reason that was seen, empty if nothing held the data; None replaces or ends any.

    Raises:
        Refused: There is no such beneficiary, or the person was anonymised; the data are held for another reason than
            the one that was seen.
    """
    why = written(reason).strip()
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.PRIVACY)
        advisory_lock(connection, LOCK)
        before = _held(connection, person)
        if before == why:
            return
        if before and seen not in (None, before):
            raise Refused("retido_por_outro_motivo", reason=before)
        rows.hold(connection, person, why)
        changes = {"retencao": (before or None, why or None)}
        kind = "retido" if why else "liberado"
        trail.record(connection, beneficiary_stream(person), kind, actor=desk.actor.person, at=now, changes=changes)


@needs(Permission.PRIVACY)
def held_because(desk: Desk, person: int) -> str:
    """Why the person's data are held; empty if nothing holds them.

    Raises:
        Refused: There is no such beneficiary, or the person was anonymised.
    """
    with reading(desk.engine) as connection:
        return _held(connection, person)


@needs(Permission.PRIVACY)
def erasure(desk: Desk, person: int, now: datetime) -> Erasure:
    """What `anonymise` would erase, and why it would be refused now. Nothing is changed.

    Raises:
        Refused: There is no such beneficiary.
    """
    with reading(desk.engine) as connection:
        record = record_of(connection, person)
        known, count = beneficiaries.tickets_about(connection, person, _ALL_TICKETS)
        of_person = [each.ticket for each in known]
        rows = queries.texts_of(connection, person, of_person)
        rows[_ANSWERS] = sum(len(_erased_answers(connection, desk, ticket)) for ticket in of_person)
        try:
            refusal = None
            _must_be_free(connection, desk, person, now)
        except Refused as refused:
            refusal = refused.refusal
        items = tuple(key for key, kept in record.values.items() if kept)
        return Erasure(record.name, items, count, rows, _copies(connection), refusal)


@needs(Permission.PRIVACY)
def anonymise(desk: Desk, person: int, reason: str, now: datetime, *, typed: str | None = None) -> Anonymised:
    """Erase who a person was: the record, and all texts of the tickets. Numbers, steps, days and clocks stay.

    Each ticket and the record get an event that says what was erased, so that the chains hold. Nothing is left in a
    file: free pages are overwritten, and the log beside it is emptied. Backup copies, exports, the register, sent mail,
    and what other tickets say about the person are not changed.

    Args:
        desk: The desk.
        person: Id of the beneficiary.
        reason: Who asked for it, and why. It should not name the person: it stays.
        now: The present instant.
        typed: The person's name, as somebody typed it to be sure; None if that was not asked.

    Raises:
        Refused: There is no such beneficiary, or the person was anonymised; a ticket is open or must be kept, a message
            waits, or the data are held; the reason is too short; another name was typed.
    """
    wrong = Wrong()
    with wrong.at("reason"):
        why = reason_to_see(reason)
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.PRIVACY)
        advisory_lock(connection, LOCK)
        name = _must_be_free(connection, desk, person, now)
        with wrong.at("typed"):
            if typed is not None and searched(written(typed).strip()) != searched(name):
                raise Refused("nome_nao_confere", name=name)
        wrong.refuse()
        of_person = [number for number, _, _ in queries.tickets_of(connection, person)]
        _, known = beneficiaries.tickets_about(connection, person, 1)  # of others the actor is not told
        copies = _copies(connection)
        anonymous = NAME.format(number=person)
        requesters = queries.own_requesters(connection, of_person) if of_person else ()
        unnamed = [key for ticket in of_person for key in _erase_ticket(connection, desk, ticket, now)]
        rows.erase_requesters(connection, requesters, anonymous)
        _erase_record(connection, desk, person, anonymous, why, now)
    if unnamed:
        with writing(desk.engine, announced=False) as connection:  # one of them may have been attached meanwhile
            desk.contents.delete(still_unnamed(connection, unnamed))
        desk.contents.clean()
    return Anonymised(anonymous, known, is_scrubbed=scrub(desk.engine), copies=copies)


@needs(Permission.PRIVACY)
def clean(desk: Desk) -> bool:
    """Overwrite what was erased in the file, as `anonymise` does at its end; False if another window hinders it."""
    return scrub(desk.engine)


def _years(connection: Connection) -> int:
    """How long a ticket is kept after its end."""
    return int(unit_columns(connection)["keep_years"])


def _held(connection: Connection, person: int) -> str:
    """Why the person's data are held.

    Raises:
        Refused: There is no such beneficiary, or the person was anonymised.
    """
    found = queries.protection_of(connection, person)
    if found is None:
        raise Refused("beneficiario_desconhecido")
    if found.anonymised_on:
        raise Refused("ja_anonimizado")
    return found.held_because


def _must_be_free(connection: Connection, desk: Desk, person: int, now: datetime) -> str:
    """The name of a person who may be anonymised.

    The refusal does not say which ticket is in the way: it may be one that the actor may not know of.
    """
    if why := _held(connection, person):
        raise Refused("anonimizar_retido", reason=why)
    of_person = queries.tickets_of(connection, person)
    numbers = [number for number, _, _ in of_person]
    closed = [ended.astimezone(desk.zone) if ended else None for _, _, ended in of_person]
    years = _years(connection)
    until = kept_until(closed, years)
    is_kept = until is not None and until >= day_of(desk.zone, now)
    waits = bool(numbers) and queries.has_waiting_message(connection, numbers, _WAITING)
    if is_kept or waits or any(is_open for _, is_open, _ in of_person):
        raise Refused("anonimizar_cedo", years=years)
    return record_of(connection, person).name


def _erase_ticket(connection: Connection, desk: Desk, ticket: int, now: datetime) -> Sequence[str]:
    """Write the event that says what is erased, erase it, and write the ticket as its events now say.

    Returns:
        The hashes of contents that nothing names any more.
    """
    taken = tickets.take(connection, ticket, None)
    assert taken, "it is about the person"
    before = taken.ticket
    context = desk.context(before, connection)
    answers = _erased_answers(connection, desk, ticket)
    said = [event_texts(number) for number in queries.events_with_texts(connection, ticket)]
    at = max(now.astimezone(UTC), before.changed_at or now.astimezone(UTC))
    event = Event(ANONYMISED, at, desk.actor.person, erased=(*said, *map(answer_of, answers)))
    recording = Recording(connection, desk.calendars(connection), now, f"anonimizar-{uuid4()}")
    after = tickets.append(recording, ticket, event, before, before.evolve(event))
    unnamed = rows.erase_ticket(connection, ticket, answers)
    erased = replay(tickets.events_of(connection, ticket))
    columns = tickets.ticket_row(erased, desk.calendars(connection)) | {"head": after.head}
    columns["search"] = tickets.searched_words(erased, context.process.name if context else "", ())
    rows.write_ticket(connection, ticket, columns)
    return unnamed


def _erased_answers(connection: Connection, desk: Desk, ticket: int) -> Sequence[int]:
    """The rows of the answers of a ticket that do not stay."""
    loaded = tickets.load(connection, ticket)
    context = desk.context(loaded, connection) if loaded else None
    rules = {rule.key: rule for rule in context.process.fields} if context else {}
    return [row for row, key in queries.answers_of(connection, ticket) if not stays(rules.get(key))]


def _copies(connection: Connection) -> tuple[str, ...]:
    """The paths of the backup copies."""
    return tuple(row.path for row in copy_rows(connection) if row.deleted_at is None)


def _erase_record(connection: Connection, desk: Desk, person: int, name: str, why: str, now: datetime) -> None:
    rows.erase_person(connection, person, name, day_of(desk.zone, now).isoformat())
    actor, stream = desk.actor.person, beneficiary_stream(person)
    for each in (stream, bills_stream(person)):
        erased = {
            field_of(number, field): (1, 0)
            for number, field in queries.values_of_stream(connection, each.area, each.key)
        }
        rows.erase_stream(connection, each.area, each.key)
        if erased or each is stream:
            trail.record(connection, each, ANONYMISED, actor=actor, at=now, changes=erased)
    later = now + timedelta(microseconds=1)
    trail.record(connection, stream, "motivo", actor=actor, at=later, changes={"motivo": (None, why)})


def _ticket(connection: Connection, desk: Desk, number: int, names: dict[int, str]) -> PersonalTicket:
    ticket = tickets.load(connection, number)
    found = queue_row(connection, ticket_id=number)
    assert ticket, "it was listed"
    assert found, "the actor may know of it"
    context = desk.context(ticket, connection)
    rules = context.process.fields if context else ()
    return PersonalTicket(
        ticket.protocol,
        found[0].service,
        ticket.subject,
        ticket.channel,
        ticket.opened_at,
        ticket.closed_at,
        {rule.label: shown(rule, kept) for rule in rules if (kept := ticket.fields.get(rule.key, ""))},
        tuple(
            PersonalEvent(each.at, each.kind, each.action, names.get(each.actor or 0), each.text)
            for each in tickets.events_of(connection, number)
        ),
        tuple(_personal_message(connection, each) for each in messages_of(connection, number)),
        tuple(each.name for each in attachments_of(connection, number)),
        requester_name(connection, ticket.requester),
        tuple((each.system, each.number) for each in numbers_of(connection, number)),
        tuple(each.text for each in tasks_of(connection, number)),
        tuple(
            PersonalAnswer(each.at, each.sender, each.subject, each.text) for each in received_of(connection, number)
        ),
        tuple(
            PersonalDocument(each.name, each.state, each.reason, each.said_by)
            for each in items_of_ticket(connection, number)
        ),
    )


def _personal_message(connection: Connection, message: MessageView) -> PersonalMessage:
    to = tuple(" · ".join(filter(None, (each.name, each.address, each.reply))) for each in message.recipients)
    files = tuple(each.name for each in files_of(connection, message.id))
    return PersonalMessage(message.at, message.channel, message.subject, message.body, to, files)


def _changes(connection: Connection, person: int, names: dict[int, str]) -> Iterator[PersonalEvent]:
    """What was done with the record and the bills, oldest first, with complete values."""
    newest_first = shown_events(events_of(connection, beneficiary_stream(person)), shown_item)
    of_record = [*newest_first][::-1]
    people = people_in(connection, of_record)
    for each in sorted((*of_record, *events_of(connection, bills_stream(person))), key=lambda event: event.at):
        text = "\n".join(outputs.beneficiaries.change_lines(each.changes, people))
        yield PersonalEvent(each.at, each.kind, "", names.get(each.actor or 0), text)

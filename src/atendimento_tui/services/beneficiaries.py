"""The beneficiaries: found, registered, changed, and shown. Each change of a record is an event of its stream.

Values are masked. Who asks to see them complete says why, which is an event too.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow, ComingOfAge, Record, RecordView
from atendimento_tui.contracts.trail import StreamEvent
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries import beneficiaries
from atendimento_tui.data.queries.bills import bills_of
from atendimento_tui.data.queries.desk import unit_columns
from atendimento_tui.data.queries.people import person_names
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import beneficiaries as rows
from atendimento_tui.data.repositories import trail
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.beneficiaries import (
    ITEM,
    ITEMS,
    UNIQUE,
    Holder,
    birthday,
    births_of,
    check_holder,
    read_ages,
)
from atendimento_tui.domain.identifiers import bare, is_cpf
from atendimento_tui.domain.process.record import editable, masked_item, read_item, shown_item
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import searched_words, written
from atendimento_tui.domain.trail import Changes, Value, beneficiary_stream
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import day_of
from atendimento_tui.texts.beneficiaries import ITEM_NAMES

FOUND_AT_MOST = 20
"""Maximum beneficiaries in a search result."""

TICKETS_SHOWN = 50
"""Tickets of a beneficiary that are shown together."""

LOCK = "beneficiarios"
"""The advisory lock of records: a number belongs to one person, so they are checked together."""

REASON_AT_LEAST = 5
"""Minimum characters of the reason to see complete values."""

RECORD = "cadastro"
"""The field of an event that has the whole record of a new beneficiary, as JSON."""

PROTOCOL, REASON = "protocolo", "motivo"

Owner = Callable[[str, str], Record | None]
"""Who has a number: item of `UNIQUE`, number -> the record."""


@needs(Permission.FIND_BENEFICIARY)
def find_beneficiaries(desk: Desk, typed: str, limit: int = FOUND_AT_MOST) -> list[BeneficiaryRow]:
    """Beneficiaries by any part of CPF, CNS, card or phone, or by words of the name."""
    words, digits = searched_words(written(typed)), "".join(c for c in typed if c.isdigit())
    if not words:
        return []
    with reading(desk.engine) as connection:
        if len(digits) >= 3:
            return beneficiaries.with_digits(connection, digits, limit)
        return beneficiaries.with_words(connection, words, limit)


@needs(Permission.ADD_BENEFICIARY)
def add_beneficiary(desk: Desk, now: datetime, **typed: str) -> BeneficiaryRow:
    """Register a beneficiary once: the same data again is the same person.

    So a retry after a crash, or a key pressed twice, returns the person registered the first time.

    Args:
        typed: Item of the record (`domain.beneficiaries.ITEMS`) -> its value as typed; the holder by CPF or card.

    Raises:
        Refused: A value is invalid; nothing identifies the person; a number belongs to another person.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.ADD_BENEFICIARY)
        advisory_lock(connection, LOCK)  # of two who register the same person at once, one finds the other's
        values = dict.fromkeys(ITEM, "") | read_record(connection, typed, day_of(desk.zone, now), None)
        must_identify(values)
        has_number = any(values[item] for item in UNIQUE)  # then the record may know more than was typed
        same = {key: values[key] for key in beneficiaries.OF_TABLE if values[key] or not has_number}
        if known := beneficiaries.with_facts(connection, same):
            return known
        check_record(connection, None, values, owner_in(connection))
        person = insert(connection, desk, values, now)
        found = beneficiaries.beneficiary(connection, person)
    assert found, "it was written in this transaction"
    return found


@needs(Permission.CHANGE_BENEFICIARY)
def change_record(
    desk: Desk, person: int, typed: Mapping[str, str], now: datetime, *, seen: int | None = None
) -> RecordView:
    """Change items of a record. The present values again change nothing.

    Args:
        typed: Some items -> as typed; a masked text that was not changed keeps the value.
        seen: The version that the person saw; None changes the present one.

    Raises:
        Refused: A value is invalid; nothing identifies the person any more; a number belongs to another person; the
            holder cannot be one; somebody else has changed the record meanwhile.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.CHANGE_BENEFICIARY)
        advisory_lock(connection, LOCK)
        record = record_of(connection, person)
        try:
            after = {**record.values, **read_record(connection, typed, day_of(desk.zone, now), record)}
        except Refused:
            _must_be_seen(connection, record, seen)  # the mask of a former value is no value
            raise
        if after != record.values:
            _must_be_seen(connection, record, seen)
            change(connection, desk, record, after, now)
        return _view(connection, desk, person)


@needs(Permission.FIND_BENEFICIARY)
def view_record(desk: Desk, person: int) -> RecordView:
    """A record with its values masked, the holder and the dependents, the tickets, and what was changed.

    Raises:
        Refused: There is no such beneficiary.
    """
    with reading(desk.engine) as connection:
        return _view(connection, desk, person)


@needs(Permission.REVEAL_BENEFICIARY)
def reveal_record(desk: Desk, person: int, reason: str, now: datetime) -> RecordView:
    """A record with complete values. The stream of the beneficiary keeps who saw them, and why.

    Raises:
        Refused: There is no such beneficiary; the reason is missing or too short to be one.
    """
    words = reason_to_see(reason)
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.REVEAL_BENEFICIARY)
        record_of(connection, person)
        stream = beneficiary_stream(person)
        trail.record(connection, stream, "revelado", actor=desk.actor.person, at=now, changes={REASON: (None, words)})
        return _view(connection, desk, person, is_revealed=True)


def reason_to_see(typed: str) -> str:
    """Why somebody wants to see complete values.

    Raises:
        Refused: It is missing, or too short to be a reason.
    """
    words = written(typed).strip()
    if len(words) < REASON_AT_LEAST:
        raise Refused("sem_motivo_de_ver", least=REASON_AT_LEAST)
    return words


@needs(Permission.FIND_BENEFICIARY)
def coming_of_age(desk: Desk, now: datetime, days: int) -> list[ComingOfAge]:
    """The covered dependents who reach one of the plan's ages within so many days, today included, by the day."""
    today = day_of(desk.zone, now)
    last = today + timedelta(days=days)
    with reading(desk.engine) as connection:
        ages = read_ages(str(unit_columns(connection)["dependent_ages"]))
        found = [
            (age, person, holder)
            for age in ages
            for person, holder in beneficiaries.born_between(connection, *births_of(age, today, last), today)
        ]
        names = beneficiaries.names_of(connection, {holder for _, _, holder in found})
    listed = []
    for age, person, holder in found:
        on = birthday(date.fromisoformat(person.born_on), age)
        if today <= on <= last:
            listed.append(ComingOfAge(person, age, on, (on - today).days, names.get(holder, "")))
    return sorted(listed, key=lambda each: (each.on, each.person.name, each.person.id))


@needs(Permission.FIND_BENEFICIARY)
def named_beneficiary(desk: Desk, typed: str) -> BeneficiaryRow:
    """The one beneficiary with this CPF, CNS or card, or else the only one whom the text finds.

    Raises:
        Refused: Nobody, or several people.
    """
    number = bare(written(typed))
    with reading(desk.engine) as connection:
        for item in UNIQUE:
            if number and (found := beneficiaries.with_facts(connection, {item: number})):
                return found
    people = find_beneficiaries(desk, typed, 2)
    if not people:
        raise Refused("beneficiario_desconhecido")
    if len(people) > 1:
        raise Refused("beneficiario_repetido")
    return people[0]


# What the services of records share. The caller has the transaction and the lock.


def record_of(connection: Connection, person: int) -> Record:
    """A record.

    Raises:
        Refused: There is none.
    """
    if found := beneficiaries.record(connection, person):
        return found
    raise Refused("beneficiario_desconhecido")


def read_record(
    connection: Connection, typed: Mapping[str, str], today: date, record: Record | None, holder_of: Owner | None = None
) -> dict[str, str]:
    """The stored values of typed items; all errors together.

    Args:
        record: The record that is changed; None for a new one, whose name is required.
        holder_of: Who has a number, for the holder; by default as the database has it.

    Raises:
        Refused: Some of them are invalid.
    """
    wrong, values = Wrong(), dict[str, str]()
    given = typed if record else {"name": "", **typed}
    for key, text in given.items():
        before = record.values[key] if record else ""
        with wrong.at(key):
            if key == "holder":
                values[key] = _holder(connection, text, before, holder_of or owner_in(connection))
            else:
                values[key] = read_item(ITEM[key], ITEM_NAMES[key], text, today, before=before)
    wrong.refuse()
    return values


def _holder(connection: Connection, typed: str, before: str, owner: Owner) -> str:
    """The id of the holder as a text; empty for none."""
    text = written(typed).strip()
    if not text:
        return ""
    if before and text == holder_shown(record_of(connection, int(before))):
        return before
    number = bare(text)
    found = (owner("cpf", number) if is_cpf(number) else None) or owner("card", number)
    if found is None:
        raise Refused("titular_desconhecido", typed=text)
    return str(found.id)


def holder_shown(holder: Record) -> str:
    """A holder in a form: the name and a masked number."""
    number = next((key for key in ("cpf", "card") if holder.values[key]), "born_on")
    return f"{holder.name} · {editable(ITEM[number], holder.values[number])}"


def owner_in(connection: Connection) -> Owner:
    """Who has a number, as the database has it."""
    return lambda item, number: beneficiaries.records_with(connection, item, [number]).get(number)


def must_identify(values: Mapping[str, str]) -> None:
    """Refuse a record by which nobody would recognise the person.

    Raises:
        Refused: It has neither CPF nor card nor date of birth.
    """
    if not (values["cpf"] or values["card"] or values["born_on"]):
        raise Refused("sem_identidade")


def check_record(
    connection: Connection,
    record: Record | None,
    values: Mapping[str, str],
    owner: Owner,
    known: Mapping[int, Record] = MappingProxyType({}),
) -> None:
    """Refuse values that a record cannot have.

    Args:
        record: The record before; None for a new one.
        known: Records that were read already, by id: possible holders.

    Raises:
        Refused: As `must_identify` and `domain.beneficiaries.check_holder`; a number belongs to another person.
    """
    must_identify(values)
    before = record.values if record else {}
    wrong = Wrong()
    for item in UNIQUE:
        number = values[item]
        if number and number != before.get(item) and (other := owner(item, number)):
            with wrong.at(item):
                _refuse_number(item, other)
    with wrong.at("holder" if values["holder"] else "relation"):
        if (values["holder"], values["relation"]) != (before.get("holder", ""), before.get("relation", "")):
            on = int(values["holder"] or 0)
            holder = (known.get(on) or record_of(connection, on)) if on else None
            depend = beneficiaries.dependents(connection, record.id) if record and holder else 0
            as_holder = Holder(holder.id, holder.holder) if holder else None
            check_holder(record.id if record else None, as_holder, values["relation"], dependents=depend)
    wrong.refuse()


def _refuse_number(item: str, owner: Record) -> None:
    """Refuse a number of another person."""
    name, cpf = owner.name, masked_as("cpf", owner.values["cpf"]) or None
    if item == "cpf":
        raise Refused("cpf_ja_cadastrado", name=name, cpf=cpf)
    if item == "cns":
        raise Refused("cns_ja_cadastrado", name=name, cpf=cpf)
    raise Refused("carteirinha_ja_cadastrada", name=name, cpf=cpf)


def insert(connection: Connection, desk: Desk, values: Mapping[str, str], now: datetime) -> int:
    """Insert a checked record, and write its first event.

    Returns:
        The id of the beneficiary.
    """
    person = rows.insert_record(connection, values)
    whole = json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False)
    stream, actor = beneficiary_stream(person), desk.actor.person
    changes = {RECORD: (None, whole)}
    trail.record(connection, stream, "incluido", actor=actor, at=now, changes=changes, is_first=True)
    return person


def change(
    connection: Connection,
    desk: Desk,
    record: Record,
    after: Mapping[str, str],
    now: datetime,
    *,
    owner: Owner | None = None,
    known: Mapping[int, Record] = MappingProxyType({}),
    actor: int | None = None,
    protocol: str = "",
) -> tuple[str, ...]:
    """Check and write changed values, and the event of the change.

    Args:
        actor: Who changes it; by default the desk's actor.
        protocol: The ticket that asked for the change.

    Returns:
        The items that were changed.

    Raises:
        Refused: As `check_record`.
    """
    check_record(connection, record, after, owner or owner_in(connection), known)
    changed = tuple(item.key for item in ITEMS if record.values[item.key] != after[item.key])
    changes: dict[str, tuple[Value, Value]] = {key: (record.values[key], after[key]) for key in changed}
    if protocol:
        changes[PROTOCOL] = (None, protocol)
    rows.update_record(connection, record.id, record.version, record.values, after)
    who = desk.actor.person if actor is None else actor
    kind = "atualizado" if protocol else "alterado"
    trail.record(connection, beneficiary_stream(record.id), kind, actor=who, at=now, changes=changes)
    return changed


def _must_be_seen(connection: Connection, record: Record, seen: int | None) -> None:
    """Refuse a change of what somebody else has changed meanwhile."""
    if seen is None or seen == record.version:
        return
    changed = [each for each in events_of(connection, beneficiary_stream(record.id)) if each.kind != "revelado"]
    actor = person_names(connection).get(changed[-1].actor or 0) if changed else None
    raise Refused("cadastro_mudou", name=record.name, actor=actor, version=record.version)


def _view(connection: Connection, desk: Desk, person: int, *, is_revealed: bool = False) -> RecordView:
    del desk
    record = record_of(connection, person)
    shown = shown_item if is_revealed else masked_item
    family = beneficiaries.family_of(connection, record.holder or record.id)
    tickets, count = beneficiaries.tickets_about(connection, person, TICKETS_SHOWN)
    events = tuple(shown_events(events_of(connection, beneficiary_stream(person)), shown))
    values = {key: shown(key, kept) for key, kept in record.values.items() if key != "holder"}
    holder = next((each for each in family if each.id == record.holder), None)
    values["holder"] = holder_shown(holder) if holder else ""
    return RecordView(
        replace(record, values=record.values if is_revealed else _without_hidden(record.values)),
        values,
        tuple(replace(each, values=_without_hidden(each.values)) for each in family if each.id != person),
        tickets,
        count,
        events,
        person_names(connection),
        people_in(connection, events),
        is_revealed,
        bills_of(connection, person),
    )


def _without_hidden(values: Mapping[str, str]) -> dict[str, str]:
    """The stored values with hidden ones masked, so that what is masked is nowhere complete."""
    return {key: masked_item(key, kept) if ITEM[key].is_hidden else kept for key, kept in values.items()}


def people_in(connection: Connection, events: Iterable[StreamEvent]) -> dict[int, str]:
    """The beneficiaries whom events of a record name, as holders: id -> name."""
    named = {int(str(value)) for each in events for value in each.changes.get("holder", ()) if value}
    return beneficiaries.names_of(connection, named)


def shown_events(events: list[StreamEvent], shown: Callable[[str, str], str]) -> Iterator[StreamEvent]:
    """The events, newest first, with the values of the record as they are shown."""

    def as_shown(key: str, value: Value) -> Value:
        return shown(key, str(value)) if key in ITEM and key != "holder" and value else value

    for event in reversed(events):
        changes: Changes = event.changes
        if whole := changes.get(RECORD, (None, None))[1]:
            changes = {key: (None, value) for key, value in json.loads(str(whole)).items() if key in ITEM}
        yield replace(
            event, changes={key: (as_shown(key, was), as_shown(key, now)) for key, (was, now) in changes.items()}
        )

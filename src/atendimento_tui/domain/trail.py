"""Streams of events, and the chain of hashes over the events of a stream.

Every event belongs to a stream and has a number in it, from 1. Its hash covers the hash of the event before it, so that
no event can be changed, removed, inserted or moved without changing all hashes after it. Streams are chained one by
one, so that writers of different streams do not wait for each other.

What is hashed is the event's *form*. It has no text that a person typed, only a hash of the text and a random salt
(`sealed`). Text and salt are stored elsewhere and can be erased; the chain stays valid.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

FORM = 1
"""The present version of the form. It is stored with each event, and events keep theirs for ever."""

ANONYMISED = "anonimizado"
"""Kind of an event that names values that were erased."""

JUMP = "salto"
"""Kind of an event of the unit that records that numbers were skipped. Its changes: series -> (the last number before
the jump, the last one that was skipped)."""

TICKET = "atendimento"
"""Area of the streams of tickets. Their key is the protocol number."""

_SALT_BYTES = 16

Value: TypeAlias = str | int | None
Changes: TypeAlias = Mapping[str, tuple[Value, Value]]
"""Field -> (before, after)."""


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """A series of events about one thing.

    Attributes:
        area: What kind of thing it is (`pessoa`, `grupo`, `calendario`, `unidade`).
        key: Which one it is; empty if there is only one.
    """

    area: str
    key: str


UNIT = Stream("unidade", "")


def remittance_stream(remittance: int) -> Stream:
    """The stream of a remittance."""
    return Stream("remessa", str(remittance))


REGISTER = Stream("registro", "")
"""The runs of the register of protocols."""


def person_stream(person: int) -> Stream:
    """The stream of a person's events."""
    return Stream("pessoa", str(person))


def group_stream(group: int) -> Stream:
    """The stream of a group's events."""
    return Stream("grupo", str(group))


def beneficiary_stream(beneficiary: int) -> Stream:
    """The stream of a beneficiary's record."""
    return Stream("beneficiario", str(beneficiary))


def bills_stream(beneficiary: int) -> Stream:
    """The stream of a beneficiary's bills, whose events the import writes."""
    return Stream("boletos", str(beneficiary))


def booking_stream(booking: int) -> Stream:
    """The stream of a booking that was imported; what happens to one that was made here is an event of its ticket."""
    return Stream("agendamento", str(booking))


def procedure_stream(table: str, code: str) -> Stream:
    """The stream of a procedure's changes."""
    return Stream("procedimento", f"{table}.{code}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The chained part of an event.

    Attributes:
        kind: What happened, as a key.
        at: When it happened (`instant`).
        recorded_at: When it was written, if that is stored too.
        actor: The person's id; None for the desk itself.
        request: The id of the act, if it has one.
        changes: The changes as JSON, without typed values. It is hashed as it is stored, character by character.
        form: The version of the form.
    """

    kind: str
    at: str
    recorded_at: str | None
    actor: int | None
    request: str | None
    changes: str
    form: int = FORM


def link(former: str, stream: Stream, number: int, event: Recorded) -> str:
    """The hash of an event: SHA-256 of its form, in hexadecimal digits.

    The form is a JSON array in ASCII without spaces: version, hash of the event before it, area and key of its stream,
    number, kind, instant, instant of writing, actor, request, changes.

    Args:
        former: The hash of the event before it; empty for the first one.

    Raises:
        ValueError: The version of the form is unknown.
    """
    if event.form != FORM:
        raise ValueError(f"unknown form {event.form}")
    where = (event.form, former, stream.area, stream.key, number)
    what = (event.kind, event.at, event.recorded_at, event.actor, event.request, event.changes)
    return hashlib.sha256(hashed_bytes((*where, *what))).hexdigest()


def instant(at: datetime) -> str:
    """An instant in the form: UTC with microseconds, as SQLite stores it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def new_salt() -> str:
    """A random salt, in hexadecimal digits."""
    return secrets.token_hex(_SALT_BYTES)


def sealed(salt: str, *values: str) -> str:
    """The hash that stands in the form instead of typed values: SHA-256 of a JSON array of the salt and the values."""
    return hashlib.sha256(hashed_bytes((salt, *values))).hexdigest()


_ENCODER = json.JSONEncoder(separators=(",", ":"))
"""Made once: `json.dumps` makes one at each call, which takes as long as encoding an event."""


def hashed_bytes(parts: tuple[object, ...]) -> bytes:
    """What is hashed: a JSON array of these values, in ASCII without spaces."""
    return _ENCODER.encode(parts).encode("ascii")


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A typed value beside its event.

    Attributes:
        field: The field that was changed.
        is_after: Whether it is the value after the event, or the one before.
        text: The value; empty if it was erased.
        salt: Its salt; empty if it was erased.
    """

    field: str
    is_after: bool
    text: str
    salt: str


def seal(changes: Changes) -> tuple[str, list[SealedValue]]:
    """The changes as chained JSON, and the typed values that it refers to.

    All texts are sealed, whoever wrote them. In the JSON a text is the hash of its value; numbers stay as they are.
    """
    written: dict[str, list[str | int | None]] = {}
    values: list[SealedValue] = []
    for field, pair in changes.items():
        written[field] = []
        for is_after, value in zip((False, True), pair, strict=True):
            if isinstance(value, str):
                own = SealedValue(field, is_after, str(value), new_salt())
                values.append(own)
                value = sealed(own.salt, own.text)
            written[field].append(value)
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")), values


def unseal(changes: str, values: Mapping[tuple[str, bool], str]) -> dict[str, tuple[Value, Value]]:
    """The changes of `seal`.

    Args:
        values: Field and `is_after` -> the typed value. One that was erased is an empty text.
    """

    def value(field: str, is_after: bool, stored: Value) -> Value:
        return values.get((field, is_after), "") if isinstance(stored, str) else stored

    return {
        field: (value(field, False, before), value(field, True, after))
        for field, (before, after) in json.loads(changes).items()
    }


# Proving a stream.


@dataclass(frozen=True, slots=True)
class Seal:
    """A value that an event refers to, or that is stored beside it.

    Attributes:
        reference: Its name in the stream, which an event of kind `ANONYMISED` gives.
        written: Its hash in the form; None if the form does not mention it.
        found: The hash of what is stored; None if that was erased.
    """

    reference: str
    written: str | None
    found: str | None


def event_texts(number: int) -> str:
    """The reference of the texts of a ticket's event."""
    return f"evento {number}"


def answer_of(row: int) -> str:
    """The reference of an answer to a process of a ticket."""
    return f"resposta {row}"


def field_of(number: int, field: str) -> str:
    """The reference of the texts of a field in an event of another stream: that before it and that after it."""
    return f"{number}.{field}"


@dataclass(frozen=True, slots=True)
class Values:
    """The values of an event.

    Attributes:
        erased: References of the values that this event says were erased.
    """

    seals: tuple[Seal, ...] = ()
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it is stored."""

    number: int
    event: Recorded
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first error of a stream.

    Attributes:
        code: `evento_falta` (a number is missing), `evento_mudou` (the hash does not fit), `valor_mudou` (a value is
            not the one that was hashed), `valor_apagado` (no later event says that it was erased), `fim_difere` (the
            stream does not end with the hash that is stored as its last).
        number: Of the event.
    """

    code: str
    number: int


def first_break(
    stream: Stream, events: Iterable[Stored], values_of: Callable[[Stored], Values], head: str | None = None
) -> Break | None:
    """The first error in a stream's chain and values; None if there is none.

    Args:
        events: All events of the stream in their order.
        values_of: The values of an event. Called only for events whose hash fits.
        head: The hash that is stored as the stream's last one; None if none is stored.
    """
    former, number = "", 0
    erased: dict[str, int] = {}
    for number, stored in enumerate(events, start=1):
        if stored.number != number:
            return Break("evento_falta", number)
        if not _fits(former, stream, stored):
            return Break("evento_mudou", number)
        former, values = stored.hash, values_of(stored)
        for reference in values.erased:
            erased.pop(reference, None)
        for seal in values.seals:
            if seal.written is None or seal.found not in (None, seal.written):
                return Break("valor_mudou", number)
            if seal.found is None:
                erased[seal.reference] = number
    if head not in (None, former):
        return Break("fim_difere", number)
    return Break("valor_apagado", min(erased.values())) if erased else None


def _fits(former: str, stream: Stream, stored: Stored) -> bool:
    try:
        return link(former, stream, stored.number, stored.event) == stored.hash
    except (TypeError, ValueError):  # a changed column may have any type, or an unknown version
        return False

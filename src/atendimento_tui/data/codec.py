"""The changes of a ticket's event as the JSON in its row, and the texts that stand beside it.

The JSON is a part of what is chained (`domain.trail`), so it is stored once and never written again. Texts that may be
a person's are not in it: the event's own texts are in two columns of the row, and answers to a process's fields are in
their own rows. The JSON has a hash of each (`domain.trail.sealed`), and refers to texts and answers by number.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atendimento_tui.domain.tickets import ATTACHED, FIELD, ClockChange, Event, Value
from atendimento_tui.domain.trail import Seal, Values, answer_of, event_texts, new_salt, sealed
from atendimento_tui.domain.words import Nature

Changes = dict[str, tuple[Value, Value]]

TYPED = frozenset(("subject", ATTACHED))
"""Changes whose values are a person's: typed, or the hash of a file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer to a field of a process.

    Attributes:
        number: Number of its row.
        seal: The hash of its salt, its key and its text.
    """

    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event's changes and texts, as they are stored.

    Attributes:
        changes: The changes as JSON.
        text: The first text of the event: what the person wrote.
        words: Its other texts, as a JSON list; empty if there are none.
        salt: The salt of both; empty if both are empty.
    """

    changes: str
    text: str
    words: str
    salt: str


def seal_texts(salt: str, text: str, words: str) -> str:
    """The hash of an event's own texts."""
    return sealed(salt, text, words)


def seal_answer(salt: str, key: str, text: str) -> str:
    """The hash of an answer."""
    return sealed(salt, key, text)


def encode(event: Event, answers: Mapping[str, Answer]) -> Encoded:
    """The event's changes and texts, without empty parts.

    Args:
        event: The event.
        answers: Key of each answered field -> the stored answer.
    """
    texts = [event.text]

    def refer(value: Value) -> Value:
        """The number of the text; numbers and empty texts stay as they are."""
        if not isinstance(value, str) or not value:
            return value
        if value not in texts:
            texts.append(value)
        return texts.index(value)

    data: dict[str, Any] = {}
    if event.action:
        data["acao"] = event.action
    if event.changes:
        data["campos"] = {
            name: [refer(value) for value in change] if name in TYPED else change
            for name, change in event.changes.items()
            if not name.startswith(FIELD)
        }
    if answers:
        data["respostas"] = {key: [answer.number, answer.seal] for key, answer in answers.items()}
    if event.clocks:
        data["prazos"] = [_clock_to_json(change, refer(change.reason)) for change in event.clocks]
    if event.erased:
        data["anonimizados"] = list(event.erased)
    words, salt = _json(texts[1:]) if texts[1:] else "", ""
    if event.text or words:
        salt = new_salt()
        data["dito"] = seal_texts(salt, event.text, words)
    return Encoded(_json(data), event.text, words, salt)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An event's changes, read from the JSON of `encode`."""

    action: str
    changes: Changes
    clocks: tuple[ClockChange, ...]
    erased: tuple[str, ...]


def read_changes(changes: str) -> dict[str, Any]:
    """The changes of an event, read from its column."""
    read: dict[str, Any] = json.loads(changes)
    return read


def decode(
    data: Mapping[str, Any], text: str, words: str, answers: Mapping[int, str], known: Mapping[str, str]
) -> Decoded:
    """The changes of an event from its stored columns. Erased texts and answers are empty.

    Args:
        data: The changes, read by `read_changes`.
        text, words: As in `Encoded`.
        answers: Number of an answer's row -> the answer.
        known: The answers before the event, by key.
    """
    texts = [text, *(json.loads(words) if words else ())]

    def referred(value: Value) -> Value:
        if not isinstance(value, int):
            return value
        return texts[value] if value < len(texts) else ""

    fields: Changes = {}
    for name, (before, after) in data.get("campos", {}).items():
        fields[name] = (referred(before), referred(after)) if name in TYPED else (before, after)
    for key, (number, _) in data.get("respostas", {}).items():
        fields[f"{FIELD}{key}"] = (known.get(key), answers[number])
    clocks = tuple(
        _clock_from_json(change, str(referred(change.get("motivo", "")))) for change in data.get("prazos", ())
    )
    return Decoded(data.get("acao", ""), fields, clocks, tuple(data.get("anonimizados", ())))


def values_of(
    number: int, data: Mapping[str, Any], text: str, words: str, salt: str, answers: dict[int, tuple[str, str, str]]
) -> Values:
    """The values of an event and what it says was erased, for `domain.trail.first_break`.

    Args:
        number: Of the event.
        data: The changes, read by `read_changes`.
        text, words, salt: As in `Encoded`.
        answers: Number of an answer's row -> key, text and salt. The event's own are removed from it.
    """
    seals = []
    if "dito" in data or text or words or salt:
        found = seal_texts(salt, text, words) if text or words or salt else None
        seals.append(Seal(event_texts(number), data.get("dito"), found))
    for key, (row, seal) in data.get("respostas", {}).items():
        own, answer, its_salt = answers.pop(row, ("", "", "-"))
        is_erased = own == key and not answer and not its_salt
        seals.append(Seal(answer_of(row), seal, None if is_erased else seal_answer(its_salt, own, answer)))
    return Values(tuple(seals), tuple(data.get("anonimizados", ())))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(data: Any) -> str:
    return _ENCODER.encode(data)


def _clock_to_json(change: ClockChange, reason: Value) -> dict[str, Any]:
    data: dict[str, Any] = {"op": change.op}
    if change.kind:
        data["tipo"] = change.kind
    if change.reason:
        data["motivo"] = reason
    if change.op == "retarget":
        data["alvo"] = change.target
    if change.op == "recalendar":
        data |= {"calendario": change.calendar, "de": change.former}
        data |= {"informado": change.told} if change.told else {}
        data |= {"adiado": change.delayed} if change.delayed else {}
    if change.op == "start":
        data |= {"calendario": change.calendar, "base": change.basis, "alvo": change.target}
        data |= {"natureza": change.nature} if change.nature else {}
    return data


def _clock_from_json(data: dict[str, Any], reason: str) -> ClockChange:
    kind = data.get("tipo")
    return ClockChange(
        data["op"],
        kind,
        reason,
        data.get("calendario", 0),
        data.get("base", ""),
        data.get("alvo", 0),
        Nature(data["natureza"]) if "natureza" in data else None,
        data.get("de", 0),
        data.get("informado"),
        data.get("adiado"),
    )

"""The changes of an event as the JSON in its row.

Answers to a process's fields may be personal: they are in their own rows, and the JSON has their numbers.
"""

import json
from collections.abc import Mapping
from typing import Any

from atendimento_tui.domain.tickets import FIELD, ClockChange, Event, Value
from atendimento_tui.domain.words import Nature

Changes = dict[str, tuple[Value, Value]]


def encode(event: Event, numbers: Mapping[str, int]) -> str:
    """The event's changes as JSON, without empty parts.

    Args:
        event: The event.
        numbers: Key of each answered field -> number of the answer's row.
    """
    data: dict[str, Any] = {}
    if event.action:
        data["acao"] = event.action
    if event.changes:
        data["campos"] = {name: change for name, change in event.changes.items() if not name.startswith(FIELD)}
    if numbers:
        data["respostas"] = dict(numbers)
    if event.clocks:
        data["prazos"] = [_clock_to_json(change) for change in event.clocks]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode(
    text: str, answers: Mapping[int, str], known: Mapping[str, str]
) -> tuple[str, Changes, tuple[ClockChange, ...]]:
    """The action's label, the fields changed and the clocks moved, from the JSON of `encode`.

    Args:
        text: The JSON.
        answers: Number of an answer's row -> the answer.
        known: The answers before the event, by key.
    """
    data = json.loads(text)
    fields: Changes = {name: (before, after) for name, (before, after) in data.get("campos", {}).items()}
    for key, number in data.get("respostas", {}).items():
        fields[f"{FIELD}{key}"] = (known.get(key), answers[number])
    return data.get("acao", ""), fields, tuple(_clock_from_json(change) for change in data.get("prazos", []))


def _clock_to_json(change: ClockChange) -> dict[str, Any]:
    data: dict[str, Any] = {"op": change.op}
    if change.kind:
        data["tipo"] = change.kind
    if change.reason:
        data["motivo"] = change.reason
    if change.op == "retarget":
        data["alvo"] = change.target
    if change.op == "start":
        data |= {"calendario": change.calendar, "base": change.basis, "alvo": change.target}
        data |= {"natureza": change.nature} if change.nature else {}
    return data


def _clock_from_json(data: dict[str, Any]) -> ClockChange:
    kind = data.get("tipo")
    return ClockChange(
        data["op"],
        kind,
        data.get("motivo", ""),
        data.get("calendario", 0),
        data.get("base", ""),
        data.get("alvo", 0),
        Nature(data["natureza"]) if "natureza" in data else None,
    )

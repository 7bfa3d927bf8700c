"""Other systems of the operator (ERP, CRM): the number of a ticket in each, and the block of text that is pasted there.

The unit has one TOML text with its systems (`read_systems`). A block is a text with placeholders in the order of the
system's screen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atendimento_tui.domain.beneficiaries import BY_WORD
from atendimento_tui.domain.process.templates import filled, placeholders
from atendimento_tui.domain.process.toml import TomlError, read_toml
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import folded, written
from atendimento_tui.domain.tickets import Event

ADDED, REMOVED, COPIED = "numero_externo", "numero_externo_retirado", "bloco_copiado"
"""The kinds of events."""

MOST_SYSTEMS, LONGEST_NAME, LONGEST_NUMBER, LONGEST_BLOCK = 20, 40, 60, 10_000
"""Systems of a unit; characters of a system's name, of a number, of a block."""

OF_BENEFICIARY = "beneficiario."
"""Prefix of the placeholder for an item of the beneficiary's record: `beneficiario.cpf`."""

FACTS = ("protocolo", "servico", "assunto", "canal", "solicitante", "beneficiario", "etapa", "criticidade", "unidade")
"""Placeholders of a block besides `numero` (the number in that system), the fields of the ticket's process and the
items of the beneficiary's record."""

NUMBER = "numero"

CHANGES = "alteracoes"
"""Placeholder for the changes of the beneficiary's record that the ticket asks for, old and new, one a line."""

_FIELD = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class System:
    """Another system.

    Attributes:
        block: The text to paste there, with placeholders; empty if there is none.
    """

    name: str
    block: str = ""


def read_systems(text: str, path: str = "") -> tuple[System, ...]:
    """The systems of a TOML text.

    Args:
        path: The file that it is from, for errors.

    Raises:
        Refused: It is not TOML; it has another word, a name twice or without letters, a placeholder that is unknown.
    """
    try:
        data = read_toml(text)
    except TomlError as error:
        raise Refused("toml_invalido", path=path, line=error.line, column=error.column, toml=error.reason) from error
    rows = data.get("sistemas", [])
    if data.keys() - {"sistemas"} or not isinstance(rows, list) or len(rows) > MOST_SYSTEMS:
        raise Refused("sistemas_formato", most=MOST_SYSTEMS)
    systems = tuple(_system(row) for row in rows)
    names = [system_key(each.name) for each in systems]
    for at, each in enumerate(systems):
        if names.index(names[at]) != at:
            raise Refused("sistema_repetido", name=each.name)
    return systems


def _system(row: Any) -> System:
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise Refused("sistemas_formato", most=MOST_SYSTEMS)
    if row.keys() - {"nome", "bloco"} or "nome" not in row:
        raise Refused("sistemas_formato", most=MOST_SYSTEMS)
    name, block = written(row["nome"]).strip(), written(row.get("bloco", ""), multiline=True).strip("\n")
    if not system_key(name) or len(name) > LONGEST_NAME:
        raise Refused("sistema_nome", name=name, most=LONGEST_NAME)
    if len(block) > LONGEST_BLOCK:
        raise Refused("sistema_bloco_longo", name=name, count=len(block), most=LONGEST_BLOCK)
    for word in placeholders(block):
        item = word.removeprefix(OF_BENEFICIARY)
        if not (item in BY_WORD if item != word else _FIELD.fullmatch(word)):
            raise Refused("sistema_lacuna", name=name, word=word)
    return System(name, block)


def system_named(systems: tuple[System, ...], name: str) -> System:
    """The system of this name; case and accents do not matter.

    Raises:
        Refused: There is none.
    """
    for each in systems:
        if system_key(each.name) == system_key(name):
            return each
    raise Refused("sistema_desconhecido", name=name, known=", ".join(each.name for each in systems) or None)


def system_key(name: str) -> str:
    """The form of a system's name that is compared."""
    return " ".join(folded(name).split())


def number_key(number: str) -> str:
    """The form of a number that is compared: its letters and digits."""
    return "".join(c for c in folded(number) if c.isalnum())


def checked_number(typed: str) -> str:
    """A typed number.

    Raises:
        Refused: It has no letter and no digit, or is too long.
    """
    number = " ".join(written(typed).split())
    if not number_key(number):
        raise Refused("numero_externo_vazio")
    if len(number) > LONGEST_NUMBER:
        raise Refused("numero_externo_longo", count=len(number), most=LONGEST_NUMBER)
    return number


def hidden_words(block: str) -> tuple[str, ...]:
    """The items of the beneficiary's record in a block that are masked elsewhere."""
    items = (word.removeprefix(OF_BENEFICIARY) for word in placeholders(block) if word.startswith(OF_BENEFICIARY))
    hidden = [word for word in items if BY_WORD[word].is_hidden]
    return tuple(dict.fromkeys([*hidden, *(word for word in placeholders(block) if word == CHANGES)]))


def filled_block(system: System, facts: Mapping[str, str]) -> str:
    """The block with its facts inserted. A fact of several lines stays on its line, as the field it is pasted into;
    only changes of the record have a line each.
    """
    return filled(
        system.block, {key: value if key == CHANGES else " ".join(value.split()) for key, value in facts.items()}
    )


def event_text(system: str, number: str) -> str:
    """The text of the event of a number. The filter of the queue finds it."""
    return f"{system}: {number}"


def is_about(event: Event) -> bool:
    """Whether the event is one of a number in another system."""
    return event.kind in (ADDED, REMOVED)

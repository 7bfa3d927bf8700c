"""Reading a list of bank bills: a CSV file, and the map of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from atendimento_tui.data.logs import File, Progress
from atendimento_tui.data.mapped_csv import MapPart, MappedLine, mapped_lines, read_map
from atendimento_tui.domain.bills import check_import
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refusal, Refused

PERSON: Mapping[str, str] = {"cpf": "cpf", "cns": "cns", "carteirinha": "card"}
"""Word of a map for a number of the beneficiary -> the item of the record. The first one that a line has is used."""

_TYPES: Mapping[str, str] = {
    "linha": "boleto",
    "competencia": "competencia",
    "valor": "dinheiro",
    "vencimento": "data",
    "pago_em": "data",
    "cpf": "cpf",
    "cns": "cns",
    "carteirinha": "carteirinha",
}
"""Word of a map -> the type of the values in its column."""


class Columns(MapPart):
    """The file's names of the columns that are read."""

    linha: str
    competencia: str
    valor: str
    vencimento: str
    pago_em: str | None = None
    cpf: str | None = None
    cns: str | None = None
    carteirinha: str | None = None


class BillMap(MapPart):
    """A map, kept by the operator beside its lists (docs/bills.md)."""

    colunas: Columns
    arquivo: Annotated[File, Field(default_factory=File)]


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of the file whose values agree with each other.

    Attributes:
        person: Item of the record and number of the beneficiary.
        paid_on: The day of the payment; None if there is none, or no column for it.
        says_paid: Whether the file has a column for the payment.
    """

    number: int
    person: tuple[str, str]
    competence: str
    code: str
    cents: int
    due_on: date
    paid_on: date | None
    says_paid: bool


def read_bill_map(path: Path) -> BillMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read or is no valid map, or it has no column for the beneficiary.
    """
    found = read_map(path, BillMap)
    if not any(getattr(found.colunas, word) for word in PERSON):
        raise Refused("mapa_sem_pessoa", path=str(path))
    return found


def read_bills(path: Path, bill_map: BillMap, progress: Progress) -> Iterator[BillLine | tuple[int, Refusal]]:
    """The lines of the file; of a wrong one its number and what is wrong.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    columns: dict[str, str] = bill_map.colunas.model_dump(exclude_none=True)
    rules = {
        word: FieldRule.model_validate({"chave": word, "rotulo": name, "tipo": _TYPES[word]})
        for word, name in columns.items()
    }
    for line in mapped_lines(path, bill_map.arquivo, columns, progress):
        if line.problem:
            yield line.number, line.problem
            continue
        try:
            yield _bill(line, rules)
        except Refused as refused:
            yield line.number, refused.refusal


def _bill(line: MappedLine, rules: Mapping[str, FieldRule]) -> BillLine:
    values = {word: read_value(rule, line.values[word]) for word, rule in rules.items()}
    for word in ("linha", "competencia", "valor", "vencimento"):
        if not values[word]:
            raise Refused("campo_vazio", field=rules[word].label)
    person = next(((item, values[word]) for word, item in PERSON.items() if values.get(word)), None)
    if person is None:
        raise Refused("boleto_sem_pessoa")
    due, cents = date.fromisoformat(values["vencimento"]), int(values["valor"])
    check_import(values["linha"], cents, due)
    paid = date.fromisoformat(values["pago_em"]) if values.get("pago_em") else None
    return BillLine(
        line.number, person, values["competencia"], values["linha"], cents, due, paid, says_paid="pago_em" in values
    )

"""Reading a list of hours of professionals: a CSV file, and the map of its columns."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from atendimento_tui.data.logs import File, Progress, Words
from atendimento_tui.data.mapped_csv import MapPart, MappedLine, mapped_lines, read_map

PROVIDER: Mapping[str, str] = MappingProxyType({"profissional": "name", "registro": "registration"})
SITE: Mapping[str, str] = MappingProxyType({"local": "name", "endereco": "address", "cidade": "city", "uf": "state"})
HOURS: Mapping[str, str] = MappingProxyType(
    {"horas": "hours", "regra": "rule", "desde": "since", "ate": "until", "vaga": "slot", "lugares": "capacity"}
)
"""Word of a map -> the item of `services.providers.FIELDS`, or of `services.availability.add_hours`."""


class Columns(MapPart):
    """The file's names of the columns that are read."""

    profissional: str
    local: str
    horas: str
    registro: str | None = None
    especialidade: str | None = None
    endereco: str | None = None
    cidade: str | None = None
    uf: str | None = None
    regra: str | None = None
    desde: str | None = None
    ate: str | None = None
    vaga: str | None = None
    lugares: str | None = None
    chave: str | None = None
    """What tells a line apart in the source, so that one that has changed there is changed here."""


class AgendaMap(MapPart):
    """A map, kept by the operator beside its lists (docs/agenda.md)."""

    nome: Words = Field(min_length=1, max_length=120)
    colunas: Columns
    arquivo: Annotated[File, Field(default_factory=File)]


def read_agenda_map(path: Path) -> AgendaMap:
    """The map in a TOML file.

    Raises:
        Refused: As `mapped_csv.read_map`.
    """
    return read_map(path, AgendaMap)


def read_agenda(path: Path, agenda_map: AgendaMap, progress: Progress) -> Iterator[MappedLine]:
    """The lines of the file.

    Raises:
        Refused: As `mapped_csv.mapped_lines`.
    """
    columns = agenda_map.colunas.model_dump(exclude_none=True)
    return mapped_lines(path, agenda_map.arquivo, columns, progress)

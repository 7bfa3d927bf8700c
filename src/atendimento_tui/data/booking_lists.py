"""Reading a list of bookings that were made elsewhere: a CSV file, and the map of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from atendimento_tui.data.logs import File, Progress, Words
from atendimento_tui.data.mapped_csv import MapPart, MappedLine, mapped_lines, read_map
from atendimento_tui.domain.bookings import BookingState
from atendimento_tui.domain.imported_bookings import YEARS
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import entered, folded

PERSON: Mapping[str, str] = MappingProxyType({"cpf": "cpf", "cns": "cns", "carteirinha": "card"})
"""Word of a map for a number of the beneficiary -> the item of the record. The first one that a line has is used."""

STATES: Mapping[str, BookingState] = MappingProxyType(
    {
        "agendado": BookingState.BOOKED,
        "compareceu": BookingState.ARRIVED,
        "faltou": BookingState.MISSED,
        "cancelado": BookingState.CANCELLED,
    }
)
"""Word of a map for a situation -> the state."""

LONGEST_TEXT = 120
"""Characters of a name, a channel or a key."""

_LONGEST_MINUTES = 4
"""Digits of the minutes."""

_INSTANTS = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
"""Forms of an instant besides ISO 8601."""

_CLOCKS = ("%H:%M", "%H:%M:%S", "%Hh%M")


class Columns(MapPart):
    """The file's names of the columns that are read."""

    chave: str
    profissional: str
    local: str
    inicio: str
    fim: str | None = None
    minutos: str | None = None
    especialidade: str | None = None
    cpf: str | None = None
    cns: str | None = None
    carteirinha: str | None = None
    nome: str | None = None
    canal: str | None = None
    situacao: str | None = None


class BookingMap(MapPart):
    """A map, kept by the operator beside its lists (docs/agenda.md)."""

    nome: Words = Field(min_length=1, max_length=LONGEST_TEXT)
    """The system that the bookings come from; with a line's key it identifies the booking."""
    canal: Words = Field(default="aplicativo", min_length=1, max_length=LONGEST_TEXT)
    """The channel of lines that name none."""
    colunas: Columns
    situacoes: Mapping[str, Literal["agendado", "compareceu", "faltou", "cancelado"]] = Field(default_factory=dict)
    """Words of the file -> one of `STATES`; accents and case do not matter."""
    arquivo: Annotated[File, Field(default_factory=File)]


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A line of the file whose values can be read.

    Attributes:
        provider, site, specialty: As they are written; the specialty may be empty.
        starts, ends: Without an offset if the file has none: then they are in the zone of the site.
        person: Item of the record and number of the beneficiary; None if the line has none.
    """

    number: int
    key: str
    provider: str
    site: str
    specialty: str
    starts: datetime
    ends: datetime
    person: tuple[str, str] | None
    name: str
    channel: str
    state: BookingState


def read_booking_map(path: Path) -> BookingMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read or is no valid map, or it does not say how long a booking is.
    """
    found = read_map(path, BookingMap)
    if not (found.colunas.fim or found.colunas.minutos):
        raise Refused("mapa_sem_fim", path=str(path))
    return found


def read_bookings(
    path: Path, booking_map: BookingMap, progress: Progress
) -> Iterator[BookingLine | tuple[int, Refusal]]:
    """The lines of the file; of a wrong one its number and what is wrong.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    columns: dict[str, str] = booking_map.colunas.model_dump(exclude_none=True)
    words = {**STATES, **{folded(word): STATES[said] for word, said in booking_map.situacoes.items()}}
    for line in mapped_lines(path, booking_map.arquivo, columns, progress):
        if line.problem:
            yield line.number, line.problem
            continue
        try:
            yield _booking(line, columns, booking_map, words)
        except Refused as refused:
            yield line.number, refused.refusal


def _booking(
    line: MappedLine, columns: Mapping[str, str], booking_map: BookingMap, words: Mapping[str, BookingState]
) -> BookingLine:
    said = {word: entered(value).strip() for word, value in line.values.items()}
    for word in ("chave", "profissional", "local", "inicio"):
        if not said[word]:
            raise Refused("campo_vazio", field=columns[word])
    for word in ("chave", "nome", "canal"):
        if len(said.get(word, "")) > LONGEST_TEXT:
            raise Refused("oferta_texto_longo", most=LONGEST_TEXT)
    numbers = ((item, _number(word, columns[word], said[word])) for word, item in PERSON.items() if said.get(word))
    situation = said.get("situacao", "")
    state = words.get(folded(situation)) if situation else BookingState.BOOKED
    if state is None:
        raise Refused("agendamento_situacao", typed=situation, known=", ".join(words))
    starts = _instant(said["inicio"], booking_map.arquivo.formato_instante)
    return BookingLine(
        line.number,
        said["chave"],
        said["profissional"],
        said["local"],
        said.get("especialidade", ""),
        starts,
        _end(starts, said.get("fim", ""), said.get("minutos", ""), booking_map.arquivo.formato_instante),
        next(numbers, None),
        said.get("nome", ""),
        said.get("canal") or booking_map.canal,
        state,
    )


def _number(word: str, name: str, typed: str) -> str:
    """A number of a beneficiary in its stored form.

    Raises:
        Refused: It is none.
    """
    return read_value(FieldRule.model_validate({"chave": word, "rotulo": name, "tipo": word}), typed)


def _end(starts: datetime, end: str, minutes: str, form: str | None) -> datetime:
    if end:
        for each in _CLOCKS:
            if at := _parsed(end, each):
                return starts.replace(hour=at.hour, minute=at.minute, second=at.second)
        return _instant(end, form)
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) <= _LONGEST_MINUTES):
        raise Refused("agendamento_sem_fim", typed=minutes)
    return starts + timedelta(minutes=int(minutes))


def _instant(typed: str, form: str | None) -> datetime:
    """An instant as it is written: in the form of the map, else by ISO 8601 or as 31/12/2026 10:30.

    Raises:
        Refused: It is none, or of a year in which nothing is booked.
    """
    try:
        found = datetime.fromisoformat(typed) if not form else None
    except ValueError:
        found = None
    if found is not None and ":" not in typed and "T" not in typed:  # a day alone
        found = None
    forms = (form,) if form else _INSTANTS
    found = found or next((at for each in forms if (at := _parsed(typed, each))), None)
    if found is None or found.year not in YEARS:
        raise Refused("agendamento_instante", typed=typed)
    return found


def _parsed(typed: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(typed, form)  # noqa: DTZ007 - the zone is that of the site
    except ValueError:
        return None

"""Reading the log of another desk: a CSV file and the map that tells what its columns and labels mean."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.data.written import problem_of
from atendimento_tui.domain.history import LoggedEvent, Meaning
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.words import Severity


def _entered(value: Any) -> Any:
    return entered(value) if isinstance(value, str) else value


Words: TypeAlias = Annotated[str, BeforeValidator(_entered)]
"""What goes from the map into the data."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """The log's own names of the columns that are read."""

    caso: str
    rotulo: str
    instante: str
    pessoa: str | None = None
    assunto: str | None = None


class Label(_Strict):
    """What a label means; `motivo` is why the ticket waits (the label itself where it says nothing)."""

    como: Meaning
    motivo: Words = ""


def _label(value: Any) -> Any:
    return {"como": value} if isinstance(value, str) else value


class File(_Strict):
    """How the file is written, where it is not to be found out."""

    separador: str | None = Field(default=None, min_length=1, max_length=1)
    codificacao: str | None = None
    formato_instante: str | None = None
    """As for `strptime`; ISO 8601 where it is not given."""

    @field_validator("separador")
    @classmethod
    def _separates(cls, sign: str | None) -> str | None:
        if sign in ('"', "\r", "\n", " ", "\0"):
            raise ValueError("este sinal não separa colunas")
        return sign

    @field_validator("codificacao")
    @classmethod
    def _known_encoding(cls, name: str | None) -> str | None:
        try:
            io.TextIOWrapper(io.BytesIO(), encoding=name)
        except (LookupError, ValueError) as error:
            raise ValueError(f"codificação desconhecida: {name}") from error
        return name


class LogMap(_Strict):
    """A map (CONTRACTS, "Import of a history"); `docs/bpi2013.toml` is the worked example."""

    nome: Words = Field(min_length=1)
    """The system that the log comes from; with a case's number it tells whether the case is here already."""
    servico: Words = Field(min_length=1)
    criticidade: Severity = Severity.MEDIUM
    alvo_h: float = Field(gt=0, le=100_000)
    fuso: str
    """The zone of instants that do not say theirs."""
    calendario: str | CalendarSpec
    """A calendar of the desk by name, or written here."""
    colunas: Columns
    rotulos: dict[str, Annotated[Label, BeforeValidator(_label)]] = Field(min_length=1)
    arquivo: File = File()

    @field_validator("fuso")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"fuso desconhecido: {name}") from error
        return name

    def meaning_of(self, label: str) -> Label | None:
        """What the label means: its own line of the map, or else the longest one ending in `*` that it begins with."""
        if label in self.rotulos:
            return self.rotulos[label]
        stems = [key for key in self.rotulos if key.endswith("*") and label.startswith(key[:-1])]
        return self.rotulos[max(stems, key=len)] if stems else None


def read_map(path: Path) -> LogMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read, or says something that a map cannot; with file, place and reason.
    """
    try:
        return LogMap.model_validate(read_toml_file(path))
    except ValidationError as error:
        place, problem = problem_of(error)
        if place[0] == "calendario":  # pydantic puts in which of the two it tried: the name or the table
            place = place[:1] + place[2:]
        raise Refused("mapa_invalido", path=str(path), place=".".join(place), problem=problem) from error


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, read.

    Attributes:
        case: Whose it is; None where not even that can be read.
        event: None where the line cannot be understood.
        problem: Why not, as a code of `texts.refusals`.
    """

    number: int
    case: str | None
    event: LoggedEvent | None
    person: str = ""
    subject: str = ""
    problem: str = ""


def read_log(path: Path, log_map: LogMap) -> Iterator[Line]:
    """The log's lines in the file's order; a file ending in `.gz` is unpacked on the way.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    try:
        with _text(path, log_map.arquivo) as file:
            separator = log_map.arquivo.separador or _separator(file, log_map.colunas)
            reader = csv.DictReader(_without_nul(file), delimiter=separator)
            _must_have_columns(reader.fieldnames or (), log_map, path)
            while (row := _next_row(reader)) is not None:
                yield _line(reader.line_num, row, log_map)
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        detail = getattr(error, "errno", None) or ("GZIP" if path.suffix == ".gz" else None)
        raise Refused("arquivo_ilegivel", path=str(path), detail=detail) from error


def _text(path: Path, how: File) -> io.TextIOWrapper:
    """The file as text: in the encoding given, else UTF-8, else Windows-1252, which takes nearly anything."""
    encoding = how.codificacao or ("utf-8-sig" if _is_utf8(path) else "cp1252")
    raw: Any = gzip.open(path) if path.suffix == ".gz" else path.open("rb")
    return io.TextIOWrapper(raw, encoding=encoding, newline="", errors="replace" if encoding == "cp1252" else "strict")


def _is_utf8(path: Path) -> bool:
    raw: Any = gzip.open(path) if path.suffix == ".gz" else path.open("rb")
    with io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        try:
            while file.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return False
    return True


def _separator(file: io.TextIOWrapper, columns: Columns) -> str:
    """The sign by which the header line falls into the columns that the map names."""
    header = file.readline()
    file.seek(0)
    return max(",;\t|", key=lambda sign: (columns.caso in _names(header, sign), header.count(sign)))


def _names(header: str, sign: str) -> list[str]:
    return next(csv.reader([header.lstrip("\ufeff")], delimiter=sign), [])


def _without_nul(file: io.TextIOWrapper) -> Iterator[str]:
    return (line.replace("\0", "") for line in file)


def _must_have_columns(names: Any, log_map: LogMap, path: Path) -> None:
    wanted = [name for name in log_map.colunas.model_dump().values() if name]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise Refused("colunas_faltando", path=str(path), missing=", ".join(missing), found=", ".join(names))


def _next_row(reader: "csv.DictReader[str]") -> dict[str | None, Any] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return {None: [str(error)]}


def _line(number: int, row: dict[str | None, Any], log_map: LogMap) -> Line:
    columns = log_map.colunas
    case = entered(row.get(columns.caso) or "").strip() or None
    if None in row or None in row.values() or case is None:
        return Line(number, case, None, problem="linha_incompleta")
    label = row[columns.rotulo]
    meaning = log_map.meaning_of(label)
    if meaning is None:
        return Line(number, case, None, problem="rotulo_fora_do_mapa")
    at = _instant(row[columns.instante], log_map)
    if at is None:
        return Line(number, case, None, problem="instante_ilegivel")
    event = LoggedEvent(at, entered(label), meaning.como, meaning.motivo or entered(label))
    person = entered(row[columns.pessoa]).strip() if columns.pessoa else ""
    subject = entered(row[columns.assunto]).strip() if columns.assunto else ""
    return Line(number, case, event, person, subject)


def _instant(text: str, log_map: LogMap) -> datetime | None:
    """The instant in UTC; None where it cannot be read."""
    form = log_map.arquivo.formato_instante
    try:
        at = datetime.strptime(text.strip(), form) if form else datetime.fromisoformat(text.strip())  # noqa: DTZ007
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(log_map.fuso))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

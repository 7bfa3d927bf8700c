"""Reading the log of another system: a CSV file, and the map of its columns and labels."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.data.csv_records import LONGEST_FIELD, LONGEST_RECORD, Record, records
from atendimento_tui.data.text_files import encoding_of, read_toml_file
from atendimento_tui.data.written import problem_of
from atendimento_tui.domain.history import LoggedEvent, Meaning
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.words import Severity


def _entered(value: Any) -> Any:
    return entered(value) if isinstance(value, str) else value


Words: TypeAlias = Annotated[str, BeforeValidator(_entered)]
"""A text of the map that is stored."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """The log's names of the columns that are read."""

    caso: str
    rotulo: str
    instante: str
    pessoa: str | None = None
    assunto: str | None = None


class Label(_Strict):
    """The meaning of a label; `motivo` is why the ticket waits (by default the label)."""

    como: Meaning
    motivo: Words = ""


def _label(value: Any) -> Any:
    return {"como": value} if isinstance(value, str) else value


class File(_Strict):
    """The format of the file; what is missing is detected."""

    separador: str | None = Field(default=None, min_length=1, max_length=1)
    codificacao: str | None = None
    formato_instante: str | None = None
    """As for `strptime`; by default ISO 8601."""

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
    """A map (docs/rules.md, "Import of a history"); `docs/bpi2013.toml` is an example."""

    nome: Words = Field(min_length=1)
    """The system that the log comes from; with a case's number it identifies the case."""
    servico: Words = Field(min_length=1)
    criticidade: Severity = Severity.MEDIUM
    alvo_h: float = Field(gt=0, le=100_000)
    fuso: str
    """The zone of instants without offset."""
    calendario: str | CalendarSpec
    """The name of a calendar of the desk, or a calendar written here."""
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
        """The meaning of a label: its entry in the map, or else that of its longest prefix ending in `*`."""
        if label in self.rotulos:
            return self.rotulos[label]
        stems = [key for key in self.rotulos if key.endswith("*") and label.startswith(key[:-1])]
        return self.rotulos[max(stems, key=len)] if stems else None


def read_map(path: Path) -> LogMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read or is not a valid map; with file, place and reason.
    """
    try:
        return LogMap.model_validate(read_toml_file(path))
    except ValidationError as error:
        place, problem = problem_of(error)
        if place[0] == "calendario":  # pydantic adds which member of the union it tried
            place = place[:1] + place[2:]
        raise Refused("mapa_invalido", path=str(path), place=".".join(place), problem=problem) from error


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for a log.

    Attributes:
        field: Maximum characters of a field.
        record: Maximum characters of a line, or of the lines of one record.
        unpacked: Bytes that a compressed file may always unpack to.
        growth: Beyond that, the factor that it may unpack to; logs have a factor of ten or twenty.
    """

    field: int = LONGEST_FIELD
    record: int = LONGEST_RECORD
    unpacked: int = 256 << 20
    growth: int = 200


class Line(NamedTuple):
    """One line of the log, parsed.

    Attributes:
        case: The case; None if not even that can be read.
        event: None if the line cannot be parsed.
        content: A hash of the content, valid in one process only.
        problem: Why it cannot be parsed, as a code of `texts.refusals`.
        included: The cases of lines that an unclosed quote of this one includes.
        maybe_included: The same, for lines without all columns, which may not be cases.
    """

    number: int
    case: str | None
    event: LoggedEvent | None
    person: str = ""
    subject: str = ""
    content: int = 0
    problem: str = ""
    included: tuple[str, ...] = ()
    maybe_included: tuple[str, ...] = ()


Progress = Callable[[int, int], None]
"""Callback for progress: done, total."""


def read_log(path: Path, log_map: LogMap, progress: Progress, limits: Limits = Limits()) -> Iterator[Line]:
    """The log's lines in the order of the file; a file ending in `.gz` is unpacked.

    Args:
        path: The file. At most one record of it is in memory.
        progress: Called with bytes read and bytes to read; these are twice the file's size if the encoding is detected.
        limits: Exceeding them is an error of the line.

    Raises:
        Refused: The file cannot be read, lacks a column that the map names, or unpacks to too much.
    """
    try:
        with open_text(path, log_map.arquivo, progress, limits) as file:
            header = file.readline(limits.record)
            if len(header) == limits.record:
                raise Refused("cabecalho_longo", path=str(path))
            separator = log_map.arquivo.separador or separator_of(header, log_map.colunas.caso)
            reader = _Reader(names_of(header, separator), log_map)
            _must_have_columns(reader.names, log_map, path)
            longest = {"longest_field": limits.field, "longest_record": limits.record}
            for record in records(file, separator, len(reader.names), reader.is_row, **longest):
                yield reader.line(record)
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        raise Refused("arquivo_ilegivel", path=str(path), detail=detail_of(error)) from error
    size = path.stat().st_size
    progress(size, size)


def detail_of(error: Exception) -> int | str | None:
    """Why a file cannot be read, for `arquivo_ilegivel`."""
    if isinstance(error, UnicodeError):
        return "TEXT"
    return error.errno if isinstance(error, OSError) and error.errno else "GZIP"


def open_text(path: Path, how: File, progress: Progress, limits: Limits) -> io.TextIOWrapper:
    """The file as text, in the given encoding or else in the detected one; unpacked, if its name ends in `.gz`."""
    if how.codificacao:
        return io.TextIOWrapper(_bytes(path, progress, limits), encoding=how.codificacao, newline="")
    size = path.stat().st_size
    with _bytes(path, lambda done, _: progress(done, 2 * size), limits) as file:
        encoding = encoding_of(iter(lambda: file.read(1 << 16), b""))
    raw = _bytes(path, lambda done, _: progress(min(size + done, 2 * size - 1), 2 * size), limits)
    return io.TextIOWrapper(raw, encoding=encoding, newline="", errors="replace")


def _bytes(path: Path, progress: Progress, limits: Limits) -> io.BufferedReader:
    raw = path.open("rb")
    return io.BufferedReader(_Watched(path, raw, progress, limits), 1 << 16)


class _Watched(io.RawIOBase):
    """The bytes of a file, unpacked if compressed, with progress and a limit of the unpacked size."""

    def __init__(self, path: Path, raw: io.BufferedReader, progress: Progress, limits: Limits) -> None:
        self._path, self._raw, self._progress = path, raw, progress
        self._size = path.stat().st_size
        self._packed = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else None
        self._most = max(limits.unpacked, limits.growth * self._size)
        self._done = self._reported = 0
        progress(0, self._size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = (self._packed or self._raw).readinto(buffer) or 0
        self._done += count
        if self._packed and self._done > self._most:
            raise Refused("arquivo_cresce", path=str(self._path), size=self._size, most=self._most >> 20)
        at = self._raw.tell()
        if at - self._reported >= self._size // 1000:
            self._reported = at
            self._progress(at, self._size)
        return count

    def close(self) -> None:
        if self._packed:
            self._packed.close()
        self._raw.close()
        super().close()


def separator_of(header: str, column: str) -> str:
    """The separator with which the header line has this column."""
    return max(",;\t|", key=lambda sign: (column in names_of(header, sign), header.count(sign)))


def names_of(header: str, sign: str) -> list[str]:
    """The names of the columns in a header line."""
    try:
        return next(csv.reader([header.lstrip("\ufeff").replace("\0", "")], delimiter=sign), [])
    except csv.Error:  # a field over the limit
        return []


def _must_have_columns(names: list[str], log_map: LogMap, path: Path) -> None:
    wanted = [name for name in log_map.colunas.model_dump().values() if name]
    missing = [name for name in wanted if name not in names]
    if missing:
        found = [name[:40] for name in names[:30]]
        raise Refused("colunas_faltando", path=str(path), missing=", ".join(missing), found=", ".join(found))


class _Reader:
    """Parses the records of one log."""

    def __init__(self, names: list[str], log_map: LogMap) -> None:
        self.names = names
        self._map = log_map
        at = {name: place for place, name in enumerate(names)}  # of two columns with one name the last one counts
        columns = log_map.colunas
        self._case_at, self._label_at, self._instant_at, self._person_at, self._subject_at = (
            at.get(name or "", -1)
            for name in (columns.caso, columns.rotulo, columns.instante, columns.pessoa, columns.assunto)
        )
        self._meaning = lru_cache(maxsize=128)(log_map.meaning_of)
        self._zone = ZoneInfo(log_map.fuso)

    def is_row(self, fields: list[str]) -> bool:
        """Whether these fields are a complete line of this log."""
        return not self._line(0, fields).problem

    def line(self, record: Record) -> Line:
        """Parse a record."""
        if not record.problem:
            return self._line(record.number, record.fields)
        included = [(self._case(fields), len(fields) == len(self.names)) for fields in record.included]
        return Line(
            record.number,
            self._case(record.fields),
            None,
            problem=record.problem,
            included=tuple(case for case, is_whole in included if case and is_whole),
            maybe_included=tuple(case for case, is_whole in included if case and not is_whole),
        )

    def _case(self, fields: list[str]) -> str | None:
        return entered(fields[self._case_at]).strip() or None if self._case_at < len(fields) else None

    def _line(self, number: int, fields: list[str]) -> Line:
        case = self._case(fields)
        if len(fields) != len(self.names) or case is None:
            return Line(number, case, None, problem="linha_incompleta")
        label = fields[self._label_at]
        meaning = self._meaning(label)
        if meaning is None:
            return Line(number, case, None, problem="rotulo_fora_do_mapa")
        at = self._instant(fields[self._instant_at])
        if at is None:
            return Line(number, case, None, problem="instante_ilegivel")
        label = entered(label)
        event = LoggedEvent(at, label, meaning.como, meaning.motivo or label)
        person = entered(fields[self._person_at]).strip() if self._person_at >= 0 else ""
        subject = entered(fields[self._subject_at]).strip() if self._subject_at >= 0 else ""
        return Line(number, case, event, person, subject, content=hash(tuple(fields)))

    def _instant(self, text: str) -> datetime | None:
        """The instant in UTC; None if it cannot be parsed."""
        form = self._map.arquivo.formato_instante
        try:
            at = datetime.strptime(text.strip(), form) if form else datetime.fromisoformat(text.strip())  # noqa: DTZ007
            return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

"""Reading a table of procedures: a CSV file, and the map of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from atendimento_tui.data.logs import File, Progress, Words
from atendimento_tui.data.mapped_csv import MapPart, MappedLine, mapped_lines, read_map
from atendimento_tui.domain.identifiers import bare
from atendimento_tui.domain.procedures import ITEMS_566, NO, OWN_TABLE, TABLES, YES, Procedure
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import entered, folded

LONGEST_TERM = 300
"""Maximum characters of a term; `descricao` of TISS has 150."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "codigo": "code",
        "termo": "term",
        "tabela": "table",
        "inicio": "first_day",
        "fim": "last_day",
        "opme": "opme",
        "pac": "pac",
        "eletiva": "elective",
        "auditoria": "audit",
        "coberto": "covered",
        "item_rn566": "rn566",
    }
)
"""Word of a map -> the field of a procedure."""

_ROMAN = {str(number): item for number, item in enumerate(ITEMS_566, start=1) if item != "XVII"} | {"17": "XVII"}
_YES_OR_NO = {
    **dict.fromkeys(("sim", "s", "1", "x", "true", "verdadeiro"), YES),
    **dict.fromkeys(("nao", "n", "0", "false", "falso"), NO),
    "": "",
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")

_EXAMPLES = "procedures.csv"
"""The short list that comes with the program, in the columns of `FIELDS`."""


class Columns(MapPart):
    """The file's names of the columns that are read. What the file lacks stays as it is."""

    codigo: str
    termo: str
    tabela: str | None = None
    inicio: str | None = None
    fim: str | None = None
    opme: str | None = None
    pac: str | None = None
    eletiva: str | None = None
    auditoria: str | None = None
    coberto: str | None = None
    item_rn566: str | None = None


class ListMap(MapPart):
    """A map, kept by the operator beside its tables (docs/procedures.md)."""

    nome: Words = Field(min_length=1, max_length=120)
    """Where the table comes from; it is shown beside the flags."""
    tabela: Literal["22", "18", "19", "20", "00"] | None = None
    """The table, if the file has no column for it."""
    colunas: Columns
    arquivo: Annotated[File, Field(default_factory=File)]

    def columns(self) -> dict[str, str]:
        """Field of a procedure -> the name of its column."""
        named = self.colunas.model_dump(exclude_none=True)
        return {FIELDS[word]: name for word, name in named.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file.

    Attributes:
        values: Field of a procedure -> its value, for the columns that the file has; None if the line is wrong.
        problem: What is wrong with it.
    """

    number: int
    values: Mapping[str, str] | None
    problem: Refusal | None = None


def read_list_map(path: Path) -> ListMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read or is no valid map, or neither it nor a column says the table.
    """
    found = read_map(path, ListMap)
    if found.tabela is None and found.colunas.tabela is None:
        raise Refused("mapa_sem_tabela", path=str(path))
    return found


def read_list(path: Path, list_map: ListMap, progress: Progress) -> Iterator[Line]:
    """The lines of the file, in its order. One line at a time is in memory.

    Args:
        progress: Called with bytes read and bytes to read.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    columns = list_map.columns()
    fixed = {} if list_map.tabela is None or "table" in columns else {"table": list_map.tabela}
    for line in mapped_lines(path, list_map.arquivo, columns, progress):
        yield _line(line, fixed)


def examples() -> tuple[Procedure, ...]:
    """The short list that comes with the program."""
    text = resources.files(__package__).joinpath(_EXAMPLES).read_text("utf-8")
    header, *lines = (line.split(";") for line in text.splitlines())
    found = []
    for number, texts in enumerate(lines, start=2):
        values = {FIELDS[word]: each for word, each in zip(header, texts, strict=True)}
        parsed = _line(MappedLine(number, values), {})
        assert parsed.values is not None, f"line {number}"
        found.append(Procedure(**parsed.values))
    return tuple(found)


def _line(line: MappedLine, fixed: Mapping[str, str]) -> Line:
    if line.problem:
        return Line(line.number, None, line.problem)
    try:
        values = {field: read_value(field, text) for field, text in line.values.items()}
    except Refused as refused:
        return Line(line.number, None, refused.refusal)
    return Line(line.number, {**values, **fixed})


def read_value(field: str, typed: str) -> str:
    """A field of a procedure in its stored form.

    Raises:
        Refused: It is none.
    """
    text = " ".join(entered(typed).split())
    return _READ.get(field, _flag)(text)


def _code(text: str) -> str:
    digits = bare(text)
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 10):
        raise Refused("procedimento_sem_codigo", typed=text)
    return digits


def _term(text: str) -> str:
    if not text or len(text) > LONGEST_TERM:
        raise Refused("procedimento_sem_termo", most=LONGEST_TERM)
    return text


def _table(text: str) -> str:
    table = OWN_TABLE if text == "0" else text
    if table not in TABLES:
        raise Refused("procedimento_sem_tabela", typed=text, known=", ".join(TABLES))
    return table


def _day(text: str) -> str:
    for form in _DAYS if text else ():
        try:
            return datetime.strptime(text[:10], form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if text:
        raise Refused("procedimento_sem_dia", typed=text)
    return ""


def _item(text: str) -> str:
    item = _ROMAN.get(text, text.upper())
    if item and item not in ITEMS_566:
        raise Refused("procedimento_sem_item", typed=text)
    return item


def _flag(text: str) -> str:
    found = _YES_OR_NO.get(folded(text))
    if found is None:
        raise Refused("procedimento_sem_sinal", typed=text)
    return found


_READ = {"code": _code, "term": _term, "table": _table, "first_day": _day, "last_day": _day, "rn566": _item}
"""Field -> what reads it; the others are flags."""

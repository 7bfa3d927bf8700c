"""The closed days of a town, read from published CSV files: with or without a header, of one town or of all."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from atendimento_tui.calendar.errors import SpecError

USUAL_DAYS = 15
"""Days of its own that a town may have in a year without confirmation. The law allows four, and the town's own day."""

_COLUMNS = {
    "data": "day",
    "nome": "name",
    "feriado": "name",
    "tipo": "kind",
    "uf": "uf",
    "codigoibge": "code",
    "ibge": "code",
    "cidade": "city",
    "municipio": "city",
}
"""Header of a column, letters only -> what the column holds."""

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_CODE = re.compile(r"[1-5]\d{6}")
_UF = re.compile(r"[A-Z]{2}")
_OPTIONAL = ("facultativ", "ponto facultativ")
_KINDS = (*_OPTIONAL, "municipal", "estadual", "nacional")


@dataclass(frozen=True, slots=True)
class Town:
    """A town, as lines of a file name it.

    Attributes:
        city: Its name.
        uf: Its state.
        code: Its IBGE code of seven digits; empty where it is not known.
    """

    city: str
    uf: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    day: str = ""
    name: str = ""
    kind: str = ""
    uf: str = ""
    code: str = ""
    city: str = ""


def town_days(text: str, town: Town | None = None) -> dict[date, str]:
    """The closed days of a town in a file, by name.

    The columns are `data,nome,tipo,descricao,uf,codigo_ibge`, or `cidade` for the code; only `data` is needed. In a
    file without a header the format of each cell shows what it is. Lines of another town, days whose `tipo` says that
    they are optional, and empty lines are skipped. In a file that names no town every line counts.

    Args:
        text: The file's text; separated by comma, semicolon or tab.
        town: The town; None for the days of every line.

    Raises:
        SpecError: A line cannot be read; its number is in the error.
    """
    lines = list(_lines(text, town))
    names_towns = any(line.code or line.city for line in lines)
    days: dict[date, str] = {}
    for line in lines:
        if line.kind.startswith(_OPTIONAL) or (town and not _is_of(line, town, names_towns)):
            continue
        try:
            day = datetime.strptime(line.day, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            message = f"line {line.number}: {line.day!r} is no date dd/mm/yyyy"
            raise SpecError("bad_municipal_date", message, line=line.number, text=line.day) from error
        name = line.name or "Feriado municipal"
        days[day] = f"{days[day]}; {name}" if day in days else name
    return days


def _is_of(line: _Line, town: Town, names_towns: bool) -> bool:
    if line.code and town.code:
        return line.code == town.code
    if line.city:
        return _folded(line.city) == _folded(town.city) and line.uf in ("", town.uf)
    return not names_towns and line.uf in ("", town.uf)


def _lines(text: str, town: Town | None) -> Iterator[_Line]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    columns: Sequence[str] | None = None
    number = 1
    try:
        for row in reader:
            number = reader.line_num
            cells = [cell.strip() for cell in row]
            if columns is None:
                columns = [_COLUMNS.get(_folded(cell), "") for cell in cells]
                if "day" in columns:
                    continue
                if not any(map(_DATE.fullmatch, cells)):
                    break
                columns = ()
            line = _of_columns(number, cells, columns) if columns else _of_content(number, cells, town)
            if line.day:
                yield line
        else:
            if columns is not None:
                return
    except csv.Error as error:
        raise SpecError("bad_municipal_file", f"line {reader.line_num}: {error}", line=reader.line_num) from error
    raise SpecError("bad_municipal_file", f"line {number}: there is no column `data`", line=number)


def _of_columns(number: int, cells: Sequence[str], columns: Sequence[str]) -> _Line:
    found = {what: cell for what, cell in zip(columns, cells, strict=False) if what}
    found["kind"] = _folded(found.get("kind", ""))
    found["uf"] = found.get("uf", "").upper()
    return _Line(number, **found)


def _of_content(number: int, cells: Sequence[str], town: Town | None) -> _Line:
    """A line whose cells are recognised by their format; the first unrecognised one is the name of the day."""
    found: dict[str, str] = {}
    for cell in filter(None, cells):
        if _DATE.fullmatch(cell):
            what = "day"
        elif _CODE.fullmatch(cell):
            what = "code"
        elif _UF.fullmatch(cell):
            what = "uf"
        elif _folded(cell).startswith(_KINDS):
            what = "kind"
        elif town and _folded(cell) == _folded(town.city):
            what = "city"
        else:
            what = "name"
        found.setdefault(what, _folded(cell) if what == "kind" else cell)
    if cells and any(cells) and "day" not in found:
        message = f"line {number}: there is no date dd/mm/yyyy"
        raise SpecError("bad_municipal_date", message, line=number, text=next(filter(None, cells)))
    return _Line(number, **found)


def _folded(text: str) -> str:
    """Letters and digits only, lower case, without accents: `Mogi-Mirim` and `mogi mirim` are one town."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if c.isalnum())

"""Reading a list that people keep: a CSV file, and the map of its columns, which is saved beside it."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from atendimento_tui.data.csv_records import Record, records
from atendimento_tui.data.logs import File, Limits, Progress, detail_of, names_of, open_text, separator_of
from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.data.written import problem_of
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import entered, folded

_UNREADABLE = {each.code: each for each in (Refusal("aspas_abertas"), Refusal("campo_longo"), Refusal("linha_longa"))}
"""What can be wrong with a record of a CSV file (`csv_records.Record.problem`)."""


class MapPart(BaseModel):
    """A table of a map."""

    model_config = ConfigDict(extra="forbid", frozen=True)


MapT = TypeVar("MapT", bound=MapPart)


@dataclass(frozen=True, slots=True)
class MappedLine:
    """A line of the file.

    Attributes:
        number: The line at which it begins.
        values: Word of the map -> the text in its column; empty if the line cannot be read.
        problem: Why it cannot be read.
    """

    number: int
    values: Mapping[str, str]
    problem: Refusal | None = None


def read_map(path: Path, model: type[MapT]) -> MapT:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read or is no valid map; with file, place and reason.
    """
    try:
        return model.model_validate(read_toml_file(path))
    except ValidationError as error:
        place, problem = problem_of(error)
        raise Refused("mapa_invalido", path=str(path), place=".".join(place), problem=problem) from error


def mapped_lines(
    path: Path, how: File, columns: Mapping[str, str], progress: Progress, limits: Limits | None = None
) -> Iterator[MappedLine]:
    """The lines of the file, in its order; empty ones are skipped. One line at a time is in memory.

    Args:
        how: The separator and the encoding, if the map gives them.
        columns: Word of the map -> the name of its column in the file; accents and case do not matter.
        progress: Called with bytes read and bytes to read.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    limits = limits or Limits()
    try:
        with open_text(path, how, progress, limits) as file:
            header = file.readline(limits.record)
            if len(header) == limits.record:
                raise Refused("cabecalho_longo", path=str(path))
            separator = how.separador or separator_of(header, next(iter(columns.values())))
            names = [entered(name).strip() for name in names_of(header, separator)]
            at, width = _places(path, names, columns), len(names)
            longest = {"longest_field": limits.field, "longest_record": limits.record}
            for record in records(file, separator, width, lambda fields: len(fields) == width, **longest):
                if any(each.strip() for each in record.fields) or record.problem or len(record.fields) == width:
                    yield _line(record, width, at)
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        raise Refused("arquivo_ilegivel", path=str(path), detail=detail_of(error)) from error


def _places(path: Path, names: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Word of the map -> the place of its column."""
    by_name = {folded(name): place for place, name in reversed([*enumerate(names)])}
    by_name |= {name: place for place, name in reversed([*enumerate(names)])}
    wanted = {word: entered(name).strip() for word, name in columns.items()}
    at = {word: by_name.get(name, by_name.get(folded(name))) for word, name in wanted.items()}
    if missing := [columns[word] for word, place in at.items() if place is None]:
        found = ", ".join(name[:40] for name in names[:30])
        raise Refused("colunas_faltando", path=str(path), missing=", ".join(missing), found=found or None)
    return {word: place for word, place in at.items() if place is not None}


def _line(record: Record, width: int, at: Mapping[str, int]) -> MappedLine:
    if record.problem:
        return MappedLine(record.number, {}, _UNREADABLE[record.problem])
    if len(record.fields) != width:
        return MappedLine(record.number, {}, Refusal("linha_incompleta"))
    return MappedLine(record.number, {word: record.fields[place] for word, place in at.items()})

"""The lines of a CSV file whose columns a map names."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from atendimento_tui.data.csv_records import Record, records
from atendimento_tui.data.logs import File, Limits, Progress, detail_of, names_of, open_text, separator_of
from atendimento_tui.domain.refusals import Refusal, Refused

_UNREADABLE = {each.code: each for each in (Refusal("aspas_abertas"), Refusal("campo_longo"), Refusal("linha_longa"))}
"""What can be wrong with a record of a CSV file (`csv_records.Record.problem`)."""


@dataclass(frozen=True, slots=True)
class MappedLine:
    """A line of the file.

    Attributes:
        values: Word of the map -> the text in its column; empty if the line cannot be read.
        problem: Why it cannot be read.
    """

    number: int
    values: Mapping[str, str]
    problem: Refusal | None = None


def mapped_lines(path: Path, how: File, columns: Mapping[str, str], progress: Progress) -> Iterator[MappedLine]:
    """The lines of the file, in its order. One line at a time is in memory.

    Args:
        how: The separator and the encoding, if the map gives them.
        columns: Word of the map -> the name of its column in the file.
        progress: Called with bytes read and bytes to read.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    limits = Limits()
    try:
        with open_text(path, how, progress, limits) as file:
            header = file.readline(limits.record)
            if len(header) == limits.record:
                raise Refused("cabecalho_longo", path=str(path))
            separator = how.separador or separator_of(header, next(iter(columns.values())))
            names = names_of(header, separator)
            if missing := [name for name in columns.values() if name not in names]:
                found = ", ".join(name[:40] for name in names[:30])
                raise Refused("colunas_faltando", path=str(path), missing=", ".join(missing), found=found)
            at = {word: names.index(name) for word, name in columns.items()}
            for record in records(file, separator, len(names), lambda fields: len(fields) == len(names)):
                yield _line(record, len(names), at)
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        raise Refused("arquivo_ilegivel", path=str(path), detail=detail_of(error)) from error


def _line(record: Record, width: int, at: Mapping[str, int]) -> MappedLine:
    if record.problem:
        return MappedLine(record.number, {}, _UNREADABLE[record.problem])
    if len(record.fields) != width:
        return MappedLine(record.number, {}, Refusal("linha_incompleta"))
    return MappedLine(record.number, {word: record.fields[place] for word, place in at.items()})

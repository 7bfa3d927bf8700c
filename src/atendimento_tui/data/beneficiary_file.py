"""Reading a file of beneficiaries: a CSV file of any size, and the map of its columns to items of the record."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from atendimento_tui.data import mapped_csv
from atendimento_tui.data.logs import File, Limits, Progress
from atendimento_tui.data.mapped_csv import MapPart
from atendimento_tui.domain.beneficiaries import BY_WORD
from atendimento_tui.domain.refusals import Refusal, Refused

_LIMITS = Limits(field=4_096, record=65_536)
"""Limits of a line; a record has no long texts."""


class FileMap(MapPart):
    """A map (docs/beneficiaries.md)."""

    colunas: dict[str, str] = Field(min_length=1)
    """Word of an item -> the title of its column in the file."""
    fixos: dict[str, str] = Field(default={})
    """Word of an item -> its value in all lines, where the file has none."""
    valores: dict[str, dict[str, str]] = Field(default={})
    """Word of an item -> the file's value -> the value as a person would type it."""
    arquivo: File = File()


class FileLine(NamedTuple):
    """A line of the file.

    Attributes:
        number: The line at which it begins.
        items: Item of the record -> its text; without blank ones.
        why: Why it cannot be read, if it cannot.
    """

    number: int
    items: Mapping[str, str]
    why: Refusal | None = None


def read_map(path: Path) -> FileMap:
    """The map in a TOML file.

    Raises:
        Refused: The file cannot be read, is not a valid map, names an unknown item, or lacks the name or all numbers.
    """
    found = mapped_csv.read_map(path, FileMap)
    for part, words in (("colunas", found.colunas), ("fixos", found.fixos), ("valores", found.valores)):
        if unknown := [word for word in words if word not in BY_WORD]:
            raise Refused("mapa_item", path=str(path), place=part, word=unknown[0], known=", ".join(BY_WORD))
    if "nome" not in found.colunas or not {"cpf", "carteirinha", "cns"} & found.colunas.keys():
        raise Refused("mapa_sem_chave", path=str(path))
    return found


def read_lines(path: Path, file_map: FileMap, progress: Progress) -> Iterator[FileLine]:
    """The lines of the file, in their order; one at a time is in memory.

    Args:
        progress: Called with bytes read and bytes to read.

    Raises:
        Refused: The file cannot be read, or lacks a column that the map names.
    """
    for line in mapped_csv.mapped_lines(path, file_map.arquivo, file_map.colunas, progress, _LIMITS):
        yield FileLine(line.number, {} if line.problem else _items(line.values, file_map), line.problem)


def _items(values: Mapping[str, str], file_map: FileMap) -> dict[str, str]:
    texts = {word: text.strip() for word, text in values.items()}
    for word, meant in file_map.valores.items():
        if word in texts:
            texts[word] = meant.get(texts[word], texts[word])
    texts = {**file_map.fixos, **{word: text for word, text in texts.items() if text}}
    return {BY_WORD[word].key: text for word, text in texts.items() if text}


class SeenNumbers:
    """The numbers of a file and the line that had each first, on disk, in a temporary table of SQLite."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def first(self, number: str, line: int) -> int:
        """The line that has the number first: this one, unless another one had it before."""
        self._raw.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, 0)", (number, line))
        found: int = self._raw.execute("SELECT line FROM seen WHERE number = ?", (number,)).fetchone()[0]
        return found

    def accept(self, number: str, *, depends: bool) -> None:
        """Note that the line of this number was accepted, and whether the person depends on somebody."""
        self._raw.execute("UPDATE seen SET accepted = ? WHERE number = ?", (2 if depends else 1, number))

    def depends(self, number: str) -> bool | None:
        """Whether the person of an accepted line depends on somebody; None if no line was accepted."""
        found = self._raw.execute("SELECT accepted FROM seen WHERE number = ?", (number,)).fetchone()
        return found[0] == 2 if found and found[0] else None


@contextmanager
def seen_numbers() -> Iterator[SeenNumbers]:
    """An empty table, which is deleted at the end. SQLite keeps it in a temporary file that no name leads to."""
    with closing(sqlite3.connect("", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = OFF")
        raw.execute("CREATE TABLE seen (number TEXT PRIMARY KEY, line INTEGER, accepted INTEGER) WITHOUT ROWID")
        yield SeenNumbers(raw)

"""Reading a CSV file of any size: one record at a time, with detection of unclosed quotes.

At most one record, of limited length, is in memory.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LONGEST_FIELD = 131_072
"""Maximum characters of a field: the limit of Python's `csv`."""

LONGEST_RECORD = 1 << 20
"""Maximum characters of a record with all its lines."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file.

    Attributes:
        number: The line at which it begins, or at which its unclosed quote opens.
        fields: Its fields; if it cannot be read, those found in its first line.
        problem: Why it cannot be read, as a code of `texts.refusals`.
        included: The fields of each line that an unclosed quote includes.
    """

    number: int
    fields: list[str]
    problem: str = ""
    included: list[list[str]] = field(default_factory=list)


class _TooLongError(Exception):
    """A line, or a record of several lines, is longer than the limit."""


class _Lines:
    """The lines of the file, with those of the current record."""

    def __init__(self, file: io.TextIOBase, longest: int, number: int) -> None:
        self._file = file
        self._longest = longest
        self.number = self.first = number
        self.of_record: list[str] = []
        self.size = 0
        self.was_cut = False

    def begin(self) -> None:
        """Begin a new record with the next line."""
        self.first, self.of_record, self.size = self.number + 1, [], 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.next_line()
        if not line:
            raise StopIteration
        self.of_record.append(line)
        self.size += len(line)
        if self.was_cut or self.size > self._longest:
            raise _TooLongError
        return line

    def next_line(self) -> str:
        """The next line, cut at the limit and without NUL; empty at the end."""
        line = rest = self._file.readline(self._longest)
        self.was_cut = len(line) == self._longest and not line.endswith(("\n", "\r"))
        while self.was_cut and rest and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(self._longest)
        self.number += bool(line)
        return line.replace("\0", "") or "\n" * bool(line)


def records(
    file: io.TextIOBase,
    separator: str,
    width: int,
    is_row: Callable[[list[str]], bool],
    *,
    longest_field: int = LONGEST_FIELD,
    longest_record: int = LONGEST_RECORD,
) -> Iterator[Record]:
    """The records of a file after its header line; blank lines are skipped.

    An unclosed quote includes the following lines in its field, up to the next quote or the limit. It is recognised by
    the text after the next quote, and by lines in it that are complete rows.

    Args:
        file: Text with unchanged line ends (`newline=""`).
        separator: The separator of fields.
        width: Number of fields in the header.
        is_row: Whether these fields are a complete row of the file.
        longest_field: Maximum characters of a field, up to 131,072.
        longest_record: Maximum characters of a record.
    """
    lines = _Lines(file, longest_record, number=1)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.begin()
        problem, fields = "", []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = "campo_longo" if "limit" in str(error) else "aspas_abertas"
        except _TooLongError:
            problem = "linha_longa"
        if lines.size > longest_field and (not problem and any(len(value) > longest_field for value in fields)):
            problem = "campo_longo"
        if len(lines.of_record) > 1:
            if not problem and len(fields) != width:
                problem = "aspas_abertas"
            yield _of_many_lines(lines, fields, problem, separator, is_row)
        elif problem:
            yield _of_one_line(lines, problem, separator, longest_field)
        elif fields:
            yield Record(lines.first, fields)


def _of_one_line(lines: _Lines, problem: str, separator: str, longest_field: int) -> Record:
    """A malformed record of one line."""
    [line] = lines.of_record
    fields = _split_loosely(line, separator)
    if problem == "aspas_abertas" and not _last_quote(lines.of_record, separator)[1]:
        return Record(lines.first, fields)  # a quote in the middle of a field is harmless within one line
    if problem == "linha_longa" and any(len(value) > longest_field for value in fields):
        problem = "campo_longo"
    return Record(lines.first, fields, problem)


def _of_many_lines(
    lines: _Lines, fields: list[str], problem: str, separator: str, is_row: Callable[[list[str]], bool]
) -> Record:
    """A record of several lines: a text with line ends, one that is too long, or an unclosed quote."""
    opened, is_open = _last_quote(lines.of_record, separator)
    first, number = lines.of_record[0], lines.first + opened
    included = lines.of_record[1:]
    is_unclosed = problem == "aspas_abertas" or any(is_row(_split_loosely(line, separator)) for line in included)
    while is_open and not is_unclosed and (line := lines.next_line()):  # over the limit: skip to the end of that text
        is_unclosed = is_row(_split_loosely(line, separator))
        included = [*included, line] if is_unclosed else included
        is_open = is_open != (line.count('"') % 2 == 1)
    if is_unclosed or (is_open and problem):
        return Record(
            number,
            _split_loosely(first, separator),
            "aspas_abertas",
            [_split_loosely(line, separator) for line in included],
        )
    return Record(lines.first, fields or _split_loosely(first, separator), problem)


def _last_quote(lines: list[str], separator: str) -> tuple[int, bool]:
    """The index of the line in which the last quote opens, and whether it is still open at the end."""
    begins, is_quoted, is_closing, opened = True, False, False, 0
    for index, line in enumerate(lines):
        for sign in line:
            if is_quoted and not is_closing:
                is_closing = sign == '"'
            elif is_closing and sign == '"':
                is_closing = False
            elif sign == separator or sign in "\r\n":
                begins, is_quoted, is_closing = True, False, False
            elif is_closing:
                return opened, False  # the next quote opens another one
            elif begins and sign == '"':
                is_quoted, begins, opened = True, False, index
            else:
                begins = False
    return opened, is_quoted and not is_closing


def _split_loosely(line: str, separator: str) -> list[str]:
    """The fields of a single line, with any quotes."""
    text = line.rstrip("\r\n")
    try:
        fields = next(csv.reader([text], delimiter=separator), [])
    except csv.Error:  # a field over the limit
        fields = []
    split = text.split(separator)
    # An open quote hides the separators after it.
    return (
        fields
        if fields and (len(fields) == len(split) or text.count('"') % 2 == 0)
        else [part.strip('" ') for part in split]
    )

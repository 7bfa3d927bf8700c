"""Groups the lines of a log by case, in a temporary SQLite database on disk, because a log may exceed the memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from atendimento_tui.data.logs import Line
from atendimento_tui.data.unavailable import DatabaseUnavailable
from atendimento_tui.domain.history import LoggedEvent, Meaning

LINES_OF_A_CASE = 20_000
"""A case with more lines is skipped: it is not realistic, and a whole case is loaded into memory."""

NAMED_AT_MOST = 100_000
"""Maximum number of problems, and of skipped cases, that are listed; others are only counted."""

_AT_ONCE = 2_000
"""Lines that are inserted together."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_TABLES = """
CREATE TABLE logged_case (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, is_broken INTEGER NOT NULL DEFAULT 0);
CREATE TABLE line (
  case_id INTEGER, at INTEGER, content INTEGER, number INTEGER,
  label TEXT, meaning TEXT, reason TEXT, person TEXT, subject TEXT
);
CREATE TABLE suspect (number TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_OF_CASE = """
SELECT min(number) AS first, at, label, meaning, reason, person, subject FROM line WHERE case_id = ?
GROUP BY at, content ORDER BY at, first
"""
"""Identical lines count once. They are ordered by time, then by line. In SQLite, columns beside `min` are of the row
that has the minimum."""


@dataclass(frozen=True, slots=True)
class CaseOfLog:
    """A case whose lines could all be parsed.

    Attributes:
        key: Its id in the temporary database.
        number: Its number in the log.
        lines: Its number of lines; identical ones count once.
    """

    key: int
    number: str
    lines: int


class SortedLog:
    """The lines of one log: first all are added, then they are read by case. The file is unnamed and temporary.

    Attributes:
        problems: The lines that could not be parsed, in the order of the log: number and code, at most 100,000.
        problems_count: Their total number.
    """

    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []
        self.problems_count = 0
        self._buffer: list[tuple[Any, ...]] = []
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -32000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, line: Line) -> None:
        """Add one line."""
        if line.event is None:
            self._add_broken(line)
            return
        event = line.event
        texts = (event.label, event.meaning.value, event.reason, line.person, line.subject)
        self._buffer.append((line.case, (event.at - _EPOCH) // _MICROSECOND, line.content, line.number, *texts))
        if len(self._buffer) >= _AT_ONCE:
            self._write()

    def finish(self) -> None:
        """Index the lines after the last one was added, and mark the cases that are skipped."""
        self._write()
        with _full_disk_errors():
            self._db.execute("CREATE INDEX by_case ON line (case_id, at, content, number)")
            self._db.execute("UPDATE logged_case SET is_broken = 1 WHERE number IN (SELECT number FROM suspect)")
            long = "SELECT case_id, min(number) FROM line GROUP BY case_id HAVING count(*) > ?"
            for case_id, number in self._db.execute(long, (LINES_OF_A_CASE,)).fetchall():
                if self._lines_of(case_id) > LINES_OF_A_CASE:
                    self._db.execute("UPDATE logged_case SET is_broken = 1 WHERE id = ?", (case_id,))
                    self._problem(number, "caso_longo")

    def case_count(self) -> int:
        """The number of cases that were parsed."""
        with _full_disk_errors():
            [count] = self._db.execute("SELECT count(*) FROM logged_case WHERE NOT is_broken").fetchone()
        return int(count)

    def left_out(self) -> tuple[int, tuple[str, ...]]:
        """The number of skipped cases, and the numbers of the first 100,000."""
        with _full_disk_errors():
            [count] = self._db.execute("SELECT count(*) FROM logged_case WHERE is_broken").fetchone()
            named = self._db.execute(
                "SELECT number FROM logged_case WHERE is_broken ORDER BY id LIMIT ?", (NAMED_AT_MOST,)
            )
            return int(count), tuple(number for (number,) in named)

    def batches(self, cases: int, lines: int) -> Iterator[list[CaseOfLog]]:
        """The parsed cases in batches, in the order of the log.

        Args:
            cases: Maximum number of cases in a batch.
            lines: A batch ends with the case that reaches this number of lines.
        """
        last, batch = 0, list[CaseOfLog]()
        while following := self._following(last, cases):
            for case in following:
                batch.append(case)
                last = case.key
                if len(batch) >= cases or sum(each.lines for each in batch) >= lines:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def lines_of(self, case: CaseOfLog) -> list[Line]:
        """The lines of a case in order of time; identical ones once."""
        found = []
        with _full_disk_errors():
            for number, at, label, meaning, reason, person, subject in self._db.execute(_OF_CASE, (case.key,)):
                event = LoggedEvent(_EPOCH + at * _MICROSECOND, label, Meaning(meaning), reason)
                found.append(Line(number, case.number, event, person, subject))
        return found

    def _following(self, after: int, count: int) -> list[CaseOfLog]:
        query = "SELECT id, number FROM logged_case WHERE id > ? AND NOT is_broken ORDER BY id LIMIT ?"
        with _full_disk_errors():
            rows = self._db.execute(query, (after, count)).fetchall()
            return [CaseOfLog(key, number, self._lines_of(key)) for key, number in rows]

    def _lines_of(self, key: int) -> int:
        query = "SELECT count(*) FROM (SELECT DISTINCT at, content FROM line WHERE case_id = ?)"
        [count] = self._db.execute(query, (key,)).fetchone()
        return int(count)

    def _add_broken(self, line: Line) -> None:
        self._write()  # keeps the cases in the order of the log
        self._problem(line.number, line.problem)
        broken = [(case,) for case in (line.case, *line.included) if case]
        insert = "INSERT INTO logged_case (number, is_broken) VALUES (?, 1) ON CONFLICT DO UPDATE SET is_broken = 1"
        with _full_disk_errors():
            self._db.executemany(insert, broken)
            self._db.executemany("INSERT OR IGNORE INTO suspect VALUES (?)", [(case,) for case in line.maybe_included])

    def _problem(self, number: int, code: str) -> None:
        self.problems_count += 1
        if len(self.problems) < NAMED_AT_MOST:
            self.problems.append((number, code))

    def _write(self) -> None:
        with _full_disk_errors():
            self._db.executemany(
                "INSERT OR IGNORE INTO logged_case (number) VALUES (?)", [(row[0],) for row in self._buffer]
            )
            self._db.executemany(
                "INSERT INTO line VALUES ((SELECT id FROM logged_case WHERE number = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
                self._buffer,
            )
        self._buffer = []


@contextmanager
def _full_disk_errors() -> Iterator[None]:
    """Convert SQLite's error for a full disk to `DatabaseUnavailable`."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise DatabaseUnavailable("disco_cheio") from error
        raise

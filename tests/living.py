"""A desk for tests of services: its people, its clock, short functions for acts.

It is created once and copied for each test. At the end of a test its tables are compared with its history.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.processes import Service
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import file_of, snapshot
from atendimento_tui.data.repositories import queue_counts
from atendimento_tui.domain.accounts import CHOICE
from atendimento_tui.domain.acts import hours
from atendimento_tui.domain.tickets import ClockChange
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services import acts
from atendimento_tui.services.audit import differences
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.setup import NewDesk, create_desk, new_desk
from tests.bare_tickets import NewTicket, open_bare, solve_bare

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""Monday, 9:00 in São Paulo: the desk opens."""

ANA, BRUNO, CELIA = 1, 2, 3
"""Ids of the people."""

NAMES = {ANA: "Ana Lima", BRUNO: "Bruno Castro", CELIA: "Célia Prado"}
RECEPTION, SUPPORT = "Recepção", "Suporte N1"

HOURS, LEGAL = 1, 2
"""Versions of the calendars."""


def answers() -> NewDesk:
    """The data of the desk: Monday to Friday 9h-18h, holidays of São Paulo."""
    actual = new_desk(
        name="Unidade Centro",
        city="São Paulo",
        uf="SP",
        hours="seg-sex 09:00-18:00",
        ans_registration="123456",
        supervisor=NAMES[ANA],
        attendants=[NAMES[BRUNO], NAMES[CELIA]],
    )
    groups = {RECEPTION: (NAMES[ANA], NAMES[BRUNO]), SUPPORT: (NAMES[BRUNO], NAMES[CELIA])}
    return replace(actual, groups=groups, entry=CHOICE)


def create_test_desk(database: str | Path) -> None:
    create_desk(database, answers(), NOW).close()


@contextmanager
def audited(database: str | Path) -> Iterator[Desk]:
    """Open a desk; at the end, check its database and its kept counts, and compare its tables with its history."""
    desk = open_desk(database, NOW)
    file = file_of(desk.engine.url)
    try:
        yield desk
        assert differences(desk) == []
        with snapshot(desk.engine) as connection:
            assert queue_counts.are_right(connection)
    finally:
        desk.close()
    assert file is None or whole(file)


_ENOUGH = 60
"""Characters of a search text, of its beginning and its end, that are looked up: all of a long one takes seconds."""


def whole(path: Path) -> bool:
    """Whether the file passes SQLite's checks, and the search index equals the open tickets."""
    with closing(sqlite3.connect(path)) as raw:
        broken_keys = raw.execute("PRAGMA foreign_key_check").fetchall()
        is_whole = raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not broken_keys
        tickets = raw.execute("SELECT id, search FROM ticket WHERE is_open").fetchall()
        indexed = raw.execute("SELECT id FROM ticket_search_docsize").fetchall()
        found = "SELECT count(*) FROM ticket_search WHERE ticket_search MATCH ? AND rowid = ?"
        text = raw.execute("SELECT (ticket_id << 32) | id FROM ticket_text WHERE is_open").fetchall()
        said_indexed = raw.execute("SELECT id FROM ticket_search_texts_docsize").fetchall()
        of_open = "FROM ticket_text t JOIN ticket ON ticket.id = t.ticket_id WHERE ticket.is_open"
        open_said = f"SELECT (t.ticket_id << 32) | t.id {of_open}"
        is_said = sorted(text) == sorted(said_indexed) == sorted(raw.execute(open_said).fetchall())
        is_found = is_said and all(
            raw.execute(found, ('"{}"'.format(part.replace('"', '""')), number)).fetchone() == (1,)
            for number, search in tickets
            for part in {search[:_ENOUGH], search[-_ENOUGH:]}
        )
        return is_whole and is_found and sorted(indexed) == sorted((number,) for number, _ in tickets)


def rows(desk: Desk, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of the database, read by SQL. Values replace `?`."""
    if file := file_of(desk.engine.url):
        with closing(sqlite3.connect(file)) as raw:
            return raw.execute(query, values).fetchall()
    with closing(desk.engine.raw_connection()) as pooled:  # a new one would be a new process of the server
        server: Any = pooled.driver_connection
        found = server.execute(query.replace("?", "%s"), values or None).fetchall()
    return [tuple(_as_in_a_file(value) for value in row) for row in found]


def _as_in_a_file(value: object) -> object:
    """An instant as SQLite stores it, so that both databases give equal rows."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


def confirmed(desk: Desk, service: Service, now: datetime) -> int | None:
    """The id of the beneficiary for a ticket of the service, if it needs one; always the same."""
    if service.process.requester != "beneficiario":
        return None
    return add_beneficiary(desk, now, name="Maria da Conceição", cpf="529.982.247-25", born_on="12/03/1980").id


def member(person: int) -> Member:
    groups = {ANA: (1,), BRUNO: (1, 2), CELIA: (2,)}
    return Member(person, NAMES[person], "atendente", groups[person])


def solution(hours_promised: float = 16, calendar: int = HOURS) -> ClockChange:
    return hours(ClockKind.SOLUTION, calendar, round(hours_promised * 3600))


def in_days(kind: ClockKind, days: int, basis: str = "business_after") -> ClockChange:
    return ClockChange("start", kind, calendar=LEGAL, basis=basis, target=days)


@dataclass
class Living:
    """Acts on a desk, with a clock that tests move."""

    desk: Desk
    now: datetime = NOW
    requests: Iterator[int] = field(default_factory=count)

    def wait(self, **by: float) -> None:
        self.now += timedelta(**by)

    def request(self) -> str:
        return f"request-{next(self.requests)}"

    def order(self, ticket: int, actor: int | None = ANA, seen: int | None = None, request: str | None = None) -> Order:
        return Order(ticket, actor, request or self.request(), self.now, seen)

    def open(self, **known: Any) -> int:
        """Open a ticket; returns its id."""
        return self.opened(**known).ticket

    def opened(self, **known: Any) -> ActDone:
        usual: dict[str, Any] = {
            "service": "Segunda via de boleto",
            "subject": "Boleto de março",
            "severity": Severity.MEDIUM,
            "request": self.request(),
            "now": self.now,
            "actor": ANA,
            "clocks": (solution(),),
        }
        return open_bare(self.desk, NewTicket(**usual | known))

    def claim(self, ticket: int, actor: int = ANA) -> ActDone:
        return acts.claim(self.desk, self.order(ticket, actor))

    def comment(self, ticket: int, text: str = "Liguei.", actor: int | None = ANA) -> ActDone:
        return acts.comment(self.desk, self.order(ticket, actor), text)

    def pause(self, ticket: int, reason: str = "aguardando o cliente") -> ActDone:
        return acts.pause(self.desk, self.order(ticket), reason)

    def resume(self, ticket: int) -> ActDone:
        return acts.resume(self.desk, self.order(ticket))

    def solve(self, ticket: int, text: str = "Feito.", validation: ClockChange | None = None) -> ActDone:
        return solve_bare(self.desk, self.order(ticket), text, validation)


def words_of(statements: list[tuple[str, Any]]) -> list[str]:
    """The verb and the first table of each statement."""
    found = []
    for statement, _ in statements:
        verb, *rest = statement.replace("\n", " ").split()
        table = next(
            (rest[at + 1] for at, word in enumerate(rest) if word in ("FROM", "INTO")), rest[0] if rest else ""
        )
        found.append(f"{verb} {table}")
    return found


def copy_of(new_desk_file: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(new_desk_file, folder / "desk.db"))

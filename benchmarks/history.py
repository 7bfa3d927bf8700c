"""Creates desks of any size, always the same ones: `python -m benchmarks.history [OPEN [CLOSED]]`.

The events of every ticket are decided by the rules of the domain, and its rows are built by the code of the product;
only the inserts are done in bulk. Instants are relative to the hour at which the desk is created, because a queue is
realistic only around the present. So a desk is used for one day. It is stored in `benchmarks/.data`.
"""

import argparse
import csv
import gzip
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, event, func, insert, select, text
from sqlmodel import SQLModel, col
from tests.bare_tickets import opened, solved

from atendimento_tui.calendar import DayCount
from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.data import tables
from atendimento_tui.data.engine import make_engine, name_of, reading, url_of, writing
from atendimento_tui.data.repositories import clocks
from atendimento_tui.data.repositories import tickets as store
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.data.repositories.processes import imported_service
from atendimento_tui.data.schema import head, make_tables
from atendimento_tui.demo.data import DemoState
from atendimento_tui.domain import acts
from atendimento_tui.domain.accounts import CHOICE
from atendimento_tui.domain.protocol import protocol_number, series_of
from atendimento_tui.domain.text import searched
from atendimento_tui.domain.tickets import ClockChange, Event, Ticket, Value, replay
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.setup import NewDesk, create_desk
from benchmarks.history_data import HistoryData, HistoryService, read_history_data
from benchmarks.measure import DATA, data_folder

SEED = 20_260_301
AT_ONCE = 5_000
ACTOR = "Zilda"
"""A person without tickets at first: her name on a screen means that an act was done."""

_DAY = timedelta(days=1)
_FATES = {
    DemoState.RECENT: 15,
    DemoState.ON_TIME: 40,
    DemoState.WARNING: 10,
    DemoState.OVERDUE: 5,
    DemoState.PAUSED: 17,
    DemoState.VALIDATION: 13,
}
"""The states of open tickets, in per cent."""

_SHARE_USED = {
    DemoState.RECENT: (0.0, 0.02),
    DemoState.ON_TIME: (0.03, 0.70),
    DemoState.WARNING: (0.78, 0.97),
    DemoState.OVERDUE: (1.03, 1.80),
    DemoState.PAUSED: (0.10, 2.00),
    DemoState.VALIDATION: (0.20, 1.50),
}
_WRITTEN = (tables.Requester, tables.Ticket, tables.Event, tables.TicketText, tables.Clock, tables.ClockPause)
_UNHURRIED = timedelta(days=10)
_LEGAL_DAYS = DayCount.BUSINESS_AFTER


class Size(NamedTuple):
    """The number of tickets of a desk."""

    open: int
    closed: int = 0

    def __str__(self) -> str:
        return f"{self.open:,} open" + (f" of {self.open + self.closed:,}" if self.closed else "")


SMALL, LARGE, HUGE = Size(1_000), Size(100_000), Size(100_000, 900_000)


def sizes(full: bool) -> tuple[Size, ...]:
    """The sizes that are measured. The others are compared with the first one."""
    return (SMALL, LARGE, HUGE) if full else (SMALL, LARGE)


@dataclass
class Rows:
    """Rows to insert, by table."""

    of: dict[type[SQLModel], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[SQLModel], **values: Any) -> None:
        self.of.setdefault(table, []).append(values)

    def write(self, connection: Connection) -> None:
        for table in _WRITTEN:
            if rows := self.of.get(table):
                connection.execute(insert(table), rows)
        self.of.clear()


def desk_file(size: Size) -> Path:
    """The desk of this size. It is created if there is none for the present code."""
    now = datetime.now(UTC)
    path = data_folder() / f"desk-{size.open}-{size.closed}-{now:%Y%m%d}-{head()}.db"
    if not path.exists():
        for old in DATA.glob(f"desk-{size.open}-{size.closed}-*"):
            old.unlink()
        begun = time.perf_counter()
        made = path.with_suffix(".part")
        make(made, size, now.replace(minute=0, second=0, microsecond=0))
        made.rename(path)
        print(f"made a desk with {size} tickets in {time.perf_counter() - begun:.0f} s", flush=True)
    return path


def copy_of(size: Size, name: str) -> Path:
    """A copy of the desk of this size, to write into."""
    copy = data_folder() / f"{name}.db"
    for old in DATA.glob(f"{name}.db*"):
        old.unlink()
    shutil.copyfile(desk_file(size), copy)
    return copy


def on_server(source: Path, address: str) -> None:
    """Copy the desk into an empty PostgreSQL database."""
    files, server = make_engine(url_of(source)), make_engine(url_of(address))
    with reading(files) as written, writing(server) as connection:
        make_tables(connection)
        connection.execute(
            text("SET LOCAL session_replication_role = replica")
        )  # foreign keys need not be checked again
        raw: Any = connection.connection.driver_connection
        for table in SQLModel.metadata.sorted_tables:
            rows = written.execution_options(stream_results=True).execute(select(table))
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            with raw.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            for column in table.primary_key if "id" in table.columns else ():
                series = func.pg_get_serial_sequence(table.name, column.name)
                connection.execute(select(func.setval(series, select(func.max(column)).scalar_subquery())))
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    files.dispose()
    server.dispose()


def make(path: Path, size: Size, now: datetime) -> None:
    """Create a desk and its tickets, oldest first."""
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    data, desk = read_history_data(), new_desk(path, now)
    event.listen(desk.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
    desk.engine.dispose()
    dice, rows = random.Random(SEED), Rows()
    author = _Author(desk, data, now, dice)
    for number, plan in enumerate(_plans(size, data, now, dice), start=1):
        author.live(number, plan, rows)
        if number % AT_ONCE == 0 or number == size.open + size.closed:
            with writing(desk.engine) as connection:
                rows.write(connection)
    with writing(desk.engine) as connection:
        connection.execute(insert(tables.Numbering), [{"series": s, "last": n} for s, n in author.numbers.items()])
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.close()


def new_desk(database: str | Path, now: datetime) -> Desk:
    """Create and open a desk without tickets: the demonstration's, with one more person."""
    data = read_history_data()
    people = {person.name: person.role for person in data.people} | {ACTOR: "atendente"}
    unit = data.unit
    new = NewDesk(
        unit.name,
        unit.city,
        unit.uf,
        unit.hours,
        unit.ans_registration,
        people,
        data.members(),
        entry=CHOICE,
    )
    return create_desk(database, new, now - timedelta(days=900))


class _Plan(NamedTuple):
    """The plan of a ticket."""

    opened_at: datetime
    fate: DemoState
    service: HistoryService
    severity: Severity
    life: timedelta
    """Time from its opening to now, or to its end."""


def _plans(size: Size, data: HistoryData, now: datetime, dice: random.Random) -> list[_Plan]:
    """The plans of all tickets, oldest first."""

    def plan(fate: DemoState) -> _Plan:
        service = dice.choice(data.services)
        severity = dice.choice(service.severities)
        if severity in service.hours:
            target = timedelta(hours=service.hours[severity])
        else:
            target = service.days * _DAY * 7 / 5 if service.days else _UNHURRIED
        if fate is DemoState.DONE:
            return _Plan(now - dice.uniform(12, 700) * _DAY, fate, service, severity, target * dice.uniform(0.1, 1.2))
        life = target * dice.uniform(*_SHARE_USED[fate])
        return _Plan(now - life, fate, service, severity, life)

    fates = dice.choices(list(_FATES), list(_FATES.values()), k=size.open) + [DemoState.DONE] * size.closed
    return sorted(map(plan, fates), key=lambda plan: plan.opened_at)


class _Author:
    """Creates the events and rows of tickets, one after the other."""

    def __init__(self, desk: Desk, data: HistoryData, now: datetime, dice: random.Random) -> None:
        self.numbers: Counter[str] = Counter()
        """Series -> the last number that was used."""
        self._desk, self._data, self._now, self._dice = desk, data, now, dice
        self._zone = ZoneInfo(desk.unit.tz)
        self._clocks = 0
        # The clocks in hours run day and night, so that the figures do not depend on the time of day.
        week = {"seg-dom": ("00:00-12:00", "12:00-24:00")}
        day_and_night = CalendarSpec.model_validate(
            {"name": "Plantão", "week": week, "country": "", "tz": desk.unit.tz}
        )
        with writing(desk.engine) as connection:
            self._around_the_clock = store_calendar(connection, day_and_night, now)
            self._groups = {row.name: row.id for row in connection.execute(select(tables.Group))}
            members = select(col(tables.Membership.group_id), col(tables.Membership.person_id))
            self._members: dict[int, list[int]] = {}
            for group, person in connection.execute(members):
                self._members.setdefault(group, []).append(person)
            names = dict.fromkeys(service.name for service in data.services)
            self._processes = {name: imported_service(connection, name) for name in names}

    def live(self, number: int, plan: _Plan, rows: Rows) -> None:
        """Create the events of a ticket, and add its rows."""
        requester = self._dice.choice(self._data.worlds[plan.service.world].requesters)
        values = self._values(number, plan)
        history = list(self._events(plan, values))
        ticket = history[-1][1]
        rows.add(tables.Requester, id=number, name=requester)
        searched_words = store.searched_words(ticket, plan.service.name, [requester])
        row = store.ticket_row(ticket, self._desk.calendar)
        head = ""
        for happened, after in history:
            request = f"{self._dice.getrandbits(128):032x}"
            event = store.event_row(after, happened, happened.at, request, head)
            rows.add(tables.Event, ticket_id=number, **event)
            head = event["hash"]
            if happened.text:
                said = searched(happened.text)
                rows.add(tables.TicketText, ticket_id=number, is_open=row["is_open"], text=said)
        rows.add(tables.Ticket, id=number, origin_system=None, search=searched_words, head=head, **row)
        for clock in ticket.clocks:
            self._clocks += 1
            rows.add(tables.Clock, id=self._clocks, **clocks.clock_row(number, clock))
            for pause in clock.pauses:
                rows.add(tables.ClockPause, **clocks.pause_row(self._clocks, pause))

    def _values(self, number: int, plan: _Plan) -> dict[str, Value]:
        day = plan.opened_at.astimezone(self._zone).date()
        series = series_of(day)
        self.numbers[series] += 1
        step = self._dice.choice(plan.service.steps)
        return {
            "protocol": protocol_number(self._desk.unit.ans_registration, day, self.numbers[series]),
            "process": self._processes[plan.service.name],
            "subject": self._dice.choice(plan.service.subjects),
            "severity": plan.severity,
            "step": step.label,
            "step_name": step.label,
            "group": self._groups[step.group],
            "requester": number,
        }

    def _events(self, plan: _Plan, values: dict[str, Value]) -> Iterator[tuple[Event, Ticket]]:
        """The events of the ticket. Each is decided by a rule of the domain on the ticket after the previous one."""
        dice, service = self._dice, plan.service
        owner = dice.choice(self._members[int(values["group"] or 0)])
        ticket = Ticket()

        def at(share: float) -> datetime:
            return plan.opened_at + plan.life * share

        def then(happened: Event) -> tuple[Event, Ticket]:
            nonlocal ticket
            ticket = ticket.evolve(happened)
            return happened, ticket

        yield then(opened(values, self._clock(plan), plan.opened_at, None))
        unclaimed = plan.fate is DemoState.RECENT or (
            plan.fate in (DemoState.ON_TIME, DemoState.OVERDUE) and dice.random() < 0.3
        )
        if unclaimed:
            return
        yield then(acts.claim(ticket, owner, at(0.1)))
        for share in sorted(dice.uniform(0.12, 0.4) for _ in range(dice.choice((0, 0, 1, 1, 2, 4)))):
            yield then(acts.comment(owner, at(share), dice.choice(self._data.worlds[service.world].comments)))
        if service.reasons and (plan.fate is DemoState.PAUSED or dice.random() < 0.15):
            yield then(acts.pause(ticket, owner, at(0.45), dice.choice(service.reasons)))
            if plan.fate is DemoState.PAUSED:
                return
            yield then(acts.resume(ticket, owner, at(0.5)))
        if plan.fate is DemoState.VALIDATION:
            week = ClockChange("start", ClockKind.VALIDATION, "", self._desk.unit.legal_calendar, _LEGAL_DAYS, 7)
            yield then(solved(ticket, owner, at(0.9), dice.choice(service.solutions), week))
        if plan.fate is DemoState.DONE:
            yield then(solved(ticket, owner, at(1), dice.choice(service.solutions)))

    def _clock(self, plan: _Plan) -> tuple[ClockChange, ...]:
        if plan.severity in plan.service.hours:
            seconds = plan.service.hours[plan.severity] * 3600
            return (acts.hours(ClockKind.SOLUTION, self._around_the_clock, seconds),)
        if plan.service.days:
            legal = self._desk.unit.legal_calendar
            return (ClockChange("start", ClockKind.SOLUTION, "", legal, _LEGAL_DAYS, plan.service.days),)
        return ()


def check(database: str | Path, many: int = 200) -> None:
    """Replay some tickets from their events, and check that the result equals their rows."""
    desk = open_desk(database, datetime.now(UTC))
    with reading(desk.engine) as connection:
        ids = connection.scalars(select(col(tables.Ticket.id))).all()
        for ticket_id in random.Random(SEED).sample(ids, min(many, len(ids))):
            number = int(ticket_id or 0)
            stored = connection.execute(select(tables.Ticket).where(col(tables.Ticket.id) == number)).one()
            replayed = replay(store.events_of(connection, number))
            row = store.ticket_row(replayed, desk.calendar)
            same_row = row == {name: getattr(stored, name) for name in row}
            if not same_row or clocks.clocks_of(connection, number) != replayed.clocks:
                raise SystemExit(f"{name_of(desk.engine.url)}: ticket {number} is not what its events make")
    desk.close()


# The log of another desk.

_LABELS = (
    ("Accepted+In Progress", 46),
    ("Accepted+Wait", 8),
    ("Accepted+Wait - User", 6),
    ("Accepted+Assigned", 5),
    ("Queued+Awaiting Assignment", 18),
    ("Completed+Resolved", 9),
    ("Completed+In Call", 3),
    ("Completed+Closed", 5),
)


def log_file(cases: int, events: int) -> Path:
    """A log in the format of `docs/bpi2013.toml`, always the same one."""
    path = data_folder() / f"log-{cases}-{events}.csv.gz"
    if path.exists():
        return path
    dice = random.Random(SEED)
    labels, weights = [label for label, _ in _LABELS], [weight for _, weight in _LABELS]
    begins = datetime(2024, 1, 8, 12, tzinfo=UTC)
    lines = []
    for number, case in enumerate([*range(cases), *dice.choices(range(cases), k=events - cases)]):
        first = begins + timedelta(minutes=case * 37)
        at = first if number < cases else first + timedelta(seconds=dice.expovariate(1 / 400_000))
        label = labels[0] if number < cases else dice.choices(labels, weights)[0]
        lines.append((f"1-{case:06}", label, at.isoformat(), f"Pessoa {dice.randrange(1400)}"))
    lines.sort(key=lambda line: (line[0], line[2]))
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("case", "activity", "timestamp", "user"), *lines])
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a desk.")
    parser.add_argument("open", type=int, nargs="?", default=SMALL.open)
    parser.add_argument("closed", type=int, nargs="?", default=0)
    made = desk_file(Size(**vars(parser.parse_args())))
    check(made)
    print(made)

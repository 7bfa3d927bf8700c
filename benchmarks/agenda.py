"""Free slots of 500 professionals, a year of bookings: the look-up beside a query of a plain table of slots.

The plain table has a row for each slot of the year (about 2 million) with its city, specialty and booking, and an index
for the question. It answers from one index what the product computes from intervals and occupied quanta.

    python -m benchmarks.agenda [PROFESSIONALS] [DAYS]
"""

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import TextClause, insert, text

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.data import tables
from atendimento_tui.data.engine import committing_lightly, plain, writing
from atendimento_tui.domain.agenda import HORIZON_DAYS
from atendimento_tui.domain.bookings import quantum_of
from atendimento_tui.services import agenda, openings
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.setup import create_desk, new_desk

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""Monday, 9:00 in São Paulo."""

CITIES, SPECIALTIES = 20, 40
SLOT_MIN = 30
_AT_ONCE = 20_000
_ZONE = "America/Sao_Paulo"
_SPANS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
_TAKEN = 0.8
"""The part of the slots that is booked."""

_PLAIN = """CREATE TABLE plain_slot (
    id INTEGER PRIMARY KEY, city TEXT, specialty TEXT, provider TEXT, starts_at TEXT, booking INTEGER)"""
_ASKED = """SELECT city, specialty, provider, starts_at FROM plain_slot
    WHERE {conditions} booking IS NULL AND starts_at > :now ORDER BY starts_at LIMIT 420"""
"""It is asked for whole names, which its indexes know; the look-up takes the beginnings of words."""


class Result(NamedTuple):
    """The 95th percentiles in seconds, and how many rows there were."""

    lookup: float
    plain: float
    slots: int
    bookings: int

    @property
    def ratio(self) -> float:
        """How much longer the look-up takes."""
        return self.lookup / self.plain


def measured(folder: Path, professionals: int, days: int, rounds: int = 60) -> Result:
    """Fill a desk and measure.

    Args:
        days: How many past days have bookings, besides the horizon ahead.
    """
    desk = create_desk(folder / "agenda.db", _answers(), NOW - timedelta(days=1))
    try:
        with committing_lightly(desk.engine):
            slots, bookings = _fill(desk, professionals, days)
        gc.collect()
        gc.freeze()  # what the filling left behind is not collected again and again meanwhile
        chosen = random.Random(1)
        asked = [_question(chosen, professionals) for _ in range(rounds)]
        lookup = _p95([lambda each=each: agenda.lookup(desk, each, NOW) for each in asked])  # type: ignore[misc]
        with desk.engine.connect() as connection:
            given = [_as_plain(each) for each in asked]
            beside = _p95([lambda each=each: connection.execute(*each).all() for each in given])  # type: ignore[misc]
        return Result(lookup, beside, slots, bookings)
    finally:
        gc.unfreeze()
        desk.close()


def _answers() -> Any:
    return new_desk(
        name="Unidade",
        city="São Paulo",
        uf="SP",
        hours="seg-sex 09:00-18:00",
        ans_registration="123456",
        supervisor="Ana",
    )


def _question(chosen: random.Random, professionals: int) -> AgendaFilter:
    """Mostly a city and a specialty, sometimes one of both, sometimes a doctor."""
    city, specialty = f"cidade {chosen.randrange(CITIES)}", f"especialidade {chosen.randrange(SPECIALTIES)}"
    doctor = f"doutor {chosen.randrange(professionals)}"
    kind = chosen.random()
    if kind < 0.6:
        return AgendaFilter(city, specialty)
    if kind < 0.8:
        return AgendaFilter("", specialty)
    return AgendaFilter("", "", doctor) if kind < 0.95 else AgendaFilter(city)


def _as_plain(asked: AgendaFilter) -> tuple[TextClause, dict[str, str]]:
    named = {"city": asked.city, "specialty": asked.specialty, "provider": asked.doctor}
    given = {key: value for key, value in named.items() if value}
    conditions = "".join(f"{key} = :{key} AND " for key in given)
    return text(_ASKED.format(conditions=conditions)), {**given, "now": NOW.isoformat()}


def _fill(desk: Desk, professionals: int, days: int) -> tuple[int, int]:
    with writing(desk.engine) as connection:
        _supply(connection, professionals)
        for first in range(0, professionals, 50):
            openings.make_anew(desk, connection, range(first + 1, min(professionals, first + 50) + 1), NOW)
        connection.execute(text(_PLAIN))
        counts = _book(connection, professionals, days)
        connection.execute(
            text("CREATE INDEX plain_ask ON plain_slot (city, specialty, starts_at) WHERE booking IS NULL")
        )
        connection.execute(text("CREATE INDEX plain_spec ON plain_slot (specialty, starts_at) WHERE booking IS NULL"))
        connection.execute(text("CREATE INDEX plain_who ON plain_slot (provider, starts_at) WHERE booking IS NULL"))
        connection.execute(text("ANALYZE"))
    return counts


def _supply(connection: Any, professionals: int) -> None:
    for number in range(SPECIALTIES):
        name = f"especialidade {number}"
        row = {"name": name, "searched": name, "rn566": "II", "preparation": "", "active": True}
        connection.execute(insert(plain(tables.Specialty)), row)
    for number in range(CITIES):
        city = f"cidade {number}"
        row = {"name": f"Clínica {number}", "address": "", "city": city, "state": "SP", "searched": city}
        connection.execute(insert(plain(tables.Site)), row | {"calendar": "", "active": True})
    for number in range(professionals):
        name = f"doutor {number}"
        row = {"name": name, "searched": name, "council": "", "council_number": "", "council_state": ""}
        connection.execute(insert(plain(tables.Provider)), row | {"master": True, "squeeze_ins": 0, "active": True})
        own = {"provider_id": number + 1, "specialty_id": number % SPECIALTIES + 1}
        connection.execute(insert(plain(tables.ProviderSpecialty)), own)
        for starts, ends in _SPANS:
            rule = {"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "first_day": NOW.date() - timedelta(days=1)}
            hours = {"starts": starts, "ends": ends, "zone": _ZONE, "slot_minutes": SLOT_MIN, "capacity": 1}
            kept = {"second_allowed": False, "source": "", "source_key": "", "active": True}
            where = {"provider_id": number + 1, "site_id": number // SPECIALTIES % CITIES + 1}
            connection.execute(insert(plain(tables.Availability)), where | rule | hours | kept)


def _book(connection: Any, professionals: int, days: int) -> tuple[int, int]:
    """Book most of the slots of the past days and of the days ahead; the plain table has a row for each."""
    chosen = random.Random(2)
    booked, occupied, slots = [], [], []
    number = count = 0
    first = NOW.replace(hour=11, minute=0) - timedelta(days=days)
    for day in (first + timedelta(days=each) for each in range(days + HORIZON_DAYS)):
        if day.weekday() > 4:
            continue
        for provider in range(professionals):
            for at in [
                day + timedelta(minutes=start - 480 + each) for start, _ in _SPANS for each in range(0, 240, SLOT_MIN)
            ]:
                count += 1
                is_taken = chosen.random() < _TAKEN
                where = (f"cidade {provider // SPECIALTIES % CITIES}", f"especialidade {provider % SPECIALTIES}")
                slots.append((*where, f"doutor {provider}", at.isoformat(), 1 if is_taken else None))
                if is_taken:
                    number += 1
                    booked.append((number, provider + 1, at))
                    begin = quantum_of(at)
                    occupied += [(provider + 1, quantum, number) for quantum in range(begin, begin + SLOT_MIN // 5)]
        if len(slots) > _AT_ONCE:
            _write(connection, booked, occupied, slots)
    _write(connection, booked, occupied, slots)
    return count, number


def _write(connection: Any, booked: list[Any], occupied: list[Any], slots: list[Any]) -> None:
    form = "%Y-%m-%d %H:%M:%S.%f"
    rows = [
        (number, provider, at.strftime(form), (at + timedelta(minutes=SLOT_MIN)).strftime(form))
        for number, provider, at in booked
    ]
    raw = connection.connection.driver_connection
    raw.executemany(
        "INSERT INTO booking (id, provider_id, site_id, starts_at, ends_at, place, state, beneficiary_place, name,"
        " channel, token, reason, source, source_key) VALUES (?, ?, 1, ?, ?, 1, 'booked', 1, '', '', '', '', '', '')",
        rows,
    )
    raw.executemany("INSERT INTO occupied VALUES ('provider', ?, ?, 1, ?)", occupied)
    raw.executemany(
        "INSERT INTO plain_slot (city, specialty, provider, starts_at, booking) VALUES (?, ?, ?, ?, ?)", slots
    )
    for each in (booked, occupied, slots):
        each.clear()


def _p95(calls: Sequence[Callable[[], object]]) -> float:
    taken = []
    for call in calls:
        call()
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return statistics.quantiles(taken, n=20)[-1]


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    professionals, days = [int(each) for each in arguments] or [500, 245]
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), professionals, days)
    print(f"{professionals} professionals, {found.slots} slots, {found.bookings} bookings")
    lookup, beside = found.lookup * 1000, found.plain * 1000
    print(f"look-up p95 {lookup:.1f} ms; plain table p95 {beside:.1f} ms; ratio {found.ratio:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Looked-up slots are those of a slow model, which cuts every slot of every interval and sorts them."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, writing
from atendimento_tui.domain.bookings import quanta
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.text import searched
from atendimento_tui.services import agenda, availability
from atendimento_tui.services.desk import Desk
from tests.an_agenda import doctor, furnish
from tests.full import some
from tests.living import NOW, rows

SAO_PAULO = ZoneInfo("America/Sao_Paulo")

HORIZON_DAYS = 20

Found = tuple[date, str, str, str, str, int]
"""Day, local beginning, professional, site, specialty, free places."""


def slow(desk: Desk, asked: AgendaFilter, now: datetime, clock: datetime) -> list[Found]:
    """All free slots of the horizon. Of those that begin together with one professional at one site one is left."""
    at = f"{clock.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    taken = {
        (provider, place, quantum)
        for provider, place, quantum, state, until in rows(
            desk,
            "SELECT o.resource_id, o.place, o.quantum, b.state, b.held_until FROM occupied o"
            " JOIN booking b ON b.id = o.booking_id WHERE o.resource = 'provider'",
        )
        if state != "held" or until > at
    }
    does: dict[object, list[int]] = {}
    for provider, specialty in rows(desk, "SELECT * FROM provider_specialty ORDER BY specialty_id"):
        does.setdefault(provider, []).append(specialty)
    names = dict(rows(desk, "SELECT id, name FROM specialty WHERE active"))
    wanted = {key for key, name in names.items() if agenda.fits(asked.specialty, searched(name))}
    last = now.astimezone(desk.zone).date() + timedelta(days=HORIZON_DAYS)
    decided, shown, found = set(), set(), []
    for provider, name, site, site_name, city, state, own, day, starts, ends, minutes, capacity in rows(
        desk,
        "SELECT p.id, p.name, s.id, s.name, s.city, s.state, i.specialty_id, i.day, i.starts, i.ends, i.slot_minutes,"
        " i.capacity FROM open_interval i JOIN provider p ON p.id = i.provider_id JOIN site s ON s.id = i.site_id"
        " ORDER BY i.starts, i.availability_id",
    ):
        offered = next((each for each in ([own] if own else does.get(provider, [])) if each in wanted), None)
        fits = agenda.fits(asked.doctor, searched(name)) and agenda.fits(asked.city, searched(city))
        if offered is None or not fits or date.fromisoformat(str(day)) > last:
            continue
        for start in range(starts, ends - minutes // 5 + 1, minutes // 5):
            begins = datetime.fromtimestamp(start * 300, UTC).astimezone(ZoneInfo(ZONE_OF_UF[state]))
            places = [
                place
                for place in range(1, capacity + 1)
                if not any((provider, place, each) in taken for each in range(start, start + minutes // 5))
            ]
            is_first = (provider, site, offered, start) not in decided
            decided.add((provider, site, offered, start))
            if is_first and places and begins >= now and (provider, site, start) not in shown:
                shown.add((provider, site, start))
                found.append((start, searched(name), begins, name, site_name, names[offered], len(places)))
    return [
        (at.date(), f"{at:%H:%M}", *rest) for _, _, at, *rest in sorted(found, key=lambda one: (one[2].date(), *one))
    ]


def looked_up(desk: Desk, asked: AgendaFilter, now: datetime, clock: datetime) -> list[Found]:
    """The slots of all pages."""
    found: list[Found] = []
    since = None
    while True:
        page = agenda.lookup(desk, AgendaFilter(asked.city, asked.specialty, asked.doctor, since), now, clock)
        for day in page.days:
            assert not day.has_more, "the test's days are short"
            assert all(slot.starts_at.date() == day.day for slot in day.slots)
        found += [
            (day.day, f"{slot.starts_at:%H:%M}", slot.provider, slot.site, slot.specialty, slot.free)
            for day in page.days
            for slot in day.slots
        ]
        if page.is_end:
            return found
        since = page.last_day + timedelta(days=1)


def stored(provider: int, starts: datetime, ends: datetime, place: int) -> dict[str, object]:
    """The row of a booking."""
    empty = dict.fromkeys(("name", "channel", "token", "reason", "source", "source_key"), "")
    times = {"starts_at": starts.astimezone(UTC), "ends_at": ends.astimezone(UTC), "held_until": None}
    return {
        **empty,
        **times,
        "provider_id": provider,
        "site_id": 1,
        "place": place,
        "state": "booked",
        "beneficiary_place": 1,
    }


def quanta_of(row: dict[str, Any], booking: int) -> list[dict[str, object]]:
    """The rows of what it occupies."""
    return [
        {
            "resource": "provider",
            "resource_id": row["provider_id"],
            "quantum": each,
            "place": row["place"],
            "booking_id": booking,
        }
        for each in quanta(row["starts_at"], row["ends_at"])
    ]


def fill(desk: Desk, chosen: random.Random) -> None:
    """Professionals at three sites in two zones, with long, short, overlapping and shared hours, and bookings."""
    furnish(desk)
    kept = {
        doctor(desk, "Bia Rocha", "Cardiologia; Acupuntura", hours="seg-sex 0-23:30", slot=30): 1,
        doctor(desk, "Caio Reis", "Cardiologia", hours="seg, qua 8-10", slot=20, capacity=3): 3,
        doctor(desk, "Ana Acre", "Clínica médica; Cardiologia", site="Clínica Acre", hours="ter, sab 19-23:30"): 1,
        doctor(desk, "Davi Melo", "Acupuntura", hours="seg-sex 9-12", slot=45, capacity=2): 2,
    }
    more = {
        "Bia Rocha": ("seg-ter 9-11", "Acupuntura", "15", "2"),
        "Caio Reis": ("seg 8:20-9:20", "Cardiologia", "20", "1"),
        "Davi Melo": ("seg-sex 10-11", "", "15", "1"),
    }
    for name, (hours, specialty, slot, capacity) in more.items():
        asked = {"provider": name, "site": "Clínica Centro", "hours": hours, "slot": slot, "capacity": capacity}
        availability.add_hours(desk, asked | ({"specialty": specialty} if specialty else {}), NOW)
    taken: list[dict[str, object]] = []
    occupied: list[dict[str, object]] = []
    for provider, most in kept.items():
        for day in range(12):
            midnight = datetime(2026, 3, 2, tzinfo=SAO_PAULO) + timedelta(days=day)
            for place in range(1, most + 2):
                for quantum in chosen.sample(range(0, 288, 4), chosen.choice([0, 8, 40, 72])):
                    begins = midnight + timedelta(minutes=5 * quantum)
                    row = stored(provider, begins, begins + timedelta(minutes=chosen.choice([5, 10, 20])), place)
                    if chosen.random() < 0.3:
                        row |= {"state": "held", "held_until": NOW + timedelta(minutes=chosen.choice([-1, 0, 1]))}
                    taken.append(row | {"id": len(taken) + 1})
                    occupied += quanta_of(row, len(taken))
    with writing(desk.engine) as connection:
        insert_many(connection, tables.Booking, taken)
        insert_many(connection, tables.Occupied, occupied)


QUESTIONS = (
    AgendaFilter(),
    AgendaFilter(specialty="cardio"),
    AgendaFilter(doctor="davi"),
    AgendaFilter(specialty="acup"),
    AgendaFilter(city="rio", doctor="ana"),
    AgendaFilter(city="sao", specialty="a"),
)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A horizon of three weeks."""
    monkeypatch.setattr(agenda, "HORIZON_DAYS", HORIZON_DAYS)


@pytest.mark.parametrize(("few", "now"), some([*product((60, 0), (NOW, NOW.replace(hour=23, minute=7)))], 0, 3))
def test_all_pages_have_all_free_slots_in_their_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int, now: datetime
) -> None:
    """Of few professionals days are read whole, of many some hours first."""
    fill(desk, random.Random(3))
    monkeypatch.setattr(agenda, "_FEW", few)
    monkeypatch.setattr(agenda, "SLOTS_OF_A_DAY", 200)
    for asked in QUESTIONS:
        expected = slow(desk, asked, now, NOW)
        assert expected
        assert looked_up(desk, asked, now, NOW) == expected, asked


@pytest.mark.parametrize("few", [60, 0])
def test_a_day_with_many_slots_has_the_soonest(desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    fill(desk, random.Random(5))
    monkeypatch.setattr(agenda, "_FEW", few)
    monkeypatch.setattr(agenda, "SLOTS_OF_A_DAY", 7)
    for asked in QUESTIONS:
        expected = slow(desk, asked, NOW, NOW)
        for day in agenda.lookup(desk, asked, NOW, NOW).days:
            of_day = [each for each in expected if each[0] == day.day]
            found = [f"{slot.starts_at:%H:%M} {slot.provider} {slot.free}" for slot in day.slots]
            assert found == [f"{at} {name} {free}" for _, at, name, *_, free in of_day[:7]]
            assert day.has_more == (len(of_day) > 7)

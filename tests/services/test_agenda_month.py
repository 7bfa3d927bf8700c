"""A month of the agenda at a glance: how full each day is, for a professional or a specialty."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter, AgendaMonth, MonthDay
from atendimento_tui.domain.bookings import BookingState
from atendimento_tui.services import agenda, availability
from atendimento_tui.services.desk import Desk
from tests.an_agenda import booked, doctor, furnish, statements
from tests.living import NOW
from tests.services.test_agenda_lookup import HORIZON_DAYS, QUESTIONS, fill, slow

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MARCH = date(2026, 3, 1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SAO_PAULO)


def march(desk: Desk, now: datetime = NOW, **asked: str) -> AgendaMonth:
    return agenda.month(desk, AgendaFilter(**asked), MARCH, now, clock=NOW)  # type: ignore[arg-type]


def day(month: AgendaMonth, number: int) -> tuple[int, int, int, int]:
    found: MonthDay = month.days[number - 1]
    return found.slots, found.places, found.taken, found.free


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    furnish(desk)
    return desk


def test_each_day_has_its_slots_places_and_what_is_free_of_them(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg-sex 8-10", capacity=2)
    doctor(furnished, "Caio Reis", "Acupuntura", hours="seg 14-15", site="Clínica Praia")
    booked(furnished, bia, at(3, 8))
    booked(furnished, bia, at(3, 8), place=2)
    booked(furnished, bia, at(3, 9), place=3)  # a squeeze-in takes none of the two places
    booked(furnished, bia, at(4, 9), state=BookingState.HELD, until=NOW - timedelta(minutes=1))
    booked(furnished, bia, at(5, 9), state=BookingState.HELD, until=NOW + timedelta(minutes=1))
    month = march(furnished)
    assert [each.day for each in month.days] == [MARCH + timedelta(days=number) for number in range(31)]
    assert day(month, 1) == (0, 0, 0, 0)
    assert day(month, 3) == (4, 8, 2, 6)
    assert day(month, 4) == (4, 8, 0, 8)
    assert day(month, 5) == (4, 8, 1, 7)
    assert day(month, 9) == (6, 10, 0, 10)
    assert day(march(furnished, city="santos"), 9) == (2, 2, 0, 2)
    assert day(march(furnished, specialty="acup"), 3) == (0, 0, 0, 0)
    assert month.doctors == ("Bia Rocha", "Caio Reis")
    assert march(furnished, doctor="caio").doctors == ("Caio Reis",)


def test_what_has_begun_cannot_be_booked_and_past_days_tell_how_full_they_were(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg-sex 8-10")
    booked(furnished, bia, at(2, 8))
    booked(furnished, bia, at(3, 9, 30))
    month = march(furnished, at(3, 8, 40))
    assert month.today == date(2026, 3, 3)
    assert day(month, 2) == (4, 4, 1, 0)
    assert day(month, 3) == (4, 4, 1, 1)
    assert day(month, 4) == (4, 4, 0, 4)


def test_a_holiday_has_its_name_and_the_last_open_day_is_told(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", hours="seg-sex 8-10")
    month = agenda.month(furnished, AgendaFilter(), date(2026, 4, 9), NOW)
    assert month.first == date(2026, 4, 1)
    tiradentes = month.days[20]
    assert (tiradentes.holiday, tiradentes.places) == ("Tiradentes", 0)
    assert month.days[21].holiday is None
    assert month.open_to == date(2026, 6, 30)
    beyond = agenda.month(furnished, AgendaFilter(), date(2026, 8, 1), NOW)
    assert not any(each.places for each in beyond.days)


def test_the_limit_of_the_specialty_is_beside_and_its_miss_is_told_in_its_month_only(furnished: Desk) -> None:
    """Cardiologia: 14 business days from 2 March, the last one is the 19th."""
    doctor(furnished, "Bia Rocha", hours="seg-sex 8-10")
    limit = march(furnished, specialty="cardio").limit
    assert limit
    assert (limit.last, limit.is_missed) == (date(2026, 3, 19), False)
    availability.add_absence(furnished, "Bia Rocha", "01/03/2026", "20/03/2026", "férias", NOW)
    limit = march(furnished, specialty="cardio").limit
    assert limit
    assert limit.is_missed
    april = agenda.month(furnished, AgendaFilter(specialty="cardio"), date(2026, 4, 1), NOW).limit
    assert april
    assert not april.is_missed, "the days up to the limit are not in it"
    assert march(furnished, specialty="cardio", doctor="bia").limit is None


def test_overlapping_hours_are_counted_once(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", "Cardiologia; Acupuntura", hours="seg 8-10")
    more = {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "seg 9-11", "slot": "30"}
    availability.add_hours(furnished, more | {"specialty": "Acupuntura"}, NOW)
    assert day(march(furnished), 9) == (6, 6, 0, 6)
    assert day(march(furnished, specialty="acup"), 9) == (6, 6, 0, 6)


def test_the_free_places_are_those_of_a_slow_model(desk: Desk) -> None:
    fill(desk, random.Random(7))
    for asked in QUESTIONS:
        expected: dict[date, int] = {}
        for when, *_, free in slow(desk, asked, NOW, NOW):
            expected[when] = expected.get(when, 0) + free
        month = agenda.month(desk, asked, MARCH, NOW, clock=NOW)
        shown = [each for each in month.days if each.day <= NOW.date() + timedelta(days=HORIZON_DAYS)]
        assert {each.day: each.free for each in shown if each.free} == {
            each.day: expected[each.day] for each in shown if each.day in expected
        }
        assert all(0 <= each.free <= each.places and 0 <= each.taken <= each.places for each in month.days)


def test_a_month_takes_the_same_statements_however_many_doctors_there_are(furnished: Desk) -> None:
    counts = []
    for names in (["Caio Reis"], ["Davi Melo", "Enzo Lira", "Flávia Sá", "Gil Dias", "Hugo Paz"]):
        for name in names:
            doctor(furnished, name)
        march(furnished)
        with statements(furnished) as found:
            march(furnished)
        counts.append(len(found))
    # Specialties, professionals, what they do, sites; the clock is handed in; holds that are over; what is open.
    assert counts == [6, 6]


def test_no_professional_is_a_month_with_nothing(furnished: Desk) -> None:
    month = march(furnished, doctor="ninguém")
    assert month.doctors == ()
    assert not any(each.slots for each in month.days)

"""Bookings: codes of slots, quanta, places, and which state follows which."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.bookings import (
    NEXT,
    OCCUPYING,
    QUANTUM_MIN,
    BookingState,
    SlotKey,
    check_next,
    check_presence,
    day_in,
    instant_of,
    place_for,
    quanta,
    quantum_of,
    read_code,
)
from atendimento_tui.domain.refusals import Refused

ZONES = ("America/Sao_Paulo", "America/Manaus", "America/Noronha", "Europe/Lisbon")
IDS = st.integers(1, 999_999_999)
QUANTA = st.integers(0, 10_000_000)


@given(IDS, IDS, IDS, QUANTA, st.sampled_from(ZONES))
def test_a_slots_code_is_read_back_as_the_same_slot(
    provider: int, site: int, specialty: int, quantum: int, zone: str
) -> None:
    key = SlotKey(provider, site, specialty, instant_of(quantum).astimezone(ZoneInfo(zone)))
    again = read_code(key.code)
    assert (again, again.code, again.quantum) == (key, key.code, quantum)
    assert day_in(key.code) == key.day.isoformat()


def test_the_code_of_a_known_slot() -> None:
    at = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert SlotKey(12, 3, 5, at).code == "12.3.5@2026-12-01T10:00-03:00"
    assert day_in("2026-12-01") == "2026-12-01"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12.3.5",
        "0.3.5@2026-12-01T10:00-03:00",
        "12.3.5@2026-12-01T10:00",
        "12.3.5@2026-12-01T10:00Z",
        "12.3.5@2026-13-01T10:00-03:00",
        "12.3.5@2026-12-01T10:02-03:00",
        "12.3.5@2026-12-01T10:00-03:00; DROP TABLE booking",
        "1\N{ARABIC-INDIC DIGIT TWO}.3.5@2026-12-01T10:00-03:00",
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_code(typed)


@given(QUANTA, st.integers(1, 96))
def test_a_time_has_one_quantum_for_each_five_minutes(first: int, length: int) -> None:
    starts = instant_of(first)
    found = quanta(starts, starts + timedelta(minutes=QUANTUM_MIN * length))
    assert list(found) == list(range(first, first + length))
    assert quantum_of(starts + timedelta(minutes=QUANTUM_MIN, seconds=-1)) == first


TAKEN = st.dictionaries(st.integers(1, 5), st.frozensets(st.integers(0, 20)))


@given(st.frozensets(st.integers(0, 20), min_size=1), TAKEN, st.integers(1, 3), st.integers(0, 2))
def test_the_place_is_the_lowest_of_the_slot_that_nobody_has(
    wanted: frozenset[int], taken: dict[int, frozenset[int]], capacity: int, squeeze_ins: int
) -> None:
    place = place_for(wanted, taken, capacity, squeeze_ins)
    last = capacity + squeeze_ins
    for lower in range(1, place or last + 1):
        assert wanted & taken.get(lower, frozenset()), "a lower place is free"
    if place is not None:
        assert 1 <= place <= last
        assert not wanted & taken.get(place, frozenset())


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=30), st.integers(1, 3))
def test_no_order_of_bookings_gives_a_quantum_of_a_place_twice(asked: list[tuple[int, int]], capacity: int) -> None:
    taken: dict[int, set[int]] = {}
    for first, length in asked:
        wanted = set(range(first, first + length))
        place = place_for(wanted, taken, capacity)
        if place is not None:
            assert not wanted & taken.get(place, set())
            taken.setdefault(place, set()).update(wanted)
    for quantum in range(20):
        assert sum(quantum in held for held in taken.values()) <= capacity


def test_every_state_has_its_successors_and_what_is_over_has_none() -> None:
    assert set(NEXT) == set(BookingState)
    assert not NEXT[BookingState.CANCELLED]
    assert not NEXT[BookingState.MOVED]
    for state, following in NEXT.items():
        for to in BookingState:
            if to in following:
                check_next(state, to)
            else:
                with pytest.raises(Refused, match="agendamento_estado"):
                    check_next(state, to)


def test_only_a_live_booking_occupies() -> None:
    assert {*OCCUPYING} == {BookingState.HELD, BookingState.BOOKED, BookingState.ARRIVED, BookingState.MISSED}


ZONE = ZoneInfo("America/Sao_Paulo")
TEN = datetime(2026, 12, 1, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("to", "now", "is_early"),
    [
        (BookingState.ARRIVED, datetime(2026, 11, 30, 23, 59, tzinfo=ZONE), True),
        (BookingState.ARRIVED, datetime(2026, 12, 1, 0, 0, tzinfo=ZONE), False),
        (BookingState.ARRIVED, datetime(2026, 12, 1, 2, 59, tzinfo=UTC), True),
        (BookingState.MISSED, datetime(2026, 12, 1, 9, 59, tzinfo=ZONE), True),
        (BookingState.MISSED, TEN, False),
    ],
)
def test_nobody_arrives_before_the_day_or_is_missed_before_the_time(
    to: BookingState, now: datetime, is_early: bool
) -> None:
    if is_early:
        with pytest.raises(Refused, match="agendamento_ainda_nao"):
            check_presence(to, TEN, now, ZONE)
    else:
        check_presence(to, TEN, now, ZONE)

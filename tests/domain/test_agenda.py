"""Open intervals and slots: zone changes, holidays, absences, the legal limit, and a slow model beside them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.agenda import (
    Availability,
    Cut,
    Interval,
    Opened,
    hours_of,
    open_intervals,
    slots,
    waiting_limit,
)
from atendimento_tui.domain.bookings import instant_of, quantum_of
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.recurrence import weekly

SAO_PAULO, NEW_YORK = ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/New_York")
MONDAY = date(2025, 3, 3)
WEEK = {day: ((time(8), time(18)),) for day in range(5)}


def availability(
    *,
    rule: str = "FREQ=DAILY",
    first: date = MONDAY,
    starts: int = 8 * 60,
    ends: int = 10 * 60,
    zone: ZoneInfo = SAO_PAULO,
    slot: int = 30,
    capacity: int = 1,
) -> Availability:
    return Availability(1, 7, 3, None, rule, first, None, starts, ends, zone, slot, capacity)


def always(_site: int, _day: date) -> Sequence[tuple[int, int]]:
    return ((0, 1440),)


def opened(
    one: Availability,
    since: date = MONDAY,
    to: date | None = None,
    away: Sequence[tuple[datetime, datetime]] = (),
    calendar: BusinessCalendar | None = None,
    zone: ZoneInfo | None = None,
) -> list[Interval]:
    """What is open at a site, which is in the zone of the hours if none is given."""
    zones = {3: zone or one.zone}
    return open_intervals([one], {7: away}, lambda _site, day: hours_of(calendar, day), zones, since, to or since)


def begins(
    intervals: Sequence[Interval], zone: ZoneInfo = SAO_PAULO, busy: Mapping[int, Sequence[int]] | None = None
) -> list[str]:
    return [f"{instant_of(cut.starts).astimezone(zone):%d %H:%M}" for cut in cuts(intervals, busy)]


def cuts(intervals: Sequence[Interval], busy: Mapping[int, Sequence[int]] | None = None, since: int = 0) -> list[Cut]:
    found = slots([with_taken(each, busy or {}) for each in intervals], lambda one: one.specialty or 0, since)
    return [cut for each in found for cut in each.cuts()]


def with_taken(one: Interval, busy: Mapping[int, Sequence[int]]) -> Opened:
    """An interval with what is taken: quantum -> places."""
    return Opened(
        one,
        [
            sum(1 << n for n in range(one.ends - one.starts) if place in busy.get(one.starts + n, ()))
            for place in range(1, one.capacity + 1)
        ],
    )


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = SAO_PAULO) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def test_slots_are_cut_from_the_hours_and_the_rest_is_too_short() -> None:
    assert begins(opened(availability(ends=9 * 60 + 50))) == ["03 08:00", "03 08:30", "03 09:00"]


def test_a_day_that_loses_an_hour_has_fewer_slots_and_one_that_gains_an_hour_has_more() -> None:
    """New York, 2025: from 2 to 3 on March 9, from 2 back to 1 on November 2."""
    night = availability(starts=0, ends=4 * 60, zone=NEW_YORK, slot=60)
    assert begins(opened(night, date(2025, 3, 9)), NEW_YORK) == ["09 00:00", "09 01:00", "09 03:00"]
    assert begins(opened(night, date(2025, 11, 2)), NEW_YORK) == [
        *("02 00:00", "02 01:00", "02 01:00"),
        *("02 02:00", "02 03:00"),
    ]


def test_a_skipped_time_is_that_before_the_change_and_of_a_repeated_one_it_is_the_first() -> None:
    half_past = availability(starts=2 * 60 + 30, ends=5 * 60, zone=NEW_YORK)
    [skipped] = opened(half_past, date(2025, 3, 9))
    assert instant_of(skipped.starts) == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)
    twice = availability(starts=60, ends=5 * 60, zone=NEW_YORK)
    [repeated] = opened(twice, date(2025, 11, 2))
    assert instant_of(repeated.starts) == datetime(2025, 11, 2, 5, tzinfo=UTC)


def test_the_same_local_hour_before_and_after_a_change() -> None:
    """São Paulo left summer time on 18 February 2018; the doctor's eight o'clock stays eight o'clock."""
    one = availability(first=date(2018, 2, 16))
    found = opened(one, date(2018, 2, 16), date(2018, 2, 19))
    assert {f"{instant_of(each.starts).astimezone(SAO_PAULO):%H:%M}" for each in found} == {"08:00"}
    assert [instant_of(each.starts).hour for each in found] == [10, 10, 11, 11]


def spans(intervals: Sequence[Interval]) -> list[str]:
    """Each interval by its day, and by its ends at the wall of São Paulo."""
    ends = ((instant_of(each.starts), instant_of(each.ends), each.day) for each in intervals)
    return [
        f"{day:%d.%m}: {since.astimezone(SAO_PAULO):%d %H:%M}-{to.astimezone(SAO_PAULO):%d %H:%M}"
        for since, to, day in ends
    ]


def test_hours_of_another_zone_are_on_the_days_of_the_site() -> None:
    """New York leaves summer time on 1 November 2026; São Paulo has none. Nine in the evening is ten, then eleven."""
    evening = availability(starts=21 * 60, ends=23 * 60, zone=NEW_YORK)
    before, change, after = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2))
    assert spans(opened(evening, before, after, zone=SAO_PAULO)) == [
        "31.10: 31 22:00-01 00:00",
        "01.11: 01 23:00-02 00:00",
        "02.11: 02 00:00-02 01:00",
        "02.11: 02 23:00-03 00:00",
    ]
    closed = BusinessCalendar(WEEK, holidays={after: "Finados"})
    assert spans(opened(evening, before, after, zone=SAO_PAULO, calendar=closed)) == [
        "31.10: 31 22:00-01 00:00",
        "01.11: 01 23:00-02 00:00",
    ]
    late = BusinessCalendar(WEEK, special_days={change: ((time(8), time(23, 30)),)})
    assert spans(opened(evening, change, zone=SAO_PAULO, calendar=late)) == ["01.11: 01 23:00-01 23:30"]


def test_a_slot_over_midnight_is_on_the_day_on_which_it_begins() -> None:
    evening = availability(starts=21 * 60, ends=23 * 60, zone=NEW_YORK, slot=40)
    found = opened(evening, date(2026, 11, 10), date(2026, 11, 11), zone=SAO_PAULO)
    assert spans(found)[1:3] == ["10.11: 10 23:00-11 00:20", "11.11: 11 00:20-11 01:00"]
    assert begins(found)[1:4] == ["10 23:00", "10 23:40", "11 00:20"]


ZONES = st.sampled_from(["America/Sao_Paulo", "America/New_York", "America/Rio_Branco", "Asia/Tokyo"]).map(ZoneInfo)


@given(
    own=ZONES,
    site=ZONES,
    first=st.dates(date(2025, 10, 25), date(2025, 11, 5)),
    starts=st.integers(0, 200).map(lambda number: number * 5),
    length=st.integers(6, 80).map(lambda number: number * 5),
    slot=st.sampled_from([5, 20, 40, 60]),
)
def test_the_zone_of_the_site_changes_the_days_only(
    own: ZoneInfo, site: ZoneInfo, first: date, starts: int, length: int, slot: int
) -> None:
    one = availability(first=first, starts=starts, ends=min(starts + length, 1440), zone=own, slot=slot)
    wide = first - timedelta(days=3), first + timedelta(days=6)
    alike = opened(one, *wide)
    found = opened(one, *wide, zone=site)
    inner = range(quantum_of(at(first, 0)), quantum_of(at(first + timedelta(days=4), 0)))
    assert [cut.starts for cut in cuts(found) if cut.starts in inner] == [
        cut.starts for cut in cuts(alike) if cut.starts in inner
    ]
    assert all(instant_of(each.starts).astimezone(site).date() == each.day for each in found)
    assert all(instant_of(cut.starts).astimezone(site).date() == cut.interval.day for cut in cuts(found)), (
        "a slot is on the day on which it begins"
    )


def test_a_holiday_of_the_place_closes_it_and_its_other_hours_shorten_a_day() -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    calendar = BusinessCalendar(WEEK, holidays={tuesday: "Carnaval"}, special_days={wednesday: ((time(9), time(18)),)})
    found = opened(availability(), MONDAY, wednesday, calendar=calendar)
    assert begins(found) == ["03 08:00", "03 08:30", "03 09:00", "03 09:30", "05 09:00", "05 09:30"]


def test_the_usual_hours_of_the_calendar_close_nothing() -> None:
    """A doctor may see people on Saturday, or before the desk opens."""
    saturday = date(2025, 3, 8)
    calendar = BusinessCalendar(WEEK)
    assert begins(opened(availability(starts=7 * 60, ends=8 * 60), saturday, calendar=calendar)) == [
        *("08 07:00", "08 07:30"),
    ]


def test_an_absence_takes_the_slots_that_it_touches_and_the_others_stay_where_they_were() -> None:
    away = [(at(MONDAY, 8, 40), at(MONDAY, 9, 10))]
    assert begins(opened(availability(), away=away)) == ["03 08:00", "03 09:30"]
    whole = [(at(MONDAY, 0), at(MONDAY + timedelta(days=1), 0))]
    assert opened(availability(), away=whole) == []


def test_a_place_that_is_taken_leaves_the_others_of_the_slot() -> None:
    [interval] = opened(availability(capacity=2))
    first = interval.starts
    found = cuts([interval], {first + 2: [1], first + 6: [1, 2], first + 8: [1], first + 9: [2], first + 13: [3]})
    assert [(cut.starts - first, cut.free) for cut in found] == [(0, 1), (12, 2), (18, 2)]


def test_slots_begin_at_the_present_or_later() -> None:
    [interval] = opened(availability())
    now = quantum_of(at(MONDAY, 8, 40))
    assert [f"{instant_of(cut.starts).astimezone(SAO_PAULO):%H:%M}" for cut in cuts([interval], since=now)] == [
        *("09:00", "09:30"),
    ]


@pytest.mark.parametrize(
    ("item", "asked_on", "last"),
    [
        ("I", MONDAY, date(2025, 3, 11)),  # seven business days, the Monday is the first one
        ("I", date(2025, 3, 8), date(2025, 3, 18)),  # asked on a Saturday: the Monday is the first one
        ("II", MONDAY, date(2025, 3, 20)),
        ("X", MONDAY, date(2025, 3, 5)),
        ("XVII", date(2025, 3, 8), date(2025, 3, 8)),  # at once
        ("", MONDAY, None),
        ("XVI", MONDAY, None),
    ],
)
def test_the_limit_of_rn_566_counts_the_day_of_the_request(item: str, asked_on: date, last: date | None) -> None:
    assert waiting_limit(item, asked_on, BusinessCalendar(WEEK)) == last


def test_the_limit_leaves_holidays_out() -> None:
    calendar = BusinessCalendar(WEEK, holidays={date(2025, 3, 4): "Carnaval"})
    assert waiting_limit("X", MONDAY, calendar) == date(2025, 3, 6)


def test_every_limit_is_the_last_of_so_many_business_days() -> None:
    calendar = BusinessCalendar(WEEK)
    for item, limit in ITEMS_566.items():
        last = waiting_limit(item, MONDAY, calendar)
        assert last
        inside = [MONDAY + timedelta(days=number) for number in range((last - MONDAY).days + 1)]
        assert sum(map(calendar.is_business_day, inside)) == (limit or 1)


@st.composite
def agendas(
    draw: st.DrawFn,
) -> tuple[Availability, list[tuple[datetime, datetime]], BusinessCalendar, dict[int, list[int]]]:
    """An availability around a zone change, absences, a calendar, and what is taken."""
    zone, first = draw(
        st.sampled_from([(SAO_PAULO, MONDAY), (NEW_YORK, date(2025, 3, 7)), (NEW_YORK, date(2025, 10, 31))])
    )
    starts = draw(st.integers(0, 200)) * 5
    one = availability(
        rule=weekly(draw(st.sets(st.integers(0, 6), min_size=1))),
        first=first,
        starts=starts,
        ends=draw(st.integers(starts // 5 + 1, 288)) * 5,
        zone=zone,
        slot=draw(st.sampled_from([5, 15, 20, 50])),
        capacity=draw(st.integers(1, 3)),
    )
    away = []
    for _ in range(draw(st.integers(0, 2))):
        begin = at(first, 0, zone=UTC) + timedelta(minutes=draw(st.integers(0, 4 * 1440)))  # type: ignore[arg-type]
        away.append((begin, begin + timedelta(minutes=draw(st.integers(1, 900)))))
    days = [first + timedelta(days=number) for number in range(4)]
    special = {draw(st.sampled_from(days)): ((time(9), time(12)), (time(13), time(0)))} if draw(st.booleans()) else {}
    calendar = BusinessCalendar(WEEK, holidays=draw(st.sets(st.sampled_from(days), max_size=2)), special_days=special)
    around = quantum_of(at(first, 0))
    taken = draw(
        st.dictionaries(st.integers(around, around + 4 * 288), st.lists(st.integers(1, 4), max_size=3), max_size=30)
    )
    return one, away, calendar, taken


@given(agendas())
def test_slots_are_those_of_a_slow_model(
    drawn: tuple[Availability, list[tuple[datetime, datetime]], BusinessCalendar, dict[int, list[int]]],
) -> None:
    """The model asks each slot of the day's grid whether each of its five minutes is open."""
    one, away, calendar, taken = drawn
    last = one.first + timedelta(days=3)
    found = [(cut.starts, cut.free) for cut in cuts(opened(one, one.first, last, away, calendar), taken)]
    expected = []
    for number in range(4):
        day = one.first + timedelta(days=number)
        if day.weekday() not in _weekdays(one.rule):
            continue
        begin = (datetime.combine(day, time()) + timedelta(minutes=one.starts)).replace(tzinfo=one.zone).astimezone(UTC)
        end = (datetime.combine(day, time()) + timedelta(minutes=one.ends)).replace(tzinfo=one.zone).astimezone(UTC)
        while begin + timedelta(minutes=one.slot_minutes) <= end:
            parts = [begin + timedelta(minutes=minute) for minute in range(0, one.slot_minutes, 5)]
            if all(_is_open(part, day, one.zone, away, calendar) for part in parts):
                gone = {place for part in parts for place in taken.get(quantum_of(part), ()) if place <= one.capacity}
                if len(gone) < one.capacity:
                    expected.append((quantum_of(begin), one.capacity - len(gone)))
            begin += timedelta(minutes=one.slot_minutes)
    assert found == expected


def _weekdays(rule: str) -> set[int]:
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return {names.index(name) for name in rule.rpartition("=")[2].split(",")}


def _is_open(
    part: datetime, day: date, zone: ZoneInfo, away: Sequence[tuple[datetime, datetime]], calendar: BusinessCalendar
) -> bool:
    if any(start < part + timedelta(minutes=5) and part < end for start, end in away):
        return False
    of_day = calendar.day(day)
    if of_day.reason == "closed":
        return True
    midnight = datetime.combine(day, time())
    spans = [
        (
            datetime.combine(day, opens).replace(tzinfo=zone),
            datetime.combine(day, closes).replace(tzinfo=zone)
            if closes != time(0)
            else (midnight + timedelta(days=1)).replace(tzinfo=zone),
        )
        for opens, closes in of_day.hours
    ]
    return any(opens.astimezone(UTC) <= part < closes.astimezone(UTC) for opens, closes in spans)

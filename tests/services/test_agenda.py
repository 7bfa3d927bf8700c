"""The agenda: what is open follows hours, absences and calendars; free slots are looked up, the soonest first."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter, AgendaPage
from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.agenda import intervals
from atendimento_tui.domain.agenda import HORIZON_DAYS
from atendimento_tui.domain.bookings import BookingState
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import agenda, availability, bookings, calendars, openings, providers
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.providers import PROVIDER, SITE, SPECIALTY
from atendimento_tui.services.sweep import sweep
from tests.an_agenda import booked, doctor, furnish, statements
from tests.living import NOW, rows

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    furnish(desk)
    return desk


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SAO_PAULO)


def look(desk: Desk, **asked: object) -> AgendaPage:
    return agenda.lookup(desk, AgendaFilter(**asked), NOW)  # type: ignore[arg-type]


def shown(page: AgendaPage, count: int = 6) -> list[str]:
    return [f"{slot.starts_at:%d/%m %H:%M} {slot.provider}" for day in page.days for slot in day.slots][:count]


def test_the_soonest_slots_of_many_doctors_come_first(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", hours="seg-sex 9-10")
    doctor(furnished, "Álvaro Nunes", hours="seg-sex 9:30-10:30", site="Clínica Praia")
    assert shown(look(furnished), 7) == [
        *("02/03 09:00 Bia Rocha", "02/03 09:30 Álvaro Nunes", "02/03 09:30 Bia Rocha", "02/03 10:00 Álvaro Nunes"),
        *("03/03 09:00 Bia Rocha", "03/03 09:30 Álvaro Nunes", "03/03 09:30 Bia Rocha"),
    ]


def test_each_filter_narrows_without_accents_by_the_beginnings_of_words(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha")
    doctor(furnished, "Álvaro Nunes", "Clínica médica; Acupuntura", site="Clínica Praia")
    doctor(furnished, "João D'Ávila", "Clínica médica")

    def names(**asked: object) -> list[str]:
        return sorted({slot.provider for day in look(furnished, **asked).days for slot in day.slots})

    assert names(city="sao p") == ["Bia Rocha", "João D'Ávila"]
    assert names(city="SANTOS") == ["Álvaro Nunes"]
    assert names(specialty="med clin") == ["João D'Ávila", "Álvaro Nunes"]
    assert names(specialty="acup") == ["Álvaro Nunes"]
    assert names(doctor="davila") == ["João D'Ávila"]
    assert names(doctor="alv", city="paulo") == []
    assert names(specialty="ediologia") == []
    assert names(city="[bold]%_") == []
    page = look(furnished, city="santos", specialty="acup")
    assert (page.cities, page.specialties, page.doctors) == (("Santos",), ("Acupuntura",), ("Álvaro Nunes",))


def test_a_slot_says_everything_that_is_told(furnished: Desk) -> None:
    provider = doctor(furnished, "Bia Rocha")
    providers.change(furnished, PROVIDER, "Bia Rocha", {"registration": "crm sp 12.345"}, NOW)
    slot = look(furnished, specialty="cardio").first
    assert slot
    assert (slot.registration, slot.specialty, slot.preparation) == ("CRM/SP 12345", "Cardiologia", "Traga os exames")
    assert (slot.site, slot.address, slot.city, slot.free) == ("Clínica Centro", "Rua Um, 14", "São Paulo", 1)
    assert slot.key.code == f"{provider}.1.1@2026-03-02T09:00-03:00"
    assert slot.ends_at - slot.starts_at == timedelta(minutes=30)


def test_times_are_those_of_the_place(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", site="Clínica Acre", hours="seg-sex 8-9")
    slot = look(furnished).first
    assert slot
    assert slot.starts_at.isoformat() == "2026-03-02T08:00:00-05:00"


def test_what_is_booked_or_held_is_not_free_and_an_expired_hold_is(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 9-11", capacity=1)
    booked(furnished, bia, at(2, 9))
    booked(furnished, bia, at(2, 9, 30), state=BookingState.HELD, until=NOW + timedelta(minutes=5))
    asked = AgendaFilter()
    assert shown(agenda.lookup(furnished, asked, NOW, clock=NOW), 1) == ["02/03 10:00 Bia Rocha"]
    later = NOW + timedelta(minutes=5)
    assert shown(agenda.lookup(furnished, asked, NOW, clock=later), 1) == ["02/03 09:30 Bia Rocha"]


def test_a_slot_with_places_left_is_free(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 9-10", capacity=2)
    booked(furnished, bia, at(2, 9))
    first = look(furnished).first
    assert first
    assert (first.starts_at, first.free) == (at(2, 9), 1)
    booked(furnished, bia, at(2, 9), place=2)
    assert shown(look(furnished), 1) == ["02/03 09:30 Bia Rocha"]


def test_a_fully_booked_month_is_passed_over(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 9-9:30")
    for week in range(6):
        booked(furnished, bia, at(2, 9) + timedelta(weeks=week))
    page = look(furnished)
    assert shown(page, 2) == ["13/04 09:00 Bia Rocha", "20/04 09:00 Bia Rocha"]
    assert len(page.days) == agenda.DAYS_SHOWN


def test_the_next_page_begins_after_the_last_day(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha")
    first = look(furnished)
    assert [day.day.day for day in first.days] == [2, 3, 4, 5, 6, 9, 10]
    second = look(furnished, since=first.last_day + timedelta(days=1))
    assert [day.day.day for day in second.days] == [11, 12, 13, 16, 17, 18, 19]
    last = look(furnished, since=NOW.date() + timedelta(days=HORIZON_DAYS - 1))
    assert last.is_end
    assert not first.is_end


def test_the_limit_of_the_specialty_is_beside_and_a_miss_is_said(furnished: Desk) -> None:
    """Cardiologia: 14 business days, the day of the request counted (art. 3, II)."""
    doctor(furnished, "Bia Rocha", hours="seg 9-9:30")
    page = look(furnished, specialty="cardio")
    assert page.limit
    assert (page.limit.item, page.limit.days, page.limit.last, page.limit.is_missed) == (
        *("II", 14, date(2026, 3, 19)),
        False,
    )
    availability.add_absence(furnished, "Bia Rocha", "01/03/2026", "20/03/2026", "férias", NOW)
    page = look(furnished, specialty="cardio")
    assert page.limit
    assert page.limit.is_missed
    assert shown(page, 1) == ["23/03 09:00 Bia Rocha"]


def test_no_limit_holds_where_a_doctor_was_chosen_or_the_specialty_has_none(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", "Cardiologia; Acupuntura")
    assert look(furnished, specialty="cardio", doctor="bia").limit is None
    assert look(furnished, specialty="acup").limit is None
    assert look(furnished).limit is None


def test_a_request_of_days_ago_has_the_limit_of_its_day(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha")
    page = look(furnished, specialty="cardio", asked_on=date(2026, 2, 10))
    assert page.limit
    assert (page.limit.last, page.limit.is_missed) == (date(2026, 2, 27), True)


def test_a_slot_of_overlapping_hours_is_offered_once_and_can_be_held(furnished: Desk) -> None:
    """One begins at a time at a site; at two sites each is offered until one is taken."""
    bia = doctor(furnished, "Bia Rocha", "Cardiologia; Acupuntura", hours="seg 9-10")
    more = {"provider": "Bia Rocha", "site": "Clínica Centro", "slot": "20", "specialty": "Acupuntura"}
    availability.add_hours(furnished, more | {"hours": "seg 9-10"}, NOW)
    availability.add_hours(furnished, more | {"site": "Clínica Praia", "hours": "seg 9:30-10"}, NOW)
    page = look(furnished)
    first = [(f"{slot.starts_at:%H:%M}", slot.site, slot.specialty) for slot in page.days[0].slots]
    assert first == [
        ("09:00", "Clínica Centro", "Cardiologia"),
        ("09:20", "Clínica Centro", "Acupuntura"),
        ("09:30", "Clínica Centro", "Cardiologia"),
        ("09:30", "Clínica Praia", "Acupuntura"),
        ("09:40", "Clínica Centro", "Acupuntura"),
    ]
    before = NOW - timedelta(minutes=1)
    for slot in page.days[0].slots:
        assert bookings.release(furnished, bookings.hold(furnished, HoldAsked(slot.key), before, clock=NOW).token)
    of_acupuncture = look(furnished, specialty="acup").days[0].slots
    assert [f"{slot.starts_at:%H:%M}" for slot in of_acupuncture] == ["09:00", "09:20", "09:30", "09:30", "09:40"]
    booked(furnished, bia, at(2, 9, 30), site=2)
    assert [f"{slot.starts_at:%H:%M}" for slot in look(furnished).days[0].slots] == ["09:00"]


def test_nothing_open_is_an_empty_page_that_says_so(furnished: Desk) -> None:
    page = look(furnished, specialty="cardio")
    assert (page.days, page.first, page.is_end, page.doctors) == ([], None, True, ())
    assert page.limit
    assert page.limit.is_missed


def test_a_holiday_declared_after_bookings_closes_the_day_and_lists_them(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg-sex 9-10")
    kept, hit = booked(furnished, bia, at(3, 9)), booked(furnished, bia, at(4, 9, 30), name="Zulmira Quaresma")
    change = calendars.change_of_day("04/03/2026", "Luto oficial")
    seen = calendars.preview(furnished, "legal", change, NOW).base.id
    calendars.confirm(furnished, "legal", change, seen, NOW)
    assert [day.day.day for day in look(furnished).days][:3] == [2, 3, 5]
    [listed] = agenda.to_move(furnished, NOW)
    assert (listed.booking, listed.name, listed.starts_at) == (hit, "Zulmira Quaresma", at(4, 9, 30))
    assert kept != hit
    back = calendars.change_back("04/03/2026")
    seen = calendars.preview(furnished, "legal", back, NOW).base.id
    calendars.confirm(furnished, "legal", back, seen, NOW)
    assert agenda.to_move(furnished, NOW) == []
    assert [day.day.day for day in look(furnished).days][:3] == [2, 3, 4]


def test_an_absence_over_booked_slots_lists_them_and_they_are_kept(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    hit, other = booked(furnished, bia, at(5, 9)), booked(furnished, bia, at(6, 9))
    done = availability.add_absence(furnished, "Bia Rocha", "05/03/2026 8:00", "05/03/2026 9:10", "congresso", NOW)
    assert done.unplaced == (hit,)
    assert [each.booking for each in agenda.to_move(furnished, NOW)] == [hit]
    assert shown(look(furnished, since=date(2026, 3, 5)), 1) == ["05/03 09:30 Bia Rocha"]
    [absence] = providers.view(furnished, "Bia Rocha", NOW).absences
    availability.end_absence(furnished, "Bia Rocha", absence.id, NOW)
    assert agenda.to_move(furnished, NOW) == []
    assert other != hit


def test_hours_that_end_list_what_was_booked_after(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    hit = booked(furnished, bia, at(20, 9))
    [hours] = providers.view(furnished, "Bia Rocha", NOW).hours
    done = availability.end_hours(furnished, "Bia Rocha", [hours.of.id], "13/03/2026", NOW)
    assert done.unplaced == (hit,)
    assert look(furnished, since=date(2026, 3, 14)).days == []


def test_a_day_is_left_out_of_hours_and_added(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", hours="seg 9-10")
    [hours] = providers.view(furnished, "Bia Rocha", NOW).hours
    availability.change_day(furnished, "Bia Rocha", [hours.of.id], "09/03/2026", NOW, added=False)
    availability.change_day(furnished, "Bia Rocha", [hours.of.id], "11/03/2026", NOW, added=True)
    assert [day.day.day for day in look(furnished).days][:3] == [2, 11, 16]
    availability.change_day(furnished, "Bia Rocha", [hours.of.id], "09/03/2026", NOW, added=True)
    assert [day.day.day for day in look(furnished).days][:3] == [2, 9, 11]


def test_hours_are_changed_as_they_were_typed_and_what_is_not_typed_stays(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg, qua 8-12 13-17")
    hit = booked(furnished, bia, at(4, 13))

    def own() -> list[tuple[int, str, int, int, int, str]]:
        return [
            (each.of.id, each.of.rule[-5:], each.of.starts // 60, each.of.ends // 60, each.of.site, str(each.of.until))
            for each in providers.view(furnished, bia, NOW).hours
            if each.is_active
        ]

    first, second = (each[0] for each in own())
    availability.change_day(furnished, bia, [first, second], "09/03/2026", NOW, added=False)
    done = availability.change_hours(furnished, bia, [first, second], {"hours": "seg, qua 8-12 14-18 19-20"}, NOW)
    assert done.unplaced == (hit,)
    third = own()[-1][0]
    assert own() == [
        (first, "MO,WE", 8, 12, 1, "None"),
        (second, "MO,WE", 14, 18, 1, "None"),
        (third, "MO,WE", 19, 20, 1, "None"),
    ]
    assert {each.of.left_out for each in providers.view(furnished, bia, NOW).hours} == {frozenset({date(2026, 3, 9)})}
    every = [first, second, third]
    again = availability.change_hours(furnished, bia, every, {"hours": "seg, qua 8-12 14-18 19-20"}, NOW)
    assert again.fields == ()
    back = {"hours": "seg, qua 8-12 13-17 19-20", "rule": ""}
    assert availability.change_hours(furnished, bia, every, back, NOW).unplaced == ()
    assert agenda.to_move(furnished, NOW) == [], "the time is open again"
    availability.change_hours(furnished, bia, every, {"site": "clinica acre", "until": "30/03/2026"}, NOW)
    assert {each[4:] for each in own()} == {(3, "2026-03-30")}
    assert {each.of.zone.key for each in providers.view(furnished, bia, NOW).hours} == {"America/Rio_Branco"}
    availability.change_hours(furnished, bia, every, {"hours": "8-17", "rule": "FREQ=DAILY"}, NOW)
    assert own() == [(first, "DAILY", 8, 17, 3, "2026-03-30")]
    availability.change_hours(furnished, bia, [first], {"until": ""}, NOW)
    assert own()[0][-1] == "None"


def test_hours_that_end_before_they_begin_are_removed(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 8-12 13-17")
    hit = booked(furnished, bia, at(9, 9))
    own = [each.of.id for each in providers.view(furnished, bia, NOW).hours]
    assert availability.end_hours(furnished, bia, own, "01/03/2026", NOW).unplaced == (hit,)
    assert not any(each.is_active for each in providers.view(furnished, bia, NOW).hours)


def test_hours_that_cannot_be_are_refused_beside_their_items_and_nothing_changes(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 8-12")
    [before] = providers.view(furnished, bia, NOW).hours
    typed = {"hours": "seg 8", "site": "Lua", "slot": "7", "until": "ontem"}
    with pytest.raises(Refused) as refused:
        availability.change_hours(furnished, bia, [before.of.id], typed, NOW)
    assert set(refused.value.refusal.beside) == typed.keys()
    with pytest.raises(Refused) as refused:
        availability.end_hours(furnished, bia, [before.of.id], "", NOW)
    assert set(refused.value.refusal.beside) == {"until"}
    with pytest.raises(Refused) as refused:
        availability.change_day(furnished, bia, [before.of.id, 99], "09/03/2026", NOW, added=True)
    assert refused.value.refusal.code == "horario_sem_numero"
    assert providers.view(furnished, bia, NOW).hours == [before]


def test_the_first_slot_of_a_professional_and_where_each_one_is(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha", hours="seg 9-10")
    caio = doctor(furnished, "Caio Reis", site="Clínica Praia")
    booked(furnished, bia, at(2, 9))
    slot = agenda.first_of(furnished, bia, NOW)
    assert slot
    assert (slot.starts_at, slot.provider) == (at(2, 9, 30), "Bia Rocha")
    assert providers.listed(furnished, NOW).sites_of == {bia: [1], caio: [2]}
    [hours] = providers.view(furnished, caio, NOW).hours
    availability.end_hours(furnished, caio, [hours.of.id], "06/03/2026", NOW)
    assert providers.listed(furnished, NOW + timedelta(days=4)).sites_of == {bia: [1], caio: [2]}
    assert providers.listed(furnished, NOW + timedelta(days=5)).sites_of == {bia: [1]}
    providers.change(furnished, PROVIDER, bia, {"master": "nao"}, NOW)
    assert agenda.first_of(furnished, bia, NOW) is None


def test_who_or_what_is_offered_no_more_has_no_slots(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    hit = booked(furnished, bia, at(3, 9))
    assert providers.change(furnished, SITE, "clinica centro", {"active": "não"}, NOW).unplaced == (hit,)
    assert look(furnished).days == []
    providers.change(furnished, SITE, "clinica centro", {"active": "sim"}, NOW)
    providers.change(furnished, PROVIDER, "Bia Rocha", {"master": "nao"}, NOW)
    assert look(furnished).days == [], "the agenda of another system counts"
    providers.change(furnished, PROVIDER, "Bia Rocha", {"master": "sim", "specialties": ""}, NOW)
    assert look(furnished).days == []


def test_the_horizon_moves_with_the_days(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    later = NOW + timedelta(days=30)
    assert openings.extend(furnished, NOW) == 0
    sweep(furnished, later)
    last = later.date() + timedelta(days=HORIZON_DAYS - 3)
    with reading(furnished.engine) as connection:
        assert [each.day for each in intervals(connection, [bia], last, last)] == [last]
        assert intervals(connection, [bia], NOW.date(), NOW.date()), "what was open stays, to tell how full a month was"
    assert openings.extend(furnished, later) == 0


def test_where_it_is_yesterday_still_the_late_slots_are_listed(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha", site="Clínica Acre", hours="seg 20-23:30")
    page = agenda.lookup(furnished, AgendaFilter(), at(3, 0, 30))
    assert shown(page, 2) == ["02/03 22:30 Bia Rocha", "02/03 23:00 Bia Rocha"]


def test_holds_that_ended_are_removed_once_a_day_so_that_they_do_not_pile_up(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    held = BookingState.HELD
    booked(furnished, bia, at(3, 9), state=held, until=datetime(2020, 1, 1, tzinfo=UTC))
    booked(furnished, bia, at(3, 10), state=held, until=datetime(2999, 1, 1, tzinfo=UTC))
    assert openings.extend(furnished, NOW) == 0
    assert rows(furnished, "SELECT state FROM booking ORDER BY id") == [("held",), ("held",)]
    assert openings.extend(furnished, NOW + timedelta(days=30)) == 1
    assert rows(furnished, "SELECT state FROM booking ORDER BY id") == [("expired",), ("held",)]
    assert rows(furnished, "SELECT DISTINCT booking_id FROM occupied") == [(2,)]


def test_a_slot_that_is_listed_can_be_held_until_it_begins(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha")
    first = look(furnished).first
    assert first
    begun = first.starts_at + timedelta(seconds=1)
    assert agenda.lookup(furnished, AgendaFilter(), begun).first != first
    with pytest.raises(Refused, match="vaga_passada"):
        bookings.hold(furnished, HoldAsked(first.key), begun)
    assert agenda.lookup(furnished, AgendaFilter(), first.starts_at).first == first
    assert bookings.hold(furnished, HoldAsked(first.key), first.starts_at).token


def test_a_lookup_takes_the_same_statements_however_many_doctors_there_are(furnished: Desk) -> None:
    doctor(furnished, "Bia Rocha")
    counts = []
    for names in (["Caio Reis"], ["Davi Melo", "Enzo Lira", "Flávia Sá", "Gil Dias", "Hugo Paz"]):
        for name in names:
            doctor(furnished, name)
        look(furnished)
        with statements(furnished) as found:
            look(furnished, specialty="cardio")
        counts.append(len(found))
    assert counts[0] == counts[1]
    # Specialties, professionals, what they do, sites, the clock, holds that are over; what is open of 1, 2, 4, 8 days.
    assert counts[0] <= 6 + 4 + 1


def test_the_same_data_again_are_no_change(furnished: Desk) -> None:
    bia = doctor(furnished, "Bia Rocha")
    again = providers.add(furnished, PROVIDER, {"name": "bia rocha", "specialties": "cardiologia"}, NOW)
    assert (again.key, again.is_new) == (bia, False)
    asked = {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "seg-sex 8-10", "slot": "30"}
    assert availability.add_hours(furnished, asked, NOW).fields == ()
    assert len(providers.view(furnished, "Bia Rocha", NOW).hours) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (SPECIALTY, {"name": " "}, "nome_vazio"),
        (SPECIALTY, {"name": "Dermatologia", "rn566": "XX"}, "procedimento_sem_item"),
        (PROVIDER, {"name": "Zé Mota", "specialties": "alquimia"}, "oferta_sem_nome"),
        (PROVIDER, {"name": "Zé Mota", "registration": "12345"}, "campo_invalido_conselho"),
        (PROVIDER, {"name": "Zé Mota", "squeeze_ins": "99"}, "oferta_sem_numero"),
        (SITE, {"name": "Posto", "state": "XX"}, "oferta_sem_uf"),
        (SITE, {"name": "Posto", "calendar": "lunar"}, "oferta_sem_calendario"),
        (SITE, {"name": "Posto", "active": "talvez"}, "oferta_sem_sinal"),
    ],
)
def test_a_wrong_item_is_refused_beside_it(furnished: Desk, kind: str, typed: dict[str, str], code: str) -> None:
    before = providers.supply(furnished)
    with pytest.raises(Refused) as refused:
        providers.add(furnished, kind, typed, NOW)
    assert [each.code for each in refused.value.refusal.beside.values()] == [code]
    assert providers.supply(furnished) == before


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"provider": "Ninguém"}, "oferta_sem_nome"),
        ({"site": "Nenhum"}, "oferta_sem_nome"),
        ({"hours": "seg-sex"}, "horario_invalido"),
        ({"hours": "8-12", "rule": "FREQ=HOURLY"}, "recorrencia_no_dia"),
        ({"slot": "7"}, "oferta_sem_numero"),
        ({"capacity": "0"}, "oferta_sem_numero"),
        ({"since": "amanhã"}, "campo_invalido_data"),
    ],
)
def test_wrong_hours_are_refused_beside_it(furnished: Desk, typed: dict[str, str], code: str) -> None:
    doctor(furnished, "Bia Rocha")
    good = {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "sab 8-12"}
    with pytest.raises(Refused) as refused:
        availability.add_hours(furnished, good | typed, NOW)
    assert [each.code for each in refused.value.refusal.beside.values()] == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"hours": "sab 8:02-12"}, "oferta_hora_quebrada"),
        ({"hours": "sab 8-8:20"}, "oferta_sem_vaga"),
        ({"since": "10/03/2026", "until": "01/03/2026"}, "oferta_dia_invertido"),
    ],
)
def test_hours_without_a_slot_are_refused(furnished: Desk, typed: dict[str, str], code: str) -> None:
    doctor(furnished, "Bia Rocha")
    good = {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "sab 8-12"}
    with pytest.raises(Refused, match=code):
        availability.add_hours(furnished, good | typed, NOW)

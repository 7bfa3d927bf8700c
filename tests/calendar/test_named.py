"""Calendars in the written form."""

import tomllib
from datetime import date, datetime, time, timedelta

import holidays
import pytest
from pydantic import ValidationError

from atendimento_tui.calendar import BusinessCalendar, DayCount, SpecError
from atendimento_tui.calendar.named import (
    OPTIONAL_DAYS,
    CalendarSpec,
    ResolvedDays,
    build,
    legal_spec,
    resolve,
)

WRITTEN = """
nome = "Expediente"
fuso = "America/Sao_Paulo"
uf = "SP"
facultativos = ["Carnaval", "Corpus Christi"]
meios_expedientes = ["cinzas", "24/12", "31/12"]

[semana]
"seg-sex" = ["09:00-12:00", "13:00-18:00"]
"sáb" = ["9:00 às 13:00"]

[dias]
2026-05-04 = "Inventário"
2026-07-09 = ["09:00-12:00"]

[municipais]
2026-01-25 = "Aniversário da cidade"
2026-11-20 = "Consciência Negra"
"""


def spec(**other: object) -> CalendarSpec:
    return CalendarSpec.model_validate({"nome": "Teste", "semana": {"seg-sex": ["09:00-18:00"]}} | other)


def refusal(**other: object) -> str:
    with pytest.raises(ValidationError) as refused:
        spec(**other)
    return str(refused.value.errors()[0]["msg"])


@pytest.fixture
def desk() -> tuple[CalendarSpec, ResolvedDays, BusinessCalendar]:
    written = CalendarSpec.model_validate(tomllib.loads(WRITTEN))
    days = resolve(written, 2025, 2027)
    return written, days, build(written, days)


def test_a_calendar_from_toml_computes(desk: tuple[CalendarSpec, ResolvedDays, BusinessCalendar]) -> None:
    calendar = desk[2]
    closed = {day for n in range(365) if not calendar.is_business_day(day := date(2026, 1, 1) + timedelta(n))}
    weekdays = sorted(day for day in closed if day.weekday() < 6)
    assert [f"{day:%d/%m}" for day in weekdays] == (
        "01/01 16/02 17/02 03/04 21/04 01/05 04/05 04/06 07/09 12/10 02/11 20/11 25/12".split()  # noqa: SIM905
    )
    assert calendar.next_open(datetime(2026, 5, 9, 13, tzinfo=calendar.tz)).isoformat() == "2026-05-11T09:00:00-03:00"


def test_half_days_clip_the_hours_of_their_weekday(desk: tuple[CalendarSpec, ResolvedDays, BusinessCalendar]) -> None:
    _, days, _ = desk
    assert days.special_days[date(2026, 2, 18)] == ((time(14), time(18)),)
    assert days.special_days[date(2026, 12, 24)] == ((time(9), time(12)),)
    assert days.holidays[date(2026, 12, 31)] == "Véspera de Ano-Novo"
    assert date(2025, 12, 24) in days.special_days


def test_a_half_day_on_a_weekday_without_hours_has_no_effect() -> None:
    days = resolve(spec(meios_expedientes=["24/12"]), 2022, 2023)
    assert not days.special_days  # both are on a weekend
    assert resolve(spec(meios_expedientes=["24/12"]), 2024, 2024).special_days


def test_a_half_day_may_leave_no_open_time() -> None:
    mornings = spec(semana={"seg-sex": ["08:00-12:00"]}, meios_expedientes=["cinzas"])
    assert resolve(mornings, 2026, 2026).special_days == {date(2026, 2, 18): ()}


def test_a_day_open_all_day_is_clipped_too() -> None:
    always = spec(semana={"seg-dom": ["00:00-24:00"]}, meios_expedientes=["cinzas", "24/12"])
    days = resolve(always, 2026, 2026).special_days
    assert days == {date(2026, 2, 18): ((time(14), time(0)),), date(2026, 12, 24): ((time(0), time(13)),)}


def test_single_days_have_priority_then_those_of_the_town(
    desk: tuple[CalendarSpec, ResolvedDays, BusinessCalendar],
) -> None:
    _, days, calendar = desk
    assert days.holidays[date(2026, 5, 4)] == "Inventário"
    assert calendar.is_business_day(date(2026, 7, 9))  # a holiday of the state, opened by hand
    assert days.holidays[date(2026, 11, 20)] == "Dia Nacional de Zumbi e da Consciência Negra; Consciência Negra"
    town = spec(meios_expedientes=["24/12"], municipais={"2026-12-24": "Padroeira"})
    assert not build(town, resolve(town, 2026, 2026)).is_business_day(date(2026, 12, 24))


def test_a_stored_calendar_is_read_back_equal(desk: tuple[CalendarSpec, ResolvedDays, BusinessCalendar]) -> None:
    written, days, calendar = desk
    assert CalendarSpec.model_validate_json(written.model_dump_json()) == written
    again = ResolvedDays.model_validate_json(days.model_dump_json())
    assert again == days
    assert build(written, again) == calendar
    assert (days.first_year, days.last_year, days.source.split()[0]) == (2025, 2027, "holidays")


def test_days_stored_without_years_are_still_read() -> None:
    assert ResolvedDays.model_validate_json('{"holidays": {"2026-01-01": "x"}, "special_days": {}}').first_year is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("seg", [0]),
        ("seg-sex", [0, 1, 2, 3, 4]),
        ("seg,qua", [0, 2]),
        ("seg-ter, SÁB", [0, 1, 5]),
        ("sex-seg", [0, 4, 5, 6]),
        ("terça", [1]),
    ],
)
def test_weekdays_are_words_ranges_and_lists(words: str, days: list[int]) -> None:
    assert sorted(spec(semana={words: ["09:00-12:00"]}).hours()) == days


def test_an_invalid_calendar_is_refused_with_the_invalid_word() -> None:
    assert "“segg” não é um dia" in refusal(semana={"segg": ["09:00-18:00"]})
    assert "“monday” não é um dia" in refusal(semana={"monday": ["09:00-18:00"]})
    assert "“seg” aparece duas vezes" in refusal(semana={"seg": ["09:00-18:00"], "seg-ter": ["09:00-18:00"]})
    assert "“9-18” não é um intervalo" in refusal(semana={"seg": ["9-18"]})
    assert "hora que não existe" in refusal(semana={"seg": ["09:00-25:00"]})
    assert "hora que não existe" in refusal(semana={"seg": ["24:00-24:00"]})
    assert "sem segundos" in refusal(semana={"seg": [(time(9), time(12, 0, 30))]})
    assert "Monday" in refusal(semana={"seg": ["09:00-12:00", "11:00-18:00"]})
    assert "2026-05-04" in refusal(dias={"2026-05-04": ["12:00-09:00"]})
    assert "America/Nowhere" in refusal(fuso="America/Nowhere")
    assert "“Páscoa” não é um ponto facultativo" in refusal(facultativos=["Páscoa"])
    assert "fechado e meio expediente" in refusal(facultativos=["Véspera de Natal"], meios_expedientes=["24/12"])
    assert "Extra inputs" in refusal(feriado="x")
    assert "Input should be" in refusal(meios_expedientes=["carnaval"])


def test_an_unknown_state_is_refused_when_resolved() -> None:
    with pytest.raises(SpecError) as refused:
        resolve(spec(uf="XX"), 2026, 2026)
    assert refused.value.code == "unknown_uf"


def test_a_calendar_of_no_country_has_no_holidays() -> None:
    assert resolve(spec(pais="", meios_expedientes=["24/12"]), 2026, 2026).holidays == {}


def test_the_optional_days_are_those_of_the_package_holidays() -> None:
    known = holidays.country_holidays("BR", years=range(2000, 2050), language="pt_BR", categories=("optional",))
    assert set(known.values()) == set(OPTIONAL_DAYS)


@pytest.mark.parametrize("language", ["C.UTF-8", "en_US.UTF-8", "pt_BR.UTF-8"])
def test_names_are_portuguese_with_any_locale(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANG", "LANGUAGE", "LC_ALL"):
        monkeypatch.setenv(variable, language)
    assert resolve(spec(), 2026, 2026).holidays[date(2026, 1, 1)] == "Confraternização Universal"


def test_two_holidays_on_one_day_keep_both_names() -> None:
    assert "Sexta-feira Santa; Tiradentes" in resolve(spec(), 2000, 2000).holidays.values()


# National holidays only: the vectors of the counting rules, by the shipped legal calendar.
@pytest.mark.parametrize(
    ("start", "n", "count", "end"),
    [
        ("2026-11-18", 7, DayCount.BUSINESS_AFTER, "2026-11-30"),
        ("2026-11-20", 10, DayCount.BUSINESS_AFTER, "2026-12-04"),
        ("2026-10-09", 5, DayCount.BUSINESS_AFTER, "2026-10-19"),
        ("2026-12-23", 7, DayCount.BUSINESS_AFTER, "2027-01-05"),
        ("2026-12-23", 7, DayCount.BUSINESS_FROM, "2027-01-04"),
        ("2026-11-13", 7, DayCount.CALENDAR_ROLL, "2026-11-23"),
        ("2026-03-26", 7, DayCount.BUSINESS_AFTER, "2026-04-07"),
    ],
)
def test_terms_in_days_count_on_the_legal_calendar(start: str, n: int, count: DayCount, end: str) -> None:
    legal = legal_spec("America/Sao_Paulo", None)
    calendar = build(legal, resolve(legal, 2026, 2027))
    assert calendar.add_days(date.fromisoformat(start), n, count).isoformat() == end


def test_the_legal_calendar_takes_optional_days_and_those_of_the_town() -> None:
    legal = legal_spec("America/Recife", "PE", {date(2026, 7, 16): "Nossa Senhora do Carmo"}, ["Carnaval"])
    calendar = build(legal, resolve(legal, 2026, 2026))
    closed = [date(2026, 2, 16), date(2026, 7, 16), date(2026, 3, 6), date(2026, 5, 9)]
    assert not any(calendar.is_business_day(day) for day in closed)
    assert calendar.is_business_day(date(2026, 6, 4))

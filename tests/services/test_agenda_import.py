"""Hours come from a CSV by its map, and from iCalendar files with rules, exceptions and zones."""

from datetime import date
from pathlib import Path

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import agenda, agenda_import, bookings, providers
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts.refusals import in_file
from tests.an_agenda import furnish
from tests.living import NOW

MAP = """nome = "Agenda da rede"
[colunas]
profissional = "Médico"
registro = "CRM"
especialidade = "Especialidade"
local = "Clínica"
cidade = "Cidade"
uf = "UF"
horas = "Horário"
vaga = "Minutos"
chave = "Id"
"""
HEAD = "Id;Médico;CRM;Especialidade;Clínica;Cidade;UF;Horário;Minutos\n"
LINES = (
    "1;Bia Rocha;CRM SP 1.234;Cardiologia;Clínica Praia;Santos;SP;seg, qua 8-12 13-17;20\n"
    "2;Bia Rocha;CRM SP 1.234;Pediatria;Clínica Nova;Campinas;SP;sex 8-12;30\n"
    "3;Caio [b]Reis[/];;Cardiologia;Clínica Praia;Santos;SP;=1+1;30\n"
    "4;Davi Melo;99;Cardiologia;Clínica Praia;Santos;SP;ter 8-12;30\n"
    "5;Enzo Lira;;Cardiologia;Clínica Praia;Santos\n"
)

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//PT
BEGIN:VEVENT
UID:plantao@rede
DTSTAMP:20260101T000000Z
SUMMARY:Consultas
DTSTART;TZID=America/Sao_Paulo:20260302T080000
DTEND;TZID=America/Sao_Paulo:20260302T120000
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260401T110000Z
EXDATE;TZID=America/Sao_Paulo:20260309T080000
RDATE;TZID=America/Sao_Paulo:20260310T080000
END:VEVENT
BEGIN:VEVENT
UID:plantao@rede
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=America/Sao_Paulo:20260311T080000
DTSTART;TZID=America/Sao_Paulo:20260312T140000
DURATION:PT2H
END:VEVENT
BEGIN:VEVENT
UID:plantao@rede
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=America/Sao_Paulo:20260316T080000
DTSTART;TZID=America/Sao_Paulo:20260316T080000
DURATION:PT2H
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:dia-inteiro@rede
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260302
END:VEVENT
BEGIN:VEVENT
UID:hora-a-hora@rede
DTSTAMP:20260101T000000Z
DTSTART:20260302T080000
DTEND:20260302T090000
RRULE:FREQ=HOURLY
END:VEVENT
BEGIN:VEVENT
UID:manaus@rede
DTSTAMP:20260101T000000Z
DTSTART;TZID=America/Manaus:20260305T080000
DTEND;TZID=America/Manaus:20260305T090000
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    furnish(desk)
    return desk


def of_list(
    desk: Desk, folder: Path, lines: str, *, trial: bool = False
) -> tuple[int, int, int, list[tuple[int, str]]]:
    file, map_file = folder / "agenda.csv", folder / "agenda.toml"
    file.write_text(HEAD + lines, "utf-8")
    map_file.write_text(MAP, "utf-8")
    done = agenda_import.import_agenda(desk, file, map_file, NOW, lambda *_: None, trial=trial)
    return done.new, done.changed, done.same, [(number, problem.code) for number, problem in done.problems]


def test_a_list_makes_what_is_missing_and_names_wrong_lines(furnished: Desk, tmp_path: Path) -> None:
    wrong = [(4, "horario_invalido"), (5, "campo_invalido_conselho"), (6, "linha_incompleta")]
    before = providers.supply(furnished)
    assert of_list(furnished, tmp_path, LINES, trial=True) == (2, 0, 0, wrong)
    assert providers.supply(furnished) == before
    assert of_list(furnished, tmp_path, LINES) == (2, 0, 0, wrong)
    known = providers.supply(furnished)
    [bia] = known.providers.values()
    assert (bia.registration, known.names_of(bia.specialties)) == ("CRM/SP 1234", "Cardiologia, Pediatria")
    assert "Campinas" in {each.city for each in known.sites.values()}
    hours = providers.view(furnished, "CRM/SP 1234", NOW).hours
    assert [(each.of.rule[-5:], each.of.starts, each.of.slot_minutes) for each in hours] == [
        *(("MO,WE", 480, 20), ("MO,WE", 780, 20), ("AY=FR", 480, 30)),
    ]
    assert of_list(furnished, tmp_path, LINES) == (0, 0, 2, wrong)


def test_a_line_that_has_changed_in_the_source_is_changed(furnished: Desk, tmp_path: Path) -> None:
    of_list(furnished, tmp_path, LINES)
    assert of_list(furnished, tmp_path, LINES.replace("sex 8-12;30", "sex 8-11;30"))[:3] == (0, 1, 1)
    assert len(providers.view(furnished, "Bia Rocha", NOW).hours) == 3
    shorter = LINES.replace("seg, qua 8-12 13-17", "seg, qua 13-17")
    assert of_list(furnished, tmp_path, shorter)[:3] == (0, 2, 0)
    [afternoon, other] = [each for each in providers.view(furnished, "Bia Rocha", NOW).hours if each.is_active]
    assert ((afternoon.of.starts, afternoon.of.ends), other.of.ends) == ((780, 1020), 720)
    assert of_list(furnished, tmp_path, shorter)[:3] == (0, 0, 2)


def test_new_hours_that_a_later_import_cannot_replace_are_counted(furnished: Desk, tmp_path: Path) -> None:
    file, with_keys, without = (tmp_path / name for name in ("agenda.csv", "com.toml", "sem.toml"))
    file.write_text(HEAD + ";" + LINES.partition(";")[2], "utf-8")  # the first line has no key
    with_keys.write_text(MAP, "utf-8")
    without.write_text(MAP.replace('chave = "Id"\n', ""), "utf-8")

    def unkeyed(map_file: Path, *, trial: bool = False) -> int:
        return agenda_import.import_agenda(furnished, file, map_file, NOW, lambda *_: None, trial=trial).unkeyed

    assert (unkeyed(with_keys, trial=True), unkeyed(without, trial=True)) == (1, 2)
    assert (unkeyed(without), unkeyed(without)) == (2, 0)


def calendar(desk: Desk, folder: Path, content: str = EVENTS) -> tuple[int, int, int, list[tuple[int, str]]]:
    file = folder / "agenda.ics"
    file.write_text(content.replace("\n", "\r\n"), "utf-8")
    done = agenda_import.import_calendar(desk, file, NOW, provider="Bia Rocha", site="Clínica Centro", slot="60")
    return done.new, done.changed, done.same, [(number, problem.code) for number, problem in done.problems]


def test_an_icalendar_file_has_rules_exceptions_and_zones(furnished: Desk, tmp_path: Path) -> None:
    providers.add(furnished, providers.PROVIDER, {"name": "Bia Rocha", "specialties": "Cardiologia"}, NOW)
    wrong = [(4, "ics_sem_hora"), (5, "recorrencia_no_dia")]
    assert calendar(furnished, tmp_path) == (3, 0, 0, wrong)
    [weekly, moved, manaus] = [each.of for each in providers.view(furnished, "Bia Rocha", NOW).hours]
    assert (weekly.rule, weekly.first, weekly.until) == ("FREQ=WEEKLY;BYDAY=MO,WE", date(2026, 3, 2), date(2026, 4, 1))
    assert weekly.left_out == {date(2026, 3, day) for day in (9, 11, 16)}
    assert weekly.added == {date(2026, 3, 10)}
    assert (moved.rule, moved.first, moved.starts, moved.ends) == ("", date(2026, 3, 12), 14 * 60, 16 * 60)
    assert manaus.zone.key == "America/Manaus"
    assert calendar(furnished, tmp_path) == (0, 0, 3, wrong)
    assert calendar(furnished, tmp_path, EVENTS.replace("T120000", "T110000"))[:3] == (0, 1, 2)


def test_an_event_that_is_left_out_is_named_by_its_title_or_uid(furnished: Desk, tmp_path: Path) -> None:
    providers.add(furnished, providers.PROVIDER, {"name": "Bia Rocha", "specialties": "Cardiologia"}, NOW)
    file = tmp_path / "agenda.ics"
    file.write_text(EVENTS.replace("UID:hora-a-hora@rede", "UID:hora-a-hora@rede\nSUMMARY:Retornos"), "utf-8")
    done = agenda_import.import_calendar(furnished, file, NOW, provider="Bia Rocha", site="Clínica Centro", slot="240")
    told = [in_file(number, *problem).partition(":")[0] for number, problem in done.problems]
    left_out = {2: "plantao@rede", 4: "dia-inteiro@rede", 5: "Retornos", 6: "manaus@rede"}
    assert told == [f"evento {number}, “{title}”" for number, title in left_out.items()]


@pytest.mark.parametrize("content", ["", "isto não é um calendário\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"])
def test_what_is_no_calendar_is_refused(furnished: Desk, tmp_path: Path, content: str) -> None:
    providers.add(furnished, providers.PROVIDER, {"name": "Bia Rocha", "specialties": "Cardiologia"}, NOW)
    with pytest.raises(Refused, match="ics_ilegivel"):
        calendar(furnished, tmp_path, content)


ABROAD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//PT
BEGIN:VEVENT
UID:laudos@rede
DTSTAMP:20260101T000000Z
DTSTART;TZID=America/New_York:20260306T210000
DTEND;TZID=America/New_York:20260306T230000
RRULE:FREQ=DAILY;COUNT=3
END:VEVENT
END:VCALENDAR
"""


def test_hours_of_another_zone_are_looked_up_and_booked_by_the_day_and_hour_of_the_site(
    furnished: Desk, tmp_path: Path
) -> None:
    """New York is two hours before São Paulo until 8 March 2026, then one."""
    providers.add(furnished, providers.PROVIDER, {"name": "Bia Rocha", "specialties": "Cardiologia"}, NOW)
    assert calendar(furnished, tmp_path, ABROAD)[0] == 1
    page = agenda.lookup(furnished, AgendaFilter(), NOW)
    found = [(each.day, slot) for each in page.days for slot in each.slots]
    assert [f"{slot.starts_at:%d %H:%M}" for _, slot in found] == [
        *("06 23:00", "07 00:00", "07 23:00", "08 00:00", "08 22:00", "08 23:00"),
    ]
    assert [day for day, slot in found if day != slot.starts_at.date()] == []
    assert found[1][1].key.code == "1.1.1@2026-03-07T00:00-03:00"
    held = bookings.hold(furnished, HoldAsked(found[1][1].key), NOW)
    later = agenda.lookup(furnished, AgendaFilter(since=date(2026, 3, 7)), NOW)
    assert [f"{slot.starts_at:%d %H:%M}" for each in later.days for slot in each.slots][:1] == ["07 23:00"]
    assert bookings.release(furnished, held.token)

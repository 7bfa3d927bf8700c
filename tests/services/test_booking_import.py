"""Bookings that were made in the operator's app come in by a list: facts, of which none is dropped."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui import outputs
from atendimento_tui.contracts.bookings import BookingRow, HoldAsked
from atendimento_tui.contracts.imported_bookings import BookingImport
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories.bookings import occupied_by
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.bookings import BENEFICIARY, HELD_FOR, PROVIDER, BookingState, SlotKey, instant_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import booking_stream
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import agenda as agenda_service
from atendimento_tui.services import appointments, availability, bookings, imported_bookings, privacy, providers
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.booking_import import import_bookings
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.proof import prove
from tests.an_agenda import doctor, furnish
from tests.databases import Databases
from tests.living import ANA, NOW, audited, rows
from tests.services.test_processes import ProcessTicket, local

MAP = """nome = "Aplicativo"
[colunas]
chave = "id"
profissional = "medico"
local = "clinica"
especialidade = "especialidade"
inicio = "inicio"
fim = "fim"
minutos = "minutos"
cpf = "cpf"
nome = "paciente"
canal = "canal"
situacao = "status"
[situacoes]
confirmada = "agendado"
cancelada = "cancelado"
"""
HEAD = "id;medico;clinica;especialidade;inicio;fim;minutos;cpf;paciente;canal;status\n"
CPF, OTHER = "529.982.247-25", "111.444.777-35"
MONDAY = datetime(2026, 3, 9, 11, tzinfo=UTC)
"""8:00 in São Paulo, a week ahead."""


def line(
    key: str = "a1",
    at: str = "09/03/2026 08:00",
    *,
    who: str = "Bia Rocha",
    site: str = "Clínica Centro",
    minutes: str = "30",
    cpf: str = "",
    name: str = "Otávio Reis",
    status: str = "confirmada",
) -> str:
    return f"{key};{who};{site};;{at};;{minutes};{cpf};{name};;{status}\n"


@pytest.fixture
def agenda(desk: Desk) -> Desk:
    """One cardiologist, Monday to Friday 8h to 10h, of thirty minutes."""
    furnish(desk)
    doctor(desk, "Bia Rocha")
    return desk


def imported(desk: Desk, folder: Path, *lines: str, trial: bool = False, now: datetime = NOW) -> BookingImport:
    """Import lines; the trial before it changes nothing, and says what the import then does."""
    file, map_file = folder / "app.csv", folder / "app.toml"
    file.write_text(HEAD + "".join(lines), "utf-8")
    map_file.write_text(MAP, "utf-8")
    before = states(desk)
    foreseen = import_bookings(desk, file, map_file, now, lambda *_: None, trial=True)
    assert states(desk) == before
    if trial:
        return foreseen
    report = import_bookings(desk, file, map_file, now, lambda *_: None)
    assert foreseen == report
    assert_whole(desk)
    return report


def counts(report: BookingImport) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.same, report.conflicts, report.closed


def problems(report: BookingImport) -> list[tuple[int, str]]:
    return [(number, each.code) for number, each in report.problems]


def states(desk: Desk) -> list[tuple[object, ...]]:
    return rows(desk, "SELECT state, place, name FROM booking ORDER BY id")


def of_day(desk: Desk, day: datetime = MONDAY) -> list[BookingRow]:
    return bookings.day(desk, day.date())


def assert_whole(desk: Desk) -> None:
    """Each booking that occupies has all its quanta at its place, and no other one has any."""
    with reading(desk.engine) as connection:
        for (number,) in rows(desk, "SELECT id FROM booking"):
            one = queries.booking(connection, int(str(number)))
            assert one
            occupied = occupied_by(connection, one.id)
            quanta = {at for _, _, _, at in occupied}
            if one.state not in (BookingState.HELD, BookingState.BOOKED, BookingState.ARRIVED, BookingState.MISSED):
                assert quanta == set()
                continue
            wanted = {(PROVIDER, one.provider_id, one.place, at) for at in quanta}
            if one.beneficiary is not None:
                wanted |= {(BENEFICIARY, one.beneficiary, one.beneficiary_place, at) for at in quanta}
            assert occupied == wanted
            assert instant_of(min(quanta)) <= one.starts_at < instant_of(min(quanta)) + timedelta(minutes=5)
            assert instant_of(max(quanta)) < one.ends_at <= instant_of(max(quanta)) + timedelta(minutes=5)
            assert len(quanta) == max(quanta) - min(quanta) + 1


def test_a_list_comes_in_once_and_changes_are_changed_with_their_history(agenda: Desk, tmp_path: Path) -> None:
    person = add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF).id
    lines = (line("a1", cpf=CPF), line("a2", "2026-03-09T09:00-03:00"))
    assert counts(imported(agenda, tmp_path, *lines, trial=True)) == (2, 0, 0, 0, 0)
    assert states(agenda) == []
    assert counts(imported(agenda, tmp_path, *lines)) == (2, 0, 0, 0, 0)
    assert counts(imported(agenda, tmp_path, *lines)) == (0, 0, 2, 0, 0)
    first, second = of_day(agenda)
    assert (first.starts_at, first.name, first.beneficiary, first.channel) == (
        *(MONDAY, "Zulmira Quaresma", person),
        "aplicativo",
    )
    assert (second.local.hour, second.name, second.specialty) == (9, "Otávio Reis", "Cardiologia")
    moved = line("a1", "10/03/2026 08:30", cpf=CPF)
    assert counts(imported(agenda, tmp_path, moved, lines[1])) == (0, 1, 1, 0, 0)
    assert states(agenda) == [("moved", 1, ""), ("booked", 1, "Otávio Reis"), ("booked", 1, "")]
    ids = [int(str(number)) for (number,) in rows(agenda, "SELECT id FROM booking ORDER BY id")]
    assert rows(agenda, "SELECT moved_from FROM booking WHERE moved_from IS NOT NULL") == [(ids[0],)]
    gone = moved.replace("confirmada", "CANCELADA")
    assert counts(imported(agenda, tmp_path, gone)) == (0, 1, 0, 0, 0)
    assert counts(imported(agenda, tmp_path, gone)) == (0, 0, 1, 0, 0)
    assert counts(imported(agenda, tmp_path, moved)) == (1, 0, 0, 0, 0)
    assert [each[0] for each in states(agenda)] == ["moved", "booked", "cancelled", "booked"]
    with reading(agenda.engine) as connection:
        kinds = [[each.kind for each in events_of(connection, booking_stream(number))] for number in (ids[0], ids[2])]
    assert kinds == [["importado", "remarcado"], ["importado", "cancelado"]]
    assert not prove(agenda).faults


def test_a_freed_time_is_offered_again(agenda: Desk, tmp_path: Path) -> None:
    imported(agenda, tmp_path, line())
    asked = HoldAsked(SlotKey(1, 1, 1, MONDAY.astimezone(agenda.zone)))
    with pytest.raises(Refused, match="vaga_ocupada"):
        bookings.hold(agenda, asked, NOW)
    imported(agenda, tmp_path, line(status="cancelada"))
    bookings.hold(agenda, asked, NOW)


def test_a_taken_place_makes_a_conflict_which_is_booked_once_it_is_free(agenda: Desk, tmp_path: Path) -> None:
    lines = (line("a1"), line("a2", name="Rui Reis"))
    assert counts(imported(agenda, tmp_path, *lines)) == (2, 0, 0, 1, 0)
    assert states(agenda) == [("booked", 1, "Otávio Reis"), ("conflict", 0, "Rui Reis")]
    assert [each.state.value for each in of_day(agenda)] == ["conflict", "booked"]
    assert counts(imported(agenda, tmp_path, *lines)) == (0, 0, 2, 1, 0)
    away = line("a1", status="cancelada")
    assert counts(imported(agenda, tmp_path, away, lines[1])) == (0, 2, 0, 0, 0)
    assert states(agenda)[1] == ("booked", 1, "Rui Reis")


def test_a_beneficiary_with_another_appointment_makes_a_conflict(agenda: Desk, tmp_path: Path) -> None:
    doctor(agenda, "Íris Prado", hours="seg-sex 8:15-10:15")
    add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF)
    lines = (line("a1", cpf=CPF), line("a2", "09/03/2026 08:15", who="Íris Prado", cpf=CPF))
    assert counts(imported(agenda, tmp_path, *lines)) == (2, 0, 0, 1, 0)
    assert states(agenda) == [("booked", 1, ""), ("conflict", 1, "")]
    assert counts(imported(agenda, tmp_path, line("a1", "09/03/2026 09:00", cpf=CPF), lines[1])) == (0, 2, 0, 0, 0)


def test_a_trial_sees_what_the_lines_before_take_and_leave(agenda: Desk, tmp_path: Path) -> None:
    doctor(agenda, "Íris Prado", hours="seg-sex 8:15-10:15")
    add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF)
    imported(agenda, tmp_path, line("a1"), line("a2", "09/03/2026 08:30"), line("a3", "09/03/2026 09:00", cpf=CPF))
    away, off = line("a1", "09/03/2026 09:30"), line("a2", "09/03/2026 08:30", status="cancelada")
    same_hour = line("b4", "09/03/2026 09:00", who="Íris Prado", cpf=CPF)
    lines = (away, off, line("b1"), line("b2", "09/03/2026 08:30"), line("b3"), same_hour)
    assert counts(imported(agenda, tmp_path, *lines)) == (4, 2, 0, 2, 0)


def test_who_is_found_in_the_register_later_is_joined_and_never_parted(agenda: Desk, tmp_path: Path) -> None:
    imported(agenda, tmp_path, line(cpf=CPF))
    assert of_day(agenda)[0].beneficiary is None
    person = add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF).id
    assert counts(imported(agenda, tmp_path, line(cpf=CPF))) == (0, 1, 0, 0, 0)
    assert (of_day(agenda)[0].beneficiary, of_day(agenda)[0].name) == (person, "Zulmira Quaresma")
    assert counts(imported(agenda, tmp_path, line())) == (0, 0, 1, 0, 0)


def test_a_booking_moves_to_a_time_that_overlaps_its_own(agenda: Desk, tmp_path: Path) -> None:
    add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF)
    imported(agenda, tmp_path, line(cpf=CPF))
    assert counts(imported(agenda, tmp_path, line(minutes="60", cpf=CPF))) == (0, 1, 0, 0, 0)
    assert counts(imported(agenda, tmp_path, line(at="09/03/2026 08:05", cpf=CPF))) == (0, 1, 0, 0, 0)


def test_the_lowest_place_is_taken_and_no_squeeze_in_by_itself(agenda: Desk, tmp_path: Path) -> None:
    doctor(agenda, "Íris Prado", capacity=2)
    providers.change(agenda, providers.PROVIDER, "Íris Prado", {"squeeze_ins": "1"}, NOW)
    lines = [line(f"a{number}", who="Íris Prado") for number in range(3)]
    assert counts(imported(agenda, tmp_path, *lines)) == (3, 0, 0, 1, 0)
    assert [each[:2] for each in states(agenda)] == [("booked", 1), ("booked", 2), ("conflict", 0)]


def test_a_hold_keeps_its_place_until_its_time_is_over(agenda: Desk, tmp_path: Path) -> None:
    asked = HoldAsked(SlotKey(1, 1, 1, MONDAY.astimezone(agenda.zone)))
    bookings.hold(agenda, asked, NOW)
    assert counts(imported(agenda, tmp_path, line())) == (1, 0, 0, 1, 0)
    with agenda.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE booking SET held_until = '2020-01-01 00:00:00' WHERE state = 'held'")
    assert counts(imported(agenda, tmp_path, line())) == (0, 1, 0, 0, 0)
    assert [each[0] for each in states(agenda)] == ["expired", "booked"]


@pytest.mark.parametrize(
    "at", ["09/03/2026 10:00", "08/03/2026 08:00", "09/03/2026 09:45", "07/03/2027 08:00", "09/03/2026 07:58"]
)
def test_outside_the_open_hours_it_is_kept_and_noted(agenda: Desk, tmp_path: Path, at: str) -> None:
    assert counts(imported(agenda, tmp_path, line(at=at))) == (1, 0, 0, 0, 1)
    assert rows(agenda, "SELECT booking_id FROM unplaced_booking") == [(1,)]
    assert counts(imported(agenda, tmp_path, line(at=at))) == (0, 0, 1, 0, 0)
    assert counts(imported(agenda, tmp_path, line(at=at), line("a2", at))) == (1, 0, 1, 1, 0)


def test_beyond_what_is_kept_the_hours_are_computed(agenda: Desk, tmp_path: Path) -> None:
    doctor(agenda, "Íris Prado", capacity=2)
    lines = [line(f"a{number}", "08/03/2027 08:00", who="Íris Prado") for number in range(3)]
    assert counts(imported(agenda, tmp_path, *lines)) == (3, 0, 0, 1, 0)


def test_hours_that_open_later_place_it(agenda: Desk, tmp_path: Path) -> None:
    imported(agenda, tmp_path, line(at="09/03/2026 14:00"))
    hours = {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "seg 14-16", "slot": "30"}
    availability.add_hours(agenda, hours, NOW)
    assert rows(agenda, "SELECT 1 FROM unplaced_booking") == []


def test_an_agenda_that_is_kept_elsewhere_is_simply_stored(agenda: Desk, tmp_path: Path) -> None:
    providers.change(agenda, providers.PROVIDER, "Bia Rocha", {"master": "não"}, NOW)
    lines = (line("a1"), line("a2", minutes="10"), line("a3", "08/03/2026 22:07"))
    assert counts(imported(agenda, tmp_path, *lines)) == (3, 0, 0, 0, 0)
    assert [each[:2] for each in states(agenda)] == [("booked", 1), ("booked", 2), ("booked", 1)]


def test_an_arrival_is_noted_and_not_taken_back(agenda: Desk, tmp_path: Path) -> None:
    past = "27/02/2026 08:00"
    assert counts(imported(agenda, tmp_path, line(at=past, status="compareceu"))) == (1, 0, 0, 0, 0)
    assert counts(imported(agenda, tmp_path, line(at=past))) == (0, 0, 1, 0, 0)
    assert counts(imported(agenda, tmp_path, line(at=past, status="faltou"))) == (0, 1, 0, 0, 0)
    assert problems(imported(agenda, tmp_path, line(at=past, status="cancelada"))) == [(2, "agendamento_estado")]
    assert problems(imported(agenda, tmp_path, line("a2", status="compareceu"))) == [(2, "agendamento_ainda_nao")]


def test_a_wrong_line_is_named_and_loses_nothing_else(agenda: Desk, tmp_path: Path) -> None:
    wrong = {
        line("", name="x"): "campo_vazio",
        line("b1", who="Davi Melo"): "oferta_sem_nome",
        line("b2", site="Clínica [b]Nova[/]"): "oferta_sem_nome",
        line("b3", "ontem"): "agendamento_instante",
        line("b4", "0001-01-01T00:00"): "agendamento_instante",
        line("b5", "2026-03-09"): "agendamento_instante",
        line("b6", minutes=""): "agendamento_sem_fim",
        line("b7", minutes="=1+1"): "agendamento_sem_fim",
        line("b8", minutes="0"): "agendamento_duracao",
        line("b9", minutes="1441"): "agendamento_duracao",
        line("c1", minutes="٣٠"): "agendamento_sem_fim",
        line("c2", cpf="111.111.111-11"): "campo_invalido_cpf",
        line("c3", status="talvez"): "agendamento_situacao",
        line("c4", name="x" * 121): "oferta_texto_longo",
        line("a1"): "agendamento_repetido",
        "só um campo\n": "linha_incompleta",
        line("c5").replace(";;30", ";07:00;"): "agendamento_duracao",
        line("c6").replace(";;;09", ";Astrologia;09").replace(";;09", ";Astrologia;09"): "oferta_sem_nome",
    }
    report = imported(agenda, tmp_path, line("a1"), *wrong, line("z9", "09/03/2026 09:30"))
    assert problems(report) == [(number, code) for number, code in enumerate(wrong.values(), start=3)]
    assert counts(report) == (2, 0, 0, 0, 0)


def test_what_people_write_is_text_and_nothing_else(agenda: Desk, tmp_path: Path) -> None:
    names = ("=HYPERLINK(1)", "Zé\x00\x1b[31m [b]Só[/]", "x') DROP TABLE booking --", "\u202eoãoJ")
    lines = [
        line(f"k{number}'\x00", f"09/03/2026 {8 + number // 2:02}:{number % 2 * 30:02}", name=name)
        for number, name in enumerate(names)
    ]
    assert counts(imported(agenda, tmp_path, *lines)) == (4, 0, 0, 0, 0)
    assert [each[2] for each in states(agenda)] == ["=HYPERLINK(1)", "Zé[31m [b]Só[/]", *names[2:]]
    assert counts(imported(agenda, tmp_path, *lines)) == (0, 0, 4, 0, 0)


def test_other_encodings_ends_and_forms_are_read(agenda: Desk, tmp_path: Path) -> None:
    file, map_file = tmp_path / "app.csv.gz", tmp_path / "app.toml"
    lines = (
        "id,medico,clinica,inicio,fim",
        "a1,Bia Rocha,Clínica Centro,2026-03-09 08:00,08:30",
        "a2,Bia Rocha,Clínica Centro,2026-03-09T12:00:00Z,2026-03-09T12:30Z",
    )
    file.write_bytes(gzip.compress("\r\n".join(lines).encode("cp1252")))
    columns = 'chave = "ID"\nprofissional = "Médico"\nlocal = "Clínica"\ninicio = "Início"\nfim = "fim"\n'
    map_file.write_text(f'nome = "App"\ncanal = "portal"\n[colunas]\n{columns}', "utf-8")
    report = import_bookings(agenda, file, map_file, NOW, lambda *_: None)
    assert (counts(report), problems(report)) == ((2, 0, 0, 0, 0), [])
    assert [(f"{each.local:%H:%M}", each.channel) for each in of_day(agenda)] == [
        ("08:00", "portal"),
        ("09:00", "portal"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (MAP.replace('fim = "fim"\nminutos = "minutos"\n', ""), "mapa_sem_fim"),
        (MAP.replace('"cancelado"', '"sumiu"'), "mapa_invalido"),
        (MAP.replace('chave = "id"\n', ""), "mapa_invalido"),
        (MAP.replace('"cpf"', '"CPF do app"'), "colunas_faltando"),
    ],
)
def test_a_wrong_map_writes_nothing(agenda: Desk, tmp_path: Path, text: str, code: str) -> None:
    file, map_file = tmp_path / "app.csv", tmp_path / "app.toml"
    file.write_text(HEAD + line(), "utf-8")
    map_file.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        import_bookings(agenda, file, map_file, NOW, lambda *_: None)
    assert (refused.value.code, states(agenda)) == (code, [])


def test_conflicts_and_closed_times_are_listed_and_told_apart(agenda: Desk, tmp_path: Path) -> None:
    add_beneficiary(agenda, NOW, name="Zulmira Quaresma", cpf=CPF, phone="(11) 98765-4321")
    doctor(agenda, "Íris Prado", "Cardiologia, Acupuntura")
    lines = (
        *(line("a1", cpf=CPF), line("a2", name=""), line("a3", "09/03/2026 20:00", name="Rui Reis")),
        *(line("a4", who="Íris Prado", cpf=CPF), line("a5", "02/03/2026 08:00"), line("a6", "02/03/2026 08:00")),
    )
    assert counts(imported(agenda, tmp_path, *lines)) == (6, 0, 0, 3, 1)
    taken, busy, closed = agenda_service.to_move(agenda, NOW)
    assert [each.why.value for each in (taken, busy, closed)] == ["taken", "busy", "closed"]
    line_of_taken, told_taken = outputs.providers.unplaced_lines(taken)
    assert line_of_taken.startswith(
        "seg 09/03/2026 08:00 · (nome não informado) · Bia Rocha, Clínica Centro · conflito: o "
    )
    assert line_of_taken.endswith(f"  aplicativo  nº {taken.booking}")
    assert told_taken.startswith("  Olá. O seu atendimento de Cardiologia com Bia Rocha, em seg 09/03/2026 08:00, ")
    assert told_taken.endswith("o melhor dia e período.")
    line_of_busy, told_busy = outputs.providers.unplaced_lines(busy)
    assert "conflito: a pessoa já tem consulta nessa hora  aplicativo  +5511987654321  nº" in line_of_busy
    assert told_busy.startswith("  Olá, Zulmira Quaresma. O seu atendimento com Íris Prado, em ")
    assert "horário fechado" in outputs.providers.unplaced_line(closed)
    as_json = outputs.providers.unplaced_as_json(busy)
    assert (as_json["numero"], as_json["conflito"], as_json["protocolo"]) == (busy.booking, True, None)


def test_only_who_keeps_the_desk_imports(agenda: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="papel_nao_pode"):
        imported(agenda.acting_as(Actor(ANA, Role.ATTENDANT)), tmp_path, line())


# What the desk does with them.


@pytest.fixture
def counter(desk: Desk, tmp_path: Path) -> ProcessTicket:
    """Friday, 10 April: one conflict of Zulmira, one booking of nobody known, both on Monday at eight."""
    life = ProcessTicket(desk, local(10, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", now=life.now)
    add_beneficiary(desk, life.now, name="Zulmira Quaresma", cpf=OTHER)
    lines = (line("a1", "13/04/2026 08:00"), line("a2", "13/04/2026 08:00", cpf=OTHER))
    imported(desk, tmp_path, *lines, now=life.now)
    return life.open("agendamento", Severity.MEDIUM, especialidade="Cardiologia", motivo="Dor")


ANSWERS = {"aviso": "lida", "encaixe": "", "segunda": ""}


def numbers(counter: ProcessTicket) -> list[int]:
    return [
        int(str(number)) for (number,) in rows(counter.desk, "SELECT id FROM booking WHERE source <> '' ORDER BY id")
    ]


def move(counter: ProcessTicket, number: int, at: datetime) -> None:
    code = SlotKey(1, 1, 1, at).code
    appointments.book_code(counter.desk, counter.order(), code, ANSWERS, instead_of=number)


def test_one_is_moved_by_a_ticket_and_its_line_changes_nothing_more(counter: ProcessTicket, tmp_path: Path) -> None:
    booking, _ = numbers(counter)
    move(counter, booking, local(13, 8, 15 * 2))
    assert [each[:2] for each in states(counter.desk)] == [("moved", 1), ("conflict", 0), ("booked", 1)]
    person = rows(counter.desk, "SELECT beneficiary_id FROM ticket")
    assert rows(counter.desk, "SELECT beneficiary_id FROM booking WHERE state <> 'conflict'") == person * 2
    assert_whole(counter.desk)
    lines = [line("a1", at) for at in ("13/04/2026 08:00", "13/04/2026 08:30", "14/04/2026 08:00")]
    reports = [imported(counter.desk, tmp_path, each, now=counter.now) for each in lines]
    assert [counts(each)[2] for each in reports] == [1, 1, 0]
    assert problems(reports[2]) == [(2, "agendamento_remarcado_aqui")]
    gone = imported(counter.desk, tmp_path, line("a1", status="cancelada"), now=counter.now)
    assert counts(gone) == (0, 0, 1, 0, 0)


def test_one_of_somebody_else_is_not_moved_and_the_slot_is_free_again(counter: ProcessTicket) -> None:
    _, conflict = numbers(counter)
    with pytest.raises(Refused, match="importado_de_outro"):
        move(counter, conflict, local(14, 8))
    assert [each[0] for each in states(counter.desk)] == ["booked", "conflict", "cancelled"]
    assert counter.step == "Procurar vaga"
    assert_whole(counter.desk)


def test_its_own_time_is_no_obstacle(counter: ProcessTicket, tmp_path: Path) -> None:
    """The beneficiary of the ticket has the imported one at an overlapping time."""
    doctor(counter.desk, "Íris Prado", hours="seg-sex 8:15-10:15", now=counter.now)
    imported(counter.desk, tmp_path, line("a1", "13/04/2026 08:00", cpf=CPF), now=counter.now)
    code = SlotKey(2, 1, 1, local(13, 8, 15)).code
    appointments.book_code(counter.desk, counter.order(), code, ANSWERS, instead_of=numbers(counter)[0])
    assert [each[0] for each in states(counter.desk)] == ["moved", "conflict", "booked"]
    assert_whole(counter.desk)


def test_one_is_cancelled_with_a_reason_and_stays_so(counter: ProcessTicket, tmp_path: Path) -> None:
    booking, conflict = numbers(counter)
    for number, reason, code in ((conflict, "  ", "importado_sem_motivo"), (99, "x", "importado_sem_numero")):
        with pytest.raises(Refused, match=code):
            imported_bookings.cancel(counter.desk, number, reason, counter.now)
    imported_bookings.cancel(counter.desk, conflict, "Não vem", counter.now)
    imported_bookings.cancel(counter.desk, booking, "Não vem", counter.now)
    assert rows(counter.desk, "SELECT state, reason FROM booking") == [("cancelled", "Não vem")] * 2
    assert_whole(counter.desk)
    with pytest.raises(Refused, match="agendamento_estado"):
        imported_bookings.cancel(counter.desk, booking, "Não vem", counter.now)
    again = imported(counter.desk, tmp_path, line("a1", "13/04/2026 08:00"), now=counter.now)
    assert counts(again) == (0, 0, 1, 0, 0)
    later = imported(counter.desk, tmp_path, line("a1", "14/04/2026 08:00"), now=counter.now)
    assert counts(later) == (1, 0, 0, 0, 0)
    assert not prove(counter.desk).faults


def test_of_its_person_it_is_exported_and_erased_and_stays_so(counter: ProcessTicket, tmp_path: Path) -> None:
    _, conflict = numbers(counter)
    imported_bookings.cancel(counter.desk, conflict, "A irmã telefonou", counter.now)
    [(person,)] = rows(counter.desk, "SELECT id FROM beneficiary WHERE name LIKE 'Zulmira%'")
    about = int(str(person))
    data = privacy.export_person(counter.desk, about, "pedido da própria pessoa", counter.now)
    assert [(each.state.value, each.reason) for each in data.bookings] == [("cancelled", "A irmã telefonou")]
    assert privacy.erasure(counter.desk, about, counter.now).rows["booking"] == 1
    privacy.anonymise(counter.desk, about, "pedido da própria pessoa", counter.now)
    before = states(counter.desk)
    for again in (line("a2", "13/04/2026 08:00", cpf=OTHER), line("a2", "14/04/2026 09:00", name="Zulmira Quaresma")):
        assert counts(imported(counter.desk, tmp_path, again, now=counter.now)) == (0, 0, 1, 0, 0)
    assert states(counter.desk) == before == [("booked", 1, "Otávio Reis"), ("cancelled", 0, "")]
    assert rows(counter.desk, "SELECT 1 FROM booking WHERE reason <> ''") == []
    assert not prove(counter.desk).faults


def test_one_that_has_a_ticket_is_not_cancelled_by_its_number(counter: ProcessTicket) -> None:
    move(counter, numbers(counter)[0], local(14, 8))
    [(own,)] = rows(counter.desk, "SELECT id FROM booking WHERE ticket_id IS NOT NULL")
    with pytest.raises(Refused, match="importado_sem_numero"):
        imported_bookings.cancel(counter.desk, int(str(own)), "x", counter.now)


# Any sequence of lists, holds and bookings.

_AT = ("08:00", "08:15", "08:30", "09:45", "14:00")
_LINES = st.builds(
    lambda key, at, minutes, cpf, who, status: line(
        f"k{key}", f"09/03/2026 {at}", minutes=minutes, cpf=cpf, who=who, status=status
    ),
    st.integers(0, 4),
    st.sampled_from(_AT),
    st.sampled_from(("15", "30", "67")),
    st.sampled_from(("", CPF, OTHER)),
    st.sampled_from(("Bia Rocha", "Íris Prado", "Ninguém")),
    st.sampled_from(("confirmada", "confirmada", "cancelada")),
)
_DONE = st.one_of(st.lists(_LINES, max_size=6), st.tuples(st.integers(1, 2), st.sampled_from(_AT[:3]), st.booleans()))


@pytest.fixture(scope="module")
def of_two(databases: Databases) -> Iterator[str]:
    """A database with two professionals and two people, to be copied."""
    database = databases.copy()
    with open_desk(database, NOW) as desk:
        furnish(desk)
        doctor(desk, "Bia Rocha")
        doctor(desk, "Íris Prado", capacity=2)
        for cpf in (CPF, OTHER):
            add_beneficiary(desk, NOW, name="Ana Reis", cpf=cpf)
    yield database
    databases.drop(database)


@given(done=st.lists(_DONE, min_size=1, max_size=6))
def test_no_line_is_lost_and_no_two_bookings_share_a_place(
    databases: Databases,
    of_two: str,
    tmp_path_factory: pytest.TempPathFactory,
    done: list[list[str] | tuple[int, str, bool]],
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    with databases.copied(of_two) as database, audited(database) as desk:
        people = [number for (number,) in rows(desk, "SELECT id FROM beneficiary ORDER BY id")]
        for each in done:
            if isinstance(each, tuple):
                provider, at, is_over = each
                hour, minute = map(int, at.split(":"))
                slot = SlotKey(provider, 1, 1, datetime(2026, 3, 9, hour, minute, tzinfo=desk.zone))
                clock = NOW - timedelta(days=9) if is_over else None
                try:
                    bookings.hold(desk, HoldAsked(slot, people[provider - 1], held_for=HELD_FOR), NOW, clock=clock)
                except Refused:
                    assert_whole(desk)
                continue
            report = imported(desk, folder, *each)
            wrong = {number for number, _ in report.problems}
            assert report.new + report.changed + report.same + len(wrong) == len(each)
            stored = {key for (key,) in rows(desk, "SELECT source_key FROM booking WHERE source <> ''")}
            assert {own.partition(";")[0] for number, own in enumerate(each, 2) if number not in wrong} <= stored

"""Import of a history: a log with all kinds of errors, compared with an independent computation."""

import csv
import gzip
import tomllib
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.history import ImportReport
from atendimento_tui.data import sorted_log
from atendimento_tui.data.engine import DatabaseUnavailable
from atendimento_tui.data.logs import Limits, Line, read_log, read_map
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.sorted_log import SortedLog
from atendimento_tui.domain.history import LoggedEvent, Meaning
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import ClockKind, State
from atendimento_tui.services import history, queue
from atendimento_tui.services.clocks import HEADER, export_deadlines
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.history import import_file, import_history
from atendimento_tui.services.tickets import ticket_view
from tests.conftest import MakeDesk
from tests.full import IN_FULL, some
from tests.history_oracle import compute, differences
from tests.living import NOW, Living, audited, rows

FOLDER = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("one_salt")

LOG, MAP = FOLDER / "log.csv", FOLDER / "log.toml"
LATER = datetime(2026, 3, 27, 15, tzinfo=UTC)
BROKEN = ("A-12", "A-13", "A-14", "A-15")


def silent(_done: int, _total: int) -> None:
    """A progress callback that does nothing."""


@contextmanager
def imported(database: Path, log: Path = LOG, map_file: Path = MAP) -> Iterator[tuple[Desk, ImportReport]]:
    """The log in a desk; the desk is audited at the end."""
    report = import_file(database, log, map_file, NOW, silent)
    with audited(database) as desk:
        yield desk, report


def exported(desk: Desk, path: Path, now: datetime = LATER) -> list[dict[str, str]]:
    """The export's lines."""
    export_deadlines(desk, path, now, replace=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cases_of(log: Path) -> list[list[str]]:
    with log.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def written(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def clean_log(tmp_path: Path) -> Path:
    """The log without the cases that cannot be read."""
    return written(tmp_path / "clean.csv", [line for line in cases_of(LOG) if line[0] and line[0] not in BROKEN])


def test_every_clock_agrees_with_an_independent_computation(tmp_path: Path, clean_log: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        exported(desk, tmp_path / "prazos.csv")
    # A number that a spreadsheet would run as a formula leaves with a quote before it; it is looked at apart.
    clean = written(
        tmp_path / "quoted.csv", [[line[0].replace("=", "'=", 1), *line[1:]] for line in cases_of(clean_log)]
    )
    how = tomllib.loads(MAP.read_text("utf-8"))
    computed = compute(clean, how, LATER)
    assert {key for key in computed if key[1] > 1} == {("A-1", 2), ("A-1", 3), ("A-4", 2), ("A-8", 2)}
    assert differences(tmp_path / "prazos.csv", computed, 8 * 3600) == []


def test_an_invalid_line_is_reported_and_its_case_is_skipped(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, report):
        assert report.left_out == BROKEN
        assert report.problems == (
            (45, "instante_ilegivel"),
            (47, "linha_incompleta"),
            (50, "rotulo_fora_do_mapa"),
            (51, "linha_incompleta"),
            (52, "linha_incompleta"),
        )
        assert (report.cases, report.already_there, report.grown) == (11, 0, 0)
        assert not rows(desk, "SELECT 1 FROM ticket WHERE origin IN (?, ?, ?, ?, ?)", *BROKEN, "A-5")


def test_an_imported_ticket_keeps_every_event_with_who_and_when(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        [(ticket,)] = rows(desk, "SELECT id FROM ticket WHERE origin = 'A-6'")
        view = ticket_view(desk, LATER, ticket_id=ticket)
        assert view.imported
        assert (view.row.service, view.row.severity, view.row.subject) == ("Suporte", "alta", "Ruído à volta")
        assert view.row.state == State.DONE
        assert [(line.kind, line.text, line.actor) for line in view.history] == [
            ("registrado", "Sem par", "Ana"),
            ("registrado", "Fila", "Ana"),
            ("registrado", "Sem par", "Ana"),
            ("registrado", "Encerrado", "Ana"),
            ("registrado", "Sem par", "Ana"),
        ]
        zone = ZoneInfo("America/Sao_Paulo")
        assert view.opened_at == datetime(2026, 3, 2, 8, tzinfo=zone)
        assert view.row.protocol.startswith("20260302")
        [clock] = view.clocks
        assert clock.clock.started_at == datetime(2026, 3, 2, 12, 30, tzinfo=zone)
        assert clock.worked_s == 3 * 3600


def test_the_reason_of_a_pause_is_that_of_the_map_or_the_label(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        query = "SELECT reason FROM clock_pause p JOIN clock c ON c.id = p.clock_id JOIN ticket t ON t.id = c.ticket_id"
        actual = rows(desk, f"{query} WHERE t.origin = 'A-7' ORDER BY p.id")
        assert actual == [("aguardando o cliente",), ("Aceito+Espera - Peça",), ("em espera",)]


def test_people_of_a_log_are_identified_by_name_and_cannot_act(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        people = rows(desk, "SELECT name, role, active, origin_system FROM person")
        assert {name for name, *_ in people} == {"Ana", "Bruno", "=cmd|' /C calc'!A0"}
        assert {tuple(rest) for _, *rest in people} == {("importado", 0, "outro sistema")}
        assert desk.info().members == ()


def test_a_missing_file_becomes_a_desk_with_the_maps_hours(tmp_path: Path) -> None:
    with imported(tmp_path / "new" / "desk.db") as (desk, _):
        assert desk.unit.name == "outro sistema"
        assert desk.calendar(desk.unit.hours_calendar).is_open(datetime(2026, 3, 7, 12, 30, tzinfo=UTC))
        assert rows(desk, "SELECT DISTINCT calendar_id FROM clock") == [(desk.unit.hours_calendar,)]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, report):
        before = everything(desk)
    with imported(tmp_path / "desk.db") as (desk, again):
        assert everything(desk) == before
    assert (again.cases, again.events, again.already_there, again.grown) == (0, 0, report.cases, 0)


def test_an_interrupted_import_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "CASES_AT_ONCE", 3)

    def pulled_plug(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(tmp_path / "broken.db", LOG, MAP, NOW, pulled_plug)
    with audited(tmp_path / "broken.db") as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(5,)]  # six cases, one of them only ignored events
    with imported(tmp_path / "broken.db") as (desk, report), imported(tmp_path / "whole.db") as (other, at_once):
        assert (report.cases, report.already_there) == (at_once.cases - 5, 5)
        assert everything(desk) == everything(other)


def test_an_interrupted_case_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(tmp_path / "desk.db", written(tmp_path / "empty.csv", cases_of(LOG)[:1]), MAP, NOW, silent)
    kept = tickets.create

    def broken(*args: Any, **kwargs: Any) -> int:
        kept(*args, **kwargs)
        raise OSError("pulled")

    monkeypatch.setattr(tickets, "create", broken)
    with pytest.raises(OSError, match="pulled"):
        import_file(tmp_path / "desk.db", LOG, MAP, NOW, silent)
    with audited(tmp_path / "desk.db") as desk:
        for table in ("ticket", "event", "clock", "clock_pause"):
            assert rows(desk, f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
        assert rows(desk, "SELECT last FROM numbering") == []


def test_a_case_that_grew_is_reported_and_not_changed(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        [(ticket,)] = rows(desk, "SELECT id FROM ticket WHERE origin = 'A-2'")
        Living(desk, LATER).comment(ticket, "Vivido aqui.", actor=None)  # what is lived here is no event of the log
        before = everything(desk)
        more = cases_of(LOG)
        more.append(["A-2", "Aceito+Em curso", "2026-03-20T09:00:00", "Ana", "x", "TI"])
        report = import_history(desk, written(tmp_path / "more.csv", more), read_map(MAP), NOW, silent)
        assert (report.grown, report.cases) == (1, 0)
        assert everything(desk) == before


def test_progress_is_reported_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "CASES_AT_ONCE", 5)
    actual: list[tuple[int, int]] = []
    import_file(tmp_path / "desk.db", LOG, MAP, NOW, lambda done, total: actual.append((done, total)))
    assert actual == [(5, 12), (10, 12), (12, 12)]


@pytest.mark.parametrize(
    ("separator", "encoding"), some([*product((";", "\t", "|"), ("cp1252", "utf-8-sig", "utf-8"))], 0, 4, 8)
)
def test_separator_and_encoding_are_detected(tmp_path: Path, separator: str, encoding: str) -> None:
    log = tmp_path / "log.csv"
    with log.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(cases_of(LOG))
    with imported(tmp_path / "one.db", log) as (one, report), imported(tmp_path / "two.db") as (two, usual):
        assert report == usual
        assert everything(one) == everything(two)


def test_a_compressed_log_is_unpacked(tmp_path: Path) -> None:
    log = tmp_path / "log.csv.gz"
    log.write_bytes(gzip.compress(LOG.read_bytes()))
    with imported(tmp_path / "one.db", log) as (one, _), imported(tmp_path / "two.db") as (two, _):
        assert everything(one) == everything(two)


def test_separator_encoding_and_format_may_be_given(tmp_path: Path) -> None:
    text = 'caso;rotulo;instante;pessoa;assunto\n1;Fila;02/03/2026 às 09h00;João;"a,b"\n'
    (tmp_path / "log.csv").write_bytes(text.encode("utf-16"))
    actual = '\n[arquivo]\nseparador = ";"\ncodificacao = "utf-16"\nformato_instante = "%d/%m/%Y às %Hh%M"\n'
    map_file = tmp_path / "map.toml"
    map_file.write_text(MAP.read_text("utf-8") + actual, "utf-8")
    with imported(tmp_path / "desk.db", tmp_path / "log.csv", map_file) as (desk, report):
        assert (report.cases, report.problems) == (1, ())
        assert rows(desk, "SELECT subject, opened_at FROM ticket") == [("a,b", "2026-03-02 12:00:00.000000")]


def test_the_export_has_the_documented_format(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        lines = exported(desk, tmp_path / "prazos.csv")
    assert (tmp_path / "prazos.csv").read_bytes().startswith(b"\xef\xbb\xbfprotocolo,origem,ciclo,tipo,inicio,")
    assert tuple(lines[0]) == HEADER
    by_case = {(line["origem"], line["ciclo"]): line for line in lines}
    assert by_case["A-1", "1"] == {
        "protocolo": lines[0]["protocolo"],
        "origem": "A-1",
        "ciclo": "1",
        "tipo": "solucao",
        "inicio": "2026-03-02T09:00:00-03:00",
        "vence": "2026-03-03T16:45:30-03:00",
        "fim": "2026-03-03T17:00:00-03:00",
        "trabalhado_s": str(5400 + 9870 + 4 * 3600),
        "pausado_s": str(23_400 + 930),
        "resultado": "fora_do_prazo",
    }
    assert by_case["A-7", "1"]["vence"] == by_case["A-7", "1"]["fim"] == by_case["A-7", "1"]["resultado"] == ""
    assert by_case["A-4", "2"]["resultado"] == ""
    assert by_case["A-4", "2"]["vence"] == "2026-03-09T18:00:00-03:00"
    assert by_case["A-16", "1"]["resultado"] == "cancelado"
    assert {line["origem"] for line in lines if "SOMA" in line["origem"]} == {"'=SOMA(1;2)"}


def test_a_live_clock_is_computed_at_the_given_instant(tmp_path: Path) -> None:
    with imported(tmp_path / "desk.db") as (desk, _):
        for now, worked in ((datetime(2026, 3, 9, 15, tzinfo=UTC), "10800"), (NOW - timedelta(days=9), "0")):
            lines = exported(desk, tmp_path / "prazos.csv", now)
            [live] = [line for line in lines if (line["origem"], line["ciclo"]) == ("A-4", "2")]
            assert (live["trabalhado_s"], live["pausado_s"]) == (worked, "0")


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All that an import writes."""
    tables = ("ticket", "event", "clock", "clock_pause", "person", "process", "numbering", "calendar")
    return {table: rows(desk, f"SELECT * FROM {table} ORDER BY 1") for table in tables}  # noqa: S608


# What is refused names the file and the place, and leaves nothing behind.


def refused(tmp_path: Path, log: Path = LOG, map_file: Path = MAP) -> Refused:
    with pytest.raises(Refused) as raised:
        import_file(tmp_path / "desk.db", log, map_file, NOW, silent)
    assert not (tmp_path / "desk.db").exists()
    return raised.value


@pytest.mark.parametrize(
    ("instead_of", "written", "place", "problem"),
    [
        ('servico = "Suporte"', 'servico = "Suporte"\ncor = "azul"', "cor", "extra_forbidden"),
        ('servico = "Suporte"', "", "servico", "missing"),
        ('servico = "Suporte"', 'servico = ""', "servico", "string_too_short"),
        ("alvo_h = 8", "alvo_h = 0", "alvo_h", "greater_than"),
        ("alvo_h = 8", "alvo_h = inf", "alvo_h", "less_than_equal"),
        ("alvo_h = 8", "alvo_h = nan", "alvo_h", "less_than_equal"),
        ('criticidade = "alta"', 'criticidade = "grave"', "criticidade", "enum"),
        ('alvo_h = 8\nfuso = "America/Sao_Paulo"', 'alvo_h = 8\nfuso = "Marte/Sul"', "fuso", "value_error"),
        ('"Histórico"\nfuso = "America/Sao_Paulo"', '"H"\nfuso = "Marte/Sul"', "calendario", "unknown_zone"),
        ('pais = ""', 'pais = ""\ncor = "azul"', "calendario.cor", "extra_forbidden"),
        ('sab = ["09:00-13:00"]', 'sab = ["9 às 13"]', "calendario.semana.sab.0", "value_error"),
        ('sab = ["09:00-13:00"]', 'sab = ["13:00-09:00"]', "calendario", "inverted_interval"),
        ('Fila" = "atendendo"', 'Fila" = "resolvendo"', "rotulos.Fila.como", "enum"),
        ('Fila" = "atendendo"', 'Fila" = { como = "atendendo", cor = 1 }', "rotulos.Fila.cor", "extra_forbidden"),
        ('caso = "caso"', "", "colunas.caso", "missing"),
    ],
)
def test_an_invalid_map_is_reported_with_file_and_place(
    tmp_path: Path, instead_of: str, written: str, place: str, problem: str
) -> None:
    text = MAP.read_text("utf-8")
    assert text.count(instead_of) == 1
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace(instead_of, written), "utf-8")
    refusal = refused(tmp_path, map_file=wrong)
    assert refusal.code == "mapa_invalido"
    assert refusal.values["path"] == str(wrong)
    code = refusal.values["problem"]
    assert (refusal.values["place"], code[0] if isinstance(code, tuple) else code) == (place, problem)


@pytest.mark.parametrize("line", ['separador = "ab"', 'separador = "\\n"', 'codificacao = "klingon"', "cor = 1"])
def test_an_invalid_file_format_in_the_map_is_refused(tmp_path: Path, line: str) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(f"{MAP.read_text('utf-8')}\n[arquivo]\n{line}\n", "utf-8")
    refusal = refused(tmp_path, map_file=wrong)
    assert (refusal.code, str(refusal.values["place"]).split(".")[0]) == ("mapa_invalido", "arquivo")


def test_a_map_that_is_no_toml_or_no_text_or_missing_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("nome = ", "utf-8")
    assert refused(tmp_path, map_file=broken).code == "toml_invalido"
    broken.write_bytes(b'nome = "\x81"')
    assert refused(tmp_path, map_file=broken).code == "arquivo_sem_codificacao"
    assert refused(tmp_path, map_file=tmp_path / "nowhere.toml").code == "arquivo_ilegivel"


def test_a_calendar_by_name_needs_a_desk_that_has_it(tmp_path: Path, desk: Desk) -> None:
    text = MAP.read_text("utf-8")
    before, rest = text.split("[calendario]")
    named = tmp_path / "named.toml"
    named.write_text(f'{before}calendario = "Expediente"\n[colunas]{rest.split("[colunas]")[1]}', "utf-8")
    (tmp_path / "elsewhere").mkdir()
    assert refused(tmp_path / "elsewhere", map_file=named).code == "calendario_desconhecido"
    import_history(desk, LOG, read_map(named), NOW, silent)
    assert rows(desk, "SELECT DISTINCT calendar_id FROM clock") == [(desk.unit.hours_calendar,)]


def test_a_log_without_a_column_of_the_map_is_refused(tmp_path: Path) -> None:
    refusal = refused(tmp_path, written(tmp_path / "log.csv", [["caso", "instante", "pessoa", "cor"]]))
    assert (refusal.code, refusal.values["missing"]) == ("colunas_faltando", "rotulo, assunto")
    (tmp_path / "empty.csv").touch()
    assert refused(tmp_path, tmp_path / "empty.csv").code == "colunas_faltando"


def test_a_log_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(LOG.read_bytes())
    torn, garbled, plain = tmp_path / "torn.csv.gz", tmp_path / "garbled.csv.gz", tmp_path / "plain.csv.gz"
    torn.write_bytes(packed[: len(packed) // 2])
    garbled.write_bytes(packed[:40] + bytes(byte ^ 0x55 for byte in packed[40:]))
    plain.write_bytes(LOG.read_bytes())
    for log in (torn, garbled, plain, tmp_path / "nowhere.csv", tmp_path):
        assert refused(tmp_path, log).code == "arquivo_ilegivel"


def test_bytes_that_are_invalid_in_the_given_encoding_are_refused(tmp_path: Path) -> None:
    actual = tmp_path / "map.toml"
    actual.write_text(MAP.read_text("utf-8") + '\n[arquivo]\ncodificacao = "ascii"\n', "utf-8")
    assert refused(tmp_path, map_file=actual).code == "arquivo_ilegivel"


def test_control_characters_of_a_log_are_removed(tmp_path: Path) -> None:
    lines = [
        *cases_of(LOG)[:1],
        ["1\x1b[2J", "Fila", "2026-03-02T09:00:00", "Jo\x9bão\x07", "a\x00b\x1b]0;x\x07", "TI"],
    ]
    with imported(tmp_path / "desk.db", written(tmp_path / "log.csv", lines)) as (desk, report):
        assert report.problems == ()
        assert rows(desk, "SELECT origin, subject FROM ticket") == [("1[2J", "ab]0;x")]
        assert rows(desk, "SELECT name FROM person") == [("João",)]


# An import gives the same clocks as acts.

acts_at_random = st.lists(
    st.tuples(st.sampled_from(["comment", "pause", "resume", "solve"]), st.integers(0, 30 * 3600)), max_size=8
)


@given(acts_at_random)
def test_an_imported_history_has_the_same_clocks_as_the_same_acts(
    make_desk: MakeDesk, tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, int]]
) -> None:
    with make_desk() as here, make_desk() as there:
        living = Living(here)
        ticket = living.open()
        for act, wait in story:
            living.wait(seconds=wait)
            try:
                getattr(living, act)(ticket)
            except Refused:
                continue
        folder = tmp_path_factory.mktemp("log")
        log_map = read_map(lived_map(folder))
        import_history(there, lived_log(folder, here, ticket), log_map, living.now, silent)
        assert clocks_of(there, 1, living.now) == clocks_of(here, ticket, living.now)


def lived_log(folder: Path, desk: Desk, ticket: int) -> Path:
    """The ticket's history as a log of another system."""
    events = ticket_view(desk, NOW, ticket_id=ticket).history
    lines = [["7", f"{event.kind} {event.text}".strip(), event.at.isoformat()] for event in events]
    return written(folder / "lived.csv", [["n", "what", "when"], *lines])


def lived_map(folder: Path) -> Path:
    path = folder / "lived.toml"
    path.write_text(
        """nome = "nós mesmos"
servico = "Segunda via de boleto"
alvo_h = 16
fuso = "UTC"
calendario = "Expediente"
[colunas]
caso = "n"
rotulo = "what"
instante = "when"
[rotulos]
"aberto*" = "atendendo"
"retomado*" = "atendendo"
"pausado aguardando o cliente" = { como = "aguardando", motivo = "aguardando o cliente" }
"solucionado*" = "encerrado"
"comentado*" = "ignorar"
""",
        "utf-8",
    )
    return path


def clocks_of(desk: Desk, ticket: int, now: datetime) -> list[object]:
    view = ticket_view(desk, now, ticket_id=ticket)
    assert [clock.clock.kind for clock in view.clocks] == [ClockKind.SOLUTION]
    listed = queue.listed(desk, "", 10, now)
    terms = [row.term for row in listed]
    return [
        terms,
        view.row.state,
        [(clock.clock, clock.worked_s, clock.paused_s, clock.standing, clock.result) for clock in view.clocks],
    ]


# Logs of any size and shape.

HEAD = "caso,rotulo,instante,pessoa,assunto,setor\n"


def log_of(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes((HEAD + "".join(f"{line}\n" for line in lines)).encode(encoding))
    return path


def test_an_unclosed_quote_is_reported_and_all_cases_in_it_are_skipped(tmp_path: Path) -> None:
    log = log_of(
        tmp_path / "log.csv",
        "B-1,Fila,2026-03-02T09:00:00,Ana,x,TI",
        'B-2,Fila,2026-03-02T09:00:00,"Ana,x,TI',
        "B-3,Fila,2026-03-02T09:00:00,Ana,x,TI",
        "B-4,Fila,2026-03-02T09:00:00,Ana",
        'B-5,Fila,2026-03-02T09:00:00,Ana,"x",TI',
        "B-6,Fila,2026-03-02T10:00:00,Ana,x,TI",
        "B-4,Encerrado,2026-03-02T10:00:00,Ana,x,TI",
        "B-5,Encerrado,2026-03-02T10:00:00,Ana,x,TI",
    )
    with imported(tmp_path / "desk.db", log) as (desk, report):
        assert report.problems == ((3, "aspas_abertas"),)
        assert report.left_out == ("B-2", "B-3", "B-5", "B-4")
        assert rows(desk, "SELECT origin FROM ticket ORDER BY id") == [("B-1",), ("B-6",)]


def test_a_text_in_an_unclosed_quote_is_no_case(tmp_path: Path) -> None:
    log = log_of(
        tmp_path / "log.csv",
        'B-1,Fila,2026-03-02T09:00:00,Ana,"Bom dia, pessoal',
        "tudo bem, por aqui",
        "B-2,Fila,2026-03-02T09:00:00,Ana,x,TI",
    )
    with imported(tmp_path / "desk.db", log) as (_, report):
        assert report.left_out == ("B-1", "B-2")


def test_identical_lines_of_a_case_are_one_event(tmp_path: Path) -> None:
    line = "B-1,Fila,2026-03-02T09:00:00,Ana,x,TI"
    log = log_of(tmp_path / "log.csv", line, line.replace("B-1", "B-2"), line, f"{line} 2", line)
    with imported(tmp_path / "desk.db", log) as (desk, report):
        assert (report.cases, report.events) == (2, 3)
        assert rows(desk, "SELECT origin, version FROM ticket ORDER BY id") == [("B-1", 2), ("B-2", 1)]
    with imported(tmp_path / "desk.db", log) as (_, again):
        assert (again.already_there, again.grown) == (2, 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_detected(tmp_path: Path, encoding: str) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(LOG.read_bytes().decode("utf-8").encode(encoding))
    with imported(tmp_path / "one.db", log) as (one, report), imported(tmp_path / "two.db") as (two, usual):
        assert report == usual
        assert everything(one) == everything(two)


def read(log: Path, limits: Limits) -> list[Line]:
    return list(read_log(log, read_map(MAP), silent, limits))


def test_a_line_that_is_too_long_is_one_error_of_its_case(tmp_path: Path) -> None:
    good = "B-1,Fila,2026-03-02T09:00:00,Ana,x,TI"
    log = log_of(tmp_path / "log.csv", good, f"B-2,Fila,2026-03-02T09:00:00,{'x' * 5000},x,TI", good)
    lines = read(log, Limits(field=100, record=1000))
    assert [(line.number, line.case, line.problem) for line in lines] == [
        (2, "B-1", ""),
        (3, "B-2", "campo_longo"),
        (4, "B-1", ""),
    ]


def test_an_endless_first_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("x" * 5000, "utf-8")
    with pytest.raises(Refused) as raised:
        read(tmp_path / "log.csv", Limits(record=1000))
    assert raised.value.code == "cabecalho_longo"


def test_a_compressed_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.csv.gz"
    log.write_bytes(gzip.compress(HEAD.encode() + b"B-1,Fila,2026-03-02T09:00:00,Ana,x,TI\n" * 50_000))
    assert len(read(log, Limits(unpacked=1 << 21))) == 50_000
    with pytest.raises(Refused) as raised:
        read(log, Limits(unpacked=1 << 20, growth=2))
    assert (raised.value.code, raised.value.values["size"]) == ("arquivo_cresce", log.stat().st_size)


def test_memory_does_not_grow_with_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_log, "_AT_ONCE", 250)  # so that a shorter log is many times as long

    def held(count: int) -> int:
        log = log_of(
            tmp_path / "log.csv",
            *(f"{number % (count // 4)},Fila,2026-03-02T09:00:00,Ana {number},{number},TI" for number in range(count)),
        )
        tracemalloc.start()
        with SortedLog() as cases:
            for line in read_log(log, read_map(MAP), silent):
                cases.add(line)
            cases.finish()
            assert sum(len(cases.lines_of(case)) for batch in cases.batches(10, 100) for case in batch) == count
            _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    held(1_000)
    assert held(32_000 if IN_FULL else 8_000) < 1.5 * held(1_000)


def test_batches_have_limited_numbers_of_cases_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LINES_AT_ONCE", 4)
    actual: list[int] = []
    import_file(tmp_path / "desk.db", LOG, MAP, NOW, lambda done, _total: actual.append(done))
    assert len(actual) > 5
    assert actual[-1] == 12
    with imported(tmp_path / "desk.db") as (_, report):
        assert report.already_there == 11


def test_a_case_of_too_many_lines_is_reported_and_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_log, "LINES_OF_A_CASE", 3)
    line = "B-1,Fila,2026-03-02T09:00:0{second},Ana,x,TI"
    short = [line.format(second=0)] * 5
    long = [line.replace("B-1", "B-2").format(second=second) for second in range(4)]
    with imported(tmp_path / "desk.db", log_of(tmp_path / "log.csv", *short, *long)) as (_, report):
        assert (report.cases, report.events, report.left_out) == (1, 1, ("B-2",))
        assert report.problems == ((7, "caso_longo"),)


def test_of_many_errors_the_first_are_listed_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorted_log, "NAMED_AT_MOST", 2)
    with imported(tmp_path / "desk.db") as (_, report):
        assert (report.problems, report.problems_count) == (
            ((45, "instante_ilegivel"), (47, "linha_incompleta")),
            5,
        )
        assert (report.left_out, report.left_out_count) == (BROKEN[:2], 4)


@pytest.mark.parametrize("told_encoding", [True, False])
def test_reading_reports_progress_from_beginning_to_end(tmp_path: Path, told_encoding: bool) -> None:
    log = log_of(tmp_path / "log.csv", *(f"{n},Fila,2026-03-02T09:00:00,Ana,x,TI" for n in range(10_000)))
    map_file = tmp_path / "map.toml"
    how = '\n[arquivo]\ncodificacao = "utf-8"\n' if told_encoding else ""
    map_file.write_text(MAP.read_text("utf-8") + how, "utf-8")
    actual: list[float] = []
    for _ in read_log(log, read_map(map_file), lambda done, total: actual.append(done / total)):
        pass
    assert actual[0] == 0
    assert actual[-1] == 1
    assert actual == sorted(actual)
    assert len(actual) > 5


def test_a_full_disk_is_reported_when_the_log_is_sorted() -> None:
    with SortedLog() as cases:
        cases._db.execute("PRAGMA max_page_count = 10")  # noqa: SLF001 - a full disk, without one
        event = LoggedEvent(NOW, "x" * 4000, Meaning.ATTENDING)

        def fill() -> None:
            for number in range(5_000):
                cases.add(Line(number, str(number), event, content=number))

        with pytest.raises(DatabaseUnavailable) as raised:
            fill()
    assert raised.value.code == "disco_cheio"

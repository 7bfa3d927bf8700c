"""One ticket, the explanation of its due date, and their output as JSON, text and CSV."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import Explanation
from atendimento_tui.domain.clocks import standing
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import escaped
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.outputs import as_json, as_text
from atendimento_tui.outputs.table import write_table
from atendimento_tui.services import queue
from atendimento_tui.services.clocks import export_deadlines
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.setup import new_desk
from atendimento_tui.services.tickets import explain, ticket_view
from tests.hostile import HOSTILE_STRINGS
from tests.living import BRUNO, NOW, SUPPORT, Living, in_days, solution

ZONE = ZoneInfo("America/Sao_Paulo")
HOUR = timedelta(hours=1)


def json_of(desk: Desk, now: datetime) -> list[dict[str, Any]]:
    """The queue as `fila --json` says it, said and read again."""
    found = queue.listed(desk, "", 100, now)
    return [json.loads(json.dumps(as_json.queue_row(row, calendar_of(desk, row), now, ZONE))) for row in found]


def calendar_of(desk: Desk, row: QueueRow) -> Any:
    return desk.calendar(row.term.calendar) if row.term else None


def test_the_queue_as_json_has_the_documented_format(living: Living) -> None:
    living.open(severity=Severity.CRITICAL, owner=BRUNO, group=SUPPORT, step="triagem", clocks=(solution(1),))
    living.open(severity=Severity.HIGH, clocks=())
    living.pause(living.open(severity=Severity.LOW))
    assert json_of(living.desk, NOW + timedelta(minutes=90)) == [
        {
            "protocolo": "12345620260302000001",
            "origem": None,
            "servico": "Segunda via de boleto",
            "assunto": "Boleto de março",
            "solicitante": None,
            "etapa": "triagem",
            "grupo": "Suporte N1",
            "responsavel": "Bruno Castro",
            "criticidade": "critica",
            "estado": "aberto",
            "prazo": {
                "tipo": "solucao",
                "vence": "2026-03-02T10:00:00-03:00",
                "restante_s": -1800,
                "situacao": "vencido",
            },
        },
        {
            "protocolo": "12345620260302000002",
            "origem": None,
            "servico": "Segunda via de boleto",
            "assunto": "Boleto de março",
            "solicitante": None,
            "etapa": "",
            "grupo": None,
            "responsavel": None,
            "criticidade": "alta",
            "estado": "aberto",
            "prazo": None,
        },
        {
            "protocolo": "12345620260302000003",
            "origem": None,
            "servico": "Segunda via de boleto",
            "assunto": "Boleto de março",
            "solicitante": None,
            "etapa": "",
            "grupo": None,
            "responsavel": None,
            "criticidade": "baixa",
            "estado": "aguardando",
            "prazo": {"tipo": "solucao", "vence": None, "restante_s": 57_600, "situacao": "pausado"},
        },
    ]


def test_list_and_ticket_agree_on_an_overdue_clock_with_a_pause(living: Living) -> None:
    """The list has columns only; pauses after the due instant move `zero_at`."""
    ticket = living.open(clocks=(solution(1),))
    actual = []
    for hours, act in ((1.5, living.pause), (3, living.resume), (1, living.comment)):
        living.wait(hours=hours)
        act(ticket)
        [row] = queue.listed(living.desk, "", 9, living.now)
        [clock] = ticket_view(living.desk, living.now, ticket_id=ticket).clocks
        assert row.term
        assert standing(row.term, clock.calendar, living.now) == clock.standing
        actual.append(clock.standing.remaining_s if clock.standing else None)
    assert actual == [-1800, -1800, -5400]
    assert json_of(living.desk, living.now)[0]["prazo"]["restante_s"] == -5400


def test_a_term_of_the_queue_agrees_with_its_clock(living: Living) -> None:
    for clock in (solution(1), in_days(ClockKind.SAC, 7, "calendar"), in_days(ClockKind.AUDIT, 5)):
        living.open(clocks=(clock,))
    living.pause(living.open())
    for row in queue.listed(living.desk, "", 9, NOW):
        [clock_view] = ticket_view(living.desk, NOW + 3 * HOUR, ticket_id=row.key).clocks
        assert row.term
        assert standing(row.term, clock_view.calendar, NOW + 3 * HOUR) == clock_view.standing


def test_a_ticket_as_json_has_its_clocks_and_its_history(living: Living) -> None:
    done = living.opened(requester="Maria")
    living.wait(hours=1)
    living.claim(done.ticket)
    living.solve(done.ticket, "Reemitido.")
    view = ticket_view(living.desk, living.now, protocol=done.protocol)
    actual = json.loads(json.dumps(as_json.ticket(view, None, living.now, ZONE)))
    assert actual["solicitante"] == "Maria"
    assert (actual["estado"], actual["ciclo"], actual["importado"], actual["prazo"]) == ("concluido", 1, False, None)
    assert (actual["aberto_em"], actual["encerrado_em"]) == ("2026-03-02T09:00:00-03:00", "2026-03-02T10:00:00-03:00")
    [clock] = actual["prazos"]
    assert (clock["trabalhado_s"], clock["pausado_s"], clock["resultado"]) == (3600, 0, "no_prazo")
    assert (clock["vence"], clock["fim"]) == ("2026-03-03T16:00:00-03:00", "2026-03-02T10:00:00-03:00")
    assert (clock["calendario"], clock["base"], clock["alvo"]) == ("Expediente", "horas", 57_600)
    assert [(line["numero"], line["ato"], line["por"], line["texto"]) for line in actual["historico"]] == [
        (1, "aberto", "Ana Lima", ""),
        (2, "assumido", "Ana Lima", ""),
        (3, "solucionado", "Ana Lima", "Reemitido."),
    ]
    assert actual["historico"][1]["mudou"] == {"owner": {"de": None, "para": "Ana Lima"}}


def test_a_missing_ticket_is_refused(desk: Desk) -> None:
    for known in ({"ticket_id": 9}, {"protocol": "9"}, {"protocol": ""}):
        for read in (ticket_view, explain):
            with pytest.raises(Refused) as raised:
                read(desk, NOW, **known)
            assert raised.value.code == ("nao_encontrado" if "protocol" in known else "fora_de_vista")


# Explanation of a due date.


def why(living: Living, ticket: int) -> Explanation:
    return explain(living.desk, living.now, ticket_id=ticket)


def test_the_clock_that_the_queue_shows_is_explained(living: Living) -> None:
    ticket = living.open(clocks=(in_days(ClockKind.ANS_ANSWER, 5), solution(1)))
    explanation = why(living, ticket)
    assert explanation.clock.clock.kind == ClockKind.SOLUTION
    assert [clock.clock.kind for clock in explanation.other_clocks] == [ClockKind.ANS_ANSWER]
    assert explanation.counted == HOUR
    living.pause(ticket)
    assert why(living, ticket).clock.clock.kind == ClockKind.ANS_ANSWER


def test_for_a_closed_ticket_the_clock_that_stopped_last_is_explained(living: Living) -> None:
    ticket = living.open(clocks=(in_days(ClockKind.COMPLETION, 5), solution(1)))
    living.wait(hours=1)
    living.solve(ticket, validation=in_days(ClockKind.VALIDATION, 7))
    assert why(living, ticket).clock.clock.kind == ClockKind.VALIDATION
    other = living.open(clocks=(solution(1), in_days(ClockKind.ANS_ANSWER, 5)))
    living.solve(other)
    assert why(living, other).clock.clock.kind == ClockKind.ANS_ANSWER  # both stopped at once: the later one


def test_a_ticket_without_a_clock_has_nothing_to_explain(living: Living) -> None:
    ticket = living.open(clocks=())
    with pytest.raises(Refused) as raised:
        why(living, ticket)
    assert raised.value.code == "sem_prazo"


def test_the_explanation_adds_up_in_every_form(living: Living) -> None:
    ticket = living.open(clocks=(solution(10),))
    living.wait(hours=2)
    living.pause(ticket, "aguardando o cliente")
    living.wait(hours=3)
    living.resume(ticket)
    explanation = why(living, ticket)
    data = as_json.explanation(explanation, ZONE)
    assert data["contado_s"] == 36_000 == sum(line["segundos"] for line in data["intervalos"] if line["contado"])
    assert data["prazo"]["vence"] == data["intervalos"][-1]["fim"] == "2026-03-03T13:00:00-03:00"
    assert [line["nome"] for line in data["intervalos"] if line["motivo"] == "pause"] == ["aguardando o cliente"]
    text = list(as_text.explanation(explanation, living.now, ZONE))
    assert "123456.20260302.000001 vence amanhã 13:00?" in text[0]
    assert text[1] == "Prazo de 10h00 (horas úteis), no calendário “Expediente”."
    assert text[-1] == "Contado: 10h00. Resta: 8h00 (no prazo)."
    assert any("pausado: aguardando o cliente" in line for line in text)


@pytest.mark.parametrize(("opened", "hours"), [("2018-11-02T12:00Z", 24 + 23), ("2019-02-15T12:00Z", 25 + 24)])
def test_a_day_with_a_clock_change_is_explained_in_real_time(living: Living, opened: str, hours: int) -> None:
    """The two days that follow are not of 48 hours: the clocks of São Paulo changed in the midnight between them."""
    living.now = datetime.fromisoformat(opened)
    explanation = why(living, living.open(clocks=(in_days(ClockKind.SAC, 2, "calendar"),)))
    data = as_json.explanation(explanation, ZONE)
    assert data["contado_s"] == hours * 3600 - 1
    lasts = explanation.clock.term.due_at - living.now
    assert sum(line["segundos"] for line in data["intervalos"]) == lasts // timedelta(seconds=1)


def test_parts_of_seconds_are_not_lost_line_by_line(living: Living) -> None:
    living.now = NOW + timedelta(microseconds=700_000)
    ticket = living.open(clocks=(solution(20),))
    assert as_json.explanation(why(living, ticket), ZONE)["contado_s"] == 72_000


# Text output: one line each, without control characters.


def test_no_line_of_text_has_control_characters(living: Living) -> None:
    for text in HOSTILE_STRINGS:
        ticket = living.open(subject=text, requester=text, step=text, service=text or "x")
        living.comment(ticket, f"x{text}")
        living.pause(ticket, f"x{text}")
        view = ticket_view(living.desk, NOW, ticket_id=ticket)
        lines = [*as_text.ticket(view, NOW, ZONE), *as_text.explanation(why(living, ticket), NOW, ZONE)]
        assert len(lines) > 7
        assert [line for line in lines if not line.isprintable()] == []
    rows = queue.listed(living.desk, "", 2 * len(HOSTILE_STRINGS), NOW)
    lines = [as_text.queue_line(row, calendar_of(living.desk, row), NOW) for row in rows]
    assert len(lines) == len(HOSTILE_STRINGS)
    assert [line for line in lines if not line.isprintable()] == []


def test_a_line_of_the_queue_is_readable_text(living: Living) -> None:
    living.open(requester="Maria", clocks=(solution(4),))
    [row] = queue.listed(living.desk, "", 9, NOW)
    line = as_text.queue_line(row, calendar_of(living.desk, row), NOW)
    text = "média ● no prazo 4h00 123456.20260302.000001 Segunda via de boleto Maria aberto — —"
    assert " ".join(line.split()) == text


# CSV: no cell is a formula.


@pytest.mark.parametrize("text", [*HOSTILE_STRINGS, "-2", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula_and_none_is_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.csv"
    assert write_table(path, "x", ("a", "b", "c"), [(text, 1.5, None), (text, -3, NOW)]) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == ["a", "b", "c"]
    assert [line[1:] for line in lines] == [["1.5", ""], ["-3", "2026-03-02T12:00:00+00:00"]]
    for cell in (line[0] for line in lines):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert cell.removeprefix("'") == escaped(text).removeprefix("'")


def test_a_failed_export_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, "x", ("a",), [("one",)])
    before = path.read_bytes()

    def broken() -> Any:
        yield ("two",)
        raise RuntimeError("pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        write_table(path, "x", ("a",), broken(), replace=True)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_every_clock_is_exported_whatever_its_basis(living: Living, tmp_path: Path) -> None:
    ticket = living.open(clocks=(solution(1), in_days(ClockKind.ANS_ANSWER, 5)))
    living.open(clocks=())
    living.wait(hours=2)
    living.solve(ticket, validation=in_days(ClockKind.VALIDATION, 7))
    path = tmp_path / "prazos.csv"
    assert export_deadlines(living.desk, path, datetime(2026, 3, 5, 12, tzinfo=UTC)) == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["tipo"], line["vence"], line["resultado"]) for line in lines] == [
        ("solucao", "2026-03-02T10:00:00-03:00", "fora_do_prazo"),
        ("resposta_ans", "2026-03-09T23:59:59-03:00", ""),
        ("validacao", "2026-03-11T23:59:59-03:00", ""),
    ]
    assert {line["origem"] for line in lines} == {""}


def test_hours_written_for_the_desk_are_the_calendar_that_explains(living: Living) -> None:
    """Names of people and places travel whole."""
    info = living.desk.info()
    assert info.hours == living.desk.calendar(info.unit.hours_calendar)
    assert [person.name for person in info.members] == ["Ana Lima", "Bruno Castro", "Célia Prado"]
    assert [person.groups[0] for person in info.members] == [1, 1, 2]
    assert [set(person.groups) & {1, 2} for person in info.members] == [{1}, {1, 2}, {2}]
    assert new_desk(name="xx", city="", uf="sp", hours="seg 09:00-10:00", supervisor="yy").uf == "SP"

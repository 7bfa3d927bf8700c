"""The desks of benchmarks are valid desks."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks import agenda, run
from benchmarks.history import Size, check, make, on_server

from atendimento_tui.services import processes
from atendimento_tui.services.desk import open_desk
from tests.databases import OnServer
from tests.living import Living, rows, whole

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)


def test_the_page_keeps_what_was_not_measured_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "FIGURES", tmp_path)
    written = run.PAGE.read_text("utf-8")
    assert run.page().split("\n## ")[1:] == written.split("\n## ")[1:]
    table = {"title": "T", "columns": ["a"], "how": "H", "rows": [["x"]], "notes": []}
    figures = {"load": 1.5, "day": "2026-11-29", "tables": [table]}
    (tmp_path / "hand.json").write_text(json.dumps(figures), "utf-8")
    page = run.page()
    assert "## T\n\nH (`benchmarks/hand.py`; 2026-11-29, load 1.5)" in page
    assert "The hand: keys and time" not in page
    assert "100,000 beneficiaries: the search" in page


def test_a_generated_desk_equals_its_history(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make(path, Size(60, 10), NOW)
    check(path)
    assert whole(path)
    desk = open_desk(path, NOW)
    try:
        assert rows(desk, "select count(*), sum(is_open) from ticket") == [(70, 60)]
        assert rows(desk, "select count(*) from ticket where step_name = ''") == [(0,)]
        natures = rows(desk, "select kind, nature from clock group by kind, nature order by kind")
        assert natures == [("solucao", "nossa"), ("validacao", "cliente")]
        assert {service.key for service in processes.offered(desk)} >= {"falha_tecnica", "solicitacao_procedimento"}
    finally:
        desk.close()


def test_a_generated_desk_can_be_moved_to_postgresql(tmp_path: Path, server: OnServer) -> None:
    path, address = tmp_path / "desk.db", server.new()
    make(path, Size(20, 10), NOW)
    on_server(path, address)
    check(address)
    with open_desk(path, NOW) as file, open_desk(address, NOW) as desk:
        for table in ("ticket", "event", "clock", "clock_pause", "person", "membership", "numbering"):
            every = f"select * from {table} order by 1, 2"  # noqa: S608 - named above
            assert len(rows(file, every)) == len(rows(desk, every)) > 0
        assert Living(desk).opened().ticket == 31


def test_the_agenda_is_measured_beside_a_plain_table_of_slots(tmp_path: Path) -> None:
    found = agenda.measured(tmp_path, professionals=3, days=7, rounds=4)
    assert found.slots == 3 * 16 * 91  # weekdays of the 127 days
    assert 0 < found.bookings < found.slots
    assert found.ratio > 0

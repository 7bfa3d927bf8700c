"""The short form of the trial (`benchmarks/trial.py` is the full one): processes are killed, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.services import acts, intake, processes
from tests import booking_trial
from tests.databases import Databases, OnServer
from tests.full import IN_FULL
from tests.killed import Form
from tests.living import ANA, NOW, Living, rows
from tests.trial import run


def test_acknowledged_acts_are_written_once_although_processes_are_killed(databases: Databases, tmp_path: Path) -> None:
    on_server = isinstance(databases, OnServer)
    count, kills = (400, 10) if IN_FULL else (96, 3)
    form = Form(processes=8 if IN_FULL else 6, acts=count, kills=kills, cuts=kills if on_server else 0, tickets=4)
    with databases.copied() as database:
        outcome = run(database, tmp_path, form)
    assert outcome.faults == []
    assert outcome.kills == form.kills
    assert outcome.done + outcome.refused.total() == form.acts
    assert {"ja_tem_responsavel", "ja_pausado"} <= outcome.refused.keys()


def test_no_slot_is_booked_twice_and_no_hold_is_lost_although_processes_are_killed(
    databases: Databases, tmp_path: Path
) -> None:
    form = Form(processes=8 if IN_FULL else 5, acts=800 if IN_FULL else 60, kills=20 if IN_FULL else 3, tickets=4)
    with databases.copied() as database:
        outcome = booking_trial.run(database, tmp_path, form)
    assert outcome.faults == []
    assert outcome.kills == form.kills
    assert "confirm" in outcome.ms
    assert "vaga_ocupada" in outcome.refused


Act = Callable[[Living, int], ActDone]
ACTS: dict[str, Act] = {
    "begin": lambda living, _: intake.begin(living.desk, processes.offered(living.desk)[0].version, ANA, "once", NOW),
    "claim": lambda living, ticket: acts.claim(living.desk, Order(ticket, ANA, "once", NOW, 1)),
    "pause": lambda living, ticket: acts.pause(living.desk, Order(ticket, ANA, "once", NOW, 1), "aguardando"),
    "comment": lambda living, ticket: acts.comment(living.desk, Order(ticket, ANA, "once", NOW), "Liguei."),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_act_that_was_written_and_whose_answer_was_lost_is_done_once(
    living: Living, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks after COMMIT was sent, so the act is repeated."""
    ticket, dialect = living.open(), living.desk.engine.dialect
    commit = dialect.do_commit

    def commit_and_break(connection: Any) -> None:
        commit(connection)
        raise dialect.loaded_dbapi.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialect, "do_commit", commit_and_break)
    with pytest.raises(OperationalError):
        act(living, ticket)
    monkeypatch.undo()
    again = act(living, ticket)
    assert again.repeated
    assert rows(living.desk, "SELECT ticket_id, seq FROM event WHERE request_id = 'once'") == [
        (again.ticket, again.version)
    ]
    [(numbered,)] = rows(living.desk, "SELECT last FROM numbering")
    assert rows(living.desk, "SELECT count(*) FROM ticket") == [(numbered,)]

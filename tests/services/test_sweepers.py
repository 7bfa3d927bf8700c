"""Many processes sweep concurrently, and two are killed: each timer fires once."""

import re
import signal
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from atendimento_tui.services.desk import open_desk
from atendimento_tui.services.sweep import sweep
from tests.databases import Databases
from tests.living import NOW, audited, rows
from tests.services.crowd import FIRST_TO_DIE, NEXT_TO_DIE, SWEEPERS, sweep_up
from tests.services.test_crowd import crowd
from tests.services.test_processes import ProcessTicket, fault, local, solved

LATE = local(6, 15, month=5)
"""Seven business days after the solutions and more: reminders were due, then the closings; elsewhere terms ran out."""

_EVENTS = "select ticket_id, seq, kind, at, actor_id, text, changes, request_id from event order by ticket_id, seq"
_MESSAGES = "select ticket_id, event_seq, key, recipient, subject, body, created_at from message order by 1, 2, 3"
_ALERTS = "select ticket_id, event_seq, who, created_at from alert order by 1, 2, 3"
_FIRED = "select ticket_id, key from timer where fired_at is not null order by 1, 2"


class SweepTrial(NamedTuple):
    """A desk after its sweepers, and its twin after one alone.

    Attributes:
        due: How many things were due.
        happened: How many of them each of those who lived let happen.
        ends: How each of them ended.
    """

    database: str
    alone: str
    due: int
    happened: list[int]
    ends: list[int | None]

    def both(self, query: str) -> list[list[tuple[Any, ...]]]:
        """What stands in the one and in the other."""
        found = []
        for database in (self.database, self.alone):
            with audited(database) as desk:
                found.append(rows(desk, query))
        return found


@pytest.fixture(scope="module")
def swept(databases: Databases) -> Iterator[SweepTrial]:
    database = databases.copy()
    with open_desk(database, NOW) as desk:
        for number in range(8):
            (solved if number % 2 else fault)(
                ProcessTicket(desk, local(10, 17, 50), requests=iter(range(number * 9, 9999)))
            )
    alone = databases.copy(database)
    with open_desk(alone, NOW) as desk:
        due = sweep(desk, LATE)
    happened, ends = crowd(sweep_up, database, LATE, silent=2, size=SWEEPERS)
    yield SweepTrial(database, alone, due, happened, ends)
    for made in (database, alone):
        databases.drop(made)


def test_two_were_killed_and_the_others_finished(swept: SweepTrial) -> None:
    killed = (FIRST_TO_DIE, NEXT_TO_DIE)
    assert swept.ends == [-signal.SIGKILL if number in killed else 0 for number in range(SWEEPERS)]


@pytest.mark.parametrize("query", [_EVENTS, _MESSAGES, _ALERTS, _FIRED], ids=["events", "messages", "alerts", "timers"])
def test_the_result_equals_that_of_a_single_sweep(swept: SweepTrial, query: str) -> None:
    many, one = ([_without_salt(row) for row in found] for found in swept.both(query))
    assert many == one
    assert many


def _without_salt(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without the hashes of its texts, which have a random salt; the texts themselves stand beside."""
    return tuple(re.sub(r'"dito":"[0-9a-f]{64}"', '"dito":""', each) if isinstance(each, str) else each for each in row)


def test_reminders_warnings_and_closings_have_fired(swept: SweepTrial) -> None:
    kinds, _ = swept.both("select distinct kind from event where request_id like 'tempo:%'")
    assert {("prazo_atencao",), ("prazo_vencido",), ("tempo",)} <= set(kinds)
    states, _ = swept.both("select state, count(*) from ticket group by state order by state")
    assert states == [("aberto", 4), ("concluido", 4)]


def test_each_timer_was_fired_by_one_process(swept: SweepTrial) -> None:
    assert sum(swept.happened) == swept.due - 2  # the one that was killed in its second transaction had committed two

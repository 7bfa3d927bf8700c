"""The kept counts of the queue: right whatever writes tickets; the sweep merges a server's rows."""

from collections.abc import Iterator

import pytest

from atendimento_tui.contracts.queue import QueueView, Tab
from atendimento_tui.data.backend import postgresql
from atendimento_tui.data.engine import merge_counts, reading, snapshot, writing
from atendimento_tui.data.repositories import queue_counts
from atendimento_tui.services import proof, queue
from atendimento_tui.services.desk import open_desk
from atendimento_tui.services.sweep import sweep
from tests.databases import Databases, on_files, on_server
from tests.living import ANA, NOW, RECEPTION, SUPPORT, Living, member, rows


def are_right(living: Living) -> bool:
    with snapshot(living.desk.engine) as connection:
        return queue_counts.are_right(connection)


def counts(living: Living) -> dict[Tab, int]:
    return queue.counts(living.desk, QueueView(viewer=member(ANA)), NOW)


@pytest.fixture
def desk_to_change(databases: Databases) -> Iterator[Living]:
    """A desk that a test changes, so its tables are not compared with its history at the end."""
    with databases.copied() as database, open_desk(database, NOW) as desk:
        yield Living(desk)


def some_acts(living: Living) -> None:
    for group in (RECEPTION, SUPPORT, None):
        ticket = living.open(group=group)
        living.pause(ticket)
        living.resume(ticket)
        living.solve(living.open(group=group))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket SET is_open = NOT is_open",
        "UPDATE ticket SET group_id = NULL, severity = 0 WHERE id < 4",
        "UPDATE ticket SET warn_at = NULL, queue_due = '9999-01-01 00:00:00.000000'",
    ],
)
def test_counts_are_right_after_any_statement(desk_to_change: Living, statement: str) -> None:
    some_acts(desk_to_change)
    with writing(desk_to_change.desk.engine) as connection:
        connection.exec_driver_sql(statement)
    assert are_right(desk_to_change)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE queue_count SET n = n + 1 WHERE part = 'todas'",
        "DELETE FROM queue_count",
        "INSERT INTO queue_count (part, severity, bucket, n) VALUES ('grupo 99', 2, '2026-03-02', 4)",
    ],
)
def test_wrong_counts_are_counted_again(desk_to_change: Living, damage: str) -> None:
    some_acts(desk_to_change)
    before = counts(desk_to_change)
    assert not proof.recount(desk_to_change.desk)
    with writing(desk_to_change.desk.engine) as connection:
        connection.exec_driver_sql(damage)
    assert not are_right(desk_to_change)
    assert proof.recount(desk_to_change.desk)
    assert are_right(desk_to_change)
    assert counts(desk_to_change) == before
    some_acts(desk_to_change)
    assert are_right(desk_to_change)


@on_files
def test_a_place_without_tickets_has_no_row(desk_to_change: Living) -> None:
    some_acts(desk_to_change)
    with writing(desk_to_change.desk.engine) as connection:
        connection.exec_driver_sql("UPDATE ticket SET is_open = 0")
    assert rows(desk_to_change.desk, "SELECT * FROM queue_count") == []


@on_server
def test_the_sweep_merges_the_rows_of_a_server(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    some_acts(living)
    before, every = counts(living), "SELECT part, severity, bucket FROM queue_count"
    assert len(rows(living.desk, every)) > len({*rows(living.desk, every)})
    sweep(living.desk, living.now)
    assert len(rows(living.desk, every)) > len({*rows(living.desk, every)})  # a few are left as they are
    monkeypatch.setattr(postgresql, "_MERGED_FROM", 3)
    sweep(living.desk, living.now)
    assert len(rows(living.desk, every)) == len({*rows(living.desk, every)})
    assert counts(living) == before


@on_server
def test_those_who_merge_do_not_wait_for_each_other_or_for_acts(living: Living) -> None:
    some_acts(living)
    before = counts(living)
    with writing(living.desk.engine) as first:
        merge_counts(first)
        living.open(group=RECEPTION)
        with writing(living.desk.engine) as second:
            merge_counts(second)
        with reading(living.desk.engine) as third:
            number = third.exec_driver_sql("SELECT sum(n) FROM queue_count WHERE part = 'todas'").scalar()
            assert number == before[Tab.ALL] + 1
    assert counts(living)[Tab.ALL] == before[Tab.ALL] + 1
    assert are_right(living)

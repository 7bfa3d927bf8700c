"""Rows that the driver reads itself are those that SQLAlchemy reads, and errors are handled alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Integer, bindparam, event, literal_column, select

from atendimento_tui.contracts.queue import PageRequest, QueueView, Tab
from atendimento_tui.data import quick
from atendimento_tui.data.engine import DBAPIError, reading
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.services import queue
from atendimento_tui.services.desk import Desk
from tests.living import ANA, BRUNO, NOW, RECEPTION, Living, member, solution

READS: dict[str, Callable[[Desk], object]] = {
    "page": lambda desk: queue.window(desk, QueueView(), PageRequest(0, 3), NOW),
    "jump": lambda desk: queue.window(desk, QueueView(), PageRequest(2, 2), NOW),
    "group": lambda desk: queue.window(desk, QueueView(Tab.GROUP, viewer=member(BRUNO)), PageRequest(0, 3), NOW),
    "word": lambda desk: queue.window(desk, QueueView(filter="boleto"), PageRequest(0, 3), NOW),
    "counts": lambda desk: queue.counts(desk, QueueView(viewer=member(ANA)), NOW),
    "changed": lambda desk: queue.rows(desk, {1, 3, 99}),
    "overdue": lambda desk: queue.overdue(desk, NOW),
}


@contextmanager
def listened_to(desk: Desk) -> Iterator[list[str]]:
    """The statements, which therefore go through SQLAlchemy."""
    found: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(desk.engine, "before_cursor_execute", record)
    try:
        yield found
    finally:
        event.remove(desk.engine, "before_cursor_execute", record)


@pytest.fixture
def used(living: Living) -> Living:
    for number in range(6):
        ticket = living.open(owner=(ANA, None)[number % 2], group=RECEPTION, clocks=(solution(2),) * (number % 3 > 0))
        if number == 4:
            living.pause(ticket)
    return living


@pytest.mark.parametrize("read", READS)
def test_rows_are_those_that_sqlalchemy_reads(used: Living, read: str) -> None:
    with listened_to(used.desk) as statements:
        expected = READS[read](used.desk)
    assert statements
    assert READS[read](used.desk) == expected


def test_a_list_of_any_length_is_sent_in_the_same_statement(used: Living) -> None:
    quick._compiled.cache_clear()  # noqa: SLF001
    for tickets in ({1}, {1, 2}, {1, 2, 3}):
        assert len(queue.rows(used.desk, tickets)) == len(tickets)
    assert quick._compiled.cache_info().currsize == 1  # noqa: SLF001


def test_an_error_is_that_of_sqlalchemy(desk: Desk) -> None:
    wrong: Any = select(literal_column("there_is_no_such_column"))
    failures: list[Any] = []
    event.listen(desk.engine, "handle_error", failures.append)
    with reading(desk.engine) as connection, pytest.raises(DBAPIError):
        quick_rows(connection, wrong, {})
    assert len(failures) == 1


def test_values_of_a_list_that_is_a_part_of_the_statement_are_sent(desk: Desk) -> None:
    numbers: Any = select(literal_column("7")).where(
        literal_column("7", Integer).in_(bindparam("numbers", expanding=True, type_=Integer))
    )
    with reading(desk.engine) as connection:
        assert [tuple(row) for row in quick_rows(connection, numbers, {"numbers": [3, 7]})] == [(7,)]
        assert quick_rows(connection, numbers, {"numbers": [3]}) == []

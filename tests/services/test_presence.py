"""Presence: others see who has a ticket open, and only while it is open."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from atendimento_tui.services.desk import Desk
from atendimento_tui.services.presence import GONE_AFTER, Visit, others
from tests.databases import on_server
from tests.living import ANA, BRUNO, CELIA, NAMES, NOW, Living, rows

LATER = NOW + GONE_AFTER
BEFORE_LONG = LATER - timedelta(seconds=1)


@pytest.fixture
def ticket(living: Living) -> int:
    return living.open()


def test_other_people_are_shown_by_name(desk: Desk, living: Living, ticket: int) -> None:
    elsewhere = living.open()
    for person, where in ((CELIA, ticket), (BRUNO, ticket), (BRUNO, ticket), (ANA, elsewhere)):
        Visit(where).note(desk, person, NOW)
    assert others(desk, ticket, ANA, NOW) == (NAMES[BRUNO], NAMES[CELIA])
    assert others(desk, ticket, BRUNO, NOW) == (NAMES[CELIA],)
    assert others(desk, ticket, None, NOW) == (NAMES[BRUNO], NAMES[CELIA])
    assert others(desk, elsewhere, ANA, NOW) == ()


def test_a_person_who_left_is_not_shown_any_more(desk: Desk, ticket: int) -> None:
    visit = Visit(ticket)
    visit.note(desk, BRUNO, NOW)
    visit.end()
    visit.note(desk, BRUNO, NOW)  # was under way when the window left
    visit.end()
    assert others(desk, ticket, ANA, NOW) == ()
    assert rows(desk, "select * from presence") == []


def test_a_visit_ended_before_it_was_written_is_never_shown(desk: Desk, ticket: int) -> None:
    visit = Visit(ticket)
    visit.end()
    visit.note(desk, BRUNO, NOW)
    assert others(desk, ticket, ANA, NOW) == ()


def test_a_window_that_is_not_refreshed_is_gone_after_a_minute(desk: Desk, ticket: int) -> None:
    Visit(ticket).note(desk, BRUNO, NOW)
    assert others(desk, ticket, ANA, BEFORE_LONG) == (NAMES[BRUNO],)
    assert others(desk, ticket, ANA, LATER) == ()


def test_a_refreshed_window_is_shown_and_rows_of_killed_ones_are_deleted(desk: Desk, ticket: int) -> None:
    killed, visit = Visit(ticket), Visit(ticket)
    killed.note(desk, CELIA, NOW)
    visit.note(desk, BRUNO, NOW)
    visit.note(desk, BRUNO, BEFORE_LONG)
    assert others(desk, ticket, ANA, LATER) == (NAMES[BRUNO],)
    Visit(ticket).note(desk, ANA, LATER)
    assert len(rows(desk, "select * from presence")) == 2


def test_a_window_that_was_suspended_is_shown_again(desk: Desk, ticket: int) -> None:
    visit = Visit(ticket)
    visit.note(desk, BRUNO, NOW)
    Visit(ticket).note(desk, ANA, LATER)
    visit.note(desk, BRUNO, LATER)
    assert others(desk, ticket, ANA, LATER) == (NAMES[BRUNO],)


def test_another_person_in_the_window_is_shown_instead(desk: Desk, ticket: int) -> None:
    visit = Visit(ticket)
    visit.note(desk, BRUNO, NOW)
    visit.note(desk, CELIA, NOW)
    assert others(desk, ticket, ANA, NOW) == (NAMES[CELIA],)


def test_presence_is_not_in_the_history(desk: Desk, ticket: int) -> None:
    tables = ("select * from event", "select * from ticket")
    before = [rows(desk, table) for table in tables]
    visit = Visit(ticket)
    visit.note(desk, BRUNO, NOW)
    visit.end()
    assert [rows(desk, table) for table in tables] == before


@pytest.fixture
def announced(desk: Desk) -> Iterator[list[str]]:
    """Notifications of presence on a server."""
    text: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT pg_notify"):
            text.append(statement)

    event.listen(desk.engine, "before_cursor_execute", record)
    yield text
    event.remove(desk.engine, "before_cursor_execute", record)


@on_server
def test_a_server_notifies_others_of_new_presence_only(desk: Desk, ticket: int, announced: list[str]) -> None:
    def report() -> int:
        report, announced[:] = len(announced), []
        return report

    visit = Visit(ticket)
    visit.note(desk, BRUNO, NOW)
    assert report() == 1
    visit.note(desk, BRUNO, BEFORE_LONG)
    assert report() == 0
    visit.note(desk, CELIA, BEFORE_LONG)
    assert report() == 1
    visit.note(desk, CELIA, BEFORE_LONG + GONE_AFTER)
    assert report() == 1
    visit.end()
    assert report() == 1

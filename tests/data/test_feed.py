"""The change feed: each commit of others is reported once, and nothing else."""

import sqlite3
from collections.abc import Callable
from itertools import count
from queue import Queue
from threading import Event, Thread
from typing import Self

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, reading, rows_of, writing
from atendimento_tui.data.feed import watch
from atendimento_tui.data.unavailable import DatabaseUnavailable
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.presence import Visit
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.services.tickets import ticket_view
from tests.databases import NEW_DESK, on_files, on_server
from tests.living import BRUNO, NOW, Living, audited, member
from tests.servers import Server


class Steps(Event):
    """An event that does the next step instead of waiting; after the last one it is set."""

    def __init__(self, *things: Callable[[], object]) -> None:
        super().__init__()
        self.things = list(things)

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None, "the watch never waits for ever"
        if not self.things:
            return True
        self.things.pop(0)()
        return False


def nothing() -> None:
    """Time passes."""


@on_files
def test_a_commit_of_another_program_is_notified_once(desk: Desk) -> None:
    other = open_desk(str(desk.engine.url.database), NOW)
    living = Living(other)
    notified: list[str] = []

    def two_acts() -> None:
        living.comment(1)
        living.comment(1)

    def a_look() -> None:
        ticket_view(other, NOW, ticket_id=1)

    def refused() -> None:
        with pytest.raises(Refused):
            living.comment(1, " ")
        with pytest.raises(Refused):
            living.comment(77)

    def opens() -> None:
        living.open()

    def noted(step: Callable[[], None]) -> Callable[[], None]:
        def done() -> None:
            notified.append(getattr(step, "__name__", ""))
            step()

        return done

    steps = (nothing, nothing, opens, nothing, two_acts, a_look, refused, nothing)
    watch(desk.engine, lambda _: notified.append("heard"), Steps(*map(noted, steps)))
    other.close()
    assert notified == [
        "nothing", "nothing", "opens", "heard", "nothing", "two_acts", "heard", "a_look", "refused", "nothing"
    ]  # fmt: skip


@on_files
def test_the_windows_own_commits_are_notified_too(desk: Desk) -> None:
    """They go over another connection of the same engine."""
    living, notified = Living(desk), list[str]()
    watch(desk.engine, lambda _: notified.append("heard"), Steps(nothing, living.open, nothing))
    assert notified == ["heard"]


@on_files
def test_a_change_has_its_tickets_and_requests_and_whether_something_else_changed(desk: Desk) -> None:
    living, notified = Living(desk), list[Changes]()

    def many() -> None:
        for _ in range(51):
            living.comment(1)

    def somebody_new() -> None:
        with writing(desk.engine) as connection:
            insert_one(connection, tables.Person, name="Dora Nunes", role="atendente")

    def both() -> None:
        living.comment(1)
        visit.note(desk, 1, NOW)

    visit = Visit(1)
    steps = (nothing, living.open, lambda: living.comment(1), somebody_new, both, many, nothing)
    watch(desk.engine, notified.append, Steps(*steps))
    opened, commented, person, visited, hundred = notified
    assert opened.tickets == commented.tickets == visited.tickets == frozenset({1})
    assert (opened.other, commented.other, person.other, visited.other) == (False, False, True, True)
    assert person.tickets == frozenset()
    assert hundred == ANYTHING
    with reading(desk.engine) as connection:
        requests = {row.request_id for row in rows_of(connection, tables.Event, ticket_id=1)}
    assert {request for _, request in (opened | commented).acts or ()} <= requests
    assert not (opened | commented).without(requests)


class Listener:
    """Listens in a thread, and waits for notifications.

    Args:
        desk: The desk, on a server.
        heard: Called with each thing that is heard, by the thread that listens.
    """

    def __init__(self, desk: Desk, notified: Callable[[], object] = nothing) -> None:
        self._told: Queue[str] = Queue()
        self.changes: list[Changes] = []
        self._stopped = Event()

        def hear(changes: Changes) -> None:
            self.changes.append(changes)
            self._told.put("heard")
            notified()

        def reached(lost: DatabaseUnavailable | None) -> None:
            self._told.put("lost" if lost else "listens")

        self._thread = Thread(target=watch, args=(desk.engine, hear, self._stopped, reached))

    def __enter__(self) -> Self:
        self._thread.start()
        assert self.next() == "listens"
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def next(self) -> str:
        """The next notification."""
        return self._told.get(timeout=60)

    def next_change(self) -> Changes:
        """The changes of the next notification, which is one of changes."""
        assert self.next() == "heard"
        return self.changes.pop(0)

    def rest(self) -> list[str]:
        """Further notifications."""
        return [self._told.get_nowait() for _ in range(self._told.qsize())]


@on_server
def test_a_server_notifies_of_commits_of_all_programs(desk: Desk) -> None:
    with open_desk(desk.engine.url.render_as_string(), NOW) as other, Listener(desk) as listener:
        for living in (Living(other), Living(desk, requests=count(100))):
            ticket = living.open()
            assert listener.next() == "heard"
            with pytest.raises(Refused):
                living.comment(ticket, " ")
            ticket_view(living.desk, NOW, ticket_id=ticket)
            assert listener.changes.pop().tickets == frozenset({ticket})
        with writing(other.engine) as connection:
            insert_one(connection, tables.Person, name="Dora Nunes", role="atendente")
        assert listener.next() == "heard"
        assert listener.changes.pop() == Changes(other=True)
        assert listener.rest() == []


@on_server
def test_a_server_notifies_of_the_acts_of_a_person(desk: Desk) -> None:
    """A window acts by the desk of its person, and listens by the desk itself."""
    ticket = Living(desk).open()
    living = Living(desk.acting_as(member(BRUNO).actor), requests=count(100))
    with Listener(desk) as listener:
        living.claim(ticket, BRUNO)
        assert listener.next() == "heard"
        assert listener.changes.pop() == Changes(frozenset({(ticket, "request-100")}))


@on_server
def test_notifications_during_a_busy_time_are_combined(desk: Desk) -> None:
    busy, free = Event(), Event()

    def work() -> None:
        busy.set()
        free.wait(60)

    living = Living(desk)
    with Listener(desk, work) as listener:
        tickets = {living.open()}
        assert listener.next() == "heard"
        assert busy.wait(60)
        tickets |= {living.open() for _ in range(20)}
        free.set()
        while tickets > frozenset[int]().union(*(changes.tickets or () for changes in listener.changes)):
            assert listener.next() == "heard"
    # The server sends notifications after the commit, so the last one may come separately.
    assert len(listener.changes) <= 4


def test_the_loss_of_a_server_is_reported_once_and_its_return_once(own_server: Server) -> None:
    with audited(own_server.url(NEW_DESK)) as desk, Listener(desk) as listener:
        own_server.stop()
        assert listener.next() == "lost"
        with pytest.raises(DBAPIError) as refused:
            Living(desk).open()
        code, _ = refusal_of(refused.value) or ("", {})
        assert code == "banco_sem_conexao"
        own_server.start()
        Living(desk).open()  # perhaps before it listens again
        assert listener.next() == "listens"
        assert listener.next_change() == ANYTHING
        ticket = Living(desk, requests=count(100)).open()
        while ticket not in (listener.next_change().tickets or ()):
            """That of the first ticket came separately."""
    assert listener.rest() == []


def test_listening_ends_without_the_server(own_server: Server) -> None:
    with open_desk(own_server.url(NEW_DESK), NOW) as desk:
        with Listener(desk) as listener:
            own_server.stop()
            assert listener.next() == "lost"
        assert listener.rest() == []


@on_files
def test_the_connection_that_listened_is_closed(desk: Desk) -> None:
    """If it was returned while the pool was closed, it stayed open."""
    used: list[sqlite3.Connection] = []
    event.listen(desk.engine, "checkout", lambda raw, *_: used.append(raw))
    watch(desk.engine, lambda _: None, Steps())
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        used[0].execute("SELECT 1")


@on_files
def test_a_connection_in_use_when_the_desk_is_closed_is_closed_when_it_is_returned(desk: Desk) -> None:
    """Python 3.13 warns of an unclosed connection."""
    own = open_desk(str(desk.engine.url.database), NOW)
    pooled = own.engine.raw_connection()
    raw = pooled.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    own.close()
    assert raw.execute("SELECT 1").fetchone() == (1,)
    pooled.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")

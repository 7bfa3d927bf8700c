"""Writers of one file take turns, and never wait longer than they may."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

import pytest

from atendimento_tui.data import write_queue
from atendimento_tui.data.backend import sqlite
from atendimento_tui.data.engine import writing
from atendimento_tui.data.unavailable import DatabaseUnavailable
from atendimento_tui.data.write_queue import WriteQueue, queue_file
from atendimento_tui.services.desk import Desk
from tests.databases import on_files

WAIT_S = 20


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    path.touch(0o640)
    WriteQueue(path).make()
    return path


@pytest.fixture
def waits() -> Iterator[Event]:
    """Is set when somebody begins to wait in a queue."""
    begun, ended = Event(), write_queue.Wait.ended

    def noted(wait: write_queue.Wait, until: float) -> bool:
        begun.set()
        return ended(wait, until)

    with patch.object(write_queue.Wait, "ended", noted):
        yield begun


def started(call: Callable[[], None]) -> Thread:
    thread = Thread(target=call)
    thread.start()
    return thread


def is_locked(file: Path) -> bool:
    place = os.open(queue_file(file), os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(place)
    return False


def test_a_turn_begins_when_the_one_before_ends(file: Path, waits: Event) -> None:
    order = []

    def second() -> None:
        with WriteQueue(file).turn(time.monotonic() + WAIT_S):
            order.append("second")

    with WriteQueue(file).turn(time.monotonic() + WAIT_S):
        thread = started(second)
        assert waits.wait(WAIT_S)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert not is_locked(file)


def test_after_its_time_a_writer_goes_on_and_leaves_the_queue(file: Path) -> None:
    with WriteQueue(file).turn(time.monotonic() + WAIT_S):
        with WriteQueue(file).turn(time.monotonic()):
            assert is_locked(file)
        [late] = [thread for thread in threading.enumerate() if thread.name == "write queue"]
    late.join()
    assert not is_locked(file)


def test_an_error_ends_the_turn(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), WriteQueue(file).turn(time.monotonic() + WAIT_S):
        raise ZeroDivisionError
    assert not is_locked(file)


def test_a_link_to_the_file_leads_to_the_same_queue_with_the_same_rights(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file)
    with WriteQueue(link).turn(time.monotonic() + WAIT_S):
        assert is_locked(file)
    assert queue_file(file).stat().st_mode & 0o777 == 0o640


def test_where_there_can_be_no_queue_writers_go_on(file: Path) -> None:
    queue_file(file).unlink()
    queue_file(file).mkdir()
    WriteQueue(file).make()
    with WriteQueue(file).turn(time.monotonic() + WAIT_S):
        done = True
    assert done


@on_files
def test_the_queue_is_made_when_a_writer_has_to_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT_S", 0.0)
    file = Path(str(desk.engine.url.database))
    with writing(desk.engine):
        assert not queue_file(file).exists()
        with pytest.raises(DatabaseUnavailable), writing(desk.engine):
            pass
        assert queue_file(file).exists()


@on_files
def test_a_write_waits_in_the_queue_and_then_has_the_lock_at_once(desk: Desk, waits: Event) -> None:
    WriteQueue(Path(str(desk.engine.url.database))).make()
    written = []

    def write() -> None:
        with writing(desk.engine) as connection:
            written.append(connection.in_transaction())

    with writing(desk.engine):
        thread = started(write)
        assert waits.wait(WAIT_S)
        assert not written
    thread.join()
    assert written == [True]

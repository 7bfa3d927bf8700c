"""Shared code of the benchmarks of imported lists: desks on both databases, and searches as one types."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.servers import running

from atendimento_tui.services.desk import Desk
from atendimento_tui.services.setup import create_desk, new_desk
from benchmarks.measure import Cell, data_folder, spread

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def databases(name: str) -> Iterator[tuple[str, str]]:
    """The name and the address of an empty database of each kind; the server ends with the iteration."""
    path = data_folder() / f"{name}.db"
    for old in path.parent.glob(f"{name}.db*"):
        old.unlink()
    yield "SQLite", str(path)
    with running(fsync="on", full_page_writes="on") as server:
        yield "PostgreSQL", server.make()


@contextmanager
def desk_at(address: str) -> Iterator[Desk]:
    """A new desk."""
    new = new_desk(name="Medida", city="São Paulo", uf="SP", hours="seg-sex 09:00-18:00", supervisor="Ana Lima")
    with create_desk(address, new, NOW) as desk:
        yield desk


def settle(desk: Desk) -> None:
    """Let the server collect its statistics now, as it does by itself some time after an import."""
    if desk.file is None:
        with desk.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds of some work, by the clock and of the processor."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


def highest_memory() -> int:
    """The highest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def keystrokes(typed: Sequence[str], find: Callable[[str], object], rounds: int) -> list[Cell]:
    """The number of keystrokes, and p50, p95 and most of their milliseconds; then p50 and p95 of the processor's.

    Args:
        typed: The searched texts, each typed from its first letter on.
        find: Calls the service.
        rounds: How often each is typed, after a first time that is not counted.
    """
    texts = [text[:end] for text in typed for end in range(1, len(text) + 1)]
    for text in texts:
        find(text)
    times = [taken(lambda text=text: find(text)) for _ in range(rounds) for text in texts]  # type: ignore[misc]
    passed, used = zip(*times, strict=True)
    return [len(texts), *spread(passed, 0.5, 0.95, 1), *spread(used, 0.5, 0.95)]

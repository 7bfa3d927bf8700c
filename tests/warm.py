"""Starts processes of the program by forking one with all imports done, because a start takes a second of a core.

A `Warm` is such a process, for the whole test session. A process that it starts has its own streams, environment,
folder, limits and exit code. Tests of the start itself, of the interpreter's options or of closed streams start a new
process.
"""

import atexit
import fcntl
import gc
import importlib
import json
import multiprocessing
import os
import resource
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any, NamedTuple

MODULE = "atendimento_tui"
_REQUEST_BYTES = 1 << 20
_PRELOADED = (
    *(f"{MODULE}.{name}" for name in ("data.backend.postgresql", "data.backend.sqlite", "services.drafts")),
    *("tests.services.crowd", "tests.trial", "tests.booking_trial", "sqlalchemy.dialects.postgresql.psycopg"),
    "sqlalchemy.dialects.sqlite.pysqlite",
)
"""What the processes of tests use; a module that each imports itself takes a second of a core."""


class ProcessResult(NamedTuple):
    """The result of a process.

    Attributes:
        code: The exit code; negative: the signal that killed it.
    """

    code: int
    out: bytes
    err: bytes


class Warm:
    """A process with all imports done, which forks a process for each call. All workers of a test run share one.

    Args:
        desk: The file of a desk, to be copied. On it the process once does what most of its processes do.
    """

    def __init__(self, desk: Path) -> None:
        self._here = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        name = f"\0{MODULE}-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
        while True:
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener, suppress(ConnectionRefusedError):
                try:
                    listener.bind(name)
                except OSError:  # another worker has started it, or is about to
                    pass
                else:
                    listener.listen()
                    _start_server(listener.fileno(), desk)
                self._here.connect(name)
                break

    def close(self) -> None:
        """Let it end when no other worker uses it; the processes that it started continue."""
        self._here.close()

    def run(self, args: Sequence[str], *, stdin: bytes = b"", **how: Any) -> ProcessResult:
        """Run the program until it ends; a warning is an error.

        It may not say more to stderr than a pipe holds before it ends stdout.

        Args:
            args: What follows its name.
            stdin: What it reads, less than a pipe holds.
            how: As for `begin`.
        """
        begun = self.begin(args, **how)
        begun.stdin.write(stdin)
        return begun.ended()

    def begin(
        self, args: Sequence[str], *, streams: Mapping[int, str | None] | None = None, **how: Any
    ) -> "PipedProcess":
        """Start the program with pipes as its streams, without waiting.

        Args:
            args: What follows its name.
            streams: The number of a stream that is no pipe -> the file that it is; None: it is closed.
            how: As for `start`.
        """
        (stdin, write_in), (read_out, stdout), (read_err, stderr) = [os.pipe() for _ in range(3)]
        how |= {"streams": list((streams or {}).items()), "warnings": "error"}
        process = self.start(["-m", MODULE, *args], (stdin, stdout, stderr), **how)
        for theirs in (stdin, stdout, stderr):
            os.close(theirs)
        return PipedProcess(process, os.fdopen(write_in, "wb", 0), os.fdopen(read_out, "rb"), os.fdopen(read_err, "rb"))

    def start(self, python_args: Sequence[str], fds: tuple[int, int, int], **how: Any) -> "Forked":
        """Start Python code as `python` does with these arguments: `-m` and a module, or a file, and more.

        Args:
            fds: Its streams.
            how: `env`, its whole environment; `cwd`, its folder if that is another; `file_bytes`, how long the files
                are at most that it may write; `ignored`, numbers of signals that it finds ignored; `terminal`, whether
                its streams are to be its controlling terminal; `warnings`, what becomes of them.
        """
        end, ends = os.pipe()
        request = {"args": list(python_args), "cwd": os.getcwd()} | {k: v for k, v in how.items() if v is not None}
        request["env"] = dict(how["env"])
        socket.send_fds(self._here, [json.dumps(request).encode()], [*fds, ends])
        os.close(ends)
        return Forked(end)


def forking() -> ForkServerContext:
    """The context in which tests start functions in processes, forked from one with all imports done."""
    for name in _PRELOADED:
        importlib.import_module(name)  # the server of forks ignores a module that does not exist
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


class Forked:
    """A forked process, with the methods of `subprocess.Popen` that tests use.

    Attributes:
        pid: Its process id.
    """

    def __init__(self, end: int) -> None:
        self._end = os.fdopen(end, "rb", 0)
        self._code: int | None = None
        self.pid = int(self._end.readline())

    def poll(self) -> int | None:
        """The exit code, if the process has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the process ends, and return its exit code.

        Raises:
            subprocess.TimeoutExpired: It did not end in so many seconds.
        """
        if self._code is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired([MODULE], timeout or 0)
            self._code = int(self._end.read())
            self._end.close()
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal, if the process runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the process."""
        self.send_signal(signal.SIGKILL)


class PipedProcess(NamedTuple):
    """A process with pipes as its streams."""

    process: Forked
    stdin: Any
    out: Any
    err: Any

    def ended(self) -> ProcessResult:
        """Read its output until it ends."""
        self.stdin.close()
        with self.out as out, self.err as err:
            output = out.read(), err.read()
        return ProcessResult(self.process.wait(), *output)


def environment() -> dict[str, str]:
    """The environment variables for a started process: without those of this terminal, with those of tests."""
    not_kept = ("COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "TMUX")
    kept = {k: v for k, v in os.environ.items() if k not in not_kept and not k.startswith("TEXTUAL")}
    fixed = {"TERM": "xterm-256color", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none"}
    return {**kept, **fixed}


def _start_server(listener: int, desk: Path) -> None:
    """Start the process that forks others. It may live longer than the worker that starts it."""
    started = subprocess.Popen(
        [sys.executable, "-m", __name__, str(listener), str(desk)],
        pass_fds=[listener],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.DEVNULL,
        env=environment(),
    )
    started.returncode = 0  # nobody waits for it


def _serve(fd: int) -> list[str]:
    """Fork a process for each request, until nobody is connected; returns its arguments in the forked process."""
    listener, workers = socket.socket(fileno=fd), dict[int, socket.socket]()
    ends = dict[int, tuple[int, int]]()  # of a process that runs: its id, and the pipe for its exit code
    while True:
        for ready in select.select([fd, *workers, *ends], [], [])[0]:
            if ready == fd:
                worker, _ = listener.accept()
                workers[worker.fileno()] = worker
            elif ready in ends:
                child, end = ends.pop(ready)
                _tell(end, str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))
                os.close(end)
                os.close(ready)
            elif request := _request_of(workers[ready]):
                what, (*streams, end) = request
                child = os.fork()
                if not child:
                    for connection in (listener, *workers.values()):
                        connection.close()
                    for each in (*ends, *(other for _, other in ends.values()), end):
                        os.close(each)
                    return _become(what, streams)
                for each in streams:
                    os.close(each)
                _tell(end, f"{child}\n")
                ends[os.pidfd_open(child)] = child, end
            else:
                workers.pop(ready).close()
                if not workers:
                    sys.exit()


def _request_of(worker: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """What a worker asks for, with streams; None: it is gone."""
    message, fds, _, _ = socket.recv_fds(worker, _REQUEST_BYTES, 4)
    return (json.loads(message), fds) if message else None


def _tell(end: int, what: str) -> None:
    """Tell who started a process, if it still listens."""
    with suppress(BrokenPipeError):
        os.write(end, what.encode())


def _become(request: dict[str, Any], streams: list[int]) -> list[str]:
    """Set streams, environment and limits of a new process."""
    for number, fd in enumerate(streams):
        os.dup2(fd, number)
        os.close(fd)
    if request.get("terminal"):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored, if the tests run under nohup
    for ignored in request.get("ignored", ()):
        signal.signal(ignored, signal.SIG_IGN)
    closed = set()
    for number, other in request.get("streams", ()):
        os.close(number)
        if other is None:
            closed.add(number)
        else:
            assert os.open(other, os.O_RDWR) == number
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        former = getattr(sys, name)
        stream = None
        if number not in closed:
            buffering = 1 if number == 2 else -1  # stderr is line-buffered
            stream = open(number, mode, buffering, former.encoding, former.errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    if how := request.get("warnings"):
        warnings.simplefilter(how)
    if (most := request.get("file_bytes")) is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return list(request["args"])


def _import_everything() -> None:
    import pkgutil

    import atendimento_tui

    for module in pkgutil.walk_packages(atendimento_tui.__path__, f"{MODULE}."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            __import__(module.name)


def _end(code: int) -> None:
    """End the process as the interpreter does, but do not take all its objects apart, which copies them.

    Where a stream cannot be written any more, it returns, and the interpreter reports that.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - what the interpreter calls at its end
    atexit._run_exitfuncs()  # noqa: SLF001 - as above
    with suppress(OSError, ValueError):
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
        os._exit(code)


def _do_what_most_do(desk: Path) -> None:
    """Make the parser and open a window: processes inherit parsed style sheets, compiled statements and processes."""
    import asyncio  # here and below late: other processes that import this module have no window

    from atendimento_tui import cli
    from atendimento_tui.app import AtendimentoApp
    from atendimento_tui.services.desk import open_desk
    from tests.compiled import compiled_once
    from tests.living import NOW, Living
    from tests.quick_textual import quick_textual

    parser = cli.command_parser()
    cli.command_parser = lambda: parser
    for kept in (quick_textual(), compiled_once()):
        kept.__enter__()

    async def look() -> None:
        app = AtendimentoApp(str(path), "Ana Lima")
        async with app.run_test(size=(120, 40), tooltips=True, notifications=True) as pilot:
            await pilot.press("down")
            app.exit()

    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(desk, folder)
        with open_desk(path, NOW) as opened:
            Living(opened).open()
        os.environ |= {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        asyncio.run(look())
    assert threading.active_count() == 1
    gc.collect()


if __name__ == "__main__":
    _import_everything()
    _do_what_most_do(Path(sys.argv[2]))
    gc.freeze()  # the collectors of forked processes skip, and so do not copy, what is imported
    what, *sys.argv = _serve(int(sys.argv[1]))
    try:
        if what == "-m":
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        else:
            sys.argv.insert(0, what)
            runpy.run_path(what, run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, int | None):
            _end(end.code or 0)
        raise
    _end(0)

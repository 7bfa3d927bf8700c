"""Processes of the program that are forked from one which has imported everything: a start costs a second of a core.

A `Warm` is one such process for the whole test session. What it starts is the program in every other way: a process of
its own, with streams, environment, folder, limits and end of its own. What is about the start itself, about the
interpreter's options or about streams that are closed, starts the program as people do.
"""

import json
import os
import resource
import runpy
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

MODULE = "atendimento_tui"
_REQUEST_BYTES = 1 << 20


class Ended(NamedTuple):
    """A process that has ended.

    Attributes:
        code: Its exit code; negative: the signal that killed it.
    """

    code: int
    out: bytes
    err: bytes


class Warm:
    """A process with the program imported, which forks a process for each call."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(there.fileno())],
                pass_fds=[there.fileno()],
                cwd=Path(__file__).parents[1],
                stdin=subprocess.DEVNULL,
            )

    def close(self) -> None:
        """End it; processes that it started go on."""
        self._here.close()
        self._process.wait()

    def run(self, args: Sequence[str], *, stdin: bytes = b"", **how: Any) -> Ended:
        """Run the program to its end.

        Args:
            args: What follows its name.
            stdin: What it reads, less than a pipe holds.
            how: As for `start`.
        """
        begun = self.start(args, **how)
        begun.stdin.write(stdin)
        return begun.ended()

    def start(
        self,
        args: Sequence[str],
        *,
        env: Mapping[str, str],
        streams: Mapping[int, str | None] | None = None,
        file_bytes: int | None = None,
    ) -> "Begun":
        """Start the program and do not wait for it.

        Args:
            args: What follows its name.
            env: Its whole environment.
            streams: The number of a stream that is no pipe -> the file that it is; None: it is closed.
            file_bytes: No file that it writes may be longer.
        """
        pipes = [os.pipe() for _ in range(4)]
        (stdin, write_in), (read_out, stdout), (read_err, stderr), (read_end, end) = pipes
        request = {
            "args": list(args),
            "env": dict(env),
            "cwd": os.getcwd(),
            "streams": list((streams or {}).items()),
            "file_bytes": file_bytes,
        }
        socket.send_fds(self._here, [json.dumps(request).encode()], [stdin, stdout, stderr, end])
        for theirs in (stdin, stdout, stderr, end):
            os.close(theirs)
        return Begun(os.fdopen(write_in, "wb", 0), *(os.fdopen(fd, "rb") for fd in (read_out, read_err, read_end)))


class Begun(NamedTuple):
    """A process that was started, by its streams."""

    stdin: Any
    out: Any
    err: Any
    end: Any

    def ended(self) -> Ended:
        """Read what it says until it ends. It may not say more to stderr than a pipe holds before it ends stdout."""
        self.stdin.close()
        with self.out as out, self.err as err, self.end as end:
            said = out.read(), err.read()
            return Ended(int(end.read()), *said)


def _serve(fd: int) -> None:
    """Fork a process for each request; in it, return."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    asked = socket.socket(fileno=fd)
    while True:
        message, fds, _, _ = socket.recv_fds(asked, _REQUEST_BYTES, 4)
        if not message:
            sys.exit()
        if not os.fork():
            _watch(asked, json.loads(message), fds)
            return
        for each in fds:
            os.close(each)


def _watch(asked: socket.socket, request: dict[str, Any], fds: list[int]) -> None:
    """Fork the process itself, return in it, and tell of its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, end = fds
    child = os.fork()
    if child:
        for fd in streams:
            os.close(fd)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(end, str(code).encode())
        os._exit(0)
    asked.close()
    os.close(end)
    _become(request, streams)


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Take on the streams, the environment and the limits of a new process."""
    for number, fd in enumerate(streams):
        os.dup2(fd, number)
        os.close(fd)
    for number, other in request["streams"]:
        os.close(number)
        if other is not None:
            assert os.open(other, os.O_RDWR) == number
    closed = {number for number, other in request["streams"] if other is None}
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        former = getattr(sys, name)
        stream = None
        if number not in closed:
            buffering = 1 if number == 2 else -1  # stderr goes line by line, whatever it is
            stream = open(number, mode, buffering, former.encoding, former.errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    warnings.simplefilter("error")
    sys.argv = [MODULE, *request["args"]]
    if (most := request["file_bytes"]) is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _import_everything() -> None:
    import pkgutil

    import atendimento_tui

    for module in pkgutil.walk_packages(atendimento_tui.__path__, f"{MODULE}."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            __import__(module.name)


if __name__ == "__main__":
    _import_everything()
    _serve(int(sys.argv[1]))
    runpy.run_module(MODULE, run_name="__main__", alter_sys=True)

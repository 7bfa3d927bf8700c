"""A child process that reads a file of anybody, with limits of time and memory."""

import contextlib
import subprocess
import sys


class Ended(Exception):
    """The child ended in an error, or took too long.

    Attributes:
        code: Its exit code; None if it took too long or could not be started.
        output: What it wrote to its standard output.
        is_late: Whether it took too long.
    """

    def __init__(self, code: int | None, output: bytes = b"", *, is_late: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.output = output
        self.is_late = is_late


def run_child(module: str, asked: bytes, content: bytes, timeout_s: float) -> bytes:
    """Run a module as a program, and return what it wrote. Blocks.

    Args:
        module: The dotted name of the module.
        asked: A line that says what is asked, without a line break.
        content: What follows that line.
        timeout_s: Seconds that it may take.

    Raises:
        Ended: It ended in an error, took too long, or could not be started.
    """
    command = (sys.executable, "-P", "-m", module)
    sent = b"\n".join((asked, content))
    try:
        done = subprocess.run(
            command, input=sent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise Ended(None, is_late=True) from None
    except OSError as error:
        raise Ended(None) from error
    if done.returncode:
        raise Ended(done.returncode, done.stdout)
    return done.stdout


def limit_memory(most: int) -> None:
    """Limit the address space of this process to so many bytes, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource  # late: not every system has it

        resource.setrlimit(resource.RLIMIT_AS, (most, most))

"""Output of the command: data to stdout, messages to stderr. No other module prints, so that all text is escaped."""

import contextlib
import getpass
import os
import sys
from io import TextIOWrapper
from typing import TextIO

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import printable, without_password


def prepare() -> None:
    """Configure a stream to replace characters that its encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def put(data: str) -> None:
    """Write data for other programs, one line or several.

    Raises:
        Refused: It cannot be written, or there is no stdout.
        BrokenPipeError: The reader has closed the pipe.
    """
    if sys.stdout is None:  # closed by the caller: `atendimento fila >&-`
        raise Refused("saida_fechada")
    try:
        sys.stdout.write(printable(data) + "\n")
    except OSError as error:
        _fail(error)


def finish() -> None:
    """Flush stdout.

    Raises:
        Refused: It cannot be written.
        BrokenPipeError: The reader has closed the pipe.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        _fail(error)


def say(words: str) -> None:
    """Print a message. Control characters in quoted text (a path, an argument, a header) are escaped."""
    _tell(printable(without_password(words)) + "\n")


def ask(question: str) -> str:
    """Ask on the terminal for a line of text."""
    _tell(printable(question))
    return sys.stdin.readline().strip()


def ask_secret(question: str) -> str:
    """Ask on the terminal for a text that is not shown while it is typed."""
    return getpass.getpass(printable(question), stream=sys.stderr)


def tell_progress(words: str, *, ended: bool) -> None:
    """Print progress over the previous progress."""
    _tell("\r" + printable(words) + ("\n" if ended else ""))


def are_words_for_a_person() -> bool:
    """Whether messages go to a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def writes_unicode() -> bool:
    """Whether stdout can encode every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")


def drop_data() -> None:
    """Discard the rest of the data: Python would try to write it again at exit, and print an error."""
    _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _fail(error: OSError) -> None:
    drop_data()
    if isinstance(error, BrokenPipeError):
        raise error
    raise Refused("saida_nao_grava", detail=error.errno) from error


def _tell(text: str) -> None:
    """Write a message. A failure to write it is ignored and does not change the exit code."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _drop(sys.stderr)  # Python would try to write the rest at exit, fail, and exit with 120

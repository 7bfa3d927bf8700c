"""What the command writes: data on stdout, words on stderr. Nothing else prints, so that no text gets past the door."""

import contextlib
import os
import sys
from io import TextIOWrapper
from typing import TextIO

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import printable, without_password


def prepare() -> None:
    """Let a stream take every text: a sign that its encoding lacks is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def put(data: str) -> None:
    """Write data for other programs, one line or several.

    Raises:
        Refused: It cannot be written, or there is no stdout.
        BrokenPipeError: Nobody reads on.
    """
    if sys.stdout is None:  # closed by the caller: `atendimento fila >&-`
        raise Refused("saida_fechada")
    try:
        sys.stdout.write(printable(data) + "\n")
    except OSError as error:
        _fail(error)


def finish() -> None:
    """Write what is still held back.

    Raises:
        Refused: It cannot be written.
        BrokenPipeError: Nobody reads on.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        _fail(error)


def say(words: str) -> None:
    """Tell people something. What it quotes (a path, an argument, a header) makes the terminal do nothing."""
    _tell(printable(without_password(words)) + "\n")


def tell_progress(words: str, *, ended: bool) -> None:
    """Tell how far something is, over what was told before."""
    _tell("\r" + printable(words) + ("\n" if ended else ""))


def are_words_for_a_person() -> bool:
    """Whether somebody at a terminal reads the words."""
    return sys.stderr is not None and sys.stderr.isatty()


def writes_unicode() -> bool:
    """Whether stdout takes every letter as it is."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")


def drop_data() -> None:
    """Let the rest of the data go nowhere: Python would try to write it once more when it ends, and complain."""
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
    """Write words. Words that nobody can be told change nothing, not even the exit code."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _drop(sys.stderr)  # Python would try to write the rest when it ends, fail, and end with 120

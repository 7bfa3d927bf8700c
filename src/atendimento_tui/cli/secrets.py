"""Passwords and tokens of the command: asked without echo, read from files that only their owner reads."""

import argparse
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import atendimento_tui
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.streams import are_words_for_a_person, ask, ask_secret
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import WRITTEN_AT_MOST
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

_STDIN = "-"


def add_file_option(parser: argparse.ArgumentParser) -> None:
    """Add `--senha-arquivo`."""
    parser.add_argument("--senha-arquivo", metavar="ARQUIVO", help=texts.PASSWORD_FILE)


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return are_words_for_a_person() and sys.stdin is not None and sys.stdin.isatty()


def passwords(args: argparse.Namespace, labels: Sequence[str], *, twice: bool = False) -> list[str]:
    """Passwords: the lines of the file that the call names, else asked on the terminal.

    Args:
        args: The call.
        labels: What is asked, one a password.
        twice: Ask the last one twice. A file has it once.

    Raises:
        Refused: There is no terminal; the file cannot be read or is readable by others; the two are not equal.
    """
    if args.senha_arquivo is not None:
        lines = _lines(args.senha_arquivo)
        if len(lines) < len(labels):
            raise Refused("senha_arquivo_linhas", count=len(labels))
        return lines
    if not is_terminal():
        raise Refused("senha_sem_terminal")
    typed = [ask_secret(f"{label}: ") for label in labels]
    if twice and ask_secret(f"{all_texts.accounts.FIELDS['again']}: ") != typed[-1]:
        raise Refused("senhas_diferentes")
    return typed


def ask_line(label: str) -> str:
    """Ask for a text that is no secret.

    Raises:
        Refused: There is no terminal.
    """
    if not is_terminal():
        raise Refused("senha_sem_terminal")
    return ask(f"{label}: ")


def given_token(desk: "Desk") -> str:
    """The token of the environment, else the kept session of `atendimento entrar`; empty if there is none.

    Raises:
        Refused: The file of the token or of the session is readable by others, or cannot be read.
    """
    if token := os.environ.get(atendimento_tui.paths.TOKEN_VARIABLE):
        return token.strip()
    if file := os.environ.get(atendimento_tui.paths.TOKEN_FILE_VARIABLE):
        return next(iter(_lines(file)), "").strip()
    return kept_token(desk)


def kept_token(desk: "Desk") -> str:
    """The session of `atendimento entrar` for this desk; empty if there is none."""
    path = _session_file(desk)
    return next(iter(_lines(str(path))), "") if path.exists() else ""


def write_token(desk: "Desk", token: str) -> None:
    """Keep a session, readable by its owner only; an empty one is deleted.

    Raises:
        OSError: It cannot be written.
    """
    path = _session_file(desk)
    if not token:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    own.unlink(missing_ok=True)
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(token + "\n")
    own.replace(path)


def _session_file(desk: "Desk") -> Path:
    return atendimento_tui.paths.sessions_folder() / desk.key


def _lines(name: str) -> list[str]:
    """The lines of a file of secrets; `-` is stdin."""
    if name == _STDIN:
        return sys.stdin.read(4 * WRITTEN_AT_MOST).splitlines() if sys.stdin else []
    try:
        with open(name, encoding="utf-8") as file:
            state = os.fstat(file.fileno())
            if stat.S_ISREG(state.st_mode) and state.st_mode & 0o077 and os.name == "posix":
                raise Refused("senha_arquivo_aberto", path=name)
            return file.read(4 * WRITTEN_AT_MOST).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        raise Refused("senha_arquivo_nao_le", path=name, detail=number) from error

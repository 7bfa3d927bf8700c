"""Printers: CUPS's commands `lpstat` and `lp`, called without a shell.

The PDF goes over standard input, so that no file of it stays on the disk, and the job has a neutral name.
"""

import shutil
import subprocess
from collections.abc import Sequence

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import escaped
from atendimento_tui.texts.papers import PDF_TITLE

_TIMEOUT_S = 15.0


def printers() -> tuple[str, ...]:
    """The names of the printers of this machine; none if it cannot print. Blocks for a moment."""
    if shutil.which("lp") is None:
        return ()
    try:
        code, listed, _ = _run(("lpstat", "-e"))
    except (OSError, subprocess.TimeoutExpired):
        return ()
    names = listed.decode(errors="replace").splitlines() if code == 0 else []
    return tuple(name.strip() for name in names if name.strip())


def print_pdf(pdf: bytes, printer: str, copies: int = 1) -> None:
    """Send a PDF to a printer. Blocks until the printing system has it.

    Raises:
        Refused: The machine cannot print, or the printing system did not take it.
    """
    try:
        code, _, told = _run(("lp", "-d", printer, "-n", str(copies), "-t", PDF_TITLE), pdf)
    except FileNotFoundError:
        raise Refused("sem_lp", printer=printer) from None
    except OSError as error:
        raise Refused("impressao_recusada", printer=printer, reason=str(error)) from error
    except subprocess.TimeoutExpired:
        raise Refused("impressao_demorou", printer=printer, seconds=round(_TIMEOUT_S)) from None
    if code:
        said = " ".join(escaped(told.decode(errors="replace")).split())
        raise Refused("impressao_recusada", printer=printer, reason=said or str(code))


def _run(command: Sequence[str], sent: bytes = b"") -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of a command. `subprocess.run` would wait for what a killed command has started."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            output, errors = process.communicate(sent, _TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, output, errors

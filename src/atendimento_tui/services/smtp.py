"""The way to the mail server: `smtplib` with TLS and login, and what the end of an attempt means.

The password comes from the environment or from a file that only its account reads. It is never in the database, in an
event, in the log or in a diagnosis.
"""

import os
import smtplib
import ssl
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.domain.outbox import Delivery, only_line
from atendimento_tui.domain.refusals import Refused

PASSWORD_VARIABLE, PASSWORD_FILE_VARIABLE = "ATENDIMENTO_SMTP_SENHA", "ATENDIMENTO_SMTP_SENHA_ARQUIVO"
"""The password of the server, and the name of a file that has it."""

TIMEOUT_S = 60
"""Seconds that one step of a connection may take."""

_LONGEST_PASSWORD = 1_000


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended: the new state, and the server's words."""

    state: Delivery
    reply: str


class ServerFailed(Exception):
    """The server was not reached, or did not let the desk in. Nothing was sent.

    Attributes:
        reply: Its words, or what went wrong.
    """

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


def password(default: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The password of the server: of the environment, else of the file that it names, else of the default file.

    Returns:
        The password; empty if there is none.

    Raises:
        Refused: The file cannot be read, or others than its owner can read it.
    """
    if given := environ.get(PASSWORD_VARIABLE):
        return given
    named = environ.get(PASSWORD_FILE_VARIABLE)
    path = Path(named) if named else default
    if not named and not path.exists():
        return ""
    try:
        with path.open(encoding="utf-8") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise Refused("senha_arquivo_aberto", path=str(path))
            return file.read(_LONGEST_PASSWORD).partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        raise Refused("senha_arquivo_nao_le", path=str(path), detail=number) from error


@contextmanager
def connected(unit: UnitInfo, secret: str, timeout_s: float = TIMEOUT_S) -> Iterator[smtplib.SMTP]:
    """A connection to the unit's server, after TLS and login.

    Args:
        unit: The unit, with the settings of its server.
        secret: The password.
        timeout_s: Seconds that one step may take.

    Raises:
        Refused: A password is missing, or would be sent without encryption.
        ServerFailed: The server was not reached, or did not let the desk in.
    """
    if unit.smtp_login and not secret:
        raise Refused("smtp_sem_senha", login=unit.smtp_login)
    if unit.smtp_login and unit.smtp_security == "nenhuma" and not _is_this_machine(unit.smtp_host):
        raise Refused("smtp_senha_aberta")
    server: smtplib.SMTP | None = None
    try:
        context = ssl.create_default_context()
        if unit.smtp_security == "tls":
            server = smtplib.SMTP_SSL(unit.smtp_host, unit.smtp_port, timeout=timeout_s, context=context)
        else:
            server = smtplib.SMTP(unit.smtp_host, unit.smtp_port, timeout=timeout_s)
        if unit.smtp_security == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if unit.smtp_login:
            server.login(unit.smtp_login, secret)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        if server is not None:
            server.close()
        raise ServerFailed(_words_of(error)) from error
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def send(server: smtplib.SMTP, sender: str, to: str, content: bytes) -> Ending:
    """Send one message to one recipient.

    Until the server is given the text nothing can have been sent, so a connection that is lost before is a failure.
    Once it is lost after that, nobody knows.
    """
    try:
        for step, address in ((server.mail, sender), (server.rcpt, to)):
            code, words = step(address)
            if not 200 <= code < 300:
                with suppress(smtplib.SMTPException, OSError):
                    server.rset()
                return _ending(code, words)
    except UnicodeEncodeError:  # an address that only SMTPUTF8 could write
        return Ending(Delivery.REFUSED, only_line([to]))
    except (smtplib.SMTPException, OSError) as error:
        server.close()
        return Ending(Delivery.FAILED, _words_of(error))
    try:
        return _ending(*server.data(content))
    except smtplib.SMTPDataError as error:  # it did not want the text
        with suppress(smtplib.SMTPException, OSError):
            server.rset()
        return _ending(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        server.close()
        return Ending(Delivery.UNCERTAIN, _words_of(error))


def is_open(server: smtplib.SMTP) -> bool:
    """Whether the connection can be used again."""
    return server.sock is not None


def _ending(code: int, words: bytes | str) -> Ending:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    state = Delivery.SENT if 200 <= code < 300 else Delivery.REFUSED if 500 <= code < 600 else Delivery.FAILED
    return Ending(state, only_line([str(code), text]))


def _words_of(error: BaseException) -> str:
    """The words of the server, or what the system says."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _ending(error.smtp_code, error.smtp_error).reply
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return only_line([str(text)])


def _is_this_machine(host: str) -> bool:
    """Whether a connection does not leave the machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

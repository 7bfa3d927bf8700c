"""A real mail server on loopback, with TLS and login, whose answers a test chooses."""

import ssl
from asyncio import Server, WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN, PASSWORD = "mesa", "s3nha do servidor"


@dataclass
class MailServer:
    """What the server got, and what it answers.

    Attributes:
        answers: Answers to the next texts, in order; without one it is accepted. A function is called when the text
            has come; it returns the answer.
        recipients: Address -> answer to a recipient.
    """

    port: int = 0
    certificate: Path = Path()
    got: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    answers: list[str | Callable[[SMTP], str]] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)

    # Called by the server, whose names these are.

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.recipients:
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 aceita"
        content = envelope.original_content or b""
        words = answer if isinstance(answer, str) else answer(server)
        if words.startswith("2") or callable(answer):
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
        return words


def hang_up(server: SMTP) -> str:
    """Close the connection once the text has come."""
    assert isinstance(server.transport, WriteTransport)
    server.transport.abort()
    return "250 nobody reads this"


@contextmanager
def mail_server(folder: Path, *, security: str = "starttls") -> Iterator[MailServer]:
    """A running server. `certificate` is that of the authority that signed its own.

    Args:
        security: `starttls`, which asks for a login; `tls` or `nenhuma`, which ask for none.
    """
    authority = trustme.CA()
    pem = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))
    context = _context(authority)
    made = MailServer(certificate=pem)

    def login(_server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        made.sessions += 1
        is_right = (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    guarded = {"tls_context": context, "require_starttls": True, "authenticator": login, "auth_required": True}
    controller = _OnAnyPort(
        made,
        hostname="127.0.0.1",
        port=0,
        ssl_context=context if security == "tls" else None,
        **(guarded if security == "starttls" else {}),
    )
    controller.start()
    made.port = controller.port
    try:
        yield made
    finally:
        controller.stop()


class _OnAnyPort(Controller):
    """A controller that learns the port that the system gave its socket."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def _context(authority: trustme.CA) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context

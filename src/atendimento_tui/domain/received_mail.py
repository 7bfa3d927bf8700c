"""An e-mail that was received: who sent it, what it answers, its text. Pure; all of it may be hostile."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written

MOST_PARTS = 200
"""Parts of a message that are looked at."""

LONGEST_TEXT = 16_000
"""Characters of its text that are kept in the history; the whole e-mail is an attachment."""

_MAIL_ID = re.compile(r"<[^<>\s]{1,250}>")
_LONGEST_LINE = 250
_SKIPPED = ("script", "style", "head", "title")


@dataclass(frozen=True, slots=True)
class Mail:
    """A received e-mail.

    Attributes:
        mail_id: Its Message-ID; empty if it has none.
        answers: Message-IDs that it names, the nearest first.
        returned: The Message-ID that it returns, if it is a bounce; its reason is then `reason`.
    """

    mail_id: str
    answers: tuple[str, ...]
    sender: str
    subject: str
    text: str
    returned: str = ""
    reason: str = ""


def read_mail(content: bytes) -> Mail:
    """An e-mail as it came (`.eml`).

    Raises:
        Refused: It is no e-mail.
    """
    try:
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        if not any(message[name] for name in ("From", "Message-ID", "Subject", "Received")):
            raise Refused("eml_invalido")
        parts = [*_parts(message)]
        returned, reason = _returned(parts)
        named = _mail_ids(message, "In-Reply-To") + _mail_ids(message, "References")[::-1]
        return Mail(
            mail_id=next(iter(_mail_ids(message, "Message-ID")), ""),
            answers=tuple(dict.fromkeys(named)),
            sender=_line(_header(message, "From")),
            subject=_line(_header(message, "Subject")),
            text=_text(parts),
            returned=returned,
            reason=reason,
        )
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        # `email` raises these for headers and parts that are no mail's.
        raise Refused("eml_invalido") from error


def address_in(sender: str) -> str:
    """The address in the header of a sender, in lower case; empty if there is none."""
    found = re.findall(r"[^\s<>\",;]+@[^\s<>\",;]+", sender)
    return found[-1].lower() if found else ""


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if isinstance(part, EmailMessage):
            yield part


def _header(message: EmailMessage, name: str) -> str:
    return str(message[name] or "")


def _mail_ids(message: EmailMessage, name: str) -> list[str]:
    return _MAIL_ID.findall(_header(message, name))


def _line(text: str) -> str:
    return " ".join(written(text, multiline=True).split())[:_LONGEST_LINE]


def _text(parts: list[EmailMessage]) -> str:
    """The plain text, else that of the HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                text = _decoded(part)
                text = text if kind == "text/plain" else _without_tags(text)
                if clean := written(text.replace("\r\n", "\n"), multiline=True).strip():
                    return clean[:LONGEST_TEXT]
    return ""


def _decoded(part: EmailMessage) -> str:
    try:
        content = part.get_content()
        return content if isinstance(content, str) else ""
    except (LookupError, ValueError):  # an encoding that nobody knows
        raw = part.get_payload(decode=True)
        return raw.decode("latin-1") if isinstance(raw, bytes) else ""


class _Texts(HTMLParser):
    """Collects the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._skipped += tag in _SKIPPED
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _SKIPPED and self._skipped > 0

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.found.append(data)


def _without_tags(html: str) -> str:
    parser = _Texts()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n\s*\n+", "\n\n", "".join(parser.found))


def _returned(parts: list[EmailMessage]) -> tuple[str, str]:
    """The Message-ID that a bounce (RFC 3464) returns, and the reason; empty texts if it is none.

    A report of a delivery that succeeded or is only delayed is no bounce.
    """
    if not parts or parts[0].get_content_type() != "multipart/report":
        return "", ""
    reasons, ids, failed = list[str](), list[str](), False
    for part in parts[1:]:
        action = _header(part, "Action").strip().lower()
        failed = failed or action == "failed"
        reasons += [_line(each) for each in (_header(part, "Diagnostic-Code"), _header(part, "Status")) if each]
        if part.get_content_type() == "text/rfc822-headers":
            ids += re.findall(r"(?im)^message-id:\s*(<[^<>\s]{1,250}>)", _decoded(part))
        else:
            ids += _mail_ids(part, "Message-ID")
    return (ids[0], reasons[0] if reasons else "") if failed and ids else ("", "")

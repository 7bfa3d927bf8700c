"""The outbox: the states of what is sent to one recipient, and when it is tried again. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written


class Delivery(StrEnum):
    """Where a message to one recipient is. The words are stored; never rename one."""

    PENDING = "pendente"
    SENDING = "enviando"
    """Committed before the server gets the text."""
    SENT = "enviado"
    """The server has accepted it."""
    UNCERTAIN = "incerto"
    """The connection was lost or the worker died after `enviando`: it may have been sent. Only a person resends it."""
    FAILED = "falhou"
    """The server refused it for now, or was not reached. It is tried again until `DELAYS` are used up."""
    REFUSED = "recusado"
    """The server refused it for good."""
    HELD = "retido"
    """It waited when the desk was restored or moved: the other desk may have sent it."""
    NEVER = "nunca enviado"
    """It was written by a desk that sends nothing: before the outbox, in a demonstration, without a server."""
    NO_ADDRESS = "sem endereço"
    BY_HAND = "em mãos"
    """Its channel is no e-mail: a person sends, pastes or prints it."""
    DELIVERED = "entregue"
    """A person confirmed that it was delivered."""
    GIVEN_UP = "desistido"
    """A person decided that it is not sent, with a reason."""
    BOUNCED = "devolvido"
    """The server of the recipient returned it."""


DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""How long after each failed attempt the next one is. After the last one a person decides."""

DEAD_AFTER = timedelta(minutes=15)
"""A worker that has sent nothing for so long is dead; no attempt takes longer, because each step of it has a limit."""

LONGEST_WORDS = 500
"""Maximum characters of a server's answer that are stored."""

WAITS = frozenset((Delivery.PENDING, Delivery.SENDING))
"""States that a worker will end."""

RESENT = frozenset(
    (
        Delivery.UNCERTAIN,
        Delivery.FAILED,
        Delivery.REFUSED,
        Delivery.HELD,
        Delivery.NEVER,
        Delivery.GIVEN_UP,
        Delivery.BOUNCED,
        Delivery.NO_ADDRESS,
    )
)
"""States from which a person may send again."""

FAILURES = frozenset((Delivery.UNCERTAIN, Delivery.REFUSED, Delivery.NO_ADDRESS, Delivery.BOUNCED, Delivery.HELD))
"""States that need a person, besides a failure that is not tried again (`needs_a_person`)."""

OPEN = WAITS | FAILURES | {Delivery.FAILED}
"""States that the list of the outbox shows: all that is not over. What was never to be sent is not among them."""

_EMAIL = re.compile(r"[^\s@,;:<>()\"\\\[\]]+@[^\s@,;:<>()\"\\\[\]]+\.[^\s@,;:<>()\"\\\[\].]+")
_LONGEST_EMAIL = 254


def needs_a_person(state: str, next_at: datetime | None) -> bool:
    """Whether no worker will end it."""
    return state in FAILURES or (state == Delivery.FAILED and next_at is None)


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When it is tried again after so many failed attempts; None if a person decides."""
    return now + DELAYS[attempts - 1] if 0 < attempts <= len(DELAYS) else None


def is_dead(since: datetime, now: datetime) -> bool:
    """Whether the worker that took something at an instant must have died."""
    return now - since >= DEAD_AFTER


def first_state(channel: str, address: str, *, sends: bool) -> Delivery:
    """The state of a new message to one recipient.

    Args:
        channel: The channel of the message.
        address: The recipient's address; empty if there is none.
        sends: Whether the desk sends e-mail.
    """
    if channel != "email":
        return Delivery.BY_HAND
    if not sends:
        return Delivery.NEVER
    return Delivery.PENDING if address else Delivery.NO_ADDRESS


def checked_address(typed: str) -> str:
    """A typed e-mail address.

    Raises:
        Refused: It is none.
    """
    text = written(typed).strip()
    if len(text) > _LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        raise Refused("endereco_invalido", typed=text)
    return text


def machines_named(setting: str) -> frozenset[str]:
    """The machines that the setting names; empty if each one sends."""
    return frozenset(name.strip().lower() for name in setting.split(",") if name.strip())


def may_send_here(setting: str, machine: str) -> bool:
    """Whether this machine sends. It is named with or without its domain."""
    names = machines_named(setting)
    return not names or not names.isdisjoint({machine.lower(), machine.lower().partition(".")[0]})


def whatsapp_link(text: str) -> str:
    """A link that opens WhatsApp with this text. It names no number: whom it goes to is chosen there."""
    return f"https://wa.me/?text={quote(text, safe='')}"


def only_line(words: Iterable[str]) -> str:
    """Words of a server in one line that can be stored and shown."""
    return written(" ".join(" ".join(words).split()))[:LONGEST_WORDS]

"""Accounts: logins, passwords, waiting after failed sign-ins, sessions. Pure rules; hashing is in `services.passwords`.

Sources: NIST SP 800-63B-4, 3.1.1 (length before composition, any Unicode, normalised, no expiry of passwords that a
person chose) and 3.2.2 (failed attempts are limited).
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import WRITTEN_AT_MOST, entered, folded

PASSWORD, SYSTEM_ACCOUNT, CHOICE = "senha", "sistema", "escolha"
"""How people enter a desk: with a login and a password; by their account of the operating system; in a demonstration
only, by choosing a person."""

WINDOW, COMMAND, PROGRAM = "janela", "comando", "programa"
"""Kinds of sessions: of a window, of `atendimento entrar`, of a script's token."""

SHORTEST = 10
"""Minimum of characters in a password."""

LONGEST_LOGIN = 64

FREE_FAILURES = 4
"""Failures in a row after which there is no waiting yet."""

LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
"""Failures are forgotten when there was none for this time."""

ONE_TIME_FOR = timedelta(days=3)
"""How long a one-time password can be used."""

TOLD_FOR = timedelta(days=7)
"""How long members of a secret group are told at each entry that somebody outside of it changed how one of them enters.
Once would not do: who entered as a member could have seen it in the member's place."""

SESSION_FOR = {WINDOW: timedelta(days=30), COMMAND: timedelta(hours=12), PROGRAM: timedelta(days=365)}
"""Kind of session -> how long it is valid."""

PRESENT_FOR = timedelta(minutes=3)
"""A window that was not seen for so long is gone. It is seen every `SEEN_EVERY`."""

SEEN_EVERY = timedelta(seconds=30)

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without characters that look alike. Twelve of them have 59 bits."""


def checked_login(typed: str) -> str:
    """A login as it is stored: in lower case.

    Raises:
        Refused: It is blank, too long, or has characters that a login cannot have.
    """
    login = compared_login(typed)
    if not login or len(login) > LONGEST_LOGIN or not re.fullmatch(r"[a-z0-9][a-z0-9._@\\+-]*\$?", login):
        raise Refused("login_invalido", typed=typed.strip(), most=LONGEST_LOGIN)
    return login


def compared_login(typed: str) -> str:
    """A typed login as it is compared: case does not matter, nor do characters that are stored nowhere."""
    return unicodedata.normalize("NFC", entered(typed)).strip().lower()


BUCKETS = 2**20
"""Logins are counted in so many buckets, so that the table of failures is bounded whatever is guessed."""

UNKNOWN = ""
"""The bucket that all logins that do not exist share. It limits how many of their failures are recorded."""


def bucket_of(login: str) -> str:
    """The bucket in which the failures of a login are counted, whether it exists or not.

    It has 20 bits of the login's hash, so it does not tell what was typed, which may be a password.

    Args:
        login: As `compared_login` returns it.
    """
    digest = hashlib.sha256(login.encode("utf-8", "surrogatepass")).digest()
    return f"{int.from_bytes(digest[:4], 'big') % BUCKETS:05x}"


def login_of(name: str, taken: Collection[str]) -> str:
    """A free login for a person: `Ana Maria Lima` is `ana.lima`, the next one `ana.lima2`."""
    words = [re.sub("[^a-z0-9]", "", word) for word in folded(name).split()]
    known = [word for word in words if word]
    base = ".".join([known[0], known[-1]] if len(known) > 1 else known)[: LONGEST_LOGIN - 6].rstrip(".") or "pessoa"
    number, login = 1, base
    while login in taken:
        number += 1
        login = f"{base}{number}"
    return login


def normalised_password(typed: str) -> bytes:
    """The bytes that are hashed. The same password typed as composed or decomposed letters is the same.

    Raises:
        Refused: It is longer than 64 KiB, or has characters that no keyboard sends.
    """
    try:
        password = unicodedata.normalize("NFC", typed).encode()
    except UnicodeEncodeError:
        raise Refused("senha_invalida") from None
    if len(password) > WRITTEN_AT_MOST:
        raise Refused("senha_longa", limit=WRITTEN_AT_MOST // 1024)
    return password


def checked_password(typed: str, *, login: str, names: Collection[str] = ()) -> bytes:
    """The bytes of a new password.

    Args:
        typed: As it was typed.
        login: The person's login, which cannot be the password.
        names: Other texts that cannot be the password: the names of the person and of the unit.

    Raises:
        Refused: It is too short, too long, or easy to guess.
    """
    password = normalised_password(typed)
    if len(password.decode()) < SHORTEST:
        raise Refused("senha_curta", least=SHORTEST)
    if _bare(typed) in {_bare(each) for each in (login, *names)}:
        raise Refused("senha_facil")
    return password


def _bare(text: str) -> str:
    """Letters and digits only, folded."""
    return "".join(c for c in folded(text) if c.isalnum()) or text


def one_time_password() -> str:
    """A random password that is easy to read aloud: `k7mq-2xva-9rtd`."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed sign-ins in a row.

    Attributes:
        count: How many.
        last_at: When the last one was.
    """

    count: int
    last_at: datetime


def wait_after(count: int) -> timedelta:
    """How long a sign-in has to wait after so many failures in a row: nothing, then 2, 4, 8 s ..., 15 minutes."""
    if count <= FREE_FAILURES:
        return timedelta()
    return min(timedelta(seconds=2 ** min(count - FREE_FAILURES, 16)), LONGEST_WAIT)


def attempt(failures: Failures | None, now: datetime) -> tuple[Failures, timedelta]:
    """Count an attempt before its password is checked, so that attempts at the same time are counted too.

    Args:
        failures: The failures so far; None if there are none.
        now: The present instant. It may be before the last failure if a clock was set back.

    Returns:
        The failures to store, and how long the attempt has to wait; if that is more than nothing, it gets no answer.
    """
    if failures is None or now - failures.last_at >= FORGOTTEN_AFTER:
        return Failures(1, now), timedelta()
    if now < failures.last_at:  # from now on, so that a clock that was wrong once does not block for years
        failures = Failures(failures.count, now)
    left = failures.last_at + wait_after(failures.count) - now
    if left > timedelta():
        return failures, left
    return Failures(failures.count + 1, now), timedelta()

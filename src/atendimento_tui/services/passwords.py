"""Hashing of passwords by argon2id (RFC 9106). It takes a tenth of a second, so never inside a write."""

import hashlib
import secrets
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Cost(NamedTuple):
    """The parameters of argon2id.

    Attributes:
        passes: Passes over the memory.
        memory_kib: Memory in KiB.
        lanes: Lanes that may be computed at the same time.
    """

    passes: int
    memory_kib: int
    lanes: int


USUAL = Cost(3, 64 * 1024, 4)
"""The second recommended choice of RFC 9106, section 4."""


def hashed(password: bytes, cost: Cost) -> str:
    """The hash of a password, with its parameters and a new salt."""
    return _hasher(cost).hash(password)


def matches(stored: str | None, password: bytes, cost: Cost) -> bool:
    """Whether it is the password. Without a stored hash one is computed all the same, so that it takes as long."""
    if stored is None:
        hashed(password, cost)
        return False
    from argon2.exceptions import InvalidHashError, VerifyMismatchError  # late: only passwords need it

    try:
        return _hasher(cost).verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(stored: str, cost: Cost) -> bool:
    """Whether the hash was computed with other parameters."""
    return _hasher(cost).check_needs_rehash(stored)


def new_token() -> str:
    """The secret of a session: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """The hash of a session's secret. It is random and long, so a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher(cost: Cost) -> "PasswordHasher":
    from argon2 import PasswordHasher  # late: only passwords need it

    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)

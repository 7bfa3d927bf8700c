"""A digest of a table's rows that does not depend on their order."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of a number of rows. Two digests are combined with `+`.

    It is the sum of the rows' SHA-256 digests modulo 2**256. A sum is used because two databases may sort rows
    differently. A row that occurs twice counts twice.
    """

    rows: int = 0
    total: int = 0

    def __add__(self, other: "Digest") -> "Digest":
        return Digest(self.rows + other.rows, (self.total + other.total) % _MODULUS)


def digest_of(rows: Iterable[Sequence[object]]) -> Digest:
    """The digest of these rows.

    Raises:
        TypeError: A cell has a type that no column has.
    """
    count = total = 0
    for row in rows:
        encoded = b"".join(map(_encoded, row))
        count += 1
        total += int.from_bytes(hashlib.sha256(encoded).digest())
    return Digest(count, total % _MODULUS)


def _encoded(cell: object) -> bytes:
    """The cell's type, the length of its value and its value, so that different rows give different bytes."""
    match cell:
        case None:
            kind, value = b"-", b""
        case bool():
            kind, value = b"b", b"1" if cell else b"0"
        case int():
            kind, value = b"i", str(cell).encode()
        case str():
            kind, value = b"s", cell.encode("utf-8", "surrogatepass")
        case datetime() if cell.tzinfo is None:
            kind, value = b"n", cell.isoformat().encode()
        case datetime():
            kind, value = b"t", cell.astimezone(UTC).isoformat().encode()
        case date():
            kind, value = b"d", cell.isoformat().encode()
        case _:
            raise TypeError(type(cell))
    return b"%b%d:%b" % (kind, len(value), value)

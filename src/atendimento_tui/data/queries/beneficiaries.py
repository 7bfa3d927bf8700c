"""The beneficiaries: the people whom the plan covers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, or_, select
from sqlmodel import col

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow, Record, TicketOfPerson
from atendimento_tui.data import tables
from atendimento_tui.data.engine import contains, ids_with, is_one_of, row_of
from atendimento_tui.data.visible import restricted
from atendimento_tui.domain.beneficiaries import ADDRESS, ITEMS, LIST_SIGN, MAIL, MAIL_PREFIX, UNIQUE
from atendimento_tui.domain.text import is_found, search_forms

_B, _T = tables.Beneficiary, tables.Ticket

MATCHES_READ = 400
"""Maximum people with the words of a search that are read and sorted. If there are more, those whose name begins with
the first word come first."""

NAMES_WALKED = 2_000
"""Maximum names that are compared, in their order, for people whose name begins with a word."""

_SHORTEST_PIECE = 3
"""Characters of a piece that the trigram index finds."""

OF_TABLE = tuple(
    item.key for item in ITEMS if not item.is_list and item.key != "holder" and item.section not in (ADDRESS, MAIL)
)
"""The items that are columns of the table of beneficiaries."""


def beneficiary(connection: Connection, number: int | None) -> BeneficiaryRow | None:
    """A beneficiary by id; None if `number` is None or unknown."""
    row = row_of(connection, _B, id=number) if number is not None else None
    return _row(row) if row else None


def with_facts(connection: Connection, facts: Mapping[str, str]) -> BeneficiaryRow | None:
    """The first beneficiary with these values.

    Args:
        facts: Column -> value.
    """
    same: Select[Any] = select(_B)
    same = same.where(*(getattr(_B, name) == value for name, value in facts.items()))
    row = connection.execute(same.order_by(col(_B.id)).limit(1)).first()
    return _row(row) if row else None


def with_digits(connection: Connection, digits: str, limit: int) -> list[BeneficiaryRow]:
    """Beneficiaries with these digits in one of their numbers, sorted by name.

    Args:
        digits: Three or more.
    """
    return _sorted(_with_pieces(connection, [digits], [digits]), limit)


def with_words(connection: Connection, words: Sequence[str], limit: int) -> list[BeneficiaryRow]:
    """Beneficiaries with all these folded words in their name, sorted by name.

    A word of one or two letters is found at the beginning of a name or, of two letters, of a word. If there are very
    many people with the words, those whose name begins with the first word come first.
    """
    long = [word for word in words if len(word) >= _SHORTEST_PIECE]
    pieces = long or [f" {word}" for word in words if len(f" {word}") >= _SHORTEST_PIECE]
    found = _with_pieces(connection, pieces, words) if pieces else []
    if long and len(found) < MATCHES_READ:
        return _sorted(found, limit)
    first = _beginning_with(connection, words, limit)
    known = {row.id for row in first}
    return [*map(_row, first), *_sorted([row for row in found if row.id not in known], limit)][:limit]


def _with_pieces(connection: Connection, pieces: Sequence[str], words: Sequence[str]) -> list[Row[Any]]:
    ids = ids_with(connection, "beneficiary", pieces, MATCHES_READ)
    rows = _scanned(connection, words) if ids is None else _of_ids(connection, ids)
    return [row for row in rows if all(is_found(word, row.search) for word in words)]


def _scanned(connection: Connection, words: Sequence[str]) -> Iterable[Row[Any]]:
    """People with the words, without an index."""
    wanted: Select[Any] = select(_B).order_by(col(_B.sort_name), col(_B.id)).limit(MATCHES_READ)
    for word in words:
        wanted = wanted.where(or_(*(contains(connection, col(_B.search), form) for form in search_forms(word))))
    return connection.execute(wanted)


def _of_ids(connection: Connection, ids: Sequence[int]) -> Iterable[Row[Any]]:
    people: Select[Any] = select(_B).where(is_one_of(connection, col(_B.id), "ids"))
    return connection.execute(people, {"ids": [*ids]})


def _beginning_with(connection: Connection, words: Sequence[str], limit: int) -> list[Row[Any]]:
    """People whose name begins with the first word and has the others, in the order of names."""
    # With a small limit PostgreSQL reads the index in its order; with a large one it reads all names and sorts them.
    most = NAMES_WALKED if words[1:] else limit
    walked = connection.execute(_walk(), {"first": words[0], "last": f"{words[0]}\U0010ffff", "most": most})
    found = []
    for row in walked:
        if all(is_found(word, row.search) for word in words[1:]):
            found.append(row)
            if len(found) == limit:
                break
    walked.close()
    return found


@cache
def _walk() -> Select[Any]:
    named: Select[Any] = select(_B)
    named = named.where(col(_B.sort_name) >= bindparam("first"), col(_B.sort_name) < bindparam("last"))
    return named.order_by(col(_B.sort_name), col(_B.id)).limit(bindparam("most"))


def _sorted(rows: Iterable[Row[Any]], limit: int) -> list[BeneficiaryRow]:
    return [_row(row) for row in sorted(rows, key=lambda row: (row.sort_name, row.id))[:limit]]


def _row(row: Row[Any]) -> BeneficiaryRow:
    name = row.social_name or row.name
    return BeneficiaryRow(row.id, name, row.cpf, row.card, row.phone, row.born_on, row.plan)


# Whole records.


def record(connection: Connection, number: int) -> Record | None:
    """A record by id."""
    found = _records(connection, col(_B.id) == number)
    return found[0] if found else None


def records_with(connection: Connection, item: str, values: Collection[str]) -> dict[str, Record]:
    """Number -> the record that has it.

    Args:
        item: One of `UNIQUE`.
    """
    assert item in UNIQUE, "only these are unique"
    found = _records(connection, is_one_of(connection, getattr(_B, item), "values"), {"values": [*values]})
    return {each.values[item]: each for each in found}


def family_of(connection: Connection, holder: int) -> tuple[Record, ...]:
    """The holder and the dependents, the holder first."""
    found = _records(connection, or_(col(_B.id) == holder, col(_B.holder_id) == holder))
    return tuple(sorted(found, key=lambda each: (each.id != holder, each.values["born_on"], each.id)))


def dependents(connection: Connection, holder: int) -> int:
    """How many people depend on somebody."""
    counted: Any = select(func.count()).select_from(_B).where(col(_B.holder_id) == holder)
    return int(connection.scalar(counted) or 0)


def names_of(connection: Connection, people: Collection[int]) -> dict[int, str]:
    """Beneficiary -> the shown name."""
    wanted: Any = select(col(_B.id), col(_B.name), col(_B.social_name))
    wanted = wanted.where(is_one_of(connection, col(_B.id), "ids"))
    return {row.id: row.social_name or row.name for row in connection.execute(wanted, {"ids": [*people]})}


def _records(connection: Connection, condition: Any, values: Mapping[str, object] | None = None) -> list[Record]:
    people: Select[Any] = select(_B).where(condition).order_by(col(_B.id))
    rows = connection.execute(people, values or {}).all()
    ids = {"ids": [row.id for row in rows]}
    contacts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    contact, address = tables.BeneficiaryContact, tables.BeneficiaryAddress
    of_person: Any = select(contact).where(is_one_of(connection, col(contact.beneficiary_id), "ids"))
    for row in connection.execute(of_person.order_by(col(contact.id)), ids):
        contacts[row.beneficiary_id][row.kind].append(row.value)
    addresses: dict[int, dict[str, Row[Any]]] = defaultdict(dict)
    at_person: Any = select(address).where(is_one_of(connection, col(address.beneficiary_id), "ids"))
    for row in connection.execute(at_person, ids):
        addresses[row.beneficiary_id][row.kind] = row
    return [
        Record(row.id, row.version, values_of(row, contacts.get(row.id, {}), addresses.get(row.id, {}))) for row in rows
    ]


def values_of(row: Any, contacts: Mapping[str, Sequence[str]], addresses: Mapping[str, Any]) -> dict[str, str]:
    """The items of a record from its rows."""
    values = {}
    for item in ITEMS:
        if item.key == "holder":
            values[item.key] = str(row.holder_id or "")
        elif item.is_list:
            values[item.key] = LIST_SIGN.join(contacts.get(item.key, ()))
        elif item.section in (ADDRESS, MAIL):
            values[item.key] = getattr(addresses.get(item.section), item.key.removeprefix(MAIL_PREFIX), "")
        else:
            values[item.key] = getattr(row, item.key)
    return values


def tickets_about(connection: Connection, person: int, limit: int) -> tuple[tuple[TicketOfPerson, ...], int]:
    """The tickets about a beneficiary that the actor may know of, newest first, and how many there are."""
    process = tables.Process
    wanted: Any = (
        select(
            col(_T.id),
            col(_T.protocol),
            col(_T.subject),
            col(process.name).label("service"),
            col(_T.state),
            col(_T.opened_at),
        )
        .outerjoin(process, col(process.id) == col(_T.process_id))
        .where(col(_T.beneficiary_id) == person)
    )
    counted: Any = select(func.count()).select_from(_T).where(col(_T.beneficiary_id) == person)
    rows = connection.execute(restricted(connection, wanted).order_by(col(_T.id).desc()).limit(limit))
    found = tuple(
        TicketOfPerson(row.id, row.protocol, row.subject, row.service, row.state, row.opened_at) for row in rows
    )
    return found, int(connection.scalar(restricted(connection, counted)) or 0)


def born_between(connection: Connection, first: date, last: date, today: date) -> list[tuple[BeneficiaryRow, int]]:
    """The dependents born between two days, both included, who are covered today, with the id of the holder."""
    born, until = col(_B.born_on), col(_B.active_until)
    wanted: Select[Any] = select(_B).where(
        born >= first.isoformat(),
        born <= last.isoformat(),
        col(_B.holder_id).is_not(None),
        or_(until == "", until >= today.isoformat()),
    )
    return [(_row(row), row.holder_id) for row in connection.execute(wanted.order_by(born, col(_B.id)))]

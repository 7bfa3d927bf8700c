"""What lists read: columns into frozen rows, a stretch at a time, in the order of an index."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, exists, false, func, or_, select, true, tuple_
from sqlmodel import col

from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow, QueueView, SortKey, Tab
from atendimento_tui.contracts.tickets import NamedTicket
from atendimento_tui.data import tables
from atendimento_tui.data.engine import contains, is_one_of, open_tickets_with, text_containing
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.text import entered, is_found, searched_name, searched_words, ways_to_find
from atendimento_tui.domain.words import Severity, State

_T = tables.Ticket
_ORDER = (col(_T.severity), col(_T.queue_due), col(_T.id))
_IS_OPEN = col(_T.is_open) == true()  # `= 1`, unlike `IS 1`, is what the partial indexes are found by


_PIECE = 3
"""Letters that an index of pieces of words needs."""

_FEW_TO_SHOW, _FEW_TO_COUNT = 500, 3_000
"""Tickets with a word that are rather looked at one by one. More are soon met with on the way through the queue, which
costs as much as that when all of it is gone."""

_PLACES = 4
"""How often a ticket with a word is found on average, at most: by its own words, and by what was said about it."""

_BARE_PROTOCOL = 14
"""Digits of a protocol number without the registration."""

_MOST_NAMED = 50

_WORDS, _LETTERS = 50, 1000
"""How much of a filter is looked at. SQLite refuses conditions that are too deep and patterns that are too long."""


def queue_count(connection: Connection, view: QueueView, now: datetime) -> int:
    """How many tickets the view has, exactly."""
    counted = select(func.count()).select_from(_T).where(*_conditions(connection, view, now, _FEW_TO_COUNT))
    return int(connection.execute(counted).scalar_one())


def tab_counts(connection: Connection, view: QueueView, now: datetime) -> dict[Tab, int]:
    """How many tickets each tab has under the view's filter, exactly: they are read through once for all of them."""
    counted = [
        func.count().filter(*conditions) if conditions else func.count()
        for conditions in (_tab_condition(replace(view, tab=tab), now) for tab in Tab)
    ]
    through = select(*counted).select_from(_T).where(_IS_OPEN, *_filter_conditions(connection, view, _FEW_TO_COUNT))
    return dict(zip(Tab, connection.execute(through).one(), strict=True))


def overdue_count(connection: Connection, now: datetime) -> int:
    """How many open tickets have a running clock that is past its due instant."""
    # Whoever is overdue asks for attention too: the first condition is the one that has an index.
    late = (_IS_OPEN, col(_T.warn_at) <= now, col(_T.due_at) < now)
    return int(connection.execute(select(func.count()).select_from(_T).where(*late)).scalar_one())


def queue_after(
    connection: Connection, view: QueueView, now: datetime, limit: int, key: SortKey | None = None
) -> list[QueueRow]:
    """The rows that follow the key, or the first ones."""
    page = _page(connection, view, now).order_by(*_ORDER).limit(limit)
    if key:
        page = page.where(tuple_(*_ORDER) > key)
    return _rows(connection, page)


def queue_before(
    connection: Connection, view: QueueView, now: datetime, limit: int, key: SortKey | None = None
) -> list[QueueRow]:
    """The rows that precede the key, or the last ones; in the queue's order all the same."""
    page = _page(connection, view, now).order_by(*(column.desc() for column in _ORDER)).limit(limit)
    if key:
        page = page.where(tuple_(*_ORDER) < key)
    return _rows(connection, page)[::-1]


def queue_at(connection: Connection, view: QueueView, now: datetime, limit: int, first: int) -> list[QueueRow]:
    """The rows from an ordinal on: only for jumps, since the places skipped are read, though not their rows."""
    conditions = _conditions(connection, view, now)
    place = select(*_ORDER).where(*conditions).order_by(*_ORDER).offset(first).limit(1)
    if (found := connection.execute(place).one_or_none()) is None:
        return []
    page = _listed().where(*conditions, tuple_(*_ORDER) >= tuple(found))
    return _rows(connection, page.order_by(*_ORDER).limit(limit))


def queue_place(connection: Connection, view: QueueView, now: datetime, ticket_id: int) -> tuple[int, SortKey] | None:
    """The ticket's ordinal in the view and its sort key; None when the view does not have it."""
    conditions = _conditions(connection, view, now)
    found: Any = connection.execute(select(*_ORDER).where(*conditions, col(_T.id) == ticket_id)).one_or_none()
    if found is None:
        return None
    key: SortKey = (found[0], found[1], found[2])
    earlier = select(func.count()).select_from(_T).where(*conditions, tuple_(*_ORDER) < key)
    return int(connection.execute(earlier).scalar_one()), key


def take_first_free(connection: Connection, view: QueueView, now: datetime) -> int | None:
    """The first ticket of the view that nobody answers for, and that waits for nobody; none where there is none.

    It is in hand until the transaction ends. Those in somebody else's hand are passed over while others are left.
    """
    free = (col(_T.owner_id).is_(None), col(_T.state) == State.OPEN)
    first = select(col(_T.id)).where(*_conditions(connection, view, now), *free).order_by(*_ORDER).limit(1)
    for skips in (True, False):
        found = connection.scalar(first.with_for_update(key_share=True, skip_locked=skips))
        if found is not None:
            return int(found)
    return None


def ticket_row(connection: Connection, *, ticket_id: int | None = None, protocol: str | None = None) -> QueueRow | None:
    """One ticket as the queue shows it, open or not."""
    one = col(_T.id) == ticket_id if protocol is None else col(_T.protocol) == protocol
    rows = _rows(connection, _listed().where(one))
    return rows[0] if rows else None


def tickets_named(connection: Connection, protocols: Sequence[str], registration: str) -> list[NamedTicket]:
    """The tickets of these protocol numbers, which may lack the registration, by protocol."""
    whole = [*protocols, *(f"{registration}{number}" for number in protocols if len(number) == _BARE_PROTOCOL)]
    found = select(col(_T.id), col(_T.protocol), col(_T.subject)).where(col(_T.protocol).in_(whole))
    rows: Any = connection.execute(found.order_by(col(_T.protocol)).limit(_MOST_NAMED))
    return [NamedTicket(row.id, row.protocol, row.subject) for row in rows]


def members(connection: Connection) -> list[Member]:
    """The people of the desk who may act, by name."""
    groups: dict[int, list[int]] = {}
    for row in connection.execute(select(tables.Membership)):
        groups.setdefault(row.person_id, []).append(row.group_id)
    active = select(tables.Person).where(col(tables.Person.active) == true()).order_by(col(tables.Person.name))
    return [Member(row.id, row.name, row.role, tuple(groups.get(row.id, ()))) for row in connection.execute(active)]


def face_version(connection: Connection) -> str:
    """A word that is another one when the desk's people, groups, calendars or the unit are others: one small read."""
    person, group, membership, unit = tables.Person, tables.Group, tables.Membership, tables.Unit

    def told(*columns: Any) -> Any:
        texts: list[ColumnElement[str]] = [cast(column, String) for column in columns]
        return func.aggregate_strings(reduce(lambda one, other: one + "|" + other, texts), ",")

    read = (
        select(func.max(col(tables.Calendar.id))),
        select(told(col(person.id), col(person.name), col(person.role))).where(col(person.active) == true()),
        select(told(col(group.id), col(group.name))),
        select(told(col(membership.group_id), col(membership.person_id))),
        select(told(col(unit.name), col(unit.tz), col(unit.hours_calendar), col(unit.legal_calendar))),
    )
    found = connection.execute(select(*(each.scalar_subquery() for each in read))).one()
    return repr(tuple(found))


def names(connection: Connection, table: type[tables.Person] | type[tables.Group]) -> dict[int, str]:
    """Id -> name of all people or all groups."""
    return {row.id: row.name for row in connection.execute(select(col(table.id), col(table.name)))}


def addressees(connection: Connection, ticket: int) -> dict[int, tuple[str, ...]]:
    """Id of each message of a ticket -> names of those whom it is for."""
    to, message = tables.Addressee, tables.Message
    person, group, requester = tables.Person, tables.Group, tables.Requester
    name = func.coalesce(col(person.name), col(group.name), col(requester.name))
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(
        select(col(to.message_id), name.label("name"))
        .join(message, col(message.id) == col(to.message_id))
        .outerjoin(person, col(person.id) == col(to.person_id))
        .outerjoin(group, col(group.id) == col(to.group_id))
        .outerjoin(requester, col(requester.id) == col(to.requester_id))
        .where(col(message.ticket_id) == ticket)
        .order_by(col(to.id))
    ):
        found[row.message_id] = (*found.get(row.message_id, ()), *([row.name] if row.name else []))
    return found


def _page(connection: Connection, view: QueueView, now: datetime) -> Select[Any]:
    return _listed().where(*_conditions(connection, view, now))


def _conditions(
    connection: Connection, view: QueueView, now: datetime, few: int | None = None
) -> list[ColumnElement[bool]]:
    return [_IS_OPEN, *_tab_condition(view, now), *_filter_conditions(connection, view, few or _FEW_TO_SHOW)]


def _filter_conditions(connection: Connection, view: QueueView, few: int) -> list[ColumnElement[bool]]:
    """That each word of the filter stands somewhere: in the ticket's own words, in what was said, in a name of ours.

    A word of one or two letters, which no index has, is not looked for in what was said.
    """
    words = _words(view.filter)
    if not words:
        return []
    people, groups = names(connection, tables.Person), names(connection, tables.Group)
    named = {word: _in_names(word, people, groups) for word in words}
    own = [word for word in words if len(word) >= _PIECE and not named[word]]
    found = open_tickets_with(connection, own, _PLACES * few) if own else None
    candidates = set(found) if found is not None and len(found) < _PLACES * few else None
    some = candidates is not None and len(candidates) <= few
    # Where many have a word, whoever counts looks all of them up at once; whoever wants a page meets them soon.
    at_once = found is not None and not some and few == _FEW_TO_COUNT
    conditions = [
        or_(*_in_own_words(connection, word), *_in_what_was_said(connection, word, at_once=at_once), *named[word])
        for word in words
    ]
    if candidates is not None and some:
        conditions.append(is_one_of(connection, col(_T.id), sorted(candidates)))
    return conditions


def _words(typed: str) -> list[str]:
    """The words to be found. Of a page pasted by mistake no more than the database takes."""
    cut = " ".join(word[:_LETTERS] for word in entered(typed).split())
    return searched_words(cut)[:_WORDS]


def _in_own_words(connection: Connection, word: str) -> list[ColumnElement[bool]]:
    return [contains(connection, col(_T.search), way) for way in ways_to_find(word)]


def _in_what_was_said(connection: Connection, word: str, *, at_once: bool) -> list[ColumnElement[bool]]:
    if len(word) < _PIECE:
        return []
    if at_once:
        return [col(_T.id).in_(text_containing(connection, word))]
    said = tables.TicketText
    piece = contains(connection, col(said.text), word)
    return [exists(select(col(said.id)).where(col(said.ticket_id) == col(_T.id), piece))]


def _tab_condition(view: QueueView, now: datetime) -> list[ColumnElement[bool]]:
    viewer = view.viewer
    match view.tab:
        case Tab.MINE:
            return [col(_T.owner_id) == viewer.id if viewer else false()]
        case Tab.GROUP:
            return [col(_T.group_id).in_(viewer.groups) if viewer and viewer.groups else false()]
        case Tab.VALIDATION:
            return [col(_T.state) == State.VALIDATION]
        case Tab.THIRD_PARTY:
            return [col(_T.state) == State.WAITING]
        case Tab.FALLING_DUE:
            return [col(_T.warn_at) <= now]
        case _:
            return []


def _in_names(word: str, people: Mapping[int, str], groups: Mapping[int, str]) -> list[ColumnElement[bool]]:
    """The word stands in the name of the ticket's owner, or of its group."""
    found: list[ColumnElement[bool]] = []
    for column, named in ((col(_T.owner_id), people), (col(_T.group_id), groups)):
        if numbers := [number for number, name in named.items() if is_found(word, searched_name(name))]:
            found.append(column.in_(numbers))
    return found


@cache
def _listed() -> Select[Any]:
    """The columns of a row, built once: building them took as long as reading a page."""
    read: list[Any] = [
        col(_T.id),
        col(_T.version),
        col(_T.protocol),
        col(_T.origin),
        col(tables.Process.name).label("service"),
        col(_T.step_name).label("step"),
        col(tables.Group.name).label("group_name"),
        col(_T.owner_id),
        col(tables.Person.name).label("owner"),
        col(tables.Requester.name).label("requester"),
        col(_T.subject),
        col(_T.severity),
        col(_T.state),
        col(_T.term_kind),
        col(_T.term_calendar),
        col(_T.term_basis),
        col(_T.due_at),
        col(_T.warn_at),
        col(_T.paused_at),
        col(_T.zero_at),
        col(_T.queue_due),
    ]
    columns: Select[Any] = select(*read)
    return (
        columns.select_from(_T)
        .outerjoin(tables.Process, col(tables.Process.id) == col(_T.process_id))
        .outerjoin(tables.Group, col(tables.Group.id) == col(_T.group_id))
        .outerjoin(tables.Person, col(tables.Person.id) == col(_T.owner_id))
        .outerjoin(tables.Requester, col(tables.Requester.id) == col(_T.requester_id))
    )


def _rows(connection: Connection, page: Select[Any]) -> list[QueueRow]:
    return [_row(row) for row in connection.execute(page).all()]


def _row(row: Any) -> QueueRow:
    # Taken apart at once, in the order of `_listed`: asking a row for each name took longer than reading it.
    key, version, protocol, origin, service, step, group, owner_id, owner, requester, *rest = row
    subject, severity, state, kind, calendar, basis, due_at, warn_at, paused_at, zero_at, queue_due = rest
    return QueueRow(
        key=key,
        version=version,
        protocol=protocol,
        origin=origin,
        service=service,
        step=step,
        group=group,
        owner_id=owner_id,
        owner=owner,
        requester=requester,
        subject=subject,
        severity=Severity.of_rank(severity),
        state=State(state),
        # A paused clock warns nobody.
        term=Term(kind, calendar, basis, due_at, warn_at or due_at, paused_at, zero_at or due_at) if kind else None,
        sort_key=(severity, queue_due, key),
    )

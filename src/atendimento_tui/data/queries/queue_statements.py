"""The statements that read the queue. Those that differ only in their values are built once: building one takes longer
than executing it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    false,
    func,
    literal_column,
    select,
    true,
    tuple_,
)

from atendimento_tui.contracts.queue import SortKey, Tab
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.queries import queue_counts
from atendimento_tui.data.queries.queue_counts import IsOneOf
from atendimento_tui.data.tables.columns import instant
from atendimento_tui.data.visible import Sight, conditions, is_hidden_by
from atendimento_tui.domain.words import Severity, State

_T = plain(tables.Ticket).c
ORDER = (_T.severity, _T.queue_due, _T.id)
IS_OPEN = _T.is_open == true()  # SQLite uses the partial indexes for `= 1`, not for `IS 1`


class Who(NamedTuple):
    """The properties of the viewer that change a statement."""

    known: bool
    has_groups: bool
    sight: Sight
    is_one_of: IsOneOf


class Among(NamedTuple):
    """How a statement chooses the tickets of the parameter `ids`.

    Attributes:
        is_one_of: `Backend.is_one_of` of the database.
        in_order: Whether the queue is read in its order, instead of reading each of the tickets and sorting them.
        on_a_page: Whether a page has all of them.
    """

    is_one_of: IsOneOf
    in_order: bool
    on_a_page: bool

    def condition(self) -> ColumnElement[bool]:
        """The condition that the ticket is one of them. No index has the sum, so that the queue's own index is read."""
        return self.is_one_of(_T.id + literal_column("0") if self.in_order else _T.id, "ids")


def open_to(who: Who) -> tuple[ColumnElement[bool], ...]:
    """The condition of the open tickets that the viewer may know of."""
    return (IS_OPEN, *conditions(who.sight))


def tab_condition(tab: Tab, who: Who) -> list[ColumnElement[bool]]:
    """The condition of the tab; its parameters are the values of `QueueReader`."""
    match tab:
        case Tab.MINE:
            return [_T.owner_id == bindparam("viewer") if who.known else false()]
        case Tab.GROUP:
            return [_T.group_id.in_(bindparam("groups", expanding=True)) if who.has_groups else false()]
        case Tab.VALIDATION:
            return [_T.state == State.VALIDATION]
        case Tab.THIRD_PARTY:
            return [_T.state == State.WAITING]
        case Tab.FALLING_DUE:
            return [_T.warn_at <= bindparam("now")]
        case _:
            return []


@cache
def places() -> Select[Any]:
    found: Any = select(*ORDER)
    return found  # type: ignore[no-any-return]


@cache
def place_of(tab: Tab, who: Who) -> Select[Any]:
    """The place of the ticket `key`, if the tab has it."""
    return places().where(*open_to(who), *tab_condition(tab, who), _T.id == bindparam("key"))


@cache
def place_at(tab: Tab, who: Who, keyed: bool) -> Select[Any]:
    """The place with the ordinal `offset`, of all places or of those after a key."""
    after_key = [tuple_(*ORDER) > key_parameters()] if keyed else []
    after = places().where(*open_to(who), *tab_condition(tab, who), *after_key)
    return after.order_by(*ORDER).offset(bindparam("offset", type_=Integer)).limit(1)


@cache
def known_among(is_one_of: IsOneOf, sight: Sight) -> Select[Any]:
    """The tickets among `ids`, open or not, that the viewer may know of."""
    return listed().where(*conditions(sight), is_one_of(_T.id, "ids")).order_by(*ORDER)


@cache
def open_among(is_one_of: IsOneOf, who: Who) -> Select[Any]:
    """The open tickets among `ids`.

    Args:
        is_one_of: `Backend.is_one_of` of the database.
    """
    return listed().where(*open_to(who), is_one_of(_T.id, "ids")).order_by(*ORDER)


@cache
def page(tab: Tab, who: Who, backward: bool, keyed: bool, among: Among | None) -> Select[Any]:
    """As `page_of`, without conditions of words."""
    return page_of(tab, who, backward, keyed, among, ())


def page_of(
    tab: Tab, who: Who, backward: bool, keyed: bool, among: Among | None, words: tuple[ColumnElement[bool], ...]
) -> Select[Any]:
    """A page of a tab, from one of its ends or from a key on.

    Args:
        tab: The tab.
        who: The viewer.
        backward: Whether it is read towards the beginning of the queue.
        keyed: Whether it begins at a key.
        among: The tickets that the page may have; None for all.
        words: The conditions of the words of the filter that did not choose these tickets.
    """
    wanted = [*open_to(who), *tab_condition(tab, who), *([among.condition()] if among else []), *words]
    if keyed:
        wanted.append(tuple_(*ORDER) < key_parameters() if backward else tuple_(*ORDER) > key_parameters())
    order = [column.desc() for column in ORDER] if backward else ORDER
    limit = bindparam("limit", type_=Integer)
    if among and not (among.in_order or among.on_a_page):  # only the rows of the page are joined with their names
        first = select(_T.id).where(*wanted).order_by(*order).limit(limit)
        return listed().where(_T.id.in_(first)).order_by(*order)
    return listed().where(*wanted).order_by(*order).limit(limit)


def key_parameters() -> ColumnElement[Any]:
    """The parameters of a place in the queue."""
    types = tuple(column.type for column in ORDER)
    names = ("severity", "queue_due", "key")
    return tuple_(*(bindparam(name, type_=kind) for name, kind in zip(names, types, strict=True)))


def key_values(key: SortKey) -> dict[str, object]:
    """The values of the parameters of `key_parameters`."""
    return {"severity": key[0], "queue_due": key[1], "key": key[2]}


@cache
def counted(tab: Tab, who: Who) -> Select[Any]:
    wanted = tab_condition(tab, who)
    if not who.sight.is_subtracted:
        return count_of(who.sight, wanted)
    if tab is Tab.FALLING_DUE:
        of_this_hour = (_T.warn_at >= bindparam("hour"), *wanted)
        return _without_hidden(who.sight, queue_counts.with_earlier_warning() + _open(*of_this_hour), wanted)
    if not queue_counts.has_places(tab) or (tab is Tab.GROUP and not who.has_groups):
        return count_of(who.sight, wanted)
    return _without_hidden(who.sight, queue_counts.kept_of(tab, who.is_one_of), wanted)


@cache
def earlier(tab: Tab, who: Who, *, seeks_whole_keys: bool) -> Select[Any]:
    """The number of the tab's tickets before a place: those of earlier days are kept, those of its day are counted.

    Args:
        seeks_whole_keys: `Backend.SEEKS_WHOLE_KEYS`.
    """
    severity, due, key = ORDER
    of_tab = tab_condition(tab, who)
    is_before = tuple_(*ORDER) < key_parameters()
    of_day = (severity == bindparam("severity"), due >= bindparam("day"))
    if seeks_whole_keys:
        counted = _open(*of_day, is_before, *of_tab)
    else:
        of_instant = (severity == bindparam("severity"), due == bindparam("queue_due"), key < bindparam("key"))
        counted = _open(*of_day, due < bindparam("queue_due"), *of_tab) + _open(*of_instant, *of_tab)
    every = queue_counts.kept_of(tab, who.is_one_of, queue_counts.before_the_day()) + counted
    return _without_hidden(who.sight, every, (*of_tab, is_before))


@cache
def overdue(sight: Sight) -> Select[Any]:
    late = (_T.warn_at <= bindparam("now"), _T.due_at < bindparam("now"))
    if not sight.is_subtracted:
        return count_of(sight, late)
    severities = _T.severity.in_([severity.rank for severity in Severity])  # so that the queue's index is used
    of_today = _open(severities, _T.queue_due >= bindparam("day"), _T.queue_due < bindparam("now"))
    return _without_hidden(sight, queue_counts.due_before_the_day() + of_today, late)


def count_of(sight: Sight, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The number of open tickets that the viewer may know of, with further conditions."""
    if sight.is_subtracted:
        return _without_hidden(sight, _open(*wanted), wanted)
    return select(func.count()).select_from(plain(tables.Ticket)).where(IS_OPEN, *wanted, *conditions(sight))


def _without_hidden(sight: Sight, every: ColumnElement[int], wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The number of open tickets without the secret ones of others, which are few.

    Args:
        sight: What the viewer may see: all but these.
        every: The number with them.
        wanted: The conditions of what is counted.
    """
    number: Any = select(every - _open(is_hidden_by(sight), *wanted) if sight.only_hides else every)
    return number  # type: ignore[no-any-return]


def _open(*wanted: ColumnElement[bool]) -> ColumnElement[int]:
    """The number of open tickets with these conditions."""
    return select(func.count()).select_from(plain(tables.Ticket)).where(IS_OPEN, *wanted).scalar_subquery()


@cache
def counted_apart(who: Who) -> Select[Any]:
    counts: Any = select(*(counted(tab, who).scalar_subquery() for tab in Tab))
    return counts  # type: ignore[no-any-return]


@cache
def counted_by_tab(who: Who) -> Select[Any]:
    of_tabs = [tab_condition(tab, who) for tab in Tab]
    counted = [func.count().filter(*conditions) if conditions else func.count() for conditions in of_tabs]
    counts: Any = select(*counted)
    return counts.select_from(plain(tables.Ticket)).where(*open_to(who))  # type: ignore[no-any-return]


@cache
def listed() -> Select[Any]:
    """The columns of a row. They are built once, because building them takes as long as reading a page."""
    process, group = plain(tables.Process), plain(tables.Group)
    person, requester = plain(tables.Person), plain(tables.Requester)
    read: list[Any] = [
        _T.id,
        _T.version,
        _T.protocol,
        _T.origin,
        process.c.name.label("service"),
        _T.step_name.label("step"),
        group.c.name.label("group_name"),
        _T.owner_id,
        person.c.name.label("owner"),
        requester.c.name.label("requester"),
        _T.subject,
        _T.severity,
        _T.state,
        _T.term_kind,
        _T.term_calendar,
        _T.term_basis,
        instant(_T.due_at),
        instant(_T.warn_at),
        instant(_T.paused_at),
        instant(_T.zero_at),
        instant(_T.queue_due),
        _T.group_id,
        process.c.secret_group_id,
    ]
    columns: Select[Any] = select(*read)
    return (
        columns.select_from(plain(tables.Ticket))
        .outerjoin(process, process.c.id == _T.process_id)
        .outerjoin(group, group.c.id == _T.group_id)
        .outerjoin(person, person.c.id == _T.owner_id)
        .outerjoin(requester, requester.c.id == _T.requester_id)
    )

"""Reads the queue in pages, in the order of an index, and counts it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlmodel import col

from atendimento_tui.contracts.queue import QueueRow, QueueView, SortKey, Tab
from atendimento_tui.data import tables
from atendimento_tui.data.engine import (
    backend,
    contains,
    is_one_of,
    open_tickets_with,
    own_words_with,
    plain,
    text_containing,
)
from atendimento_tui.data.queries import queue_counts
from atendimento_tui.data.queries.queue_counts import IsOneOf
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.data.tables.columns import instant
from atendimento_tui.data.visible import Sight, conditions, is_hidden_by, restricted, sight_of
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.text import entered, is_found, search_forms, searched_name, searched_words
from atendimento_tui.domain.words import Severity, State

_T = tables.Ticket
_ORDER = (col(_T.severity), col(_T.queue_due), col(_T.id))
_IS_OPEN = col(_T.is_open) == true()  # SQLite uses the partial indexes for `= 1`, not for `IS 1`


_TRIGRAM = 3
"""Letters that a word needs to be found by the trigram index."""

_FEW_TO_SHOW, _FEW_TO_COUNT = 750, 3_000
"""Up to so many tickets are read by the ids that the index gives; with more, the queue is read in order until a page is
full, which is soon."""

_SEVERITIES = tuple(sorted(Severity, key=lambda severity: severity.rank))
_STATES = {state.value: state for state in State}
"""Looked up twice a row, which is faster than `State(word)`."""

_PLACES = 4
"""Assumed maximum average number of index entries of a matching ticket: its own words, and texts of its events."""

_NAMES_KEPT = 4_096
"""Folded names of people and groups that are kept in memory."""

_WORDS, _LETTERS = 50, 1000
"""Maximum words of a filter, and letters of a word. SQLite limits the depth of conditions and the size of patterns."""


class _Who(NamedTuple):
    """The properties of the viewer that change a statement."""

    known: bool
    has_groups: bool
    sight: Sight
    is_one_of: IsOneOf


@dataclass(frozen=True, slots=True)
class _Found:
    """Open tickets that have all indexed words of a filter, from the trigram index.

    Attributes:
        limit: How many index entries were requested; 0 if the index cannot be used.
        ids: The ids that were found.
        all: Whether these are all.
    """

    limit: int = 0
    ids: Sequence[int] = ()
    all: bool = False


class _Among(NamedTuple):
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
        return self.is_one_of(col(_T.id) + literal_column("0") if self.in_order else col(_T.id), "ids")


class QueueReader:
    """Reads one view of the queue in one transaction. The words of the filter are looked up once for all its reads.

    Args:
        connection: The transaction.
        view: The tab, the filter and the viewer.
        now: The present instant; the tab of tickets that fall due has those whose warning began by then.
    """

    def __init__(self, connection: Connection, view: QueueView, now: datetime) -> None:
        viewer = view.viewer
        self._connection = connection
        self._tab = view.tab
        sight, values = sight_of(connection)
        self._who = _Who(
            viewer is not None,
            viewer is not None and bool(viewer.groups),
            sight,
            backend(connection.engine.url).is_one_of,
        )
        self._values: dict[str, object] = {"now": now, **values}
        if viewer:
            self._values |= {"viewer": viewer.id, "groups": list(viewer.groups)}
        self._values |= queue_counts.values_at(now, viewer.groups if viewer else ())
        self._words = _words(view.filter)
        self._found: _Found | None = None
        self._ids: list[int] | None = None

    def count(self) -> int:
        """The exact number of tickets of the view."""
        ids = self._few(_FEW_TO_COUNT)
        if ids is not None and not self._not_indexed and not self._conditions():
            return len(ids)
        if ids is not None and len(ids) <= _FEW_TO_SHOW:  # the rows are read by these ids later
            in_order = self._select(select(col(_T.id)), _FEW_TO_COUNT).order_by(*_ORDER)
            self._ids = [row[0] for row in self._connection.execute(in_order, self._values).all()]
            return len(self._ids)
        counted = _counted(self._tab, self._who)
        if self._words:
            counted = self._select(select(func.count()).select_from(_T), _FEW_TO_COUNT)
            return int(self._connection.execute(counted, self._values).scalar_one())
        return int(quick_rows(self._connection, counted, self._values)[0][0])

    def tab_counts(self) -> dict[Tab, int]:
        """The exact number of tickets of each tab with the view's filter.

        With a filter, or if the viewer sees only some tickets, one scan counts all tabs. Otherwise counts are kept.
        """
        are_kept = not self._words and self._who.sight.is_subtracted
        through = (_counted_apart if are_kept else _counted_by_tab)(self._who)
        if self._words and (conditions := self._filter_conditions(_FEW_TO_COUNT)):
            through = through.where(*conditions)
        return dict(zip(Tab, self._connection.execute(through, self._values).one(), strict=True))

    def after(self, limit: int, key: SortKey | None = None) -> list[QueueRow]:
        """The rows after the key; without a key, the first ones."""
        if self._ids is not None and key is None:
            return self._rows_of(self._ids[:limit])
        return self._page(limit, key, backward=False)

    def before(self, limit: int, key: SortKey | None = None) -> list[QueueRow]:
        """The rows before the key; without a key, the last ones. They are in the queue's order."""
        if self._ids is not None and key is None:
            return self._rows_of(self._ids[-limit:])
        return self._page(limit, key, backward=True)[::-1]

    def at(self, limit: int, first: int) -> list[QueueRow]:
        """The rows from an ordinal on, from 0. Use it for jumps only: index entries before it are read.

        Where counts are kept, only those of its day are read.
        """
        if self._ids is not None:
            return self._rows_of(self._ids[first : first + limit])
        values, is_kept = self._values, self._has_kept_places and self._who.sight.is_whole
        if is_kept:
            severity, day, first = queue_counts.day_of(self._connection, self._tab, self._values, first)
            values = values | _key_values((severity, day, 0))
        if self._words:
            place = self._select(_places(), _FEW_TO_SHOW).order_by(*_ORDER).offset(first).limit(1)
            found = self._connection.execute(place, values).all()
        else:
            found = quick_rows(self._connection, _place_at(self._tab, self._who, is_kept), values | {"offset": first})
        if not found:
            return []
        [(rank, due, number)] = found
        return self._page(limit, (rank, due, number - 1), backward=False)  # after the one before it: ids are integers

    def place(self, ticket_id: int) -> tuple[int, SortKey] | None:
        """The ticket's ordinal in the view and its sort key; None if it is not in the view."""
        if self._words:
            one = self._select(_places(), _FEW_TO_SHOW).where(col(_T.id) == ticket_id)
            found = self._connection.execute(one, self._values).all()
        else:
            found = quick_rows(self._connection, _place_of(self._tab, self._who), self._values | {"key": ticket_id})
        if not found:
            return None
        key: SortKey = tuple(found[0])
        values = self._values | _key_values(key)
        if self._has_kept_places:
            seeks = backend(self._connection.engine.url).SEEKS_WHOLE_KEYS
            earlier = _earlier(self._tab, self._who, seeks_whole_keys=seeks)
            values |= queue_counts.day_values(key[1])
            return int(quick_rows(self._connection, earlier, values)[0][0]), key
        if self._words:
            earlier = self._select(select(func.count()).select_from(_T), _FEW_TO_SHOW).where(tuple_(*_ORDER) < _key())
        else:
            earlier = _count_of(self._who.sight, (*_tab_condition(self._tab, self._who), tuple_(*_ORDER) < _key()))
        return int(self._connection.execute(earlier, values).scalar_one()), key

    def take_first_free(self) -> int | None:
        """The id of the first open ticket of the view without an owner, locked until the transaction ends; or None.

        Tickets that another transaction has locked are skipped; if there are no others, their locks are waited for.
        """
        sight, values = sight_of(self._connection, Permission.CLAIM)  # some roles see more than they may claim
        self._values |= values
        free = (col(_T.owner_id).is_(None), col(_T.state) == State.OPEN, *conditions(sight))
        first = self._select(select(col(_T.id)), _FEW_TO_SHOW).where(*free).order_by(*_ORDER).limit(1)
        for skips in (True, False):
            wanted = first.with_for_update(key_share=True, skip_locked=skips)
            found = self._connection.scalar(wanted, self._values)
            if found is not None:
                return int(found)
        return None

    @property
    def _has_kept_places(self) -> bool:
        """Whether the tickets of the view are counted by their place in the queue."""
        if self._words or not self._who.sight.is_subtracted:
            return False
        return queue_counts.has_places(self._tab) and (self._tab is not Tab.GROUP or self._who.has_groups)

    def _conditions(self) -> list[ColumnElement[bool]]:
        """The conditions of the view besides its words, and besides that the ticket is open."""
        return [*conditions(self._who.sight), *_tab_condition(self._tab, self._who)]

    def _page(self, limit: int, key: SortKey | None, *, backward: bool) -> list[QueueRow]:
        among, words = self._among_and_words(limit)
        page = _page(self._tab, self._who, backward, key is not None, among)
        values = self._values | {"limit": limit}
        if key:
            values |= _key_values(key)
        if words:
            page = _page_of(self._tab, self._who, backward, key is not None, among, words)
            return _rows(self._connection, page, values)
        return [_row(row) for row in quick_rows(self._connection, page, values)]

    def _rows_of(self, ids: Sequence[int]) -> list[QueueRow]:
        chosen = _chosen(backend(self._connection.engine.url).is_one_of, self._who)
        return [_row(row) for row in quick_rows(self._connection, chosen, self._values | {"ids": ids})]

    def _select(self, what: Select[Any], few: int) -> Select[Any]:
        """The statement, restricted to the view's tickets."""
        of_tab = what.where(*_open_to(self._who), *_tab_condition(self._tab, self._who))
        return of_tab.where(*self._filter_conditions(few)) if self._words else of_tab

    def _filter_conditions(self, few: int) -> list[ColumnElement[bool]]:
        """The conditions of the filter: each word is in the ticket's words or texts, or its owner's or group's name."""
        ids = self._few(few)
        if ids is None:
            return self._word_conditions(few, self._words)
        self._values["ids"] = ids
        one_of = is_one_of(self._connection, col(_T.id), "ids")
        return [*self._word_conditions(few, self._not_indexed), one_of]

    def _among_and_words(self, limit: int) -> tuple[_Among | None, tuple[ColumnElement[bool], ...]]:
        """How a page chooses the tickets that the index gave, if any, and the conditions of the other words."""
        if not self._words:
            return None, ()
        ids = self._few(_FEW_TO_SHOW, _FEW_TO_COUNT)
        if ids is None:
            return None, tuple(self._word_conditions(_FEW_TO_SHOW, self._words))
        self._values["ids"] = ids
        among = _Among(backend(self._connection.engine.url).is_one_of, len(ids) > _FEW_TO_SHOW, len(ids) <= limit)
        return among, tuple(self._word_conditions(_FEW_TO_SHOW, self._not_indexed))

    def _word_conditions(self, few: int, words: Collection[str]) -> list[ColumnElement[bool]]:
        """The conditions that a ticket has the words.

        Words of one or two letters are not searched in texts, because no index has them.
        """
        # If a word is frequent, a count reads all its matches from the index; a page finds enough of them by a scan.
        at_once = few == _FEW_TO_COUNT and self._few(few) is None and self._looked_up(few).limit > 0
        connection = self._connection
        return [
            or_(
                *_in_own_words(connection, word, at_once=at_once),
                *_in_texts(connection, word, at_once=at_once),
                *self._named[word],
            )
            for word in words
        ]

    def _few(self, few: int, at_most: int = 0) -> Sequence[int] | None:
        """The ids of all tickets that have the indexed words; None if there are too many, or no index is usable.

        Args:
            few: How many tickets are expected, for the size of the request.
            at_most: How many tickets are too many, where it is more than `few`.
        """
        found = self._looked_up(few) if self._words else _Found()
        return found.ids if found.all and len(found.ids) <= max(few, at_most) else None

    def _looked_up(self, few: int) -> _Found:
        limit = _PLACES * few
        if self._found is None or (0 < self._found.limit < limit and not self._found.all):
            own = [word for word in self._words if word not in self._not_indexed]
            found = open_tickets_with(self._connection, own, limit) if own else None
            if found is None:
                self._found = _Found()
            else:
                self._found = _Found(limit, sorted({*found}), len(found) < limit)
        return self._found

    @cached_property
    def _not_indexed(self) -> list[str]:
        """The words of the filter that are not looked up in the trigram index: short ones, and those of names."""
        return [word for word, named in self._named.items() if len(word) < _TRIGRAM or named]

    @cached_property
    def _named(self) -> dict[str, list[ColumnElement[bool]]]:
        """Word of the filter -> the condition that it is in the name of the ticket's owner or group."""
        people, groups = _people_and_groups(self._connection)
        return {word: _in_names(word, people, groups) for word in self._words}


def overdue_count(connection: Connection, now: datetime) -> int:
    """The number of open tickets with a running clock that is overdue."""
    sight, values = sight_of(connection)
    at = {**values, "now": now, **queue_counts.values_at(now)}
    return int(quick_rows(connection, _overdue(sight), at)[0][0])


def ticket_row(
    connection: Connection, *, ticket_id: int | None = None, protocol: str | None = None
) -> tuple[QueueRow, bool] | None:
    """One ticket, open or not, as the queue shows it, and whether it was imported."""
    one = col(_T.id) == ticket_id if protocol is None else col(_T.protocol) == protocol
    found = _listed().add_columns(col(_T.origin_system)).where(one)
    row = connection.execute(restricted(connection, found)).first()
    return (_row(row[:-1]), row[-1] is not None) if row else None


def ticket_rows(connection: Connection, tickets: Collection[int]) -> list[QueueRow]:
    """Tickets, open or not, as the queue shows them, in the queue's order."""
    sight, values = sight_of(connection)
    known = _known(backend(connection.engine.url).is_one_of, sight)
    return [_row(row) for row in quick_rows(connection, known, {**values, "ids": list(tickets)})]


def _words(typed: str) -> list[str]:
    """The words of the filter, up to the limits of the database (a whole page may be pasted by mistake)."""
    cut = " ".join(word[:_LETTERS] for word in entered(typed).split())
    return searched_words(cut)[:_WORDS]


def _in_own_words(connection: Connection, word: str, *, at_once: bool) -> list[ColumnElement[bool]]:
    forms = [contains(connection, col(_T.search), form) for form in search_forms(word)]
    if at_once and len(word) >= _TRIGRAM and (found := own_words_with(connection, word)) is not None:
        return [col(_T.id).in_(found)]
    return forms


def _in_texts(connection: Connection, word: str, *, at_once: bool) -> list[ColumnElement[bool]]:
    """The condition that a text of the ticket's events has the word.

    Args:
        at_once: Read all matches from the index, instead of checking ticket by ticket.
    """
    if len(word) < _TRIGRAM:
        return []
    if at_once:
        return [col(_T.id).in_(text_containing(connection, word))]
    texts = tables.TicketText
    has_word = contains(connection, col(texts.text), word)
    return [exists(select(col(texts.id)).where(col(texts.ticket_id) == col(_T.id), has_word))]


def _open_to(who: _Who) -> tuple[ColumnElement[bool], ...]:
    """The condition of the open tickets that the viewer may know of."""
    return (_IS_OPEN, *conditions(who.sight))


def _tab_condition(tab: Tab, who: _Who) -> list[ColumnElement[bool]]:
    """The condition of the tab; its parameters are the values of `QueueReader`."""
    match tab:
        case Tab.MINE:
            return [col(_T.owner_id) == bindparam("viewer") if who.known else false()]
        case Tab.GROUP:
            return [col(_T.group_id).in_(bindparam("groups", expanding=True)) if who.has_groups else false()]
        case Tab.VALIDATION:
            return [col(_T.state) == State.VALIDATION]
        case Tab.THIRD_PARTY:
            return [col(_T.state) == State.WAITING]
        case Tab.FALLING_DUE:
            return [col(_T.warn_at) <= bindparam("now")]
        case _:
            return []


def _in_names(word: str, people: Mapping[int, str], groups: Mapping[int, str]) -> list[ColumnElement[bool]]:
    """The condition that the word is in the name of the ticket's owner or group; empty if no name has it."""
    found: list[ColumnElement[bool]] = []
    for column, named in ((col(_T.owner_id), people), (col(_T.group_id), groups)):
        if numbers := [number for number, name in named.items() if is_found(word, _name_in_search(name))]:
            found.append(column.in_(numbers))
    return found


def _people_and_groups(connection: Connection) -> tuple[dict[int, str], dict[int, str]]:
    """Id -> name of all people, including those who may not act any more, and of all groups."""
    names: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for kind, number, name in quick_rows(connection, _all_names(), {}):
        names[kind][number] = name
    return names


@lru_cache(_NAMES_KEPT)
def _name_in_search(name: str) -> str:
    return searched_name(name)


# Statements that differ only in their values are built once: building one takes longer than executing it.


@cache
def _all_names() -> CompoundSelect[Any]:
    named = enumerate((plain(tables.Person), plain(tables.Group)))
    return union_all(*(select(literal_column(str(kind)), of.c.id, of.c.name) for kind, of in named))


@cache
def _places() -> Select[Any]:
    places: Any = select(*_ORDER)
    return places  # type: ignore[no-any-return]


@cache
def _place_of(tab: Tab, who: _Who) -> Select[Any]:
    """The place of the ticket `key`, if the tab has it."""
    return _places().where(*_open_to(who), *_tab_condition(tab, who), col(_T.id) == bindparam("key"))


@cache
def _place_at(tab: Tab, who: _Who, keyed: bool) -> Select[Any]:
    """The place with the ordinal `offset`, of all places or of those after a key."""
    after_key = [tuple_(*_ORDER) > _key()] if keyed else []
    places = _places().where(*_open_to(who), *_tab_condition(tab, who), *after_key)
    return places.order_by(*_ORDER).offset(bindparam("offset", type_=Integer)).limit(1)


@cache
def _known(is_one_of: IsOneOf, sight: Sight) -> Select[Any]:
    """The tickets among `ids`, open or not, that the viewer may know of."""
    return _listed().where(*conditions(sight), is_one_of(col(_T.id), "ids")).order_by(*_ORDER)


@cache
def _chosen(is_one_of: IsOneOf, who: _Who) -> Select[Any]:
    """The open tickets among `ids`.

    Args:
        is_one_of: `Backend.is_one_of` of the database.
    """
    return _listed().where(*_open_to(who), is_one_of(col(_T.id), "ids")).order_by(*_ORDER)


@cache
def _page(tab: Tab, who: _Who, backward: bool, keyed: bool, among: _Among | None) -> Select[Any]:
    """As `_page_of`, without conditions of words."""
    return _page_of(tab, who, backward, keyed, among, ())


def _page_of(
    tab: Tab, who: _Who, backward: bool, keyed: bool, among: _Among | None, words: tuple[ColumnElement[bool], ...]
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
    wanted = [*_open_to(who), *_tab_condition(tab, who), *([among.condition()] if among else []), *words]
    if keyed:
        wanted.append(tuple_(*_ORDER) < _key() if backward else tuple_(*_ORDER) > _key())
    order = [column.desc() for column in _ORDER] if backward else _ORDER
    limit = bindparam("limit", type_=Integer)
    if among and not (among.in_order or among.on_a_page):  # only the rows of the page are joined with their names
        first = select(col(_T.id)).where(*wanted).order_by(*order).limit(limit)
        return _listed().where(col(_T.id).in_(first)).order_by(*order)
    return _listed().where(*wanted).order_by(*order).limit(limit)


def _key() -> ColumnElement[Any]:
    """The parameters of a place in the queue."""
    columns = plain(_T).c
    types = (columns.severity.type, columns.queue_due.type, columns.id.type)
    names = ("severity", "queue_due", "key")
    return tuple_(*(bindparam(name, type_=kind) for name, kind in zip(names, types, strict=True)))


def _key_values(key: SortKey) -> dict[str, object]:
    """The values of the parameters of `_key`."""
    return {"severity": key[0], "queue_due": key[1], "key": key[2]}


@cache
def _counted(tab: Tab, who: _Who) -> Select[Any]:
    wanted = _tab_condition(tab, who)
    if not who.sight.is_subtracted:
        return _count_of(who.sight, wanted)
    if tab is Tab.FALLING_DUE:
        of_this_hour = (col(_T.warn_at) >= bindparam("hour"), *wanted)
        return _without_hidden(who.sight, queue_counts.with_earlier_warning() + _open(*of_this_hour), wanted)
    if not queue_counts.has_places(tab) or (tab is Tab.GROUP and not who.has_groups):
        return _count_of(who.sight, wanted)
    return _without_hidden(who.sight, queue_counts.kept_of(tab, who.is_one_of), wanted)


@cache
def _earlier(tab: Tab, who: _Who, *, seeks_whole_keys: bool) -> Select[Any]:
    """The number of the tab's tickets before a place: those of earlier days are kept, those of its day are counted.

    Args:
        seeks_whole_keys: `Backend.SEEKS_WHOLE_KEYS`.
    """
    severity, due, key = _ORDER
    of_tab = _tab_condition(tab, who)
    is_before = tuple_(*_ORDER) < _key()
    of_day = (severity == bindparam("severity"), due >= bindparam("day"))
    if seeks_whole_keys:
        counted = _open(*of_day, is_before, *of_tab)
    else:
        of_instant = (severity == bindparam("severity"), due == bindparam("queue_due"), key < bindparam("key"))
        counted = _open(*of_day, due < bindparam("queue_due"), *of_tab) + _open(*of_instant, *of_tab)
    every = queue_counts.kept_of(tab, who.is_one_of, queue_counts.before_the_day()) + counted
    return _without_hidden(who.sight, every, (*of_tab, is_before))


@cache
def _overdue(sight: Sight) -> Select[Any]:
    late = (col(_T.warn_at) <= bindparam("now"), col(_T.due_at) < bindparam("now"))
    if not sight.is_subtracted:
        return _count_of(sight, late)
    severities = col(_T.severity).in_([severity.rank for severity in Severity])  # so that the queue's index is used
    of_today = _open(severities, col(_T.queue_due) >= bindparam("day"), col(_T.queue_due) < bindparam("now"))
    return _without_hidden(sight, queue_counts.due_before_the_day() + of_today, late)


def _count_of(sight: Sight, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The number of open tickets that the viewer may know of, with further conditions."""
    if sight.is_subtracted:
        return _without_hidden(sight, _open(*wanted), wanted)
    return select(func.count()).select_from(_T).where(_IS_OPEN, *wanted, *conditions(sight))


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
    return select(func.count()).select_from(_T).where(_IS_OPEN, *wanted).scalar_subquery()


@cache
def _counted_apart(who: _Who) -> Select[Any]:
    counts: Any = select(*(_counted(tab, who).scalar_subquery() for tab in Tab))
    return counts  # type: ignore[no-any-return]


@cache
def _counted_by_tab(who: _Who) -> Select[Any]:
    of_tabs = [_tab_condition(tab, who) for tab in Tab]
    counted = [func.count().filter(*conditions) if conditions else func.count() for conditions in of_tabs]
    counts: Any = select(*counted)
    return counts.select_from(_T).where(*_open_to(who))  # type: ignore[no-any-return]


@cache
def _listed() -> Select[Any]:
    """The columns of a row. They are built once, because building them takes as long as reading a page."""
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
        instant(col(_T.due_at)),
        instant(col(_T.warn_at)),
        instant(col(_T.paused_at)),
        instant(col(_T.zero_at)),
        instant(col(_T.queue_due)),
        col(_T.group_id),
        col(tables.Process.secret_group_id),
    ]
    columns: Select[Any] = select(*read)
    return (
        columns.select_from(_T)
        .outerjoin(tables.Process, col(tables.Process.id) == col(_T.process_id))
        .outerjoin(tables.Group, col(tables.Group.id) == col(_T.group_id))
        .outerjoin(tables.Person, col(tables.Person.id) == col(_T.owner_id))
        .outerjoin(tables.Requester, col(tables.Requester.id) == col(_T.requester_id))
    )


def _rows(connection: Connection, page: Select[Any], values: Mapping[str, object]) -> list[QueueRow]:
    return [_row(row) for row in connection.execute(page, values).all()]


def _row(row: Any) -> QueueRow:
    # In the order of `_listed`, and of the fields of `QueueRow`: access by name takes longer than reading the row.
    severity, state, kind, calendar, basis, due_at, warn_at, paused_at, zero_at, queue_due, group, secret = row[11:]
    # A paused clock has no warning.
    term = Term(kind, calendar, basis, due_at, warn_at or due_at, paused_at, zero_at or due_at) if kind else None
    place = (severity, queue_due, row[0])
    fields: Any = (*row[:11], _SEVERITIES[severity], _STATES[state], term, place, group, secret is not None)
    return QueueRow(*fields)

"""Reads the queue in pages, in the order of an index, and counts it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    or_,
    select,
    tuple_,
)

from atendimento_tui.contracts.queue import QueueRow, QueueView, SortKey, Tab
from atendimento_tui.data import tables
from atendimento_tui.data.engine import (
    backend,
    is_one_of,
    open_tickets_with,
    plain,
)
from atendimento_tui.data.queries import queue_counts, queue_words
from atendimento_tui.data.queries import queue_statements as statements
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.data.visible import conditions, restricted, sight_of
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.words import Severity, State

_T = plain(tables.Ticket).c


_FEW_TO_SHOW, _FEW_TO_COUNT = 750, 3_000
"""Up to so many tickets are read by the ids that the index gives; with more, the queue is read in order until a page is
full, which is soon."""

_SEVERITIES = tuple(sorted(Severity, key=lambda severity: severity.rank))
_STATES = {state.value: state for state in State}
"""Looked up twice a row, which is faster than `State(word)`."""

_PLACES = 4
"""Assumed maximum average number of index entries of a matching ticket: its own words, and texts of its events."""


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
        self._who = statements.Who(
            viewer is not None,
            viewer is not None and bool(viewer.groups),
            sight,
            backend(connection.engine.url).is_one_of,
        )
        self._values: dict[str, object] = {"now": now, **values}
        if viewer:
            self._values |= {"viewer": viewer.id, "groups": list(viewer.groups)}
        self._values |= queue_counts.values_at(now, viewer.groups if viewer else ())
        self._words = queue_words.words_of(view.filter)
        self._found: _Found | None = None
        self._ids: list[int] | None = None

    def count(self) -> int:
        """The exact number of tickets of the view."""
        ids = self._few(_FEW_TO_COUNT)
        if ids is not None and not self._not_indexed and not self._conditions():
            return len(ids)
        if ids is not None and len(ids) <= _FEW_TO_SHOW:  # the rows are read by these ids later
            in_order = self._select(select(_T.id), _FEW_TO_COUNT).order_by(*statements.ORDER)
            self._ids = [row[0] for row in self._connection.execute(in_order, self._values).all()]
            return len(self._ids)
        counted = statements.counted(self._tab, self._who)
        if self._words:
            counted = self._select(select(func.count()).select_from(plain(tables.Ticket)), _FEW_TO_COUNT)
            return int(self._connection.execute(counted, self._values).scalar_one())
        return int(quick_rows(self._connection, counted, self._values)[0][0])

    def tab_counts(self) -> dict[Tab, int]:
        """The exact number of tickets of each tab with the view's filter.

        With a filter, or if the viewer sees only some tickets, one scan counts all tabs. Otherwise counts are kept.
        """
        are_kept = not self._words and self._who.sight.is_subtracted
        through = (statements.counted_apart if are_kept else statements.counted_by_tab)(self._who)
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
            values = values | statements.key_values((severity, day, 0))
        if self._words:
            place = self._select(statements.places(), _FEW_TO_SHOW).order_by(*statements.ORDER).offset(first).limit(1)
            found = self._connection.execute(place, values).all()
        else:
            found = quick_rows(
                self._connection, statements.place_at(self._tab, self._who, is_kept), values | {"offset": first}
            )
        if not found:
            return []
        [(rank, due, number)] = found
        return self._page(limit, (rank, due, number - 1), backward=False)  # after the one before it: ids are integers

    def place(self, ticket_id: int) -> tuple[int, SortKey] | None:
        """The ticket's ordinal in the view and its sort key; None if it is not in the view."""
        if self._words:
            one = self._select(statements.places(), _FEW_TO_SHOW).where(_T.id == ticket_id)
            found = self._connection.execute(one, self._values).all()
        else:
            found = quick_rows(
                self._connection, statements.place_of(self._tab, self._who), self._values | {"key": ticket_id}
            )
        if not found:
            return None
        key: SortKey = tuple(found[0])
        values = self._values | statements.key_values(key)
        if self._has_kept_places:
            seeks = backend(self._connection.engine.url).SEEKS_WHOLE_KEYS
            earlier = statements.earlier(self._tab, self._who, seeks_whole_keys=seeks)
            values |= queue_counts.day_values(key[1])
            return int(quick_rows(self._connection, earlier, values)[0][0]), key
        if self._words:
            earlier = self._select(select(func.count()).select_from(plain(tables.Ticket)), _FEW_TO_SHOW).where(
                tuple_(*statements.ORDER) < statements.key_parameters()
            )
        else:
            earlier = statements.count_of(
                self._who.sight,
                (
                    *statements.tab_condition(self._tab, self._who),
                    tuple_(*statements.ORDER) < statements.key_parameters(),
                ),
            )
        return int(self._connection.execute(earlier, values).scalar_one()), key

    def take_first_free(self) -> int | None:
        """The id of the first open ticket of the view without an owner, locked until the transaction ends; or None.

        Tickets that another transaction has locked are skipped; if there are no others, their locks are waited for.
        """
        sight, values = sight_of(self._connection, Permission.CLAIM)  # some roles see more than they may claim
        self._values |= values
        free = (_T.owner_id.is_(None), _T.state == State.OPEN, *conditions(sight))
        first = self._select(select(_T.id), _FEW_TO_SHOW).where(*free).order_by(*statements.ORDER).limit(1)
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
        return [*conditions(self._who.sight), *statements.tab_condition(self._tab, self._who)]

    def _page(self, limit: int, key: SortKey | None, *, backward: bool) -> list[QueueRow]:
        among, words = self._among_and_words(limit)
        page = statements.page(self._tab, self._who, backward, key is not None, among)
        values = self._values | {"limit": limit}
        if key:
            values |= statements.key_values(key)
        if words:
            page = statements.page_of(self._tab, self._who, backward, key is not None, among, words)
            return _rows(self._connection, page, values)
        return [_row(row) for row in quick_rows(self._connection, page, values)]

    def _rows_of(self, ids: Sequence[int]) -> list[QueueRow]:
        chosen = statements.open_among(backend(self._connection.engine.url).is_one_of, self._who)
        return [_row(row) for row in quick_rows(self._connection, chosen, self._values | {"ids": ids})]

    def _select(self, what: Select[Any], few: int) -> Select[Any]:
        """The statement, restricted to the view's tickets."""
        of_tab = what.where(*statements.open_to(self._who), *statements.tab_condition(self._tab, self._who))
        return of_tab.where(*self._filter_conditions(few)) if self._words else of_tab

    def _filter_conditions(self, few: int) -> list[ColumnElement[bool]]:
        """The conditions of the filter: each word is in the ticket's words or texts, or its owner's or group's name."""
        ids = self._few(few)
        if ids is None:
            return self._word_conditions(few, self._words)
        self._values["ids"] = ids
        one_of = is_one_of(self._connection, _T.id, "ids")
        return [*self._word_conditions(few, self._not_indexed), one_of]

    def _among_and_words(self, limit: int) -> tuple[statements.Among | None, tuple[ColumnElement[bool], ...]]:
        """How a page chooses the tickets that the index gave, if any, and the conditions of the other words."""
        if not self._words:
            return None, ()
        ids = self._few(_FEW_TO_SHOW, _FEW_TO_COUNT)
        if ids is None:
            return None, tuple(self._word_conditions(_FEW_TO_SHOW, self._words))
        self._values["ids"] = ids
        among = statements.Among(
            backend(self._connection.engine.url).is_one_of, len(ids) > _FEW_TO_SHOW, len(ids) <= limit
        )
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
                *queue_words.in_own_words(connection, word, at_once=at_once),
                *queue_words.in_texts(connection, word, at_once=at_once),
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
        return [word for word, named in self._named.items() if len(word) < queue_words.TRIGRAM or named]

    @cached_property
    def _named(self) -> dict[str, list[ColumnElement[bool]]]:
        """Word of the filter -> the condition that it is in the name of the ticket's owner or group."""
        people, groups = queue_words.people_and_groups(self._connection)
        return {word: queue_words.in_names(word, people, groups) for word in self._words}


def overdue_count(connection: Connection, now: datetime) -> int:
    """The number of open tickets with a running clock that is overdue."""
    sight, values = sight_of(connection)
    at = {**values, "now": now, **queue_counts.values_at(now)}
    return int(quick_rows(connection, statements.overdue(sight), at)[0][0])


def ticket_row(
    connection: Connection, *, ticket_id: int | None = None, protocol: str | None = None
) -> tuple[QueueRow, bool] | None:
    """One ticket, open or not, as the queue shows it, and whether it was imported."""
    one = _T.id == ticket_id if protocol is None else _T.protocol == protocol
    found = statements.listed().add_columns(_T.origin_system).where(one)
    row = connection.execute(restricted(connection, found)).first()
    return (_row(row[:-1]), row[-1] is not None) if row else None


def ticket_rows(connection: Connection, tickets: Collection[int]) -> list[QueueRow]:
    """Tickets, open or not, as the queue shows them, in the queue's order."""
    sight, values = sight_of(connection)
    known = statements.known_among(backend(connection.engine.url).is_one_of, sight)
    return [_row(row) for row in quick_rows(connection, known, {**values, "ids": list(tickets)})]


def _rows(connection: Connection, page: Select[Any], values: Mapping[str, object]) -> list[QueueRow]:
    return [_row(row) for row in connection.execute(page, values).all()]


def _row(row: Any) -> QueueRow:
    # In the order of `listed` and of the fields of `QueueRow`: access by name takes longer than reading the row.
    severity, state, kind, calendar, basis, due_at, warn_at, paused_at, zero_at, queue_due, group, secret = row[11:]
    # A paused clock has no warning.
    term = Term(kind, calendar, basis, due_at, warn_at or due_at, paused_at, zero_at or due_at) if kind else None
    place = (severity, queue_due, row[0])
    fields: Any = (*row[:11], _SEVERITIES[severity], _STATES[state], term, place, group, secret is not None)
    return QueueRow(*fields)

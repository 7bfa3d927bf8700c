"""Changed tickets are placed among the loaded rows as reading them again would place them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow, QueueView, Tab
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.screens.queue.placing import LoadedRows, placed

ANA = Member(1, "Ana Lima", "atendente", (1,))
MORNING = datetime(2026, 4, 22, 12, tzinfo=UTC)

_STATES = st.sampled_from((State.OPEN, State.WAITING, State.VALIDATION, State.DONE))
_PLACES = st.tuples(st.integers(0, 1), st.integers(0, 6))
_TABS = st.sampled_from((Tab.ALL, Tab.MINE, Tab.VALIDATION, Tab.THIRD_PARTY, Tab.GROUP, Tab.FALLING_DUE))


def row(key: int, place: tuple[int, int], state: State, owner: int | None, group: str | None) -> QueueRow:
    """A ticket at a position of the queue."""
    return QueueRow(
        key=key,
        version=1,
        protocol=str(key),
        origin=None,
        service="",
        step="",
        group=group,
        owner_id=owner,
        owner=None,
        requester=None,
        subject="",
        severity=Severity.MEDIUM,
        state=state,
        term=None,
        sort_key=(place[0], MORNING + timedelta(hours=place[1]), key),
    )


def tickets(keys: list[int]) -> st.SearchStrategy[dict[int, QueueRow]]:
    """A ticket for each key, at any position."""
    each = st.tuples(_PLACES, _STATES, st.sampled_from((None, 1, 2)), st.sampled_from((None, "N1")))

    def named(found: list[tuple[tuple[int, int], State, int | None, str | None]]) -> dict[int, QueueRow]:
        return {key: row(key, *one) for key, one in zip(keys, found, strict=True)}

    return st.lists(each, min_size=len(keys), max_size=len(keys)).map(named)


def has(view: QueueView, ticket: QueueRow) -> bool:
    """Whether a tab contains the ticket, by its definition."""
    return (
        ticket.state.is_open
        and {
            Tab.ALL: True,
            Tab.MINE: ticket.owner_id == ANA.id,
            Tab.GROUP: ticket.group == "N1",
            Tab.VALIDATION: ticket.state is State.VALIDATION,
            Tab.THIRD_PARTY: ticket.state is State.WAITING,
            Tab.FALLING_DUE: True,
        }[view.tab]
    )


def listed(view: QueueView, all_tickets: dict[int, QueueRow]) -> list[QueueRow]:
    """All rows of the view."""
    return sorted((each for each in all_tickets.values() if has(view, each)), key=lambda each: each.sort_key)


@given(
    _TABS,
    tickets(list(range(1, 13))),
    tickets([3, 7, 20]),
    st.sets(st.sampled_from((3, 7, 20)), min_size=1),
    st.integers(0, 6),
    st.integers(1, 8),
)
def test_placed_rows_equal_rows_read_again(
    tab: Tab,
    before: dict[int, QueueRow],
    changes: dict[int, QueueRow],
    which: set[int],
    first: int,
    count: int,
) -> None:
    view = QueueView(tab, viewer=ANA)
    now = before | {key: changes[key] for key in which}
    was = listed(view, before)
    loaded = LoadedRows(tuple(was[first : first + count]), first, len(was))
    cursor = loaded.rows[0].key if loaded.rows else None
    found = placed(view, loaded, [now[key] for key in sorted(which)], cursor)
    if found is None:
        return
    right = listed(view, now)
    assert list(found.rows) == right[found.first : found.first + len(found.rows)]
    assert cursor not in {each.key for each in right} or cursor in {each.key for each in found.rows}


def test_rows_are_read_if_positions_are_unknown() -> None:
    one, other = (row(key, (0, key), State.OPEN, None, "N1") for key in (1, 2))
    loaded = LoadedRows((one, other), 0, 2)
    assert placed(QueueView(Tab.ALL, filter="senha"), loaded, [one], 1) is None
    assert placed(QueueView(Tab.FALLING_DUE), loaded, [one], 1) is None
    assert placed(QueueView(Tab.GROUP), loaded, [row(3, (0, 0), State.OPEN, None, "N1")], 1) is None
    assert placed(QueueView(Tab.GROUP), loaded, [other], 1) == loaded


def test_tickets_are_removed_and_inserted_at_their_positions() -> None:
    one, other, new = (row(key, (0, key), State.OPEN, None, None) for key in (1, 3, 2))
    loaded = LoadedRows((one, other), 0, 2)
    assert placed(QueueView(), loaded, [new], 1) == LoadedRows((one, new, other), 0, 3)
    closed = row(3, (0, 3), State.DONE, None, None)
    assert placed(QueueView(), loaded, [closed], 1) == LoadedRows((one,), 0, 1)

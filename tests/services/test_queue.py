"""The queue: order, pages, tabs, filter, and exact counts."""

import itertools
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, insert

from atendimento_tui.contracts.queue import PageRequest, QueueRow, QueueView, Tab
from atendimento_tui.data import tables
from atendimento_tui.data.engine import file_of, open_tickets_with, reading, writing
from atendimento_tui.data.queries import queue as queries
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.services import acts, queue
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts import formats
from tests.conftest import MakeDesk
from tests.databases import Databases, on_files
from tests.full import IN_FULL
from tests.hostile import HOSTILE_STRINGS
from tests.living import (
    ANA,
    BRUNO,
    CELIA,
    NAMES,
    NOW,
    RECEPTION,
    SUPPORT,
    Living,
    in_days,
    member,
    rows,
    solution,
    words_of,
)
from tests.servers import connected


def protocols(found: list[QueueRow] | tuple[QueueRow, ...]) -> list[int]:
    """The tickets' numbers within their day."""
    return [int(row.protocol[-6:]) for row in found]


def listed(desk: Desk, view: QueueView = QueueView(), now: datetime = NOW) -> list[int]:  # noqa: B008
    """The whole view, as it is read from the first window to the last."""
    window = queue.window(desk, view, PageRequest(0, 1_000), now)
    assert window.total == len(window.rows)
    assert queue.counts(desk, view, now)[view.tab] == window.total
    return protocols(window.rows)


def test_critical_first_then_nearest_due_then_paused_then_without_a_clock(living: Living) -> None:
    living.open(severity=Severity.MEDIUM, clocks=(solution(16),))  # 1
    living.open(severity=Severity.LOW, clocks=(solution(1),))  # 2
    living.open(severity=Severity.CRITICAL, clocks=())  # 3
    living.open(severity=Severity.CRITICAL, clocks=(solution(40),))  # 4
    paused = living.open(severity=Severity.CRITICAL, clocks=(solution(2),))  # 5
    living.open(severity=Severity.CRITICAL, clocks=(solution(8),))  # 6
    living.open(severity=Severity.HIGH, clocks=(solution(8), in_days(ClockKind.ANS_ANSWER, 0)))  # 7
    living.open(severity=Severity.HIGH, clocks=(solution(9),))  # 8
    done = living.open(severity=Severity.CRITICAL)  # 9
    living.pause(paused)
    living.solve(done)
    assert listed(living.desk) == [6, 4, 5, 3, 7, 8, 1, 2]


def test_a_ticket_shows_its_nearest_running_clock_else_a_paused_one(living: Living) -> None:
    ticket = living.open(clocks=(solution(1), in_days(ClockKind.ANS_ANSWER, 5)))
    [row] = queue.listed(living.desk, "", 9, NOW)
    assert row.term
    assert row.term.kind == ClockKind.SOLUTION
    living.pause(ticket)
    [row] = queue.listed(living.desk, "", 9, NOW)
    assert row.term
    assert (row.term.kind, row.term.paused_at) == (ClockKind.ANS_ANSWER, None)
    other = living.open()
    living.pause(other)
    row = queue.listed(living.desk, "", 9, NOW)[-1]
    assert row.term
    assert (row.term.kind, row.term.paused_at) == (ClockKind.SOLUTION, NOW)


@pytest.fixture
def tabbed(living: Living) -> Living:
    """One ticket for each reason to be in a tab."""
    living.open(subject="de ninguém")  # 1
    living.open(owner=ANA, group=RECEPTION)  # 2
    living.open(owner=BRUNO, group=SUPPORT)  # 3
    living.pause(living.open(group=SUPPORT, owner=CELIA))  # 4
    living.solve(living.open(owner=ANA), validation=in_days(ClockKind.VALIDATION, 7))  # 5
    living.solve(living.open(owner=ANA, group=RECEPTION))  # 6
    living.open(clocks=(solution(1),))  # 7
    return living


def test_tabs(tabbed: Living) -> None:
    def tab(name: Tab, viewer: int | None = ANA, now: datetime = NOW) -> list[int]:
        return sorted(listed(tabbed.desk, QueueView(name, viewer=member(viewer) if viewer else None), now))

    assert tab(Tab.ALL) == [1, 2, 3, 4, 5, 7]
    assert tab(Tab.MINE) == [2, 5]
    assert tab(Tab.MINE, BRUNO) == [3]
    assert tab(Tab.MINE, None) == tab(Tab.GROUP, None) == []
    assert tab(Tab.GROUP) == [2]
    assert tab(Tab.GROUP, BRUNO) == [2, 3, 4]
    assert tab(Tab.VALIDATION) == [5]
    assert tab(Tab.THIRD_PARTY) == [4]
    assert tab(Tab.FALLING_DUE) == []
    assert tab(Tab.FALLING_DUE, now=NOW + timedelta(minutes=45)) == [7]
    assert tab(Tab.FALLING_DUE, now=NOW + timedelta(minutes=45, seconds=-1)) == []
    assert tab(Tab.FALLING_DUE, now=NOW + timedelta(days=60)) == [1, 2, 3, 5, 7]  # who waits, warns nobody


def test_overdue_is_counted_from_the_second_after(tabbed: Living) -> None:
    def overdue(now: datetime) -> int:
        with reading(tabbed.desk.engine) as connection:
            return queries.overdue_count(connection, now)

    due = NOW + timedelta(hours=1)
    assert (overdue(due), overdue(due + timedelta(microseconds=1))) == (0, 1)
    assert overdue(NOW + timedelta(days=60)) == 5


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("certidao", [1]),
        ("CERTIDÃO", [1]),
        ("  certidão   JOSÉ ", [1]),
        ("jose joao", []),
        ("joao", [2]),
        ("Joa\u0303o", [2]),
        ("segunda via", [1, 2]),
        ("triagem", [2]),
        ("recepcao", [1]),
        ("BRUNO", [2]),
        ("000002", [2]),
        ("100%", [2]),
        ("100_", []),
        ("%", [2]),
        ("*", [2]),
        ("[*]", [2]),
        ("[a-z]", []),
        ("jo?o", []),
        ("jo*o", []),
        ("nº 7", [1]),
        ("no 7", [1]),
        ("'); drop", []),
        ("", [1, 2]),
    ],
)
def test_the_filter_finds_words_in_all_searched_texts(living: Living, words: str, found: list[int]) -> None:
    living.open(subject="Certidão nº 7", requester="José", group=RECEPTION)
    living.open(subject="Desconto de 100% [*]", requester="João", owner=BRUNO, step="Triagem")
    assert listed(living.desk, QueueView(filter=words)) == found
    assert protocols(queue.listed(living.desk, words, 9, NOW)) == found


@on_files
def test_without_a_trigram_index_the_filter_scans_the_queue(databases: Databases) -> None:
    with databases.copied() as database, open_desk(database, NOW) as desk:
        with writing(desk.engine) as connection:
            for trigger in ("in", "out", "other"):
                connection.exec_driver_sql(f"DROP TRIGGER ticket_search_{trigger}")
            connection.exec_driver_sql("DROP TABLE ticket_search")
        living = Living(desk)
        living.open(subject="Certidão")
        living.open(subject="Boleto")
        assert listed(desk, QueueView(filter="certidao")) == [1]
        assert queue.counts(desk, QueueView(filter="certidao"), NOW)[Tab.ALL] == 1


def test_a_typed_text_is_found_by_the_same_text(living: Living) -> None:
    tickets = {living.open(subject=text): text for text in HOSTILE_STRINGS}
    living.open(subject="outra coisa")
    missing = {text for ticket, text in tickets.items() if ticket not in listed(living.desk, QueueView(filter=text))}
    assert missing == set()


def test_a_protocol_is_found_as_it_is_shown(living: Living) -> None:
    living.open()
    ticket = living.open()
    [row] = [row for row in queue.listed(living.desk, "", 9, NOW) if row.key == ticket]
    short = formats.protocol_short(row.protocol, NOW.year)
    for written in (formats.protocol_groups(row.protocol), short, row.protocol):
        assert [found.key for found in queue.listed(living.desk, written, 9, NOW)] == [ticket]


def test_a_page_pasted_into_the_filter_is_accepted(living: Living) -> None:
    page = " ".join(f"palavra{number}" for number in range(2_000))
    living.open(subject=page)
    living.open(subject="palavra1")
    assert listed(living.desk, QueueView(filter=page)) == [1]
    assert listed(living.desk, QueueView(filter="x" * 1_000_000)) == []


def test_the_filter_counts_every_tab(tabbed: Living) -> None:
    counts = queue.counts(tabbed.desk, QueueView(filter="boleto", viewer=member(BRUNO)), NOW)
    assert counts == {
        Tab.MINE: 1,
        Tab.GROUP: 3,
        Tab.VALIDATION: 1,
        Tab.THIRD_PARTY: 1,
        Tab.FALLING_DUE: 0,
        Tab.ALL: 6,
    }
    assert queue.counts(tabbed.desk, QueueView(filter="ninguem"), NOW)[Tab.ALL] == 1


def test_the_list_is_cut_at_its_limit(tabbed: Living) -> None:
    assert len(queue.listed(tabbed.desk, "", 2, NOW)) == 2


# Pages: every request gives the same part of the same list.


def test_a_page_of_one_row_around_a_ticket_is_that_ticket(tabbed: Living) -> None:
    everything = queue.window(tabbed.desk, QueueView(), PageRequest(0, 100), NOW).rows
    for place, row in enumerate(everything):
        window = queue.window(tabbed.desk, QueueView(), PageRequest(0, 1, around=row.key), NOW)
        assert (window.first, window.rows) == (place, (row,))


def test_the_page_around_a_ticket_that_left_the_view_is_at_its_former_place(tabbed: Living) -> None:
    everything = queue.window(tabbed.desk, QueueView(), PageRequest(0, 100), NOW)
    gone = queue.window(tabbed.desk, QueueView(), PageRequest(2, 2, around=6), NOW)  # solved
    assert (gone.first, gone.rows) == (2, everything.rows[2:4])


tickets_at_random = st.lists(
    st.tuples(
        st.sampled_from(list(Severity)),
        st.sampled_from([None, 1, 2, 2, 40]),  # the clock's hours
        st.sampled_from([None, ANA, BRUNO]),
        st.sampled_from([None, RECEPTION, SUPPORT]),
        st.sampled_from(["nothing", "pause", "solve", "validate", "claim"]),
        st.sampled_from(["Certidão", "Boleto"]),
    ),
    max_size=12,
)


@settings(max_examples=15 if IN_FULL else 8)
@given(tickets_at_random, st.data())
def test_every_page_is_a_slice_of_the_complete_list(
    make_desk: MakeDesk, many: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    with make_desk() as desk:
        furnish(Living(desk), many)
        now = NOW + timedelta(hours=data.draw(st.sampled_from([0, 1, 3, 100])))
        for tab in Tab:
            view = QueueView(tab, data.draw(st.sampled_from(["", "certidao"])), member(BRUNO))
            whole = expected(desk, view, now)
            assert queue.counts(desk, view, now)[tab] == len(whole)
            agree(desk, view, whole, now)
            if whole:
                chosen = data.draw(st.integers(0, len(whole) - 1))
                near(desk, view, whole, chosen, data.draw(st.integers(1, 5)), now)


def furnish(living: Living, many: list[tuple[Any, ...]]) -> None:
    for severity, hours, owner, group, then, subject in many:
        living.wait(minutes=7)
        clocks = () if hours is None else (solution(hours),)
        ticket = living.open(severity=severity, clocks=clocks, owner=owner, group=group, subject=subject)
        if then == "claim":
            try:
                living.claim(ticket, BRUNO)
            except Refused:
                continue
        elif then == "validate":
            living.solve(ticket, validation=in_days(ClockKind.VALIDATION, 7))
        elif then != "nothing":
            getattr(living, then)(ticket)


def expected(desk: Desk, view: QueueView, now: datetime) -> list[int]:
    """The ids of the view in the contract's order, worked out from every single row."""
    with reading(desk.engine) as connection:
        found = queries.ticket_rows(connection, [ticket for (ticket,) in rows(desk, "SELECT id FROM ticket")])
    viewer = view.viewer
    assert viewer
    wanted: dict[Tab, Callable[[QueueRow], bool]] = {
        Tab.ALL: lambda _: True,
        Tab.MINE: lambda row: row.owner == viewer.name,
        Tab.GROUP: lambda row: row.group in (RECEPTION, SUPPORT),
        Tab.VALIDATION: lambda row: row.state == State.VALIDATION,
        Tab.THIRD_PARTY: lambda row: row.state == State.WAITING,
        Tab.FALLING_DUE: lambda row: bool(row.term and not row.term.paused_at and row.term.warn_at <= now),
    }
    kept = [
        row
        for row in found
        if row.state.is_open and wanted[view.tab](row) and (not view.filter or row.subject == "Certidão")
    ]
    never = datetime.max.replace(tzinfo=UTC)

    def place(row: QueueRow) -> tuple[object, ...]:
        paused = bool(row.term and row.term.paused_at)
        due = row.term.due_at if row.term and not paused else never
        return list(reversed(Severity)).index(row.severity), row.term is None, paused, due, row.key

    return [row.key for row in sorted(kept, key=place)]


def agree(desk: Desk, view: QueueView, whole: list[int], now: datetime) -> None:
    """The list as a whole, by ordinals past both ends, and page by page down and up."""

    def keys(wanted: PageRequest) -> tuple[int, list[int]]:
        window = queue.window(desk, view, wanted, now)
        assert window.total == len(whole)
        return window.first, [row.key for row in window.rows]

    assert keys(PageRequest(0, 100)) == (0, whole)
    for first in range(len(whole) + 3):
        start, found = keys(PageRequest(first, 3))
        assert found == whole[start : start + 3]
        assert start == min(first, max(len(whole) - 3, 0))
    down: list[int] = []
    up: list[int] = []
    window = queue.window(desk, view, PageRequest(0, 2), now)
    while window.rows:
        down += [row.key for row in window.rows]
        window = queue.window(desk, view, PageRequest(len(down), 2, after=window.rows[-1].sort_key), now)
    window = queue.window(desk, view, PageRequest(len(whole), 2), now)
    while window.rows:
        up = [row.key for row in window.rows] + up
        window = queue.window(desk, view, PageRequest(len(whole) - len(up) - 2, 2, before=window.rows[0].sort_key), now)
    assert down == up == whole


def near(desk: Desk, view: QueueView, whole: list[int], chosen: int, count: int, now: datetime) -> None:
    """What is found round a ticket, after it and before it, with the ordinals told."""
    around = queue.window(desk, view, PageRequest(0, count, around=whole[chosen]), now)
    found = [row.key for row in around.rows]
    assert whole[chosen] in found
    assert found == whole[around.first : around.first + len(found)]
    key = around.rows[found.index(whole[chosen])].sort_key
    after = queue.window(desk, view, PageRequest(chosen + 1, count, after=key), now)
    assert (after.first, [row.key for row in after.rows]) == (chosen + 1, whole[chosen + 1 : chosen + 1 + count])
    before = queue.window(desk, view, PageRequest(chosen - count, count, before=key), now)
    assert [row.key for row in before.rows] == whole[max(chosen - count, 0) : chosen]
    assert before.first == max(chosen - count, 0)


# The number of statements, and that the order is an index.


def test_the_number_of_statements_of_a_claim(living: Living, statements: list[tuple[str, Any]]) -> None:
    living.claim(living.open())  # what never changes, calendars and processes, is read once
    ticket = living.open()
    statements.clear()
    living.claim(ticket)
    assert words_of(statements) == [
        "SELECT timer",  # what was due before happens before
        "SELECT ticket",
        "SELECT ticket",
        "SELECT clock",
        "SELECT field_value",
        "INSERT event",
        "UPDATE ticket",
    ]


def test_a_page_takes_a_count_and_a_read_for_any_length_of_the_queue(
    living: Living, statements: list[tuple[str, Any]]
) -> None:
    for _ in range(20):
        living.open(owner=ANA)
    count, read = "SELECT queue_count", "SELECT ticket"
    for wanted, asked in (
        (PageRequest(0, 5), [read]),
        (PageRequest(7, 5), [count, read, read]),  # the day of the place, its key, the rows
        (PageRequest(15, 5), [read]),
        (PageRequest(7, 5, around=9), [read, count, read, read]),
    ):
        statements.clear()
        queue.window(living.desk, QueueView(), wanted, NOW)
        assert words_of(statements) == [count, *asked]
        statements.clear()
        queue.window(living.desk, QueueView(), replace(wanted, total=20), NOW)
        assert words_of(statements) == asked


def test_a_known_total_is_used_except_where_it_changes_with_time(tabbed: Living) -> None:
    for tab in Tab:
        view = QueueView(tab, viewer=member(BRUNO))
        exact = queue.window(tabbed.desk, view, PageRequest(0, 2), NOW).total
        actual = queue.window(tabbed.desk, view, PageRequest(0, 2, total=exact + 7), NOW).total
        assert actual - exact == (0 if tab is Tab.FALLING_DUE else 7)


def test_the_first_rows_are_read_without_a_count(tabbed: Living, statements: list[tuple[str, Any]]) -> None:
    everything = queue.window(tabbed.desk, QueueView(), PageRequest(0, 100), NOW).rows
    statements.clear()
    some = queue.first_rows(tabbed.desk, QueueView(), 4, None, NOW)
    assert words_of(statements) == ["SELECT ticket"]
    assert (some.rows, some.first, some.counted) == (everything[:4], 0, False)
    every = queue.first_rows(tabbed.desk, QueueView(), 7, None, NOW)
    assert (every.rows, every.total, every.counted) == (everything, 6, True)
    near = queue.first_rows(tabbed.desk, QueueView(), 3, everything[-1].key, NOW)
    assert (near.rows, near.total, near.counted) == (everything[4:], 6, True)
    near = queue.first_rows(tabbed.desk, QueueView(), 2, everything[2].key, NOW)
    assert (near.rows, near.first, near.counted) == (everything[1:3], 1, False)


def test_all_tabs_are_counted_by_one_statement(tabbed: Living, statements: list[tuple[str, Any]]) -> None:
    queue.counts(tabbed.desk, QueueView(viewer=member(ANA)), NOW)
    assert len(statements) == 1


@pytest.mark.parametrize("ask", ["rows", "counts"])
def test_names_for_the_filter_are_read_once(tabbed: Living, statements: list[tuple[str, Any]], ask: str) -> None:
    view = QueueView(filter="uma palavra de muitas", viewer=member(ANA))
    asked: dict[str, Callable[[], object]] = {
        "rows": lambda: queue.first_rows(tabbed.desk, view, 5, None, NOW),
        "counts": lambda: queue.counts(tabbed.desk, view, NOW),
    }
    asked[ask]()
    names, found, tickets = words_of(statements)
    assert names == "SELECT person"  # and of groups
    assert found in ("SELECT ticket_search", "WITH ticket")  # whether few tickets have the words
    assert tickets == "SELECT ticket"


def test_the_words_of_a_filter_are_looked_up_once_for_a_page(tabbed: Living, statements: list[tuple[str, Any]]) -> None:
    """Names, words, the rows: however many tickets have the word, as few values are sent."""
    for _ in range(30):
        tabbed.open(subject="certidão")
    view = QueueView(filter="certidão", viewer=member(ANA))
    sent = []
    for wanted, places in ((PageRequest(0, 5), []), (PageRequest(7, 5), ["SELECT ticket"]), (PageRequest(25, 5), [])):
        statements.clear()
        assert len(queue.window(tabbed.desk, view, wanted, NOW).rows) == 5
        names, found, *place, rows_read = words_of(statements)
        assert names == "SELECT person"  # and of groups
        assert found in ("SELECT ticket_search", "WITH ticket")
        assert (place, rows_read) == (places, "SELECT ticket")  # a jump reads the key of its place first
        sent += [len(values) for _, values in statements]
    assert max(sent) < 10


# Query plans, in a desk with a history.

OPEN, IN_ALL, PAGE = 2_000, 20_000, 20


@pytest.fixture(scope="module")
def old_desk(databases: Databases) -> Iterator[Desk]:
    """A desk with a history ten times as long as its queue."""
    with databases.copied() as database, open_desk(database, NOW) as desk:
        Living(desk).open(owner=ANA, group=RECEPTION)
        with writing(desk.engine) as connection:
            [one] = tickets.stored_rows(connection, 0, 1)
            connection.execute(insert(tables.Ticket), [one | _one_of_many(number) for number in range(2, IN_ALL + 1)])
        with desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE" if file_of(desk.engine.url) else "VACUUM ANALYZE")
        yield desk


def _one_of_many(number: int) -> dict[str, Any]:
    due = NOW + timedelta(minutes=number * 7919 % 10_000)
    word = "raro" if number == IN_ALL else "comum"
    return {
        "id": number,
        "protocol": f"{number:020}",
        "severity": number % 4,
        "is_open": number > IN_ALL - OPEN,
        "state": (State.VALIDATION, State.WAITING, State.OPEN)[number % 3],
        "owner_id": (ANA, BRUNO, CELIA, None)[number % 4],
        "group_id": (1, 2)[number % 2],
        "queue_due": due,
        "due_at": due,
        "warn_at": due - timedelta(hours=1),
        "search": f"{number:020} {word} maria segunda via de boleto",
    }


def _keys(desk: Desk, tab: Tab) -> dict[str, Callable[[], object]]:
    """The reads of the queue's keys."""
    view = QueueView(tab, viewer=member(ANA))
    total = queue.counts(desk, view, NOW)[tab]
    [some, *_] = queue.window(desk, view, PageRequest(total // 2, 1), NOW).rows

    def page(wanted: PageRequest) -> Callable[[], object]:
        return lambda: queue.window(desk, view, replace(wanted, total=total), NOW)

    return {
        "a tab": lambda: queue.first_rows(desk, view, PAGE, None, NOW),
        "a letter": lambda: queue.first_rows(desk, replace(view, filter="comum"), PAGE, None, NOW),
        "home": page(PageRequest(0, PAGE)),
        "end": page(PageRequest(total - PAGE, PAGE)),
        "pagedown": page(PageRequest(total // 2, PAGE, after=some.sort_key)),
        "pageup": page(PageRequest(total // 2, PAGE, before=some.sort_key)),
    }


@pytest.mark.parametrize("tab", Tab)
def test_a_key_reads_a_page_and_not_the_queue(old_desk: Desk, tab: Tab) -> None:
    for key, ask in _keys(old_desk, tab).items():
        for statement in spoken(old_desk, ask):
            if file_of(old_desk.engine.url):
                how = plan(old_desk, *statement)
                assert reads_an_index(how), (key, how)
                assert "TEMP B-TREE" not in how, key
                continue
            for node, rows_read in nodes(old_desk, *statement):
                assert node != "Seq Scan", key
                assert rows_read <= 20 * PAGE, key


def test_counts_and_scans_read_open_tickets_only(old_desk: Desk) -> None:
    """A jump, a place, a word that is hardly anywhere, and all the counts: however long the history is."""
    view, word = QueueView(viewer=member(ANA)), QueueView(filter="raro", viewer=member(ANA))
    asked: list[Callable[[], object]] = [
        lambda: queue.window(old_desk, view, PageRequest(OPEN // 2, PAGE, total=OPEN), NOW),
        lambda: queue.window(old_desk, view, PageRequest(0, PAGE, around=IN_ALL - 7), NOW),
        lambda: queue.first_rows(old_desk, word, PAGE, None, NOW),
        lambda: queue.counts(old_desk, view, NOW),
        lambda: queue.counts(old_desk, word, NOW),
        lambda: queue.overdue(old_desk, NOW),
    ]
    assert queue.first_rows(old_desk, word, PAGE, None, NOW).total == 1
    for statement in [statement for ask in asked for statement in spoken(old_desk, ask)]:
        if file_of(old_desk.engine.url):
            assert reads_an_index(plan(old_desk, *statement))
            continue
        for node, rows_read in nodes(old_desk, *statement):
            assert node != "Seq Scan"
            assert rows_read <= OPEN + 1


@on_files
def test_words_are_searched_in_the_index_only(old_desk: Desk) -> None:
    for words in ("co", "co ma"):
        [*_, text] = spoken(old_desk, lambda words=words: queue.counts(old_desk, QueueView(filter=words), NOW))  # type: ignore[misc]
        assert "USING COVERING INDEX ix_ticket_queue" in plan(old_desk, *text)


def test_counts_and_places_do_not_read_the_queue(old_desk: Desk) -> None:
    """Of the table of tickets only one's own, those of one day, and those whose warning begins in this hour."""
    view = QueueView(viewer=member(ANA))
    own, of_day, of_hour = OPEN // 4, OPEN // 4 // 6, OPEN // 100
    asked: list[tuple[Callable[[], object], int]] = [
        (lambda: queue.counts(old_desk, view, NOW), own + of_hour),
        (lambda: queue.window(old_desk, view, PageRequest(0, PAGE, around=IN_ALL - 7), NOW), 2 * of_day),
        (lambda: queue.window(old_desk, view, PageRequest(OPEN // 2, PAGE, total=OPEN), NOW), 2 * of_day),
        (lambda: queue.overdue(old_desk, NOW), 2 * of_day),
    ]
    for ask, at_most in asked:
        for statement in spoken(old_desk, ask):
            if file_of(old_desk.engine.url):
                assert "SCAN ticket " not in plan(old_desk, *statement)
                continue
            for _, rows_read in nodes(old_desk, *statement):
                assert rows_read <= at_most + PAGE, statement


@pytest.mark.parametrize("words", ["raro", "maria raro", f"{IN_ALL:020}"])
def test_a_rare_word_is_looked_up_in_the_index(old_desk: Desk, words: str) -> None:
    view = QueueView(filter=words, viewer=member(ANA))
    asked = [lambda: queue.first_rows(old_desk, view, PAGE, None, NOW), lambda: queue.counts(old_desk, view, NOW)]
    for *_, statement in [spoken(old_desk, ask) for ask in asked]:
        if file_of(old_desk.engine.url):
            assert "SEARCH ticket USING INTEGER PRIMARY KEY" in plan(old_desk, *statement)
        else:
            assert [rows_read for _, rows_read in nodes(old_desk, *statement)] == [1]


def test_opening_a_ticket_reads_its_own_rows_only(old_desk: Desk) -> None:
    for statement in spoken(old_desk, lambda: ticket_view(old_desk, NOW, ticket_id=IN_ALL)):
        if file_of(old_desk.engine.url):
            assert reads_an_index(plan(old_desk, *statement)), statement
        else:
            assert all(rows_read <= 1 for _, rows_read in nodes(old_desk, *statement))


def spoken(desk: Desk, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that are sent to the database."""
    text: list[tuple[str, Any]] = []

    def record(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            text.append((statement, parameters))

    event.listen(desk.engine, "before_cursor_execute", record)
    try:
        ask()
    finally:
        event.remove(desk.engine, "before_cursor_execute", record)
    return text


def plan(desk: Desk, statement: str, parameters: tuple[Any, ...]) -> str:
    """SQLite's plan of a statement."""
    return "\n".join(row[3] for row in rows(desk, f"EXPLAIN QUERY PLAN {statement}", *parameters)) + "\n"


def reads_an_index(how: str) -> bool:
    return not re.search(r"SCAN ticket\b(?!.* USING .*INDEX)", how)


def nodes(desk: Desk, statement: str, parameters: dict[str, Any]) -> list[tuple[str, int]]:
    """How PostgreSQL looks into the tickets, and how many it looks at."""
    with connected(desk.engine.url.render_as_string()) as server:
        explained: Any = server.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}".encode(), parameters).fetchone()
    found = []

    def look(node: dict[str, Any]) -> None:
        if node.get("Relation Name") == "ticket":
            looked_at = node["Actual Rows"] + sum(node[key] for key in node if key.startswith("Rows Removed by"))
            found.append((node["Node Type"], looked_at * node["Actual Loops"]))
        for below in node.get("Plans", ()):
            look(below)

    look(explained[0][0]["Plan"])
    return found


def test_names_belong_to_their_ids(tabbed: Living) -> None:
    """The row of somebody else's act shows the new owner at the next look."""
    [row] = queue.listed(tabbed.desk, "ninguem", 9, NOW)
    assert (row.owner_id, row.owner) == (None, None)
    acts.claim(tabbed.desk, replace(tabbed.order(row.key), actor=CELIA))
    [row] = queue.listed(tabbed.desk, "ninguem", 9, NOW)
    assert (row.owner_id, row.owner, row.version) == (CELIA, NAMES[CELIA], 2)


# Search in texts of events.


def found(desk: Desk, words: str) -> list[int]:
    """The tickets that the filter leaves, listed and counted alike."""
    return listed(desk, QueueView(filter=words))


def test_comments_and_reasons_are_searched(living: Living) -> None:
    first, second = living.open(), living.open()
    living.comment(first, "O cliente D’Ávila pediu estorno.\nDe novo: guarda-chuva.")
    living.pause(second, "aguardando o cartório")
    assert found(living.desk, "estorno") == [1]
    assert found(living.desk, "davila boleto marco") == [1]  # one word there, the others in the subject
    assert found(living.desk, "guarda chuva estorno") == [1]
    assert found(living.desk, "cartorio") == [2]
    assert found(living.desk, "estorno cartorio") == []
    living.comment(second, "Estorno também aqui.")
    assert sorted(found(living.desk, "estorno")) == [1, 2]
    assert found(living.desk, "estorno cartorio") == [2]


@on_files
@pytest.mark.parametrize("words", [["estorno"], ["estorno", "cartorio"], ["estorno", "boleto", "cartorio"]])
def test_of_many_tickets_with_all_words_in_a_text_few_are_read(living: Living, words: list[str]) -> None:
    """Words that are common in what was said cost no more than the ids that are asked for."""
    ticket = living.open()
    steps = []
    for more in (1_000, 5_000):
        with writing(living.desk.engine) as connection:
            text = {"ticket_id": ticket, "is_open": True, "text": "estorno do boleto no cartorio"}
            connection.execute(insert(tables.TicketText), [text] * more)
        with reading(living.desk.engine) as connection:
            assert set(open_tickets_with(connection, words, 10) or ()) == {ticket}
            steps.append(_steps(connection, words, 10))
    assert steps[1] < 2 * steps[0], steps


def _steps(connection: Connection, words: list[str], limit: int) -> int:
    """How many instructions SQLite carries out to find the tickets that have the words: time would not be exact."""
    steps = itertools.count()
    raw: Any = connection.connection.driver_connection
    raw.set_progress_handler(lambda: next(steps) < 0, 1)
    try:
        open_tickets_with(connection, words, limit)
    finally:
        raw.set_progress_handler(None, 0)
    return next(steps)


def test_texts_are_searched_while_their_ticket_is_open(living: Living) -> None:
    ticket = living.open()
    living.comment(ticket, "estorno")
    living.solve(ticket)
    assert found(living.desk, "estorno") == []
    assert rows(living.desk, "SELECT count(*) FROM ticket_text WHERE is_open") == [(0,)]


def test_a_comment_changes_no_other_search_row(living: Living, statements: list[tuple[str, Any]]) -> None:
    ticket = living.open()
    for _ in range(2):
        living.comment(ticket, "Uma palavra e outra.")
        statements.clear()
    living.comment(ticket, "Mais uma.")
    assert words_of(statements)[-3:] == ["INSERT event", "UPDATE ticket", "INSERT ticket_text"]
    [update] = [text for text, _ in statements if text.startswith("UPDATE")]
    assert "search" not in update
    [(_, given)] = [each for each in statements if each[0].startswith("INSERT INTO ticket_text")]
    assert "mais uma." in (given.values() if isinstance(given, dict) else given)


def test_the_count_of_a_frequent_word_agrees_with_its_list(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """More tickets than are looked at one by one, the word in comments, in subjects, and in both."""
    monkeypatch.setattr(queries, "_FEW_TO_SHOW", 1)
    monkeypatch.setattr(queries, "_FEW_TO_COUNT", 2)
    for number in range(1, 9):
        ticket = living.open(subject="estorno e troca" if number % 2 else "outra coisa")
        if number % 3 == 0:
            living.comment(ticket, "estorno pedido")
            living.comment(ticket, "estorno feito")
    assert sorted(found(living.desk, "estorno")) == [1, 3, 5, 6, 7]
    assert sorted(found(living.desk, "troca estorno")) == [1, 3, 5, 7]
    assert sorted(found(living.desk, "estorno pedido")) == [3, 6]
    assert sorted(found(living.desk, "estorno coisa")) == [6]


def test_the_count_of_a_frequent_name_is_exact(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two words of a name are found as one only whole, as is one that is looked up in the index."""
    monkeypatch.setattr(queries, "_FEW_TO_COUNT", 2)
    for number in range(1, 13):
        ticket = living.open(requester="José Santos", subject="joses" if number % 6 == 0 else "boleto")
        if number % 5 == 0:
            living.comment(ticket, "ligou joses")
    assert sorted(found(living.desk, "joses")) == [5, 6, 10, 12]
    assert len(found(living.desk, "josesantos")) == 12
    assert sorted(found(living.desk, "josesantos joses")) == [5, 6, 10, 12]


@pytest.mark.parametrize("case", tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))["nome"])
def test_a_requester_is_found_by_usual_spellings_of_the_name(living: Living, case: dict[str, Any]) -> None:
    living.open(requester=case["guardado"])
    for query in case["acha"]:
        assert found(living.desk, query) == [1], query
    for query in case["nao_acha"]:
        assert found(living.desk, query) == [], query

"""The replayed log of another system: each cycle is compared with an independent computation."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.acts import hours
from atendimento_tui.domain.clocks import paused, result_of, worked
from atendimento_tui.domain.history import LoggedEvent, Meaning, counts, replayed
from atendimento_tui.domain.tickets import Ticket, replay
from atendimento_tui.domain.words import ClockKind, State
from tests.history_oracle import Cycle, Hours, cycles

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
CLOCK = hours(ClockKind.SOLUTION, 1, 4 * 3600)
CALENDAR = BusinessCalendar(dict.fromkeys(range(5), ((time(9), time(18)),)), "America/Sao_Paulo")
RECKONING = Hours({"fuso": "America/Sao_Paulo", "semana": {"seg-sex": ["09:00-18:00"]}})


def ticket_of(*story: tuple[float, str] | tuple[float, str, str]) -> Ticket:
    """The ticket after events at so many hours, each with what it means and perhaps a reason."""
    return ended(
        [LoggedEvent(AT + actual[0] * HOUR, actual[1], Meaning(actual[1]), "".join(actual[2:])) for actual in story],
    )


def ended(case: Sequence[LoggedEvent]) -> Ticket:
    history = list(replayed(case, {"protocol": "p", "origin": "1"}, CLOCK))
    assert replay(event for event, _ in history) == history[-1][1]
    assert [event.text for event, _ in history] == [logged.label for logged in case]
    return history[-1][1]


def stretches(ticket: Ticket) -> list[tuple[int, float, float | None, list[tuple[float, float | None, str]]]]:
    """Each cycle's clock: its number, start, end and pauses, in hours."""

    def at(instant: datetime | None) -> float | None:
        return None if instant is None else (instant - AT) / HOUR

    return [
        (
            clock.cycle,
            (clock.started_at - AT) / HOUR,
            at(clock.stopped_at),
            [((pause.began_at - AT) / HOUR, at(pause.ended_at), pause.reason) for pause in clock.pauses],
        )
        for clock in ticket.clocks
    ]


def test_work_after_the_end_opens_the_next_cycle_there() -> None:
    ticket = ticket_of((0, "atendendo"), (2, "solucionado"), (3, "encerrado"), (5, "atendendo"), (6, "encerrado"))
    assert stretches(ticket) == [(1, 0, 2, []), (2, 5, 6, [])]
    assert (ticket.state, ticket.cycle, ticket.closed_at) == (State.DONE, 2, AT + 6 * HOUR)


def test_waiting_after_the_end_opens_a_cycle_that_waits() -> None:
    ticket = ticket_of((0, "encerrado"), (2, "aguardando", "cliente"))
    assert stretches(ticket) == [(1, 0, 0, []), (2, 2, None, [(2, None, "cliente")])]
    assert (ticket.state, ticket.closed_at) == (State.WAITING, None)


def test_a_case_that_begins_with_its_end_has_a_cycle_of_zero_length() -> None:
    assert stretches(ticket_of((1, "solucionado"), (2, "encerrado"))) == [(1, 1, 1, [])]


def test_later_ends_change_the_state_only() -> None:
    ticket = ticket_of((0, "atendendo"), (1, "solucionado"), (2, "cancelado"), (3, "encerrado"))
    assert stretches(ticket) == [(1, 0, 1, [])]
    assert not ticket.clocks[0].cancelled
    assert (ticket.state, ticket.closed_at) == (State.DONE, AT + 2 * HOUR)


def test_waits_follow_each_other_with_their_own_reasons() -> None:
    ticket = ticket_of((0, "atendendo"), (1, "aguardando", "cliente"), (2, "aguardando", "peça"), (4, "atendendo"))
    assert stretches(ticket) == [(1, 0, None, [(1, 2, "cliente"), (2, 4, "peça")])]


def test_the_first_event_that_counts_opens_the_cycle() -> None:
    ticket = ticket_of((0, "ignorar"), (1, "atendendo"), (2, "ignorar"), (3, "solucionado"), (4, "ignorar"))
    assert stretches(ticket) == [(1, 1, 3, [])]
    assert ticket.opened_at == AT
    assert ticket.version == 5
    assert ticket.state == State.VALIDATION


def test_a_case_with_only_ignored_events_gives_no_ticket() -> None:
    assert not counts([LoggedEvent(AT, "x", Meaning.IGNORED)])
    assert counts([LoggedEvent(AT, "x", Meaning.IGNORED), LoggedEvent(AT, "y", Meaning.CLOSED)])


def test_events_at_one_instant_are_taken_in_their_order() -> None:
    waits = ticket_of((0, "atendendo"), (1, "atendendo"), (1, "aguardando", "cliente"), (1, "atendendo"))
    assert stretches(waits) == [(1, 0, None, [(1, 1, "cliente")])]
    assert waits.state == State.OPEN


def test_a_cancelled_cycle_has_a_result_of_its_own() -> None:
    ticket = ticket_of((0, "atendendo"), (1, "cancelado"))
    assert result_of(ticket.clocks[0], CALENDAR) == "cancelado"
    assert (ticket.state, ticket.closed_at) == (State.CANCELLED, AT + HOUR)


logged = st.tuples(st.integers(0, 9 * 3600), st.sampled_from(list(Meaning)))


@given(st.lists(logged, min_size=1, max_size=14), st.integers(0, 40 * 3600))
def test_every_cycle_agrees_with_an_independent_computation(story: list[tuple[int, Meaning]], after: int) -> None:
    at, case = AT, []
    for wait, meaning in story:
        at += timedelta(seconds=wait)
        case.append(LoggedEvent(at, meaning.value, meaning, "motivo"))
    now = at + timedelta(seconds=after)
    raw = [(event.at, number, event.meaning.value) for number, event in enumerate(case)]
    reckoned = cycles(raw, RECKONING, now)
    if not counts(case):
        assert reckoned == []
        return
    assert clocks_of(ended(case), now) == reckoned_of(reckoned)


def clocks_of(ticket: Ticket, now: datetime) -> list[tuple[object, ...]]:
    return [
        (
            clock.cycle,
            clock.started_at,
            clock.stopped_at,
            clock.cancelled,
            worked(clock, CALENDAR, now) // SECOND,
            paused(clock, CALENDAR, now) // SECOND,
        )
        for clock in ticket.clocks
    ]


def reckoned_of(found: list[Cycle]) -> list[tuple[object, ...]]:
    return [
        (number, cycle.start, cycle.end, cycle.result_cancelled, cycle.worked, cycle.paused)
        for number, cycle in enumerate(found, start=1)
    ]

"""The acts of a person on a ticket, and their refusals."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from atendimento_tui.domain import acts
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import ClockChange, Event, Ticket, replay
from atendimento_tui.domain.words import ClockKind, State
from tests.bare_tickets import opened, solved

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
SOLUTION = acts.hours(ClockKind.SOLUTION, 1, 3600)
VALIDATION = acts.hours(ClockKind.VALIDATION, 1, 7200)
OPENED = opened({"protocol": "20260302000001", "subject": "Boleto"}, (SOLUTION,), AT, 1)
TICKET = Ticket().evolve(OPENED)


def refused(act: Callable[[], Event]) -> str:
    with pytest.raises(Refused) as raised:
        act()
    return raised.value.code


def test_a_ticket_is_built_from_its_events() -> None:
    claimed = acts.claim(TICKET, 7, LATER)
    after = TICKET.evolve(claimed)
    assert (after.owner, after.version, after.opened_at, after.changed_at) == (7, 2, AT, LATER)
    assert claimed.changes == {"owner": (None, 7)}
    assert replay([OPENED, claimed]) == after


def test_only_what_changes_is_written() -> None:
    assert TICKET.change(subject="Boleto", state="aberto", owner=3) == {"owner": (None, 3)}


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED, State.ABANDONED])
def test_a_closed_ticket_accepts_comments_only(state: State) -> None:
    closed = TICKET.evolve(Event("x", LATER, 1, changes=TICKET.change(state=state)))
    assert closed.closed_at == LATER
    for act in (
        lambda: acts.claim(closed, 2, LATER),
        lambda: acts.pause(closed, 2, LATER, "cliente"),
        lambda: acts.resume(closed, 2, LATER),
    ):
        assert refused(act) == "encerrado"
    assert closed.evolve(acts.comment(2, LATER, "Obrigada")).closed_at == LATER


def test_a_claimed_ticket_cannot_be_claimed_by_another_person() -> None:
    mine = TICKET.evolve(acts.claim(TICKET, 2, LATER))
    assert refused(lambda: acts.claim(mine, 2, LATER)) == "ja_e_seu"
    assert refused(lambda: acts.claim(mine, 3, LATER)) == "ja_tem_responsavel"


def test_a_pause_and_a_comment_need_a_text() -> None:
    assert refused(lambda: acts.comment(1, AT, " \n ")) == "comentario_vazio"
    assert refused(lambda: acts.pause(TICKET, 1, AT, "\t")) == "motivo_vazio"


def test_a_pause_pauses_the_clocks_of_the_desk_only() -> None:
    clocks = (SOLUTION, acts.hours(ClockKind.FIRST_ANSWER, 1, 60), acts.hours(ClockKind.ANS_ANSWER, 1, 60))
    ticket = Ticket().evolve(opened({}, clocks, AT, 1))
    resting = ticket.evolve(acts.pause(ticket, 1, LATER, "cliente"))
    assert {clock.kind: clock.paused_at for clock in resting.clocks} == {
        ClockKind.SOLUTION: LATER,
        ClockKind.FIRST_ANSWER: LATER,
        ClockKind.ANS_ANSWER: None,
    }


def test_without_validation_the_solution_is_the_end() -> None:
    done = TICKET.evolve(solved(TICKET, 1, LATER, "Feito.", None))
    assert (done.state, done.closed_at, done.live_clocks) == (State.DONE, LATER, [])


def test_with_validation_the_ticket_waits_for_the_client() -> None:
    actual = TICKET.evolve(solved(TICKET, 1, LATER, "Feito.", VALIDATION))
    assert (actual.state, actual.closed_at) == (State.VALIDATION, None)
    assert [clock.kind for clock in actual.live_clocks] == [ClockKind.VALIDATION]
    assert refused(lambda: acts.pause(actual, 1, LATER, "cliente")) == "em_validacao"
    assert refused(lambda: acts.resume(actual, 1, LATER)) == "nao_esta_pausado"


def test_a_new_cycle_has_new_clocks_and_does_not_change_the_former_ones() -> None:
    ended = TICKET.evolve(solved(TICKET, 1, LATER, "Feito.", None))
    changes = ended.change(state=State.OPEN, cycle=2)
    reopened = ended.evolve(Event("reaberto", LATER, 1, changes=changes, clocks=(SOLUTION,)))
    assert [(clock.cycle, clock.is_live) for clock in reopened.clocks] == [(1, False), (2, True)]
    assert reopened.closed_at is None
    cancelled = reopened.evolve(Event("cancelado", LATER, 1, clocks=(ClockChange("cancel"),)))
    assert [(clock.cycle, clock.cancelled) for clock in cancelled.clocks] == [(1, False), (2, True)]
    assert cancelled.clocks[0] == reopened.clocks[0]


def test_a_clock_of_a_former_cycle_is_not_changed_by_the_next_cycle() -> None:
    answer = acts.hours(ClockKind.ANS_ANSWER, 1, 60)
    first = Ticket().evolve(opened({}, (SOLUTION, answer), AT, 1))
    second = first.evolve(Event("reaberto", LATER, 1, changes=first.change(cycle=2), clocks=(SOLUTION, answer)))
    paused = second.evolve(Event("x", LATER, 1, clocks=(ClockChange("pause", reason="cliente"),)))
    assert [(clock.cycle, clock.paused_at) for clock in paused.clocks] == [(1, None), (1, None), (2, LATER), (2, LATER)]

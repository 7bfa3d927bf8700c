"""Acts: each is done once and in order, or refused with its reason, and its event never changes."""

from collections.abc import Callable
from datetime import timedelta, timezone
from functools import partial

import pytest

from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.services import acts
from atendimento_tui.services.audit import differences
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.refusals import sentence
from tests.hostile import HOSTILE_STRINGS
from tests.living import ANA, BRUNO, NOW, Living, in_days, rows, solution


def refused(act: Callable[[], ActDone]) -> Refused:
    with pytest.raises(Refused) as raised:
        act()
    return raised.value


def kinds(living: Living, ticket: int) -> list[str]:
    return [line.kind for line in ticket_view(living.desk, living.now, ticket_id=ticket).history]


# Acting.


def test_the_first_claim_wins_and_others_are_refused_with_the_owner(living: Living) -> None:
    ticket = living.open()
    assert living.claim(ticket, BRUNO).version == 2
    refusal = refused(lambda: living.claim(ticket, ANA))
    assert (refusal.code, refusal.values["owner"]) == ("ja_tem_responsavel", "Bruno Castro")
    assert refused(lambda: living.claim(ticket, BRUNO)).code == "ja_e_seu"
    assert kinds(living, ticket) == ["aberto", "assumido"]


def test_a_claim_needs_a_person(living: Living) -> None:
    ticket = living.open()
    assert refused(lambda: acts.claim(living.desk, living.order(ticket, actor=None))).code == "sem_pessoa"


def test_a_ticket_out_of_sight_is_not_named_by_its_internal_number(living: Living) -> None:
    refusal = refused(lambda: living.comment(77))
    assert (refusal.code, refusal.values) == ("fora_de_vista", {})


def test_a_pause_pauses_the_clock_and_resuming_resumes_it(living: Living) -> None:
    ticket = living.open(clocks=(solution(4),))
    living.wait(hours=1)
    living.pause(ticket, "aguardando o cliente")
    assert refused(lambda: living.pause(ticket, "de novo")).code == "ja_pausado"
    [row] = rows(living.desk, "SELECT state, paused_at, warn_at, queue_due, due_at FROM ticket")
    assert row[:4] == ("aguardando", "2026-03-02 13:00:00.000000", None, "9999-01-01 00:00:00.000000")
    living.wait(hours=2)
    living.resume(ticket)
    assert refused(lambda: living.resume(ticket)).code == "nao_esta_pausado"
    [clock] = ticket_view(living.desk, living.now, ticket_id=ticket).clocks
    assert (clock.worked_s, clock.paused_s, clock.standing and clock.standing.remaining_s) == (3600, 7200, 3 * 3600)
    assert clock.term.due_at == NOW + timedelta(hours=6)


def test_a_solution_without_validation_closes_the_ticket(living: Living) -> None:
    ticket = living.open()
    living.wait(hours=1)
    living.pause(ticket)
    living.wait(hours=1)
    living.solve(ticket)
    view = ticket_view(living.desk, living.now, ticket_id=ticket)
    assert (view.row.state, view.closed_at, view.row.term) == (State.DONE, living.now, None)
    assert view.clocks[0].result == "no_prazo"
    assert rows(living.desk, "SELECT is_open, queue_due FROM ticket") == [(0, "9999-12-31 00:00:00.000000")]


def test_a_solution_with_validation_waits_for_the_client(living: Living) -> None:
    ticket = living.open(clocks=(solution(), in_days(ClockKind.COMPLETION, 3)))
    living.solve(ticket, validation=in_days(ClockKind.VALIDATION, 7))
    view = ticket_view(living.desk, living.now, ticket_id=ticket)
    assert view.row.state is State.VALIDATION
    assert view.row.term
    assert view.row.term.kind == ClockKind.VALIDATION  # the completion rests
    assert view.clocks[1].clock.pauses[-1].reason == "validação do cliente"
    assert refused(lambda: living.pause(ticket)).code == "em_validacao"


def test_a_closed_ticket_accepts_comments_only(living: Living) -> None:
    ticket = living.open()
    living.solve(ticket)
    for act in (living.claim, living.pause, living.resume):
        refusal = refused(lambda act=act: act(ticket))  # type: ignore[misc]
        assert (refusal.code, refusal.values["state"]) == ("encerrado", "concluido")
    living.comment(ticket, "Obrigada!")
    assert kinds(living, ticket) == ["aberto", "solucionado", "comentado"]


# Repeated requests, and conflicts with unseen changes.


def test_the_same_request_again_is_one_act(living: Living) -> None:
    ticket = living.open()
    order = living.order(ticket, request="once")
    first = acts.comment(living.desk, order, "Liguei.")
    living.comment(ticket, "Outro.")
    again = acts.comment(living.desk, order, "Liguei.")
    assert (first.version, first.repeated) == (2, False)
    assert (again.version, again.repeated) == (3, True)
    assert kinds(living, ticket) == ["aberto", "comentado", "comentado"]


def test_an_act_done_is_not_refused_when_it_is_sent_again(living: Living) -> None:
    """Otherwise a claim that is sent twice would be refused."""
    ticket = living.open()
    order = living.order(ticket, BRUNO, seen=1)
    acts.claim(living.desk, order)
    assert acts.claim(living.desk, order).repeated


@pytest.mark.parametrize("act", ["claim", "pause", "resume"])
def test_an_act_on_an_older_version_is_refused_with_what_happened(living: Living, act: str) -> None:
    ticket = living.open()
    living.wait(minutes=30)
    acts.comment(living.desk, living.order(ticket, BRUNO), "Veja isto antes.")
    words = {"pause": ["cliente"], "solve": ["Feito."]}.get(act, [])
    stale = living.order(ticket, ANA, seen=1)
    refusal = refused(lambda: getattr(acts, act)(living.desk, stale, *words))
    assert refusal.code == "mudou"
    text = sentence(refusal.code, refusal.values)
    assert "Bruno Castro comentou às 09:30:00 de 02/03/2026" in text  # the desk's time
    assert kinds(living, ticket) == ["aberto", "comentado"]


def test_a_comment_never_conflicts(living: Living) -> None:
    ticket = living.open()
    living.claim(ticket)
    assert acts.comment(living.desk, living.order(ticket, seen=1), "Liguei.").version == 3


def test_an_act_on_the_current_version_is_done(living: Living) -> None:
    ticket = living.open()
    assert acts.claim(living.desk, living.order(ticket, seen=1)).version == 2


def test_instants_of_a_history_never_decrease(living: Living) -> None:
    ticket = living.open()
    living.wait(hours=2)
    living.pause(ticket)
    living.wait(hours=-1)  # the clock of another machine
    living.resume(ticket)
    [(at, recorded_at)] = rows(living.desk, "SELECT at, recorded_at FROM event WHERE kind = 'retomado'")
    assert (at, recorded_at) == ("2026-03-02 14:00:00.000000", "2026-03-02 13:00:00.000000")


def test_instants_are_kept_in_utc_whatever_their_zone(living: Living) -> None:
    living.now = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    ticket = living.open()
    living.comment(ticket)
    assert rows(living.desk, "SELECT DISTINCT at FROM event") == [("2026-03-02 12:00:00.000000",)]


# What people type.


def test_a_typed_text_is_stored_unchanged(living: Living) -> None:
    desk = living.desk
    for text in HOSTILE_STRINGS:
        ticket = living.open(
            service=entered(text), subject=text, severity=Severity.LOW, requester=text, step=text, clocks=(solution(),)
        )
        one_line, lines = entered(text), entered(text, multiline=True)
        if lines.strip():
            living.comment(ticket, text)
        else:
            assert refused(partial(living.comment, ticket, text)).code == "comentario_vazio"
        if one_line.strip():
            living.pause(ticket, text)
        else:
            assert refused(partial(living.pause, ticket, text)).code == "motivo_vazio"
        living.solve(ticket, text)
        view = ticket_view(desk, NOW, ticket_id=ticket)
        assert (view.row.subject, view.row.step, view.row.service) == (one_line, one_line, one_line)
        assert view.row.requester == (one_line if text else None)
        texts = {line.kind: line.text for line in view.history}
        assert texts.get("comentado", "") == lines.strip()
        assert texts.get("pausado", "") == one_line.strip()
        assert texts["solucionado"] == lines
        reasons = [pause.reason for pause in view.clocks[0].clock.pauses]
        assert reasons == ([one_line.strip()] if one_line.strip() else [])


# The audit itself.


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE ticket SET owner_id = 2", "owner_id"),
        ("UPDATE ticket SET due_at = '2026-03-03 12:00:00.000000'", "due_at"),
        ("UPDATE ticket SET version = 9", "version"),
        ("UPDATE clock SET target = 1", "its clocks are"),
        ("UPDATE clock_pause SET reason = 'outra'", "its clocks are"),
        ("DELETE FROM clock_pause", "its clocks are"),
        ("UPDATE event SET at = '2026-03-01 12:00:00.000000' WHERE kind = 'comentado'", "goes back in time"),
        ("DELETE FROM event WHERE kind = 'comentado'", "version"),
    ],
)
def test_the_audit_finds_changes_without_an_event(living: Living, damage: str, says: str) -> None:
    ticket = living.open()
    living.comment(ticket)
    living.pause(ticket)
    with living.desk.engine.connect() as connection:
        assert differences(living.desk) == []
        connection.exec_driver_sql(damage)
        connection.commit()
    assert any(says in line for line in differences(living.desk))
    with living.desk.engine.connect() as connection:  # so that the fixture's own audit has nothing to say
        for table in ("clock_pause", "clock", "event", "ticket_text", "ticket"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
        connection.commit()

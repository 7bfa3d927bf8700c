"""Claiming the next ticket: the first free one of the view."""

import pytest

from atendimento_tui.contracts.queue import QueueView, Tab
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import writing
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services import acts
from atendimento_tui.services.desk import Desk
from tests.databases import on_server
from tests.living import ANA, BRUNO, CELIA, NOW, RECEPTION, SUPPORT, Living, in_days, member, rows, solution
from tests.services.test_processes import ProcessTicket, fault, local

ALL = QueueView()


def take(living: Living, actor: int = ANA, view: QueueView = ALL, request: str | None = None) -> ActDone:
    return acts.claim_next(living.desk, Order(0, actor, request or living.request(), living.now), view)


def nothing_is_left(living: Living, view: QueueView = ALL) -> bool:
    with pytest.raises(Refused) as refused:
        take(living, view=view)
    return refused.value.code == "nada_livre"


def test_the_first_free_ticket_of_the_queue_is_claimed(living: Living) -> None:
    later, sooner = living.open(clocks=(solution(30),)), living.open(clocks=(solution(3),))
    critical = living.open(severity=Severity.CRITICAL, clocks=(solution(40),))
    assert [take(living, actor).ticket for actor in (ANA, BRUNO, CELIA)] == [critical, sooner, later]
    assert nothing_is_left(living)
    owners = dict(rows(living.desk, "select id, owner_id from ticket"))
    assert owners == {critical: ANA, sooner: BRUNO, later: CELIA}


def test_owned_and_waiting_tickets_are_skipped(living: Living) -> None:
    claimed, paused, validated, solved, free = [living.open() for _ in range(5)]
    living.claim(claimed, BRUNO)
    living.pause(paused)
    living.solve(validated, validation=in_days(ClockKind.VALIDATION, 7))
    living.solve(solved)
    assert take(living).ticket == free
    assert nothing_is_left(living)


def test_only_a_ticket_of_the_view_is_claimed(living: Living) -> None:
    elsewhere = living.open(group=SUPPORT)
    boleto, guia = (living.open(group=RECEPTION, subject=about) for about in ("Boleto de março", "Guia de exame"))
    group = QueueView(Tab.GROUP, viewer=member(ANA))
    assert take(living, view=QueueView(Tab.GROUP, "guia", member(ANA))).ticket == guia
    assert take(living, view=group).ticket == boleto
    assert nothing_is_left(living, group)
    assert nothing_is_left(living, QueueView(Tab.MINE, viewer=member(ANA)))
    assert take(living).ticket == elsewhere


def test_a_request_sent_again_claims_the_same_ticket(living: Living) -> None:
    first, second = living.open(), living.open()
    done = take(living, request="once")
    again = take(living, request="once")
    assert (done.ticket, again.ticket, again.repeated) == (first, first, True)
    assert take(living).ticket == second


def test_a_claim_without_a_person_is_refused(living: Living) -> None:
    living.open()
    with pytest.raises(Refused, match="sem_pessoa"):
        acts.claim_next(living.desk, Order(0, None, "nobody", NOW), ALL)


def test_due_timers_fire_before_the_claim(desk: Desk) -> None:
    life = fault(ProcessTicket(desk, local(10, 17, 50))).at(13, 13)
    acts.claim_next(desk, life.order(), ALL)
    kinds = [kind for (kind,) in rows(desk, "select kind from event order by seq")]
    assert kinds[-1] == "assumido"
    assert kinds.count("prazo_vencido") == 2


@on_server
def test_a_locked_first_ticket_is_skipped(living: Living) -> None:
    first, second = living.open(), living.open()
    with writing(living.desk.engine) as connection:
        connection.exec_driver_sql("select id from ticket order by id limit 1 for update")
        assert take(living).ticket == second
    assert take(living).ticket == first

"""Alerts are shown to whom they are for until one of them acknowledges them; an answer alerts who has the ticket."""

import pytest

from atendimento_tui.domain.access import Actor
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import acts, alerts, received
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from tests.living import ANA, BRUNO, CELIA, rows
from tests.services.test_processes import ProcessTicket, fault, local


@pytest.fixture
def life(desk: Desk) -> ProcessTicket:
    return fault(ProcessTicket(desk, local(10, 10)))


def of(life: ProcessTicket, person: int) -> list[tuple[int, str]]:
    """The tickets and the reasons of a person's alerts."""
    [(role,)] = rows(life.desk, "SELECT role FROM person WHERE id = ?", person)
    desk = life.desk.acting_as(Actor(person, role))
    return [(each.ticket, each.kind) for each in alerts.mine(desk, life.now)]


def answer(life: ProcessTicket, actor: int | None) -> None:
    received.receive_pasted(life.desk, life.order(actor), None, "Zilá, por telefone", "Pode descontar.")


def test_an_answer_alerts_the_owner_until_they_acknowledge_it(life: ProcessTicket) -> None:
    acts.claim(life.desk, life.order(ANA))
    answer(life, BRUNO)
    assert of(life, ANA) == [(life.ticket, "recebida")]
    assert of(life, BRUNO) == []
    with pytest.raises(Refused) as refused:
        alerts.acknowledge(life.desk, life.order(BRUNO))
    assert refused.value.code == "alerta_nenhum"
    alerts.acknowledge(life.desk, life.order(ANA))
    assert of(life, ANA) == []
    assert [line.actor for line in life.view().history if line.kind == "ciente"] == ["Ana Lima"]
    assert differences(life.desk) == []


def test_without_an_owner_the_group_is_alerted_and_one_of_it_is_enough(life: ProcessTicket) -> None:
    [(group,)] = rows(life.desk, "SELECT group_id FROM ticket WHERE id = ?", life.ticket)
    there = {person for (person,) in rows(life.desk, "SELECT person_id FROM membership WHERE group_id = ?", group)}
    assert there == {BRUNO, CELIA}
    answer(life, None)
    assert of(life, BRUNO) == of(life, CELIA) == [(life.ticket, "recebida")]
    assert of(life, ANA) == []
    alerts.acknowledge(life.desk, life.order(CELIA))
    assert of(life, BRUNO) == of(life, CELIA) == []


def test_nobody_is_alerted_of_what_they_recorded_themselves(life: ProcessTicket) -> None:
    acts.claim(life.desk, life.order(ANA))
    answer(life, ANA)
    assert of(life, ANA) == []


def test_an_alert_of_a_closed_desk_waits_until_it_opens(life: ProcessTicket) -> None:
    acts.claim(life.desk, life.order(ANA))
    life.at(10, 20)
    answer(life, BRUNO)
    assert (life.ticket, "recebida") not in of(life, ANA)
    life.at(13, 9, 30)
    assert of(life, ANA)[0] == (life.ticket, "recebida")


def test_the_alert_of_a_clock_is_shown_too(life: ProcessTicket) -> None:
    acts.claim(life.desk, life.order(ANA))
    life.at(13, 18)
    sweep(life.desk, life.now)
    life.at(14, 10)
    kinds = {kind for _, kind in of(life, ANA)}
    assert kinds <= {"prazo_atencao", "prazo_vencido", "tempo"}
    assert kinds

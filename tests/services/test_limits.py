"""The waiting limit that a look-up or a booking misses is in the history of the request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.agenda import LIMIT_MISSED
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, agenda, availability, limits
from atendimento_tui.services.desk import Desk
from tests.an_agenda import doctor, furnish
from tests.living import ANA, BRUNO
from tests.services.test_bookings import ASKED, TUESDAY, act, answered
from tests.services.test_processes import ProcessTicket, local

LATE = local(4, 8, month=5)
"""The first slot after the absence. The limit of the request is 30 April."""


@pytest.fixture
def request_(desk: Desk) -> ProcessTicket:
    """Friday, 10 April; the only cardiologist is away until the limit, 14 business days later."""
    life = ProcessTicket(desk, local(10, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", now=life.now)
    availability.add_absence(desk, "Bia Rocha", "10/04/2026", "30/04/2026", "férias", life.now)
    return life.open("agendamento", Severity.MEDIUM, **ASKED)


def noted(life: ProcessTicket, role: Role = Role.ATTENDANT, **more: object) -> bool:
    """Look for a cardiologist, and record what is missed."""
    asked = AgendaFilter(**({"specialty": "cardio", "ticket": life.ticket} | more))  # type: ignore[arg-type]
    page = agenda.lookup(life.desk, asked, life.now)
    return limits.note_missed(life.desk.acting_as(Actor(ANA, role, frozenset())), asked, page, life.now)


def texts_of(life: ProcessTicket) -> list[str]:
    return [text for _, text in life.events(LIMIT_MISSED)]


def test_it_is_recorded_once_a_day_and_specialty_and_counts_from_the_request(request_: ProcessTicket) -> None:
    assert noted(request_)
    assert not noted(request_)
    request_.at(15, 10)
    assert noted(request_, city="sao p")
    doctor(request_.desk, "Íris Prado", "Clínica médica", now=request_.now)
    availability.add_absence(request_.desk, "Íris Prado", "10/04/2026", "31/12/2026", "licença", request_.now)
    assert noted(request_, specialty="clinica")
    late = "a primeira vaga é seg 04/05/2026 08:00, Bia Rocha, Clínica Centro"
    assert texts_of(request_) == [
        f"Cardiologia (RN 566, II): nada livre até 30/04/2026; {late}",
        f"Cardiologia em São Paulo (RN 566, II): nada livre até 30/04/2026; {late}",
        "Clínica médica (RN 566, I): nada livre até 20/04/2026; nenhuma vaga nos próximos 120 dias",
    ]
    assert request_.view().history[-1].actor == "Ana Lima"


@pytest.mark.parametrize(
    "asked",
    [
        {"ticket": None},
        {"specialty": ""},
        {"specialty": "acup"},
        {"doctor": "bia"},
        {"city": "recife"},
        {"since": (LATE - timedelta(days=3)).date()},
        {"role": Role.AUDITOR},
    ],
)
def test_what_is_no_missed_limit_of_a_request_is_not_recorded(
    request_: ProcessTicket, asked: dict[str, object]
) -> None:
    assert not noted(request_, **asked)  # type: ignore[arg-type]
    assert texts_of(request_) == []


def test_a_slot_in_time_or_a_request_that_has_ended_has_no_record(request_: ProcessTicket) -> None:
    doctor(request_.desk, "Íris Prado", now=request_.now)
    assert not noted(request_)
    request_.act("desistiu", "Mudou de ideia.")
    availability.add_absence(request_.desk, "Íris Prado", "10/04/2026", "31/12/2026", "licença", request_.now)
    assert not noted(request_)


def test_the_record_is_no_conflict_with_what_others_saw(request_: ProcessTicket) -> None:
    seen = replace(request_.order(BRUNO), seen=request_.view().row.version)
    assert noted(request_)
    acts.comment(request_.desk, seen, "Liguei.")
    assert request_.view().history[-1].text == "Liguei."


def test_a_booking_after_the_limit_says_so_until_it_is_moved_before_it(request_: ProcessTicket) -> None:
    act(request_, "marcar", answered(LATE))
    said = "marcada depois do limite (II: 30/04/2026)"
    assert dict(request_.view().answers)["Limite da RN 566"] == said
    assert said in [after for _, _, after in request_.view().history[-1].changes]
    iris = doctor(request_.desk, "Íris Prado", now=request_.now)
    act(request_, "remarcar", answered(TUESDAY, iris))
    assert "Limite da RN 566" not in dict(request_.view().answers)

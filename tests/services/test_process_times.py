"""Each ticket's own minutes, from its events, and their median by service and channel."""

from datetime import timedelta

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.words import Severity
from atendimento_tui.outputs import as_json
from atendimento_tui.services import intake, process_times, processes
from atendimento_tui.services.tickets import ticket_view
from tests.living import ANA, Living

ANSWERS = {"produto": "Prontuário", "descricao": "Não abre"}


def attended(living: Living, minutes: float, channel: str = "telefone", service: str = "falha_tecnica") -> int:
    """Open a ticket; the intake takes so long."""
    [version] = [each.version for each in processes.offered(living.desk) if each.key == service]
    begun = intake.begin(living.desk, version, ANA, living.request(), living.now)
    living.wait(minutes=minutes)
    order = Order(begun.ticket, ANA, living.request(), living.now)
    form = intake.Intake(Severity.HIGH, "Loja Íris", "", channel, answers=ANSWERS)
    return intake.finish(living.desk, order, form).ticket


def test_the_median_is_of_each_service_and_channel(living: Living) -> None:
    for minutes in (3, 5, 10):
        attended(living, minutes)
    attended(living, 7, "WhatsApp")
    found = process_times.typical_times(living.desk, living.now, 90)
    assert [(each.service, each.channel, each.count, each.median) for each in found] == [
        ("Falha técnica", "telefone", 3, timedelta(minutes=5)),
        ("Falha técnica", "WhatsApp", 1, timedelta(minutes=7)),
    ]
    assert as_json.typical_time(found[0]) == {
        "servico": "Falha técnica",
        "canal": "telefone",
        "atendimentos": 3,
        "mediana_s": 300,
        "tempo_tipico": None,
        "tempo_tipico_s": None,
    }


def test_older_unfinished_and_other_tickets_are_not_counted(living: Living) -> None:
    attended(living, 30)
    living.wait(days=10)
    attended(living, 4)
    [version, *_] = [each.version for each in processes.offered(living.desk)]
    intake.begin(living.desk, version, ANA, living.request(), living.now)
    living.open()
    [only] = process_times.typical_times(living.desk, living.now, 5)
    assert (only.count, only.median) == (1, timedelta(minutes=4))


def test_a_ticket_has_its_time_and_a_later_comment_does_not_change_it(living: Living) -> None:
    ticket = attended(living, 6.5)
    living.wait(minutes=20)
    living.comment(ticket)
    view = ticket_view(living.desk, living.now, ticket_id=ticket)
    assert view.process_time == timedelta(minutes=6, seconds=30)
    assert as_json.ticket(view, None, living.now, living.desk.zone)["levou_s"] == 390
    assert ticket_view(living.desk, living.now, ticket_id=living.open()).process_time is None

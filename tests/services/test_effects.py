"""Each effect is passed to the service of its area, in the transaction and over the connection of its act."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import event

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import writing
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.domain.workflow.effects import AddTask, Effect
from atendimento_tui.services import acts, effects, intake, processes
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.services.unit_of_work import Fulfilled
from tests.living import ANA, BRUNO, NOW, rows

SERVICE = """
chave = "entrega"
nome = "Entrega"
assunto = "Entrega {guia}"

[prazos.solucao]
calendario = "Balcão"
alvo = "2h"

[[campos]]
chave = "guia"
rotulo = "Guia"
serie = "guia"
depois = true

[[campos]]
chave = "endereco"
rotulo = "Endereço"
corrige = ["atendente", "supervisor"]

[[documentos]]
chave = "rg"
nome = "RG"

[mensagens.recibo]
para = "solicitante"
canal = "email"
assunto = "Guia {guia}"
texto = "Sua guia tem o número {guia}, e {solicitante} assina."

[ao_abrir]
inicia = "solucao"

[[etapas]]
chave = "fila"
nome = "Fila"
grupo = "Suporte N1"

[[etapas.acoes]]
chave = "mandar"
rotulo = "Mandar"
faz = { ir = "fim", numera = "guia", mensagem = "recibo", tarefa = { texto = "Conferir" }, alerta = "grupo" }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def offered(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that offers the service, which counts on a calendar that is not the desk's own."""
    path = tmp_path / "entrega.toml"
    path.write_text(SERVICE, "utf-8")
    with writing(desk.engine) as connection:
        spec = CalendarSpec.model_validate({"name": "Balcão", "week": {"seg-sex": ("08:00-20:00",)}})
        store_calendar(connection, spec, NOW)
    processes.include_file(desk, path, make_groups=True)
    return desk


def opened(desk: Desk, name: str = "1") -> int:
    [service] = [each for each in processes.offered(desk) if each.key == "entrega"]
    begun = intake.begin(desk, service.version, ANA, f"begin-{name}", NOW)
    details = intake.Intake(Severity.MEDIUM, "Maria", "", "telefone", None, {"endereco": "Rua Um"})
    return intake.finish(desk, Order(begun.ticket, ANA, f"finish-{name}", NOW), details).ticket


def sent(desk: Desk, ticket: int) -> None:
    acts.act(desk, Order(ticket, ANA, f"send-{ticket}", NOW), "mandar", Answer())


def test_every_effect_has_a_service() -> None:
    assert effects.SERVICES.keys() == set(get_args(Effect))


def test_the_message_and_the_subject_of_an_act_contain_its_number(offered: Desk) -> None:
    for name, number in (("1", "2026000001"), ("2", "2026000002")):
        ticket = opened(offered, name)
        sent(offered, ticket)
        view = ticket_view(offered, NOW, ticket_id=ticket)
        assert view.row.subject == f"Entrega {number}"
        [message] = view.messages
        assert (message.subject, message.body) == (
            f"Guia {number}",
            f"Sua guia tem o número {number}, e Maria assina.",
        )
        assert dict(view.answers)["Guia"] == number
    assert rows(offered, "SELECT count(*) FROM event WHERE changes LIKE ?", "%\\u0000%") == [(0,)]


def test_a_failed_effect_rolls_back_the_whole_act(offered: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Fulfilled:
        raise OSError("no task today")

    ticket = opened(offered)
    tables = ("event", "message", "addressee", "task", "alert", "ticket_text", "field_value", "numbering", "timer")
    counted = [rows(offered, f"SELECT count(*) FROM {table}") for table in tables]  # noqa: S608
    monkeypatch.setitem(effects.SERVICES, AddTask, fails)
    with pytest.raises(OSError, match="no task today"):
        sent(offered, ticket)
    assert [rows(offered, f"SELECT count(*) FROM {table}") for table in tables] == counted  # noqa: S608
    monkeypatch.undo()
    sent(offered, ticket)
    assert dict(ticket_view(offered, NOW, ticket_id=ticket).answers)["Guia"] == "2026000001"


class Connections:
    """How many connections of a desk this thread has in use."""

    def __init__(self) -> None:
        self.in_use = 0
        self.most = 0
        self._thread = threading.get_ident()

    def taken(self, *_: Any) -> None:
        if threading.get_ident() == self._thread:
            self.in_use += 1
            self.most = max(self.most, self.in_use)

    def given_back(self, *_: Any) -> None:
        if threading.get_ident() == self._thread:
            self.in_use -= 1


def order(ticket: int, name: str, minutes: int = 0) -> Order:
    return Order(ticket, ANA, name, NOW + timedelta(minutes=minutes))


ACTS: dict[str, Callable[[Desk, int], object]] = {
    "opening": lambda desk, _: opened(desk, "again"),
    "claim": lambda desk, ticket: acts.claim(desk, order(ticket, "a")),
    "claim_next": lambda desk, _: acts.claim_next(desk, order(0, "a"), QueueView()),
    "comment": lambda desk, ticket: acts.comment(desk, order(ticket, "a"), "Liguei."),
    "pause": lambda desk, ticket: acts.pause(desk, order(ticket, "a"), "cliente"),
    "resume": lambda desk, ticket: [
        acts.pause(desk, order(ticket, "a"), "cliente"),
        acts.resume(desk, order(ticket, "b")),
    ],
    "task": lambda desk, ticket: [
        acts.act(desk, order(ticket, "a"), "mandar", Answer()),
        acts.finish_task(desk, order(ticket, "b"), 1),
    ],
    "act": lambda desk, ticket: acts.act(desk, order(ticket, "a"), "mandar", Answer()),
    "hand_over": lambda desk, ticket: acts.hand_over(desk, order(ticket, "a"), "férias", owner=BRUNO),
    "severity": lambda desk, ticket: acts.raise_severity(desk, order(ticket, "a"), Severity.HIGH, "piorou"),
    "correct": lambda desk, ticket: acts.correct_answer(desk, order(ticket, "a"), "endereco", "Rua Dois", "errado"),
    "document": lambda desk, ticket: acts.check_document(desk, order(ticket, "a"), "rg", "recebido"),
    "an act with what was due before it": lambda desk, ticket: acts.comment(desk, order(ticket, "a", 240), "Tarde."),
    "sweep": lambda desk, _: sweep(desk, NOW + timedelta(hours=4)),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_uses_one_connection_at_a_time(offered: Desk, name: str) -> None:
    """Also the first act of a window, which has read no process, no calendar and no group yet."""
    ticket, connections = opened(offered), Connections()
    with open_desk(offered.engine.url.render_as_string(hide_password=False), NOW) as fresh:
        event.listen(fresh.engine.pool, "checkout", connections.taken)
        event.listen(fresh.engine.pool, "checkin", connections.given_back)
        ACTS[name](fresh, ticket)
    assert (connections.in_use, connections.most) == (0, 1)

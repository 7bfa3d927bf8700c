"""Messages and alerts are sent within the desk's hours."""

from datetime import datetime

import pytest

from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.read import read_process
from tests.domain.walk import Walk, at

SERVICE = """
chave = "pedido"
nome = "Pedido"

[prazos.resposta_ans]
calendario = "legal"
base = "{basis}"
alvo = "{target}"

[ao_abrir]
inicia = "resposta_ans"

[[etapas]]
chave = "fila"
nome = "Fila"

[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = {{ ir = "fim" }}

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


def warned(basis: str, target: str, opened: datetime, more: str = "") -> list[datetime]:
    walk = Walk(read_process(more + SERVICE.format(basis=basis, target=target)))
    walk.open(opened)
    return [outcome.event.at for outcome in walk.sweep(at(30, 12, month=11)) if outcome.event.kind == "prazo_atencao"]


@pytest.mark.parametrize(
    ("basis", "target", "opened", "expected"),
    [
        ("uteis", "5d", at(5, 10), at(9, 9)),  # Monday to Tuesday over a holiday: on Friday when the desk opens
        ("uteis", "5d", at(6, 10), at(13, 9)),
        ("uteis", "1d", at(6, 10), at(7, 9)),
        ("uteis", "0d", at(6, 10), at(6, 10)),
        ("uteis", "0d", at(6, 7), at(6, 9)),
        ("corridos", "7d", at(6, 10), at(9, 9)),  # its last day but one is the holiday: on Friday before
        ("corridos", "3d", at(9, 10), at(9, 10)),  # it ends before the desk opens again: at once
        ("corridos", "4d", at(9, 10), at(13, 9)),
        ("corridos", "1d", at(10, 10), None),  # begun and due while the desk is closed
        ("horas", "9h", at(6, 17), at(7, 14, 45)),
        ("horas", "12h", at(6, 9), at(7, 9)),  # at closing: the desk opens on the next day
    ],
)
def test_a_warning_comes_when_the_desk_is_open(
    basis: str, target: str, opened: datetime, expected: datetime | None
) -> None:
    assert warned(basis, target, opened) == ([expected] if expected else [])


def test_a_process_may_warn_at_any_hour() -> None:
    anyway = "a_qualquer_hora = true\n"
    assert warned("horas", "12h", at(6, 9), anyway) == [at(6, 18)]
    assert warned("corridos", "2d", at(9, 10), anyway) == [at(10, 0)]


def test_messages_are_held_while_the_desk_is_closed() -> None:
    text = SERVICE.format(basis="uteis", target="5d")
    context, anyway = Walk(read_process(text)).context, Walk(read_process("a_qualquer_hora = true\n" + text)).context
    assert workflow.held_until(context, at(9, 10), any_hour=False) is None
    assert workflow.held_until(context, at(9, 18), any_hour=False) == at(13, 9)
    assert workflow.held_until(context, at(9, 23, 59, 59), any_hour=False) == at(13, 9)
    assert workflow.held_until(context, at(9, 23), any_hour=True) is None
    assert workflow.held_until(anyway, at(9, 23), any_hour=False) is None

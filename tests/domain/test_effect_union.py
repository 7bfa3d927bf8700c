"""The closed union of effects: each has a word of the process format, and its word creates it."""

import subprocess
import sys
from datetime import datetime
from typing import get_args

import pytest

from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.parts import Part
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import EffectRule, StepRule
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.workflow import Answer, ProcessContext
from atendimento_tui.domain.workflow.effects import (
    NUMBER_TO_COME,
    WORDS,
    AddTask,
    AskForPaper,
    BookSlot,
    Effect,
    EnterRegister,
    HoldSlot,
    MoveBooking,
    NoteArrival,
    Outcome,
    RaiseAlert,
    ReleaseSlot,
    Remit,
    RenewTimers,
    SendMessage,
    TakeNumber,
    UpdateRecord,
)
from tests.domain.walk import NINE_TO_SIX, at, calendars

UNION = set(get_args(Effect))

OF_THE_EVENT = {
    *("quando", "ir", "grupo", "grupo_de", "responsavel", "criticidade", "novo_ciclo"),
    *("inicia", "pausa", "retoma", "para", "cancela", "continua", "soma", "define"),
}
"""Words of `faz` that change the ticket itself, by its event."""

SECOND_WORDS = {"alerta_grupo"}
"""Words of `faz` that request an effect which another word also requests."""

TEXT = """
chave = "entrega"
nome = "Entrega"
assunto = "{{guia}}: {{servico}}"

[[campos]]
chave = "guia"
rotulo = "Guia"
depois = true

[[campos]]
chave = "lote"
rotulo = "Lote"
serie = "arquivo"
depois = true

[[campos]]
chave = "fone"
rotulo = "Telefone novo"
tipo = "cadastro"
atualiza = "telefone"

[[campos]]
chave = "fone_confere"
rotulo = "O telefone confere"
tipo = "sim_nao"
confere = "fone"
depois = true

[[campos]]
chave = "vaga"
rotulo = "Vaga"
tipo = "vaga"
depois = true

[mensagens.recibo]
para = "solicitante"
canal = "email"
assunto = "Guia {{guia}}"
texto = "Sua guia tem o número {{guia}}."

[papeis.recibo]
nome = "Recibo"
modelo = "Guia {{guia}}"

[[etapas]]
chave = "fila"
nome = "Fila"

[[etapas.acoes]]
chave = "numerar"
rotulo = "Numerar"
faz = {{ numera = ["guia", "lote"] }}

[[etapas.acoes]]
chave = "marcar"
rotulo = "Marcar"
pede = "vaga"
faz = {{ reserva = "vaga", confirma = true }}

[[etapas.acoes]]
chave = "agir"
rotulo = "Agir"
faz = {{ {does} }}

[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = {{ ir = "fim" }}

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""

ASKED: dict[type, tuple[str, tuple[Effect, ...]]] = {
    TakeNumber: (
        'numera = ["guia", "lote"]',
        (TakeNumber("lote", "arquivo"), TakeNumber("guia", "entrega.guia"), RenewTimers()),
    ),
    HoldSlot: ('reserva = "vaga"', (HoldSlot("vaga"), RenewTimers())),
    BookSlot: ("confirma = true", (BookSlot(), RenewTimers())),
    MoveBooking: ('remarca = "vaga"', (MoveBooking("vaga"), RenewTimers())),
    ReleaseSlot: ("libera = true", (ReleaseSlot(), RenewTimers())),
    NoteArrival: ('comparece = "nao"', (NoteArrival(came=False), RenewTimers())),
    SendMessage: ('mensagem = "recibo"', (SendMessage("recibo"), RenewTimers())),
    AskForPaper: ('imprime = "recibo"', (AskForPaper("recibo"), RenewTimers())),
    AddTask: ('tarefa = { texto = "Ligar", em = "2h" }', (AddTask("Ligar", at(13, 12)), RenewTimers())),
    RaiseAlert: (
        'alerta = ["grupo", "direcao"], alerta_grupo = "Contas médicas"',
        (RaiseAlert("grupo"), RaiseAlert("direcao"), RaiseAlert("grupo", group="Contas médicas"), RenewTimers()),
    ),
    Remit: ('remete = "Cadastro"', (Remit("Cadastro"), RenewTimers())),
    EnterRegister: ("registra = true", (EnterRegister(), RenewTimers())),
    UpdateRecord: ("atualiza = true", (UpdateRecord(), RenewTimers())),
    RenewTimers: ("", (RenewTimers(),)),
}
"""Effect -> the part of `faz` that requests it, and all effects of an action with it."""


def process_with(does: str) -> str:
    """A process file of which one action has these effects."""
    return TEXT.format(does=does)


def context_of(does: str) -> ProcessContext:
    return ProcessContext(read_process(process_with(does)), calendars(NINE_TO_SIX), {"expediente": 1, "legal": 2}, {})


def acted(context: ProcessContext, action: str, when: datetime) -> tuple[Ticket, Outcome]:
    """The ticket before an action, and the outcome."""
    begun = workflow.open_ticket(Ticket(), context, {"protocol": "1"}, {}, Event("aberto", at(13, 9), 7))
    ticket = Ticket().evolve(begun.event)
    return ticket, workflow.act(ticket, context, action, actor=7, role="atendente", at=when, answer=Answer())


def words(part: type[Part]) -> set[str]:
    return {str(rule.alias) for rule in part.model_fields.values()}


def test_every_effect_has_a_word_of_the_format() -> None:
    assert WORDS.keys() == UNION
    assert len(set(WORDS.values())) == len(UNION)
    assert set(WORDS.values()) <= words(EffectRule) | words(StepRule)


def test_every_word_of_an_action_changes_the_ticket_or_asks_for_an_effect() -> None:
    assert words(EffectRule) == OF_THE_EVENT | SECOND_WORDS | (set(WORDS.values()) & words(EffectRule))


def test_every_effect_is_made_by_its_word() -> None:
    assert ASKED.keys() == UNION
    for kind, (does, effects) in ASKED.items():
        assert (WORDS[kind] in does) == (WORDS[kind] in words(EffectRule))
        _, outcome = acted(context_of(does), "agir", at(13, 10))
        assert outcome.effects == effects


def test_an_effect_is_frozen_and_compared_by_its_values() -> None:
    for _, effects in ASKED.values():
        for effect in effects:
            assert hash(effect) == hash(type(effect)(*(getattr(effect, name) for name in effect.__match_args__)))


def test_messages_are_held_until_the_desk_opens() -> None:
    context = context_of('mensagem = "recibo", alerta = "grupo", alerta_grupo = "N2"')
    _, outcome = acted(context, "agir", at(13, 20))
    held = at(14, 9)
    assert outcome.effects[:3] == (
        SendMessage("recibo", held),
        RaiseAlert("grupo", held),
        RaiseAlert("grupo", held, "N2"),
    )


def test_a_number_taken_later_is_in_the_event_and_in_the_derived_subject() -> None:
    context = context_of("")
    ticket, outcome = acted(context, "numerar", at(13, 10))
    assert {outcome.event.changes[f"campo.{key}"] for key in ("guia", "lote")} == {(None, NUMBER_TO_COME)}
    event = workflow.with_numbers(ticket, context.process, outcome.event, {"guia": "2026000007", "lote": "2026000001"})
    assert event.changes == {
        "campo.guia": (None, "2026000007"),
        "campo.lote": (None, "2026000001"),
        "subject": ("Entrega", "2026000007: Entrega"),
    }


def test_a_number_does_not_change_a_typed_subject() -> None:
    context = context_of("")
    typed = {"protocol": "1", "subject": "Guia perdida"}
    ticket = Ticket().evolve(workflow.open_ticket(Ticket(), context, typed, {}, Event("aberto", at(13, 9), 7)).event)
    outcome = workflow.act(ticket, context, "numerar", actor=7, role="atendente", at=at(13, 10), answer=Answer())
    event = workflow.with_numbers(ticket, context.process, outcome.event, {"guia": "2026000007", "lote": "2026000001"})
    assert ticket.evolve(event).subject == "Guia perdida"


@pytest.mark.parametrize("module", ["atendimento_tui.domain.workflow", "atendimento_tui.domain.process.read"])
def test_the_rules_do_not_import_the_database(module: str) -> None:
    code = f"import sys, {module}; print([name for name in sys.modules if 'sql' in name or '_tui.data' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

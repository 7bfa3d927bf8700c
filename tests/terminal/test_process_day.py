"""A falha técnica's day on a real terminal: taken, carried to its end step by step, rejected, approved, reopened."""

import sqlite3
from contextlib import closing

import pytest

from tests.small_desk import SmallDesk
from tests.terminal.conftest import OpenTerminal
from tests.terminal.harness import Terminal


def _field(terminal: Terminal, tabs: int, label: str, text: str) -> None:
    """Go to a field of the intake and type into it."""
    terminal.press(*["tab"] * tabs)
    terminal.wait_until(lambda t: label in t.screen()[t.cursor.row], what=f"the cursor stands at {label}")
    terminal.type(text)
    terminal.wait_for(text)


def _act(terminal: Terminal, letter: str, label: str, text: str = "") -> None:
    """Press the action's letter, write what it asks for, save, and see that it is written."""
    terminal.wait_for(f"{letter} {label[:9]}")  # a key works from when it is offered
    terminal.press(letter)
    terminal.wait_for("Esc volta")
    terminal.wait_for(label)
    if text:
        terminal.type(text)
        terminal.wait_for(text)
    terminal.press("ctrl+s")
    terminal.wait_for(f"{label}: gravado")
    terminal.wait_gone("Esc volta")


@pytest.mark.parametrize(("cols", "rows"), [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_a_falha_tecnica_from_intake_to_reopening(
    open_terminal: OpenTerminal, others: SmallDesk, cols: int, rows: int
) -> None:
    terminal = open_terminal(cols, rows)
    terminal.wait_for("A fila está vazia.")
    terminal.press("f3")
    terminal.wait_for("Falha técnica")
    terminal.type("falha")
    terminal.wait_gone("Sugestão de melhoria")
    terminal.press("enter")
    terminal.wait_for("Criticidade")
    terminal.type("Hospital São João [b]")
    terminal.wait_for("Hospital São João [b]")
    _field(terminal, 4, "Produto", "Prontuário Íris")
    _field(terminal, 3, "O que acontece", "Trava ao abrir [laudo]")
    terminal.press("ctrl+s")
    terminal.wait_for("Atendimento gravado")
    terminal.wait_for("Hospital São João [b]")

    terminal.press("f2")
    terminal.wait_for("6 Todas 1")
    terminal.press("enter")
    terminal.wait_for("Encaminhar ao N2")
    terminal.press("a")
    terminal.wait_for("Você assumiu")
    _act(terminal, "n", "Encaminhar ao N2", "Causa desconhecida")
    _act(terminal, "d", "Encaminhar ao P&D", "1. Abrir 2. Travar")
    _act(terminal, "l", "Liberar a versão corrigida", "9.1.4")
    _act(terminal, "o", "Versão aplicada: apresentar a solução", "Atualize para a 9.1.4")
    terminal.wait_for("Reprovado")
    _act(terminal, "x", "Reprovado", "Ainda trava")
    terminal.wait_for("Versão aplicada")
    _act(terminal, "o", "Versão aplicada: apresentar a solução")
    _act(terminal, "v", "Aprovado")
    _act(terminal, "b", "Reabrir", "Voltou a travar")
    terminal.press("p")
    terminal.wait_for("Prazo de")
    terminal.press("esc")
    terminal.wait_gone("Prazo de")
    terminal.press("esc")
    terminal.wait_for("6 Todas 1")
    terminal.press("ctrl+q")
    assert terminal.exit_code() == 0
    assert terminal.modes_left_on() == set()

    with closing(sqlite3.connect(others.path)) as connection:
        told = [kind for (kind,) in connection.execute("select kind from event order by seq")]
    assert told[:3] == ["iniciado", "aberto", "assumido"]
    assert told.count("acao") == 8

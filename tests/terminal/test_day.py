"""Usual acts of a day with the program on a terminal, and their events in the database."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from atendimento_tui.domain.words import Severity
from tests.full import some
from tests.small_desk import ANA, BRUNO, CELIA, RECEPTION, SmallDesk
from tests.terminal.conftest import OpenTerminal
from tests.terminal.harness import Terminal


@pytest.mark.parametrize(("cols", "rows"), some([(120, 40), (80, 24)], 0), ids=lambda size: str(size))
def test_the_usual_acts_of_a_day(open_terminal: OpenTerminal, others: SmallDesk, cols: int, rows: int) -> None:
    first = others.open("Servidor fora do ar", severity=Severity.CRITICAL, hours=4, requester="João da Conceição")
    second = others.open("Segunda via", service="Certidão negativa", group=RECEPTION, requester="Núbia Çelik")

    terminal = open_terminal(cols, rows, fresh=True)
    terminal.wait_for(first)
    terminal.wait_for("6 Todas 2")
    terminal.wait_for("!! ●")
    terminal.wait_for("Ana Lima (atendimento)")
    terminal.wait_for("João da Conce")

    terminal.press("a")
    terminal.wait_for(f"Você assumiu 326305.2026{first}.")
    terminal.wait_for("1 Minha 1")

    terminal.press("y")
    terminal.wait_for("enviado à área de transferência")
    assert terminal.copied == [f"3263052026{first.replace('.', '')}"]

    terminal.press("c")
    terminal.wait_for(f"Comentar 326305.2026{first}")
    terminal.type("Ligação às 10h: não há café.")
    terminal.paste(" Colado [/b] [red]\nsegunda linha")
    terminal.wait_for("segunda linha")
    terminal.press("ctrl+s")
    terminal.wait_for("Comentário gravado")
    terminal.wait_gone("Ctrl+S grava")

    terminal.press("s")
    terminal.wait_for("por quê?")
    terminal.type("Aguardando a peça")
    terminal.wait_for("Aguardando a peça")
    terminal.press("enter")
    terminal.wait_for("!! ‖")
    terminal.press("r")
    terminal.wait_for("retomado: o prazo voltou a correr")
    terminal.wait_gone("!! ‖")

    terminal.press("p")
    terminal.wait_for(f"Por que 326305.2026{first} vence")
    terminal.wait_for("pausado: Aguardando a peça")
    terminal.wait_for("Prazo de 4h00")
    terminal.press("esc")
    terminal.wait_gone("Prazo de 4h00")

    terminal.press("/")
    terminal.wait_for("nesta aba")
    terminal.type("certidao")
    terminal.wait_for("1 com essas palavras")
    terminal.wait_for(second)
    terminal.press("esc")
    terminal.wait_until(lambda t: "6 Todas 1" in t.text())
    terminal.press("esc")
    terminal.wait_for("6 Todas 2")

    terminal.press("1")
    terminal.wait_until(lambda t: second not in t.text() and first in t.text(), what="shows Ana's own tickets only")
    terminal.press("tab")
    terminal.wait_until(lambda t: second in t.text(), what="shows her group's")

    terminal.press("ctrl+q")
    assert terminal.exit_code() == 0
    assert terminal.modes_left_on() == set()
    assert others.events(first) == [
        ("aberto", CELIA, ""),
        ("assumido", ANA, ""),
        ("comentado", ANA, "Ligação às 10h: não há café. Colado [/b] [red]\nsegunda linha"),
        ("pausado", ANA, "Aguardando a peça"),
        ("retomado", ANA, ""),
    ]
    assert [kind for kind, _, _ in others.events(second)] == ["aberto"]


def test_two_windows_show_each_others_acts(open_terminal: OpenTerminal, others: SmallDesk) -> None:
    protocol = others.open("Trocar a senha")
    ana, bruno = open_terminal(), open_terminal(actor=BRUNO)
    for window in (ana, bruno):
        window.wait_for("Assunto: Trocar a senha")
    ana.press("a")
    ana.wait_for("Você assumiu")
    bruno.wait_for("Responsável: Ana Lima")
    bruno.press("a")
    bruno.wait_for("Ana Lima já assumiu")
    bruno.press("s")
    bruno.wait_for("por quê?")
    bruno.type("Aguardando a peça")
    bruno.wait_for("Aguardando a peça")
    bruno.press("enter")
    ana.wait_for("Bruno Castro pausou")
    ana.wait_for("‖")
    assert [(kind, who) for kind, who, _ in others.events(protocol)][1:] == [("assumido", ANA), ("pausado", BRUNO)]


@pytest.fixture
def commenting(open_terminal: OpenTerminal, others: SmallDesk) -> Terminal:
    """A terminal in which Ana has claimed a ticket and begun a comment."""
    protocol = others.open("Trocar a senha")
    terminal = open_terminal(80, 24)
    terminal.wait_for(protocol)
    terminal.wait_for("6 Todas 1")
    terminal.press("a")
    terminal.wait_for("Você assumiu")
    terminal.press("c")
    terminal.wait_for("Comentar 326305")
    terminal.type("meio pensamento")
    terminal.wait_for("meio pensamento")
    return terminal


def test_a_termination_signal_exits_cleanly(commenting: Terminal, others: SmallDesk) -> None:
    commenting.signal(signal.SIGTERM)
    assert commenting.exit_code() == 143
    assert commenting.modes_left_on() == set()
    whole(others)


def test_acknowledged_acts_survive_a_kill(commenting: Terminal, others: SmallDesk) -> None:
    commenting.press("ctrl+s")
    commenting.wait_for("Comentário gravado")
    commenting.kill()
    [protocol] = protocols(others)
    assert others.events(protocol)[1:] == [("assumido", ANA, ""), ("comentado", ANA, "meio pensamento")]
    whole(others)


def test_exit_right_after_a_key(open_terminal: OpenTerminal, others: SmallDesk) -> None:
    others.open("Trocar a senha")
    for fresh in (True, False, False):
        terminal = open_terminal(80, 24, fresh=fresh)
        terminal.wait_for("6 Todas 1")
        terminal.press("a", "ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.modes_left_on() == set()
        assert "Traceback" not in terminal.text()
        assert "never awaited" not in terminal.text()


@pytest.mark.parametrize("what", ["rubbish", "person"])
def test_a_desk_that_cannot_be_opened_restores_the_terminal(
    open_terminal: OpenTerminal, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "other.db"
    if what == "rubbish":
        path.write_text("this is no database\n" * 100)
    terminal = open_terminal(
        100, 24, actor="Zeca" if what == "person" else None, database=None if what == "person" else path
    )
    assert terminal.exit_code() == 1
    assert terminal.modes_left_on() == set()
    output = "".join(terminal.text().split())  # the terminal breaks a long path anywhere
    expected = {
        "rubbish": "não é um banco de dados",
        "person": "Não há ninguém chamado “Zeca”",
    }[what]
    assert "".join(expected.split()) in output
    assert "Traceback" not in output


def test_control_sequences_in_names_are_shown_as_text(open_terminal: OpenTerminal, others: SmallDesk) -> None:
    with closing(sqlite3.connect(others.path)) as connection, connection:
        connection.execute("update unit set name = ?", ("\x1b]0;roubado\x07\x1b[2J Clínica",))
    others.open("\x1b]0;roubado\x07 assunto", requester="x")
    with closing(sqlite3.connect(others.path)) as connection, connection:
        connection.execute("update requester set name = ?", ("\x1b]2;roubado\x1b\\ fim",))
    terminal = open_terminal()
    terminal.wait_for("6 Todas 1")
    terminal.wait_for("␛]2;roubado")
    terminal.press("c")
    terminal.wait_for("Ctrl+S grava")
    terminal.paste("colado \x1b]0;roubado\x07 aqui")
    terminal.wait_for("aqui")
    assert "roubado" not in terminal.title
    assert b"\x1b]0;roubado" not in terminal.received
    assert b"\x1b]2;roubado" not in terminal.received


def protocols(others: SmallDesk) -> list[str]:
    with closing(sqlite3.connect(others.path)) as connection:
        return [protocol for (protocol,) in connection.execute("select protocol from ticket")]


def whole(others: SmallDesk) -> None:
    """Check the file, and compare its tables with its history."""
    with closing(sqlite3.connect(others.path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        versions = (
            "select count(*) from ticket where version <> (select count(*) from event where ticket_id = ticket.id)"
        )
        assert connection.execute(versions).fetchall() == [(0,)]

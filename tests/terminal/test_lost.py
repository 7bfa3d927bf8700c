"""The database does not answer for a while: keys work, no input is lost, no act is written twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from atendimento_tui.domain.words import Severity
from tests.servers import Server
from tests.small_desk import ANA, BRUNO, CELIA, Clock, SmallDesk
from tests.terminal.conftest import OpenTerminal
from tests.terminal.harness import Terminal


class TestServerStoppedAndStarted:
    @pytest.fixture
    def others(self, own_server: Server) -> Iterator[SmallDesk]:
        desk = SmallDesk.make(own_server.make(), Clock(datetime.now(UTC)), always_open=True)
        yield desk
        desk.close()

    def test_a_comment_is_kept_as_a_draft_and_written_once(
        self, open_terminal: OpenTerminal, others: SmallDesk, own_server: Server
    ) -> None:
        first = others.open("Servidor fora do ar", severity=Severity.CRITICAL)
        second = others.open("Trocar a senha")
        terminal = open_terminal(80, 24)
        terminal.wait_for("6 Todas 2")
        terminal.press("c")
        terminal.wait_for(f"Comentar 326305.2026{first}")
        terminal.type("meio pens")
        terminal.wait_for("meio pens")

        own_server.stop()
        terminal.wait_for("SEM CONEXÃO")
        terminal.type("amento")
        terminal.wait_for("meio pensamento")
        terminal.press("ctrl+s")
        wait_to_read(terminal, "Sem conexão com o banco (")
        terminal.press("esc")
        terminal.wait_gone("Ctrl+S grava")
        terminal.press("j", "c")
        terminal.wait_for(f"Comentar 326305.2026{second}")
        terminal.press("esc")
        terminal.wait_gone("Ctrl+S grava")
        terminal.press("k", "c")
        terminal.wait_for(f"Comentar 326305.2026{first}")
        terminal.wait_for("meio pensamento")

        own_server.start()
        terminal.wait_gone("SEM CONEXÃO")
        wait_to_read(terminal, "O banco voltou.")
        terminal.press("ctrl+s")
        wait_to_read(terminal, "Comentário gravado")
        assert others.events(first) == [("aberto", CELIA, ""), ("comentado", ANA, "meio pensamento")]

    def test_acts_right_after_the_restart_are_shown(
        self, open_terminal: OpenTerminal, others: SmallDesk, own_server: Server
    ) -> None:
        protocol = others.open("Trocar a senha")
        terminal = open_terminal()
        terminal.wait_for("Assunto: Trocar a senha")
        own_server.stop()
        terminal.wait_for("SEM CONEXÃO")
        own_server.start()
        others.claim(BRUNO, protocol)
        terminal.wait_for("Responsável: Bruno Castro")
        terminal.wait_gone("SEM CONEXÃO")


def test_keys_work_while_a_writer_holds_the_lock(open_terminal: OpenTerminal, others: SmallDesk) -> None:
    first = others.open("Servidor fora do ar", severity=Severity.CRITICAL)
    second = others.open("Trocar a senha")
    terminal = open_terminal(80, 24)
    terminal.wait_for("6 Todas 2")
    with others.write_lock_held():
        terminal.press("a")
        terminal.press("j", "c")
        terminal.wait_for(f"Comentar 326305.2026{second}")
        terminal.type("Enquanto isso.")
        terminal.wait_for("Enquanto isso.")
        terminal.press("ctrl+s", "esc")
        terminal.wait_gone("Ctrl+S grava")
        terminal.press("k", "p")
        terminal.wait_for(f"Por que 326305.2026{first} vence")
        assert [others.events(protocol) for protocol in (first, second)] == [[("aberto", CELIA, "")]] * 2
    wait_to_read(terminal, f"Você assumiu 326305.2026{first}.")
    wait_to_read(terminal, f"Comentário gravado em 326305.2026{second}.")
    assert others.events(first)[1:] == [("assumido", ANA, "")]
    assert others.events(second)[1:] == [("comentado", ANA, "Enquanto isso.")]


def test_a_comment_for_a_moved_file_is_written_after_it_is_back(open_terminal: OpenTerminal, others: SmallDesk) -> None:
    protocol = others.open("Servidor fora do ar", severity=Severity.CRITICAL)
    terminal = open_terminal(80, 24)
    terminal.wait_for("6 Todas 1")
    terminal.press("c")
    terminal.wait_for(f"Comentar 326305.2026{protocol}")
    file = others.path
    away = file.rename(file.with_name("guardado.db"))
    terminal.wait_for("SEM ARQUIVO")
    terminal.type("Enquanto isso.")
    terminal.wait_for("Enquanto isso.")
    terminal.press("ctrl+s")
    wait_to_read(terminal, "O arquivo do banco não está mais em")
    away.rename(file)
    terminal.wait_gone("SEM ARQUIVO")
    wait_to_read(terminal, "O banco voltou.")
    terminal.press("ctrl+s")
    wait_to_read(terminal, "Comentário gravado")
    assert others.events(protocol)[1:] == [("comentado", ANA, "Enquanto isso.")]


def wait_to_read(terminal: Terminal, text: str) -> None:
    """Wait until a text is visible, also across line ends."""
    terminal.wait_until(lambda t: text in " ".join(t.text().replace("│", " ").split()), what=f"says {text!r}")

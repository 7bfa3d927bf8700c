"""Signing in on a terminal: a locked window keeps half a comment, and so does one that is killed."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atendimento_tui.domain.accounts import PASSWORD
from atendimento_tui.services import access
from atendimento_tui.services.passwords import Cost
from tests.small_desk import Clock, SmallDesk
from tests.terminal.harness import Terminal
from tests.terminal.test_draft import unsent
from tests.warm import Warm

GOOD = "cavalo certo bateria"


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[SmallDesk]:
    """A desk with one ticket, on which Zoé has a password."""
    clock = Clock(datetime.now(UTC))
    desk = SmallDesk.make(tmp_path / "desk.db", clock, always_open=True, people={"Zoé Ávila": "supervisor"})
    desk.open("Impressora parada", opener="Zoé Ávila", group=None)
    access.change_entry(desk.desk, PASSWORD)
    access.set_first_password(desk.desk, GOOD, login="zoe.avila", cost=Cost(1, 8, 1))
    yield desk
    desk.close()


def sign_in(terminal: Terminal) -> None:
    terminal.wait_for("▸ Login")
    assert "Impressora" not in terminal.text()
    terminal.type("zoe.avila")
    terminal.wait_for("zoe.avila")
    terminal.press("enter")
    terminal.wait_for("▸ Senha")
    terminal.type(GOOD)
    terminal.press("enter")
    terminal.wait_for("Impressora parada")


def test_a_locked_and_then_killed_window_keeps_half_a_comment(closed: SmallDesk, tmp_path: Path, warm: Warm) -> None:
    command = [sys.executable, "-m", "atendimento_tui", "--banco", closed.address]
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    with Terminal(command, cols=80, rows=24, env=home, warm=warm) as terminal:
        sign_in(terminal)
        terminal.press("c")
        terminal.wait_for("Ctrl+S grava")
        terminal.type("metade de um")
        terminal.wait_for("metade de um")
        terminal.press("f9")
        terminal.wait_for("Tela bloqueada")
        assert not [word for word in ("Impressora", "metade", "Padaria") if word in terminal.text()]
        terminal.type(GOOD)
        terminal.press("enter")
        terminal.wait_for("metade de um")
        terminal.type(" comentário")
        terminal.wait_for("metade de um comentário")
        terminal.wait_until(lambda _: unsent(tmp_path) == {"metade de um comentário"})
        access.revoke_sessions(closed.desk, 1)
        terminal.wait_for("foi encerrada pela supervisão")
        terminal.kill()
    assert GOOD.encode() not in terminal.received
    with Terminal(command, cols=80, rows=24, env=home, warm=warm) as terminal:
        sign_in(terminal)
        terminal.press("c")
        terminal.wait_for("metade de um comentário")
        terminal.press("esc", "ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.modes_left_on() == set()

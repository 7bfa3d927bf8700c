"""A program that is killed while somebody types: the draft is restored unchanged."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.domain.words import Severity
from tests.small_desk import Clock, SmallDesk
from tests.terminal.harness import Terminal
from tests.warm import Warm

TYPED = "João [/] ação [b]çã€ 👍"
LINES = "linha um: não abre\n[/foo] linha dois"


@pytest.fixture
def command(desk_of_zoe: Path, tmp_path: Path) -> list[str]:
    shutil.copyfile(desk_of_zoe, tmp_path / "desk.db")
    return [sys.executable, "-m", "atendimento_tui", "--banco", str(tmp_path / "desk.db")]


def test_a_killed_intake_is_restored(command: list[str], tmp_path: Path, warm: Warm) -> None:
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    with Terminal(command, env=home, warm=warm) as terminal:
        terminal.wait_for("Zoé (supervisão)")
        terminal.press("f3")
        terminal.wait_for("Falha técnica")
        terminal.type("tecnica")
        terminal.wait_gone("descartar")
        terminal.press("enter")
        terminal.wait_for("Criticidade")
        terminal.type(TYPED)
        terminal.wait_for("ação [b]çã€")
        terminal.press(*["tab"] * 7)
        terminal.wait_until(_is_at("O que acontece"))
        terminal.type(LINES)
        terminal.wait_for("[/foo] linha dois")
        terminal.wait_until(lambda _: _kept(tmp_path, "[/foo] linha dois"))
        terminal.kill()
    with Terminal(command, env=home, warm=warm) as terminal:
        terminal.wait_for("Há 1 atendimento começado e não terminado.")
        terminal.press("f3")
        terminal.wait_for("Continuar")
        terminal.press("enter")
        terminal.wait_for("ação [b]çã€")
        terminal.wait_for("[/foo] linha dois")
        [draft] = _drafts(tmp_path)
        assert draft["requester"] == TYPED
        assert LINES in draft["answers"].values()


def test_the_last_letters_before_a_lost_terminal_are_saved(command: list[str], tmp_path: Path, warm: Warm) -> None:
    """All input that was read is saved, also that not written into its field yet."""
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    burst = "de longe " * 60
    with Terminal(command, env=home, warm=warm) as terminal:
        terminal.wait_for("Zoé (supervisão)")
        terminal.press("f3")
        terminal.wait_for("Falha técnica")
        terminal.type("tecnica")
        terminal.wait_gone("descartar")
        terminal.press("enter")
        terminal.wait_for("Criticidade")
        terminal.type(burst)
        terminal.wait_for("de longe")  # it was sent in one piece, and read so
        terminal.hang_up()
        assert terminal.exit_code() == 129
    [draft] = _drafts(tmp_path)
    assert draft["requester"] == burst


def _opens(terminal: Terminal) -> None:
    """Open the only ticket of the desk."""
    terminal.wait_for("6 Todas 1")
    terminal.press("enter")
    terminal.wait_for("d Encaminhar")


def test_a_killed_comment_and_action_are_restored(command: list[str], tmp_path: Path, warm: Warm) -> None:
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    desk = SmallDesk.at(tmp_path / "desk.db", Clock())
    ticket = desk.begin("falha_tecnica", severity=Severity.LOW, opener="Zoé", produto="ERP", descricao="Não abre")
    desk.act("Zoé", ticket, "encaminhar_n2", "Segue.")
    with Terminal(command, env=home, warm=warm) as terminal:
        _opens(terminal)
        terminal.press("c")
        terminal.wait_for("Ctrl+S grava")
        terminal.type(TYPED)
        terminal.wait_for("ação [b]çã€")
        terminal.press("esc")
        terminal.wait_gone("Ctrl+S grava")
        terminal.press("d")
        terminal.wait_for("Passos para reproduzir *")
        terminal.type(LINES)
        terminal.wait_for("[/foo] linha dois")
        terminal.wait_until(lambda _: {TYPED, LINES} == unsent(tmp_path))
        terminal.kill()
    with Terminal(command, env=home, warm=warm) as terminal:
        _opens(terminal)
        terminal.press("d")
        terminal.wait_for("linha um: não abre")
        terminal.wait_for("[/foo] linha dois")
        terminal.press("esc")
        terminal.wait_gone("Ctrl+S grava")
        terminal.press("c")
        terminal.wait_for("ação [b]çã€")
        terminal.press("ctrl+s")
        terminal.wait_for("Comentário gravado")
        terminal.wait_until(lambda _: {LINES} == unsent(tmp_path))
    assert desk.events(ticket)[-1] == ("comentado", "Zoé", TYPED)
    desk.close()


def unsent(folder: Path) -> set[str]:
    """The saved drafts of acts."""
    kept = [json.loads(path.read_text("utf-8")) for path in folder.glob("DATA/atendimento/rascunhos/*/*.words")]
    return {text for each in kept for text in each["words"].values()}


def _is_at(label: str) -> Callable[[Terminal], bool]:
    """Whether the cursor is in the line of a label."""
    return lambda terminal: label in terminal.screen()[terminal.cursor.row]


def _drafts(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in folder.glob("DATA/atendimento/rascunhos/*/*.json")]


def _kept(folder: Path, text: str) -> bool:
    return any(text in value for draft in _drafts(folder) for value in draft["answers"].values())

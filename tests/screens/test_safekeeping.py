"""Backup copies in a window: made by rule and on request, warned of in the header, told once when they fail."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui.data import copy_file
from atendimento_tui.services import safekeeping
from atendimento_tui.services.desk import open_desk
from atendimento_tui.services.restore import Numbers, restore
from tests.driver import Window
from tests.screens.conftest import BlockService, OpenWindow
from tests.small_desk import CELIA, TODAY, Clock

MADE = "Cópia de segurança feita e conferida"


@pytest.fixture
def copies(desk_file: Path) -> Path:
    """The folder of copies."""
    return desk_file.parent / "copias"


def command(window: Window, title: str) -> Window:
    """Choose an action in the palette."""
    return window.press("geral.comandos").dialog("ChooseDialog").type(title).press_key("enter")


def day(window: Window) -> None:
    """Let the window look whether a copy is due, and wait for it."""
    window.let(window.app.copy_if_due)


def header(window: Window) -> str:
    return window.text().splitlines()[0]


def test_the_header_warns_of_a_missing_copy_until_the_next_good_one(
    open_window: OpenWindow, clock: Clock, copies: Path
) -> None:
    window = open_window(actor=CELIA).queue()
    assert "SEM CÓPIA" not in header(window)
    clock.set(TODAY + timedelta(days=2, seconds=1))
    window.until(lambda: "▲ SEM CÓPIA há 2 dias" in header(window), "the header warns")
    day(window)
    window.until(lambda: "SEM CÓPIA" not in header(window), "the warning is gone")
    assert len(list(copies.iterdir())) == 2


def test_a_window_makes_one_copy_a_day(open_window: OpenWindow, clock: Clock, copies: Path) -> None:
    window = open_window().queue()
    for _ in range(2):
        day(window)
    assert len(list(copies.iterdir())) == 2
    clock.set(TODAY + timedelta(days=1))
    day(window)
    assert len(list(copies.iterdir())) == 4
    assert MADE not in window.text(), "what works by itself is not told"


def test_a_failure_is_told_once_and_work_goes_on(open_window: OpenWindow, clock: Clock, copies: Path) -> None:
    copies.write_text("a file where the folder should be", "utf-8")
    window = open_window().queue()
    day(window)
    window.shows("Não foi possível fazer a cópia de segurança")
    window.shows("O atendimento continua")
    window.forget_toasts()
    clock.set(TODAY + timedelta(hours=1))
    day(window)
    assert "Não foi possível" not in window.text()
    window.press("fila.comentar").dialog("CommentDialog").paste("Continua.").press_key("ctrl+s").queue()
    copies.unlink()
    clock.set(TODAY + timedelta(hours=2))
    day(window)
    assert len(list(copies.iterdir())) == 2


def test_a_supervisor_makes_a_copy_and_sees_the_list(open_window: OpenWindow, copies: Path) -> None:
    window = open_window(actor=CELIA, size=(120, 24)).queue()
    command(window, "Copiar banco").shows(MADE)
    [path] = [path for path in copies.iterdir() if path.suffix != ".sha256"]
    command(window, "Cópias").dialog("CopiesDialog")
    inside = [line.split("│")[1].strip() for line in window.lines() if line.count("│") >= 2]  # the dialog alone
    shown = " ".join(inside)
    assert "qua 22/04/2026 10:00 · agora · pedida" in shown
    assert "· conferida ·" in shown
    assert str(path) in "".join(inside)  # wherever it is broken
    assert "7 dias, de 4 semanas e de 12 meses" in shown
    assert "atendimento restaurar" in shown
    window.press_key("escape").queue()


def test_an_attendant_makes_no_copy(open_window: OpenWindow, copies: Path) -> None:
    window = open_window().queue()
    command(window, "Copiar banco")
    window.until(lambda: "supervis" in window.text().lower(), "the refusal names who may")
    assert not copies.exists()


def test_without_a_copy_the_list_says_so(open_window: OpenWindow) -> None:
    window = open_window().queue()
    command(window, "Cópias").dialog("CopiesDialog").shows("Ainda não há cópia de segurança.")


def test_a_restored_desk_says_that_it_sends_nothing(
    open_window: OpenWindow, desk_file: Path, tmp_path: Path, clock: Clock
) -> None:
    with open_desk(desk_file, clock()) as desk:
        copy = safekeeping.copy_desk(desk, clock())
    restore(Path(copy.path), tmp_path / "again.db", clock(), Numbers(skip=0), lambda *_: None)
    window = open_window(tmp_path / "again.db", actor=CELIA).queue()
    assert header(window).strip().startswith("RESTAURADO: NÃO ENVIA")
    with open_desk(tmp_path / "again.db", clock()) as desk:
        safekeeping.release_sending(desk, clock())
    window.until(lambda: "RESTAURADO" not in header(window), "the release is noticed")


def test_a_window_that_is_closed_stops_its_copy_and_leaves_nothing(
    open_window: OpenWindow, desk_file: Path, copies: Path, block_service: BlockService
) -> None:
    window = open_window().queue()
    held = block_service(copy_file, "back_up")
    window.let_at_once(window.app.copy_if_due)
    window.until(lambda: held.calls > 0, "the copy has begun")
    window.app.closing.set()
    held.release()
    window.rest()
    assert list(copies.iterdir()) == []
    with closing(sqlite3.connect(desk_file)) as raw:
        assert raw.execute("SELECT count(*) FROM copy").fetchone() == (0,)

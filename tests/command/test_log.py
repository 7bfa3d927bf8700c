"""The log: what happened and when, without anything that people wrote; several processes write and rename it."""

import ast
import logging
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

import atendimento_tui
from atendimento_tui import faults, paths
from atendimento_tui.domain.refusals import Refused
from tests.command.conftest import Call
from tests.hostile import HOSTILE_STRINGS
from tests.living import ANA, NAMES, NOW, Living, audited, copy_of

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING|ERROR) \d+ \w+")
PERSONAL = ("Maria Aparecida", "52998224725", "Dor no peito", "segredo")
WRITER = (
    "import sys; from pathlib import Path; from atendimento_tui import faults; faults.MAX_BYTES = 4000;"
    "faults.log_to(Path(sys.argv[1]));"
    "[faults.note_end(f'{sys.argv[2]}-{number}') for number in range(40)]"
)


@pytest.fixture
def log(own_folders: Path) -> Path:
    """The log file of the test."""
    assert own_folders in paths.log_file().parents
    faults.log_to(paths.log_file())
    return paths.log_file()


def test_a_day_with_personal_and_hostile_texts_leaves_none_in_the_log(
    log: Path, call: Call, new_desk_file: Path, tmp_path: Path
) -> None:
    banco = copy_of(new_desk_file, tmp_path)
    texts = [text for text in (*PERSONAL, *HOSTILE_STRINGS) if len(text.strip()) > 3 and text.isprintable()]
    with audited(banco) as desk:
        living = Living(desk)
        for number in range(0, len(texts), 12):
            ticket = living.open(subject=texts[number], requester=PERSONAL[0])
            living.pause(ticket, texts[number])
            living.solve(ticket, texts[number])
    with closing(sqlite3.connect(banco)) as raw:
        protocols = [row[0] for row in raw.execute("SELECT protocol FROM ticket")]
    for text in texts[:16]:
        call("--banco", banco, "fila", f"--filtro={text}")
        call("--banco", banco, "ver", f"x{text}")
        call("--banco", banco, "pessoas", "alterar", f"x{text}", "--nome", "x")
        call("--banco", f"{banco}-{text[:40]}", "fila")
        faults.note(ValueError(text))
        faults.note_refusal(Refused(code="protocolo_errado", text=text), "protocolo_errado")
        faults.note_refusal(OperationalError(text, {"name": text}, OSError(28, text, text)), "disco_cheio")
    call("--banco", banco, "varrer", "--agora", NOW.isoformat())
    assert call("--banco", banco, "--como", NAMES[ANA], "copiar").code == 0
    written = log.read_text("utf-8")
    assert [text for text in (*texts, *protocols, str(banco), banco.name) if text in written] == []
    for wanted in ("copy made: pedida", "refused ", "fault ValueError", "cause OperationalError errno=28"):
        assert wanted in written
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_every_line_says_when_how_grave_and_which_process(log: Path) -> None:
    faults.note_start("window", "0.1", "postgresql://ana:segredo@host/mesa")
    faults.note_end("window")
    lines = log.read_text("utf-8").splitlines()
    assert all(LINE.match(line) for line in lines)
    assert re.search(r"start window version=\S+ python=\S+ database=server$", lines[0])


def test_a_fault_has_types_and_places_of_all_its_causes_and_no_value(log: Path) -> None:
    try:
        try:
            int("Maria Aparecida")
        except ValueError as error:
            raise KeyError("52998224725") from error
    except KeyError as error:
        faults.note(error)
    written = log.read_text("utf-8")
    assert written.count("test_log.py:") == 2
    assert re.search(r"(?s)fault KeyError\nTraceback:\nKeyError\n.*\nValueError\n", written)
    assert not any(word in written for word in PERSONAL)


def test_processes_that_write_and_rename_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "atendimento.log"
    call = [sys.executable, "-c", WRITER, str(path)]
    running = [subprocess.Popen([*call, f"p{number}"]) for number in range(4)]
    assert [each.wait(60) for each in running] == [0] * 4
    files = [file for file in faults.files_of(path) if file.exists()]
    assert len(files) > 1
    written = [line.rpartition(" ")[2] for file in files for line in file.read_text("utf-8").splitlines()]
    assert sorted(written) == sorted(f"p{process}-{number}" for process in range(4) for number in range(40))


def test_old_files_are_kept_in_their_number_only(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "MAX_BYTES", 50)
    for number in range(20):
        faults.note_end(f"n{number}")
    assert len(list(log.parent.iterdir())) <= 1 + faults.OLD_FILES
    assert "n19" in "".join(file.read_text("utf-8") for file in log.parent.iterdir())


def test_what_is_logged_is_a_fixed_text() -> None:
    """No f-strings, and no exception as a value: its message may quote what people wrote."""
    source = Path(atendimento_tui.__file__).parent
    names = {name.lower() for name in logging.getLevelNamesMapping()} | {"exception"}
    for path in source.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if re.search(r"\blog\b", text) else ():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "log":
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                values = {each.id for each in node.args[1:] if isinstance(each, ast.Name)}
                assert not values & {"error", "cause", "fault", "refusal", "path", "text"}, f"{path}:{node.lineno}"

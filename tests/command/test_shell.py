"""The manual page and shell completion: they say every command and option, and their languages accept them."""

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from atendimento_tui.cli import command_parser
from atendimento_tui.cli.shell import SHELLS
from atendimento_tui.outputs.man_page import Command, Item, as_roff
from tests.command.conftest import Call

INSTALLED = [shell for shell in SHELLS if shutil.which(shell)]
"""bash is on every machine that runs the tests; the others are tried where they are."""

ROFF_READERS = [
    each
    for each in (["groff", "-man", "-Kutf8", "-Tutf8", "-ww"], ["mandoc", "-Tlint", "-Werror"], ["man", "-l", "-"])
    if shutil.which(each[0])
]

EVERY_PARSER = [(each.prog, each) for each in command_parser().all_parsers()]
COMMANDS = [prog for prog, each in EVERY_PARSER if prog != "atendimento" and not each.commands()]


def completed(script: str, line: str) -> list[str]:
    """What bash offers at a Tab at the end of the line."""
    words = line.split(" ")
    typed = " ".join(f"'{word}'" for word in words)
    call = f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _shtab_atendimento"
    shown = "printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(["bash", "-c", f"{script}\n{call}\n{shown}"], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("shell", INSTALLED)
def test_a_shell_accepts_its_completion(call: Call, tmp_path: Path, shell: str) -> None:
    result = call("completar", shell)
    assert result.code == 0
    assert "--instalar" in result.err
    script = tmp_path / "script"
    script.write_text(result.out, "utf-8")
    done = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_has_every_command_and_option(call: Call, shell: str) -> None:
    out = call("completar", shell).out
    for prog, parser in EVERY_PARSER:
        assert re.search(rf"\b{prog.rpartition(' ')[2]}\b", out), prog
        for option in (name for action in parser.own_actions() for name in action.option_strings):
            wanted = f"-l {option[2:]} " if shell == "fish" and option.startswith("--") else option
            assert wanted in out or shell == "fish", (prog, option)
            assert option.lstrip("-") in out, (prog, option)


def test_bash_completes_commands_options_values_and_files(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = call("completar", "bash").out
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mesa.db").touch()
    assert completed(script, "atendimento expl") == ["explicar"]
    assert completed(script, "atendimento catalogo ") == ["validar", "incluir", "listar"]
    assert completed(script, "atendimento fila --li") == ["--limite"]
    assert completed(script, "atendimento --banco m") == ["mesa.db"]
    assert completed(script, "atendimento catalogo validar m") == ["mesa.db"]
    assert completed(script, "atendimento completar z") == ["zsh"]
    assert completed(script, "atendimento pessoas incluir Ana --papel super") == ["supervisor"]


def test_completion_opens_no_database(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*args: object, **options: object) -> None:
        raise AssertionError(args, options)

    monkeypatch.setattr(sqlite3, "connect", opened)
    assert call("completar", "bash").code == 0
    assert "atendimento " not in re.sub(r"(?m)^\s*#.*$|^complete .*$", "", call("completar", "bash").out)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_is_installed_where_the_shell_looks(call: Call, own_folders: Path, shell: str) -> None:
    printed = call("completar", shell).out
    for _ in range(2):  # an older one is replaced
        result = call("completar", shell, "--instalar")
        assert (result.code, result.out) == (0, "")
    (path,) = (each for each in own_folders.rglob("*atendimento*") if each.is_file())
    assert str(path) in result.err
    assert path.read_text("utf-8") == printed


def test_the_manual_says_every_command_and_option(call: Call) -> None:
    text = " ".join(call("manual").out.split())
    for prog, parser in EVERY_PARSER:
        if prog in COMMANDS:
            assert f"{prog} " in text
            assert " ".join((parser.description or "").split()) in text
        for action in parser.own_actions():
            assert all(name in text for name in action.option_strings)
            assert " ".join((action.help or "").split()) in text, (prog, action.dest)


def test_the_manual_fits_a_terminal_of_80_columns(call: Call) -> None:
    assert max(map(len, call("manual").out.splitlines())) <= 80


@pytest.mark.parametrize("reader", ROFF_READERS, ids=lambda reader: reader[0])
def test_readers_of_roff_accept_the_manual(call: Call, reader: list[str]) -> None:
    page = call("manual", "--roff").out
    done = subprocess.run(reader, input=page, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if "-Tlint" not in reader:
        shown = " ".join(re.sub(r"\x1b\[[\d;]*m|.\x08", "", done.stdout).replace("‐", "-").split())
        assert "DESCRIÇÃO" in shown
        assert all(prog in shown for prog in COMMANDS)


def test_hostile_words_are_text_in_the_page() -> None:
    page = as_roff("1", "x", [Command("a", ".so /etc/passwd", '\'ex \\fI "b"', (Item(".de X", "-y\\"),))], [])
    requests = {line.split(" ")[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {"'\\\"", ".TH", ".SH", ".SS", ".PP", ".TP"}
    assert "\\&'ex \\(rsfI \\(dqb\\(dq" in page
    assert "\\-y\\(rs" in page

"""Printers, by commands of the same names as CUPS's that really receive the file."""

import stat
from pathlib import Path

import pytest

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs import printing

PDF = b"%PDF-1.3 um papel com bytes \x00\xff"


def command(folder: Path, name: str, script: str) -> None:
    """Put a command into the folder."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def bin_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first in PATH."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_the_printer_gets_the_file_and_the_number_of_copies(bin_: Path) -> None:
    command(bin_, "lp", f'cat > "{bin_}/received"; printf "%s\\n" "$@" > "{bin_}/arguments"')
    printing.print_pdf(PDF, "Balcão; rm -rf /", 2)
    assert (bin_ / "received").read_bytes() == PDF
    assert (bin_ / "arguments").read_text("utf-8").splitlines() == [
        *("-d", "Balcão; rm -rf /", "-n", "2", "-t", "Atendimento")
    ]


def test_the_printers_are_those_that_the_system_lists(bin_: Path) -> None:
    command(bin_, "lp", "cat")
    command(bin_, "lpstat", '[ "$1" = -e ] && printf "balcao\\nsala 2\\n\\n"')
    assert printing.printers() == ("balcao", "sala 2")


@pytest.mark.parametrize("script", ["exit 1", "exec /nonexistent"])
def test_a_system_that_lists_nothing_has_no_printers(bin_: Path, script: str) -> None:
    command(bin_, "lp", "cat")
    command(bin_, "lpstat", script)
    assert printing.printers() == ()


def test_a_machine_without_lp_has_no_printers_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.printers() == ()
    with pytest.raises(Refused) as refused:
        printing.print_pdf(PDF, "balcao")
    assert refused.value.code == "sem_lp"


def test_what_the_printing_system_says_is_in_the_refusal_without_control_codes(bin_: Path) -> None:
    command(bin_, "lp", 'printf "\\033[31mlp: no such\\n destination" >&2; exit 1')
    with pytest.raises(Refused) as refused:
        printing.print_pdf(PDF, "balcao")
    assert refused.value.code == "impressao_recusada"
    assert "\x1b" not in str(refused.value.values["reason"])
    assert "no such destination" in str(refused.value.values["reason"])


def test_a_printing_system_that_hangs_is_left_after_a_while(bin_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(bin_, "lp", "exec sleep 60")
    monkeypatch.setattr(printing, "_TIMEOUT_S", 0.05)
    with pytest.raises(Refused) as refused:
        printing.print_pdf(PDF, "balcao")
    assert refused.value.code == "impressao_demorou"

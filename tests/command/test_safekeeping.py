"""Backup copies by command: made, listed, restored, in the words that users read."""

import json
import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.command.conftest import Call
from tests.living import audited, rows

BOSS = ("--como", "Ana Lima")


def folder_of(banco: Path) -> Path:
    return banco.parent / "copias"


@pytest.fixture
def settings(own_folders: Path) -> Path:
    path = own_folders / "home" / "xdg_config_home" / "atendimento" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_a_desk_is_copied_listed_and_restored(call: Call, banco: Path, tmp_path: Path) -> None:
    copied = call("--banco", banco, *BOSS, "copiar")
    assert copied.code == 0
    path = Path(copied.out.strip())
    assert path.parent == folder_of(banco)
    assert copied.err.startswith(f"Cópia de segurança feita e conferida: {path} (")
    listed = call("--banco", banco, "copias")
    assert listed.code == 0
    assert " · agora · pedida · " in listed.out
    assert f" · conferida · {path}" in listed.out
    [entry] = json.loads(call("--banco", banco, "copias", "--json").out)
    assert (entry["caminho"], entry["boa"], entry["motivo"], entry["presente"]) == (str(path), True, "pedida", True)
    assert entry["bytes"] == path.stat().st_size
    target = tmp_path / "outro.db"
    asked = call("restaurar", path, "--para", target)
    assert asked.code == 1
    assert "--ultimo-protocolo" in asked.err
    assert not target.exists()
    done = call("restaurar", path, "--para", target, "--ultimo-protocolo", "123456.20260302.000009")
    assert done.code == 0
    assert f"O atendimento foi restaurado em {target}" in done.err
    assert "atendimento liberar-envio" in done.err
    assert call("--banco", target, "fila").out == call("--banco", banco, "fila").out
    released = call("--banco", target, "--como", "Bruno Castro", "liberar-envio")
    assert released.code == 1
    released = call("--banco", target, *BOSS, "liberar-envio")
    assert (released.code, released.err) == (0, "O envio de mensagens está liberado.\n")


def test_a_copy_is_restored_over_the_desk_in_use(call: Call, banco: Path) -> None:
    path = call("--banco", banco, *BOSS, "copiar").out.strip()
    done = call("--banco", banco, "restaurar", path, "--pular", "5")
    assert done.code == 0
    aside = next(banco.parent.glob("*.antes-de-restaurar-*"))
    assert f"ficou inteiro em {aside}" in done.err
    assert "para que nenhum número saia duas vezes" in done.err
    with audited(aside), audited(banco) as desk:
        assert desk.unit.restored_at


def test_a_damaged_desk_lists_its_copies_and_is_restored(call: Call, banco: Path) -> None:
    path = call("--banco", banco, *BOSS, "copiar").out.strip()
    before = call("--banco", banco, "fila").out
    os.truncate(banco, banco.stat().st_size // 2)
    refused = call("--banco", banco, "fila")
    assert f"atendimento restaurar {path}" in refused.err
    listed = call("--banco", banco, "copias")
    assert listed.code == 0
    assert f"sem registro: é conferida ao restaurar · {path}" in listed.out
    assert "está danificado" in listed.err
    assert call("--banco", banco, "restaurar", path, "--pular", "0").code == 0
    assert call("--banco", banco, "fila").out == before


def test_an_attendant_makes_no_copy_of_everything(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "--como", "Bruno Castro", "copiar")
    assert (result.code, result.out) == (1, "")
    assert not folder_of(banco).exists()


def test_a_copy_is_written_to_the_chosen_file_and_over_nothing_else(call: Call, banco: Path, tmp_path: Path) -> None:
    target = tmp_path / "pendrive.copia"
    for _ in range(2):
        assert call("--banco", banco, *BOSS, "copiar", target).out == f"{target}\n"
    (tmp_path / "notas.txt").write_text("Prezados,", "utf-8")
    refused = call("--banco", banco, *BOSS, "copiar", tmp_path / "notas.txt")
    assert refused.code == 1
    assert "não é uma cópia deste atendimento" in refused.err
    assert call("--banco", banco, *BOSS, "copiar", banco).code == 1
    opened = call("--banco", target, "fila")
    assert opened.code == 1
    assert "é uma cópia de segurança" in opened.err


def test_the_sweep_makes_the_copy_of_the_day_once(call: Call, banco: Path) -> None:
    first = call("--banco", banco, "varrer")
    assert first.code == 0
    assert "Cópia de segurança do dia feita e conferida" in first.err
    assert "Cópia" not in call("--banco", banco, "varrer").err
    assert len([path for path in folder_of(banco).iterdir() if path.suffix != ".sha256"]) == 1


def test_a_sweep_of_another_instant_makes_no_copy(call: Call, banco: Path) -> None:
    assert call("--banco", banco, "varrer", "--agora", "2026-03-02T15:00:00-03:00").code == 0
    assert not folder_of(banco).exists()


def test_a_copy_that_fails_is_told_after_the_sweep(call: Call, banco: Path) -> None:
    folder_of(banco).write_text("a file", "utf-8")
    result = call("--banco", banco, "varrer")
    assert result.code == 1
    assert result.out.strip().isdigit()
    assert "Não foi possível fazer a cópia de segurança" in result.err
    assert "O atendimento continua" in result.err
    assert "falhou: já existe" in call("--banco", banco, "copias").out


def test_the_folder_of_the_settings_is_used(call: Call, banco: Path, settings: Path, tmp_path: Path) -> None:
    settings.write_text(f'[copias]\npasta = "{tmp_path / "cofre"}"\n', "utf-8")
    assert call("--banco", banco, "varrer").code == 0
    assert len(list((tmp_path / "cofre").iterdir())) == 2
    assert not folder_of(banco).exists()
    for wrong in ('pasta = "copias"', "pasta = 3", "", 'pasta = ""'):
        settings.write_text(f"[copias]\n{wrong}\n", "utf-8")
        result = call("--banco", banco, *BOSS, "copiar")
        assert result.code == 1
        assert "deve ser um caminho completo" in result.err
    settings.write_text('copias = "x"\n', "utf-8")
    assert "deve ser um caminho completo" in call("--banco", banco, *BOSS, "copiar").err


def test_without_a_copy_the_list_is_empty(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "copias")
    assert (result.code, result.out, result.err) == (0, "", "Ainda não há cópia de segurança.\n")
    assert json.loads(call("--banco", banco, "copias", "--json").out) == []


def test_the_timer_is_printed_for_systemd_and_cron(call: Call, tmp_path: Path) -> None:
    odd = tmp_path / "a b%c.db"
    result = call("--banco", odd, "varrer", "--agendar")
    assert result.code == 0
    assert "OnCalendar=*:0/15" in result.out
    [systemd] = [line for line in result.out.splitlines() if line.startswith("ExecStart=")]
    assert shlex.split(systemd.removeprefix("ExecStart=").replace("%%", "%"))[-3:] == ["--banco", str(odd), "varrer"]
    cron = result.out.splitlines()[-1].removeprefix("# ")
    assert cron.startswith("*/15 * * * * nice -n 19 ")
    assert shlex.split(cron.replace("\\%", "%"))[-4:-1] == ["--banco", str(odd), "varrer"]
    assert "segredo" not in call("--banco", "postgresql+psycopg://u:segredo@h/b", "varrer", "--agendar").out
    assert not odd.exists()


def test_a_full_disk_is_told_in_words(run: Call, banco: Path) -> None:
    """Every write of a copy fails, as on a full disk; the record of the failure stands in the desk."""
    target = "/dev/full"
    result = run("--banco", banco, *BOSS, "copiar", target)
    assert result.code == 1
    assert "não é um arquivo comum" in result.err
    with closing(sqlite3.connect(banco)) as raw:
        assert raw.execute("SELECT count(*) FROM copy").fetchone() == (0,)
    with audited(banco) as desk:
        assert rows(desk, "SELECT count(*) FROM copy") == [(0,)]

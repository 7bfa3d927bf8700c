"""`anexar` and `anexos`: from files and standard input, listed, and saved without harm."""

import json
from pathlib import Path

from atendimento_tui.data.contents import contents_file
from tests.command.conftest import Call
from tests.command.test_commands import protocol

PDF = b"%PDF-1.4\nRG de Jos\xc3\xa9\n"


def test_files_are_attached_listed_and_saved(call: Call, banco: Path, tmp_path: Path) -> None:
    for name, content in (("RG do João.pdf", PDF), ("rg.pdf", b"\x7fELF\x00\x01")):
        (tmp_path / name).write_bytes(content)
    result = call(
        "--banco", banco, "--como", "Ana Lima", "anexar", protocol(1), tmp_path / "RG do João.pdf", tmp_path / "rg.pdf"
    )
    assert (result.code, result.out) == (0, "")
    assert result.err == "Anexado, como número 1: RG do João.pdf.\nAnexado, como número 2: rg.pdf.\n"
    listed = json.loads(call("--banco", banco, "anexos", protocol(1), "--json").out)
    assert [(each["numero"], each["nome"], each["tipo"], each["bytes"]) for each in listed] == [
        (1, "RG do João.pdf", "application/pdf", len(PDF)),
        (2, "rg.pdf", "application/octet-stream", 6),
    ]
    assert "1\tRG do João.pdf\tPDF\t1 KB\t" in call("--banco", banco, "anexos", protocol(1)).out
    folder = tmp_path / "saída"
    for _ in range(2):
        result = call("--banco", banco, "anexos", protocol(1), "--salvar", folder)
        assert result.code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "RG do João-2.pdf",
        "RG do João.pdf",
        "rg.pdf-2.bin",
        "rg.pdf.bin",
    ]
    assert (folder / "RG do João-2.pdf").read_bytes() == PDF
    assert call("--banco", banco, "verificar", "--anexos").code == 0


def test_standard_input_is_attached_under_a_name(run: Call, call: Call, banco: Path) -> None:
    result = run(
        "--banco", banco, "--como", "Ana Lima", "anexar", protocol(1), "-", "--nome", "../../x\x1b[31m.txt", stdin="olá"
    )
    assert (result.code, result.err) == (0, "Anexado, como número 1: x[31m.txt.\n")
    assert run("--banco", banco, "--como", "Ana Lima", "anexar", protocol(1), "-", stdin="").code == 1
    assert len(json.loads(call("--banco", banco, "anexos", protocol(1), "--json").out)) == 1


def test_what_cannot_be_attached_is_refused_and_what_came_before_stays(call: Call, banco: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    result = call(
        "--banco", banco, "--como", "Ana Lima", "anexar", protocol(1), tmp_path / "a.txt", tmp_path / "não há.pdf"
    )
    assert result.code == 1
    assert "não há.pdf" in result.err
    result = call("--banco", banco, "--como", "Ana Lima", "anexar", protocol(1), banco)
    assert (result.code, "é o próprio banco" in result.err) == (1, True)
    result = call("--banco", banco, "anexos", protocol(1), "--numero", "2")
    assert (result.code, "não tem o anexo 2" in result.err) == (1, True)
    assert call("--banco", banco, "anexos", protocol(2)).err.startswith("Este atendimento não tem anexos.")
    assert contents_file(banco).stat().st_mode & 0o777 == banco.stat().st_mode & 0o777

"""The settings file: wrong entries are reported and ignored."""

from pathlib import Path

import pytest

from atendimento_tui.actions import settable
from atendimento_tui.app import _problem_text
from atendimento_tui.config import Settings, read_settings


def settings(tmp_path: Path, text: str) -> Settings:
    """The settings of a file."""
    (path := tmp_path / "config.toml").write_text(text, "utf-8")
    return read_settings(path, settable())


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ('"x"', "x"),
        ('"X"', "X"),
        ('"x, f9"', "x,f9"),
        ('["x", "Ctrl+X"]', "x,ctrl+x"),
        ('"/"', "slash"),
        ('"+"', "plus"),
        ('","', "comma"),
        ('"slash"', "slash"),
        ('"Esc"', "escape"),
        ('"F5"', "f5"),
        ('"shift+F5"', "shift+f5"),
        ('"ctrl+shift+left"', "ctrl+shift+left"),
        ('"ç"', "ç"),
        ('" "', "space"),
    ],
)
def test_usual_spellings_of_keys_are_read(tmp_path: Path, written: str, keys: str) -> None:
    read = settings(tmp_path, f'[teclas]\n"fila.assumir" = {written}\n')
    assert (read.keys, read.problems) == ({"fila.assumir": keys}, ())


@pytest.mark.parametrize(
    "written",
    [
        '"nada"',
        '"ctrl+nada"',
        '"x,,y"',
        '"ctrl+"',
        '"super+x"',
        '"ctrl+ctrl+x"',
        '"<any>"',
        '"f99"',
        '["x", "xyz"]',
    ],
)
def test_an_unknown_key_is_reported(tmp_path: Path, written: str) -> None:
    read = settings(tmp_path, f'[teclas]\n"fila.assumir" = {written}\n"fila.pausar" = "z"\n')
    assert read.keys == {"fila.pausar": "z"}
    [problem] = read.problems
    assert "não existe" in _problem_text(problem) or "fila.assumir" in _problem_text(problem)


def test_the_quit_key_cannot_be_reassigned(tmp_path: Path) -> None:
    read = settings(tmp_path, '[teclas]\n"fila.assumir" = "x,Ctrl+Q"\n"geral.sair" = "f12"\n')
    assert read.keys == {"geral.sair": "f12,ctrl+q"}
    [problem] = read.problems
    assert _problem_text(problem).endswith(
        "Ctrl+Q é de sair, sempre; escolha outra tecla para “fila.assumir”. Foi usada a de sempre."
    )
    assert settings(tmp_path, '[teclas]\n"geral.sair" = "ctrl+q"\n').keys == {"geral.sair": "ctrl+q"}


DEEP = 20_000


@pytest.mark.parametrize(
    "text",
    [
        f'[teclas]\n"fila.assumir" = {"[" * DEEP}{"]" * DEEP}\n',
        f"[teclas]\nx = {'{a = ' * DEEP}1{'}' * DEEP}\n",
        f"teclas{'.a' * DEEP} = 1\n",
        f"[teclas]\nfila.assumir{'.a' * DEEP} = 1\n",
        f"[{'a.' * DEEP}a]\n",
        f"[teclas]\nx = {'9' * 5000}\n",
        f'[teclas]\n"fila.assumir" = {"9" * 5000}\n',
        "teclas = [[1, [2, [3, [4, [5, [6, [7, [8]]]]]]]]",
    ],
    ids=["lists", "tables", "keys", "key of an action", "header", "number", "number of an action", "a list"],
)
def test_values_too_deep_or_too_long_are_reported(tmp_path: Path, text: str) -> None:
    read = settings(tmp_path, text)
    assert read.keys == {}
    for problem in read.problems:
        assert len(_problem_text(problem)) < 500 + len(str(tmp_path))


def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    [problem] = read_settings(tmp_path, settable()).problems
    assert "é uma pasta" in _problem_text(problem)


def test_the_printer_and_the_folder_of_papers_are_read(tmp_path: Path) -> None:
    read = settings(tmp_path, '[papeis]\nimpressora = " balcao "\npasta = "~/papéis"\n[teclas]\n"fila.assumir" = "m"\n')
    assert (read.printer, read.papers_folder, read.problems) == ("balcao", Path.home() / "papéis", ())
    assert read.forms_folder is None
    assert settings(tmp_path, '[papeis]\nformularios = "/srv/formulários"').forms_folder == Path("/srv/formulários")
    assert read.keys == {"fila.assumir": "m"}


@pytest.mark.parametrize(
    ("written", "detail"),
    [
        ("papeis = 3", "papeis = 3"),
        ("[papeis]\nimpressora = 3", "impressora = 3"),
        ('[papeis]\npasta = "aqui"', "pasta = 'aqui'"),
        ("[papeis]\npasta = 7", "pasta = 7"),
        ('[papeis]\nformularios = "aqui"', "formularios = 'aqui'"),
        ('[papeis]\nfolha = "A4"', "papeis.folha"),
    ],
)
def test_a_wrong_setting_of_papers_is_reported_and_ignored(tmp_path: Path, written: str, detail: str) -> None:
    read = settings(tmp_path, written)
    assert (read.printer, read.papers_folder, read.forms_folder) == ("", None, None)
    assert [problem.detail for problem in read.problems] == [detail]

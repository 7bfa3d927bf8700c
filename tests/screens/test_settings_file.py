"""The settings file is read in any usual encoding, and its errors are shown in Portuguese."""

import pytest

from atendimento_tui import paths
from atendimento_tui.actions import settable
from atendimento_tui.config import read_settings
from tests.screens.conftest import OpenWindow


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    path = paths.settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes('# Configuração de Ana\n[teclas]\n"fila.pausar" = "z"\n'.encode(encoding))
    settings = read_settings(path, settable())
    assert (settings.keys, settings.problems) == ({"fila.pausar": "z"}, ())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'[teclas]\n"fila.pausar" = z\n', "linha 2, coluna 17: o valor não é um texto"),
        (b"a = " + b"[" * 20_000, "fundo demais"),
        (b"a = " + b"9" * 5_000, "longo demais"),
        (b"a = \x81", "escolha a codificação UTF-8"),
    ],
)
def test_an_error_is_shown_with_its_reason(open_window: OpenWindow, content: bytes, says: str) -> None:
    path = paths.settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    settings = read_settings(path, settable())
    [problem] = settings.problems
    assert says in problem.detail
    open_window(settings=settings).queue().shows("Foram usadas as teclas de sempre.").shows("a Assumir")

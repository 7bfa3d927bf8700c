"""The diagnosis in a window: read, saved, copied."""

from atendimento_tui import paths
from tests.screens.conftest import OpenWindow
from tests.screens.test_safekeeping import command


def test_the_diagnosis_is_read_saved_and_copied(open_window: OpenWindow) -> None:
    window = open_window(size=(120, 40)).queue()
    command(window, "Diagnóstico").dialog("DiagnosisDialog").shows("Diagnóstico do atendimento, sem dados pessoais.")
    window.press_key("c").shows("Diagnóstico copiado.")
    copied = window.app.clipboard
    assert "Migração" in copied
    window.press_key("s").shows("Diagnóstico gravado em")
    [file] = paths.data_folder().glob("diagnostico-*.txt")
    assert file.read_text("utf-8").removesuffix("\n") == copied
    window.press_key("escape").queue()

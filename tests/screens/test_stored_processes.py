"""Every screen works on a desk whose stored processes no longer pass today's checks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from atendimento_tui.cli import main
from atendimento_tui.data import catalog
from tests.living import rows
from tests.screens.conftest import OpenWindow
from tests.small_desk import ANA, SmallDesk


def make_older(desk: SmallDesk) -> None:
    """Give each stored process an empty label and two unknown words."""
    with closing(sqlite3.connect(desk.path)) as raw, raw:
        for old, new in (
            ("[[etapas.acoes]]\n", '[[etapas.acoes]]\nvoa = "alto"\n'),
            ("[[etapas]]\n", '[[etapas]]\nsabor = ["doce"]\n'),
            ('descricao = "', 'descricao = " \\u0009'),
        ):
            raw.execute("UPDATE process SET content = replace(content, ?, ?)", (old, new))


def test_queue_ticket_actions_and_intake_are_shown(others: SmallDesk, open_window: OpenWindow) -> None:
    protocol = others.begin("falha_tecnica", requester="Loja Íris", produto="Prontuário", descricao="Não abre")
    make_older(others)
    window = open_window().queue().press_key("j", "j", "j", "j").cursor_on(protocol)
    window.shows("Estado: aberto · Atendimento N1").press_key("enter").shows("n Encaminhar ao N2").press_key("escape")
    window.queue().press("ir.novo").shows("Falha técnica").type("tecnica").press_key("enter").shows("Criticidade")
    window.press_key("escape").press_key("escape").queue()
    assert others.events(protocol)[-1][0] == "aberto"
    with closing(sqlite3.connect(others.path)) as raw:
        assert raw.execute("SELECT count(*) FROM process WHERE content LIKE '%voa = %'").fetchone()[0] > 3


def test_the_command_lists_and_shows_its_tickets(others: SmallDesk) -> None:
    protocol = others.begin("falha_tecnica", requester=ANA, produto="Prontuário", descricao="Não abre")
    make_older(others)
    [(number,)] = rows(others.desk, "SELECT protocol FROM ticket WHERE id = ?", others.key_of(protocol))
    for command in (["fila"], ["fila", "--json"], ["ver", number], ["explicar", number], ["catalogo", "listar"]):
        assert main(["--banco", str(others.path), *command]) == 0, command


def test_groups_created_for_a_shipped_service_are_shown(
    others: SmallDesk, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).parents[1] / "processes" / "livro_perdido.toml").read_text("utf-8")
    monkeypatch.setattr(catalog, "shipped", lambda: iter([("livro_perdido.toml", text)]))
    open_window().queue().shows("Grupos criados para serviços que vieram com esta versão").shows("Acervo")
    assert rows(others.desk, "SELECT count(*) FROM staff_group WHERE name = 'Acervo'") == [(1,)]
    open_window().queue().does_not_show("Grupos criados")

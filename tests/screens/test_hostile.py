"""Texts that have broken terminal programs, in all texts of a desk, on all screens.

They are written directly into the tables, without the checks of the domain, to test the checks of the screen.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from atendimento_tui.config import Problem, Settings
from atendimento_tui.widgets.text import safe
from tests.driver import Window
from tests.hostile import HOSTILE, HOSTILE_STRINGS, HOSTILE_TOGETHER
from tests.screens.conftest import OpenWindow, no_harm
from tests.small_desk import ANA, Clock, SmallDesk

SINGLE = [text for text in HOSTILE_STRINGS if "\ud800" not in text]
"""A file of SQLite holds all of them but lone halves of letters."""

TOGETHER = [text.replace("\ud800", "").replace("\udfff", "") for text in HOSTILE_TOGETHER]
STORED = SINGLE + TOGETHER


LINE_END = "\n"


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDesk]:
    """A desk in which each ticket has one of the texts in all its fields, people and history."""
    path = tmp_path_factory.mktemp("hostile") / "desk.db"
    people = {f"p{n}": "atendente" for n in range(len(STORED))}
    groups = {f"g{n}": [f"p{n}"] for n in range(len(STORED))}
    desk = SmallDesk.make(path, Clock(), people={ANA: "supervisor"} | people, groups=groups)
    for n in range(len(STORED)):
        protocol = desk.open(
            "assunto", requester=f"r{n}", service=f"s{n}", step="etapa", group=f"g{n}", owner=f"p{n}", opener=ANA
        )
        desk.comment(f"p{n}", protocol, "comentário")
        desk.pause(f"p{n}", protocol, "motivo")
    desk.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for n, text in enumerate(STORED):
            for table, column in (("person", "p"), ("staff_group", "g"), ("process", "s"), ("requester", "r")):
                connection.execute(f"update {table} set name = ? where name = ?", (text, f"{column}{n}"))  # noqa: S608
            connection.execute("update ticket set subject = ?, step = ? where id = ?", (text, text, n + 1))
            connection.execute("update event set text = ? where ticket_id = ? and text <> ''", (text, n + 1))
            connection.execute(
                "update clock_pause set reason = ? where clock_id in (select id from clock where ticket_id = ?)",
                (text, n + 1),
            )
        connection.execute("update unit set name = ?", (HOSTILE["markup-close-nothing"] + HOSTILE["ansi-clear"],))
    desk = SmallDesk.at(path, Clock())
    yield desk
    desk.close()


def test_queue_panel_and_ledger_are_safe(hostile_desk: SmallDesk, open_window: OpenWindow) -> None:
    """Each text by itself in queue and panel, and all together in the ledger and the messages of an act."""
    window = open_window(hostile_desk.path, size=(130, 16)).queue()
    no_harm(window)
    for number, text in enumerate(STORED, start=1):
        no_harm(window.shows(f"326305.20260422.{number:06}"))
        begins = safe(text, multiline=True).partition(LINE_END)[0].strip()
        if text in SINGLE and 0 < len(begins) < 30:
            window.shows(f"Assunto: {begins}")
        if text in TOGETHER:
            window.press("fila.explicar").dialog("ExplainDialog")
            no_harm(window)
            window.press_key("escape").no_dialog().press("fila.assumir").rest()
            no_harm(window)
            window.forget_toasts()
        window.press_key("j")
    assert window.table.cursor_ordinal == len(STORED) - 1


def test_header_and_visitors_are_safe(hostile_desk: SmallDesk, open_window: OpenWindow) -> None:
    window = open_window(hostile_desk.path, actor=HOSTILE["markup-close-unknown"]).queue().shows("[/foo] (atendimento)")
    no_harm(window.press("geral.pessoa").dialog("ChooseDialog"))
    for _ in range(len(STORED) // 4):
        no_harm(window.press_key("down", "down", "down", "down"))
    window.type("[/foo").shows("[/foo]").press_key("enter").no_dialog()
    window.press("fila.aba_1").shows("1 Minha 1").until(lambda: len(window.rows()) == 1, "the one of this person")
    no_harm(window)


@pytest.mark.parametrize(
    ("dialog", "texts"),
    [
        ("fila.comentar", HOSTILE_STRINGS),
        ("fila.filtrar", HOSTILE_STRINGS),
        ("fila.pausar", HOSTILE_TOGETHER),
        ("geral.comandos", HOSTILE_TOGETHER),
    ],
    ids=["several lines", "one line", "a reason", "a search"],
)
def test_pastes_into_fields_are_safe(open_window: OpenWindow, dialog: str, texts: list[str]) -> None:
    """Each text by itself in both kinds of fields, and all together in the other dialogs."""
    window = open_window(size=(80, 24)).queue().press(dialog)
    for text in texts:
        no_harm(window.paste(text))
    window.press_key("escape").rest()
    no_harm(window)


def test_comments_are_safe(desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
    for name in ("markup-action", "osc-title-bel", "newline", "bidi-override", "decomposed", "combining-flood"):
        desk.press("fila.comentar").dialog("CommentDialog").paste(HOSTILE[name]).press_key("ctrl+s").no_dialog()
        desk.rest()
        no_harm(desk.read_panel())
    written = [text for kind, _, text in others.events(tickets["critical"]) if kind == "comentado"]
    assert written[0] == HOSTILE["markup-action"]
    assert written[1] == "]0;título roubadodepois"
    assert written[4] == HOSTILE["decomposed"]


def test_toasts_are_safe(desk: Window) -> None:
    for three in (HOSTILE_STRINGS[first : first + 3] for first in range(0, len(HOSTILE_STRINGS), 3)):
        for text in three:
            desk.show_message(text, warning=True)
        no_harm(desk)
        desk.forget_toasts()


def test_problems_of_the_settings_file_are_safe(open_window: OpenWindow) -> None:
    problems = tuple(
        Problem(Path(f"[/] {position}"), key=text, nearest=text) for position, text in enumerate(HOSTILE_STRINGS[:8])
    )
    no_harm(open_window(settings=Settings(problems=problems)).queue())


def test_a_refusal_to_open_is_safe(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "[" / "foo]"
    path.parent.mkdir()
    path.write_text("this is no database\n" * 100)
    assert "[/foo]" in (open_window(path).left(1).app.refusal or "")

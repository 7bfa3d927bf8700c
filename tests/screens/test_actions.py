"""The registry of actions: its rows are complete, and bindings, help and documentation equal them."""

import re
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from atendimento_tui.actions import (
    ACTIONS,
    DIALOG,
    LIST,
    PLACE_ROWS,
    PLACES,
    Facts,
    Footer,
    by_letter,
    headings,
    key_name,
    registry,
    reserved_letters,
    settable,
    shown_in,
)
from atendimento_tui.app import AtendimentoApp
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.dialogs.act import ActDialog
from atendimento_tui.screens.dialogs.choose import ChooseDialog, LetterDialog
from atendimento_tui.screens.dialogs.diagnosis import DiagnosisDialog
from atendimento_tui.screens.dialogs.first_run import FirstRunDialog
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.dialogs.link import LinkDialog
from atendimento_tui.screens.dialogs.reading import ReadingDialog
from atendimento_tui.screens.dialogs.sign_in import PasswordDialog
from atendimento_tui.screens.dialogs.write import WriteDialog
from atendimento_tui.screens.places import screen_class
from atendimento_tui.screens.tickets.verbs import VERBS
from atendimento_tui.widgets.window_table import WindowTable
from tests.driver import Window

DOCS = Path(__file__).parents[2] / "docs"
SCREENS: dict[str, type[Place]] = {row.where: screen_class(row) for row in PLACE_ROWS}
OWNERS = {
    "lista": WindowTable,
    "dialogo.ajuda": FormDialog,
    "dialogo": WriteDialog,
    "acao": ActDialog,
    "letras": LetterDialog,
    "escolha": ChooseDialog,
    "leitura": ReadingDialog,
    "diagnostico": DiagnosisDialog,
    "link": LinkDialog,
    "entrada": PasswordDialog,
    "primeira": FirstRunDialog,
}
"""Who has the methods of actions that belong to a widget or a dialog."""


def test_every_place_has_a_screen_and_every_row_a_unique_id() -> None:
    assert set(SCREENS) == set(PLACES)
    assert all(where == screen.WHERE for where, screen in SCREENS.items())
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    assert all(action.title and action.help and action.where for action in ACTIONS)


@pytest.mark.parametrize("where", PLACES)
def test_every_action_of_a_place_calls_a_method_of_it_or_of_the_application(where: str) -> None:
    for action in shown_in(where):
        owner = SCREENS[where] if hasattr(SCREENS[where], action.calls) else AtendimentoApp
        assert callable(getattr(owner, action.calls, None)), action.id
        assert not hasattr(Screen if owner is SCREENS[where] else App, action.calls), f"{action.id}: a name of Textual"


def test_no_place_has_a_method_of_the_name_that_an_action_of_every_place_calls() -> None:
    """The place's own method would be called: F10 in the list of people deactivated somebody."""
    for action in shown_in(*PLACES):
        if set(PLACES) <= set(action.where):
            hiding = [where for where, screen in SCREENS.items() if hasattr(screen, action.calls)]
            assert hiding in ([], ["atendimento", "novo"] if action.calls == "go" else []), action.id


def test_every_verb_of_the_registry_is_a_row_of_the_table_with_a_draft_if_something_is_typed() -> None:
    named = {verb for action in ACTIONS if action.calls == "act_on_ticket" for verb in action.args}
    of_a_step = {"act", "correct", "finish_task", "record_document", "refuse_document", "attach_file"}
    of_a_step |= {
        "tell_new_date",
        "dismiss_new_date",
        "add_number",
        "remove_number",
        "give",
        "deliver_message",
        "receive_file",
        "acknowledge",
    }
    assert named | of_a_step == set(VERBS)
    drafts = [verb.draft for verb in VERBS.values() if verb.dialog]
    assert all(drafts)
    assert len(drafts) == len(set(drafts)), "two verbs would share a draft"


def test_every_action_of_a_widget_calls_a_method_of_it() -> None:
    for action in shown_in(LIST, DIALOG):
        owner = OWNERS.get(action.id) or OWNERS[action.id.partition(".")[0]]
        assert callable(getattr(owner, f"action_{action.calls}", None)), action.id
        assert action.fixed, action.id


@pytest.mark.parametrize("where", [*PLACES, LIST])
def test_no_two_actions_of_a_place_have_the_same_key(where: str) -> None:
    keys = Counter(key for action in shown_in(where) for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_actions_have_the_same_letter_after_the_key_of_the_places() -> None:
    assert len(by_letter()) == sum(bool(action.letter) for action in ACTIONS)


def test_help_has_a_heading_for_every_group() -> None:
    assert {action.group for action in shown_in(*PLACES, LIST)} <= set(headings())


def test_every_footer_shows_help_and_palette() -> None:
    for where in PLACES:
        always = [action.id for action in shown_in(where) if action.footer is Footer.ALWAYS]
        assert always == ["geral.ajuda", "geral.comandos"]


def test_the_settings_file_changes_only_actions_of_places() -> None:
    assert settable() == {action.id for action in shown_in(*PLACES)}


def test_processes_cannot_use_letters_of_ticket_actions() -> None:
    free = set("abcdefghijklmnopqrstuvwxyz0123456789") - reserved_letters()
    [documented] = re.findall(
        r"that the program does not use \(`([a-z0-9 ]+)`\)", (DOCS / "processes.md").read_text("utf-8")
    )
    assert set(documented.split()) == free


def test_every_reason_is_a_sentence_or_none() -> None:
    reasons = {reason for action in ACTIONS for reason in (*action.needs, *action.unless)}
    results: dict[str, set[str | None]] = {reason.__name__: set() for reason in reasons}
    for yes, name in product((False, True), ("", "Ana")):
        others: dict[str, Any] = dict.fromkeys(
            ("is_open", "has_ticket", "is_waiting", "is_in_validation", "has_term"), yes
        )
        others |= dict.fromkeys(("has_documents", "has_corrections", "is_choosing", "is_done", "is_draft"), yes)
        others |= dict.fromkeys(("has_row", "has_left", "has_passwords", "has_new_date", "has_alert"), yes)
        tab = {(True, ""): "pessoas", (False, ""): "unidade"}.get((yes, name), "grupos")
        facts = Facts(lambda action: registry()[action].key_name, owner=name, closed_as=name, list_of=tab, **others)
        for reason in reasons:
            results[reason.__name__].add(reason(facts))
    assert all(None in values and len(values) > 1 for values in results.values()), results
    assert all(text is None or re.fullmatch(r"[^{}]+\.", text) for values in results.values() for text in values)


def test_a_key_has_one_displayed_name() -> None:
    names = [key_name(key) for action in ACTIONS for key in action.keys]
    assert all(" " not in name and "_" not in name for name in names)


def test_the_count_of_overdue_tickets_may_be_clicked_in_an_open_ticket(desk: Window) -> None:
    desk.press("fila.abrir").place("TicketScreen").shows("vencido").click("vencido").place("QueueScreen")

"""The registry of actions, one row each (`registry.py`). Depends on texts only."""

from atendimento_tui.actions.action import Action, Footer, PlaceRow, Reason, key_name
from atendimento_tui.actions.facts import Facts
from atendimento_tui.actions.parts import DIALOG, LIST
from atendimento_tui.actions.registry import (
    ACTIONS,
    PLACE_ROWS,
    PLACES,
    PROCESS,
    QUIT,
    QUIT_KEY,
    by_letter,
    headings,
    named,
    of_process,
    registry,
    reserved_letters,
    settable,
    shown_in,
)

__all__ = (
    "ACTIONS",
    "DIALOG",
    "LIST",
    "PLACES",
    "PLACE_ROWS",
    "PROCESS",
    "QUIT",
    "QUIT_KEY",
    "Action",
    "Facts",
    "Footer",
    "PlaceRow",
    "Reason",
    "by_letter",
    "headings",
    "key_name",
    "named",
    "of_process",
    "registry",
    "reserved_letters",
    "settable",
    "shown_in",
)

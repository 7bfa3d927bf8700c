"""The registry of actions, one row each (`registry.py`). Depends on texts only."""

from atendimento_tui.actions.action import PROCESS, Action, Footer, Reason, Where, key_name, of_process
from atendimento_tui.actions.facts import Facts
from atendimento_tui.actions.registry import (
    ACTIONS,
    FIRST,
    QUIT,
    QUIT_KEY,
    by_letter,
    named,
    registry,
    reserved_letters,
    settable,
    shown_in,
)

__all__ = (
    "ACTIONS",
    "FIRST",
    "PROCESS",
    "QUIT",
    "QUIT_KEY",
    "Action",
    "Facts",
    "Footer",
    "Reason",
    "Where",
    "by_letter",
    "key_name",
    "named",
    "of_process",
    "registry",
    "reserved_letters",
    "settable",
    "shown_in",
)

"""The rules of a ticket in its process: which actions are possible, why others are not, and what each one does.

The functions are pure: the ticket, the process, the calendars and the instant are arguments. The result is an
`Outcome`, which a service writes in one transaction. The effects are in `effects`.
"""

from atendimento_tui.domain.workflow.apply import Answer, act, due_by_severity, fire_timer, open_ticket, with_numbers
from atendimento_tui.domain.workflow.clock_effects import with_clock_changes
from atendimento_tui.domain.workflow.context import ProcessContext, values_of
from atendimento_tui.domain.workflow.corrections import correct, correctable
from atendimento_tui.domain.workflow.documents import (
    DocumentOfTicket,
    Recorded,
    documents_missing,
    documents_needed,
    missing_with_reasons,
    record_document,
    state_of,
    states_of,
)
from atendimento_tui.domain.workflow.instants import held_until
from atendimento_tui.domain.workflow.possible import Possible, fields_asked, possible
from atendimento_tui.domain.workflow.timers import Timer, next_due, timers

__all__ = [
    "Answer",
    "DocumentOfTicket",
    "Possible",
    "ProcessContext",
    "Recorded",
    "Timer",
    "act",
    "correct",
    "correctable",
    "documents_missing",
    "documents_needed",
    "due_by_severity",
    "fields_asked",
    "fire_timer",
    "held_until",
    "missing_with_reasons",
    "next_due",
    "open_ticket",
    "possible",
    "record_document",
    "state_of",
    "states_of",
    "timers",
    "values_of",
    "with_clock_changes",
    "with_numbers",
]

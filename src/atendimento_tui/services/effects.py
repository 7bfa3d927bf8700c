"""Writing an act: its event, and each effect by the service of its area, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.calendars import note_told
from atendimento_tui.data.repositories.documents import rewrite_documents
from atendimento_tui.domain import workflow
from atendimento_tui.domain.agenda import LIMIT_MISSED
from atendimento_tui.domain.clocks import promised, term_of
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.values import is_personal, shown
from atendimento_tui.domain.text import searched
from atendimento_tui.domain.tickets import FIELD, Event, Ticket
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow.effects import (
    AddTask,
    AskForPaper,
    BookSlot,
    Effect,
    EnterRegister,
    HoldSlot,
    MoveBooking,
    NoteArrival,
    Outcome,
    RaiseAlert,
    ReleaseSlot,
    Remit,
    RenewTimers,
    SendMessage,
    TakeNumber,
    UpdateRecord,
)
from atendimento_tui.services import batches, booking_acts, external, register
from atendimento_tui.services.due_papers import ask_for_paper
from atendimento_tui.services.messages import raise_alert, send_message
from atendimento_tui.services.numbering import take_number
from atendimento_tui.services.record_updates import update_record
from atendimento_tui.services.tasks import add_task
from atendimento_tui.services.timers import renew_timers
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork

_Service: TypeAlias = Callable[[UnitOfWork, Any], Fulfilled]

SERVICES: Mapping[type[Effect], _Service] = {
    TakeNumber: take_number,
    HoldSlot: booking_acts.hold_slot,
    BookSlot: booking_acts.book_slot,
    MoveBooking: booking_acts.move_booking,
    ReleaseSlot: booking_acts.release_slot,
    NoteArrival: booking_acts.note_arrival,
    SendMessage: send_message,
    AskForPaper: ask_for_paper,
    AddTask: add_task,
    RaiseAlert: raise_alert,
    Remit: batches.remit,
    EnterRegister: register.enter,
    UpdateRecord: update_record,
    RenewTimers: renew_timers,
}
"""Effect -> the service that fulfils it."""

_BEFORE_THE_EVENT = (TakeNumber,)
"""Effects whose results are in the event."""

_FOUND_BY = frozenset(("subject", "requester", "beneficiary", "process"))
_NOT_WRITTEN = frozenset(("tempo", "prazo_atencao", "prazo_vencido", "papel", LIMIT_MISSED))
"""Events whose text is the program's."""

_LONGEST_SEARCHED = 64 * 1024
"""Maximum indexed characters of an act: indexing a very long comment would block other acts."""


def fulfil(work: UnitOfWork, effect: Effect) -> Fulfilled:
    """Pass an effect to the service of its area."""
    return SERVICES[type(effect)](work, effect)


def write(work: UnitOfWork, outcome: Outcome) -> Ticket:
    """Write what an act does in the transaction that decided it.

    Returns:
        The ticket after the act.
    """
    work.event = outcome.event
    first = [each for each in outcome.effects if isinstance(each, _BEFORE_THE_EVENT)]
    given = [fulfil(work, each).fields for each in first]
    if work.context:
        numbers = {key: value for fields in given for key, value in fields.items()}
        work.event = workflow.with_numbers(work.before, work.context.process, work.event, numbers)
    work.ticket = work.before.evolve(work.event)
    search = _search_text(work)
    work.ticket = tickets.append(work.recording, work.ticket_id, work.event, work.before, work.ticket, search=search)
    if _may_change_documents(work):
        rewrite_documents(work.connection, work.ticket_id, work.in_process.process, work.ticket)
    external.bind(work)
    batches.follow_documents(work)
    rest = [each for each in outcome.effects if each not in first]
    texts = [text for each in rest for text in fulfil(work, each).texts]
    booking_acts.follow_waiting(work, outcome.effects)
    if words := _search_words(work.context.process if work.context else None, work.event, texts):
        is_open = State(work.ticket.state).is_open
        tickets.insert_search_text(work.connection, work.ticket_id, searched(words), is_open=is_open)
    _note_told_dates(work)
    return work.ticket


def _may_change_documents(work: UnitOfWork) -> bool:
    """Whether the event may change which documents are needed, or their states."""
    if work.context is None or not work.context.process.documents:
        return False
    changes = work.event.changes
    return "step" in changes or "severity" in changes or any(name.startswith(FIELD) for name in changes)


def _note_told_dates(work: UnitOfWork) -> None:
    """Record the due dates that the act tells: those of its messages, and that of the slip, shown at the opening."""
    ticket = work.ticket
    if work.context and work.event.kind == "aberto":
        terms = (term_of(clock, work.context.calendars[clock.calendar]) for clock in ticket.live_clocks)
        if term := promised(terms):
            work.told.append((term, "comprovante"))
    note_told(work.connection, work.ticket_id, ticket.cycle, work.told, work.event.at)


def _search_text(work: UnitOfWork) -> str | None:
    """The new search text of the ticket's row; None if the event does not change it."""
    if work.context is None or not _FOUND_BY & work.event.changes.keys():
        return None
    return tickets.searched_words(work.ticket, work.context.process.name, filter(None, work.people()))


def _search_words(process: Process | None, event: Event, texts: Iterable[str]) -> str:
    """The search text of the act: its free text, the answers that are not personal, its messages."""
    rules = {f"{FIELD}{rule.key}": rule for rule in process.fields} if process else {}
    answers = [
        shown(rules[name], str(to or ""))
        for name, (_, to) in event.changes.items()
        if name in rules and not is_personal(rules[name])
    ]
    parts = [event.text if event.kind not in _NOT_WRITTEN else "", *answers, *texts]
    return "\n".join(filter(None, parts))[:_LONGEST_SEARCHED]

"""Writing an act: its event, and each effect by the service of its area, in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from atendimento_tui.data import store, tables
from atendimento_tui.data.engine import insert_one
from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.values import is_personal, shown
from atendimento_tui.domain.text import searched
from atendimento_tui.domain.ticket import FIELD, Event, Ticket
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow import (
    AddTask,
    Effect,
    Outcome,
    ProcessContext,
    RaiseAlert,
    RenewTimers,
    SendMessage,
    TakeNumber,
)
from atendimento_tui.services.current_act import CurrentAct, Fulfilled
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.messages import raise_alert, send_message
from atendimento_tui.services.numbering import take_number
from atendimento_tui.services.tasks import add_task
from atendimento_tui.services.timers import renew_timers

_Service: TypeAlias = Callable[[Connection, Desk, CurrentAct, Any], Fulfilled]

SERVICES: Mapping[type[Effect], _Service] = {
    TakeNumber: take_number,
    SendMessage: send_message,
    AddTask: add_task,
    RaiseAlert: raise_alert,
    RenewTimers: renew_timers,
}
"""Effect -> the service that fulfils it."""

_BEFORE_THE_EVENT = (TakeNumber,)
"""Effects whose results are in the event."""

_FOUND_BY = frozenset(("subject", "requester", "beneficiary", "process"))
_NOT_WRITTEN = frozenset(("tempo", "prazo_atencao", "prazo_vencido"))
"""Events whose text is a key of the program."""

_LONGEST_SEARCHED = 64 * 1024
"""Maximum indexed characters of an act: indexing a very long comment would block other acts."""


def fulfil(connection: Connection, desk: Desk, act: CurrentAct, effect: Effect) -> Fulfilled:
    """Pass an effect to the service of its area."""
    return SERVICES[type(effect)](connection, desk, act, effect)


def write(
    connection: Connection,
    desk: Desk,
    ticket_id: int,
    before: Ticket,
    context: ProcessContext | None,
    outcome: Outcome,
    *,
    recorded_at: datetime,
    request_id: str | None,
    names: Sequence[str] | None = None,
) -> Ticket:
    """Write an act in the transaction that decided it.

    Args:
        before: The ticket before the act.
        context: That of its process; None for an imported history.
        names: Names of the requester and the beneficiary if known; else they are read if needed.

    Returns:
        The ticket after the act.
    """
    act = CurrentAct(ticket_id, before, outcome.event, context, names)
    first = [each for each in outcome.effects if isinstance(each, _BEFORE_THE_EVENT)]
    given = [fulfil(connection, desk, act, each).fields for each in first]
    if context:
        numbers = {key: value for fields in given for key, value in fields.items()}
        act.event = workflow.with_numbers(before, context.process, act.event, numbers)
    act.ticket = before.evolve(act.event)
    store.append(
        connection,
        ticket_id,
        before,
        act.event,
        desk.calendars(connection),
        recorded_at=recorded_at,
        request_id=request_id,
        search=_search_text(connection, act),
    )
    rest = [each for each in outcome.effects if each not in first]
    texts = [text for each in rest for text in fulfil(connection, desk, act, each).texts]
    if said := _search_words(context.process if context else None, act.event, texts):
        is_open = State(act.ticket.state).is_open
        insert_one(connection, tables.TicketText, ticket_id=ticket_id, is_open=is_open, text=searched(said))
    return act.ticket


def _search_text(connection: Connection, act: CurrentAct) -> str | None:
    """The search text of the ticket, if the event changes it."""
    if act.context is None or not _FOUND_BY & act.event.changes.keys():
        return None
    return store.searched_words(act.ticket, act.context.process.name, filter(None, act.people(connection)))


def _search_words(process: Process | None, event: Event, texts: Iterable[str]) -> str:
    """The search text of the act: its words, the answers that are not personal, its messages."""
    rules = {f"{FIELD}{rule.key}": rule for rule in process.fields} if process else {}
    answers = [
        shown(rules[name], str(to or ""))
        for name, (_, to) in event.changes.items()
        if name in rules and not is_personal(rules[name])
    ]
    said = [event.text if event.kind not in _NOT_WRITTEN else "", *answers, *texts]
    return "\n".join(filter(None, said))[:_LONGEST_SEARCHED]

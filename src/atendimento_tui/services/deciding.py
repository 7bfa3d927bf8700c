"""An act in one transaction: what was due fires before it, and it is refused if others have changed the ticket."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import Connection, writing
from atendimento_tui.data.queries.people import person_name
from atendimento_tui.data.repositories import requests, tickets, timers
from atendimento_tui.domain import authorisations, calendar_moves
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import LIMIT_MISSED
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services import effects
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.unit_of_work import UnitOfWork, begin_work


def decided(work_on: Desk, order: Order, permission: Permission, decide: Callable[[UnitOfWork], Outcome]) -> ActDone:
    """An act in one transaction, after what was due before it. The service that calls this has named the permission.

    Args:
        work_on: The desk.
        decide: Decides the event and its effects in the transaction.
    """
    just_before = just_before_act(order)
    while True:
        with writing(work_on.engine) as connection:
            if not timers.next_due(connection, just_before, order.ticket):
                return requests.find_by_request(connection, order.request) or write_act(
                    work_on, connection, order, permission, decide
                )
        sweep(work_on, just_before, order.ticket)


def just_before_act(order: Order) -> datetime:
    """The instant up to which what is due fires before the act, whichever window comes first.

    Exactly on the due instant is on time, also for the client: what is due at this instant fires later.
    """
    return order.now.astimezone(UTC) - timedelta(microseconds=1)


def write_act(
    desk: Desk,
    connection: Connection,
    order: Order,
    permission: Permission,
    decide: Callable[[UnitOfWork], Outcome],
) -> ActDone:
    """Write the act in this transaction.

    Raises:
        Refused: There is no such ticket; others have changed it since the person saw it; as `decide`.
    """
    work = begin_work(connection, desk, order, permission)
    if work is None:
        raise Refused("fora_de_vista")
    if order.seen is not None and order.seen != work.before.version:
        _refuse_if_changed(work, order.seen)
    try:
        outcome = decide(work)
    except Refused as refusal:
        raise _with_names(connection, refusal) from None
    after = effects.write(work, outcome)
    return ActDone(order.ticket, after.protocol, after.version, after=after)


_OF_OTHERS = (
    "prazo_atencao",
    "prazo_vencido",
    "tarefa",
    "papel",
    "bloco_copiado",
    "ligado",
    "espera_oferta",
    "espera_fim",
)


_HARMLESS = frozenset((*_OF_OTHERS, authorisations.TOLD, calendar_moves.MOVED, LIMIT_MISSED))
"""Events that do not conflict with what the person saw."""


def _is_harmless(event: Event) -> bool:
    reminds_only = event.kind == "tempo" and not event.changes and not event.clocks
    return reminds_only or event.kind in _HARMLESS


def _refuse_if_changed(work: UnitOfWork, seen: int) -> None:
    """Refuse an act if others have changed the ticket since the person saw it, and say what changed."""
    ticket = work.before
    later = tickets.events_of(work.connection, work.ticket_id)[seen:]
    unseen = [event for event in later if event.actor != work.actor and not _is_harmless(event)]
    if not unseen:
        return
    last = unseen[-1]
    actor = person_name(work.connection, last.actor)
    at = last.at.astimezone(work.desk.zone)
    kind, version = (last.kind, last.action), ticket.version
    raise Refused("mudou", protocol=ticket.protocol, actor=actor, kind=kind, at=at, said=last.text, version=version)


def _with_names(connection: Connection, refusal: Refused) -> Refused:
    """The refusal with names instead of ids of people."""
    owner = refusal.values.get("owner")
    if not isinstance(owner, int):
        return refusal
    name = person_name(connection, owner)
    return Refused(refusal.code, **{**refusal.values, "owner": name})

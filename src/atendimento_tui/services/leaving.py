"""Handing over what a person or a group held, in one act.

Each ticket is handed over in a transaction of its own, with one event. If it is interrupted, the same call goes on with
those that are left.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from atendimento_tui.contracts.people import GroupRow, HandedOver, Held, PersonRow, Receiver
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import acts, staff
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import changing

AT_ONCE = 100
"""Tickets that are read together."""

TO_THE_QUEUE = Receiver("")
"""Nobody: each ticket goes back to the queue of its group."""

NOTHING = HandedOver(0)


def to_person(row: PersonRow) -> Receiver:
    """A person as the receiver."""
    return Receiver(row.name, owner=row.id, absent_until=row.absent_until)


def to_group(row: GroupRow) -> Receiver:
    """A group as the receiver."""
    return Receiver(row.name, group=row.id)


@needs(Permission.PEOPLE)
def hand_over_all(
    desk: Desk,
    now: datetime,
    to: Receiver,
    reason: str,
    request: str,
    *,
    person: int | None = None,
    group: int | None = None,
    trial: bool = False,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> HandedOver:
    """Hand over all open tickets that a person owns, or that a group holds.

    Args:
        to: The person or group that gets them; `TO_THE_QUEUE` leaves each to its group.
        reason: Written into the history of each ticket.
        request: The id of the act; the same id again does nothing twice.
        trial: Only count.
        told: Called with the number of tickets that are done and of all.

    Raises:
        Refused: The receiver is the one who held them, or has left; there is no reason.
    """
    with changing(desk, now) as change:
        people = {row.id: row for row in change.known.people}
        groups = {row.id: row for row in change.known.groups}
        total = people[person].held if person is not None else groups[group or 0].held
    for receiver in (people.get(to.owner or 0), groups.get(to.group or 0)):
        if receiver and not receiver.is_active:
            raise Refused("quem_recebe_saiu", name=receiver.name)
    if (to.owner is not None and to.owner == person) or (to.group is not None and to.group == group):
        raise Refused("repassar_a_si")
    if to == TO_THE_QUEUE and group is not None:
        raise Refused("grupo_sem_destino")
    if not reason.strip():
        raise Refused("encaminhar_sem_motivo")
    if trial:
        return HandedOver(total)
    done, left = 0, list[Held]()
    for ticket in _held(desk, person, group):
        own = hashlib.sha256(f"{request} {ticket.ticket}".encode()).hexdigest()[:32]
        order = Order(ticket.ticket, desk.actor.person, own, now)
        try:
            acts.pass_on(desk, order, reason, person=person, from_group=group, group=to.group, owner=to.owner)
            done += 1
        except Refused as refused:
            if refused.code not in ("encerrado", "ja_nao_e_de"):
                left.append(replace(ticket, why=refused.refusal))
        told(done, max(total, done))
    return HandedOver(done, tuple(left))


@needs(Permission.PEOPLE)
def let_go(
    desk: Desk,
    person: int,
    now: datetime,
    to: Receiver,
    reason: str,
    request: str,
    *,
    seen: int | None = None,
    confirmed: bool = False,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> HandedOver:
    """Deactivate a person and hand over what they hold; as `deactivate_person` and `hand_over_all`.

    The person is deactivated first, so that nothing new reaches them meanwhile. For somebody who has left already, what
    is left is handed over.
    """
    hand_over_all(desk, now, to, reason, request, person=person, trial=True)  # its refusals come before any change
    staff.deactivate_person(desk, person, now, seen=seen, confirmed=confirmed)
    return hand_over_all(desk, now, to, reason, request, person=person, told=told)


def _held(desk: Desk, person: int | None, group: int | None) -> Iterator[Held]:
    after = 0
    while True:
        with reading(desk.engine) as connection:
            some = queries.held(connection, person=person, group=group, after=after, limit=AT_ONCE)
        if not some:
            return
        yield from some
        after = some[-1].ticket

"""What one process of the crowd does: it acts on the same few tickets as all the others, and tells how it went."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.results import Order
from atendimento_tui.services import acts
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.opening import Opening, open_ticket
from atendimento_tui.services.view import ticket_view
from tests.living import NOW, solution

TICKETS, OPENINGS, COMMENTS = 4, 3, 6


@dataclass
class Told:
    """What a process did, and what it was refused."""

    number: int
    claimed: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)
    refused: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    repeated: int = 0


def act_up(database: str, number: int, together: Any, tell: Any) -> None:
    """Open the desk, wait for the others, and do everything in an order of one's own."""
    told = Told(number)
    desk = open_desk(database, NOW)
    try:
        chance = Random(number)
        todo = [("claim", ticket) for ticket in range(1, TICKETS + 1)]
        todo += [("open", n) for n in range(OPENINGS)] + [("comment", n) for n in range(COMMENTS)]
        todo += [("pause", ticket) for ticket in range(1, TICKETS + 1)]
        todo += [("resume", ticket) for ticket in range(1, TICKETS + 1)]
        chance.shuffle(todo)
        together.wait()
        for what, which in todo:
            try:
                do(desk, told, what, which, chance)
            except Refused as refusal:
                told.refused.append((refusal.code, dict(refusal.values)))
    finally:
        desk.close()
    tell.put(told)


def do(desk: Desk, told: Told, what: str, which: int, chance: Random) -> None:
    request = f"{told.number}-{what}-{which}"
    now = NOW + timedelta(seconds=chance.randrange(3_600))  # the machines' clocks differ
    actor = 1 + told.number % 3
    if what == "open":
        opening = Opening("Dúvida", f"de {told.number}", "media", request, now, clocks=(solution(),))  # type: ignore[arg-type]
        told.opened.append(open_ticket(desk, opening).protocol)
        told.repeated += open_ticket(desk, opening).repeated
        return
    ticket = chance.randint(1, TICKETS) if what == "comment" else which
    if what == "claim":
        seen = ticket_view(desk, NOW, ticket_id=ticket).row.version
        acts.claim(desk, Order(ticket, actor, request, now, seen))
        told.claimed.append(ticket)
    elif what == "comment":
        acts.comment(desk, Order(ticket, actor, request, now), request)
        told.repeated += acts.comment(desk, Order(ticket, actor, request, now), request).repeated
        told.commented.append(request)
    elif what == "pause":
        acts.pause(desk, Order(ticket, actor, request, now), "aguardando o cliente")
    else:
        acts.resume(desk, Order(ticket, actor, request, now))

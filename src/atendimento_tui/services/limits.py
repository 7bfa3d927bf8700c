"""The waiting limit of RN ANS 566/2022 that a look-up cannot keep: it is recorded in the ticket that it was for."""

from datetime import datetime

from atendimento_tui.contracts.agenda import AgendaFilter, AgendaPage, Slot
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import requests
from atendimento_tui.domain.access import Permission, reach
from atendimento_tui.domain.agenda import HORIZON_DAYS, LIMIT_MISSED
from atendimento_tui.domain.text import searched, searched_words
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import formats


@needs(Permission.FIND_SLOT)
def note_missed(desk: Desk, asked: AgendaFilter, page: AgendaPage, now: datetime) -> bool:
    """Record in the ticket of a look-up that nothing is free within the limit (`AgendaPage.missed`).

    It is recorded once a specialty and day, neither by somebody who may not book nor in a ticket that has ended.

    Args:
        asked: What was looked for, with its ticket.
        page: What was found.

    Returns:
        Whether it was recorded now.
    """
    limit, ticket, actor = page.limit, asked.ticket, desk.actor
    if ticket is None or limit is None or not page.missed or not reach(actor.role, Permission.BOOK):
        return False
    request = f"limite:{ticket}:{searched(page.missed)}:{now.astimezone(desk.zone).date()}"
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=ticket)
        if found is None or not found[0].state.is_open or requests.find_by_request(connection, request):
            return False
    values = {
        "specialty": page.missed,
        "where": texts.LIMIT_WHERE.format(cities=", ".join(page.cities)) if searched_words(asked.city) else "",
        "item": limit.item,
        "day": formats.date(limit.last),
        "free": _free(page.first),
    }

    def decide(work: UnitOfWork) -> Outcome:
        return Outcome(Event(LIMIT_MISSED, work.at, actor.person, text=texts.LIMIT_MISSED.format(**values)))

    return not decided(desk, Order(ticket, actor.person, request, now), Permission.BOOK, decide).repeated


def _free(first: Slot | None) -> str:
    if first is None:
        return texts.LIMIT_NONE.format(days=HORIZON_DAYS)
    return texts.LIMIT_FIRST.format(at=formats.instant(first.starts_at), provider=first.provider, site=first.site)

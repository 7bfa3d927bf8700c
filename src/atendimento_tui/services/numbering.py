"""Numbers without gaps: protocols, and those of processes. A rollback also releases the number."""

from datetime import datetime

from atendimento_tui.data.engine import Connection
from atendimento_tui.data.repositories.numbering import next_in_series
from atendimento_tui.domain.protocol import SECRET_FROM, protocol_number, series_of
from atendimento_tui.domain.workflow.effects import TakeNumber
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def next_protocol(connection: Connection, desk: Desk, at: datetime, *, secret: bool = False) -> str:
    """The next protocol number of the local day.

    Args:
        secret: Whether the ticket is secret. Those are numbered apart.
    """
    day = at.astimezone(desk.zone).date()
    number = next_in_series(connection, series_of(day, secret=secret))
    return protocol_number(desk.unit.ans_registration, day, number + SECRET_FROM if secret else number)


def take_number(work: UnitOfWork, effect: TakeNumber) -> Fulfilled:
    """Take the next number of a yearly series.

    Until 0.2 a series was identified by its field only; a service's series continues from it.
    """
    year = work.event.at.astimezone(work.in_process.hours.tz).year
    of_field = effect.series.rpartition(".")[2]
    number = next_in_series(work.connection, f"{effect.series} {year}", after=f"{of_field} {year}")
    return Fulfilled(fields={effect.field: f"{year}{number:06d}"})

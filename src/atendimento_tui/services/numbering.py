"""Numbers without gaps: protocols, and those of processes. A rollback also releases the number."""

from datetime import datetime

from atendimento_tui.data.engine import Connection
from atendimento_tui.data.repositories.numbering import next_in_series
from atendimento_tui.domain.protocol import protocol_number, series_of
from atendimento_tui.domain.workflow.effects import TakeNumber
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def next_protocol(connection: Connection, desk: Desk, at: datetime) -> str:
    """The next protocol number of the local day."""
    day = at.astimezone(desk.zone).date()
    return protocol_number(desk.unit.ans_registration, day, next_in_series(connection, series_of(day)))


def take_number(work: UnitOfWork, effect: TakeNumber) -> Fulfilled:
    """Take the next number of a yearly series.

    Until 0.2 a series was identified by its field only; a service's series continues from it.
    """
    year = work.event.at.astimezone(work.in_process.hours.tz).year
    of_field = effect.series.rpartition(".")[2]
    number = next_in_series(work.connection, f"{effect.series} {year}", after=f"{of_field} {year}")
    return Fulfilled(fields={effect.field: f"{year}{number:06d}"})

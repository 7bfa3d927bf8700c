"""Numbers that a process gives: of the year, without gaps, in the transaction that uses them."""

from sqlalchemy import Connection

from atendimento_tui.data import store
from atendimento_tui.domain.workflow import TakeNumber
from atendimento_tui.services.current_act import CurrentAct, Fulfilled
from atendimento_tui.services.desk import Desk


def take_number(connection: Connection, _desk: Desk, act: CurrentAct, effect: TakeNumber) -> Fulfilled:
    """Take the next number of the series.

    Until 0.2 a series was known by its field alone, whatever the service: one of a service's own goes on from there.
    """
    year = act.event.at.astimezone(act.in_process.hours.tz).year
    of_field = effect.series.rpartition(".")[2]
    number = store.next_in_series(connection, f"{effect.series} {year}", after=f"{of_field} {year}")
    return Fulfilled(fields={effect.field: f"{year}{number:06d}"})

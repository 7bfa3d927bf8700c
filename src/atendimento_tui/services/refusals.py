"""Exceptions of services that are not faults of the program: a refused act, or a database that cannot be used."""

from atendimento_tui.calendar import BeyondCalendarError, HoursError, NeverOpenError, SpecError, UnknownZoneError
from atendimento_tui.data.engine import DBAPIError, unavailable
from atendimento_tui.domain.refusals import Refusal, UserFacingError


def refusal_of(error: BaseException) -> Refusal | None:
    """The exception as a refusal; None for a fault of the program."""
    if isinstance(error, UserFacingError):
        return error.refusal
    if isinstance(error, (BeyondCalendarError, HoursError, NeverOpenError, SpecError, UnknownZoneError)):
        return Refusal(error.code, error.values)
    if isinstance(error, DBAPIError):
        return unavailable(error).refusal
    if isinstance(error, OSError) and error.filename:
        return Refusal("arquivo_nao_grava", {"path": error.filename, "detail": error.errno})
    return None

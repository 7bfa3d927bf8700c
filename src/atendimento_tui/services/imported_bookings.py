"""What the desk does with bookings that were made elsewhere: they have no ticket, and are cancelled or moved by one.

The source is not told: whoever decides here says so there, or in the app.
"""

from datetime import datetime

from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.data.engine import Connection, writing
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import trail, waiting
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.bookings import BookingState, check_next
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.domain.trail import booking_stream
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk


def taken_up(connection: Connection, number: int, to: BookingState) -> BookingRow:
    """A booking that was imported, locked, and which may pass to a state.

    Raises:
        Refused: There is none of this number, or it is moved or cancelled already.
    """
    rows.lock(connection, [number])
    found = queries.booking(connection, number)
    if found is None or not found.source or found.ticket is not None:
        raise Refused("importado_sem_numero", number=number)
    check_next(found.state, to)
    return found


def end(
    connection: Connection, booking: BookingRow, to: BookingState, reason: str, *, actor: int | None, now: datetime
) -> None:
    """Free what an imported booking has, and record its end."""
    rows.free(connection, [booking.id])
    rows.update_booking(connection, booking.id, state=to, reason=reason)
    what = "cancelado" if to is BookingState.CANCELLED else "remarcado"
    changes = {"estado": (booking.state.value, to.value)}
    trail.record(connection, booking_stream(booking.id), what, actor=actor, at=now, changes=changes)
    if booking.state is BookingState.BOOKED:
        waiting.note_freed(connection, booking.id, now)


@needs(Permission.BOOK)
def cancel(desk: Desk, number: int, reason: str, now: datetime) -> None:
    """Cancel a booking that was imported. Its line changes nothing more until it has another time.

    Args:
        number: Its number, as the lists of bookings have it.

    Raises:
        Refused: There is no reason; there is no such booking, or it is moved or cancelled already.
    """
    why = written(reason, multiline=True).strip()
    if not why:
        raise Refused("importado_sem_motivo")
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.BOOK)
        found = taken_up(connection, number, BookingState.CANCELLED)
        end(connection, found, BookingState.CANCELLED, why, actor=actor.person, now=now)

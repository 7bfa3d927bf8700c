"""The file of an appointment for a calendar (iCalendar, RFC 5545), as it is published (iTIP, RFC 5546, 3.2.1)."""

from datetime import UTC, datetime

import icalendar

from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.domain.bookings import BookingState, address_line
from atendimento_tui.domain.text import printable
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import formats

ENDING = ".ics"

_NOBODY = "invalid:nomail"
"""The organizer of a unit without an e-mail address: what is published has one (RFC 5546, 3.2.1)."""


def written(booking: BookingRow, sequence: int, unit: UnitInfo, now: datetime) -> bytes:
    """The appointment as one event. It has neither the name of the person nor the reason of the request.

    The same appointment always has the same UID: its protocol and its desk. A later version has a greater SEQUENCE, so
    that a calendar replaces the event when it takes the file again.

    Args:
        booking: A booking that was confirmed once; a cancelled one is marked as cancelled.
        sequence: How often the appointment was changed before.
        unit: The organizer; its identity is part of the UID.
        now: When the file is made.

    Returns:
        The file: UTF-8, times in UTC, lines folded at 75 bytes.
    """
    event = icalendar.Event()
    event.add("UID", f"{booking.protocol}@{unit.identity}")
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", booking.starts_at.astimezone(UTC))
    event.add("DTEND", booking.ends_at.astimezone(UTC))
    event.add("SEQUENCE", sequence)
    cancelled = booking.state in {BookingState.CANCELLED, BookingState.MOVED}
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    address = unit.email or unit.smtp_sender
    organizer = icalendar.vCalAddress(f"mailto:{address}" if address else _NOBODY)
    organizer.params["CN"] = printable(unit.name, keep="")
    event.add("ORGANIZER", organizer)
    specialty = booking.specialty and texts.EVENT_SPECIALTY.format(name=booking.specialty)
    summary = texts.EVENT.format(specialty=specialty, provider=booking.provider)
    event.add("SUMMARY", printable(summary, keep=""))
    place = address_line(booking.site, booking.address, city=booking.city, uf=booking.uf)
    event.add("LOCATION", printable(place, keep=""))
    protocol = texts.EVENT_PROTOCOL.format(protocol=formats.protocol_groups(booking.protocol))
    preparation = booking.preparation and texts.PREPARATION.format(text=booking.preparation)
    event.add("DESCRIPTION", printable("\n".join(filter(None, (preparation, protocol)))))
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//atendimento-tui//agenda//PT-BR")
    calendar.add("METHOD", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())

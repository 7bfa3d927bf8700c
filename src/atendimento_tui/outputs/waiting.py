"""The waiting list as lines of text and as JSON, and the message of an offer."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.waiting import WaitingRow
from atendimento_tui.domain.text import printable
from atendimento_tui.domain.waiting import Wish
from atendimento_tui.texts import agenda as agenda_texts
from atendimento_tui.texts import bookings as booking_texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import waiting as texts


def slot_line(booking: BookingRow) -> str:
    """The slot of an offer."""
    at = formats.instant(booking.local)
    return texts.SLOT.format(specialty=booking.specialty, provider=booking.provider, at=at, site=booking.site)


def offered_line(booking: BookingRow, until: datetime) -> str:
    """The slot of an offer, and until when it is held.

    Args:
        until: In the zone of the desk.
    """
    return texts.OFFERED.format(slot=slot_line(booking), until=formats.instant(until))


def offer_message(booking: BookingRow, name: str, until: datetime, protocol: str) -> str:
    """The message that offers a slot, ready to be sent.

    Args:
        until: As in `offered_line`.
    """
    return texts.MESSAGE.format(
        name=name or agenda_texts.SOMEBODY,
        specialty=booking.specialty,
        provider=booking.provider,
        when=booking_texts.when(booking.local),
        site=booking.site,
        address=booking.address,
        until=formats.instant(until),
        protocol=formats.protocol_groups(protocol),
    )


def wish_line(row: WaitingRow) -> str:
    """What somebody waits for."""
    return wish_text(row.entry.wish, row.specialty, row.provider)


def wish_text(wish: Wish, specialty: str, provider: str) -> str:
    """As `wish_line`, by the names."""
    return texts.WISH.format(
        specialty=specialty,
        provider=provider or texts.ANY_PROVIDER,
        city=wish.city or texts.ANY_CITY,
        until=texts.UNTIL.format(day=formats.date(wish.until)) if wish.until else texts.ANY_DAY,
    )


def offer_line(row: WaitingRow, zone: ZoneInfo) -> str:
    """What is offered, and until when; empty if nothing is."""
    if row.offer is None or row.offer.until is None:
        return ""
    return offered_line(row.offer, row.offer.until.astimezone(zone))


def facts(row: WaitingRow, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What a ticket shows of its entry: name and value of each fact."""
    refusals = texts.REFUSALS.format(count=row.entry.refusals) if row.entry.refusals else ""
    since = formats.instant(row.entry.since.astimezone(zone))
    yield texts.IN_TICKET, texts.WAITS.format(since=since, wish=wish_line(row), refusals=refusals)
    if offer := offer_line(row, zone):
        yield texts.OFFER, texts.ANSWER_IT.format(offer=offer)


def lines(rows: Sequence[WaitingRow], zone: ZoneInfo) -> Iterator[str]:
    """The list, in its order."""
    for place, row in enumerate(rows, 1):
        refusals = texts.REFUSALS.format(count=row.entry.refusals) if row.entry.refusals else ""
        since = formats.instant(row.entry.since.astimezone(zone))
        name = f"{formats.protocol_groups(row.protocol)}  {row.name or agenda_texts.SOMEBODY}"
        line = texts.LINE.format(place=place, since=since, name=name, wish=wish_line(row), refusals=refusals)
        yield printable(line)
        if offer := offer_line(row, zone):
            yield printable(texts.LINE_OFFER.format(offer=offer))


def as_json(row: WaitingRow, zone: ZoneInfo) -> dict[str, Any]:
    """Somebody on the list."""
    entry, offer = row.entry, row.offer
    return {
        "protocolo": row.protocol,
        "nome": row.name,
        "desde": entry.since.astimezone(zone).isoformat(),
        "especialidade": row.specialty,
        "profissional": row.provider or None,
        "cidade": entry.wish.city or None,
        "ate": entry.wish.until.isoformat() if entry.wish.until else None,
        "recusas": entry.refusals,
        "oferta": offer
        and {
            "codigo": offer.slot.code,
            "inicio": offer.local.isoformat(),
            "profissional": offer.provider,
            "local": offer.site,
            "ate": offer.until.astimezone(zone).isoformat() if offer.until else None,
        },
    }

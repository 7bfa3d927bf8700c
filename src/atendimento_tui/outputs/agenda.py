"""Free slots and appointments as lines of text and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from atendimento_tui.contracts.agenda import AgendaPage, Slot, WaitingLimit
from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.domain.text import printable
from atendimento_tui.outputs.pdf import Sheet, Table
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import bookings as booking_texts
from atendimento_tui.texts import formats

_DAY_WIDTHS = (4, 8, 8, 9, 8, 15)


def lines(page: AgendaPage) -> Iterator[str]:
    """The limit of RN 566, if it holds, and a line for each free slot with its code."""
    yield from limit_lines(page.limit)
    if not page.days:
        yield texts.EMPTY[0]
    for day in page.days:
        yield from (_line(each) for each in day.slots)


def limit_lines(limit: WaitingLimit | None) -> Iterator[str]:
    """The limit of RN 566, and whether nothing is free within it; no line if none holds."""
    if limit:
        yield texts.SLOTS_LIMIT.format(item=limit.item, day=formats.date(limit.last))
        if limit.is_missed:
            yield texts.SLOTS_MISSED


def limit_as_json(limit: WaitingLimit | None) -> dict[str, Any] | None:
    """The limit of RN 566; None if none holds."""
    if limit is None:
        return None
    return {
        "item": limit.item,
        "dias_uteis": limit.days,
        "ate": limit.last.isoformat(),
        "perdido": limit.is_missed,
    }


def _line(slot: Slot) -> str:
    facts = (formats.instant(slot.starts_at), slot.provider, slot.specialty, slot.site, slot.city, slot.key.code)
    return "  ".join(printable(each) for each in facts)


def as_json(page: AgendaPage) -> dict[str, Any]:
    """The free slots, the soonest first, and the limit of RN 566 (null where it does not hold)."""
    return {
        "limite": limit_as_json(page.limit),
        "vagas": [_slot_as_json(each) for day in page.days for each in day.slots],
    }


def _slot_as_json(slot: Slot) -> dict[str, Any]:
    return {
        "codigo": slot.key.code,
        "inicio": slot.starts_at.isoformat(),
        "fim": slot.ends_at.isoformat(),
        "profissional": slot.provider,
        "registro": slot.registration,
        "especialidade": slot.specialty,
        "local": slot.site,
        "endereco": slot.address,
        "cidade": slot.city,
        "preparo": slot.preparation,
        "livres": slot.free,
    }


def booking_line(booking: BookingRow) -> str:
    """An appointment as a line of the day's list."""
    facts = (
        f"{booking.local:%H:%M}",
        booking.provider,
        booking.site,
        booking.name or texts.SOMEBODY,
        booking_texts.STATE[booking.state],
        formats.protocol_groups(booking.protocol),
        texts.TO_MOVE_NUMBER.format(number=booking.id) if booking.source else "",
        booking.channel,
    )
    return "  ".join(printable(each) for each in facts if each)


def day_sheet(unit: UnitInfo, day: date, rows: Sequence[BookingRow]) -> Sheet:
    """The appointments of a day as a paper, by the hour."""
    lines = [
        (
            f"{each.local:%H:%M}",
            each.provider,
            each.site,
            each.name or texts.SOMEBODY,
            booking_texts.STATE[each.state],
            formats.protocol_groups(each.protocol),
        )
        for each in rows
    ]
    table = Table(texts.DAY_HEADING, lines, _DAY_WIDTHS)
    return Sheet(
        texts.DAY_TITLE.format(day=formats.date(day)), (table,), tuple(filter(None, (unit.name, unit.address)))
    )


def booking_as_json(booking: BookingRow) -> dict[str, Any]:
    """An appointment."""
    return {
        "numero": booking.id if booking.source else None,
        "protocolo": booking.protocol or None,
        "estado": booking_texts.STATE[booking.state],
        "codigo": booking.slot.code,
        "inicio": booking.local.isoformat(),
        "profissional": booking.provider,
        "registro": booking.council,
        "especialidade": booking.specialty,
        "local": booking.site,
        "endereco": booking.address,
        "cidade": booking.city,
        "preparo": booking.preparation,
        "nome": booking.name,
        "canal": booking.channel,
    }


def said(booking: BookingRow) -> str:
    """An appointment in words, to be read aloud: day, hour, professional, address, preparation, protocol."""
    return printable(
        texts.SAID.format(
            when=booking_texts.when(booking.local),
            provider=booking.provider,
            specialty=booking.specialty,
            site=booking.site,
            address=booking.address,
            city=booking.city,
            preparation=booking.preparation and texts.SAID_PREPARATION.format(text=booking.preparation.rstrip(" .")),
            protocol=formats.protocol_groups(booking.protocol),
        )
    )

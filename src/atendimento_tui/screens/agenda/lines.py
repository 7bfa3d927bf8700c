"""What the place of the agenda shows of slots."""

from collections.abc import Iterator
from datetime import date, datetime

from textual.content import Content

from atendimento_tui.contracts.agenda import AgendaDay, AgendaPage, Slot
from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.bars import Piece
from atendimento_tui.widgets.day_grid import Entry, GridDay
from atendimento_tui.widgets.text import plain

_FORMS = ("%d/%m/%Y", "%d/%m/%y")


def grid_day(day: AgendaDay, page: AgendaPage, today: date) -> GridDay:
    """A day of the grid. One after the legal limit says so."""
    is_late = page.limit is not None and day.day > page.limit.last
    title = texts.COLUMN_LATE if is_late else texts.COLUMN_TODAY if day.day == today else texts.COLUMN
    named = title.format(weekday=formats.weekday(day.day), day=formats.short_date(day.day))
    entries = [Entry(slot.key.code, _entry(slot)) for slot in day.slots]
    style = "bold $text-warning" if is_late else "bold"
    return GridDay(day.day, named, entries, style, texts.MORE if day.has_more else "")


def _entry(slot: Slot) -> str:
    form = texts.ENTRY_PLACES if slot.free > 1 else texts.ENTRY if slot.free else texts.ENTRY_TAKEN
    return form.format(at=formats.clock(slot.starts_at), provider=slot.provider, free=slot.free)


def title_with_taken(page: AgendaPage) -> list[Piece]:
    """The line above the grid that also shows slots that are taken."""
    return [Piece(texts.WITH_TAKEN if page.days else texts.NONE, "bold $text-warning")]


def title(page: AgendaPage, now: datetime, *, has_doctor: bool, is_later: bool) -> list[Piece]:
    """The line above the grid: the first free slot, and the legal limit beside it.

    Args:
        is_later: Whether there are slots before those of the page.
    """
    first, limit = page.first, page.limit
    at = formats.moment(first.starts_at, now.astimezone(first.starts_at.tzinfo)) if first else ""
    form = texts.LATER if is_later else texts.FIRST
    pieces = [Piece(form.format(at=at) if first else texts.NONE, "bold")]
    if limit is None:
        return [*pieces, Piece(texts.CHOSEN, "dim")] if has_doctor else pieces
    if limit.is_missed:
        pieces.append(Piece(texts.MISSED, "bold $text-error"))
    elif first and first.starts_at.date() <= limit.last:
        pieces.append(Piece(texts.WITHIN, "$text-success"))
    form = texts.LIMIT if limit.days else texts.LIMIT_AT_ONCE
    return [*pieces, Piece(form.format(item=limit.item, day=formats.short_date(limit.last), days=limit.days))]


def line_of(slot: Slot) -> str:
    """A slot in one line."""
    return f"{formats.instant(slot.starts_at)} · {slot.provider} · {slot.site}"


def slot_of(booking: BookingRow) -> Slot:
    """The slot of a hold."""
    return Slot(
        booking.provider_id,
        booking.provider,
        booking.council,
        booking.site_id,
        booking.site,
        booking.address,
        booking.city,
        booking.specialty_id or 0,
        booking.specialty,
        booking.preparation,
        booking.local,
        booking.ends_at.astimezone(booking.zone),
        1,
    )


def about(slot: Slot) -> Iterator[Content]:
    """What is told of a slot."""
    registration = f" ({slot.registration})" if slot.registration else ""
    minutes = round((slot.ends_at - slot.starts_at).total_seconds() / 60)
    when = texts.WHEN.format(at=formats.instant(slot.starts_at), minutes=minutes)
    who = texts.WHO.format(provider=slot.provider, registration=registration, specialty=slot.specialty)
    yield plain(f"{when} · {who}", "bold")
    parts = [part for part in (slot.site, slot.address, slot.city) if part]
    yield plain(", ".join(parts))
    if slot.preparation:
        yield plain(texts.PREPARATION.format(text=slot.preparation))


def read_day(typed: str, today: date) -> date | None:
    """A typed day. One without a year is the next one; None if it is no day yet.

    Args:
        typed: `24/12`, `24/12/2026`, `24/12/26`.
    """
    text = typed.strip()
    has_year = text.count("/") > 1
    for form in _FORMS:
        try:
            day = datetime.strptime(text if has_year else f"{text}/{today.year}", form).date()  # noqa: DTZ007 - a day
            return day if has_year or day >= today else day.replace(year=day.year + 1)
        except ValueError:  # also 29 February of the next year
            continue
    return None

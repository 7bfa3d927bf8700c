"""A month of the agenda, how full each day is: in words, as lines, as JSON, as a picture."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from atendimento_tui.contracts.agenda import AgendaMonth, MonthDay
from atendimento_tui.domain.text import printable
from atendimento_tui.outputs import agenda
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import calendars, formats

LITTLE_ROOM = 0.8
"""How full a day is that has little room."""

BAR = 10
"""Cells of a bar in a line."""

_WIDTH, _HEIGHT, _MARGIN, _TOP = 130, 74, 16, 92
"""Of a day in the picture, in pixels; the empty edge, and the height above the days."""

_SHADES = ("#e6f4ea", "#fdf3d8", "#f9dedc")
"""Behind a day with much room, with little, and with none."""


def fullness(day: MonthDay, month: AgendaMonth) -> float | None:
    """The part of its places that is not to be had; of a past day, that was taken. None if it offers nothing."""
    if not day.places:
        return None
    return (day.taken if day.day < month.today else max(0, day.places - day.free)) / day.places


def bar(full: float, width: int) -> str:
    """A bar; it is only full if the day is, and only empty if the day is."""
    cells = round(full * width)
    cells = min(max(cells, 1), width - 1) if 0 < full < 1 and width > 1 else cells
    return texts.BAR_TAKEN * cells + texts.BAR_FREE * (width - cells)


def words(day: MonthDay, month: AgendaMonth) -> tuple[str, ...]:
    """How full a day is, in words; the longest form is the first."""
    if not day.places:
        if day.holiday is not None:
            return texts.MONTH_HOLIDAY
        return texts.MONTH_LATER if day.day > month.open_to else texts.MONTH_NOTHING
    forms: tuple[str, ...]
    if day.day < month.today:
        forms = texts.MONTH_PAST
    elif day.free:
        forms = texts.MONTH_FREE if day.free > 1 else texts.MONTH_FREE_ONE
    else:
        forms = texts.MONTH_FULL if day.taken >= day.places else texts.MONTH_OVER
    given = {"free": day.free, "taken": day.taken, "places": day.places}
    return tuple(each.format(**{key: formats.number(number) for key, number in given.items()}) for each in forms)


def notes(day: MonthDay, month: AgendaMonth) -> tuple[str, ...]:
    """What else is to be known of a day: its holiday, the last day of the legal limit."""
    holiday = (day.holiday,) if day.holiday else ()
    is_last = month.limit is not None and month.limit.last == day.day
    return (*holiday, *((texts.MONTH_LIMIT,) if is_last else ()))


def about(day: MonthDay, month: AgendaMonth) -> str:
    """A day in one line."""
    given = {"free": day.free, "taken": day.taken, "places": day.places, "slots": day.slots}
    numbers = {key: formats.number(number) for key, number in given.items()}
    if not day.places:
        said = words(day, month)[0]
    else:
        form = texts.MONTH_ABOUT_PAST if day.day < month.today else texts.MONTH_ABOUT
        said = form[day.slots != day.places].format(**numbers)
    named = texts.COLUMN.format(weekday=formats.weekday(day.day), day=formats.date(day.day))
    return printable(" · ".join((named, said, *notes(day, month))))


def title(month: AgendaMonth) -> str:
    """The month, and whose it is."""
    count = len(month.doctors)
    whose = month.doctors[0] if count == 1 else texts.MONTH_MANY.format(count=formats.number(count))
    parts = [whose, *(each[0] for each in (month.specialties, month.cities) if len(each) == 1)]
    return printable(" · ".join((name(month.first), *parts)))


def name(first: date) -> str:
    """The name of a month with its year."""
    return texts.MONTH.format(name=calendars.MONTHS[first.month - 1], year=first.year)


def lines(month: AgendaMonth) -> Iterator[str]:
    """A line for each day, below the title and the legal limit."""
    yield title(month)
    yield from agenda.limit_lines(month.limit)
    for day in month.days:
        full = fullness(day, month)
        yield f"{' ' * BAR if full is None else bar(full, BAR)}  {about(day, month)}"


def as_json(month: AgendaMonth) -> dict[str, Any]:
    """The days with their figures, and the limit of RN 566 (null where it does not hold)."""
    return {
        "mes": f"{month.first:%Y-%m}",
        "profissionais": list(month.doctors),
        "aberta_ate": month.open_to.isoformat(),
        "limite": agenda.limit_as_json(month.limit),
        "dias": [
            {
                "dia": each.day.isoformat(),
                "vagas": each.slots,
                "lugares": each.places,
                "ocupados": each.taken,
                "livres": each.free,
                "feriado": each.holiday,
            }
            for each in month.days
        ],
    }


def svg(month: AgendaMonth) -> str:
    """The month as a picture: a column for each day of the week, a shade, a bar and words for each day."""
    offset = month.first.weekday()
    rows = -(-(offset + len(month.days)) // 7)
    width, height = 7 * _WIDTH + 2 * _MARGIN, rows * _HEIGHT + _TOP + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="sans-serif" font-size="13" role="img">',
        f"<title>{_safe(title(month))}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_MARGIN}" y="32" font-size="18" font-weight="bold">{_safe(title(month))}</text>',
    ]
    limits = "  ".join(agenda.limit_lines(month.limit))
    parts.append(f'<text x="{_MARGIN}" y="54" fill="#444444">{_safe(limits)}</text>')
    for number, weekday in enumerate(texts.MONTH_WEEK):
        parts.append(f'<text x="{_MARGIN + number * _WIDTH + 6}" y="{_TOP - 8}" fill="#444444">{weekday}</text>')
    for number, day in enumerate(month.days, offset):
        parts += _day(day, month, _MARGIN + number % 7 * _WIDTH, _TOP + number // 7 * _HEIGHT)
    return "\n".join((*parts, "</svg>", ""))


def _day(day: MonthDay, month: AgendaMonth, x: int, y: int) -> Iterator[str]:
    full = fullness(day, month)
    is_past = day.day < month.today
    shade = "#f2f2f2" if full is None or is_past else _SHADES[2 if not day.free else full >= LITTLE_ROOM]
    edge = f'rx="4" stroke="{"#1a56b0" if day.day == month.today else "#c8c8c8"}"'
    yield f'<rect x="{x + 2}" y="{y + 2}" width="{_WIDTH - 4}" height="{_HEIGHT - 4}" fill="{shade}" {edge}/>'
    yield f'<text x="{x + 9}" y="{y + 20}" font-weight="bold">{day.day.day}</text>'
    yield f'<text x="{x + 9}" y="{y + 50}">{_safe(words(day, month)[0])}</text>'
    if full is not None:
        room = _WIDTH - 46
        yield f'<rect x="{x + 34}" y="{y + 11}" width="{room}" height="9" fill="#ffffff" stroke="#666666"/>'
        yield f'<rect x="{x + 34}" y="{y + 11}" width="{round(room * full)}" height="9" fill="#666666"/>'
    if said := notes(day, month):
        yield f'<text x="{x + 9}" y="{y + 65}" font-size="10" fill="#444444">{_safe(said[0][:22])}</text>'


def _safe(text: str) -> str:
    return escape(printable(text))

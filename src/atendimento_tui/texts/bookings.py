"""Texts of holds and bookings."""

import datetime as dt
from collections.abc import Iterable

from atendimento_tui.texts import formats, words

STATE = {
    "held": "reservado",
    "booked": "agendado",
    "arrived": "compareceu",
    "missed": "faltou",
    "cancelled": "cancelado",
    "moved": "remarcado",
    "conflict": "conflito",
    "expired": "reserva vencida",
}
"""The words of the states of a booking."""

SOMEBODY = "outra pessoa"
SOME_PROFESSIONAL = "outro profissional"
AFTER_LIMIT = "marcada depois do limite ({item}: {day})"
NO_FREE = "nenhuma vaga nos próximos dias"

_MONTHS = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
)


def when(at: dt.datetime) -> str:
    """Day and time in words, to be read aloud: `terça-feira, 1º de dezembro de 2026, às 10h30`."""
    day = "1º" if at.day == 1 else str(at.day)
    clock = f"{at.hour}h{at.minute:02}" if at.minute else f"{at.hour}h"
    by = "à" if at.hour == 1 else "às"
    return f"{words.WEEKDAY_LONG[at.weekday()]}, {day} de {_MONTHS[at.month - 1]} de {at.year}, {by} {clock}"


def slots(found: Iterable[tuple[dt.datetime, str, str, str]]) -> str:
    """Free slots that are proposed, in one line; without those codes that are empty."""
    each = (
        f"{formats.instant(at)} com {provider} ({site})" + (f" [{code}]" if code else "")
        for at, provider, site, code in found
    )
    return "; ".join(each) or NO_FREE

"""What is wrong with something that people wrote, a map or the hours: a code and values, which `texts` says."""

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import ValidationError

from atendimento_tui.calendar import CalendarError

Problem: TypeAlias = tuple[str, Mapping[str, object]]
"""Which rule was broken (pydantic's word or the calendar's) and what its sentence needs."""


def problem_of(error: ValidationError) -> tuple[tuple[str, ...], Problem]:
    """Where the writer went wrong first, and how.

    What may be one thing or another is complained of once for each: the complaint that got deepest, and of those the
    last, is about what was meant.
    """
    errors = error.errors()
    first = errors[0]["loc"][:1]
    meant = max(enumerate(errors), key=lambda e: (e[1]["loc"][:1] == first, len(e[1]["loc"]), e[0]))[1]
    place, context = tuple(map(str, meant["loc"])), meant.get("ctx", {})
    cause = context.get("error")
    if not isinstance(cause, ValueError):
        return place, (meant["type"], context)
    told = cause.__cause__
    return place, (told.code, told.values) if isinstance(told, CalendarError) else ("value_error", {"said": str(cause)})

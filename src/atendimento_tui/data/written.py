"""Errors in files that people wrote (an import map, opening hours), as a code and values that `texts` translates."""

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import ValidationError

from atendimento_tui.calendar import CalendarError

Problem: TypeAlias = tuple[str, Mapping[str, object]]
"""The code of the error (pydantic's type or that of a calendar error) and the values of its sentence."""


def problem_of(error: ValidationError) -> tuple[tuple[str, ...], Problem]:
    """The place of the first error and the error.

    For a union pydantic reports errors of each member. The deepest one, and of those the last, is taken: it belongs to
    the member that the writer most likely meant.
    """
    errors = error.errors()
    first = errors[0]["loc"][:1]
    meant = max(enumerate(errors), key=lambda e: (e[1]["loc"][:1] == first, len(e[1]["loc"]), e[0]))[1]
    place, context = tuple(map(str, meant["loc"])), meant.get("ctx", {})
    cause = context.get("error")
    if not isinstance(cause, ValueError):
        return place, (meant["type"], context)
    origin = cause.__cause__
    if isinstance(origin, CalendarError):
        return place, (origin.code, origin.values)
    return place, ("value_error", {"said": str(cause)})

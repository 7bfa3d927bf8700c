"""Errors in files that people wrote (an import map, opening hours), as a code and values that `texts` translates."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError

from atendimento_tui.calendar import CalendarError
from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.calendar.written_hours import read_week
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, written

Problem: TypeAlias = tuple[str, Mapping[str, object]]
"""The code of the error (pydantic's type or that of a calendar error) and the values of its sentence."""


def checked_week(text: str) -> dict[str, Any]:
    """Written weekly hours, as the `week` of a `CalendarSpec`.

    Raises:
        Refused: They cannot be read, overlap, or never open.
    """
    try:
        week: dict[str, Any] = dict(read_week(written(text)))
    except ValueError as error:
        problem: Problem = ("value_error", {"said": str(error)})
        raise Refused("horario_invalido", text=entered(text).strip(), problem=problem) from error
    try:
        spec = CalendarSpec(name="Expediente", week=week)
    except ValidationError as error:
        raise Refused("horario_invalido", text=text, problem=problem_of(error)[1]) from error
    if not any(spec.hours().values()):
        raise Refused("horario_invalido", text=text, problem=("never_open", {}))
    return week


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

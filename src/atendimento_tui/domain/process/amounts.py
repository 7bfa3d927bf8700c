"""Amounts of time in a process file, and the basis in which each is counted."""

import re
from collections.abc import Mapping

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.clocks import HOURS

BASES: Mapping[str, str] = {
    "horas": HOURS,
    "uteis": DayCount.BUSINESS_AFTER,
    "uteis_contando": DayCount.BUSINESS_FROM,
    "corridos": DayCount.CALENDAR,
    "corridos_ate_util": DayCount.CALENDAR_ROLL,
}
"""Word of a process -> basis of a clock (`DayCount` defines each rule)."""

_HOURS = re.compile(r"([0-9]{1,5})h(?:([0-5]?[0-9])(?:min)?)?|([0-9]{1,5})min")
_DAYS = re.compile(r"([0-9]{1,4})d")


def read_amount(written: str, basis: str) -> int:
    """The amount in seconds for the basis `horas` (`16h`, `4h30`, `45min`), else in days (`7d`).

    Raises:
        ValueError: The text is not an amount of this basis.
    """
    if basis != "horas":
        if days := _DAYS.fullmatch(written):
            return int(days[1])
    elif hours := _HOURS.fullmatch(written):
        return int(hours[1] or 0) * 3600 + int(hours[2] or hours[3] or 0) * 60
    raise ValueError(written)


def amount_basis(written: str) -> str:
    """The basis of a timer's or a task's amount: business days for `2d`, else hours."""
    return "uteis" if written.endswith("d") else "horas"

"""Bank bills (boletos): the due date that the four digits of a bill's factor stand for.

The factor counts days from 7 October 1997. After 9999, on 21 February 2025, it began again at 1000 (docs/rules.md,
"Bank bills"). So a factor corresponds to two dates.

No service uses it yet: it is for the requests about bills.
"""

from datetime import date, timedelta

_BASE = date(1997, 10, 7)
_RESTART = date(2025, 2, 22)
_LEAST, _MOST = 1000, 9999
_SPAN = timedelta(days=_MOST - _LEAST + 1)
_FIRST = _BASE + timedelta(days=_LEAST)
_LAST = _RESTART + _SPAN - timedelta(days=1)


def due_factor(due: date) -> int:
    """The factor of a due date. Only the day of a datetime counts.

    Raises:
        ValueError: No bill can be due on that day: before 3 July 2000 or after 13 October 2049.
    """
    day = date(due.year, due.month, due.day)
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"no factor for {day}")
    start = _FIRST if day < _RESTART else _RESTART
    return _LEAST + (day - start).days


def dates_of_factor(factor: int, today: date) -> tuple[date, date]:
    """The two dates of a factor, the one nearer to today first. A screen that shows one says that there is another.

    Raises:
        ValueError: It is not a factor, which is a number from 1000 to 9999.
    """
    if not _LEAST <= factor <= _MOST:
        raise ValueError(f"no factor: {factor}")
    day = date(today.year, today.month, today.day)
    first = _FIRST + timedelta(days=factor - _LEAST)
    one, other = sorted((first, first + _SPAN), key=lambda due: abs(due - day))
    return one, other

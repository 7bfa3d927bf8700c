"""Published results of other calendars; each vector has its source."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from atendimento_tui.calendar import BusinessCalendar, DayCount

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("calendar_vectors.json").read_text("utf-8"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours(written: list[list[str]]) -> list[tuple[time, time]]:
    return [(clock(start), clock(end)) for start, end in written]


def clock(written: str) -> time:
    return time(0) if written == "24:00" else time.fromisoformat(written)


def built(written: dict[str, Any]) -> BusinessCalendar:
    return BusinessCalendar(
        {WEEKDAYS.index(day): hours(intervals) for day, intervals in written["week"].items()},
        written["tz"],
        [date.fromisoformat(day) for day in written["holidays"]],
        {date.fromisoformat(day): hours(intervals) for day, intervals in written["partial"].items()},
    )


def answered(vector: dict[str, Any]) -> object:
    calendar = built(vector["calendar"])
    if vector["op"] == "add_business_days":
        start = date.fromisoformat(vector["start"])
        return calendar.add_days(start, vector["n"], DayCount.BUSINESS_AFTER).isoformat()
    start = datetime.fromisoformat(vector["start"])
    pauses = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in vector.get("pauses", ())]
    match vector["op"]:
        case "add" | "due_with_pauses":
            return calendar.add(start, timedelta(seconds=vector["amount_s"]), pauses=pauses).isoformat()
        case "between" | "between_with_pauses":
            end = datetime.fromisoformat(vector["end"])
            return calendar.between(start, end, pauses=pauses).total_seconds()
        case "is_open":
            return calendar.is_open(start)
        case "next_open":
            return calendar.next_open(start).isoformat()
    raise AssertionError(f"no such operation: {vector['op']}")


def test_the_calendar_agrees_with_published_results() -> None:
    assert len(VECTORS) > 200
    answers = [(vector, answered(vector)) for vector in VECTORS]
    assert [(vector["id"], vector["note"], answer) for vector, answer in answers if answer != vector["expect"]] == []

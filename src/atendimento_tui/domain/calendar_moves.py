"""Running clocks move to the newest version of their calendar (docs/rules.md, "Changes of a calendar")."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.clocks import Clock, term_of
from atendimento_tui.domain.tickets import ClockChange, Event, Ticket

Calendars = Callable[[int], BusinessCalendar]
"""Returns the calendar of a version's number."""

MOVED = "calendario"
"""Kind of the event by which clocks move."""

ADVISED, KNOWN = "novo_prazo_avisado", "novo_prazo_sabido"
"""Kinds of the events that a message to the requester has the new date, or that the requester knew it already."""


@dataclass(frozen=True, slots=True)
class Move:
    """A running clock that moves.

    Attributes:
        clock: The clock before.
        before: When it is due by its present version.
        after: When it is due by the newest one.
        told: The version by which the earliest date was told, if that is not `after`.
    """

    clock: Clock
    calendar: int
    before: datetime
    after: datetime
    told: int | None

    def change(self) -> ClockChange:
        """The change of the clock."""
        is_delayed = self.after > self.before and self.told is None
        return ClockChange(
            "recalendar",
            self.clock.kind,
            calendar=self.calendar,
            former=self.clock.calendar,
            told=self.told,
            delayed=self.calendar if is_delayed else self.clock.delayed_calendar,
        )


def moves(
    ticket: Ticket, newest: Mapping[int, int], calendars: Calendars, told: Iterable[tuple[int, str, int]]
) -> list[Move]:
    """The running clocks of a ticket that move. Stopped clocks keep their calendar, so results never change.

    Args:
        newest: Superseded version -> the newest of its series.
        told: Cycle, kind of clock and version of each due date that was told to somebody.
    """
    told = list(told)
    found = []
    for clock in ticket.live_clocks:
        version = newest.get(clock.calendar, clock.calendar)
        if version == clock.calendar:
            continue
        after = due_on(clock, version, calendars)
        by_version = {
            each: due_on(clock, each, calendars)
            for cycle, kind, each in told
            if (cycle, kind) == (clock.cycle, clock.kind)
        }
        others = {each: due for each, due in by_version.items() if due != after}
        earliest = min(others, key=others.__getitem__, default=None)
        found.append(Move(clock, version, due_on(clock, clock.calendar, calendars), after, earliest))
    return found


def event_of(found: Iterable[Move], at: datetime) -> Event:
    """The event that moves these clocks. It records the versions, so that a replay gives the same."""
    return Event(MOVED, at, None, clocks=tuple(move.change() for move in found))


def dates_moved(before: Ticket, event: Event, calendars: Calendars) -> list[tuple[str, datetime, datetime]]:
    """The kinds of the clocks whose due dates an event moved, each with the date before and after."""
    clocks = zip(before.clocks, before.evolve(event).clocks, strict=True)
    moved = [(former, now) for former, now in clocks if former.calendar != now.calendar]
    dates = [
        (now.kind, due_on(former, former.calendar, calendars), due_on(former, now.calendar, calendars))
        for former, now in moved
    ]
    return [each for each in dates if each[1] != each[2]]


def to_tell(ticket: Ticket, told: Iterable[tuple[int, str, int]]) -> tuple[Clock, ...]:
    """The running clocks whose new date the requester, who was told another one, does not know yet.

    Args:
        told: As for `moves`.
    """
    known = set(told)
    return tuple(
        clock
        for clock in ticket.live_clocks
        if clock.told_calendar is not None
        and clock.paused_at is None
        and (clock.cycle, clock.kind, clock.calendar) not in known
    )


def due_on(clock: Clock, version: int, calendars: Calendars) -> datetime:
    """When the clock is due by another version of its calendar."""
    return term_of(replace(clock, calendar=version), calendars(version)).due_at

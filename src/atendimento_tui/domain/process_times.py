"""How long an attendance took: the attendant's own part of a ticket (docs/rules.md, "Process time").

It is compared with the minutes of the client's documents (`tempo_tipico` of a service), and is no target.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.words import State

_MOVES = frozenset({"state", "step", "group", "owner"})
"""Fields whose change is work on the ticket; a comment is none."""


def process_time(events: Sequence[Event], zone: tzinfo) -> timedelta | None:
    """The time from the beginning of the intake to the end of the attendant's part.

    The intake begins with its protocol number, before anything is asked. The part ends when the ticket ends or waits,
    goes to another group or into other hands, or before somebody else acts. Until then it lasts to the attendant's
    last work on it on the day of the intake: what is done on a later day is another attendance.

    Args:
        events: The history of a ticket, oldest first.
        zone: The zone of the desk, which decides when a day ends.

    Returns:
        None if no person began the intake, or if it was not finished on its day.
    """
    if not events or events[0].kind != "iniciado" or events[0].actor is None:
        return None
    begun, end, group = events[0], None, None
    for event in events[1:]:
        if event.actor is None and not event.changes.keys() & _MOVES:
            continue  # a reminder or a warning of the desk
        if event.actor != begun.actor or not _is_same_day(begun.at, event.at, zone):
            break
        after = {field: to for field, (_, to) in event.changes.items()}
        if end is None:
            if event.kind != "aberto":
                continue
            group = after.get("group")
        if event.action or after.keys() & _MOVES:
            end = event.at
        has_ended = after.get("state", State.OPEN) != State.OPEN
        if has_ended or after.get("group", group) != group or after.get("owner") not in (None, begun.actor):
            break
    return end - begun.at if end else None


def _is_same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()

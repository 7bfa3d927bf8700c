"""How long attendances take, beside the minutes of the client's documents (docs/rules.md, "Process time")."""

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median

from atendimento_tui.contracts.process_times import TypicalTime
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.process_times import attended_since
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process_times import process_time
from atendimento_tui.domain.text import folded
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

_AT_ONCE = 200
"""Tickets whose histories are read together."""


@needs(Permission.READ)
def typical_times(desk: Desk, now: datetime, days: int) -> list[TypicalTime]:
    """The median time of the attendances that began in the last days, by service and channel, sorted by them."""
    found = defaultdict[tuple[str, str], list[float]](list)
    newest: dict[str, int] = {}
    with reading(desk.engine) as connection:
        attended = attended_since(connection, now - timedelta(days=days))
        for first in range(0, len(attended), _AT_ONCE):
            part = attended[first : first + _AT_ONCE]
            histories = tickets.histories(connection, [each.id for each in part])
            for each in part:
                newest[each.key] = max(newest.get(each.key, 0), each.version)
                if (time := process_time(histories[each.id], desk.zone)) is not None:
                    found[each.key, each.channel].append(time.total_seconds())
        measured = {key for key, _ in found}
        desk.read_processes([*newest.values()], connection)
        services = {key: desk.process(version, connection) for key, version in newest.items() if key in measured}
    times = [
        TypicalTime(
            services[key].name,
            channel,
            len(some),
            timedelta(seconds=median(some)),
            services[key].usual_time.get(channel, ""),
        )
        for (key, channel), some in found.items()
    ]
    return sorted(times, key=lambda each: (folded(each.service), folded(each.channel)))

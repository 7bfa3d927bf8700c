"""What all of signing in uses: streams of events, the instant.

`now` is handed in by tests only. Without it the clock of the database is used, which is the same for all machines.
"""

from datetime import datetime

from atendimento_tui.data.engine import Connection, instant
from atendimento_tui.domain.access import Actor
from atendimento_tui.domain.trail import UNIT, Stream, person_stream


def own_stream(actor: Actor) -> Stream:
    """The stream of the person who acts; of the unit if it is the owner of the database."""
    return person_stream(actor.person) if actor.person else UNIT


def at_or_now(connection: Connection, now: datetime | None) -> datetime:
    """The instant that a test hands in, else that of the database."""
    return now if now is not None else instant(connection)

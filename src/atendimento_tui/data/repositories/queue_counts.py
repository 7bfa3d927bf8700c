"""The kept counts of the open tickets (`tables.QueueCount`): whether they are right, and counting them again."""

from collections import Counter
from datetime import UTC

from sqlalchemy import Connection, delete, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_many, lock_tables, plain

_AT_ONCE = 10_000

Place = tuple[str, int, str]
"""Part, severity and bucket."""


def are_right(connection: Connection) -> bool:
    """Whether each kept count is the number of open tickets, counted one by one.

    Raises:
        ValueError: An instant is damaged.
        TypeError: A number is damaged.
    """
    row = plain(tables.QueueCount).c
    kept: Counter[Place] = Counter()
    for part, severity, bucket, number in connection.execute(select(row.part, row.severity, row.bucket, row.n)):
        kept[part, severity, bucket] += number
    kept.subtract(_counted(connection))
    return not any(kept.values())


def recount(connection: Connection) -> bool:
    """Count the open tickets again, in a write. Other writes wait meanwhile.

    Returns:
        Whether the kept counts were wrong.

    Raises:
        ValueError: An instant is damaged.
        TypeError: A number is damaged.
    """
    advisory_lock(connection, "recontar")
    lock_tables(connection, [plain(tables.Ticket), plain(tables.QueueCount)])
    if are_right(connection):
        return False
    connection.execute(delete(plain(tables.QueueCount)))
    found = [
        {"part": part, "severity": severity, "bucket": bucket, "n": number}
        for (part, severity, bucket), number in _counted(connection).items()
    ]
    insert_many(connection, tables.QueueCount, found)
    return True


def _counted(connection: Connection) -> Counter[Place]:
    ticket, found = plain(tables.Ticket).c, Counter[Place]()
    columns = (ticket.severity, ticket.queue_due, ticket.warn_at, ticket.group_id, ticket.state)
    read = connection.execute(select(*columns).where(ticket.is_open), execution_options={"yield_per": _AT_ONCE})
    for severity, due, warning, group, state in read:
        day = f"{due.astimezone(UTC):%Y-%m-%d}"
        found["todas", severity, day] += 1
        found[f"estado {state}", severity, day] += 1
        if group is not None:
            found[f"grupo {group}", severity, day] += 1
        if warning is not None:
            found["aviso", 0, f"{warning.astimezone(UTC):%Y-%m-%d %H}"] += 1
    return found

"""Checking a password, and counting the attempts.

A sign-in counts as failed before its password is checked, in a transaction of its own. So attempts at the same time
are all counted, and a process that is killed meanwhile gains nothing. Passwords are hashed outside transactions. A
login that does not exist takes the same steps as a wrong password, waits as long, and gets the same answer: the
failures of all logins are counted alike, in buckets.
"""

from datetime import datetime, timedelta
from typing import Any

from atendimento_tui.data.engine import Connection, advisory_lock, writing
from atendimento_tui.data.queries import access as queries
from atendimento_tui.data.repositories import access, trail
from atendimento_tui.domain.accounts import (
    UNKNOWN,
    Failures,
    attempt,
    bucket_of,
    compared_login,
    normalised_password,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import UNIT, person_stream
from atendimento_tui.services.access.common import at_or_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.passwords import (
    Cost,
    matches,
)


def check_password(
    desk: Desk, login: str, password: str, only: int | None, now: datetime | None, cost: Cost
) -> tuple[tuple[Any, Any], datetime]:
    """The row of the person with this login and password, and that of the password; the instant.

    Raises:
        Refused: As `sign_in`.
    """
    typed, given = compared_login(login), normalised_password(password)
    bucket = bucket_of(typed)
    with writing(desk.engine, announced=False) as connection:
        at = at_or_now(connection, now)
        row = queries.with_login(connection, typed)
        stored = queries.credential_of(connection, row.id if row else 0)  # the same work without a person
        left = _count_attempt(connection, bucket, at)
    if left:
        raise Refused("entrada_espere", wait=left)
    is_right = matches(stored.hash if stored else None, given, cost)
    if row is None or stored is None or not is_right or only not in (None, row.id):
        with writing(desk.engine, announced=False) as connection:
            if row or not _count_attempt(connection, UNKNOWN, at):  # so that guessed logins do not fill the trail
                trail.record(connection, person_stream(row.id) if row else UNIT, "entrada_recusada", actor=None, at=at)
        raise Refused("entrada_recusada")
    with writing(desk.engine, announced=False) as connection:
        access.forget_failures(connection, bucket)
    return (row, stored), at


def _count_attempt(connection: Connection, bucket: str, now: datetime) -> timedelta:
    """Count an attempt as failed.

    Returns:
        How long it has to wait; it is not counted then.
    """
    advisory_lock(connection, f"entrada {bucket}")
    row = queries.failures_of(connection, bucket)
    failures, left = attempt(Failures(row.in_a_row, row.last_at) if row else None, now)
    access.store_failures(connection, bucket, failures)
    return left

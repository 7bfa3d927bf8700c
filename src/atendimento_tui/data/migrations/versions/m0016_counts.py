"""Indexes for the counts of the queue's tabs in SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create small indexes of the open tickets. In PostgreSQL one scan for all tabs is faster after changes."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, column in (("ix_ticket_state", "state"), ("ix_ticket_group", "group_id")):
        op.create_index(name, "ticket", [column, "is_open"], sqlite_where=sa.text("is_open = 1"))

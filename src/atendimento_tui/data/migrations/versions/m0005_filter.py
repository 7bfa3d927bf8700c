"""Indexes for the tabs, the counts and the filter of the queue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0005"
down_revision = "0004"

_QUEUE = ["severity", "queue_due", "id", "owner_id", "group_id", "state", "warn_at", "due_at"]


def upgrade() -> None:
    """Replace two indexes by one in the queue's order."""
    for index in ("ix_ticket_queue", "ix_ticket_group", "ix_ticket_state"):
        op.drop_index(index, "ticket")
    here = op.get_bind()
    is_file = here.dialect.name == "sqlite"
    op.create_index(
        "ix_ticket_queue",
        "ticket",
        [*_QUEUE, "is_open", "search"] if is_file else _QUEUE,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    if not is_file and _has_pieces_of_words(here):
        op.create_index(
            "ix_ticket_search",
            "ticket",
            ["search"],
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
            postgresql_where=sa.text("is_open"),
            # New entries are collected and merged later. The limit is small, because an act waits for the merge.
            postgresql_with={"gin_pending_list_limit": 256},
        )


def _has_pieces_of_words(here: sa.Connection) -> bool:
    """Whether `pg_trgm` is or can be installed. Without it the filter scans the open tickets."""
    try:
        with here.begin_nested():
            here.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:  # not available on the server, or not permitted
        return False
    return True

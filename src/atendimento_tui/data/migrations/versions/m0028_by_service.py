"""An index of the open tickets by service."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Create the index, by which the tickets of secret services are found to be subtracted from counts."""
    is_open = sa.text("is_open")
    op.create_index(
        "ix_ticket_process", "ticket", ["process_id"], sqlite_where=sa.text("is_open = 1"), postgresql_where=is_open
    )

"""Clocks that a ticket requested and that have no target yet."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column. Existing tickets have requested none, because their events do not record it."""
    op.add_column("ticket", sa.Column("unpromised", sa.String(), nullable=False, server_default=""))

"""Clocks that a ticket asked for and that nothing is promised for yet."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column. Tickets that run already have asked for none: their events say nothing of it."""
    op.add_column("ticket", sa.Column("unpromised", sa.String(), nullable=False, server_default=""))

"""Pauses that continue with another reason."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column. Before, a clock ended one pause and began another at the same instant."""
    op.add_column("clock_pause", sa.Column("goes_on", sa.Boolean(), nullable=False, server_default=sa.false()))

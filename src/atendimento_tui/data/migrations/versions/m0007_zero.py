"""The instant that a countdown counts to, if pauses ended after the due instant."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column. `repositories.tickets.compute_terms` fills it after the migrations."""
    op.add_column("ticket", sa.Column("zero_at", UTCDateTime(), nullable=True))

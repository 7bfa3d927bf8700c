"""What the countdown of a list counts to, where pauses ended after the due instant."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; `store.compute_terms` fills it after the migrations."""
    op.add_column("ticket", sa.Column("zero_at", UTCDateTime(), nullable=True))

"""The instant until which messages and alerts are held, so that they are sent within the desk's hours."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the columns. Existing messages and alerts are not held."""
    for table in ("message", "alert"):
        op.add_column(table, sa.Column("held_until", UTCDateTime(), nullable=True))

"""Slots that were given back while somebody waited."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "freed_slot",
        sa.Column("booking_id", sa.Integer(), sa.ForeignKey("booking.id"), primary_key=True),
        sa.Column("since", UTCDateTime(), nullable=False),
    )

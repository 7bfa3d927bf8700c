"""Bookings whose time was closed afterwards."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "unplaced_booking",
        sa.Column("booking_id", sa.Integer(), sa.ForeignKey("booking.id"), primary_key=True),
        sa.Column("since", UTCDateTime(), nullable=False),
    )

"""Alerts are shown until somebody acknowledges them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Add the column. The alerts of tickets that have ended are over; nobody can be asked about them any more."""
    op.add_column("alert", sa.Column("seen_at", UTCDateTime(), nullable=True))
    op.execute(
        sa.text(
            "UPDATE alert SET seen_at = created_at WHERE ticket_id IN"
            " (SELECT id FROM ticket WHERE state IN ('concluido', 'cancelado', 'abandonado'))"
        )
    )
    op.create_index("ix_alert_unseen", "alert", ["ticket_id"], sqlite_where=sa.text("seen_at IS NULL"))

"""Documents of tickets as rows. They are computed from the tickets after the migration (`compute_documents`)."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "ticket_document",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("way", AutoString(), nullable=False),
        sa.Column("attachment_seq", sa.Integer(), nullable=True),
        sa.Column("asked_again", sa.Integer(), nullable=False),
        sa.Column("due_on", AutoString(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=True),
        sa.Column("arrived_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.UniqueConstraint("ticket_id", "key"),
    )
    op.create_index("ix_ticket_document_state", "ticket_document", ["state"])

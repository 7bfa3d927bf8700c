"""Answers that were received, and the files that messages carry."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Create both tables, empty."""
    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("mail_id", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=True),
        sa.Column("attachment_id", sa.Integer(), sa.ForeignKey("attachment.id"), nullable=True),
    )
    op.create_index("ix_received_ticket_id", "received", ["ticket_id"])
    op.create_index("ix_received_mail_id", "received", ["mail_id"])
    op.create_table(
        "message_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("attachment_id", sa.Integer(), sa.ForeignKey("attachment.id"), nullable=False),
    )
    op.create_index("ix_message_file_message_id", "message_file", ["message_id"])

"""Attachments, their contents (used on a server only), and the maximum size of one."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Create the tables and the column."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.UniqueConstraint("ticket_id", "seq"),
    )
    op.create_index("ix_attachment_hash", "attachment", ["hash"])
    op.create_table(
        "attached_content",
        sa.Column("hash", AutoString(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    default = sa.text("25")
    op.add_column("unit", sa.Column("attachment_mib", sa.Integer(), nullable=False, server_default=default))

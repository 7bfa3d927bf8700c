"""The register: the protocols that are appended to the operator's workbook."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False, unique=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("day", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True, unique=True),
        sa.Column("written_at", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_register_entry_day", "register_entry", ["day"])

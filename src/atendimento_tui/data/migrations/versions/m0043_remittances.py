"""Remittances and their items."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "remittance",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("staff_group.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.UniqueConstraint("group_id", "year", "number"),
    )
    op.create_index("ix_remittance_group_id", "remittance", ["group_id"])
    op.create_table(
        "remittance_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("remittance_id", sa.Integer(), sa.ForeignKey("remittance.id"), nullable=False),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        *(sa.Column(name, AutoString(), nullable=False) for name in ("document", "name", "state", "reason", "said_by")),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
    )
    op.create_index("ix_remittance_item_remittance_id", "remittance_item", ["remittance_id"])
    op.create_index("ix_remittance_item_state", "remittance_item", ["state"])
    op.create_index("ix_remittance_item_ticket", "remittance_item", ["ticket_id", "document"])

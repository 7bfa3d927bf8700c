"""Bank bills of beneficiaries."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("beneficiary_id", sa.Integer(), sa.ForeignKey("beneficiary.id"), nullable=False),
        sa.Column("competence", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False, unique=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("due_on", AutoString(), nullable=False),
        sa.Column("paid_on", AutoString(), nullable=False, server_default=sa.text("''")),
    )
    op.create_index("ix_bill_beneficiary_id", "bill", ["beneficiary_id"])

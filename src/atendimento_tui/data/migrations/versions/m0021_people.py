"""Hours of work and absences of people; groups that were renamed or deactivated."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"


def upgrade() -> None:
    """Add columns and tables. Nobody is absent, no group was renamed."""
    zero, empty = sa.text("0"), sa.text("''")
    op.add_column("person", sa.Column("hours", sa.String(), nullable=False, server_default=empty))
    op.add_column("person", sa.Column("version", sa.Integer(), nullable=False, server_default=zero))
    op.add_column("staff_group", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("staff_group", sa.Column("version", sa.Integer(), nullable=False, server_default=zero))
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("first_day", sa.String(), nullable=False),
        sa.Column("last_day", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"])
    op.create_table(
        "former_group_name",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("staff_group.id"), nullable=False),
    )
    op.create_index("ix_former_group_name_group_id", "former_group_name", ["group_id"])

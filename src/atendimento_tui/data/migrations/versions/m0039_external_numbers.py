"""Numbers of tickets in other systems, and the systems of the unit."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Create the table, and the column, empty: the unit has the usual systems."""
    op.create_table(
        "external_number",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        *(sa.Column(name, AutoString(), nullable=False) for name in ("system", "number", "system_key", "number_key")),
        sa.Column("field", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_external_number_ticket_id", "external_number", ["ticket_id"])
    op.create_index("ix_external_number", "external_number", ["number_key", "system_key"])
    empty = sa.text("''")
    op.add_column("unit", sa.Column("external_systems", sa.String(), nullable=False, server_default=empty))

"""Personal data: how long they are kept, what holds them, and who was anonymised."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Add the columns."""
    empty = sa.text("''")
    op.add_column("beneficiary", sa.Column("held_because", sa.String(), nullable=False, server_default=empty))
    op.add_column("beneficiary", sa.Column("anonymised_on", sa.String(), nullable=False, server_default=empty))
    op.add_column("unit", sa.Column("keep_years", sa.Integer(), nullable=False, server_default=sa.text("5")))

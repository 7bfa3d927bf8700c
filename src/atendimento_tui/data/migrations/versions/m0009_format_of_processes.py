"""The format version of a stored process."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column. Existing processes have the first format."""
    op.add_column("process", sa.Column("format", sa.Integer(), nullable=False, server_default=sa.text("1")))

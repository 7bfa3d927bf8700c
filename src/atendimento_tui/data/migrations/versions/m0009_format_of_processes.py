"""In which version of the format a stored process is written."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Every process that was included before is of the first format."""
    op.add_column("process", sa.Column("format", sa.Integer(), nullable=False, server_default=sa.text("1")))

"""Papers that go with a message."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Add the column; older messages have none."""
    op.add_column("message", sa.Column("papers", AutoString(), nullable=False, server_default=sa.text("''")))

"""Backup copies: their rows, how many are kept, the identity of a desk, and whether it was restored."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Create the table and the columns. An existing desk gets its identity."""
    op.create_table(
        "copy",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("path", AutoString(), nullable=False),
        sa.Column("machine", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("problem", AutoString(), nullable=False),
        sa.Column("detail", AutoString(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
    )
    op.add_column("unit", sa.Column("identity", AutoString(), nullable=False, server_default=sa.text("''")))
    op.add_column("unit", sa.Column("restored_at", UTCDateTime(), nullable=True))
    for name, count in (("days", 7), ("weeks", 4), ("months", 12)):
        default = sa.text(str(count))
        op.add_column("unit", sa.Column(f"copies_{name}", sa.Integer(), nullable=False, server_default=default))
    op.get_bind().execute(sa.text("UPDATE unit SET identity = :identity"), {"identity": uuid4().hex})

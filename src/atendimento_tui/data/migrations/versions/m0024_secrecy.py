"""Secret services."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the group of a secret service to its versions. No service is secret yet."""
    op.add_column("process", sa.Column("secret_group_id", sa.Integer(), nullable=True))
    is_secret = sa.text("secret_group_id IS NOT NULL")
    op.create_index(
        "ix_process_secret", "process", ["secret_group_id"], sqlite_where=is_secret, postgresql_where=is_secret
    )

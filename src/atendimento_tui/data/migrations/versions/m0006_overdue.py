"""What the number of overdue tickets reads."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let the index of what asks for attention know when each is due."""
    op.drop_index("ix_ticket_warn", "ticket")
    op.create_index(
        "ix_ticket_warn",
        "ticket",
        ["warn_at", "due_at"],
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )

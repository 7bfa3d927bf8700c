"""Contacts of the unit, and the texts of its slip."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the columns, empty."""
    for name in ("phones", "email", "address", "slip_header", "slip_footer"):
        op.add_column("unit", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))

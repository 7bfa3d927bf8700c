"""An index of the numbers of guias, so that a request is found by its guia also after its end."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Create the index."""
    is_guia = sa.text("key = 'guia'")
    op.create_index("ix_field_value_guia", "field_value", ["text"], sqlite_where=is_guia, postgresql_where=is_guia)

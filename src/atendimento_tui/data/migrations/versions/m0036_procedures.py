"""The operator's procedures, and the trigram index by which they are found."""

import sqlalchemy as sa
from alembic import op

from atendimento_tui.data.migrations.trigrams import make_search_index

revision = "0036"
down_revision = "0035"

_TEXTS = ("table_code", "code", "term", "first_day", "last_day", "opme", "pac", "elective", "audit", "covered", "rn566")


def upgrade() -> None:
    """Create the table and its index."""
    op.create_table(
        "procedure_code",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
        sa.Column("source", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("search", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", "table_code"),
    )
    make_search_index("procedure_code", "procedure_code", has_rows=False)

"""Whether a version of a service was shipped with the program."""

import sqlalchemy as sa
from alembic import op

from atendimento_tui.data.catalog import shipped
from atendimento_tui.domain.process.toml import content_hash

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column. A version counts as the desk's own unless it is known to be shipped."""
    op.add_column("process", sa.Column("is_shipped", sa.Boolean(), nullable=False, server_default=sa.false()))
    process = sa.table("process", sa.column("content_hash", sa.String()), sa.column("is_shipped", sa.Boolean()))
    known = [content_hash(text) for _, text in shipped()]
    op.execute(process.update().where(process.c.content_hash.in_(known)).values(is_shipped=True))

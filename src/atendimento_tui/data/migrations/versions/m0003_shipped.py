"""Which versions of a service came with the program."""

import sqlalchemy as sa
from alembic import op

from atendimento_tui.data.catalog import shipped
from atendimento_tui.domain.process.read import content_hash

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Versions of the desk's own are those that are not known to have come with the program."""
    op.add_column("process", sa.Column("is_shipped", sa.Boolean(), nullable=False, server_default=sa.false()))
    process = sa.table("process", sa.column("content_hash", sa.String()), sa.column("is_shipped", sa.Boolean()))
    known = [content_hash(text) for _, text in shipped()]
    op.execute(process.update().where(process.c.content_hash.in_(known)).values(is_shipped=True))

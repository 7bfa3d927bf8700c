"""The nature of each clock, which followed from its kind before."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_KINDS = {
    "cliente": ("validacao", "reabertura", "correcao"),
    "lei": ("resposta_ans", "sac", "auditoria", "espera", "retorno"),
}


def upgrade() -> None:
    """Add the column with the nature of each kind."""
    op.add_column("clock", sa.Column("nature", sa.String(), nullable=False, server_default="nossa"))
    clock = sa.table("clock", sa.column("kind", sa.String()), sa.column("nature", sa.String()))
    for nature, kinds in _KINDS.items():
        op.execute(clock.update().where(clock.c.kind.in_(kinds)).values(nature=nature))

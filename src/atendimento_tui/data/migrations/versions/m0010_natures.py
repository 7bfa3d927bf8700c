"""Whose time each clock counts: until now it followed from its kind."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_KINDS = {
    "cliente": ("validacao", "reabertura", "correcao"),
    "lei": ("resposta_ans", "sac", "auditoria", "espera", "retorno"),
}


def upgrade() -> None:
    """Add the column, and write the nature that each kind had."""
    op.add_column("clock", sa.Column("nature", sa.String(), nullable=False, server_default="nossa"))
    clock = sa.table("clock", sa.column("kind", sa.String()), sa.column("nature", sa.String()))
    for nature, kinds in _KINDS.items():
        op.execute(clock.update().where(clock.c.kind.in_(kinds)).values(nature=nature))

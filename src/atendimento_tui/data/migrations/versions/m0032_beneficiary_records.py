"""The record of a beneficiary: more items, further contacts, addresses; and indexes to find a person as one types."""

import sqlalchemy as sa
from alembic import op

from atendimento_tui.data.migrations.trigrams import make_search_index
from atendimento_tui.domain.text import folded, searched, searched_name

revision = "0032"
down_revision = "0031"

_TEXTS = ("social_name", "sort_name", "cns", "mother", "email", "relation", "active_until")


def upgrade() -> None:
    """Add the columns and tables, and make the words of the search again, with the numbers."""
    here = op.get_bind()
    # Names are sorted and sought by their bytes, which is what the range of a prefix needs.
    by_bytes = sa.String() if here.dialect.name == "sqlite" else sa.String(collation="C")
    for name in _TEXTS:
        kind = by_bytes if name == "sort_name" else sa.String()
        op.add_column("beneficiary", sa.Column(name, kind, nullable=False, server_default=sa.text("''")))
    op.add_column("beneficiary", sa.Column("holder_id", sa.Integer(), nullable=True))
    op.add_column("beneficiary", sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    ages = sa.Column("dependent_ages", sa.String(), nullable=False, server_default=sa.text("'18, 21, 24'"))
    op.add_column("unit", ages)
    _make_tables()
    _make_words(here)
    op.create_index("ix_beneficiary_born_on", "beneficiary", ["born_on"])
    op.create_index("ix_beneficiary_cns", "beneficiary", ["cns"])
    op.create_index("ix_beneficiary_holder_id", "beneficiary", ["holder_id"])
    op.create_index("ix_beneficiary_order", "beneficiary", ["sort_name", "id"])
    make_search_index("beneficiary", "beneficiary_search", has_rows=True)


def _make_tables() -> None:
    op.create_table(
        "beneficiary_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["beneficiary_id"], ["beneficiary.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_beneficiary_contact_beneficiary_id", "beneficiary_contact", ["beneficiary_id"])
    parts = ("kind", "cep", "street", "street_number", "complement", "district", "city", "uf")
    op.create_table(
        "beneficiary_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.String(), nullable=False) for part in parts),
        sa.ForeignKeyConstraint(["beneficiary_id"], ["beneficiary.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("beneficiary_id", "kind"),
    )


def _make_words(here: sa.Connection) -> None:
    people = sa.table("beneficiary", *map(sa.column, ("id", "name", "cpf", "card", "phone", "search", "sort_name")))
    change = (
        sa.update(people)
        .where(people.c.id == sa.bindparam("this"))
        .values(search=sa.bindparam("words"), sort_name=sa.bindparam("sorted_by"))
    )
    for row in here.execute(sa.select(people)).all():
        numbers = (folded(each) for each in (row.cpf, row.card, row.phone) if each)
        words = " ".join([searched_name(row.name).rstrip(" "), "", *numbers])
        here.execute(change, {"this": row.id, "words": words, "sorted_by": searched(row.name)})

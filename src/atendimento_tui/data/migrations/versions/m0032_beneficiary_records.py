"""The record of a beneficiary: more items, further contacts, addresses; and indexes to find a person as one types."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

from atendimento_tui.domain.text import folded, searched, searched_name

revision = "0032"
down_revision = "0031"

_TEXTS = ("social_name", "sort_name", "cns", "mother", "email", "relation", "active_until")

_KEPT = [
    """CREATE TRIGGER beneficiary_search_in AFTER INSERT ON beneficiary BEGIN
    INSERT INTO beneficiary_search (rowid, search) VALUES (new.id, new.search);
END""",
    """CREATE TRIGGER beneficiary_search_out AFTER DELETE ON beneficiary BEGIN
    INSERT INTO beneficiary_search (beneficiary_search, rowid, search) VALUES ('delete', old.id, old.search);
END""",
    """CREATE TRIGGER beneficiary_search_other AFTER UPDATE OF search ON beneficiary WHEN old.search <> new.search BEGIN
    INSERT INTO beneficiary_search (beneficiary_search, rowid, search) VALUES ('delete', old.id, old.search);
    INSERT INTO beneficiary_search (rowid, search) VALUES (new.id, new.search);
END""",
]


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
    if here.dialect.name == "sqlite":
        _index_file(here)
    else:
        _index_server(here)


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


def _index_file(here: sa.Connection) -> None:
    """Make the trigram index, which this SQLite may lack. Without it the search scans the table."""
    try:
        with here.begin_nested():
            here.exec_driver_sql(
                "CREATE VIRTUAL TABLE beneficiary_search USING"
                " fts5(search, content = 'beneficiary', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
            )
    except DBAPIError:  # built without FTS5, or older than 3.34
        return
    op.execute("INSERT INTO beneficiary_search (rowid, search) SELECT id, search FROM beneficiary")
    for statement in _KEPT:
        op.execute(statement)


def _index_server(here: sa.Connection) -> None:
    """Make the trigram index, if `pg_trgm` is or can be installed. Without it the search scans the table."""
    try:
        with here.begin_nested():
            here.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:  # not available on the server, or not permitted
        return
    op.create_index(
        "ix_beneficiary_search",
        "beneficiary",
        ["search"],
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
        postgresql_with={"gin_pending_list_limit": 256},
    )

"""The operator's procedures, and the trigram index by which they are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0036"
down_revision = "0035"

_TEXTS = ("table_code", "code", "term", "first_day", "last_day", "opme", "pac", "elective", "audit", "covered", "rn566")

_KEPT = [
    """CREATE TRIGGER procedure_code_in AFTER INSERT ON procedure_code BEGIN
    INSERT INTO procedure_code_search (rowid, search) VALUES (new.id, new.search);
END""",
    """CREATE TRIGGER procedure_code_out AFTER DELETE ON procedure_code BEGIN
    INSERT INTO procedure_code_search (procedure_code_search, rowid, search) VALUES ('delete', old.id, old.search);
END""",
    """CREATE TRIGGER procedure_code_other AFTER UPDATE OF search ON procedure_code WHEN old.search <> new.search BEGIN
    INSERT INTO procedure_code_search (procedure_code_search, rowid, search) VALUES ('delete', old.id, old.search);
    INSERT INTO procedure_code_search (rowid, search) VALUES (new.id, new.search);
END""",
]


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
    here = op.get_bind()
    if here.dialect.name == "sqlite":
        _index_file(here)
    else:
        _index_server(here)


def _index_file(here: sa.Connection) -> None:
    """Make the trigram index, which this SQLite may lack. Without it the search scans the table."""
    try:
        with here.begin_nested():
            here.exec_driver_sql(
                "CREATE VIRTUAL TABLE procedure_code_search USING"
                " fts5(search, content = 'procedure_code', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
            )
    except DBAPIError:  # built without FTS5, or older than 3.34
        return
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
        "ix_procedure_code_search",
        "procedure_code",
        ["search"],
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
        postgresql_with={"gin_pending_list_limit": 256},
    )

"""The trigram index of a table's words, as migrations make it.

Migrations that have run are what a desk has: what this makes never changes. Another index is another function.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError


def make_search_index(table: str, triggers: str, *, has_rows: bool) -> None:
    """Make the trigram index of a table's column `search`, if the database can have one. Without it, searches scan.

    Args:
        table: In SQLite the index is the table `<table>_search`, on a server `ix_<table>_search`.
        triggers: What the names of the triggers of SQLite begin with.
        has_rows: Whether the table may have rows already.
    """
    here = op.get_bind()
    if here.dialect.name == "sqlite":
        _in_a_file(here, table, triggers, has_rows=has_rows)
    else:
        _on_a_server(here, table)


def _in_a_file(here: sa.Connection, table: str, triggers: str, *, has_rows: bool) -> None:
    index = f"{table}_search"
    try:
        with here.begin_nested():
            here.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {index} USING"
                f" fts5(search, content = '{table}', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
            )
    except DBAPIError:  # built without FTS5, or older than 3.34
        return
    if has_rows:
        op.execute(f"INSERT INTO {index} (rowid, search) SELECT id, search FROM {table}")  # noqa: S608 - names of ours
    enter = f"    INSERT INTO {index} (rowid, search) VALUES (new.id, new.search);\n"  # noqa: S608
    leave = f"    INSERT INTO {index} ({index}, rowid, search) VALUES ('delete', old.id, old.search);\n"  # noqa: S608
    op.execute(f"CREATE TRIGGER {triggers}_in AFTER INSERT ON {table} BEGIN\n{enter}END")
    op.execute(f"CREATE TRIGGER {triggers}_out AFTER DELETE ON {table} BEGIN\n{leave}END")
    when = f"AFTER UPDATE OF search ON {table} WHEN old.search <> new.search"
    op.execute(f"CREATE TRIGGER {triggers}_other {when} BEGIN\n{leave}{enter}END")


def _on_a_server(here: sa.Connection, table: str) -> None:
    try:
        with here.begin_nested():
            here.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:  # not available on the server, or not permitted
        return
    op.create_index(
        f"ix_{table}_search",
        table,
        ["search"],
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
        postgresql_with={"gin_pending_list_limit": 256},
    )

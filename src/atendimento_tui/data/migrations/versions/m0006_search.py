"""An index for the number of overdue tickets, and the trigram index in SQLite."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import OperationalError

revision = "0006"
down_revision = "0005"

_FILLED = "INSERT INTO ticket_search (rowid, search) SELECT id, search FROM ticket WHERE is_open"

_KEPT = [
    """CREATE TRIGGER ticket_search_in AFTER INSERT ON ticket WHEN new.is_open BEGIN
    INSERT INTO ticket_search (rowid, search) VALUES (new.id, new.search);
END""",
    """CREATE TRIGGER ticket_search_out AFTER DELETE ON ticket WHEN old.is_open BEGIN
    INSERT INTO ticket_search (ticket_search, rowid, search) VALUES ('delete', old.id, old.search);
END""",
    """CREATE TRIGGER ticket_search_other AFTER UPDATE OF search, is_open ON ticket
WHEN old.search <> new.search OR old.is_open <> new.is_open BEGIN
    INSERT INTO ticket_search (ticket_search, rowid, search) SELECT 'delete', old.id, old.search WHERE old.is_open;
    INSERT INTO ticket_search (rowid, search) SELECT new.id, new.search WHERE new.is_open;
END""",
]


def upgrade() -> None:
    """Create the index of warnings with due instants, and the trigram index."""
    here = op.get_bind()
    is_file = here.dialect.name == "sqlite"
    op.drop_index("ix_ticket_warn", "ticket")
    op.create_index(
        "ix_ticket_warn",
        "ticket",
        ["warn_at", "due_at", "is_open"] if is_file else ["warn_at", "due_at"],
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    if is_file and _has_pieces_of_words(here):
        for statement in (_FILLED, *_KEPT):
            op.execute(statement)


def _has_pieces_of_words(here: sa.Connection) -> bool:
    """Whether this SQLite has the trigram tokenizer. Without it the filter scans the open tickets."""
    try:
        with here.begin_nested():
            here.exec_driver_sql(
                "CREATE VIRTUAL TABLE ticket_search USING"
                " fts5(search, content = 'ticket', content_rowid = 'id', tokenize = 'trigram')"
            )
    except OperationalError:  # built without FTS5, or older than 3.34
        return False
    return True
